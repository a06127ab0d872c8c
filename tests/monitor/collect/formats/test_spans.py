"""Dates as Dutch agendas write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect.formats.moments import Moment
from monitor.collect.formats.spans import LOOK_AT_MOST, span_of
from tests.monitor.collect.build import NOW, local


def day(year: int, month: int, number: int) -> Moment:
    return Moment(local(year, month, number), exact=False)


def at(year: int, month: int, number: int, hour: int, minute: int = 0) -> Moment:
    return Moment(local(year, month, number, hour, minute), exact=True)


NOV_21, NOV_23 = day(2026, 11, 21), day(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("21 t/m 23 november 2026", (NOV_21, NOV_23)),
        ("21 tot en met 23 november", (NOV_21, NOV_23)),
        ("van 21 tot 23 nov. 2026", (NOV_21, NOV_23)),
        ("21-23 november 2026", (NOV_21, NOV_23)),
        ("21 \u2013 23 november 2026", (NOV_21, NOV_23)),
        ("21-11-2026 t/m 23-11-2026", (NOV_21, NOV_23)),
        ("21-11 t/m 23-11-2026", (NOV_21, NOV_23)),
        ("2026-11-21 - 2026-11-23", (NOV_21, NOV_23)),
        ("2026-11-21/2026-11-23", (NOV_21, NOV_23)),
        ("za. 21 nov. t/m ma. 23 nov.", (NOV_21, NOV_23)),
        ("10-12 november 2026", (day(2026, 11, 10), day(2026, 11, 12))),
        ("vr 27 nov - zo 29 nov", (day(2026, 11, 27), day(2026, 11, 29))),
        ("30 t/m 2 december", (day(2026, 11, 30), day(2026, 12, 2))),
        ("30 november t/m 2 december", (day(2026, 11, 30), day(2026, 12, 2))),
        ("28 december t/m 3 januari 2027", (day(2026, 12, 28), day(2027, 1, 3))),
        ("28 dec 2026 t/m 3 jan", (day(2026, 12, 28), day(2027, 1, 3))),
        ("20 aug - 5 dec", (day(2026, 8, 20), day(2026, 12, 5))),
        ("21 en 22 november", (NOV_21, day(2026, 11, 22))),
        ("21 en 25 november", (NOV_21, None)),
        ("za 21 november 10.00 uur t/m zo 22 november 17.00 uur", (at(2026, 11, 21, 10), at(2026, 11, 22, 17))),
        ("21 t/m 23 november, 10.00 - 17.00 uur", (at(2026, 11, 21, 10), at(2026, 11, 23, 17))),
        ("21 t/m 23 november 20.00 uur", (at(2026, 11, 21, 20), NOV_23)),
    ],
)
def test_range_of_days_has_a_first_and_a_last(text: str, expected: tuple[Moment, Moment | None]) -> None:
    assert span_of(text, now=NOW) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("27 november 2026, 20.00 - 23.00 uur", (at(2026, 11, 27, 20), at(2026, 11, 27, 23))),
        ("27 november 2026, 20:00\u201323:00", (at(2026, 11, 27, 20), at(2026, 11, 27, 23))),
        ("zo 29 november (13:00 tot 17:00)", (at(2026, 11, 29, 13), at(2026, 11, 29, 17))),
        ("27 november 20 - 23 uur", (at(2026, 11, 27, 20), at(2026, 11, 27, 23))),
        ("27 november 22.00 - 02.00 uur", (at(2026, 11, 27, 22), at(2026, 11, 28, 2))),
        ("24 december 2026 20.00 - 24.00 uur", (at(2026, 12, 24, 20), day(2026, 12, 25))),
        ("27 november, 20 uur", (at(2026, 11, 27, 20), None)),
        ("27 november 2026 20:00", (at(2026, 11, 27, 20), None)),
        ("za 21 nov 2026 € 12.50", (NOV_21, None)),
        ("vandaag", (day(2026, 11, 22), None)),
        ("Morgen, 14.00 uur", (at(2026, 11, 23, 14), None)),
        ("vandaag 22:00-02:00", (at(2026, 11, 22, 22), at(2026, 11, 23, 2))),
        ("morgen, dinsdag 24 november", (day(2026, 11, 24), None)),
    ],
)
def test_hours_and_today_are_understood(text: str, expected: tuple[Moment, Moment | None]) -> None:
    found = span_of(text, now=NOW)

    assert found and [one and one.at for one in found] == [one and one.at for one in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-21T10:00:00+01:00", at(2026, 11, 21, 10)),
        ("2026-11-21T10:00-01:00", at(2026, 11, 21, 12)),
        ("Sat, 21 Nov 2026 14:00:00 +0100", at(2026, 11, 21, 14)),
        ("21-11-2026", NOV_21),
        ("t/m 23 november", NOV_23),
    ],
)
def test_one_moment_is_read_as_everywhere(text: str, expected: Moment) -> None:
    assert span_of(text, now=NOW) == (expected, None)


@pytest.mark.parametrize(
    "text", ["", "volgt", "30 feb - 2 mrt", "99 november", "10 jan 1900 - 12 jan 1900", "00-00-0000"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert span_of(text, now=NOW) is None


def test_pattern_is_all_that_is_tried() -> None:
    assert span_of("21 t/m 23 november 2026", now=NOW, pattern="%d %B %Y") is None


WORDS = st.sampled_from(
    "0 1 2 21 23 29 30 31 99 2026 9999 0000 1969 2200 feb november dec t/m - – / en & tot om van 20.00 24.00 24.59 2 "
    "uur vandaag overmorgen 2026-11-21 9999-12-31 21-11-2026 vr zo , ( € T Z +01:00 -99:99".split()
)


@given(
    st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=2 * LOOK_AT_MOST),
    st.integers(0, 7_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
)
@settings(deadline=None)
def test_any_text_gives_a_first_that_does_not_lie_behind_its_last(text: str, now: datetime) -> None:
    found = span_of(text, now=now)

    assert found is None or found[1] is None or found[0].at.date() <= found[1].at.date()
