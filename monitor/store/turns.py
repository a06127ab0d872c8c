"""Questions about turns: since when each source may be asked, and which polls were promised already."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from monitor.domain import SourceState, Tick
from monitor.store.engine import chunks, insert_new


class Turn(NamedTuple):
    """What decides when a source is asked; the rest of its state stays where it is."""

    due_at: datetime | None
    polled_at: datetime | None
    paused: bool


NEVER = Turn(None, None, paused=False)
"""The turn of a source that was never asked."""


def turns(session: Session) -> dict[str, Turn]:
    """The turn of every source that has a state, by its id."""
    rows = select(SourceState.source, SourceState.due_at, SourceState.polled_at, SourceState.paused)
    return {source: Turn(due_at, polled_at, paused) for source, due_at, polled_at, paused in session.exec(rows)}


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
