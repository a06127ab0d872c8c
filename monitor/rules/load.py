"""Events and a day -> Load: what the whole municipality has to carry that day, and how much of it is known."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from classifiers import Level, Precision, Scope
from monitor.clock import local, midnight
from monitor.domain import Event, EventState, Load, Rush
from monitor.rules.stage import was_called_off

_MORNING = 6
_INSTANT = timedelta(microseconds=1)


def span_of(event: Event) -> tuple[date, date] | None:
    """The first and the last local day of an event; None when its day is not told, or no nearer than a week.

    A night that ends before six belongs to the evening on which it began.
    """
    if event.starts is None or event.precision is Precision.WEEK:
        return None
    first = local(event.starts).date()
    if event.ends is None or event.ends <= event.starts:
        return first, first
    end = local(event.ends - _INSTANT)
    night = end.date() == first + timedelta(days=1) and end.hour < _MORNING
    return first, first if night else end.date()


def _is_on(event: Event, day: date) -> bool:
    span = span_of(event)
    return span is not None and span[0] <= day <= span[1]


def load_of(day: date, events: Iterable[Event]) -> Load:
    """The load of one local day: what takes place in the municipality and is neither cancelled nor withdrawn.

    An event of several days counts on each of them with its whole size: no source tells how it spreads. What several
    reports tell is one event, and counts once.
    """
    on = [e for e in events if e.state is not EventState.WITHDRAWN and not was_called_off(e)]
    here = [e for e in on if e.scope is Scope.MUNICIPALITY and _is_on(e, day)]
    sizes = [_size(e) for e in here]
    known = [size for size in sizes if size is not None]
    return Load(
        day=day,
        counts={level: sum(e.level is level for e in here) for level in Level},
        known=len(known),
        least=sum(least for least, _ in known),
        most=sum(most for _, most in known),
        rush=_rush(day, here),
    )


def _size(event: Event) -> tuple[int, int] | None:
    low, high = event.size_min, event.size_max
    if low is None and high is None:
        return None
    return (low if low is not None else 0, high if high is not None else low or 0)


def _rush(day: date, events: Iterable[Event]) -> Rush | None:
    """The first hours in which most events meet; None when no two do.

    Only what tells its hours counts. Of one without an end no more is known than that it takes place as it begins.
    """
    opens, closes = midnight(day), midnight(day + timedelta(days=1))
    timed = [
        (max(e.starts, opens), _end(e.ends, closes) if e.ends and e.ends > e.starts else None)
        for e in events
        if e.starts is not None and e.precision is Precision.MINUTE
    ]
    best: Rush | None = None
    # As many as ever meet, meet as one of them begins.
    for moment in sorted({starts for starts, _ in timed}):
        meeting = [ends for starts, ends in timed if starts == moment or (starts < moment and ends and moment < ends)]
        if len(meeting) > (best.events if best else 1):
            best = Rush(moment, _first_end(meeting), len(meeting))
    return best


def _end(ends: datetime, closes: datetime) -> datetime:
    """When it is over for this day: a night belongs to it, the day after does not."""
    return ends if ends <= closes + timedelta(hours=_MORNING) else closes


def _first_end(ends: Iterable[datetime | None]) -> datetime | None:
    """When the first of them is over; None when that is not known of each."""
    known = list(ends)
    told = [end for end in known if end is not None]
    return min(told) if len(told) == len(known) else None
