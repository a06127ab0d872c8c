"""Questions about sources: who approved each, how it did, which polls were promised, and whether all is stopped."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import update
from sqlmodel import Session, col, select

from monitor.domain import Approval, SourceState, Switch
from monitor.store.engine import chunks
from monitor.store.keeping import from_now


def approvals(session: Session) -> Mapping[str, Sequence[Approval]]:
    """What people decided about each source, oldest first, by its id; a source without decisions is not in it."""
    found: defaultdict[str, list[Approval]] = defaultdict(list)
    for approval in session.exec(select(Approval).order_by(col(Approval.id))):
        found[approval.source].append(approval)
    return dict(found)


def approvals_of(session: Session, source: str) -> Sequence[Approval]:
    """What people decided about one source, oldest first."""
    return session.exec(select(Approval).where(Approval.source == source).order_by(col(Approval.id))).all()


def add_approval(session: Session, approval: Approval) -> None:
    """Keeps one more decision; those before stay."""
    session.add(approval)
    session.flush()


def renew_approvals(session: Session, approvals: Sequence[Approval]) -> None:
    """Keeps these decisions for another term."""
    until = from_now(session, Approval)
    for some in chunks([approval.id for approval in approvals]):
        session.exec(update(Approval).where(col(Approval.id).in_(some)).values(delete_after=until))


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
