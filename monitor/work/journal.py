"""record(): a fact, its deliveries and their jobs, in the caller's transaction; audit(): what a person did."""

from collections.abc import Mapping

from sqlmodel import Session

from alerts import Message
from monitor.app import App
from monitor.domain import MACHINE, Actor, Delivery, Event, Fact, FactKind, Handling, Item
from monitor.rules.announce import Told, announce_event, announce_house
from monitor.store import facts, items, people

MANUAL = "signaal"
"""The source of what a person adds."""


def _source_names(app: App, session: Session, event: int) -> tuple[str, ...]:
    reports = reversed(items.items_of(session, event))
    names = [app.sources[i.source].name for i in reports if i.source in app.sources]
    return tuple(dict.fromkeys(names))


def _confidential(cause: Item | None) -> bool:
    return cause is not None and cause.handling is Handling.POLICE


def _message(
    app: App, session: Session, fact: Fact, *, event: Event | None, cause: Item | None, advice: str
) -> Message | None:
    told = Told(
        indicators={i.code: i for i in app.reader.indicators},
        link_base=app.settings.link_base,
        now=app.clock(),
        source_names=_source_names(app, session, event.id) if event and event.id else (),
        item_public=not _confidential(cause),
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
    cause: Item | None = None,
    advice: str = "",
    aloud: bool = True,
) -> Fact:
    """Writes a fact, and for every channel that should hear it a delivery and its job.

    `cause` is the item that brought it about: a police item makes the message confidential. `advice` is Dutch, for a
    message about the house. `aloud` False keeps it in the journal only: one act never tells one event twice.
    """
    fact = facts.add(
        session,
        Fact(
            kind=kind,
            event=event.id if event else None,
            source=source,
            at=app.clock(),
            by=by.name,
            public=(event is None or event.public) and not _confidential(cause),
            data=dict(data or {}),
        ),
    )
    message = _message(app, session, fact, event=event, cause=cause, advice=advice) if aloud else None
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
        facts.count(session, fact.at.date().replace(day=1), "alerts", 1)
    return fact


def audit(app: App, session: Session, actor: Actor, act: str, *, what: str, purpose: str) -> None:
    """Adds what a person did to the audit trail (R43, R44)."""
    role = actor.role.value if actor.role else ""
    people.add_audit(session, at=app.clock(), who=actor.name, role=role, act=act, what=what, purpose=purpose)
