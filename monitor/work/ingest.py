"""poll(app, source): fetch and parse; take_in(app, raws): walk A from entry to alert, the main act of the house."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from classifiers import Category
from monitor.app import App
from monitor.clock import today
from monitor.collect import parse
from monitor.domain import (
    Event,
    EventState,
    FactKind,
    Fetched,
    Item,
    Outcome,
    PlainItem,
    RawItem,
    Seen,
    Sighting,
    Source,
    SourceState,
)
from monitor.errors import Changed, CollectError, Declined, Unreachable
from monitor.log import log
from monitor.rules.classify import classify
from monitor.rules.door import refusal
from monitor.rules.fuse import Candidate, Fusion, fuse, report_of, searched_days
from monitor.rules.health import diagnose, is_silent, next_poll, report
from monitor.rules.normalise import normalise
from monitor.rules.picture import picture_of
from monitor.rules.redact import redact
from monitor.rules.retain import as_promised
from monitor.store import events, facts, items, sources
from monitor.work.journal import record
from monitor.work.reassess import reassess, show

BATCH = 50
"""Items that share one transaction: many are cheap together, and a page never waits long."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a number of entries; those known before are not in it. seen = kept + dropped."""

    kept: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    redactions: Counter[str] = field(default_factory=Counter)
    events: tuple[int, ...] = ()
    """The event of every kept item, oldest item first; 0 for an item without one."""
    newest: datetime | None = None
    """When the newest of them was published; None when there were none."""

    @property
    def seen(self) -> int:
        return self.kept + self.dropped.total()


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
        fetched = await app.fetch(origin, state)
        raws = await asyncio.to_thread(parse, fetched, origin) if fetched else []
    except CollectError as error:
        outcome = await asyncio.to_thread(_failed, app, origin, error)
        log.warning("source failing", source=source, outcome=outcome.value, reason=error.reason, attempt=attempt)
        return Polled(source, outcome, error.reason)
    if await asyncio.to_thread(_stopped, app):
        return Polled(source, None, "stopped while it was asked")
    taken = await asyncio.to_thread(take_in, app, raws)
    outcome = await asyncio.to_thread(_succeeded, app, origin, fetched=fetched, entries=len(raws), taken=taken)
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
    # A slot begins on the clock, a poll some seconds later: without this margin every second slot would be missed.
    soon = state.polled_at is not None and state.polled_at + source.every * _MARGIN > now
    early = state.not_before is not None and state.not_before > now
    return None if soon or early else state


_MARGIN = 0.9
"""Share of its period that must have passed since the last poll of a source."""

_OUTCOMES: Mapping[type[CollectError], Outcome] = {
    Unreachable: Outcome.UNREACHABLE,
    Declined: Outcome.BLOCKED,
    Changed: Outcome.BROKEN,
}


def _failed(app: App, source: Source, error: CollectError) -> Outcome:
    now, outcome = app.clock(), _OUTCOMES.get(type(error), Outcome.BROKEN)
    with app.store.begin() as session:
        # Read anew: someone may have paused the source while it was being asked.
        state = sources.state_of(session, source.id) or SourceState(source=source.id)
        kind = report(state, outcome)
        wait = getattr(error, "retry_after", None)
        state.not_before = next_poll(source, state.failures, wait, now)
        state.outcome, state.reason, state.advice = outcome, error.reason, error.advice
        state.polled_at, state.failures = now, state.failures + 1
        if kind:
            record(app, session, kind, source=source.id, advice=error.advice)
            state.reported = kind.value
        sources.save(session, state)
    return outcome


def _succeeded(app: App, source: Source, *, fetched: Fetched | None, entries: int, taken: TakenIn) -> Outcome:
    """The validators are saved last: a crash before this costs a repeat, which `unseen` drops."""
    now = app.clock()
    outcome = Outcome.NOT_MODIFIED if fetched is None else Outcome.OK if entries else Outcome.EMPTY
    with app.store.begin() as session:
        state = sources.state_of(session, source.id) or SourceState(source=source.id)
        if fetched is not None and entries:
            # Not of an empty answer: a 304 on that would make it look well.
            state.etag, state.last_modified = fetched.etag, fetched.last_modified
            state.body_hash = fetched.body_hash
        if taken.newest is not None:
            # Its own date, not ours: a feed whose newest entry is half a year old is silent, however new it is to us.
            state.news_at = max(taken.newest, state.news_at or taken.newest)
        state.outcome, state.reason, state.advice = outcome, "", ""
        state.polled_at = now
        state.failures, state.not_before = 0, None
        kind = report(state, outcome, silent=is_silent(state, now))
        if kind:
            record(app, session, kind, source=source.id, advice=diagnose(source, state, now).advice)
            state.reported = kind.value if kind is FactKind.SOURCE_SILENT else ""
        sources.save(session, state)
    return outcome


@dataclass(frozen=True, slots=True)
class _Read:
    """One entry after reading, before it is kept."""

    item: Item
    refused: str | None
    redactions: Mapping[str, int]


@contextmanager
def _spared(source: str) -> Iterator[None]:
    """One odd entry must not lose the rest of its source: it is left out, and the log says where it broke."""
    try:
        yield
    except Exception:  # noqa: BLE001  # entries are written by strangers: whatever breaks on one stays with that one
        log.error("entry unreadable", source=source, exc_info=True)


def take_in(app: App, raws: Sequence[RawItem]) -> TakenIn:
    """Entries -> items, events, facts and deliveries. Personal data ends here: only redacted items are kept."""
    now = app.clock()
    plain: dict[str, PlainItem] = {}
    for raw in raws:
        with _spared(raw.source):
            item = normalise(raw, now=now)
            plain[item.fingerprint] = item
    with app.store.read() as session:
        new = items.unseen(session, plain.keys())
    read: list[_Read] = []
    for item in (plain[fingerprint] for fingerprint in plain if fingerprint in new):
        with _spared(item.source):
            read.append(_read(app, item, now))
    # Oldest first: fuse() joins later reports to the event that the first one opened.
    read.sort(key=lambda r: (r.item.published, r.item.fingerprint))
    parts = [_keep(app, read[n : n + BATCH], now) for n in range(0, len(read), BATCH)]
    return TakenIn(
        kept=sum(part.kept for part in parts),
        dropped=sum((part.dropped for part in parts), Counter()),
        redactions=sum((part.redactions for part in parts), Counter()),
        events=tuple(event for part in parts for event in part.events),
        newest=max((part.newest for part in parts if part.newest), default=None),
    )


def _read(app: App, item: PlainItem, now: datetime) -> _Read:
    clean = redact(item, app.reader)
    retention = as_promised(app.settings.retention, app.sources.get(clean.source))
    kept = classify(clean, app.reader, now=now, retention=retention)
    return _Read(kept, refusal(kept, now=now), {kind.value: count for kind, count in clean.redactions})


def _keep(app: App, batch: Sequence[_Read], now: datetime) -> TakenIn:
    """One transaction: what was seen, what is kept, all that follows from it, and the counts of it."""
    until = now + timedelta(days=app.settings.retention.seen_days)
    with app.store.begin(lane="events") as session:
        # Asked again: another process may have taken the same entries in since.
        new = items.unseen(session, [read.item.fingerprint for read in batch])
        fresh = [read for read in batch if read.item.fingerprint in new]
        rows = [
            Seen(
                fingerprint=r.item.fingerprint,
                source=r.item.source,
                at=now,
                dropped=r.refused or "",
                delete_after=until,
            )
            for r in fresh
        ]
        items.remember(session, rows)
        added = [items.add(session, read.item) for read in fresh if read.refused is None]
        kept = [item for item in added if item is not None]
        taken = TakenIn(
            kept=len(kept),
            dropped=Counter(read.refused for read in fresh if read.refused),
            redactions=sum((Counter(read.redactions) for read in fresh), Counter()),
            events=tuple(_place(app, session, item) for item in kept),
            newest=max((read.item.published for read in fresh), default=None),
        )
        _account(session, taken, now)
    return taken


def _place(app: App, session: Session, item: Item) -> int:
    """Joins the item to the event it reports, or opens one; its id, or 0 when it reports none."""
    fusion = fuse(item, _candidates(app, session, item))
    if fusion is None:
        return 0
    event = fusion.event or open_event(app, session, item)
    join(app, session, item, event, fusion)
    reassess(app, session, event, cause=item, opened=fusion.opened)
    return event.id or 0


def _candidates(app: App, session: Session, item: Item) -> list[Candidate]:
    """The events that the item may report: of its kind and near in time, and the one its earlier version reported."""
    category = item.reading.category
    kinds = tuple(Category) if category is Category.UNREST else (category, Category.UNREST)
    moment, days = searched_days(item)
    near = events.events_near(session, categories=kinds, starts=moment, now=app.clock(), days=days)
    earlier = events.event_of_entry(session, item.entry)
    if earlier is not None and earlier.id not in {e.id for e in near}:
        near.append(earlier)
    return [Candidate(e, tuple(report_of(i) for i in items.items_of(session, e.id or 0))) for e in near]


def open_event(app: App, session: Session, item: Item) -> Event:
    """A new event, with what its first report tells."""
    now = app.clock()
    level = item.reading.level or app.reader.level_of(item.reading.evidence)
    event = Event(
        category=item.reading.category,
        title="",
        scope=item.reading.scope,
        phase=item.reading.phase,
        level=level,
        machine_level=level,
        sees=level,
        state=EventState.OPEN,
        opened_at=now,
        changed_at=now,
        delete_after=now + timedelta(days=app.settings.retention.event_days),
    )
    show(event, picture_of([item]))
    session.add(event)
    session.flush()
    return event


def join(app: App, session: Session, item: Item, event: Event, fusion: Fusion) -> None:
    """Writes down that the item reports the event, and why."""
    if item.id is None or event.id is None:
        raise ValueError("an item and its event are kept before they are joined")
    events.add_sighting(session, Sighting(event=event.id, item=item.id, why=" ".join(fusion.why), at=app.clock()))


def _account(session: Session, taken: TakenIn, now: datetime) -> None:
    """The counters of transparency: seen = kept + dropped, per month (R46)."""
    if not taken.seen:
        return
    month = today(now)
    facts.count(session, month, "items_seen", taken.seen)
    facts.count(session, month, "items_kept", taken.kept)
    for reason, number in taken.dropped.items():
        facts.count(session, month, f"items_dropped:{reason}", number)
    for kind, number in taken.redactions.items():
        facts.count(session, month, f"redactions:{kind}", number)
