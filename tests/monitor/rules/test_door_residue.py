"""The second pair of eyes at the door: what it sees, what it leaves, and that it stands on its own. All invented."""

import ast
from pathlib import Path

import pytest

from classifiers import Reader, Voice
from monitor.rules import residue as eyes
from monitor.rules.door import NAMES_SOMEONE, NOT_RELEVANT, refusal
from monitor.rules.residue import residue
from tests.build import NOON, a_reading, an_item

KEPT = (
    "Bel 06-12345678",
    "Bel (050) 123 45 67",
    "Bel +49 421 1234567",
    "Mail femke88@gmail.com",
    "Mail tineke.snarf@voorbeeld.nl",
    "Volg @tineke88",
    "Maak over naar NL91 ABNA 0417 1643 00",
    "Hij heeft bsn 999990019",
    "Nummer 999990019 stond erbij",
    "De auto is RX-418-B",
    "Zij woont aan de Sluiskade 17",
    "geboren op 12-05-1971",
    "De vergunning is van mevrouw van Snarf",
    "Hilbrand Snarfema (42) kwam",
)


@pytest.mark.parametrize("text", KEPT)
def test_what_the_redactor_should_have_taken_is_seen(text: str) -> None:
    assert residue(f"Mars op zondag. {text}.") is not None


@pytest.mark.parametrize(
    "text",
    [
        "Bel 112, 0900-8844, 0800-7000, 088-1234567 of 14 050",
        "Mail info@voorbeeld.nl of pers.noord@voorbeeld.nl",
        "Om 12 uur @ Forum, FC Groningen - Ajax 2-1",
        "Op 01-02-2024 van 12.00 tot 14.00 uur, er komen 100.000 mensen",
        "De zaak 2024-001234, opbrengst 1.234.567 euro, bestelnummer 123456789",
        "Naar buurthuis De Horst, Kerkstraat 3",
        "De club is opgericht op 12-05-1971",
        "[naam] en mevrouw [naam] ([leeftijd]) bellen [telefoonnummer]",
    ],
)
def test_public_numbers_times_and_placeholders_may_pass(text: str) -> None:
    assert residue(text) is None


@pytest.mark.parametrize("text", KEPT)
def test_after_the_redactor_nothing_is_left_to_see(text: str, reader: Reader) -> None:
    clean = reader.redact("Mars op zondag", f"{text}.", voice=Voice.NEWS)
    assert residue(f"{clean.title}\n{clean.text}") is None


@pytest.mark.parametrize("field", ["title", "extract"])
def test_the_door_refuses_an_item_in_which_something_was_left(field: str) -> None:
    item = an_item(reading=a_reading(relevant=True), published=NOON)
    assert refusal(item, now=NOON) is None

    setattr(item, field, "Bel 06-12345678")

    assert refusal(item, now=NOON) == NAMES_SOMEONE


def test_what_is_not_relevant_is_refused_for_that() -> None:
    item = an_item(extract="Bel 06-12345678", reading=a_reading(relevant=False), published=NOON)
    assert refusal(item, now=NOON) == NOT_RELEVANT


def test_the_second_eyes_borrow_nothing_from_the_first() -> None:
    tree = ast.parse(Path(eyes.__file__).read_text(encoding="utf-8"))
    borrowed = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert borrowed == {"collections.abc"}
