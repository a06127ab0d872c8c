"""Days and hours in Frisian, Gronings, English and in a hurry."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from classifiers.dialects import in_dutch
from classifiers.periods import period_of
from classifiers.vocabulary import Phase

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEDNESDAY = datetime(2025, 6, 11, 10, 0, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("written", "dutch"),
    [
        ("sneontejûn om healwei njoggen", "zaterdagavond om half negen"),
        ("woansdei om twa oere", "woensdag om twee uur"),
        ("mörgen om haalf zeuven", "morgen om half zeven"),
        ("zoaterdagoavend om kwart veur vief", "zaterdagavond om kwart voor vijf"),
        ("vanaaf 21u bij de brug", "vanavond 21u bij de brug"),
        ("zat 14u vismarkt", "zaterdag 14u vismarkt"),
        ("komende zo om 3", "komende zondag om 3"),
        ("vr-avond", "vrijdagavond"),
        ("za 22.30 parkeerplaats", "zaterdag 22.30 parkeerplaats"),
        ("za 14.06 parkeerplaats", "za 14.06 parkeerplaats"),
        ("mrg om twij uur, zundagnaacht om kwaart over ain", "morgen om twee uur, zondagnacht om kwart over een"),
        ("moooorgen", "morgen"),
        ("de zaal zat vol en wij gaan ma door", "de zaal zat vol en wij gaan ma door"),
    ],
)
def test_words_for_time_become_dutch_and_others_stay(written: str, dutch: str) -> None:
    assert in_dutch(written) == dutch


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("We meet this Saturday at 3 pm on the square and walk with our friends to the park.", "2025-06-14 15:00"),
        (
            "Join us on Friday, June 20th at half past two. Bring your friends and the kids, we are open.",
            "2025-06-20 14:30",
        ),
        ("Sneon 14 juny om healwei trije begjint de tocht.", "2025-06-14 14:30"),
        ("Zoaterdag om haalf aacht begunt t konzert in de kerk.", "2025-06-14 19:30"),
        ("vanaaf 21.00 allemaal naar t strandje", "2025-06-11 21:00"),
        ("zat 14u met zn allen naar de vismarkt", "2025-06-14 14:00"),
    ],
)
def test_an_announcement_in_another_tongue_has_its_moment(text: str, start: str) -> None:
    period = period_of("Bericht", text, published=WEDNESDAY, phase_hint=Phase.ANNOUNCED)

    assert period is not None
    assert period.start == datetime.fromisoformat(start).replace(tzinfo=AMSTERDAM)
