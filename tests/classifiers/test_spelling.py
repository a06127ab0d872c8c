"""Hasty spelling: a word one letter away from a key word is read as that word, unless it is a word itself."""

import pytest

from classifiers.spelling import KeyWords

WORDS = KeyWords(["vernield", "demonstratie", "blokkade", "rellen"], {"vernieuwd", "vervield"}.__contains__)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("vernield", "vernield"),
        ("verneld", "vernield"),
        ("vernieeld", "vernield"),
        ("vernoeld", "vernield"),
        ("demonstartie", "demonstratie"),
        ("blokade", "blokkade"),
    ],
)
def test_one_letter_wrong_is_read_as_the_key_word(word: str, meant: str) -> None:
    assert WORDS.meant(word) == meant


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("vervield", id="a word that exists"),
        pytest.param("verniedl5", id="no word at all"),
        pytest.param("vrnield1", id="with a digit"),
        pytest.param("tellen", id="near a word that is too short"),
        pytest.param("gernield", id="another first letter"),
        pytest.param("verniaald", id="two letters wrong"),
    ],
)
def test_anything_else_stays_as_it_is(word: str) -> None:
    assert WORDS.meant(word) == word
