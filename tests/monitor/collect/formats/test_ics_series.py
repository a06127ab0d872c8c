"""Kind "ics": what repeats, moves, is called off or comes in two versions, and the key that stays with it."""

from datetime import timedelta

import pytest

from classifiers import Period, Precision
from monitor.collect.formats.ics import parse
from monitor.domain import RawItem
from tests.monitor.collect.build import NOW, a_fetched, a_source, local

CALENDAR = a_source("ics", url="https://club.example/agenda.ics", hosts=("club.example",))

WEEKLY = """
UID:markt
DTSTART;TZID=Europe/Amsterdam:20261201T090000
DTEND;TZID=Europe/Amsterdam:20261201T170000
RRULE:FREQ=WEEKLY;COUNT=3
SUMMARY:Markt
"""


def agenda(*events: str, head: str = "") -> list[RawItem]:
    bodies = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{bodies}END:VCALENDAR\n"
    return parse(a_fetched(text.replace("\n", "\r\n")), CALENDAR)


def starts(items: list[RawItem]) -> dict[str, str]:
    return {item.key: f"{item.told.period.start:%m-%d %H:%M}" for item in items if item.told.period}


def off(items: list[RawItem]) -> list[str]:
    return [item.key for item in items if item.told.cancelled]


def test_occurrence_that_moves_keeps_the_key_of_the_moment_it_was_planned_for() -> None:
    moved = "UID:markt\nRECURRENCE-ID;TZID=Europe/Amsterdam:20261208T090000\nDTSTART:20261209T100000Z\nSUMMARY:Markt"

    assert starts(agenda(WEEKLY)) == {
        "markt@2026-12-01T09:00:00": "12-01 09:00",
        "markt@2026-12-08T09:00:00": "12-08 09:00",
        "markt@2026-12-15T09:00:00": "12-15 09:00",
    }
    assert starts(agenda(WEEKLY, moved)) == starts(agenda(WEEKLY)) | {"markt@2026-12-08T09:00:00": "12-09 11:00"}


def test_occurrence_that_is_called_off_keeps_its_key_and_the_others_go_on() -> None:
    called_off = "UID:markt\nRECURRENCE-ID:20261208T080000Z\nDTSTART:20261208T080000Z\nSTATUS:CANCELLED\nSUMMARY:Markt"

    items = agenda(WEEKLY, called_off)

    assert starts(items) == starts(agenda(WEEKLY))
    assert off(items) == ["markt@2026-12-08T09:00:00"]


@pytest.mark.parametrize(
    "line",
    [
        "EXDATE;TZID=Europe/Amsterdam:20261208T090000",
        "EXDATE:20261208T080000Z",
        "EXDATE;VALUE=DATE:20261208",
        "EXDATE;TZID=W. Europe Standard Time:20261208T090000",
    ],
)
def test_occurrence_that_is_taken_out_is_no_longer_listed(line: str) -> None:
    assert list(starts(agenda(f"{WEEKLY}{line}"))) == ["markt@2026-12-01T09:00:00", "markt@2026-12-15T09:00:00"]


def test_added_dates_count_and_may_have_their_own_length() -> None:
    items = agenda(
        "UID:a\nDTSTART;TZID=Europe/Amsterdam:20261201T200000\nDURATION:PT1H\n"
        "RDATE;VALUE=PERIOD:20261224T190000Z/PT3H\nRDATE;TZID=Europe/Amsterdam:20261226T140000"
    )

    assert [item.told.period for item in items] == [
        Period(local(2026, 12, 1, 20), local(2026, 12, 1, 21), Precision.MINUTE),
        Period(local(2026, 12, 24, 20), local(2026, 12, 24, 23), Precision.MINUTE),
        Period(local(2026, 12, 26, 14), local(2026, 12, 26, 15), Precision.MINUTE),
    ]


def test_series_that_is_called_off_is_called_off_as_a_whole() -> None:
    items = agenda(f"{WEEKLY}STATUS:CANCELLED")

    assert off(items) == list(starts(agenda(WEEKLY)))


def test_calendar_that_takes_back_calls_off_under_the_same_key() -> None:
    event = "UID:loop\nDTSTART:20261227T120000Z\nSUMMARY:Loop"

    assert off(agenda(event)) == []
    assert off(agenda(event, head="METHOD:CANCEL\n")) == ["loop"]
    assert off(agenda(event, head="METHOD:PUBLISH\n")) == []


def test_moved_occurrence_without_its_series_has_the_key_it_had() -> None:
    """Google lists a single changed occurrence alone when the series is not shared."""
    items = agenda(
        "UID:markt\nRECURRENCE-ID:20261208T080000Z\nDTSTART:20261208T100000Z\nSUMMARY:Markt",
        "UID:markt\nRECURRENCE-ID:20261215T080000Z\nDTSTART:20261215T100000Z\nSUMMARY:Markt",
    )

    assert starts(items) == {"markt@2026-12-08T09:00:00": "12-08 11:00", "markt@2026-12-15T09:00:00": "12-15 11:00"}


def test_change_of_this_and_all_later_ones_counts_for_all_later_ones() -> None:
    later = (
        "UID:markt\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Amsterdam:20261208T090000\n"
        "DTSTART;TZID=Europe/Amsterdam:20261208T100000\nDTEND;TZID=Europe/Amsterdam:20261208T170000\nSUMMARY:Markt"
    )

    assert list(starts(agenda(WEEKLY, later)).values()) == ["12-01 09:00", "12-08 10:00", "12-15 10:00"]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("SEQUENCE:1\nLAST-MODIFIED:20261120T080000Z", "SEQUENCE:2\nLAST-MODIFIED:20261101T080000Z"),
        ("LAST-MODIFIED:20261101T080000Z", "LAST-MODIFIED:20261102T080000Z"),
        ("DTSTAMP:20261101T080000Z", "DTSTAMP:20261102T080000Z"),
        ("SEQUENCE:vier", "SEQUENCE:1"),
    ],
)
def test_of_several_versions_the_newest_counts_wherever_it_stands(older: str, newer: str) -> None:
    old = f"UID:a\nDTSTART:20261227T120000Z\nSUMMARY:Oud\n{older}"
    new = f"UID:a\nDTSTART:20261228T120000Z\nSUMMARY:Nieuw\n{newer}"

    for events in ((old, new), (new, old)):
        assert [(item.key, item.title) for item in agenda(*events)] == [("a", "Nieuw")]


def test_version_that_moved_out_of_sight_does_not_bring_the_former_back() -> None:
    old = "UID:a\nDTSTART:20261227T120000Z\nSEQUENCE:0"
    new = "UID:a\nDTSTART:20290101T120000Z\nSEQUENCE:1"

    assert agenda(old, new) == []


def test_events_that_share_a_careless_uid_are_all_kept() -> None:
    events = [f"UID:1\nDTSTART:202612{day}T120000Z\nSUMMARY:{day}" for day in (27, 28, 29)]

    assert [item.key for item in agenda(*events)] == [f"1@2026-12-{day}T13:00:00" for day in (27, 28, 29)]


@pytest.mark.parametrize(
    "start",
    ["DTSTART:20261201T080000Z", "DTSTART;TZID=W. Europe Standard Time:20261201T090000", "DTSTART:20261201T090000"],
)
def test_key_is_the_same_in_whatever_zone_the_calendar_is_written(start: str) -> None:
    assert list(starts(agenda(f"UID:markt\n{start}\nRRULE:FREQ=WEEKLY;COUNT=3"))) == list(starts(agenda(WEEKLY)))


@pytest.mark.parametrize("title", ["Geannuleerd: Loop", "AFGELAST - Loop", "[Cancelled] Loop", "*AFGELAST* Loop"])
def test_title_that_says_so_first_calls_off(title: str) -> None:
    """Outlook puts it there, and a club without a button for it does."""
    assert off(agenda(f"UID:a\nDTSTART:20261227T120000Z\nSUMMARY:{title}")) == ["a"]


@pytest.mark.parametrize(
    "title", ["Vervallen panden: een wandeling", "Loop (niet afgelast)", "Afgelaste duels ingehaald"]
)
def test_title_that_only_names_it_does_not(title: str) -> None:
    assert off(agenda(f"UID:a\nDTSTART:20261227T120000Z\nSUMMARY:{title}")) == []


def test_private_entry_in_a_public_calendar_is_left_out() -> None:
    assert agenda("UID:a\nCLASS:PRIVATE\nDTSTART:20261227T120000Z\nSUMMARY:Tandarts") == []


def test_remembrance_of_long_ago_falls_this_year_too() -> None:
    items = agenda("UID:4mei\nDTSTART;VALUE=DATE:19450504\nRRULE:FREQ=YEARLY\nSUMMARY:Dodenherdenking")

    assert starts(items) == {"4mei@2027-05-04": "05-04 00:00"}


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYSETPOS=5", "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9"],
)
def test_rule_that_never_comes_true_ends_with_the_window(rule: str) -> None:
    """It would be looked for until the year 9999."""
    items = agenda(f"UID:a\nDTSTART:20261227T120000Z\nRRULE:{rule}")

    assert len(items) <= 1


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;UNTIL=00010101T000000Z",
        "FREQ=WEEKLY;UNTIL=99991231T235959Z",
        "FREQ=WEEKLY;UNTIL=99991231",
        "FREQ=WEEKLY;INTERVAL=99999999999",
        "FREQ=WEEKLY;COUNT=-3",
        "FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 5000),
    ],
)
def test_rule_out_of_all_measure_does_no_harm(rule: str) -> None:
    good = "UID:b\nDTSTART:20261227T120000Z\nSUMMARY:Goed"

    items = agenda(f"UID:a\nDTSTART:20261227T120000Z\nRRULE:{rule}", good)

    assert "Goed" in [item.title for item in items]
    assert all(item.told.period.start < NOW + timedelta(days=402) for item in items if item.told.period)


@pytest.mark.parametrize(
    "line", ["EXDATE:%0261208T090000", "RDATE:morgen", "RRULE:FREQ=WEEKLY;BYDAY=ZZ", "RECURRENCE-ID:later"]
)
def test_repetition_that_cannot_be_read_leaves_its_event_out_alone(line: str) -> None:
    """Found by atheris. Told without it, the event would stand on a day that it is not."""
    good = "UID:b\nDTSTART:20261227T120000Z\nSUMMARY:Goed"

    assert [item.title for item in agenda(f"UID:a\nDTSTART:20261227T120000Z\n{line}", good)] == ["Goed"]


@pytest.mark.parametrize(
    "line", ["DTEND:later", "DURATION:lang", "SEQUENCE:vier", "CREATED:ooit", "DTSTAMP:nu", "URL:"]
)
def test_property_that_cannot_be_read_leaves_its_event_as_it_is(line: str) -> None:
    assert starts(agenda(f"UID:a\nDTSTART:20261227T120000Z\n{line}")) == {"a": "12-27 13:00"}
