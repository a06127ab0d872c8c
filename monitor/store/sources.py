"""Questions about polling: how each source did, which polls were promised, and whether collection is stopped."""

from collections.abc import Container
from datetime import datetime

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from monitor.domain import SourceState, Switch, Tick
from monitor.store.engine import changed, chunks


def state_of(session: Session, id: str) -> SourceState | None:
    """None when the source was never polled."""
    return session.get(SourceState, id)


def states(session: Session) -> dict[str, SourceState]:
    """How every source did that was ever polled, by its id."""
    return {state.source: state for state in session.exec(select(SourceState).order_by(col(SourceState.source)))}


def save(session: Session, state: SourceState) -> None:
    """Keeps the state in place of the one before."""
    session.merge(state)
    session.flush()


def delete_states(session: Session, before: datetime, *, but: Container[str]) -> int:
    """Forgets the sources that were not asked since a moment, or never, except those in `but`; returns how many."""
    polled = col(SourceState.polled_at)
    old = session.exec(select(SourceState.source).where(or_(polled.is_(None), polled < before)))
    gone = [source for source in old if source not in but]
    for some in chunks(gone):
        session.exec(delete(SourceState).where(col(SourceState.source).in_(some)))
    return len(gone)


def delete_ticks(session: Session, before: datetime) -> int:
    """Deletes the rows of polls promised before a moment; returns how many."""
    return changed(session, delete(Tick).where(col(Tick.at) < before))


def switch(session: Session) -> Switch | None:
    """Who stopped or resumed all collection last (R47); None when nobody ever did."""
    return session.exec(select(Switch)).first()


def is_stopped(session: Session) -> bool:
    """Whether all collection is stopped (R47)."""
    found = switch(session)
    return found is not None and found.on


def set_switch(session: Session, switch: Switch) -> None:
    """Keeps the switch in place of the one before."""
    session.merge(switch)
    session.flush()
