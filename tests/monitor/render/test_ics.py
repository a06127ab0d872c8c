"""A feed as a calendar: what Outlook gets, read back with the library that reads ours, and held to RFC 5545."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from classifiers import Category, Level, Precision
from monitor.clock import AMSTERDAM
from monitor.domain import EventState
from monitor.render.ics import to_ics
from tests.build import NOON, a_day, an_event, at
from tests.monitor.feeds import a_feed

LINE_AT_MOST = 75


def read(*events: Any, **more: Any) -> Calendar:
    """The calendar of these events, as a program reads it."""
    found = Calendar.from_ical(to_ics(a_feed(*events, **more)))
    assert isinstance(found, Calendar)
    return found


def appointment(**told: Any) -> Any:  # to the library a value may be of thirty types
    """The one appointment of an event."""
    [found] = read(an_event(**told)).events
    return found


def test_a_calendar_names_itself_its_method_and_how_often_to_come_back() -> None:
    lines = to_ics(a_feed(an_event())).decode().split("\r\n")

    assert lines[0] == "BEGIN:VCALENDAR"
    assert {
        "VERSION:2.0",
        "PRODID:-//Torenwacht//Agenda//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Torenwacht – Openbare orde: alles",
        "X-WR-CALNAME:Torenwacht – Openbare orde: alles",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "LAST-MODIFIED:20261122T110000Z",
        "URL:https://torenwacht.example",
    } <= set(lines)


def test_an_event_becomes_an_appointment_with_all_that_a_calendar_can_show() -> None:
    found = appointment(id=12, level=Level.B, revision=3, sources=2, area="BU00140000")

    lines = [line.partition(":") for line in found.to_ical().decode().replace("\r\n ", "").splitlines()[1:-1]]
    told = {name: value for name, _, value in lines if name != "DESCRIPTION"}
    assert told == {
        "UID": "gebeurtenis-12@torenwacht.example",
        "SEQUENCE": "3",
        "DTSTAMP": "20261122T110000Z",
        "CREATED": "20261122T110000Z",
        "LAST-MODIFIED": "20261122T110000Z",
        "DTSTART;TZID=Europe/Amsterdam": "20261128T140000",
        "DTEND;TZID=Europe/Amsterdam": "20261128T160000",
        "SUMMARY": "[B – aandacht] Demonstratie\\, Grote Markt",
        "LOCATION": "Grote Markt\\, Binnenstad-Noord",
        "GEO": "53.219;6.567",
        "URL": "https://torenwacht.example/gebeurtenissen/12",
        "CATEGORIES": "Demonstratie,Niveau B",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
    }
    assert "Gemeld door 2 bronnen\n" in found["DESCRIPTION"]


def test_one_source_is_tentative_and_what_is_off_is_cancelled() -> None:
    states = [appointment(sources=1), appointment(sources=2), appointment(state=EventState.CANCELLED, sources=2)]

    assert [state["STATUS"] for state in states] == ["TENTATIVE", "CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize(
    ("starts", "ends", "precision", "days"),
    [
        (a_day(28).start, a_day(28).end, Precision.DAY, (28, 29)),
        (a_day(28).start, None, Precision.DAY, (28, 29)),
        (at(26), at(29), Precision.DAY, (26, 29)),
        (at(27, 9), at(28, 17), Precision.DAY, (27, 29)),
        (at(28), at(30), Precision.WEEKEND, (28, 30)),
        (at(23), at(30), Precision.WEEK, (23, 30)),
    ],
)
def test_without_an_hour_it_takes_whole_days_and_the_end_is_the_day_after(
    starts: datetime, ends: datetime | None, precision: Precision, days: tuple[int, int]
) -> None:
    found = appointment(starts=starts, ends=ends, precision=precision)

    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2026, 11, days[0]), date(2026, 11, days[1]))
    assert (found["DTSTART"].params, found["DTEND"].params) == ({"VALUE": "DATE"}, {"VALUE": "DATE"})


def test_without_an_end_it_takes_one_hour_and_says_so() -> None:
    found = appointment(ends=None)

    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(hours=1)
    assert found["DESCRIPTION"].endswith("Het einde is niet bekend. In de agenda staat daarom één uur.")
    assert "één uur" not in appointment()["DESCRIPTION"]


def test_an_event_without_a_day_stands_in_the_description_of_the_calendar() -> None:
    loose = an_event(id=7, starts=None, ends=None, precision=None, title="Demonstratie, Groningen, dag onbekend")

    found = read(loose, an_event(id=8))

    assert [event["UID"] for event in found.events] == ["gebeurtenis-8@torenwacht.example"]
    told = [line for line in to_ics(a_feed(loose)).decode().replace("\r\n ", "").splitlines() if "DESC" in line]
    assert told[1] == told[0].replace("DESCRIPTION:", "X-WR-CALDESC:")
    assert found["DESCRIPTION"] == (
        "Open gebeurtenissen die Gemeente Groningen volgt. Een melding is geen besluit.\n"
        "Niet in deze agenda, want de dag is niet bekend:\n"
        "- [A – regulier] Demonstratie, Groningen: https://torenwacht.example/gebeurtenissen/7"
    )


def test_what_was_taken_back_is_not_in_the_calendar() -> None:
    assert read(an_event(state=EventState.WITHDRAWN)).events == []


@pytest.mark.parametrize("year", [2026, 2027, 2031])
def test_the_zone_has_the_two_changes_of_every_year(year: int) -> None:
    zone = read(an_event()).timezones[0].to_tz()

    moments = [datetime(year, month, day, hour) for month in range(1, 13) for day in (1, 15, 28) for hour in (1, 12)]  # noqa: DTZ001  # the zone is what is tried

    assert [moment.replace(tzinfo=zone).utcoffset() for moment in moments] == [
        moment.replace(tzinfo=AMSTERDAM).utcoffset() for moment in moments
    ]


def test_the_hour_that_comes_twice_keeps_its_moment() -> None:
    """Half past two on the night of 25 October 2026: first in summer time, then in winter time."""
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    found = appointment(starts=first, ends=second)

    assert (found["DTSTART"].dt.astimezone(UTC), found["DTEND"].dt.astimezone(UTC)) == (first, second)
    assert found["DTEND"].to_ical() == b"20261025T013000Z"


def test_an_end_before_its_start_is_no_end() -> None:
    found = appointment(ends=at(28, 13))

    assert found["DTEND"].dt > found["DTSTART"].dt


def test_the_same_events_give_the_same_bytes_whenever_they_are_asked() -> None:
    event = an_event(category=Category.EVENT)

    assert to_ics(a_feed(event)) == to_ics(a_feed(event, now=NOON + timedelta(hours=1)))


@given(title=st.text(max_size=200), place=st.text(max_size=200))
def test_any_title_and_place_make_a_calendar_that_can_be_read(title: str, place: str) -> None:
    written = to_ics(a_feed(an_event(title=title, place=place)))

    lines = written.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= LINE_AT_MOST and b"\n" not in line and b"\r" not in line for line in lines)
    text = written.decode()
    assert all(sign >= " " or sign in "\r\n\t" for sign in text)
    [found] = Calendar.from_ical(written).events
    summary = str(found["SUMMARY"])
    kept = "".join(sign for sign in title if sign.isprintable() and sign.isascii() and sign != "\\")
    told = "".join(sign for sign in summary if sign.isprintable() and sign.isascii() and sign != "\\")
    assert told == f"[A  regulier] {kept}"
