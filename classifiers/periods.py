"""Redacted Dutch text -> Period: when the event takes place, by the guideline (field `when`; R50).

What a text names is found by grammars; which of it is the event's is weighed with the weights of `periods.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from classifiers.clock_words import Clock, clocks_in, readings_of
from classifiers.dates import dates_in
from classifiers.event_clocks import ClockFinder
from classifiers.event_days import DayFinder, EventDay
from classifiers.mentions import Direction, Mention
from classifiers.reading import Period
from classifiers.scales import Scale, read_scales
from classifiers.tenses import Sentences
from classifiers.vocabulary import Phase, Precision, Voice

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_MORNING = 6
_NEW_YEARS_EVE = (12, 31)
_FILE = Path(__file__).with_name("periods.toml")


@lru_cache(maxsize=1)
def scales() -> Mapping[str, Scale]:
    """The weights for choosing a day and a clock. Raises TableError for what the table may not hold."""
    return read_scales(_FILE)


@dataclass(frozen=True, slots=True)
class Told:
    """All that a text tells of days and times, before anybody chose among them."""

    read: Sentences
    mentions: dict[Direction, list[Mention]]
    clocks: list[Clock]
    days: DayFinder
    times: ClockFinder


_Found = tuple[Sentences, dict[Direction, list[Mention]], list[Clock], ClockFinder]


@lru_cache(maxsize=16)
def _found_in(title: str, text: str, published: datetime) -> _Found:
    read = Sentences(title, text)
    clocks = clocks_in(read.lower)
    times = ClockFinder(read, clocks, published, scales()["clock"])
    return read, dates_in(read, published=published), clocks, times


@lru_cache(maxsize=16)
def told_in(title: str, text: str, published: datetime, voice: Voice | None = None) -> Told:
    """`published` is aware, Europe/Amsterdam. Kept for a moment, since one text is asked about several times."""
    read, mentions, clocks, times = _found_in(title, text, published)
    days = DayFinder(read, mentions, clocks, published=published, scale=scales()["day"], voice=voice)
    return Told(read, mentions, clocks, days, times)


def period_of(
    title: str, text: str, *, published: datetime, phase_hint: Phase | None = None, voice: Voice | None = None
) -> Period | None:
    """When the event takes place, as told in `title` and `text`; not when it was published.

    Relative words ("morgen") count from `published`, which is aware. Both ends of the answer are aware,
    Europe/Amsterdam, half-open; a bare date means 00:00 to 24:00. `phase_hint`, where known, settles which way
    bare weekdays look; with `Phase.OVER` and `Phase.UNDER_WAY` a text without a date may be of the day of
    publication or the day before, and `voice`, where known, helps to tell which: a paper writes of yesterday, a
    post of today. With `Phase.OTHER` there is no event and so no period. None when the text names no time
    ("in september"). Rule: guideline, field `when`, decision 3; R50. Raises TableError where the weights are wrong.
    """
    if phase_hint is Phase.OTHER:
        return None
    told = told_in(title, text, published.astimezone(AMSTERDAM), voice)
    day = told.days.best(phase_hint)
    if day is None:
        return None
    mentions = told.mentions[Direction.BACK if phase_hint is Phase.OVER else Direction.AHEAD]
    if day.precision is not Precision.WEEK:
        clock = told.times.best(day, mentions, phase_hint)
        if clock is not None:
            return _at_the_clock(day, clock, told)
    return Period(_midnight(day.first), _midnight(day.last + timedelta(days=1)), day.precision)


def day_without_phase(told: Told) -> tuple[EventDay | None, str]:
    """The likeliest day when the phase is not known, and how the text names it: its phase may follow from it."""
    day = told.days.best(None)
    if day is None:
        return None, "not told"
    return day, day.mention.kind if day.mention is not None else "implied"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), AMSTERDAM)


def _at_the_clock(chosen: EventDay, clock: Clock, told: Told) -> Period:
    """The period with its time of day."""
    begins, until = clock.begins, clock.until
    mention = chosen.mention
    if mention is not None and chosen.first != chosen.last and mention.start <= clock.start < mention.end:
        # "Van zaterdag 20.00 uur tot zondag 04.00 uur".
        ends = next((c for c in told.clocks if mention.end <= c.start <= mention.end + 16), None)
        if ends is not None:
            return _timed(chosen.first, begins, _on_the_clock(chosen.last, readings_of(ends, chosen.part)[0].begins))
    day = chosen.first
    # "Zaterdagnacht om 02.00 uur" is on Sunday's calendar, "oudejaarsavond om 00.30 uur" on that of the new year.
    if (chosen.part in ("nacht", "avond") or _is_new_years_eve(day)) and begins.hour < _MORNING:
        day += timedelta(days=1)
    if until is None and (last := told.times.end_after(clock)) is not None:
        options = [r.begins for r in readings_of(last, chosen.part)]
        until = next((option for option in options if option > begins), options[0])
    end = None
    if until is not None:
        end_day = day if chosen.first == chosen.last or chosen.part == "nacht" else chosen.last
        end = _on_the_clock(end_day + timedelta(days=until <= begins and end_day == day), until)
    elif chosen.last != chosen.first and chosen.part != "nacht" and not _is_new_years_eve(chosen.first):
        end = _midnight(chosen.last + timedelta(days=1))
    return _timed(day, begins, end)


def _is_new_years_eve(day: date) -> bool:
    return (day.month, day.day) == _NEW_YEARS_EVE


def _on_the_clock(day: date, moment: time) -> datetime:
    """A moment in local time that exists: what the spring change of the clock skips comes an hour later."""
    return datetime.combine(day, moment, AMSTERDAM).astimezone(UTC).astimezone(AMSTERDAM)


def _timed(day: date, begins: time, end: datetime | None) -> Period:
    start = _on_the_clock(day, begins)
    return Period(start, end if end is not None and end > start else None, Precision.MINUTE)
