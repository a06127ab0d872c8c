"""What a page shows of a signal before it is sent: the words that would be refused, and the event it would join."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.app import App
from monitor.domain import Role
from monitor.store import items, people
from monitor.store.search import cells
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import words
from tests.monitor.web.test_forms import SIGNAL


def test_before_it_is_sent_a_signal_shows_what_it_would_open(app: App, desk: Seats) -> None:
    answer = desk(Role.LIAISON).post_part("/signalen/vooraf", **SIGNAL)

    assert "Geen persoonsgegevens gezien." in words(answer)
    assert words(answer, ".tw-foreseen__event") == "B Aandacht Demonstratie, Julianaplein, za 28 nov"
    assert "opent waarschijnlijk een nieuwe gebeurtenis" in words(answer)
    assert "<html" not in answer.text
    with app.store.read() as session:
        assert (items.count(session), people.audit(session, 9)) == (0, [])


def test_before_it_is_sent_a_signal_shows_the_event_that_it_would_join(app: App, desk: Seats) -> None:
    liaison = desk(Role.LIAISON)
    place = liaison.post("/signalen/nieuw", **SIGNAL).headers["location"]

    answer = liaison.post_part("/signalen/vooraf", **SIGNAL | {"title": "Nog een oproep voor het plein"})

    [link] = LexborHTMLParser(answer.text).css("a")
    assert (link.attributes["href"], "die er al is" in words(answer)) == (place, True)
    with app.store.read() as session:
        [looked] = people.audit_of(session, "event_viewed", f"event:{place.rsplit('/', 1)[1]}")
    assert (looked.who, looked.purpose, looked.reason) == ("politieliaison", "politiesignaal", "")


def test_a_preview_marks_what_would_be_refused_and_no_word_of_it_stays_behind(
    app: App, desk: Seats, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not in the database, the record of processing or the log; without htmx the whole form comes back."""
    typed = SIGNAL | {"title": "Oproep van Hilbrand Oosterwijk", "text": "Bel 06-12345678.", "place": "Vismarkt"}

    answer = desk(Role.LIAISON).post("/signalen/vooraf", **typed)

    assert answer.status_code == 200
    assert words(answer, "#vooraf mark") == ("Hilbrand Oosterwijk (een naam) 06-12345678 (een telefoonnummer)")
    assert "Zo nemen wij het signaal niet op." in words(answer, "#vooraf")
    assert words(answer, "#text") == "Bel 06-12345678."
    with app.store.read() as session:
        kept = [cell.text for cell in cells(session)]
    files = [file.read_text("utf-8", "replace") for file in app.settings.data.rglob("*") if file.is_file()]
    assert [text for text in (*kept, *files, *capfd.readouterr()) if "Hilbrand" in text] == []


def test_a_preview_says_what_it_cannot_read(desk: Seats) -> None:
    answer = desk(Role.LIAISON).post_part("/signalen/vooraf", **SIGNAL | {"starts": "morgen"})

    assert words(answer) == "Schrijf dag en tijd als 2026-11-28T14:00."
