"""record(): a fact, its deliveries and their jobs, in the caller's transaction; audit(): what a person did."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from alerts import Message, Topic, Urgency
from classifiers import Voice
from monitor.app import App
from monitor.clock import today
from monitor.domain import MACHINE, Actor, Delivery, Event, EventState, Fact, FactKind, Item, Purpose, Role, in_the_open
from monitor.errors import InvalidInput
from monitor.rules.announce import Told, also_tells, announce_event, announce_house
from monitor.rules.concurrence import remark
from monitor.rules.football import remarks
from monitor.rules.normalise import plain
from monitor.rules.sending import Sending, cases_of, decide
from monitor.rules.treatment import class_line
from monitor.store import absences, facts, items, people
from monitor.store.residue import residue
from monitor.work.beside import beside
from monitor.work.steps import step

_BEFORE_POLLS = timedelta(hours=1)
"""So long ago a delivery was due, for the queue: polls that wait for their turn, hundreds at times, let it pass."""


def _source_names(app: App, reports: Sequence[Item]) -> tuple[str, ...]:
    names = [app.sources[i.source].name for i in reversed(reports) if i.source in app.sources]
    return tuple(dict.fromkeys(names))


def _remarks(app: App, session: Session, event: Event, reports: Sequence[Item]) -> tuple[str, ...]:
    names = {id: source.name for id, source in app.sources.items()}
    said = (*remarks(event, reports, names), *class_line(event, reports, names))
    return (*said, *remark(beside(session, event)))


def _told(app: App, session: Session, fact: Fact, event: Event | None, also: Sequence[FactKind]) -> Told:
    every = items.items_of(session, event.id) if event and event.id else []
    # What only the compartment knows lends no name or remark to a message that all may read (R31).
    reports = [report for report in every if not (fact.public and report.handling.confidential)]
    return Told(
        indicators={i.code: i for i in app.reader.indicators},
        link_base=app.settings.link_base,
        now=app.clock(),
        source_names=_source_names(app, reports),
        also=tuple(also),
        calls=_called(session, app.clock()) if fact.kind is FactKind.NOT_SEEN else (),
        notice=app.settings.notice,
        remarks=_remarks(app, session, event, reports) if event else (),
    )


def _called(session: Session, now: datetime) -> tuple[str, ...]:
    """Every advisor who is not away: with whoever is away goes a deputy who is there (`work.absence`)."""
    return tuple(user.slack for user in absences.at_work(session, Role.ADVISOR, now) if user.slack)


def _house_message(app: App, session: Session, fact: Fact, advice: str) -> Message | None:
    name = str(fact.data.get("channel") or "")
    if fact.source:
        name = app.sources[fact.source].name if fact.source in app.sources else fact.source
    return announce_house(fact, _told(app, session, fact, None, ()), name=name, advice=advice)


def _tell_event(app: App, session: Session, fact: Fact, event: Event, also: Sequence[FactKind]) -> None:
    """Puts the message of an act in the outbox, when a send rule wants it; and has a C looked after."""
    if event.state is EventState.WITHDRAWN:
        retract(app, session, fact, event)
        return
    cases = cases_of((fact.kind, *also), fact, event, event.level, app.clock())
    sending = decide(app.send_rules, cases, app.settings.notice)
    if sending is None or _rests(session, fact, sending):
        return
    message = announce_event(fact, event, _told(app, session, fact, event, also), sending)
    put(app, session, fact, message, sending.goes_to(app.switchboard.addressees(message)))
    _have_it_seen(app, session, event, fact)


def _have_it_seen(app: App, session: Session, event: Event, fact: Fact) -> None:
    """Has somebody look after a C that is told now."""
    patience = app.send_rules.patience(event.level)
    if patience is not None and fact.kind is not FactKind.NOT_SEEN and fact.id is not None:
        due = app.clock() + patience
        app.queue.put(session, "escalate", {"fact": fact.id}, due=due, key=f"escalate:{fact.id}")


def retract(app: App, session: Session, fact: Fact, event: Event) -> None:
    """Tells that an event was taken off to whoever heard of it, as urgently as they heard; and to nobody else.

    What is open is no more urgent for what only the compartment heard, and tells of what only that still knows as it
    stood before; there it goes on, and so it is told (R31).
    """
    shown = (in_the_open(event) if fact.public else None) or event
    told = facts.heard(session, event.id or 0)
    to = {row.channel for row in told}
    if shown is not event:
        inside = app.switchboard.hearers(Topic.LEVEL, Urgency.HIGH, confidential=True)
        to.difference_update(inside)
        _tell_it_goes_on(app, session, fact, event, [row for row in told if row.channel in inside])
    if not to or _is_over(app, fact, shown):
        return
    sending = _as_heard([row for row in told if not (fact.public and row.message and row.message.confidential)])
    message = announce_event(fact, shown, _told(app, session, fact, shown, ()), sending)
    may = app.switchboard.hearers(Topic.LEVEL, Urgency.HIGH, confidential=message.confidential)
    put(app, session, fact, message, [name for name in may if name in to], about=event)


def _is_over(app: App, fact: Fact, event: Event) -> bool:
    """Whether it ended too long ago to be told what became of it."""
    return any(case.over for case in cases_of((FactKind.WITHDRAWN,), fact, event, event.level, app.clock()))


def _as_heard(told: Sequence[Delivery]) -> Sending:
    """To whoever heard this, as urgently."""
    urgencies = [row.message.urgency for row in told if row.message]
    return Sending(max(urgencies, default=Urgency.NORMAL), (), frozenset(row.channel for row in told), {})


def _tell_it_goes_on(app: App, session: Session, fact: Fact, event: Event, told: Sequence[Delivery]) -> None:
    """Tells the compartment that its signals are all that is left of an event, which the open hears is taken back.

    A channel that hears there what else the act changed, hears it in that message.
    """
    left = record(app, session, FactKind.LEFT_THE_OPEN, event=event, aloud=False)
    to = {row.channel for row in told}
    if not to or _is_over(app, fact, event):
        return
    message = announce_event(left, event, _told(app, session, left, event, ()), _as_heard(told))
    for row in facts.promised(session, event.id or 0, after=fact.id or 0, public=False):
        if row.channel in to and row.message:
            row.message = also_tells(row.message, message)
            session.add(row)
            to.remove(row.channel)
    put(app, session, left, message, sorted(to))


def _rests(session: Session, fact: Fact, sending: Sending) -> bool:
    """Whether each change of the act was told so shortly ago that its rule keeps it silent."""
    if not sending.rests or fact.event is None:
        return False
    return all(
        facts.told_since(session, fact.event, kind, fact.at - rest, public=fact.public)
        for kind, rest in sending.rests.items()
    )


def put(
    app: App, session: Session, fact: Fact, message: Message, channels: Sequence[str], *, about: Event | None = None
) -> list[Delivery]:
    """For each of these channels a delivery of the message and its job; those that were new.

    `about`: the event in whose thread it belongs, where that is not the fact's own.
    """
    event = about.id if about else fact.event
    if fact.id is None:
        raise ValueError("this fact is not in the journal yet")
    rows = [Delivery(fact=fact.id, event=event, channel=name, message=message, created_at=fact.at) for name in channels]
    if not rows:
        return []
    with step(app, "waarschuwing", "tell") as did:
        new = facts.add_deliveries(session, rows)
        for delivery in new:
            _promise(app, session, delivery, did.trace)
        facts.count(session, today(fact.at), "alerts", 1)
        did.count({"deliveries": len(new)})
    return new


def _promise(app: App, session: Session, delivery: Delivery, trace: str) -> None:
    """The job that sends it; `trace` is that of the step that told it."""
    args: dict[str, str | int] = {"delivery": delivery.id or 0, "trace": trace}
    due = app.clock() - _BEFORE_POLLS
    app.queue.put(session, "deliver", args, lock=app.switchboard.lock(delivery.channel), due=due)


def tell_parted(app: App, session: Session, fact: Fact, event: Event) -> None:
    """Tells that an event is one of its own again, by the fact that it was parted, as it stands now.

    What waited when it was merged away is told once on each channel, the open apart from the confidential (R31), and
    not what a channel took or may have. Whoever last heard that it was merged hears that it is not.
    """
    last = {row.channel: row for row in facts.heard(session, event.id or 0)}
    merged = [row for row in last.values() if facts.get(session, row.fact).kind is FactKind.EVENTS_MERGED]
    unaware = {row.channel for row in merged}
    waited: dict[tuple[str, bool], list[tuple[Fact, Delivery]]] = {}
    for was, delivery in facts.taken_back(session, event.id or 0):
        if event.public or not was.public:
            waited.setdefault((delivery.channel, was.public), []).append((was, delivery))
    for (channel, public), rows in waited.items():
        too = [FactKind.EVENTS_PARTED] if public is fact.public and channel in unaware else []
        if _tell_what_waited(app, session, event, rows, too) and too:
            unaware.remove(channel)
    if not unaware or _is_over(app, fact, event):
        return
    sending = _as_heard([row for row in merged if row.channel in unaware])
    message = announce_event(fact, event, _told(app, session, fact, event, ()), sending)
    may = app.switchboard.hearers(Topic.LEVEL, Urgency.HIGH, confidential=message.confidential)
    put(app, session, fact, message, sending.goes_to(may))


def _tell_what_waited(
    app: App, session: Session, event: Event, rows: Sequence[tuple[Fact, Delivery]], too: Sequence[FactKind]
) -> bool:
    """Promises one channel one message of all that waited there, and of `too`; False when no send rule wants it."""
    first = rows[0][0]
    data = {key: value for fact, _ in rows for key, value in fact.data.items()}
    began = {key: value for fact, _ in reversed(rows) for key, value in fact.data.items() if key in ("from", "was")}
    stands = first.model_copy(update={"data": data | began | {"to": event.level.value}})
    same = began.get("from") == event.level.value
    kinds = [fact.kind for fact, _ in rows if not (same and fact.kind is FactKind.LEVEL_CHANGED)]
    cases = cases_of(kinds, stands, event, event.level, app.clock())
    sending = decide(app.send_rules, cases, app.settings.notice)
    if sending is None or not sending.goes_to([rows[0][1].channel]):
        return False
    lead, *also = dict.fromkeys([*kinds, *too])
    stands.kind = lead
    with step(app, "waarschuwing", "tell") as did:
        told, *others = facts.put_anew(session, [delivery for _, delivery in rows], at=app.clock())
        told.message = announce_event(stands, event, _told(app, session, stands, event, also), sending)
        for other in others:
            other.bundle = told.id
        _promise(app, session, told, did.trace)
        did.count({"deliveries": 1})
    _have_it_seen(app, session, event, first)
    return True


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
    if not aloud:
        return fact
    if event is not None:
        _tell_event(app, session, fact, event, also)
    elif message := _house_message(app, session, fact, advice):
        put(app, session, fact, message, app.switchboard.addressees(message))
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
