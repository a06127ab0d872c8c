"""Days and hours in the forms of announcements: figures, words, what was moved and what is denied."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from classifiers.dates import dates_in
from classifiers.periods import period_of
from classifiers.tenses import Sentences
from classifiers.vocabulary import Phase

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEDNESDAY = "2025-11-19 10:00"


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=AMSTERDAM)


def start_of(text: str, published: str = WEDNESDAY, phase: Phase = Phase.ANNOUNCED) -> str | None:
    """The beginning of the event, without an hour where none is told."""
    period = period_of("Bericht", text, published=at(published), phase_hint=phase)
    if period is None:
        return None
    return f"{period.start:%Y-%m-%d %H:%M}" if period.precision == "minuut" else f"{period.start:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De mars begint 5/12 om 14 uur bij het station.", "2025-12-05 14:00"),
        ("De mars begint 5.12 om 14.00 uur bij het station.", "2025-12-05 14:00"),
        ("Markt 12-dec om 14.00 uur op het plein.", "2025-12-12 14:00"),
        ("Markt 12-dec-2025, 14.00 uur.", "2025-12-12 14:00"),
        ("12/12 demo om 14u op de markt", "2025-12-12 14:00"),
        ("Op twaalf december om 14 uur is er een markt.", "2025-12-12 14:00"),
        ("Op zondag eenentwintig december zingt het koor.", "2025-12-21"),
        ("De tweeëntwintigste december om 20.00 uur zingt het koor.", "2025-12-22 20:00"),
    ],
)
def test_a_date_in_figures_or_in_words_is_read(text: str, expected: str) -> None:
    assert start_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "We wonnen met 5-2 van de buren.",
        "Groep 7/8 om 9.00 uur naar binnen.",
        "3/4 van de leden stemde voor.",
        "De bus rijdt om 5.12 uur.",
    ],
)
def test_a_score_a_form_and_a_fraction_are_no_dates(text: str) -> None:
    read = Sentences("Bericht", text)

    assert not any(dates_in(read, published=at(WEDNESDAY)).values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zaterdag 6 december om 7.00 uur start de loop.", "2025-12-06 07:00"),
        ("Zaterdagavond om 8.30 uur is het feest in de kantine.", "2025-11-22 20:30"),
        ("Zaterdag vieren de leden het jubileum.", "2025-11-22"),
    ],
)
def test_an_hour_in_figures_is_that_of_the_morning_unless_the_evening_is_told(text: str, expected: str) -> None:
    assert start_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "De mars van zaterdag begint niet om 13.00 maar om 14.00 uur.",
        "De mars begint zaterdag in plaats van 13.00 uur om 14.00 uur.",
        "Zaterdag gaan we niet meer om 13.00 uur weg: 14.00 uur is het geworden.",
    ],
)
def test_an_hour_that_is_denied_is_not_the_beginning(text: str) -> None:
    assert start_of(text) == "2025-11-22 14:00"
