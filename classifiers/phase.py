"""A redacted text and the date in it -> what speaks for each phase: announced, under way, over, no concrete event."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from classifiers.clock_words import Clock
from classifiers.cues import NEAR_A_DATE
from classifiers.event_days import slant_of
from classifiers.periods import AMSTERDAM, Told, day_without_phase, told_in
from classifiers.phrases import PhraseIndex
from classifiers.prose import prose_of
from classifiers.reading import Period
from classifiers.signs import read_signs
from classifiers.vocabulary import Phase, Precision, Voice

_FILE = Path(__file__).with_name("phases.toml")

_LIVE_FOR = timedelta(hours=3)
"""How long after its start an event is held to be going on, when no end is told."""
_TWELVE = 12
_MOST = 4
"""Half points of signs that count: small words alone never outweigh a date and a few words on the other side."""


class Phases:
    """The table of signs. Not changed after it was made: safe between threads."""

    def __init__(self, path: Path = _FILE) -> None:
        """Raises TableError for what the table may not hold."""
        signs = read_signs(path, Phase).signs
        self._index = PhraseIndex(phrase for sign in signs for phrase in sign.phrases)
        self._sign_of = [sign for sign in signs for _ in sign.phrases]

    def features(
        self, title: str, text: str, *, published: datetime, ahead: Period | None, back: Period | None, voice: Voice
    ) -> list[str]:
        """All that speaks for one phase or another; what each is worth, the judge has learned.

        `published` is aware. `ahead` and `back` are the date as it reads in an announcement and in a look back: a bare
        "zaterdag" is two days then. Rule: guideline, field `phase`.
        """
        local = published.astimezone(AMSTERDAM)
        return [
            "any",
            f"voice {voice.value}",
            *self._said(f"{title}\n{text}"),
            *_of_the_date("ahead", ahead, local),
            *_of_the_date("back", back, local),
            f"both {_side(ahead, local)} {_side(back, local)}",
            *_of_the_text(told_in(title, text, local, voice), local),
        ]

    def _said(self, whole: str) -> Iterator[str]:
        prose = prose_of(whole)
        points = dict.fromkeys(Phase, 0.0)
        for number in self._index.numbers(prose):
            phrase = self._index.phrases[number]
            if phrase.within(prose):
                sign = self._sign_of[number]
                points[sign.speaks_for] += sign.weight
                yield f"said {phrase.written}"
        for phase, total in points.items():
            yield f"signs {phase.value} {min(_MOST, round(total))}"


def _of_the_date(name: str, period: Period | None, local: datetime) -> Iterator[str]:
    yield f"{name} {_side(period, local)}"
    if period is not None:
        yield f"{name} {period.precision.value}"


def _side(period: Period | None, local: datetime) -> str:
    """Where a period lies, seen from publication."""
    if period is None:
        return "nowhere"
    first = period.start.astimezone(AMSTERDAM)
    days = (first.date() - local.date()).days
    if days > 0:
        return "ahead" if days > 1 else "tomorrow"
    over = (period.end or period.start + _LIVE_FOR) <= local
    if days == 0:
        if period.precision is not Precision.MINUTE:
            return "today"
        return "later today" if period.start > local else "earlier today" if over else "now"
    if not over:
        return "since before"
    return "yesterday" if days == -1 else "days ago" if days > -8 else "weeks ago" if days > -60 else "long ago"  # noqa: PLR2004 - days


def _of_the_text(told: Told, local: datetime) -> Iterator[str]:
    read = told.read
    yield f"title {slant_of(read.leanings[0])}"
    yield f"text {slant_of(read.whole)}"
    yield f"opening {slant_of(read.leanings[1] if len(read.leanings) > 1 else 0.0)}"
    yield f"hour {local.hour // 6}"
    day, kind = day_without_phase(told)
    yield f"day {kind}"
    if day is not None:
        days = (day.first - local.date()).days
        side = "ahead" if days > 0 else "today" if not days else "yesterday" if days == -1 else "before"
        yield f"day {side}"
        yield f"day {side} {kind}"
        yield f"day {side} text {slant_of(read.whole)}"
    for clock in told.clocks[:2]:
        yield f"clock {_hour(clock, local)}"
        yield f"clock {_hour(clock, local)} day {kind}"
    lead = read.starts[min(2, len(read.starts) - 1)] if len(read.starts) > 1 else len(read.lower)
    for name in NEAR_A_DATE:
        if read.count(name, 0, lead):
            yield f"lead {name}"
        elif read.count(name, lead, len(read.lower)):
            yield f"tells {name}"


def _hour(clock: Clock, local: datetime) -> str:
    """Whether a time of day lies ahead on the day of publication; "9 uur" may be in the evening."""
    latest = (
        clock.begins
        if clock.sure or clock.begins.hour >= _TWELVE
        else clock.begins.replace(hour=clock.begins.hour + 12)
    )
    if clock.begins > local.time():
        return "later"
    return "perhaps later" if latest > local.time() else "earlier"
