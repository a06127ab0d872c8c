"""The days on which a source published -> its own rhythm, and whether it is quiet against it. Knows no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import ceil

from monitor.clock import today
from monitor.domain import Outcome, RawItem, SourceState

DAYS_KEPT = 60
"""Days with news that are remembered: a rhythm is what a source does of late."""
UNKNOWN = timedelta(days=14)
"""The rhythm of a source that published on too few days to have one."""

_FEW = 3
"""Publications that say nothing yet of how far apart they are."""
_ENOUGH = 3
"""Days with news from which there is a rhythm: two gaps."""
_MOST = 0.9
"""Share of the gaps that the typical longest one is not shorter than: one long summer is no rhythm."""
_SILENT = 1.5
"""Times its rhythm that a source may be quiet. Half a rhythm is left to notice it before twice the rhythm is over."""
_LEAST = timedelta(hours=36)
_REPEAT_LEAST, _REPEAT_MOST = timedelta(days=1), timedelta(days=7)

_WEB_BEGINS = datetime(1990, 1, 1, tzinfo=UTC)
"""A moment before this is no publication but a zero that was read as one."""
_AGENDA_ENDS = timedelta(days=2 * 365)
"""What stands further ahead in an agenda is a typing error, and must not keep it from ever being silent."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What one answer lists, for the rhythm of its source; holds no word of any entry."""

    entries: int
    dated: bool
    """At least one of them says when: published, or taking place."""
    newest: datetime | None = None
    """When the newest was published; None when none has that, or all lie in the future."""
    days: frozenset[str] = frozenset()
    """The local days on which they were published, ISO; not those in the future."""
    until: datetime | None = None
    """When the last thing on an agenda is over; None when it is no agenda."""
    apart: timedelta = timedelta(0)
    """The mean time between two of its publications; zero while it lists too few to say."""


def listed(raws: Sequence[RawItem], now: datetime, *, agenda: bool = False) -> Listed:
    """What these entries tell of the rhythm of their source.

    An agenda is what its kind says is one, and whatever tells when things take place and never when it was published.
    """
    published = [raw.published for raw in raws if raw.published is not None and raw.published.tzinfo is not None]
    told = [moment for moment in published if moment >= _WEB_BEGINS]
    past = [moment for moment in told if moment <= now]
    periods = [period for raw in raws if (period := raw.told.period) is not None and period.start.tzinfo is not None]
    ends = [end for period in periods if (end := period.end or period.start) <= now + _AGENDA_ENDS]
    return Listed(
        entries=len(raws),
        dated=bool(told or periods),
        newest=max(past, default=None),
        days=frozenset(today(moment).isoformat() for moment in past),
        until=max(ends, default=None) if agenda or not published else None,
        apart=(max(past) - min(past)) / (len(past) - 1) if len(past) > _FEW else timedelta(0),
    )


def latest(days: Iterable[str], more: Iterable[str]) -> list[str]:
    """Both together, oldest first, without the days that are too long ago to be remembered."""
    return sorted({*days, *more})[-DAYS_KEPT:]


def rhythm_of(days: Sequence[str]) -> timedelta | None:
    """The typical longest time between two days with news, weekends and all; None while it is not known.

    `days` are ISO days, oldest first.
    """
    if len(days) < _ENOUGH:
        return None
    found = [date.fromisoformat(day) for day in days]
    gaps = sorted(later - earlier for earlier, later in pairwise(found))
    return gaps[ceil(_MOST * len(gaps)) - 1]


def quiet_since(state: SourceState) -> datetime | None:
    """From when the source has brought nothing; in the future while its agenda goes on, None while nothing is known."""
    if state.lists_until is not None:
        return state.lists_until
    if state.news_at is None and state.outcome is Outcome.EMPTY:
        return state.since
    return state.news_at


def silent_after(state: SourceState) -> timedelta:
    """How long the source may be quiet before that is silence."""
    if state.lists_until is not None:
        return _LEAST
    return max((rhythm_of(state.news_days) or UNKNOWN) * _SILENT, _LEAST)


def is_silent(state: SourceState, now: datetime) -> bool:
    """Whether it has been quiet too long for what it is; whatever its last answers were."""
    since = quiet_since(state)
    return since is not None and now - since > silent_after(state)


def repeat_after(state: SourceState) -> timedelta:
    """After how long people hear again that a source is silent: its rhythm, at least a day and at most a week."""
    return min(max(rhythm_of(state.news_days) or UNKNOWN, _REPEAT_LEAST), _REPEAT_MOST)


_WORDS = (
    (1, "elke dag"),
    (4, "om de paar dagen"),
    (9, "elke week"),
    (17, "elke twee weken"),
    (45, "elke maand"),
    (120, "om de paar maanden"),
)
"""Days of the rhythm up to which the words hold."""


def in_words(rhythm: timedelta) -> str:
    """`elke week`: how often a source of this rhythm has news."""
    return next((words for days, words in _WORDS if rhythm <= timedelta(days=days)), "een paar keer per jaar")
