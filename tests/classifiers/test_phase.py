"""Whether an event is to come, under way or over; or no concrete event at all."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from classifiers import Period, Phase, Precision, Voice
from classifiers.phase import Phases

LOCAL = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2031, 5, 14, 12, 0, tzinfo=LOCAL)


@pytest.fixture(scope="module")
def phases() -> Phases:
    return Phases()


def day(number: int) -> Period:
    start = datetime(2031, 5, number, tzinfo=LOCAL)
    return Period(start, start + timedelta(days=1), Precision.DAY)


def at(hour: int) -> Period:
    return Period(datetime(2031, 5, 14, hour, tzinfo=LOCAL), None, Precision.MINUTE)


@pytest.mark.parametrize(
    ("phase", "title", "text", "period"),
    [
        (Phase.ANNOUNCED, "Mars op 17 mei", "De mars begint op 17 mei. Aanmelden kan nog.", day(17)),
        (Phase.ANNOUNCED, "Mars vanmiddag", "Verzamelen om 15.00 uur.", at(15)),
        (Phase.OVER, "Rustige mars", "De mars van 10 mei verliep rustig. Honderd mensen liepen mee.", day(10)),
        (Phase.UNDER_WAY, "Actie bezig", "Op dit moment staan er vijftig mensen op het plein.", at(11)),
        (
            Phase.OTHER,
            "Raad vraagt onderzoek",
            "Een raadslid pleit voor een onderzoek. Een besluit is er nog niet.",
            None,
        ),
    ],
)
def test_words_and_date_tell_the_phase(
    phases: Phases, phase: Phase, title: str, text: str, period: Period | None
) -> None:
    assert phases.phase_of(title, text, published=NOW, ahead=period, back=period, voice=Voice.NEWS) is phase


def test_a_weekday_that_may_lie_on_either_side_leaves_it_to_the_words(phases: Phases) -> None:
    past = phases.phase_of(
        "Mars", "De mars was zaterdag rustig.", published=NOW, ahead=day(17), back=day(10), voice=Voice.NEWS
    )
    coming = phases.phase_of(
        "Mars", "Zaterdag gaat de mars langs het park.", published=NOW, ahead=day(17), back=day(10), voice=Voice.NEWS
    )

    assert (past, coming) == (Phase.OVER, Phase.ANNOUNCED)


def test_a_bare_post_tells_what_is_going_on_and_a_bare_agenda_what_is_to_come(phases: Phases) -> None:
    def phase_in(voice: Voice) -> Phase:
        return phases.phase_of("Plein", "Muziek op het plein.", published=NOW, ahead=None, back=None, voice=voice)

    assert (phase_in(Voice.SOCIAL), phase_in(Voice.AGENDA)) == (Phase.UNDER_WAY, Phase.ANNOUNCED)
