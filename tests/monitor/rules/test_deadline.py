"""The term of notification counts hours of days that count (R49)."""

from datetime import datetime, timedelta

import pytest

from monitor.rules.deadline import free_days, notify_before
from tests.build import at


@pytest.mark.parametrize(
    ("starts", "latest"),
    [
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
        # King's Day is kept on 26 April when the 27th is a Sunday (2025).
        (at(28, 12, month=4, year=2025), at(24, 12, month=4, year=2025)),
        # 5 May, a Tuesday in 2026.
        (at(6, 12, month=5), at(1, 12, month=5)),
        # The clock goes back in the night of 25 October 2026: days of notice stay days.
        (at(27, 12, month=10), at(23, 12, month=10)),
    ],
)
def test_saturdays_sundays_and_holidays_do_not_count(starts: datetime, latest: datetime) -> None:
    assert notify_before(starts) == latest


def test_another_municipality_may_ask_another_term() -> None:
    assert notify_before(at(27, 12), timedelta(hours=72)) == at(24, 12)


@pytest.mark.parametrize("year", range(2024, 2031))
def test_the_fifth_of_may_is_free_every_year(year: int) -> None:
    assert at(5, month=5, year=year).date() in free_days(year)
