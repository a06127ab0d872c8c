"""Numbers as they are written, in digits and in words."""

import pytest

from classifiers.numerals import number_of


@pytest.mark.parametrize(
    ("written", "number"),
    [("1.200", 1200), ("12 500", 12500), ("1.20", None), ("tweeëntwintig", 22), ("drieenhalfduizend", 3500)],
)
def test_thousands_and_words_are_numbers_and_prices_are_none(written: str, number: int | None) -> None:
    assert number_of(written) == number


def test_a_raised_figure_is_no_digit_of_a_number() -> None:
    assert number_of("5²") is None
