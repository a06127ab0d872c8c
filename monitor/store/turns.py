"""Questions about turns: since when each source may be asked, and which polls were promised already."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, tuple_
from sqlmodel import Session, col, select

from monitor.domain import SourceState, Tick
from monitor.store.engine import chunks, insert_new


class Turn(NamedTuple):
    """What decides when a source is asked; the rest of its state stays where it is."""

    due_at: datetime | None
    polled_at: datetime | None


NEVER = Turn(None, None)
"""The turn of a source that was never asked."""


def resting(session: Session, now: datetime) -> set[str]:
    """The sources that are paused, or whose turn is still to come."""
    return set(session.scalars(select(SourceState.source).where(_rests(now))))


def turns(session: Session, now: datetime) -> dict[str, Turn]:
    """The turn of every other source that has a state, by its id."""
    rows = select(SourceState.source, SourceState.due_at, SourceState.polled_at).where(~_rests(now))
    return {source: Turn(due_at, polled_at) for source, due_at, polled_at in session.exec(rows)}


def _rests(now: datetime) -> ColumnElement[bool]:
    # Who was asked in the future was asked by a clock that ran ahead, and what was promised then means nothing.
    waits = and_(col(SourceState.due_at) > now, func.coalesce(col(SourceState.polled_at) <= now, True))
    return or_(col(SourceState.paused), func.coalesce(waits, False))


def last_poll(session: Session) -> datetime | None:
    """When any source was asked last; None when none ever was."""
    return session.exec(select(func.max(SourceState.polled_at))).one()


Slot = tuple[str, int]
"""A source, and the moment that its poll fell due, in seconds since 1970: the key of a promise."""


def open_slots(session: Session, slots: Sequence[Slot]) -> set[Slot]:
    """Those that nobody has claimed so far."""
    key = tuple_(col(Tick.source), col(Tick.slot))
    taken: set[Slot] = set()
    for some in chunks(slots):
        taken.update(
            (source, slot) for source, slot in session.exec(select(Tick.source, Tick.slot).where(key.in_(some)))
        )
    return set(slots) - taken


def claim(session: Session, slots: Sequence[Slot], at: datetime) -> set[Slot]:
    """Those that the caller may promise; no other node may."""
    new = insert_new(session, [Tick(source=source, slot=slot, at=at) for source, slot in slots])
    return {(tick.source, tick.slot) for tick in new}
