"""What a person decides about an event: its level, that it was seen, withdrawn, merged or split (walk C)."""

from sqlmodel import Session

from classifiers import Level, Voice
from monitor.app import App
from monitor.domain import Actor, Event, EventState, FactKind, Override, Role, Sighting
from monitor.errors import Conflict, InvalidInput, NotFound
from monitor.store import events, items
from monitor.work.ingest import open_event
from monitor.work.journal import audit, record
from monitor.work.reassess import reassess

_REASON_AT_MOST = 300


def _reason(app: App, reason: str) -> str:
    """The reason of a decision: required (R25), short, and free of personal data."""
    text = reason.strip()
    if not text:
        raise InvalidInput({"reason": "Geef een reden: die blijft bij de gebeurtenis staan."})
    if len(text) > _REASON_AT_MOST:
        raise InvalidInput({"reason": f"De reden mag hoogstens {_REASON_AT_MOST} tekens lang zijn."})
    clean = app.reader.redact("", text, voice=Voice.MUNICIPALITY)
    if clean.findings:
        problem = "In de reden staan persoonsgegevens. Er is niets bewaard. Schrijf de reden zonder die gegevens."
        raise InvalidInput({"reason": problem}, {"reason": clean.text})
    return text


def _open_event(session: Session, event: int) -> Event:
    """The event, when it can still change; raises NotFound or Conflict."""
    found = events.get(session, event)
    if found.state in (EventState.CLOSED, EventState.WITHDRAWN):
        raise Conflict(f"Gebeurtenis {event} is {found.state.value} en verandert niet meer")
    return found


def override_level(app: App, actor: Actor, event: int, *, level: Level | None, reason: str) -> None:
    """Sets a person's level, which stands above the machine's; None gives the machine its word back."""
    actor.must_be(Role.ADVISOR, act="het niveau vaststellen")
    why = _reason(app, reason)
    with app.store.begin(lane="events") as session:
        found = _open_event(session, event)
        role = actor.role.value if actor.role else ""
        session.add(Override(event=event, level=level, reason=why, by=actor.name, role=role, at=app.clock()))
        session.flush()
        reassess(app, session, found, by=actor)
        audit(app, session, actor, "level_set", what=f"event:{event}", purpose=level.value if level else "ingetrokken")


def acknowledge(app: App, actor: Actor, event: int) -> None:
    """Remembers that someone saw the event as it is now; twice is once."""
    with app.store.begin() as session:
        found = events.get(session, event)
        events.acknowledge(session, found, actor.name, app.clock())
        audit(app, session, actor, "event_acknowledged", what=f"event:{event}", purpose="openbare orde")


def withdraw(app: App, actor: Actor, event: int, *, reason: str) -> None:
    """Takes an event off the page: it is no happening, or not one for this house."""
    actor.must_be(Role.ADVISOR, act="een gebeurtenis intrekken")
    why = _reason(app, reason)
    with app.store.begin(lane="events") as session:
        found = _open_event(session, event)
        _end(app, session, found, EventState.WITHDRAWN)
        record(app, session, FactKind.WITHDRAWN, by=actor, event=found)
        audit(app, session, actor, "event_withdrawn", what=f"event:{event}", purpose=why)


def _end(app: App, session: Session, event: Event, state: EventState) -> None:
    """Ends an event, and weighs anew those that it stood beside."""
    near = events.neighbours(session, event)
    event.state, event.changed_at, event.closed_at = state, app.clock(), app.clock()
    event.revision += 1
    session.add(event)
    session.flush()
    for neighbour in near:
        reassess(app, session, events.get(session, neighbour.id))


def merge_events(app: App, actor: Actor, keep: int, gone: int, *, reason: str) -> None:
    """Two events are one happening: the reports of `gone` go to `keep`."""
    actor.must_be(Role.ADVISOR, act="gebeurtenissen samenvoegen")
    why = _reason(app, reason)
    if keep == gone:
        raise InvalidInput({"gone": "Kies een andere gebeurtenis om mee samen te voegen."})
    with app.store.begin(lane="events") as session:
        kept, merged = _open_event(session, keep), _open_event(session, gone)
        events.move_sightings(session, gone, keep)
        merged.merged_into = keep
        _end(app, session, merged, EventState.WITHDRAWN)
        reassess(app, session, kept, by=actor)
        record(app, session, FactKind.EVENTS_MERGED, by=actor, event=kept, data={"gone": gone})
        audit(app, session, actor, "events_merged", what=f"event:{keep}", purpose=why)


def split_event(app: App, actor: Actor, event: int, item: int, *, reason: str) -> int:
    """One report of an event is about another happening: it opens an event of its own, whose id is returned."""
    actor.must_be(Role.ADVISOR, act="een gebeurtenis splitsen")
    why = _reason(app, reason)
    with app.store.begin(lane="events") as session:
        old = _open_event(session, event)
        sighting = next((s for s in events.sightings_of(session, event) if s.item == item), None)
        if sighting is None:
            raise NotFound("bericht", item)
        if old.reports == 1:
            raise InvalidInput({"item": "Dit is het enige bericht over deze gebeurtenis: er valt niets te splitsen."})
        report = items.get(session, item)
        new = open_event(app, session, report)
        if new.id is None:
            raise Conflict("De nieuwe gebeurtenis kon niet worden gemaakt")
        session.delete(sighting)
        session.flush()
        events.add_sighting(session, Sighting(event=new.id, item=item, why="gesplitst", at=app.clock()))
        reassess(app, session, old, by=actor)
        reassess(app, session, new, by=actor, opened=True)
        record(app, session, FactKind.EVENT_SPLIT, by=actor, event=old, data={"new": new.id}, aloud=False)
        audit(app, session, actor, "event_split", what=f"event:{event}", purpose=why)
        return new.id
