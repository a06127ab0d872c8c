"""Questions about subscriptions: the keys by which programs read open events."""

from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from monitor.domain import Subscription
from monitor.store.engine import changed


def add(session: Session, subscription: Subscription) -> Subscription:
    """The same subscription, kept."""
    session.add(subscription)
    session.flush()
    return subscription


def get(session: Session, id: str, now: datetime) -> Subscription | None:
    """The one that still works at `now`; None otherwise."""
    return session.exec(select(Subscription).where(Subscription.id == id, Subscription.expires_at > now)).first()


def standing(session: Session, now: datetime, owner: str | None = None) -> list[Subscription]:
    """Those that still work, of one person or of all, newest first."""
    found = select(Subscription).where(Subscription.expires_at > now)
    if owner is not None:
        found = found.where(Subscription.owner == owner)
    return list(session.exec(found.order_by(col(Subscription.created_at).desc(), col(Subscription.id))))


def count_of(session: Session, owner: str, now: datetime) -> int:
    """How many of somebody still work."""
    of_owner = select(func.count()).where(Subscription.owner == owner, col(Subscription.expires_at) > now)
    return session.exec(of_owner.select_from(Subscription)).one()


def count_read(session: Session, id: str, now: datetime) -> bool:
    """One program came by; False when the subscription was withdrawn meanwhile. Two at once both count."""
    read = update(Subscription).where(col(Subscription.id) == id)
    return changed(session, read.values(reads=col(Subscription.reads) + 1, used_at=now)) == 1


def end(session: Session, id: str) -> None:
    """Its key works no more, and nothing of it stays."""
    session.exec(delete(Subscription).where(col(Subscription.id) == id))
