"""Questions about polling: how each source did, which polls were promised, and whether collection is stopped."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from monitor.domain import SourceState, Switch, Tick
from monitor.store.engine import changed, insert_new


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


def claim_tick(session: Session, source: str, slot: int, at: datetime) -> bool:
    """True for the one who may promise this poll; False for every other node."""
    return bool(insert_new(session, [Tick(source=source, slot=slot, at=at)]))


def delete_ticks(session: Session, before: datetime) -> int:
    """Deletes the rows of polls promised before a moment; returns how many."""
    return changed(session, delete(Tick).where(col(Tick.at) < before))


def switch(session: Session) -> Switch | None:
    """Who stopped or resumed all collection last (R47); None when nobody ever did."""
    return session.exec(select(Switch)).first()


def set_switch(session: Session, switch: Switch) -> None:
    """Keeps the switch in place of the one before."""
    session.merge(switch)
    session.flush()
