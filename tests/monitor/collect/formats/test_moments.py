"""Dates as sources write them."""

from datetime import datetime

import pytest

from classifiers import Precision
from monitor.collect.formats.moments import Moment, moment_of, period_of
from tests.monitor.collect.build import NOW, local


@pytest.mark.parametrize(
    ("text", "at", "exact"),
    [
        ("2026-11-21", local(2026, 11, 21), False),
        ("2026-11-21T14:00:00+01:00", local(2026, 11, 21, 14), True),
        ("2026-11-21T13:00:00.000Z", local(2026, 11, 21, 14), True),
        ("2026-11-20T23:00:00Z", local(2026, 11, 21), False),
        ("2026-11-21 14:00:00", local(2026, 11, 21, 14), True),
        ("2026-11-21 om 14.00 uur", local(2026, 11, 21, 14), True),
        ("Sat, 21 Nov 2026 13:00:00 GMT", local(2026, 11, 21, 14), True),
        ("za, 21 mei 2027 14:00:00 +0200", local(2027, 5, 21, 14), True),
        ("21-11-2026", local(2026, 11, 21), False),
        ("21/11/2026 14:30", local(2026, 11, 21, 14, 30), True),
        ("zaterdag 21 november 2026", local(2026, 11, 21), False),
        ("za 21 nov. 2026, 14.00 uur", local(2026, 11, 21, 14), True),
        ("21 mrt 2027", local(2027, 3, 21), False),
        ("5 mei", local(2027, 5, 5), False),
        ("30 oktober", local(2026, 10, 30), False),
        ("29 februari", None, False),
        ("31 december 2026 24.00 uur", local(2027, 1, 1), False),
        ("31-02-2026", None, False),
        ("0001-01-01", None, False),
        ("31-12-9999 24:00", None, False),
        ("volgt", None, False),
        ("", None, False),
    ],
)
def test_date_is_read_as_written(text: str, at: datetime | None, exact: bool) -> None:
    assert moment_of(text, now=NOW) == (Moment(at, exact) if at else None)


@pytest.mark.parametrize(
    ("text", "pattern", "at", "exact"),
    [
        ("5 mei 2027", "%d %B %Y", local(2027, 5, 5), False),
        ("woensdag 5 mei 2027 om 14.00 uur", "%A %d %B %Y om %H.%M uur", local(2027, 5, 5, 14), True),
        ("05/06", "%d/%m", local(2027, 6, 5), False),
        ("12/10/27", "%m/%d/%y", local(2027, 12, 10), False),
        ("5 mei", "%d-%m-%Y", None, False),
    ],
)
def test_date_is_read_by_the_pattern_of_the_source(text: str, pattern: str, at: datetime | None, exact: bool) -> None:
    assert moment_of(text, now=NOW, pattern=pattern) == (Moment(at, exact) if at else None)


@pytest.mark.parametrize("day", [30, 4, 5, 6])
def test_date_of_a_round_without_times_becomes_the_weekend_or_week_around_it(day: int) -> None:
    start = Moment(local(2026, 12, day) if day < 30 else local(2026, 11, 30), exact=False)

    weekend, week = (period_of(start, otherwise=how) for how in (Precision.WEEKEND, Precision.WEEK))

    assert (weekend.start, weekend.end) == (local(2026, 12, 5), local(2026, 12, 7))
    assert (week.start, week.end) == (local(2026, 11, 30), local(2026, 12, 7))
