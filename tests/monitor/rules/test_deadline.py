"""The term of notification counts hours of days that count, or ends at a fixed hour of the week (R49)."""

from datetime import date, datetime, time, timedelta

import pytest

from monitor.config import Notice
from monitor.rules.deadline import free_days, notify_before
from tests.build import at

GRONINGEN = Notice()


@pytest.mark.parametrize(
    ("starts", "latest"),
    [
        # The worked terms of the domain brief.
        (at(28, 13), at(26, 0)),
        (at(30, 14), at(26, 14)),
        (at(25, 10), at(23, 10)),
        (at(28, 12, month=12), at(23, 12, month=12)),
        (at(31, 20, month=12), at(29, 20, month=12)),
        # New Year's Day falls out.
        (at(4, 12, month=1, year=2027), at(30, 12, month=12)),
        # Easter Monday 6 April 2026; Good Friday counts.
        (at(7, 12, month=4), at(2, 12, month=4)),
        # Whit Monday 25 May 2026.
        (at(26, 12, month=5), at(21, 12, month=5)),
        # Ascension Day, Thursday 14 May 2026.
        (at(15, 12, month=5), at(12, 12, month=5)),
        # King's Day, a Monday in 2026, and kept on Saturday 26 April when the 27th is a Sunday, as in 2025.
        (at(28, 12, month=4), at(23, 12, month=4)),
        (at(28, 12, month=4, year=2025), at(24, 12, month=4, year=2025)),
        # 5 May, a Tuesday in 2026: every year, not each fifth one.
        (at(6, 12, month=5), at(1, 12, month=5)),
        # Christmas 2025: Thursday and Friday.
        (at(29, 12, month=12, year=2025), at(23, 12, month=12, year=2025)),
        # The clock goes back in the night of Sunday 25 October 2026, and forward on Sunday 29 March: a day is a day.
        (at(27, 12, month=10), at(23, 12, month=10)),
        (at(31, 12, month=3), at(27, 12, month=3)),
        # A start on a day that does not count itself, and one at midnight.
        (at(29, 12), at(26, 0)),
        (at(27), at(25)),
    ],
)
def test_saturdays_sundays_and_holidays_do_not_count(starts: datetime, latest: datetime) -> None:
    assert notify_before(starts, GRONINGEN) == latest


@pytest.mark.parametrize(("day", "month"), [(25, 10), (29, 3)])
def test_in_a_night_that_the_clock_changes_a_day_is_a_day_where_sundays_count(day: int, month: int) -> None:
    every_day = Notice(hours=24, counts_weekends=True)

    assert notify_before(at(day, 12, month=month), every_day) == at(day - 1, 12, month=month)


@pytest.mark.parametrize(
    ("notice", "starts", "latest"),
    [
        (Notice(hours=72), at(27, 12), at(24, 12)),
        (Notice(counts_weekends=True), at(30, 14), at(28, 14)),
        (Notice(counts_holidays=True), at(28, 12, month=12), at(24, 12, month=12)),
        (Notice(counts_weekends=True, counts_holidays=True), at(7, 12, month=4), at(5, 12, month=4)),
        (Notice(counts_good_friday=False), at(7, 12, month=4), at(1, 12, month=4)),
        (Notice(counts_good_friday=False, counts_holidays=True), at(7, 12, month=4), at(3, 12, month=4)),
    ],
    ids=["72 hours", "weekends", "holidays", "all days", "Good Friday", "holidays before Good Friday"],
)
def test_another_municipality_may_ask_another_term(notice: Notice, starts: datetime, latest: datetime) -> None:
    assert notify_before(starts, notice) == latest


@pytest.mark.parametrize(
    ("starts", "latest"),
    [
        (at(28, 13), at(27, 12)),
        (at(30, 9), at(27, 12)),
        (at(3, 9, month=12), at(27, 12)),
        # What starts on the day itself had to be there a week before.
        (at(27, 20), at(20, 12)),
        # Christmas Day 2026 is a Friday: then the Thursday before it.
        (at(27, 12, month=12), at(24, 12, month=12)),
    ],
    ids=["Saturday", "Monday", "Thursday", "Friday itself", "Friday is a holiday"],
)
def test_a_week_may_close_on_friday_at_noon(starts: datetime, latest: datetime) -> None:
    assert notify_before(starts, Notice(before=(4, time(12)))) == latest


EASTER = {
    2020: (4, 12), 2021: (4, 4), 2022: (4, 17), 2023: (4, 9), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5),
    2027: (3, 28), 2028: (4, 16), 2029: (4, 1), 2030: (4, 21), 2031: (4, 13), 2032: (3, 28), 2033: (4, 17),
    2034: (4, 9), 2035: (3, 25),
}  # fmt: skip


def named_by_law(year: int) -> set[date]:
    """Algemene termijnenwet art. 3(1), word for word; Easter by hand."""
    easter = date(year, *EASTER[year])
    kings_day = date(year, 4, 27)
    return {
        date(year, 1, 1),  # de Nieuwjaarsdag
        easter + timedelta(days=1),  # de tweede Paasdag
        easter + timedelta(days=50),  # de tweede Pinksterdag
        date(year, 12, 25),  # de beide Kerstdagen
        date(year, 12, 26),
        easter + timedelta(days=39),  # de Hemelvaartsdag
        # De dag waarop de verjaardag van de Koning wordt gevierd: the day before when that is a Sunday.
        kings_day - timedelta(days=kings_day.weekday() == 6),
        date(year, 5, 5),  # de vijfde mei
    }


@pytest.mark.parametrize("year", EASTER)
def test_the_days_that_do_not_count_are_those_of_the_law(year: int) -> None:
    good_friday = date(year, *EASTER[year]) - timedelta(days=2)

    assert free_days(year) == named_by_law(year)
    assert free_days(year, good_friday=True) == named_by_law(year) | {good_friday}
