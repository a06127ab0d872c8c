"""deliver(app, delivery): outbox -> channel, exactly once as near as it gets. Never inside a transaction."""

import asyncio
from dataclasses import dataclass

from alerts import AlertError, Message, Refused, TryLater
from monitor.app import App
from monitor.domain import FactKind
from monitor.errors import NotFound
from monitor.log import log
from monitor.queue import Again
from monitor.store import facts
from monitor.work.journal import record

_AFTER_THE_FIRST = 60.0
"""Seconds that a later message gives the first one of its event."""


@dataclass(frozen=True, slots=True)
class _Letter:
    channel: str
    message: Message
    thread: str | None
    too_early: bool
    """An earlier message about the same event is still on its way: this one belongs in its thread."""


async def deliver(app: App, delivery: int, *, attempt: int = 1) -> None:
    """Sends one delivery; one that was sent, refused or emptied is left alone.

    Raises Again when the channel asks for patience: the queue calls back.
    """
    letter = await asyncio.to_thread(_letter, app, delivery)
    if letter is None:
        return
    if letter.too_early:
        raise Again(_AFTER_THE_FIRST)
    try:
        receipt = await app.switchboard.send(letter.channel, letter.message, attempt=attempt, thread=letter.thread)
    except TryLater as error:
        log.warning("channel asks for patience", delivery=delivery, channel=letter.channel, reason=error.reason)
        raise Again(error.after) from error
    except Refused as error:
        log.error("channel refuses", delivery=delivery, channel=letter.channel, reason=error.reason)
        await asyncio.to_thread(_refused, app, delivery, error)
        return
    await asyncio.to_thread(_sent, app, delivery, receipt)


def _letter(app: App, delivery: int) -> _Letter | None:
    with app.store.read() as session:
        try:
            row = facts.delivery(session, delivery)
        except NotFound:
            # Its event was purged between promise and delivery: nobody needs to hear any more.
            return None
        if row.sent_at or row.refused or row.message is None:
            return None
        thread = facts.thread_of(session, row.event, row.channel, before=delivery) if row.event else None
        early = row.event is not None and facts.waits_before(session, row.event, row.channel, before=delivery)
        return _Letter(row.channel, row.message, thread, too_early=early and thread is None)


def _sent(app: App, delivery: int, receipt: str) -> None:
    with app.store.begin() as session:
        row = facts.delivery(session, delivery)
        row.sent_at, row.receipt = app.clock(), receipt
        session.add(row)


def _refused(app: App, delivery: int, error: AlertError) -> None:
    with app.store.begin() as session:
        row = facts.delivery(session, delivery)
        row.refused = str(error)[:200]
        session.add(row)
        # A refused message about a refusal would go round for ever: that one stays in the journal.
        aloud = facts.get(session, row.fact).kind is not FactKind.DELIVERY_REFUSED
        record(app, session, FactKind.DELIVERY_REFUSED, data={"channel": row.channel}, advice=error.advice, aloud=aloud)
