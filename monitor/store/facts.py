"""Questions about the journal (Fact), the outbox (Delivery) and the figures per month (Kpi)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from classifiers import Level
from monitor.domain import Delivery, Event, Fact, FactKind, Kpi
from monitor.errors import NotFound
from monitor.store.engine import add_up, changed, insert_new
from monitor.store.purge import Kept


def add(session: Session, fact: Fact) -> Fact:
    """The same fact, with its id."""
    session.add(fact)
    session.flush()
    return fact


def get(session: Session, id: int) -> Fact:
    """Raises NotFound."""
    fact = session.get(Fact, id)
    if fact is None:
        raise NotFound("feit", id)
    return fact


def facts_of(session: Session, event: int) -> list[Fact]:
    """The life of one event, oldest first."""
    return list(session.exec(select(Fact).where(Fact.event == event).order_by(col(Fact.id))))


def facts_between(
    session: Session, start: datetime, end: datetime, kinds: Collection[FactKind] | None = None
) -> list[Fact]:
    """What was decided in `[start, end)`, oldest first; of every kind when `kinds` is None."""
    asked = select(Fact).where(Fact.at >= start, Fact.at < end).order_by(col(Fact.at), col(Fact.id))
    if kinds is not None:
        asked = asked.where(col(Fact.kind).in_(kinds))
    return list(session.exec(asked))


def add_deliveries(session: Session, rows: Sequence[Delivery]) -> list[Delivery]:
    """Those that were new, with their ids; a fact is told to a channel once."""
    return sorted(insert_new(session, rows), key=lambda delivery: delivery.id or 0)


def delivery(session: Session, id: int) -> Delivery:
    """Raises NotFound."""
    found = session.get(Delivery, id)
    if found is None:
        raise NotFound("melding", id)
    return found


def first_told(session: Session, event: int, channel: str, before: int) -> Delivery | None:
    """The first message about this event on this channel, sent before delivery `before` was made: that of its thread.

    None when there is none, or when the channel gave no receipt.
    """
    return session.exec(
        select(Delivery)
        .where(
            Delivery.event == event,
            Delivery.channel == channel,
            col(Delivery.id) < before,
            col(Delivery.sent_at).is_not(None),
            Delivery.receipt != "",
        )
        .order_by(col(Delivery.id))
        .limit(1)
    ).first()


def waits_before(session: Session, event: int, channel: str, before: int) -> bool:
    """Whether an earlier message about this event is still on its way to this channel.

    One that is held until the quiet hours are over is not: a C may pass it.
    """
    asked = select(Delivery.id).where(
        Delivery.event == event,
        Delivery.channel == channel,
        col(Delivery.id) < before,
        col(Delivery.sent_at).is_(None),
        Delivery.refused == "",
        col(Delivery.message).is_not(None),
        or_(col(Delivery.held).is_(False), col(Delivery.offered).is_(True)),
    )
    return session.exec(asked.limit(1)).first() is not None


def told_after(session: Session, event: int, channel: str, after: int) -> Delivery | None:
    """The newest message about this event alone that this channel took, of those that came after delivery `after`.

    Only a C passes what is held; such a message shows all that the held one would have told.
    """
    return session.exec(
        select(Delivery)
        .where(
            Delivery.event == event,
            Delivery.channel == channel,
            col(Delivery.id) > after,
            col(Delivery.sent_at).is_not(None),
            col(Delivery.bundle).is_(None),
        )
        .order_by(col(Delivery.id).desc())
        .limit(1)
    ).first()


def newer_told(session: Session, event: int, channel: str, after: int) -> bool:
    """Whether this channel took news of this event that came after delivery `after`, alone or with other events."""
    asked = select(Delivery.id).where(
        Delivery.event == event,
        Delivery.channel == channel,
        col(Delivery.id) > after,
        col(Delivery.sent_at).is_not(None),
    )
    return session.exec(asked.limit(1)).first() is not None


def sent_alone(session: Session, channel: str, since: datetime) -> list[tuple[datetime, Level]]:
    """Messages about one event that this channel took after `since`, newest first: when, and the level of now."""
    asked = (
        select(Delivery.sent_at, Event.level)
        .join(Event, col(Event.id) == Delivery.event)
        .where(Delivery.channel == channel, col(Delivery.sent_at) > since, col(Delivery.bundle).is_(None))
        .order_by(col(Delivery.sent_at).desc())
    )
    return [(sent, Level(level)) for sent, level in session.exec(asked) if sent is not None]


def last_bundle(session: Session, channel: str) -> datetime | None:
    """When this channel took a message that tells of several events."""
    asked = (
        select(func.max(Delivery.sent_at))
        .join(Fact, col(Fact.id) == Delivery.fact)
        .where(Delivery.channel == channel, Fact.kind == FactKind.BUNDLED)
    )
    return session.exec(asked).one()


def waiting(session: Session, channel: str) -> list[tuple[Delivery, Event]]:
    """Messages about one event that this channel was not asked to take so far, oldest first."""
    asked = (
        select(Delivery, Event)
        .join(Event, col(Event.id) == Delivery.event)
        .where(
            Delivery.channel == channel,
            col(Delivery.sent_at).is_(None),
            Delivery.refused == "",
            col(Delivery.offered).is_(False),
            col(Delivery.bundle).is_(None),
            col(Delivery.message).is_not(None),
        )
        .order_by(col(Delivery.id))
    )
    return list(session.exec(asked))


def promised(session: Session, event: int, *, after: int, public: bool) -> list[Delivery]:
    """Messages about this event of later facts, open or secret, that no channel was asked to take so far."""
    asked = (
        select(Delivery)
        .join(Fact, col(Fact.id) == Delivery.fact)
        .where(
            Delivery.event == event,
            col(Fact.id) > after,
            col(Fact.public).is_(public),
            col(Delivery.sent_at).is_(None),
            col(Delivery.offered).is_(False),
            col(Delivery.message).is_not(None),
        )
        .order_by(col(Delivery.id))
    )
    return list(session.exec(asked))


def bundled_in(session: Session, bundle: int) -> list[Delivery]:
    """The deliveries that this one tells together."""
    return list(session.exec(select(Delivery).where(Delivery.bundle == bundle).order_by(col(Delivery.id))))


def _told_in_open(only: bool) -> list[ColumnElement[bool]]:
    """Of a delivery: `only` where all may read it."""
    return [col(Delivery.fact).in_(select(Fact.id).where(col(Fact.public).is_(True)))] if only else []


def unsent_bundles(session: Session, event: int, *, in_open_only: bool = False) -> list[Delivery]:
    """The deliveries that tell of this event together with others, and that no channel took so far."""
    telling = select(Delivery.bundle).where(Delivery.event == event, col(Delivery.bundle).is_not(None))
    asked = select(Delivery).where(col(Delivery.id).in_(telling), col(Delivery.sent_at).is_(None))
    asked = asked.where(*_told_in_open(in_open_only))
    return list(session.exec(asked.where(col(Delivery.message).is_not(None)).order_by(col(Delivery.id))))


def _heard() -> ColumnElement[bool]:
    """Of a delivery: its channel took it or may have it, alone or in a bundle."""
    offered = select(Delivery.id).where(col(Delivery.offered).is_(True))
    return or_(col(Delivery.sent_at).is_not(None), col(Delivery.offered).is_(True), col(Delivery.bundle).in_(offered))


def heard(session: Session, event: int) -> list[Delivery]:
    """The messages about this event that a channel took or may have, oldest first."""
    return list(session.exec(select(Delivery).where(Delivery.event == event, _heard()).order_by(col(Delivery.id))))


def was_told(session: Session, event: int) -> bool:
    """Whether any channel took or may have a message about this event."""
    return session.exec(select(Delivery.id).where(Delivery.event == event, _heard()).limit(1)).first() is not None


def taken_back(session: Session, event: int) -> list[tuple[Fact, Delivery]]:
    """What was to be told about this event and was emptied before any channel took it, oldest first.

    Not what came before a person restored it, or before it was opened anew in the open: that was told again then.
    """
    anew = aliased(Fact)
    opened = and_(col(anew.kind) == FactKind.EVENT_OPENED, col(anew.public) == col(Fact.public))
    back = select(func.max(anew.id)).where(anew.event == event, or_(col(anew.kind) == FactKind.RESTORED, opened))
    asked = (
        select(Fact, Delivery)
        .join(Delivery, col(Delivery.fact) == Fact.id)
        .where(
            Fact.event == event,
            Fact.kind != FactKind.EVENTS_PARTED,
            col(Fact.id) >= func.coalesce(back.correlate(Fact).scalar_subquery(), 0),
            col(Delivery.message).is_(None),
            Delivery.refused == "",
            col(Delivery.id).not_in(select(Delivery.id).where(_heard())),
        )
        .order_by(col(Delivery.id))
    )
    return [(fact, delivery) for fact, delivery in session.exec(asked)]


def put_anew(session: Session, rows: Sequence[Delivery], *, at: datetime) -> list[Delivery]:
    """In the place of these deliveries new ones, which come after all that was told since; their promises are void."""
    new = [Delivery(fact=row.fact, event=row.event, channel=row.channel, created_at=at) for row in rows]
    for row in rows:
        session.delete(row)
    session.flush()
    for row in new:
        session.add(row)
        session.flush()
    return new


def told_among(session: Session, ids: Collection[int], *, public_only: bool) -> set[int]:
    """Those of these events that any channel took or may have a message about; `public_only`: one that all may read."""
    heard = select(Delivery.event).where(col(Delivery.event).in_(ids), _heard(), *_told_in_open(public_only))
    told = session.exec(heard)
    return {event for event in told if event is not None}


def told_since(session: Session, event: int, kind: FactKind, since: datetime, *, public: bool) -> bool:
    """Whether an earlier fact of this kind about the event went to any channel after `since`, as open or as secret."""
    asked = (
        select(Delivery.id)
        .join(Fact, col(Fact.id) == Delivery.fact)
        .where(Fact.event == event, Fact.kind == kind, col(Fact.public).is_(public), Delivery.created_at > since)
    )
    return session.exec(asked.limit(1)).first() is not None


def empty_messages(session: Session, before: datetime, kept: Kept | None = None) -> int:
    """Takes the text out of messages made before a moment, but for those that are `kept`; returns how many had one."""
    stays = (kept or {}).get("delivery", false())
    old = and_(col(Delivery.created_at) < before, col(Delivery.message).is_not(None), ~stays)
    # No object of the session is brought up to date: the condition is more than Python could ask of one.
    emptied = update(Delivery).where(old).values(message=None)
    return changed(session, emptied.execution_options(synchronize_session=False))


def newest(session: Session, kind: FactKind) -> Fact | None:
    """The last fact of this kind; None when there never was one."""
    return session.exec(select(Fact).where(Fact.kind == kind).order_by(col(Fact.at).desc()).limit(1)).first()


def empty_unsent(session: Session, event: int, *, in_open_only: bool = False) -> int:
    """Takes the text out of messages about this event that were not sent yet; returns how many there were."""
    about = update(Delivery).where(col(Delivery.event) == event, *_told_in_open(in_open_only))
    waiting = about.where(col(Delivery.sent_at).is_(None), col(Delivery.message).is_not(None))
    return changed(session, waiting.values(message=None))


def count(session: Session, month: date, name: str, by: int) -> None:
    """Adds `by` to the figure `name` of the month that holds the day `month`."""
    add_up(session, Kpi(month=month.replace(day=1), name=name, value=by), "value")


def counts(session: Session, month: date) -> dict[str, int]:
    """Every figure of the month that holds the day `month`, by name."""
    return {
        kpi.name: kpi.value
        for kpi in session.exec(select(Kpi).where(Kpi.month == month.replace(day=1)).order_by(col(Kpi.name)))
    }


def deliveries(session: Session) -> list[Delivery]:
    """Everything in the outbox, oldest first."""
    return list(session.exec(select(Delivery).order_by(col(Delivery.id))))


def count_sent(session: Session) -> int:
    """How many messages a channel has taken."""
    return session.exec(select(func.count()).select_from(Delivery).where(col(Delivery.sent_at).is_not(None))).one()
