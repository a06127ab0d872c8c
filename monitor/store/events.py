"""Questions about events, and about what belongs to one: sightings, overrides, acknowledgements."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, func, or_, update
from sqlmodel import Session, col, select

from classifiers import Category
from monitor.clock import midnight
from monitor.domain import (
    MACHINE,
    Acknowledgement,
    Event,
    EventState,
    Fact,
    FactKind,
    Item,
    Neighbour,
    Override,
    Sighting,
)
from monitor.domain.nearby import HOURS, days_of, same_place, same_time
from monitor.errors import NotFound, PersonalDataLeft
from monitor.store.engine import changed, insert_new
from monitor.store.residue import residue

_LIVING = (EventState.OPEN, EventState.CANCELLED)
_SHOWN = (EventState.OPEN, EventState.CANCELLED, EventState.CLOSED)
_ENDED = (EventState.CLOSED, EventState.WITHDRAWN)
RECENT = timedelta(days=14)
"""An event whose day is not told can be joined so long after its last change."""


def get(session: Session, id: int) -> Event:
    """The event itself, also when it was merged into another. Raises NotFound."""
    event = session.get(Event, id)
    if event is None:
        raise NotFound("gebeurtenis", id)
    return event


def add(session: Session, event: Event) -> Event:
    """The same event, with its id."""
    session.add(event)
    session.flush()
    return event


def _until() -> ColumnElement[datetime]:
    """The moment an event is over, as far as known; NULL when no report tells the day."""
    return func.coalesce(col(Event.ends), col(Event.starts))


def events_near(
    session: Session, *, categories: Collection[Category], starts: datetime | None, now: datetime, days: int = 3
) -> list[Event]:
    """Living events of one of `categories` that a report of something at `starts` may be about, oldest first.

    They take place within `days` of `starts`. Events without a day come too when they changed in the last 14 days,
    since a later report often tells the day that the first one left out. With `starts` None: every event without
    a day, and every one that changed in the last 14 days.
    """
    recent = col(Event.changed_at) >= now - RECENT
    undated = col(Event.starts).is_(None)
    if starts is None:
        near = or_(undated, recent)
    else:
        margin = timedelta(days=days)
        near = or_((col(Event.starts) <= starts + margin) & (_until() >= starts - margin), undated & recent)
    return list(
        session.exec(
            select(Event)
            .where(col(Event.state).in_(_LIVING), col(Event.category).in_(categories), near)
            .order_by(col(Event.id))
        )
    )


def event_of_entry(session: Session, entry: str) -> Event | None:
    """The event that an earlier version of this entry reports, living or ended; None when there is none."""
    return session.exec(
        select(Event)
        .join(Sighting, col(Sighting.event) == Event.id)
        .join(Item, col(Item.id) == Sighting.item)
        .where(Item.entry == entry)
        .order_by(col(Item.id).desc())
        .limit(1)
    ).first()


# Put together once: it is asked at every poll, and that took longer than the answer.
_NEXT_STARTS = (
    select(Item.source, func.min(Event.starts))
    .join(Sighting, col(Sighting.item) == Item.id)
    .join(Event, col(Event.id) == Sighting.event)
    .where(
        col(Event.starts) >= bindparam("first"),
        col(Event.starts) <= bindparam("last"),
        _until() > bindparam("now"),
        Event.state == EventState.OPEN,
        col(Item.source).in_(bindparam("sources", expanding=True)),
    )
    .group_by(Item.source)
)


def next_starts(
    session: Session, sources: Collection[str], now: datetime, *, within: timedelta = timedelta(days=7)
) -> dict[str, datetime]:
    """When the first open event begins that each of these sources reports; without those that report none in time.

    One that has begun counts until it is over, for two days.
    """
    asked = {"sources": list(sources), "now": now, "first": now - timedelta(days=2), "last": now + within}
    return {source: starts for source, starts in session.exec(_NEXT_STARTS, params=asked) if starts is not None}


def contemporaries(session: Session, event: Event) -> list[Event]:
    """Other open events on the same local days, or within four hours of them, oldest first; none without a day."""
    if event.starts is None:
        return []
    first, last = days_of(event.starts, event.ends)
    opens, closes = midnight(first) - HOURS, midnight(last + timedelta(days=1)) + HOURS
    return list(
        session.exec(
            select(Event)
            .where(
                Event.state == EventState.OPEN,
                Event.id != event.id,
                col(Event.starts) < closes,
                or_(_until() > opens, col(Event.starts) >= opens),
            )
            .order_by(col(Event.id))
        )
    )


def neighbours(session: Session, event: Event) -> list[Neighbour]:
    """Other open events on the same local day and in the same place, oldest first; none without a day or a place.

    Where both tell their hours, at most four hours lie between them. Same place: the same neighbourhood, or
    centres within 500 metres.
    """
    return [
        Neighbour(other.id, other.title, other.public)
        for other in contemporaries(session, event)
        if other.id is not None and same_place(event, other) and same_time(event, other)
    ]


def events_between(session: Session, start: datetime, end: datetime, *, public_only: bool) -> list[Event]:
    """Events that take place in `[start, end)`, those that started before it included, in order of start."""
    return list(
        session.exec(
            select(Event)
            .where(
                col(Event.state).in_(_SHOWN),
                col(Event.starts) < end,
                or_(col(Event.starts) >= start, _until() > start),
                *_readable(public_only),
            )
            .order_by(col(Event.starts), col(Event.id))
        )
    )


def undated(session: Session, since: datetime, *, public_only: bool) -> list[Event]:
    """Events of which no report tells the day, changed at or after `since`; newest change first."""
    return list(
        session.exec(
            select(Event)
            .where(
                col(Event.state).in_(_SHOWN),
                col(Event.starts).is_(None),
                col(Event.changed_at) >= since,
                *_readable(public_only),
            )
            .order_by(col(Event.changed_at).desc(), col(Event.id))
        )
    )


def _readable(public_only: bool) -> list[ColumnElement[bool]]:
    return [col(Event.public).is_(True)] if public_only else []


def closable(session: Session, before: datetime) -> list[Event]:
    """Living events that ended before a moment; one without a day counts from its last change."""
    over = func.coalesce(col(Event.ends), col(Event.starts), col(Event.changed_at))
    return list(
        session.exec(select(Event).where(col(Event.state).in_(_LIVING), over <= before).order_by(col(Event.id)))
    )


def add_sighting(session: Session, sighting: Sighting) -> Sighting | None:
    """The sighting with its id; None when its item reports an event already."""
    new = insert_new(session, [sighting])
    return new[0] if new else None


def sightings_of(session: Session, event: int) -> list[Sighting]:
    """Oldest first."""
    return list(session.exec(select(Sighting).where(Sighting.event == event).order_by(col(Sighting.id))))


def move_sightings(session: Session, from_event: int, to_event: int) -> int:
    """Gives every item of one event to another, and notes where it came from; returns how many."""
    moved = update(Sighting).where(col(Sighting.event) == from_event)
    until = get(session, to_event).delete_after
    return changed(session, moved.values(event=to_event, came_from=from_event, delete_after=until))


def took_in_others(session: Session, event: int) -> bool:
    """Whether it holds reports that came from another event by a merge."""
    came = select(Sighting.id).where(Sighting.event == event, col(Sighting.came_from).is_not(None))
    return session.exec(came.limit(1)).first() is not None


def give_back_sightings(session: Session, from_event: int, to_event: int) -> int:
    """Gives back what `from_event` had from `to_event`; returns how many."""
    here = update(Sighting).where(col(Sighting.event) == from_event, col(Sighting.came_from) == to_event)
    until = get(session, to_event).delete_after
    return changed(session, here.values(event=to_event, came_from=None, delete_after=until))


def overrides_of(session: Session, event: int) -> list[Override]:
    """What people decided, newest first."""
    return list(session.exec(select(Override).where(Override.event == event).order_by(col(Override.id).desc())))


def newest_override(session: Session, event: Event) -> Override | None:
    """The decision that counts; its level None means that it was withdrawn. None when nobody decided.

    For an open event those made in the compartment do not count: they rest on what others may not know.
    """
    found = select(Override).where(Override.event == event.id).order_by(col(Override.id).desc()).limit(1)
    if event.public:
        found = found.where(col(Override.public).is_(True))
    return session.exec(found).first()


def standing_overrides(session: Session, event: Event) -> list[Override]:
    """Those that count or counted, newest first: of an open event without what was decided in the compartment."""
    return [row for row in overrides_of(session, _id(event)) if row.public or not event.public]


def lapsed(session: Session, now: datetime) -> list[Event]:
    """Living events whose level a person set until a moment that has passed, oldest first."""
    decided = select(Override.event).where(col(Override.until) <= now)
    living = select(Event).where(col(Event.id).in_(decided), col(Event.state).in_(_LIVING)).order_by(col(Event.id))
    found = []
    for event in session.exec(living):
        row = newest_override(session, event)
        if row is not None and row.level is not None and row.until is not None and row.until <= now:
            found.append(event)
    return found


def with_override(session: Session) -> list[Event]:
    """Events of which a person ever decided something, oldest first."""
    decided = select(Override.event)
    return list(session.exec(select(Event).where(col(Event.id).in_(decided)).order_by(col(Event.id))))


def withdrawn_by_people(session: Session) -> list[tuple[Event, datetime]]:
    """Events that a person took off, oldest first, each with when; not what that person knew in the compartment."""
    found = session.exec(
        select(Event, Fact.at)
        .join(Fact, col(Fact.event) == Event.id)
        .where(Fact.kind == FactKind.WITHDRAWN, Fact.by != MACHINE.name, col(Fact.public).is_(True))
        .order_by(col(Event.id), col(Fact.id))
    )
    return [(event, at) for event, at in found]


def add_override(session: Session, override: Override) -> Override:
    """The same override, with its id. Raises PersonalDataLeft for a reason in which other eyes still see some."""
    if kind := residue(override.reason):
        raise PersonalDataLeft(kind)
    session.add(override)
    session.flush()
    return override


def acknowledge(session: Session, event: Event, by: str, at: datetime) -> None:
    """Notes that `by` has seen the event as it is now; a second time changes nothing."""
    insert_new(session, [Acknowledgement(event=_id(event), by=by, revision=event.revision, at=at)])


def forget_acknowledgements(session: Session, event: Event, *, since: datetime) -> None:
    """Nobody has seen what it became at or after `since`."""
    for seen in acknowledgements_of(session, _id(event)):
        if seen.at >= since:
            session.delete(seen)
    session.flush()


def acknowledged(session: Session, by: str, events: Sequence[Event]) -> set[int]:
    """Ids of those events that `by` has seen as they are now."""
    ids = [_id(event) for event in events]
    found = session.exec(
        select(Acknowledgement.event)
        .join(Event, col(Event.id) == Acknowledgement.event)
        .where(
            Acknowledgement.by == by,
            Acknowledgement.revision == Event.revision,
            col(Acknowledgement.event).in_(ids),
        )
    )
    return set(found)


def soon(session: Session, category: Category, now: datetime, until: datetime) -> list[Event]:
    """Open events of a category that start in `(now, until]` and have no notification, oldest first."""
    asked = select(Event).where(
        Event.state == EventState.OPEN,
        Event.category == category,
        Event.notification == "",
        col(Event.starts) > now,
        col(Event.starts) <= until,
    )
    return list(session.exec(asked.order_by(col(Event.id))))


def acknowledgements_of(session: Session, event: int) -> list[Acknowledgement]:
    """Oldest first, of every revision."""
    return list(
        session.exec(select(Acknowledgement).where(Acknowledgement.event == event).order_by(col(Acknowledgement.id)))
    )


def _id(event: Event) -> int:
    if event.id is None:
        raise ValueError("this event is not in the database yet")
    return event.id


def count(session: Session) -> int:
    """How many events there are."""
    return session.exec(select(func.count()).select_from(Event)).one()


def named(session: Session, ids: Collection[int]) -> list[Event]:
    """These events, whatever their state, in order of opening."""
    return list(session.exec(select(Event).where(col(Event.id).in_(ids)).order_by(col(Event.id))))


def reports_of(session: Session, category: Category) -> list[tuple[Event, Item]]:
    """Every event of a kind with each of its reports."""
    found = session.exec(
        select(Event, Item)
        .join(Sighting, col(Sighting.event) == Event.id)
        .join(Item, col(Item.id) == Sighting.item)
        .where(Event.category == category)
        .order_by(col(Event.id), col(Item.id))
    )
    return list(found)


def losing_reports(session: Session, now: datetime) -> list[tuple[Event, Item]]:
    """Events with every report of theirs whose retention is over; ended ones too, for those outlive their reports."""
    found = session.exec(
        select(Event, Item)
        .join(Sighting, col(Sighting.event) == Event.id)
        .join(Item, col(Item.id) == Sighting.item)
        .where(col(Item.delete_after) <= now)
        .order_by(col(Event.id), col(Item.id))
    )
    return list(found)
