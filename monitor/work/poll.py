"""poll(app, source): asks one source for news, reads what it points at, and takes in what is new."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urldefrag

from sqlmodel import Session

from classifiers import Voice
from monitor.app import App
from monitor.clock import today
from monitor.collect import Gathered, article, gather
from monitor.config import FINGERPRINT_KEY
from monitor.domain import Outcome, RawItem, Source, SourceState
from monitor.errors import CollectError, Declined, Gone, Halted, Unreachable
from monitor.log import log
from monitor.rules.normalise import entry_of, page_of
from monitor.rules.pace import due_of
from monitor.rules.veil import veiled
from monitor.store import items, sources
from monitor.work.heard import Heard, failed, succeeded
from monitor.work.ingest import TakenIn, new_of, settle, take_in
from monitor.work.removal import follow_removal, page_gone, source_gone, welcome_back
from monitor.work.steps import Step, step

ARTICLES_AT_MOST = 10
"""Pages of entries that one poll reads, with a pause before each; the rest comes with the next."""


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
    if origin is None:
        return Polled(source, None, "not in the table")
    state = await asyncio.to_thread(_state_for, app, origin)
    if isinstance(state, str):
        return Polled(source, None, state)
    with step(app, "openbare-orde", "collect") as did:
        return await _ask(app, origin, state, did, attempt)


async def _ask(app: App, origin: Source, state: SourceState, did: Step, attempt: int) -> Polled:
    source = origin.id
    try:
        gathered = _veiled(app, origin, await gather(app.fetch, app.cell, origin, state))
    except Halted as error:
        did.failed(error)
        return Polled(source, None, "stopped while it was asked")
    except CollectError as error:
        did.failed(error)
        outcome = await asyncio.to_thread(failed, app, origin, error)
        if isinstance(error, Gone) and error.for_good:
            await asyncio.to_thread(source_gone, app, origin)
        log.warning("source failing", source=source, outcome=outcome.value, reason=error.reason, attempt=attempt)
        return Polled(source, outcome, error.reason)
    if gathered is None:
        outcome = await asyncio.to_thread(succeeded, app, origin, Heard(None, [], TakenIn()))
        return Polled(source, outcome)
    did.count({"items.listed": len(gathered.raws)})
    await asyncio.to_thread(welcome_back, app, origin, gathered.raws)
    chosen = await _chosen(app, origin, gathered)
    if await asyncio.to_thread(_called_off, app, origin):
        return Polled(source, None, "stopped while it was asked")
    taken = await asyncio.to_thread(_take_in, app, origin, gathered, chosen)
    alone = max(gathered.fresh_for or timedelta(0), chosen.wait)
    heard = Heard(gathered.first, gathered.raws, taken, settled=chosen.all, fresh_for=alone)
    outcome = await asyncio.to_thread(succeeded, app, origin, heard)
    log.info("source polled", source=source, outcome=outcome.value, kept=taken.kept, dropped=taken.dropped.total())
    return Polled(source, outcome, "", taken)


def _veiled(app: App, source: Source, gathered: Gathered | None) -> Gathered | None:
    """Posts of people without what leads to them; raises Declined while the key for that is missing."""
    if gathered is None or source.voice is not Voice.SOCIAL:
        return gathered
    key = app.settings.fingerprint_key
    if not key:
        advice = f"Bron '{source.id}' geeft berichten van mensen. Zet eerst {FINGERPRINT_KEY} in de omgeving (R12)."
        raise Declined(source.id, f"{FINGERPRINT_KEY} is not set", advice=advice)
    return replace(gathered, raws=[veiled(raw, key) for raw in gathered.raws])


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What of a list is taken in now."""

    raws: list[RawItem]
    """With the text of their own pages, where the source has `detail`."""
    gone: list[RawItem] = field(default_factory=list)
    """Their own page says that they are no more."""
    all: bool = True
    """Nothing that is new was left for the next poll."""
    wait: timedelta = timedelta(0)
    """So long a host wants to be left alone."""


async def _chosen(app: App, source: Source, gathered: Gathered) -> _Chosen:
    if not source.detail:
        return _Chosen(gathered.raws)
    fixed = str(source.options.get("fixed_link", ""))
    lists = {page_of(address) for address in (source.url, fixed, *gathered.pages)}
    new = await asyncio.to_thread(new_of, app, gathered.raws)
    taken, missing, refused = list[RawItem](), list[RawItem](), None
    for raw in new[:ARTICLES_AT_MOST]:
        # Of an entry without a page of its own the address is that of the list, with all the others on it.
        if refused is not None or page_of(urldefrag(raw.url).url) in lists:
            taken.append(raw)
            continue
        try:
            taken.append(replace(raw, article=await article(app.fetch, app.cell, source, raw)))
        except Gone:
            missing.append(raw)
        except Halted:
            break
        except CollectError as error:
            log.info("article not read", source=source.id, reason=error.reason)
            taken.append(raw)
            if error.retry_after is not None or isinstance(error, Unreachable | Declined):
                refused = error  # a host that is in trouble, or wants rest, is not asked for the next one
    wait = refused.retry_after if refused else None
    gone = await asyncio.to_thread(_held, app, source, missing)
    # A page that is not there yet, of an entry that is new to us, is no reason to do without the entry.
    taken += [raw for raw in missing if raw not in gone]
    return _Chosen(taken, gone, all=len(taken) + len(gone) == len(new), wait=timedelta(seconds=wait or 0))


def _held(app: App, source: Source, raws: list[RawItem]) -> list[RawItem]:
    """Those of which we keep an earlier version, in a source whose removals we follow."""
    if not raws or not source.follows_removal:
        return []
    with app.store.read() as session:
        kept = items.kept_entries(session, {entry_of(raw) for raw in raws})
    return [raw for raw in raws if entry_of(raw) in kept]


def _take_in(app: App, source: Source, gathered: Gathered, chosen: _Chosen) -> TakenIn:
    """Takes in what is new, and takes away what the source took away."""
    taken = take_in(app, chosen.raws, listed=gathered.raws)
    if chosen.gone:
        settle(app, chosen.gone)
        page_gone(app, source, chosen.gone)
    follow_removal(app, source, gathered.raws, whole=gathered.whole)
    return taken


def put_poll(app: App, session: Session, source: str, *, due: datetime | None = None) -> None:
    """The job that polls `source`, at `due` or at once. Of the sources of one host one is polled at a time."""
    lock = f"host:{app.sources[source].host}"
    app.queue.put(session, "poll", {"source": source}, lock=lock, key=f"poll:{source}", due=due)


def _forbidden(app: App, session: Session, source: Source) -> str:
    """Why people do not let it be read now, in English; empty when they do."""
    if source.hindrance(today(app.clock()), sources.approvals_of(session, source.id)):
        return "not approved"
    state = sources.state_of(session, source.id)
    if state is not None and state.paused:
        return "paused"
    return "all is stopped" if sources.is_stopped(session) else ""


def _called_off(app: App, source: Source) -> bool:
    """Whether people stopped it, or everything, since it was asked."""
    with app.store.read() as session:
        return bool(_forbidden(app, session, source))


def _state_for(app: App, source: Source) -> SourceState | str:
    """What is remembered of the source; why not, in English, when it may not be asked now."""
    now = app.clock()
    with app.store.read() as session:
        if why := _forbidden(app, session, source):
            return why
        state = sources.state_of(session, source.id) or SourceState(source=source.id)
    due = due_of(source, state.due_at, state.polled_at, now)
    return "too early" if due is not None and due > now else state
