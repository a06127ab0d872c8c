"""Whether an event is to come, under way or over; or no concrete event at all."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from classifiers import Phase, Reader, Voice

NOW = datetime(2031, 5, 14, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
"""A Wednesday."""


@pytest.mark.parametrize(
    ("phase", "title", "text"),
    [
        (Phase.ANNOUNCED, "Mars op 17 mei", "De mars begint op 17 mei. Aanmelden kan nog."),
        (Phase.ANNOUNCED, "Mars vanmiddag", "Verzamelen om 15.00 uur."),
        (Phase.OVER, "Rustige mars", "De mars van 10 mei verliep rustig. Honderd mensen liepen mee."),
        (Phase.UNDER_WAY, "Actie bezig", "Op dit moment staan er vijftig mensen op het plein."),
        (Phase.OTHER, "Raad vraagt onderzoek", "Een raadslid pleit voor een onderzoek. Een besluit is er nog niet."),
        (Phase.OVER, "Mars", "De mars was zaterdag rustig."),
        (Phase.ANNOUNCED, "Mars", "Zaterdag gaat de mars langs het park."),
    ],
)
def test_words_and_date_tell_the_phase(reader: Reader, phase: Phase, title: str, text: str) -> None:
    assert reader.read(title, text, published=NOW, voice=Voice.NEWS).phase is phase


def test_a_bare_post_tells_what_is_going_on(reader: Reader) -> None:
    assert reader.read("Plein", "Muziek op het plein.", published=NOW, voice=Voice.SOCIAL).phase is Phase.UNDER_WAY
