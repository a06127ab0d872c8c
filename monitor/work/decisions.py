"""What a person decides about an event: its level, that it was seen, withdrawn, merged or split (walk C)."""

from sqlmodel import Session

from classifiers import Level
from monitor.app import App
from monitor.domain import Actor, Event, EventState, FactKind, Override, Role, Sighting
from monitor.errors import Conflict, InvalidInput, NotFound
from monitor.rules.agreement import Ground
from monitor.store import events, items
from monitor.work.ingest import open_event
from monitor.work.journal import audit, reason_of, record
from monitor.work.reassess import end, reassess


def _open_event(session: Session, event: int) -> Event:
    """The event, when it can still change; raises NotFound or Conflict."""
    found = events.get(session, event)
    if found.state in (EventState.CLOSED, EventState.WITHDRAWN):
        raise Conflict(f"Gebeurtenis {event} is {found.state.value} en verandert niet meer")
    return found


def override_level(app: App, actor: Actor, event: int, *, level: Level | None, reason: str) -> None:
    """Sets a person's level, which stands above the machine's; None gives the machine its word back."""
    actor.must_be(Role.ADVISOR, act="het niveau vaststellen")
    why = reason_of(app, reason)
    with app.store.begin(lane="events") as session:
        found = _open_event(session, event)
        role = actor.role.value if actor.role else ""
        events.add_override(
            session,
            Override(
                event=event,
                level=level,
                reason=why,
                public=found.public,
                by=actor.name,
                role=role,
                at=app.clock(),
            ),
        )
        reassess(app, session, found, by=actor)
        audit(app, session, actor, "level_set", what=f"event:{event}", purpose=level.value if level else "ingetrokken")


def acknowledge(app: App, actor: Actor, event: int) -> None:
    """Remembers that someone saw the event as it is now; twice is once."""
    act = "een gebeurtenis als gezien markeren"
    actor.must_be(Role.ADVISOR, Role.PROJECT, Role.LIAISON, Role.EDITOR, act=act)
    with app.store.begin() as session:
        found = events.get(session, event)
        if not found.public:
            actor.must_be(Role.ADVISOR, Role.LIAISON, act=act)
        events.acknowledge(session, found, actor.name, app.clock())
        audit(app, session, actor, "event_acknowledged", what=f"event:{event}", purpose="openbare orde")


def withdraw(app: App, actor: Actor, event: int, *, reason: str) -> None:
    """Takes an event off the page: it is no happening, or not one for this house."""
    actor.must_be(Role.ADVISOR, act="een gebeurtenis intrekken")
    why = reason_of(app, reason)
    with app.store.begin(lane="events") as session:
        found = _open_event(session, event)
        end(app, session, found)
        record(app, session, FactKind.WITHDRAWN, by=actor, event=found)
        audit(app, session, actor, "event_withdrawn", what=f"event:{event}", purpose=why)


def merge_events(app: App, actor: Actor, keep: int, gone: int, *, reason: str) -> None:
    """Two events are one happening: the reports of `gone` go to `keep`, and its level when that has none of its own."""
    actor.must_be(Role.ADVISOR, act="gebeurtenissen samenvoegen")
    why = reason_of(app, reason)
    if keep == gone:
        raise InvalidInput({"gone": "Kies een andere gebeurtenis om mee samen te voegen."})
    with app.store.begin(lane="events") as session:
        kept, merged = _open_event(session, keep), _open_event(session, gone)
        both_open = kept.public and merged.public
        decided = events.newest_override(session, merged)
        if decided and decided.level and events.newest_override(session, kept) is None:
            events.add_override(session, Override(**decided.model_dump(exclude={"id", "event"}), event=keep))
        events.move_sightings(session, gone, keep)
        merged.merged_into = keep
        end(app, session, merged, but=keep)
        reassess(app, session, kept, by=actor)
        record(
            app, session, FactKind.EVENTS_MERGED, by=actor, event=kept, data={"gone": gone}, confidential=not both_open,
            aloud=False,
        )  # fmt: skip
        audit(app, session, actor, "events_merged", what=f"event:{keep}", purpose=why)


def split_event(app: App, actor: Actor, event: int, item: int, *, reason: str) -> int:
    """One report of an event is about another happening: it opens an event of its own, whose id is returned."""
    actor.must_be(Role.ADVISOR, act="een gebeurtenis splitsen")
    why = reason_of(app, reason)
    with app.store.begin(lane="events") as session:
        old = _open_event(session, event)
        sightings = events.sightings_of(session, event)
        sighting = next((s for s in sightings if s.item == item), None)
        if sighting is None:
            raise NotFound("bericht", item)
        if len(sightings) == 1:
            raise InvalidInput({"item": "Dit is het enige bericht over deze gebeurtenis: er valt niets te splitsen."})
        report = items.get(session, item)
        new = open_event(app, session, report)
        if new.id is None:
            raise Conflict("De nieuwe gebeurtenis kon niet worden gemaakt")
        session.delete(sighting)
        session.flush()
        events.add_sighting(session, Sighting(event=new.id, item=item, why=Ground.SPLIT, at=app.clock()))
        reassess(app, session, old, by=actor)
        reassess(app, session, new, by=actor, opened=True)
        record(app, session, FactKind.EVENT_SPLIT, by=actor, event=old, data={"new": new.id}, aloud=False)
        audit(app, session, actor, "event_split", what=f"event:{event}", purpose=why)
        return new.id
