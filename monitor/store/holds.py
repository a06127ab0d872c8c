"""Questions about legal holds: which there are, and which rows they keep."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, true
from sqlmodel import Session, col, select

from monitor.domain import Event, Handling, Hold, Item, Sighting
from monitor.domain.term import TERMS
from monitor.errors import NotFound
from monitor.store.purge import Kept
from monitor.store.schema import TABLES


def add(session: Session, hold: Hold) -> Hold:
    """The same hold, with its id."""
    session.add(hold)
    session.flush()
    return hold


def get(session: Session, id: int) -> Hold:
    """Raises NotFound."""
    hold = session.get(Hold, id)
    if hold is None:
        raise NotFound("bewaarplicht", id)
    return hold


def every(session: Session) -> list[Hold]:
    """Those that hold and those that are over, oldest first."""
    return list(session.exec(select(Hold).order_by(col(Hold.id))))


def active(session: Session, now: datetime) -> list[Hold]:
    """Those that hold now, oldest first."""
    return list(session.exec(select(Hold).where(Hold.until > now, col(Hold.ended_at).is_(None)).order_by(col(Hold.id))))


def on_event(session: Session, event: int, now: datetime) -> list[Hold]:
    """Those that keep this event now."""
    return [
        hold
        for hold in active(session, now)
        if session.exec(select(Event.id).where(Event.id == event, _of_event(hold))).first() is not None
    ]


def take_along(session: Session, sighting: Sighting, new: int, now: datetime) -> None:
    """A report that is split off stays held, by a hold of its own: also when a merge had brought it from a held event.

    `sighting` is the one that ends; `new` the event that its report opens.
    """
    for hold in active(session, now):
        if hold.event is not None and hold.event in (sighting.event, sighting.came_from):
            session.add(Hold(**hold.model_dump(exclude={"id", "event", "delete_after"}), event=new))
    session.flush()


def held_items(session: Session, now: datetime) -> set[int]:
    """Ids of the items that are held now."""
    found: set[int] = set()
    for hold in active(session, now):
        found.update(id for id in session.exec(select(Item.id).where(_of_item(hold))) if id is not None)
    return found


def police_signals(session: Session, hold: Hold) -> int:
    """How many police signals this hold keeps."""
    asked = select(func.count()).select_from(Item).where(Item.handling == Handling.POLICE, _of_item(hold))
    return session.exec(asked).one()


def kept(session: Session, now: datetime) -> Kept:
    """The rows that a purge leaves, by table."""
    holds = active(session, now)
    if not holds:
        return {}
    held = or_(*(_of_event(hold) for hold in holds))
    with_event = select(Event.id).where(held).correlate(None)
    found: Kept = {"event": held, "item": or_(*(_of_item(hold) for hold in holds))}
    for term in TERMS.values():
        if term.with_event:
            column = TABLES.tables[term.table].c.event
            found[term.table] = func.coalesce(column.in_(with_event), False)
    return found


def _of_event(hold: Hold) -> ColumnElement[bool]:
    """Which events a hold keeps: the one it names, those that its source reports, or those of its period."""
    if hold.event is not None:
        went = select(Sighting.event).where(Sighting.came_from == hold.event)
        return or_(col(Event.id) == hold.event, col(Event.id).in_(went.correlate(None)))
    if hold.source:
        told = select(Sighting.event).join(Item, col(Item.id) == Sighting.item).where(Item.source == hold.source)
        return col(Event.id).in_(told.correlate(None))
    begins = func.coalesce(col(Event.starts), col(Event.opened_at))
    over = func.coalesce(col(Event.ends), col(Event.starts), col(Event.changed_at))
    return and_(begins < hold.ends, over >= hold.starts)


def _of_item(hold: Hold) -> ColumnElement[bool]:
    """Which items a hold keeps: those of its event or its source, or taken in within its period."""
    mine: ColumnElement[bool]
    if hold.event is not None:
        # Its reports may have gone to another event since, when the two were merged.
        told_of = select(Sighting.item).where(
            or_(col(Sighting.event) == hold.event, col(Sighting.came_from) == hold.event)
        )
        mine = col(Item.id).in_(told_of.correlate(None))
    elif hold.source:
        mine = col(Item.source) == hold.source
    else:
        mine = and_(col(Item.taken_in) >= hold.starts, col(Item.taken_in) < hold.ends)
    return and_(mine, true() if hold.police else col(Item.handling) != Handling.POLICE)
