"""poll(app, source): asks one source for news, reads what it points at, and takes in what is new."""

import asyncio
from dataclasses import dataclass, field

from monitor.app import App
from monitor.clock import today
from monitor.collect import gather
from monitor.domain import Outcome, Source, SourceState
from monitor.errors import CollectError
from monitor.log import log
from monitor.rules.pace import due_of
from monitor.store import sources
from monitor.work.heard import Heard, failed, succeeded
from monitor.work.ingest import TakenIn, take_in


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll gave."""

    source: str
    outcome: Outcome | None
    """None when it was not polled: not approved, paused, too early, or everything is stopped."""
    reason: str = ""
    taken: TakenIn = field(default_factory=TakenIn)


async def poll(app: App, source: str, *, attempt: int = 1) -> Polled:
    """Asks one source for news and takes it in. What a source does wrong is remembered, never raised."""
    origin = app.sources.get(source)
    if origin is None or origin.hindrance(today(app.clock())):
        return Polled(source, None, "not approved")
    state = await asyncio.to_thread(_state_for, app, origin)
    if state is None:
        return Polled(source, None, "stopped, paused or too early")
    try:
        gathered = await gather(app.fetch, app.cell, origin, state)
    except CollectError as error:
        outcome = await asyncio.to_thread(failed, app, origin, error)
        log.warning("source failing", source=source, outcome=outcome.value, reason=error.reason, attempt=attempt)
        return Polled(source, outcome, error.reason)
    if await asyncio.to_thread(_stopped, app):
        return Polled(source, None, "stopped while it was asked")
    taken = await asyncio.to_thread(take_in, app, gathered.raws if gathered else [])
    heard = Heard(gathered.first if gathered else None, gathered.raws if gathered else [], taken)
    outcome = await asyncio.to_thread(succeeded, app, origin, heard)
    log.info("source polled", source=source, outcome=outcome.value, kept=taken.kept, dropped=taken.dropped.total())
    return Polled(source, outcome, "", taken)


def _stopped(app: App) -> bool:
    with app.store.read() as session:
        switch = sources.switch(session)
    return switch is not None and switch.on


def _state_for(app: App, source: Source) -> SourceState | None:
    """What is remembered of the source; None when it may not be asked now."""
    now = app.clock()
    with app.store.read() as session:
        state = sources.state_of(session, source.id) or SourceState(source=source.id)
    if state.paused or _stopped(app):
        return None
    due = due_of(source, state.due_at, state.polled_at)
    return None if due is not None and due > now else state
