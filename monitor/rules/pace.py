"""What a poll gave -> when the source is asked next: its pace while it works, its pauses while it fails."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from monitor.domain import Source, SourceState
from monitor.errors import HARD

LONGEST = timedelta(hours=24)
"""No source is asked less often than this, unless its own `every` is longer."""
OPEN_AT = 3.0
"""Strain from which the circuit breaker is open: no retries, one probe per pause."""

_MOSTLY_KNOWN, _MOSTLY_NEW = 0.67, 0.33
_SLOWER, _QUIET, _FASTER = 1.5, 1.25, 0.5
_OF_RHYTHM = 0.45
"""Share of its rhythm between two polls: with the spread less than half, so that silence is seen in time."""
_NEAR, _COMING = timedelta(hours=48), timedelta(days=7)
_WHILE_COMING = 4
"""Times its `every` that a source is left alone while an event of it is coming."""
_SPREAD = 0.1
_RETRY = timedelta(minutes=30)
"""The first pause after a fault that may pass: a daily source is not lost for a day to one bad minute."""
_LATE_PERIODS, _LATE_LEAST = 3, timedelta(hours=1)


def next_interval(every: timedelta, interval: timedelta, known: float | None) -> timedelta:
    """The time between two polls that the news of a source asks for.

    `interval` is the one before, zero at first. `known` is the share of known entries in an answer that changed; None
    when nothing changed.
    """
    if known is None:
        factor = _QUIET
    elif known > _MOSTLY_KNOWN:
        factor = _SLOWER
    else:
        factor = _FASTER if known < _MOSTLY_NEW else 1.0
    return min(max(max(interval, every) * factor, every), max(every, LONGEST))


def wait(
    every: timedelta,
    interval: timedelta,
    *,
    rhythm: timedelta | None = None,
    apart: timedelta = timedelta(0),
    fresh_for: timedelta | None = None,
    until_event: timedelta | None = None,
) -> timedelta:
    """How long the source is left alone now, within its `interval`.

    `rhythm` is its own, None when not known; `fresh_for` what the server says, None when it says nothing;
    `until_event` how soon an open event of this source begins, negative when it has begun, None without one. `apart`
    is the mean time between two of its publications, zero when not known: of a paper that lists all it wrote this week
    most is known each time, and yet its news may not wait. What the server asks goes before what we would like.
    """
    found = interval if rhythm is None else min(interval, rhythm * _OF_RHYTHM)
    if apart:
        found = min(found, max(apart * _OF_RHYTHM, every))
    if until_event is not None and until_event <= _COMING:
        found = min(found, every if until_event <= _NEAR else every * _WHILE_COMING)
    return max(found, least(every, fresh_for))


def least(every: timedelta, fresh_for: timedelta | None) -> timedelta:
    """The shortest time between two good polls: its `every`, or as long as the server says, a day at most."""
    return max(every, min(fresh_for or timedelta(0), LONGEST))


def spread(pause: timedelta, floor: timedelta, *, source: str, moment: datetime) -> timedelta:
    """The pause, at most a tenth longer or shorter, so that no two houses knock at once; never below `floor`.

    The same source at the same moment gets the same pause.
    """
    digest = blake2b(f"{source} {moment.timestamp()}".encode(), digest_size=4).digest()
    off = pause * (_SPREAD * (2 * int.from_bytes(digest, "big") / (2**32 - 1) - 1))
    ceiling = max(floor, pause, LONGEST)
    # At an edge it goes the other way: sources that are asked as often as they allow would keep in step otherwise.
    found = pause + off if floor <= pause + off <= ceiling else pause - off
    return min(max(found, floor), ceiling)


@dataclass(frozen=True, slots=True)
class Strain:
    """How much a source failed in a row, and how long it is left alone for that; without arguments: all is well."""

    weight: float = 0.0
    """Of all faults since it was heard last: hard 1, soft 0.5, temporary 0.25."""
    pause: timedelta = timedelta(0)


def after_fault(before: Strain, every: timedelta, weight: float, retry_after: float | None = None) -> Strain:
    """What a fault of this weight adds; `retry_after` in seconds, None when the server asks nothing.

    A pause doubles with every hard fault, with every second soft and every fourth temporary one; once the breaker is
    open with every probe that fails. The first probe that succeeds closes it: `Strain()`.
    """
    total = before.weight + weight
    if total >= OPEN_AT:
        pause = max(before.pause * 2, every)
    else:
        base = every if weight >= HARD else min(every, _RETRY)
        pause = base * 2.0**before.weight
    pause = min(pause, max(every, LONGEST))
    return Strain(total, max(pause, timedelta(seconds=retry_after or 0)))


def strain_of(state: SourceState) -> Strain:
    """The strain that is remembered of a source."""
    if not state.failures or state.due_at is None or state.polled_at is None:
        return Strain()
    return Strain(state.strain, state.due_at - state.polled_at)


def interval_of(source: Source, state: SourceState) -> timedelta:
    """The time between two polls that the source has now, before the spread."""
    return max(source.every, timedelta(seconds=state.interval))


def due_of(source: Source, due_at: datetime | None, polled_at: datetime | None, now: datetime) -> datetime | None:
    """From when the source may be asked, by what its state says; None when it never was asked, so now.

    Asked in the future means: by a clock that ran ahead. What was promised then means nothing.
    """
    if polled_at is not None and polled_at > now:
        return now
    # A state from before there were moments to come has none yet.
    return due_at or (polled_at + source.every if polled_at else None)


def is_late(source: Source, state: SourceState, now: datetime) -> bool:
    """It should have been asked long ago: nobody asks, which says nothing of the source itself."""
    due = due_of(source, state.due_at, state.polled_at, now)
    return due is not None and now - due > max(interval_of(source, state) * _LATE_PERIODS, _LATE_LEAST)
