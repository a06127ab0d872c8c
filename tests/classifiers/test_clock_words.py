"""Times of day as people write them."""

from datetime import time

import pytest

from classifiers.clock_words import clocks_in, readings_of


@pytest.mark.parametrize(
    ("text", "begins", "until"),
    [
        ("van elf tot drie, aan de kade", time(11), time(15)),
        ("van twee tot half zes, op het veld", time(14), time(17, 30)),
        ("van 's ochtends zeven tot 's middags vijf", time(7), time(17)),
        ("tussen twaalf en zes, achter het lint", time(12), time(18)),
        ("zondag 5 maart 10.00-17.00 uur", time(10), time(17)),
        ("van 23.00 tot 04.00 uur", time(23), time(4)),
        ("zaterdag 9 september, elf tot vijf, in de haven", time(11), time(17)),
        ("morgen 13-17. wij rijden", time(13), time(17)),
        ("van elf tot uiterlijk kwart voor twaalf", time(11), time(11, 45)),
        ("van tien tot elf voor de deur", time(10), time(11)),
    ],
)
def test_a_span_has_a_reading_with_both_ends(text: str, begins: time, until: time) -> None:
    (clock,) = clocks_in(text)

    assert (begins, until) in [(reading.begins, reading.until) for reading in readings_of(clock, None)]


@pytest.mark.parametrize(
    ("text", "part", "readings"),
    [
        ("om acht uur", None, [time(8), time(20)]),
        ("om acht uur", "avond", [time(20)]),
        ("om 20.00 uur", None, [time(20)]),
        ("half8 bij de brug", None, [time(7, 30), time(19, 30)]),
        ("half elf 's avonds", None, [time(22, 30)]),
        ("'s avonds om acht", None, [time(20)]),
        ("om een uur of twee", None, [time(2), time(14)]),
        ("om 13.00 uur voor de kerk", None, [time(13)]),
        ("half zeven voor de deur", None, [time(6, 30), time(18, 30)]),
        ("om twee uur voor de poort", None, [time(2), time(14)]),
        ("om 1 sta ik op de markt", None, [time(1), time(13)]),
    ],
)
def test_an_hour_on_the_twelve_hour_clock_has_two_readings_unless_the_words_tell(
    text: str, part: str | None, readings: list[time]
) -> None:
    (clock,) = clocks_in(text)

    assert [reading.begins for reading in readings_of(clock, part)] == readings


@pytest.mark.parametrize(
    "text",
    [
        "kinderen van 4 tot 12 jaar",
        "14.50 euro",
        "bel 050 123 45 67",
        "zie artikel 2.30",
        "24 uur van tevoren",
        "twee uur voor de aftrap",
        "vandaag 3-1 gewonnen",
    ],
)
def test_ages_prices_numbers_and_lengths_are_no_times(text: str) -> None:
    assert clocks_in(text) == []
