"""Football on the page of an event, and in the form by which a match elsewhere is entered."""

from sqlmodel import Session

from classifiers import Category
from monitor.app import App
from monitor.domain import Event, Role, Sighting
from monitor.store import events, items
from tests.build import EUROBORG, NOON, a_reading, an_event, an_item
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import words

BY_HAND: dict[str, object] = {
    "title": "Uitwedstrijd van FC Groningen op schermen in de binnenstad",
    "text": "Veel supporters worden verwacht.",
    "category": "voetbal",
    "place": "Grote Markt",
    "starts": "2026-12-16T20:00",
    "ends": "",
    "codes": [],
    "provision_basis": "geen_politiegegevens",
    "provided_by": "basisteam",
    "handling": "intern",
    "expires": "2026-12-17",
}


def a_match(session: Session, title: str, extract: str) -> int:
    """A home match with one report."""
    event: Event = events.add(session, an_event(id=None, category=Category.FOOTBALL, place="Euroborg"))
    reading = a_reading(category=Category.FOOTBALL, places=(EUROBORG,))
    item = items.add(session, an_item(id=None, source="krant", title=title, extract=extract, reading=reading))
    events.add_sighting(session, Sighting(event=event.id or 0, item=(item and item.id) or 0, why="dag", at=NOON))
    return event.id or 0


def test_page_points_at_a_duel_with_a_history_and_quotes_the_class_of_the_match(app: App, desk: Seats) -> None:
    with app.store.begin() as session:
        id = a_match(session, "FC Groningen - SC Heerenveen", "De driehoek noemt het een C-wedstrijd.")

    page = desk(Role.ADVISOR).get(f"/gebeurtenissen/{id}")

    assert "Let op: Derby van het Noorden." in words(page, ".tw-check")
    assert "Dit telt niet mee voor het niveau." in words(page, ".tw-check")
    facts = words(page, ".tw-facts")
    assert "Wedstrijdcategorie C, zegt Krant, zo 22 nov 12.00 uur" in facts
    assert "De driehoek noemt het een C-wedstrijd." in facts


def test_page_of_another_match_says_nothing_of_either(app: App, desk: Seats) -> None:
    with app.store.begin() as session:
        id = a_match(session, "FC Groningen - PEC Zwolle", "De wedstrijd begint om 20.00 uur.")

    page = desk(Role.ADVISOR).get(f"/gebeurtenissen/{id}")

    assert "Let op" not in words(page)
    assert "Wedstrijdcategorie" not in words(page)


def test_form_takes_a_match_elsewhere_with_its_place_and_time(desk: Seats) -> None:
    liaison = desk(Role.LIAISON)

    answer = liaison.post("/signalen/nieuw", **BY_HAND)

    assert answer.status_code == 303
    page = liaison.get(answer.headers["location"])
    assert words(page, "#detail-titel") == "Voetbal, Grote Markt, wo 16 dec"
    assert "wo 16 dec 20.00 uur" in words(page, ".tw-facts")
    assert "vertrouwelijk" not in words(page, ".tw-event__head")
