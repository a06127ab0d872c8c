"""A form is found whatever its capitals, accents, spaces and marks, and only as whole words."""

from base64 import b64encode

import pytest

from monitor.errors import InvalidInput
from monitor.rules.sought import MARK, Sought, form_of, quote, sought_of, spans, without

NAME = sought_of(["Hilbrand Oosterwijk"])


@pytest.mark.parametrize(
    ("sought", "text"),
    [
        ("Hilbrand Oosterwijk", "Volgens HILBRAND  oosterwijk komt er niemand."),
        ("hilbrand oosterwijk", "zie https://krant.example/hilbrand-oosterwijk-spreekt"),
        ("hilbrand oosterwijk", "zie https://krant.example/?q=hilbrand%20oosterwijk"),
        ("Zoë Brouwer", "ZOE BROUWER"),
        ("Zoe Brouwer", "Zoe\u0308 Brouwer"),
        ("Søren Łuczak", "soren luczak"),
        ("Jan-Willem ter Veen", "jan willem ter veen"),
        ("@hilbrand_o", "volg @Hilbrand_O voor de route"),
        ("06-12345678", "bel 06 12 34 56 78"),
        ("06-12345678", "bel +31 6 1234 5678"),
        ("+31 (0)6 12345678", "tel:0612345678"),
        ("0031612345678", "06.12345678"),
        ("050-1234567", "(050) 123 45 67"),
        ("GB-001-X", "kenteken gb001x"),
        ("NL18 ABNA 0484 8698 68", "NL18ABNA0484869868"),
        ("Oosterwijk & Zn", "<p>Oosterwijk &amp; Zn</p>"),
        ("Hilbrand Oosterwijk", "<b>Hilbrand</b> <i>Oosterwijk</i>"),
    ],
)
def test_every_spelling_of_a_form_is_found(sought: str, text: str) -> None:
    assert quote(text, sought_of([sought])) is not None


@pytest.mark.parametrize(
    ("sought", "text"),
    [
        ("Oosterwijk", "de Oosterwijkse markt"),
        ("Hilbrand Oosterwijk", "Hilbrand sprak met mevrouw Oosterwijk"),
        ("06-12345678", "nummer 061234567890"),
        ("06-12345678", "0 612 345"),
        ("Hilbrand", '<img src="data:font/woff2;base64,AAhilbrand+hilbrand/BB">'),
    ],
)
def test_other_words_are_not_found(sought: str, text: str) -> None:
    assert quote(text, sought_of([sought])) is None


def test_of_two_forms_that_overlap_the_longer_goes() -> None:
    sought = sought_of(["Oosterwijk", "Hilbrand Oosterwijk"])

    assert without("Hilbrand Oosterwijk en Oosterwijk.", sought) == f"{MARK} en {MARK}."


def test_a_text_in_which_markup_hides_the_words_goes_whole() -> None:
    assert without("zie /hilbrand%20oosterwijk/1", NAME) == MARK


def test_only_the_sentence_is_quoted() -> None:
    text = "Eerst dit. Dan spreekt Hilbrand Oosterwijk op het plein. En dan dat."

    assert quote(text, NAME) == "Dan spreekt Hilbrand Oosterwijk op het plein."


@pytest.mark.parametrize("lines", [[], ["", "  "], ["-.-"], ["Bo"], ["x" * 61], ["Hilbrand Oosterwijk", "Bo"]])
def test_what_tells_nobody_apart_is_refused_without_being_quoted(lines: list[str]) -> None:
    with pytest.raises(InvalidInput) as told:
        sought_of(lines)

    assert not [line for line in lines if line.strip() and line in f"{told.value}{told.value.advice}"]


def test_a_short_form_may_be_looked_for_and_not_be_taken_out() -> None:
    assert spans("Meneer Bos belt.", sought_of(["Bos"])) == [(7, 10)]
    with pytest.raises(InvalidInput):
        sought_of(["Bos"], to_change=True)


def test_what_is_sought_stands_in_no_repr() -> None:
    assert "oosterwijk" not in repr(NAME).casefold()
    assert repr(Sought(frozenset())) == "Sought()"


def test_a_foreign_number_keeps_its_country() -> None:
    assert form_of("+32 471 12 34 56") == "32471123456"


def test_the_words_in_a_drawing_of_a_page_are_found() -> None:
    drawing = b64encode(b"<svg><text>Hilbrand Oosterwijk</text></svg>").decode()

    assert quote(f'<img alt="Kaart" src="data:image/svg+xml;base64,{drawing}">', NAME) == "Hilbrand Oosterwijk"
