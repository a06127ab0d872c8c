"""Questions about items."""

from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from monitor.domain import Item, Sighting
from monitor.errors import NotFound
from monitor.store.engine import changed, insert_new


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


def count(session: Session) -> int:
    """How many items are kept now."""
    return session.exec(select(func.count()).select_from(Item)).one()
