"""The days of the Dutch year that have a name."""

from datetime import date

import pytest

from classifiers.feasts import feast_day, telling_days


@pytest.mark.parametrize(
    ("name", "year", "first", "last"),
    [
        ("koningsdag", 2025, date(2025, 4, 26), date(2025, 4, 26)),
        ("koningsdag", 2026, date(2026, 4, 27), date(2026, 4, 27)),
        ("koningsnacht", 2025, date(2025, 4, 25), date(2025, 4, 25)),
        ("witte donderdag", 2015, date(2015, 4, 2), date(2015, 4, 2)),
        ("goede vrijdag", 2019, date(2019, 4, 19), date(2019, 4, 19)),
        ("eerste en tweede paasdag", 2025, date(2025, 4, 20), date(2025, 4, 21)),
        ("pinksterweekend", 2024, date(2024, 5, 18), date(2024, 5, 20)),
        ("oudejaarsnacht", 2024, date(2024, 12, 31), date(2025, 1, 1)),
        ("oudejaarsmiddag", 2024, date(2024, 12, 31), date(2024, 12, 31)),
        ("gronings ontzet", 2025, date(2025, 8, 28), date(2025, 8, 28)),
        ("sint-maarten", 2025, date(2025, 11, 11), date(2025, 11, 11)),
        ("prinsjesdag", 2025, date(2025, 9, 16), date(2025, 9, 16)),
    ],
)
def test_a_feast_falls_on_its_days(name: str, year: int, first: date, last: date) -> None:
    assert feast_day(name, year) == (first, last)


def test_an_unknown_name_is_no_feast() -> None:
    assert feast_day("verjaardag", 2025) is None


def test_there_was_no_kings_day_before_there_was_a_king() -> None:
    assert feast_day("koningsdag", 2013) is None
    assert telling_days(date(1945, 4, 27)) == ()


@pytest.mark.parametrize("day", [date.min, date(1583, 4, 27), date(2500, 4, 27), date.max])
def test_a_day_of_another_age_does_no_harm(day: date) -> None:
    assert "koningsdag" not in telling_days(day)
    assert feast_day("pasen", day.year) is None


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2026, 1, 1), ("jaarwisseling", "dagen rond jaarwisseling")),
        (date(2025, 12, 31), ("jaarwisseling", "dagen rond jaarwisseling")),
        (date(2025, 12, 26), ("dagen rond jaarwisseling",)),
        (date(2026, 1, 6), ("dagen rond jaarwisseling",)),
        (date(2025, 12, 25), ()),
        (date(2026, 1, 7), ()),
        (date(2025, 4, 26), ("koningsdag",)),
        (date(2025, 4, 27), ()),
        (date(2026, 5, 4), ("dodenherdenking",)),
    ],
)
def test_days_that_tell_what_is_written_about(day: date, names: tuple[str, ...]) -> None:
    assert telling_days(day) == names
