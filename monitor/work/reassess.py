"""The one place where an event's picture and level change: reports, neighbours and a person's decision together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session

from classifiers import Category, Level
from monitor.app import App
from monitor.domain import MACHINE, Actor, Event, EventState, FactKind, Item, open_face
from monitor.rules.announce import period_of
from monitor.rules.assess import asked_in_compartment, assess, changes, disputed
from monitor.rules.picture import Picture, picture_of, title_of, when
from monitor.rules.retain import as_promised, event_keeps_until, item_keeps_until
from monitor.rules.withheld import without_words
from monitor.store import events, facts, items
from monitor.work.deliver import empty_unsent
from monitor.work.history import revising
from monitor.work.journal import record
from monitor.work.steps import step


def show(event: Event, picture: Picture, category: Category | None = None) -> None:
    """Writes what the reports tell into the event's columns; a person's `category` stands above theirs."""
    place = picture.place
    event.machine_category = picture.category
    event.category = category or picture.category
    event.starts = picture.period.start if picture.period else None
    event.ends = picture.period.end if picture.period else None
    event.precision = picture.period.precision if picture.period else None
    event.place = place.name if place else ""
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
    event.title = title_of(event.category, event.place, picture.period)


def _visible(event: Event) -> tuple[object, ...]:
    return (
        event.category, event.starts, event.ends, event.place, event.level, event.state,
        event.evidence, event.size_min, event.size_max, event.sources, event.reviewed,
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


def _weigh(
    app: App, session: Session, event: Event, *, by: Actor, cause: Item | None, opened: bool, turned: Item | None = None
) -> bool:
    """Brings one event up to date; True when its place, time or state changed, so that neighbours may change too."""
    if event.state in (EventState.CLOSED, EventState.WITHDRAWN):
        return False
    if opened:  # its first picture is no change
        before = event.model_copy()
        if turned:  # it was taken off: a calendar takes no older revision than the one it has
            event.revision, event.changed_at = event.revision + 1, app.clock()
        return _bring_up_to_date(app, session, event, before, by=by, cause=cause, opened=True)
    with revising(app, session, event, by=by, cause=cause or turned) as before:
        return _bring_up_to_date(app, session, event, before, by=by, cause=cause, opened=False)


def _bring_up_to_date(
    app: App, session: Session, event: Event, before: Event, *, by: Actor, cause: Item | None, opened: bool
) -> bool:
    stood = _whereabouts(event)
    reports = items.items_of(session, event.id or 0)
    if not reports:
        # All reports are gone, their event is not: what stays to be changed is a person's level.
        decided = events.newest_override(session, event)
        event.level = (decided.level if decided else None) or before.machine_level
        event.reviewed = decided is not None and decided.level is not None
        kinds = [FactKind.LEVEL_CHANGED] if event.level != before.level else []
        _tell(app, session, event, before, kinds, by=by)
        return False
    picture = picture_of(reports, app.sources)
    event.public = picture.public  # first: in the open counts only what was decided in the open
    override = events.newest_override(session, event)
    show(event, picture, override.category if override else None)
    session.add(event)
    session.flush()
    # A confidential neighbour must not shine through in an open event.
    near = [n for n in events.neighbours(session, event) if n.public or not event.public]
    found = assess(reports, near, override, app.reader, moved=picture.moved, remembered=event.remembered)
    event.level, event.machine_level = found.level, found.machine_level
    event.reviewed = override is not None and override.level is not None
    event.evidence, event.sees = found.evidence, found.sees
    event.state = EventState.CANCELLED if found.cancelled else EventState.OPEN
    leaves = event.public and not before.public
    if leaves:
        _leave_the_compartment(app, session, event)
    elif before.public and not event.public:
        _leave_the_open(app, session, event, before, known=opened)
    if opened or leaves:
        _tell(app, session, event, event, [FactKind.EVENT_OPENED], by=by)
    else:
        kinds = changes(before, picture, found, reviewed=event.reviewed)
        event.moved = event.moved or FactKind.MOVED in kinds
        heard = cause if cause is not None and (not cause.handling.confidential or not event.public) else None
        against = disputed(before, picture, heard, override)
        if against and FactKind.REVIEW_ASKED not in kinds:
            kinds.append(FactKind.REVIEW_ASKED)
        _tell(app, session, event, before, kinds, by=by, against=against)
    if event.public:
        joined = cause is not None and cause.handling.confidential
        if asked := asked_in_compartment(before, found, joined=joined):
            _tell(app, session, event, before, [asked], by=MACHINE, sees=found.sees, confidential=True)
    _keep(app, session, event, reports)  # last: without a day it counts from the change that was just told
    return opened or _whereabouts(event) != stood


def _leave_the_compartment(app: App, session: Session, event: Event) -> None:
    """What people knew, linked and saw there stays there, and how often it changed (R31).

    In the open it goes on as it stood there, or else begins now.
    """
    was, event.left_open = event.left_open, None
    event.first_seen, event.moved = (was.first_seen, was.moved) if was else (app.clock(), False)
    event.notification, event.permit = (was.notification, was.permit) if was else ("", "")
    event.revision, event.changed_at = (was.revision if was else 0) + 1, app.clock()
    events.forget_acknowledgements(session, event, since=was.changed_at if was else event.opened_at)


def _leave_the_open(app: App, session: Session, event: Event, before: Event, *, known: bool) -> None:
    """Only confidential signals report it by now: whoever heard of it knows it as taken back, just as without them.

    What waits to be told in the open is told no more. `known`: there it was taken back before.
    """
    face = replace(open_face(before), evidence=tuple(without_words(piece) for piece in before.evidence))
    if not known:
        face = replace(face, revision=before.revision + 1, changed_at=app.clock())
        empty_unsent(app, session, event.id or 0, in_open_only=True)
    event.left_open = face


def told_moved(session: Session, event: Event) -> bool:
    """Whether those who may see the event were told that its day or place changed."""
    told = (fact for fact in facts.facts_of(session, event.id or 0) if fact.kind is FactKind.MOVED)
    return any(fact.public or not event.public for fact in told)


def _tell(
    app: App,
    session: Session,
    event: Event,
    before: Event,
    kinds: Sequence[FactKind],
    *,
    by: Actor,
    sees: Level | None = None,
    against: Mapping[str, str] | None = None,
    confidential: bool = False,
) -> None:
    """Records what changed, all of it told in one message; and counts a revision when readers can see a change.

    A message for the compartment beside the open one tells of the same change, which is counted once.
    """
    if _visible(event) != _visible(before) and not confidential:
        event.revision += 1
        event.changed_at = app.clock()
    session.add(event)
    was = ", ".join(
        part for part in (before.place if before.place != event.place else "", when(period_of(before))) if part
    )
    data: dict[str, str | int | None] = {"from": before.level.value, "to": event.level.value, "was": was}
    if FactKind.REVIEW_ASKED in kinds:
        data |= {"sees": (sees or event.machine_level).value, **(against or {})}
    for n, kind in enumerate(kinds):
        record(
            app,
            session,
            kind,
            by=by,
            event=event,
            data=data,
            confidential=confidential,
            aloud=n == 0,
            also=kinds[1:] if n == 0 else (),
        )


def reassess(
    app: App,
    session: Session,
    event: Event,
    *,
    by: Actor = MACHINE,
    cause: Item | None = None,
    opened: bool = False,
    turned: Item | None = None,
) -> None:
    """Weighs an event anew, and its neighbours when it came, moved or went: `samenloop` is true of both.

    `cause` is the item that just joined it; `turned` one that may be used no more, or again: what that changes tells
    what it told, so the history shows it only while it may be used (R42). One message per event tells all that changed;
    what only the compartment may hear is a message of its own. A closed event stays as it is.
    """
    with step(app, "openbare-orde", "assess") as did:
        did.count({"events.weighed": 1})
        near_before = set() if opened else {n.id for n in events.neighbours(session, event)}
        if not _weigh(app, session, event, by=by, cause=cause, opened=opened, turned=turned):
            return
        session.flush()
        for near in near_before | {n.id for n in events.neighbours(session, event)}:
            did.count({"events.weighed": 1})
            _weigh(app, session, events.get(session, near), by=MACHINE, cause=None, opened=False)


def end(app: App, session: Session, event: Event, *, by: Actor = MACHINE, but: int | None = None) -> None:
    """Takes an event off, and weighs anew those that it stood beside, `but` one that the caller weighs itself.

    What waits to be told about it is told no more; that it ended, is for the caller to record.
    """
    empty_unsent(app, session, event.id or 0)
    near = events.neighbours(session, event)
    with revising(app, session, event, by=by):
        event.state, event.changed_at = EventState.WITHDRAWN, app.clock()
    event.revision += 1
    session.add(event)
    session.flush()
    for neighbour in near:
        if neighbour.id != but:
            reassess(app, session, events.get(session, neighbour.id))
