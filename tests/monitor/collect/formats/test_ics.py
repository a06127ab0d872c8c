"""Kind "ics"."""

from datetime import timedelta

import pytest

from classifiers import Period, Precision
from monitor.collect import parse
from monitor.domain import RawItem, Told
from monitor.errors import Changed
from tests.monitor.collect.build import a_fetched, a_source, local, sample

CALENDAR = a_source("ics", url="https://club.example/agenda.ics", hosts=("club.example",))


def calendar_with(*lines: str) -> list[RawItem]:
    event = "\r\n".join(("BEGIN:VEVENT", "DTSTAMP:20261122T080000Z", "SUMMARY:Iets", *lines, "END:VEVENT"))
    return parse(a_fetched(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}\r\nEND:VCALENDAR\r\n"), CALENDAR)


def test_each_occurrence_in_the_window_is_an_entry_of_its_own() -> None:
    items = parse(sample("agenda.ics"), CALENDAR)

    minute = Precision.MINUTE
    assert [(item.key, item.title, item.told) for item in items] == [
        (
            "wedstrijd-1@club.example",
            "FC Voorbeeld - FC Bezoek",
            Told(Period(local(2026, 11, 27, 20), local(2026, 11, 27, 21, 50), minute), "Euroborg, Groningen"),
        ),
        ("markt@club.example@2026-12-01T09:00:00", "Markt", Told(Period(local(2026, 12, 1, 9), None, minute))),
        (
            "markt@club.example@2026-12-15T09:00:00",
            "Markt (verplaatst)",
            Told(Period(local(2026, 12, 16, 10), None, minute)),
        ),
        (
            "festival@club.example",
            "Stadsfestival",
            Told(Period(local(2027, 5, 8), local(2027, 5, 10), Precision.DAY), cancelled=True),
        ),
    ]


def test_entry_has_description_address_and_the_moment_it_was_made() -> None:
    item = parse(sample("agenda.ics"), CALENDAR)[0]

    assert item.text == "Deuren open om 18.30 uur."
    assert item.url == "https://club.example/wedstrijd/1"
    assert item.published == local(2026, 10, 1, 10)


def test_moment_without_a_zone_is_local_and_a_duration_gives_the_end() -> None:
    (item,) = calendar_with("UID:a", "DTSTART:20261127T200000", "DURATION:PT90M")

    assert item.told.period == Period(local(2026, 11, 27, 20), local(2026, 11, 27, 21, 30), Precision.MINUTE)


def test_summer_time_is_kept_in_a_repetition() -> None:
    items = calendar_with("UID:a", "DTSTART;TZID=Europe/Amsterdam:20270301T200000", "RRULE:FREQ=MONTHLY;COUNT=2")

    starts = [item.told.period.start for item in items if item.told.period]
    assert starts == [local(2027, 3, 1, 20), local(2027, 4, 1, 20)]
    assert [start.utcoffset() for start in starts] == [timedelta(hours=1), timedelta(hours=2)]


def test_event_without_uid_is_keyed_by_start_and_title() -> None:
    (item,) = calendar_with("DTSTART;VALUE=DATE:20261127")

    assert item.key == "@2026-11-27 Iets"


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=1", "FREQ=DAILY;BYSECOND=0,1,2"])
def test_repetition_within_a_day_is_left_out(rule: str) -> None:
    """One line could otherwise mean millions of entries."""
    assert len(calendar_with("UID:a", "DTSTART:20261127T200000", f"RRULE:{rule}")) == 1


def calendar_of_daily_events(rule: str) -> str:
    event = "BEGIN:VEVENT\r\nUID:{}\r\nDTSTART:20250101T200000\r\nRRULE:FREQ=DAILY{}\r\nEND:VEVENT\r\n"
    events = "".join(event.format(number, rule) for number in range(200))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n"


def test_calendar_that_repeats_beyond_reason_is_refused() -> None:
    with pytest.raises(Changed, match="repeats too much"):
        parse(a_fetched(calendar_of_daily_events("")), CALENDAR)


@pytest.mark.parametrize("rule", [";UNTIL=20250601T000000Z", ";UNTIL=20250601", ";COUNT=3"])
def test_repetitions_that_ended_do_not_count(rule: str) -> None:
    assert parse(a_fetched(calendar_of_daily_events(rule)), CALENDAR) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty answer"),
        (b"<html><body>Agenda</body></html>", "no calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261127", "no readable calendar"),
    ],
)
def test_what_is_no_calendar_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(Changed) as raised:
        parse(a_fetched(body), CALENDAR)

    assert raised.value.reason == reason


def test_one_bad_event_does_not_take_the_others_along() -> None:
    bad = "BEGIN:VEVENT\r\nUID:x\r\nDTSTART:morgen\r\nSUMMARY:Fout\r\nEND:VEVENT\r\n"
    good = "BEGIN:VEVENT\r\nUID:y\r\nDTSTART:20261127T200000\r\nSUMMARY:Goed\r\nEND:VEVENT\r\n"

    items = parse(a_fetched(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{bad}{good}END:VCALENDAR\r\n"), CALENDAR)

    assert [item.title for item in items] == ["Goed"]


@pytest.mark.parametrize(
    "bad",
    [
        "DTSTART:20261127T200000\r\nRRULE:FREQ=WEEKLY;BYDAY=ZZ",
        "DTSTART:20261127T200000\r\nDURATION:P9999999D",
        "DTSTART:20261127T200000\r\nDTEND:99991231T235959Z",
        "DTSTART:00010101T000000Z\r\nDTEND:99991231T235959Z",
        "DTSTART:20261127T200000\r\nDTSTART:20261128T200000",
    ],
)
def test_event_that_cannot_be_read_falls_out_alone(bad: str) -> None:
    wrong = f"BEGIN:VEVENT\r\nUID:x\r\n{bad}\r\nSUMMARY:Fout\r\nEND:VEVENT\r\n"
    good = "BEGIN:VEVENT\r\nUID:y\r\nDTSTART:20261127T200000\r\nSUMMARY:Goed\r\nEND:VEVENT\r\n"

    items = parse(a_fetched(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{wrong}{good}END:VCALENDAR\r\n"), CALENDAR)

    assert [item.title for item in items] == ["Goed"]
    with pytest.raises(Changed, match="no readable event"):
        parse(a_fetched(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{wrong}END:VCALENDAR\r\n"), CALENDAR)


@pytest.mark.parametrize(
    "odd", ["LAST-MODIFIED:20261101", "UID:b", "RRULE:FREQ=WEEKLY;INTERVAL=0", "CREATED:99991231T235959Z"]
)
def test_odd_line_leaves_the_event_as_it_is(odd: str) -> None:
    (item,) = calendar_with("UID:a", "DTSTART:20261127T200000", odd)

    assert (item.key.partition("@")[0], item.published) == ("a", None)
