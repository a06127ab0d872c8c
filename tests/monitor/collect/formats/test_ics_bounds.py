"""Kind "ics": calendars without measure, and the window in which they are read."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from monitor.collect.formats.ics import parse
from monitor.errors import Changed
from tests.monitor.collect.build import a_fetched, a_source, local

CALENDAR = a_source("ics", url="https://club.example/agenda.ics", hosts=("club.example",))


def calendar_of(event: str) -> str:
    return f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR\n".replace("\n", "\r\n")


def many(count: int, year: int) -> str:
    event = "BEGIN:VEVENT\r\nUID:{}\r\nDTSTART:{}1227T200000Z\r\nSUMMARY:Oud\r\nEND:VEVENT\r\n"
    return "BEGIN:VCALENDAR\r\n" + "".join(event.format(n, year) for n in range(count)) + "{}END:VCALENDAR\r\n"


def test_fifty_thousand_events_that_are_over_cost_no_more_than_reading_their_lines() -> None:
    now = "BEGIN:VEVENT\r\nUID:nu\r\nDTSTART:20261227T200000Z\r\nSUMMARY:Nu\r\nEND:VEVENT\r\n"

    items = parse(a_fetched(many(50_000, 2019).format(now)), CALENDAR)

    assert [item.title for item in items] == ["Nu"]


def test_fifty_thousand_events_to_come_are_refused() -> None:
    with pytest.raises(Changed, match="calendar too large"):
        parse(a_fetched(many(50_000, 2026).format("")), CALENDAR)


def test_dates_beyond_number_are_refused() -> None:
    dates = ",".join(f"2026{month:02}{day:02}T{hour:02}{minute:02}00" for month in range(1, 13) for day in range(1, 29)
                     for hour in range(24) for minute in (0, 15, 30, 45))  # fmt: skip
    lines = "\n".join(f"RDATE:{dates[start : start + 16_000 - 1]}" for start in range(0, len(dates), 16_000))

    with pytest.raises(Changed, match="repeats too much"):
        parse(a_fetched(calendar_of(f"UID:a\nDTSTART:20261227T200000\n{lines}")), CALENDAR)


@pytest.mark.parametrize("year", ["0000", "0001", "1899", "2201", "9999"])
def test_event_in_an_impossible_year_does_not_disturb_the_others(year: str) -> None:
    good = calendar_of("UID:b\nDTSTART:20261227T200000\nSUMMARY:Goed")
    bad = f"BEGIN:VEVENT\r\nUID:a\r\nDTSTART:{year}0101T000000\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n"

    with capture_logs() as lines:
        items = parse(a_fetched(good.replace("END:VCALENDAR", f"{bad}END:VCALENDAR")), CALENDAR)

    assert [item.title for item in items] == ["Goed"]
    assert [(line["event"], line.get("count")) for line in lines if line["log_level"] == "warning"] == [
        ("events that cannot be read left out", 1)
    ]


def test_window_reaches_a_week_back_and_four_hundred_days_ahead() -> None:
    event = "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTART;VALUE=DATE:{0}\r\nEND:VEVENT\r\n"
    first, last = local(2026, 11, 15), local(2026, 11, 22) + timedelta(days=400)
    days = [first - timedelta(days=1), first, last, last + timedelta(days=1)]
    body = "".join(event.format(f"{day:%Y%m%d}") for day in days)

    items = parse(a_fetched(f"BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n"), CALENDAR)

    assert [item.key for item in items] == [f"{day:%Y%m%d}" for day in days[1:3]]
