"""Questions about items, and about the fingerprints that keep an old entry out."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from monitor.domain import Item, Seen, Sighting
from monitor.errors import NotFound
from monitor.store.engine import changed, chunks, insert_new


def unseen(session: Session, fingerprints: Collection[str]) -> set[str]:
    """Those fingerprints that were never taken in or dropped."""
    unknown = set(fingerprints)
    for some in chunks(sorted(unknown)):
        known = session.exec(select(Seen.fingerprint).where(col(Seen.fingerprint).in_(some)))
        unknown.difference_update(known)
    return unknown


def remember(session: Session, rows: Sequence[Seen]) -> int:
    """Keeps the fingerprints; those that are known already stay as they are. Returns how many were new."""
    return len(insert_new(session, rows))


def add(session: Session, item: Item) -> Item | None:
    """The item as it was kept, with its id; None when its fingerprint is there already."""
    new = insert_new(session, [item])
    return new[0] if new else None


def get(session: Session, id: int) -> Item:
    """Raises NotFound."""
    item = session.get(Item, id)
    if item is None:
        raise NotFound("bericht", id)
    return item


def items_of(session: Session, event: int) -> list[Item]:
    """What reports this event, oldest first."""
    return list(
        session.exec(
            select(Item)
            .join(Sighting, col(Sighting.item) == Item.id)
            .where(Sighting.event == event)
            .order_by(col(Item.published), col(Item.id))
        )
    )


def newest(session: Session, limit: int) -> list[Item]:
    """The items that were taken in last, newest first."""
    return list(session.exec(select(Item).order_by(col(Item.taken_in).desc(), col(Item.id).desc()).limit(limit)))


def delete_expired(session: Session, now: datetime) -> int:
    """Deletes every item past its retention, with its sighting; returns how many items went."""
    expired = select(Item.id).where(Item.delete_after <= now)
    session.exec(delete(Sighting).where(col(Sighting.item).in_(expired)))
    return changed(session, delete(Item).where(col(Item.delete_after) <= now))


def seen_expired(session: Session, now: datetime) -> int:
    """Deletes every fingerprint past its retention; returns how many."""
    return changed(session, delete(Seen).where(col(Seen.delete_after) <= now))


def count(session: Session) -> int:
    """How many items are kept now."""
    return session.exec(select(func.count()).select_from(Item)).one()
