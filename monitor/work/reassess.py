"""The one place where an event's picture and level change: reports, neighbours and a person's decision together."""

from sqlmodel import Session

from monitor.app import App
from monitor.domain import MACHINE, Actor, Event, EventState, FactKind, Item
from monitor.rules.announce import period_of
from monitor.rules.assess import assess, changes
from monitor.rules.picture import Picture, picture_of, title_of, when
from monitor.rules.retain import as_promised, event_keeps_until, item_keeps_until
from monitor.store import events, items
from monitor.work.journal import record


def show(event: Event, picture: Picture) -> None:
    """Writes what the reports tell into the event's columns."""
    place = picture.place
    event.category = picture.category
    event.starts = picture.period.start if picture.period else None
    event.ends = picture.period.end if picture.period else None
    event.precision = picture.period.precision if picture.period else None
    event.place = place.name if place else ""
    event.places = picture.places
    event.area = picture.area
    event.latitude = place.latitude if place else None
    event.longitude = place.longitude if place else None
    event.scope = picture.scope
    event.phase = picture.phase
    event.size_min = picture.size.min if picture.size else None
    event.size_max = picture.size.max if picture.size else None
    event.public = picture.public
    event.reports = picture.reports
    event.sources = picture.sources
    event.uncertain = picture.uncertain
    event.model = picture.model
    event.title = title_of(picture.category, event.place, picture.period)


def _visible(event: Event) -> tuple[object, ...]:
    return (
        event.category, event.starts, event.ends, event.place, event.level, event.state,
        event.evidence, event.size_min, event.size_max, event.sources,
    )  # fmt: skip


def _whereabouts(event: Event) -> tuple[object, ...]:
    """What decides beside which events it stands."""
    return (event.starts, event.ends, event.area, event.latitude, event.longitude, event.state, event.public)


def _keep(app: App, session: Session, event: Event, reports: list[Item]) -> None:
    """Sets how long the event and its reports may exist (R37)."""
    retention = app.settings.retention
    ended = event.ends or event.starts or event.changed_at
    event.delete_after = event_keeps_until(retention, ended)
    for item in reports:
        promised = as_promised(retention, app.sources.get(item.source))
        item.delete_after = item_keeps_until(promised, item, event)
        session.add(item)
    session.add(event)


def _weigh(app: App, session: Session, event: Event, *, by: Actor, cause: Item | None, opened: bool) -> bool:
    """Brings one event up to date; True when its place, time or state changed, so that neighbours may change too."""
    reports = items.items_of(session, event.id or 0)
    if not reports or event.state in (EventState.CLOSED, EventState.WITHDRAWN):
        return False
    before, stood = event.model_copy(), _whereabouts(event)
    picture = picture_of(reports)
    show(event, picture)
    session.add(event)
    session.flush()
    # A confidential neighbour must not shine through in an open event.
    near = [n for n in events.neighbours(session, event) if n.public or not event.public]
    override = events.newest_override(session, event.id or 0)
    found = assess(reports, near, override, app.reader, moved=picture.moved)
    event.level, event.machine_level, event.evidence = found.level, found.machine_level, found.evidence
    event.reviewed = override is not None and override.level is not None
    event.state = EventState.CANCELLED if found.cancelled else EventState.OPEN
    if opened or (event.public and not before.public):
        # What was known in the compartment only is new to everyone else, and what it was before stays there.
        kinds, before = [FactKind.EVENT_OPENED], event
    else:
        kinds = changes(before, picture, found, cause=cause)
        if _visible(event) != _visible(before):
            event.revision += 1
            event.changed_at = app.clock()
    _keep(app, session, event, reports)
    data = {"from": before.level.value, "to": event.level.value, "was": when(period_of(before))}
    for n, kind in enumerate(kinds):
        told = data | ({"sees": found.sees.value} if kind is FactKind.REVIEW_ASKED else {})
        record(app, session, kind, by=by, event=event, data=told, cause=cause, aloud=n == 0)
    return opened or _whereabouts(event) != stood


def reassess(
    app: App, session: Session, event: Event, *, by: Actor = MACHINE, cause: Item | None = None, opened: bool = False
) -> None:
    """Weighs an event anew, and its neighbours when it came, moved or went: `samenloop` is true of both.

    At most one fact per event is told aloud; the others stand in the journal. A closed event stays as it is.
    """
    near_before = set() if opened else {n.id for n in events.neighbours(session, event)}
    if not _weigh(app, session, event, by=by, cause=cause, opened=opened):
        return
    session.flush()
    for near in near_before | {n.id for n in events.neighbours(session, event)}:
        _weigh(app, session, events.get(session, near), by=MACHINE, cause=cause, opened=False)
