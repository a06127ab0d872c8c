"""Questions about polling: how each source did, which polls were promised, and whether collection is stopped."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import Session, col, select

from monitor.domain import SourceState, Switch
from monitor.store.engine import chunks
from monitor.store.keeping import from_now


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


def renew(session: Session, ids: Collection[str]) -> None:
    """Keeps how these sources did, and the switch, for another term: what is still true must not lapse."""
    for some in chunks(sorted(ids)):
        until = from_now(session, SourceState)
        session.exec(update(SourceState).where(col(SourceState.source).in_(some)).values(delete_after=until))
    session.exec(update(Switch).values(delete_after=from_now(session, Switch)))


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
