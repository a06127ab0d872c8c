"""Where known places and organisations stand, and where a person only bears their name."""

import pytest

from classifiers.known_names import KnownNames

KNOWN = KnownNames(["Haren", "Grote Markt", "Markt", "Café 't Hoekje", "P+R Haren"])


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in KNOWN.spans(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Van de Grote Markt naar HAREN.", ["Grote Markt", "HAREN"]),
        ("Op de Markt, bij café 't Hoekje.", ["Markt", "café 't Hoekje"]),
        ("Parkeer op P+R Haren!", ["P+R Haren"]),
        ("Harense Haren-gangers", ["Haren"]),
        ("De Grote\nMarkt", ["Markt"]),
        ("", []),
    ],
)
def test_the_longest_known_name_is_found_whatever_its_case(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize("text", ["Jan Smit-Haren", "Tineke Haren-Smit", "Sharen"])
def test_part_of_another_name_is_no_known_name(text: str) -> None:
    assert found(text) == []


def test_the_characters_of_a_known_name_are_told() -> None:
    assert KNOWN.characters("In Haren") == frozenset(range(3, 8))
