"""What a person allows: a briefing goes on, a source pauses, all collection stops (R35, R47)."""

from monitor.app import App
from monitor.domain import Actor, FactKind, Role, SourceState, Switch
from monitor.errors import Conflict, NotFound
from monitor.store import briefings, sources
from monitor.work.journal import audit, reason_of, record

SWITCH = "verzamelen"
"""Name of the one switch there is."""


def approve_briefing(app: App, actor: Actor, briefing: int) -> None:
    """A named person lets an edition go on; the text is frozen from the moment it was made."""
    actor.must_be(Role.ADVISOR, Role.EDITOR, act="een briefing goedkeuren")
    with app.store.begin() as session:
        found = briefings.get(session, briefing)
        if found.confidential:
            actor.must_be(Role.ADVISOR, act="een vertrouwelijke briefing goedkeuren")
        if found.approved_by:
            raise Conflict("Deze briefing is al goedgekeurd")
        found.approved_by, found.approved_at = actor.name, app.clock()
        session.add(found)
        audit(app, session, actor, "briefing_approved", what=f"briefing:{briefing}", purpose="weekbriefing")


def pause_source(app: App, actor: Actor, source: str, *, paused: bool) -> None:
    """Leaves one source alone, or takes it up again."""
    actor.must_be(Role.ADMIN, Role.PRIVACY, act="een bron pauzeren")
    if source not in app.sources:
        raise NotFound("bron", source)
    with app.store.begin() as session:
        state = sources.state_of(session, source) or SourceState(source=source)
        state.paused = paused
        sources.save(session, state)
        act = "source_paused" if paused else "source_resumed"
        audit(app, session, actor, act, what=f"source:{source}", purpose="bronbeheer")


def _turn(app: App, actor: Actor, reason: str, *, stopped: bool) -> None:
    actor.must_be(Role.ADVISOR, Role.ADMIN, Role.PRIVACY, act="het verzamelen stoppen of hervatten")
    why = reason_of(app, reason)
    with app.store.begin() as session:
        sources.set_switch(session, Switch(name=SWITCH, on=stopped, by=actor.name, at=app.clock()))
        kind = FactKind.COLLECTION_STOPPED if stopped else FactKind.COLLECTION_RESUMED
        record(app, session, kind, by=actor)
        audit(app, session, actor, kind.value, what="house", purpose=why)


def stop_collection(app: App, actor: Actor, *, reason: str) -> None:
    """The kill switch: from this moment no source is asked anything, and what is on its way is broken off."""
    _turn(app, actor, reason, stopped=True)
    app.brake.pull()


def resume_collection(app: App, actor: Actor, *, reason: str) -> None:
    """Collection goes on."""
    _turn(app, actor, reason, stopped=False)
