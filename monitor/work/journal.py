"""record(): a fact, its deliveries and their jobs, in the caller's transaction; audit(): what a person did."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from alerts import Message
from classifiers import Voice
from monitor.app import App
from monitor.clock import today
from monitor.domain import MACHINE, Actor, Delivery, Event, Fact, FactKind, Item, Purpose
from monitor.errors import InvalidInput
from monitor.rules.announce import Told, announce_event, announce_house
from monitor.rules.football import remarks
from monitor.rules.normalise import plain
from monitor.store import facts, items, people
from monitor.store.residue import residue


def _source_names(app: App, reports: Sequence[Item]) -> tuple[str, ...]:
    names = [app.sources[i.source].name for i in reversed(reports) if i.source in app.sources]
    return tuple(dict.fromkeys(names))


def _message(
    app: App, session: Session, fact: Fact, *, event: Event | None, advice: str, also: Sequence[FactKind]
) -> Message | None:
    every = items.items_of(session, event.id) if event and event.id else []
    # What only the compartment knows lends no name or remark to a message that all may read (R31).
    reports = [report for report in every if not (fact.public and report.handling.confidential)]
    told = Told(
        indicators={i.code: i for i in app.reader.indicators},
        link_base=app.settings.link_base,
        now=app.clock(),
        source_names=_source_names(app, reports),
        also=tuple(also),
        notice=app.settings.notice,
        remarks=remarks(event, reports, {id: s.name for id, s in app.sources.items()}) if event else (),
    )
    if event is not None:
        return announce_event(fact, event, told)
    name = str(fact.data.get("channel") or "")
    if fact.source:
        name = app.sources[fact.source].name if fact.source in app.sources else fact.source
    return announce_house(fact, told, name=name, advice=advice)


def record(
    app: App,
    session: Session,
    kind: FactKind,
    *,
    by: Actor = MACHINE,
    event: Event | None = None,
    source: str | None = None,
    data: Mapping[str, str | int | None] | None = None,
    confidential: bool = False,
    advice: str = "",
    aloud: bool = True,
    also: Sequence[FactKind] = (),
) -> Fact:
    """Writes a fact, and for every channel that should hear it a delivery and its job.

    `confidential` keeps it in the compartment; a fact about a confidential event stays there anyhow. `advice` is
    Dutch, for a message about the house. `aloud` False keeps it in the journal only: one act never tells one event
    twice; `also` names the other facts of the act, for the one message.
    """
    fact = facts.add(
        session,
        Fact(
            kind=kind,
            event=event.id if event else None,
            source=source,
            at=app.clock(),
            by=by.name,
            public=not confidential and (event is None or event.public),
            data=dict(data or {}),
        ),
    )
    message = _message(app, session, fact, event=event, advice=advice, also=also) if aloud else None
    if message is None or fact.id is None:
        return fact
    rows = [
        Delivery(fact=fact.id, event=fact.event, channel=name, message=message, created_at=fact.at)
        for name in app.switchboard.addressees(message)
    ]
    for delivery in facts.add_deliveries(session, rows):
        if delivery.id is not None:
            app.queue.put(session, "deliver", {"delivery": delivery.id}, lock=app.switchboard.lock(delivery.channel))
    if rows:
        facts.count(session, today(fact.at), "alerts", 1)
    return fact


def audit(
    app: App,
    session: Session,
    actor: Actor,
    act: str,
    *,
    what: str,
    purpose: Purpose,
    reason: str = "",
) -> None:
    """Adds what a person did to the audit trail, with the one purpose it served (R43, R44, R48).

    `reason`: why, in their own words, where the act asks for it.
    """
    people.add_audit(
        session,
        at=app.clock(),
        who=actor.name,
        role=actor.role.value if actor.role else "",
        act=act,
        what=what,
        purpose=purpose,
        reason=reason,
    )


_REASON_AT_MOST = 500


def reason_of(app: App, reason: str) -> str:
    """The reason of a decision, fit to be kept: required (R25), short, and free of personal data.

    Raises InvalidInput; then nothing is kept, and the error carries the reason without those data.
    """
    text = plain(reason)
    if not text:
        raise InvalidInput({"reason": "Geef een reden."})
    if len(text) > _REASON_AT_MOST:
        raise InvalidInput({"reason": f"De reden mag hoogstens {_REASON_AT_MOST} tekens lang zijn."})
    clean = app.reader.redact("", text, voice=Voice.MUNICIPALITY)
    if clean.findings or residue(clean.text):
        problem = "In de reden staan persoonsgegevens. Er is niets bewaard. Schrijf de reden zonder die gegevens."
        raise InvalidInput({"reason": problem}, {"reason": clean.text})
    return text
