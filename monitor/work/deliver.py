"""deliver(app, delivery): outbox -> channel, exactly once as near as it gets. Never sends inside a transaction."""

import asyncio
from dataclasses import dataclass, replace

from sqlmodel import Session

from alerts import Message, Refused, TryLater
from monitor.app import App
from monitor.domain import MACHINE, Delivery, Event, Fact, FactKind, in_the_open
from monitor.errors import NotFound
from monitor.log import log
from monitor.queue import Again
from monitor.rules.announce import belated
from monitor.rules.bundle import Traffic, bundle, held_until, together
from monitor.store import events, facts
from monitor.work.enclosures import enclosure_of
from monitor.work.journal import put, record
from monitor.work.steps import Step, step

_AFTER_THE_FIRST = 60.0
"""Seconds that a later message gives the first one of its event."""
_GIVEN_UP = (
    "Er zit een fout in het programma: na zes keer proberen is een bericht niet verstuurd. "
    "Kijk in het kanaal of het toch is aangekomen, en in het log wat er misging."
)


@dataclass(frozen=True, slots=True)
class _Letter:
    channel: str
    message: Message
    thread: str | None
    first: str
    """Key of the first message of the thread."""
    again: bool
    """The channel was offered it before, and may have it."""
    overtaken: bool
    """The channel took newer news of the event: the first message shows that, and this one only follows."""


async def deliver(app: App, delivery: int, *, trace: str = "", attempt: int = 1) -> None:
    """Sends one delivery; one that was sent, refused, bundled or emptied is left alone.

    `trace` is that of the step that told it. Raises Again when the channel asks for patience, or when it is to wait:
    the queue calls back. Whether the channel may have it already is known by the delivery, not by `attempt`: one that
    only waited was never offered, and one whose process died may have been, whichever job takes it up.
    """
    letter = await asyncio.to_thread(_next, app, delivery)
    if isinstance(letter, float):
        raise Again(letter)
    if letter is None:
        return
    with step(app, "waarschuwing", "deliver", after=trace) as did:
        await _send(app, delivery, letter, did, max(attempt, 2) if letter.again else 1)


async def _send(app: App, delivery: int, letter: _Letter, did: Step, attempt: int) -> None:
    try:
        await _show_present(app, letter)
        receipt = await app.switchboard.send(
            letter.channel,
            letter.message,
            attempt=attempt,
            thread=letter.thread,
            enclose=lambda message: asyncio.to_thread(enclosure_of, app, message),
        )
    except TryLater as error:
        did.failed(error)
        log.warning("channel asks for patience", delivery=delivery, channel=letter.channel, reason=error.reason)
        raise Again(error.after) from error
    except Refused as error:
        did.failed(error)
        log.error("channel refuses", delivery=delivery, channel=letter.channel, reason=error.reason)
        await asyncio.to_thread(_lose, app, delivery, str(error), error.advice)
        return
    await asyncio.to_thread(_sent, app, delivery, receipt)


async def give_up(app: App, delivery: int, *, trace: str = "", attempt: int = 1) -> None:
    """What becomes of a delivery whose job failed for good: it is refused, and who waits for it in its thread goes on.

    It may have reached the channel all the same, when the fault came after that; the advice says so.
    """
    with step(app, "waarschuwing", "give_up", after=trace):
        await asyncio.to_thread(_lose, app, delivery, "given up after faults in the program", _GIVEN_UP)


async def _show_present(app: App, letter: _Letter) -> None:
    """The first message of the thread shows how things stand now; the news itself follows in the thread."""
    if letter.thread is None or letter.overtaken:
        return
    try:
        await app.switchboard.edit(letter.channel, replace(letter.message, key=letter.first), receipt=letter.thread)
    except Refused as error:
        log.warning("first message stays as it was", channel=letter.channel, reason=error.reason)


def _next(app: App, delivery: int) -> _Letter | float | None:
    """What to send; seconds to wait; or None when there is nothing to do (any more)."""
    with app.store.begin(lane="events") as session:  # a bundle tells of other events: none goes meanwhile
        try:
            row = facts.delivery(session, delivery)
        except NotFound:
            # Its event was purged between promise and delivery: nobody needs to hear any more.
            return None
        if row.sent_at or row.refused or row.bundle or row.message is None:
            return None
        if row.event is not None and row.held and not row.offered and _is_passed(session, row, row.event):
            return None
        if row.event is not None and not row.offered:
            wait = _wait(app, session, row, _as_heard(row, events.get(session, row.event)))
            if wait is not None or row.bundle:
                return wait
        first = facts.first_told(session, row.event, row.channel, before=delivery) if row.event else None
        if first is None and row.event and facts.waits_before(session, row.event, row.channel, before=delivery):
            return _AFTER_THE_FIRST
        key = f"feit-{first.fact}" if first else row.message.key
        message = replace(row.message, follows=_title(first, row.message))
        overtaken = row.event is not None and facts.newer_told(session, row.event, row.channel, after=delivery)
        if overtaken:
            message = belated(message)
        thread = first.receipt if first else None
        letter = _Letter(row.channel, message, thread, key, again=row.offered, overtaken=overtaken)
        row.offered = True
        session.add(row)
        return letter


def _title(first: Delivery | None, message: Message) -> str:
    """Of the first message, while it is kept; never a confidential one for a message that all may read (R31)."""
    if first is None or first.message is None or (first.message.confidential and not message.confidential):
        return ""
    return first.message.title


def _is_passed(session: Session, row: Delivery, event: int) -> bool:
    """Whether a later message of its event, a C, went before a held one: then that one tells it.

    What is open tells nothing of what is confidential (R31).
    """
    later = facts.told_after(session, event, row.channel, after=row.id or 0)
    if later is None or facts.get(session, later.fact).public != facts.get(session, row.fact).public:
        return False
    row.bundle, row.sent_at = later.id, later.sent_at
    session.add(row)
    return True


def _wait(app: App, session: Session, row: Delivery, event: Event) -> float | None:
    """Seconds that it has to wait; None when it may go, alone or in the bundle that it then belongs to."""
    now, burst = app.clock(), app.send_rules.burst
    traffic = Traffic(
        facts.sent_alone(session, row.channel, now - burst.within), facts.last_bundle(session, row.channel)
    )
    until = held_until(event.level, burst, app.send_rules.quiet.get(row.channel), traffic, now)
    if until is not None:
        row.held = True
        session.add(row)
        return (until - now).total_seconds()
    _bundle(app, session, row, event)
    return None


def _as_heard(row: Delivery, event: Event) -> Event:
    """The event as those may know it who hear this message (R31)."""
    secret = row.message is None or row.message.confidential
    return event if secret else in_the_open(event) or event


def _bundle(app: App, session: Session, row: Delivery, event: Event) -> None:
    """Puts one message in the outbox for all that waits on this channel, each of it marked; or leaves it alone.

    What is confidential never shares a message with what is open: neither shows in the number of the other (R31).
    """
    waiting = [
        (other, _as_heard(other, of))
        for other, of in facts.waiting(session, row.channel)
        if row.message
        and other.message
        and other.message.confidential == row.message.confidential
        and not _is_passed(session, other, of.id or 0)
    ]
    if not together(row, event.level, len(waiting), app.send_rules.burst) or row.message is None:
        return
    data: dict[str, str | int | None] = {"channel": row.channel, "messages": len(waiting)}
    public = not row.message.confidential
    fact = facts.add(
        session,
        Fact(kind=FactKind.BUNDLED, at=app.clock(), by=MACHINE.name, public=public, data=data),
    )
    [told] = put(app, session, fact, bundle(fact, waiting, app.settings.link_base), [row.channel])
    for other, _ in waiting:
        other.bundle = told.id
        session.add(other)
    session.flush()


def empty_unsent(app: App, session: Session, event: int, *, in_open_only: bool = False) -> None:
    """Takes the text out of what was not sent yet about an event; what tells of others too is written without it."""
    bundles = facts.unsent_bundles(session, event, in_open_only=in_open_only)
    facts.empty_unsent(session, event, in_open_only=in_open_only)
    for told in bundles:
        rows = facts.bundled_in(session, told.id or 0)
        about = [(row, events.get(session, row.event)) for row in rows if row.event is not None and row.message]
        left = [(row, _as_heard(row, event)) for row, event in about]
        told.message = bundle(facts.get(session, told.fact), left, app.settings.link_base) if left else None
        session.add(told)
        for row in rows:
            if row.message is None and not told.offered:
                row.bundle = None
                session.add(row)
    session.flush()


def _sent(app: App, delivery: int, receipt: str) -> None:
    with app.store.begin() as session:
        row = facts.delivery(session, delivery)
        row.sent_at, row.receipt = app.clock(), receipt
        for told in (row, *facts.bundled_in(session, delivery)):
            told.sent_at = row.sent_at
            session.add(told)


def _lose(app: App, delivery: int, reason: str, advice: str) -> None:
    """Marks a delivery, with all that it tells, as refused; and tells the operator.

    That there was a confidential one stays in the compartment (R31): the log names the channel that failed.
    """
    with app.store.begin() as session:
        try:
            row = facts.delivery(session, delivery)
        except NotFound:
            return
        if row.sent_at or row.refused or row.bundle:
            return
        for lost in (row, *facts.bundled_in(session, delivery)):
            lost.refused = reason[:200]
            session.add(lost)
        # A refused message about a refusal would go round for ever: that one stays in the journal.
        told = facts.get(session, row.fact)
        record(
            app, session, FactKind.DELIVERY_REFUSED, data={"channel": row.channel}, advice=advice,
            aloud=told.kind is not FactKind.DELIVERY_REFUSED, confidential=not told.public,
        )  # fmt: skip
