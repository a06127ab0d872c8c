"""What a person allows: a briefing goes on, a source starts or pauses, all collection stops (R1, R9, R35, R47)."""

from collections.abc import Sequence
from datetime import date

from monitor.app import App
from monitor.clock import today
from monitor.domain import (
    Actor,
    Approval,
    Decision,
    FactKind,
    Purpose,
    Role,
    Source,
    SourceState,
    Standing,
    Switch,
    four_eyes,
)
from monitor.domain.briefing import hash_of
from monitor.errors import Conflict, InvalidInput, NotFound
from monitor.rules.digest import week_label
from monitor.store import briefings, sources
from monitor.work.journal import audit, reason_of, record
from monitor.work.records import APPROVED, seal_of
from monitor.work.steps import step

SWITCH = "verzamelen"
"""Name of the one switch there is."""


def approve_briefing(app: App, actor: Actor, briefing: int, *, seen: str) -> None:
    """A named person lets an edition go on; the text is frozen from then on.

    `seen` is the hash of the text that this person read, as `hash_of` gives it. Raises Conflict when the draft was made
    anew since then: nobody approves what they did not see (R35).
    """
    actor.must_be(Role.ADVISOR, Role.EDITOR, act="een briefing goedkeuren")
    with app.store.begin(lane="events") as session, step(app, "weekbriefing", "approve"):
        found = briefings.get(session, briefing)
        if found.confidential:
            actor.must_be(Role.ADVISOR, act="een vertrouwelijke briefing goedkeuren")
        if found.approved_by:
            raise Conflict("Deze briefing is al goedgekeurd")
        if hash_of(found.html) != seen:
            raise Conflict(
                "De tekst van deze briefing is vernieuwd nadat u de pagina opende. Lees eerst de nieuwe tekst"
            )
        found.approved_by, found.approved_at = actor.name, app.clock()
        session.add(found)
        seal = seal_of(found)  # from now on a changed byte shows (R41)
        audit(app, session, actor, APPROVED, what=f"briefing:{briefing}", purpose=Purpose.BRIEFING, reason=seal)
        label: dict[str, str | int | None] = {"briefing": briefing, "week": week_label(found.start)}
        record(app, session, FactKind.BRIEFING_APPROVED, by=actor, data=label, confidential=found.confidential)


_ACTS = {
    Decision.APPROVED: "source_approved",
    Decision.SECONDED: "source_seconded",
    Decision.REVIEWED: "source_reviewed",
    Decision.WITHDRAWN: "source_withdrawn",
}
"""What the audit trail calls each decision."""


def decide_source(
    app: App, actor: Actor, source: str, decision: Decision, *, reason: str, until: date | None = None
) -> None:
    """Approves a source, seconds that, sets its next review, or withdraws what was approved (R1, R9).

    `until` is the last day that it may run, or the day of the next review. Raises InvalidInput when the decision does
    not fit the source as it stands; then nothing is kept.
    """
    role = actor.must_be(Role.ADMIN, Role.PRIVACY, act="een bron goedkeuren")
    origin = _known(app, source)
    why, now = reason_of(app, reason), app.clock()
    if decision is Decision.WITHDRAWN:
        until = None
    with app.store.begin(lane="approvals") as session, step(app, "bronbeheer", "decide_source"):
        approval = Approval(
            source=source, decision=decision, by=actor.name, role=role, reason=why, at=now, until=until,
            record=origin.record,
        )  # fmt: skip
        if problem := _problem(origin, approval, sources.approvals_of(session, source)):
            raise InvalidInput(problem)
        sources.add_approval(session, approval)
        audit(app, session, actor, _ACTS[decision], what=f"source:{source}", purpose=Purpose.SOURCES, reason=why)


def _problem(source: Source, approval: Approval, before: Sequence[Approval]) -> dict[str, str]:
    """What keeps this decision from being taken: field -> Dutch sentence; empty when nothing does."""
    if approval.decision is Decision.WITHDRAWN:
        return {}
    standing, day = source.standing(before), today(approval.at)
    if source.lacks:
        return {"decision": f"De bron mist {', '.join(source.lacks)}. Vul dat eerst aan in sources.toml."}
    if approval.until is not None and approval.until < day:
        return {"until": "Kies een dag die nog komt."}
    match approval.decision:
        case Decision.REVIEWED if standing.withdrawn:
            return {"decision": "De goedkeuring is ingetrokken. Keur de bron eerst opnieuw goed."}
        case Decision.REVIEWED if approval.until is None:
            return {"until": "Kies de dag waarop de bron opnieuw beoordeeld moet worden."}
        case Decision.SECONDED if not source.high_risk:
            return {"decision": "Alleen een bron met een hoog risico vraagt een tweede goedkeuring."}
        case Decision.SECONDED:
            return _second(standing, approval)
    return {}


def _second(standing: Standing, approval: Approval) -> dict[str, str]:
    """What keeps this from being the second approval that the standing waits for."""
    if standing.approved is None or not standing.waits_for_second:
        return {"decision": "Er is nog geen eerste goedkeuring van de bron zoals zij nu in sources.toml staat."}
    problem = four_eyes(standing.approved, approval)
    return {"decision": problem} if problem else {}


def _known(app: App, source: str) -> Source:
    if source not in app.sources:
        raise NotFound("bron", source)
    return app.sources[source]


def pause_source(app: App, actor: Actor, source: str, *, paused: bool, reason: str) -> None:
    """Leaves one source alone, or takes it up again."""
    actor.must_be(Role.ADMIN, Role.PRIVACY, act="een bron pauzeren")
    _known(app, source)
    why = reason_of(app, reason)
    with app.store.begin() as session, step(app, "bronbeheer", "pause_source"):
        state = sources.state_of(session, source) or SourceState(source=source)
        state.paused = paused
        sources.save(session, state)
        act = "source_paused" if paused else "source_resumed"
        audit(app, session, actor, act, what=f"source:{source}", purpose=Purpose.SOURCES, reason=why)


def _turn(app: App, actor: Actor, reason: str, *, stopped: bool) -> None:
    actor.must_be(Role.ADVISOR, Role.ADMIN, Role.PRIVACY, act="het verzamelen stoppen of hervatten")
    why = reason_of(app, reason)
    with app.store.begin() as session, step(app, "bronbeheer", "switch_collection"):
        sources.set_switch(session, Switch(name=SWITCH, on=stopped, by=actor.name, at=app.clock()))
        kind = FactKind.COLLECTION_STOPPED if stopped else FactKind.COLLECTION_RESUMED
        record(app, session, kind, by=actor)
        audit(app, session, actor, kind.value, what="house", purpose=Purpose.SOURCES, reason=why)


def stop_collection(app: App, actor: Actor, *, reason: str) -> None:
    """The kill switch: from this moment no source is asked anything, and what is on its way is broken off."""
    _turn(app, actor, reason, stopped=True)
    app.brake.pull()


def resume_collection(app: App, actor: Actor, *, reason: str) -> None:
    """Collection goes on."""
    _turn(app, actor, reason, stopped=False)
