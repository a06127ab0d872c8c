"""The class of treatment of an event with a permit is quoted from a source, and made up by nobody."""

import pytest

from classifiers import Category, Level
from monitor.domain import Handling
from monitor.rules.treatment import class_line, event_class
from tests.build import an_event, an_item, at

FAIR = an_event(category=Category.EVENT)


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("De behandelclassificatie is B.", "B"),
        ("Behandelclassificatie: risicovol", "C"),
        ("Risicoclassificatie aandacht, zegt de gemeente.", "B"),
        ("Het is een C-evenement.", "C"),
        ("Dit zijn A-evenementen.", "A"),
        ("Een evenement in categorie B op de Vismarkt.", "B"),
        ("De gemeente noemt het een aandachtsevenement.", "B"),
        ("Het is een risico-evenement.", "C"),
        ("Behandelklasse: regulier.", "A"),
    ],
)
def test_class_of_treatment_is_quoted_with_who_said_it(text: str, letter: str) -> None:
    item = an_item(title="Kermis op de Ossenmarkt", extract=text, source="gemeente", published=at(20))

    quote = event_class(FAIR, [item])

    assert quote is not None
    assert (quote.letter, quote.item, quote.source, quote.published) == (letter, item.id, "gemeente", at(20))
    assert quote.words.replace("…", "").strip() in f"Kermis op de Ossenmarkt {text}"


@pytest.mark.parametrize(
    "text",
    [
        "Het is geen C-evenement.",
        "Behandelclassificatie A of een B-evenement: dat is nog niet bekend.",
        "Er is veel aandacht voor het evenement.",
        "Een regulier evenement met veel bezoekers.",
        "Zaal C gaat open.",
    ],
)
def test_class_that_no_source_tells_in_so_many_words_does_not_exist(text: str) -> None:
    event = an_event(category=Category.EVENT, level=Level.C, machine_level=Level.C)

    assert event_class(event, [an_item(extract=text)]) is None


def test_match_has_a_class_of_its_own_and_none_of_treatment() -> None:
    item = an_item(extract="Het is een C-evenement.")

    assert event_class(an_event(category=Category.FOOTBALL), [item]) is None


def test_message_tells_the_class_with_its_source_and_quotes_nothing() -> None:
    item = an_item(extract="Het is een C-evenement, zegt de burgemeester.", source="gemeente", published=at(20))

    assert class_line(FAIR, [item], {"gemeente": "Gemeente"}) == (
        "Behandelclassificatie: C (risicovol), zegt Gemeente (vr 20 nov)",
    )


def test_what_only_a_confidential_report_tells_is_not_quoted_in_an_open_event() -> None:
    secret = an_item(extract="Het is een C-evenement.", handling=Handling.POLICE)

    assert event_class(FAIR, [secret, an_item(extract="Een kermis.")]) is None
