"""Near copies among texts: found by the rows of words that they share, and told without a word of them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from classifiers.training.likeness import MOST, Pair, pairs_between, pairs_within, read, rows_of

DATA = Path(__file__).parents[2] / "classifiers" / "training" / "data"

MARCH = "De optocht vertrekt zaterdag om twee uur van het Hereplein."
MARCH_AGAIN = "de OPTOCHT vertrekt zaterdag om twee uur van het Hereplein, en eindigt er!"
MARKET = "Op de Grote Markt staan deze week de kramen van de winterfair."


def lines(file: Path, **texts: str) -> Path:
    """A file with these texts under these ids."""
    rows = [json.dumps({"id": name, "title": "", "text": text}) for name, text in texts.items()]
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


def test_texts_are_as_like_as_the_share_of_rows_of_three_words_that_both_have() -> None:
    texts = {"a": rows_of("", MARCH), "b": rows_of("", MARCH_AGAIN), "c": rows_of("", MARKET)}

    # ten words make eight rows, thirteen make eleven; all of the eight are in both
    assert list(pairs_within(texts)) == [Pair(8 / 11, "b", "a")]


def test_a_text_is_compared_with_every_text_of_another_set() -> None:
    own = {"a": rows_of("", MARCH), "c": rows_of("", MARKET)}
    others = {"x": rows_of("", MARCH)}

    assert list(pairs_between(own, others)) == [Pair(1.0, "a", "x")]


def test_an_id_that_comes_twice_is_refused(tmp_path: Path) -> None:
    file = lines(tmp_path / "own.jsonl", a=MARCH)

    with pytest.raises(ValueError, match="comes twice"):
        read([file, file])


def test_command_shows_no_word_of_a_text_and_no_id_of_others(tmp_path: Path) -> None:
    own = lines(tmp_path / "own.jsonl", eigen=MARCH, nog=MARKET)
    other = lines(tmp_path / "other.jsonl", geheim=MARCH_AGAIN)
    command = [sys.executable, "-m", "classifiers.training.likeness", str(own), "--others", str(other)]

    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command

    assert told.returncode == 1
    assert told.stdout.splitlines() == [
        "2 texts: 0 pairs over 0.3, largest likeness 0.000",
        "against other.jsonl, 1 texts: 1 pairs over 0.3, largest likeness 0.727",
        "0.727 eigen",
    ]


def test_no_two_of_our_own_texts_are_near_copies() -> None:
    texts = read([DATA / "texts.jsonl", DATA / "aside.jsonl"])

    near = [pair for pair in pairs_within(texts) if pair.likeness > MOST]

    assert near == []
