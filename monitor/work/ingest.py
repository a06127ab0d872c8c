"""poll(app, source): fetch and parse; take_in(app, raws): walk A from entry to alert, the main act of the house."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from classifiers import Category
from monitor.app import App
from monitor.collect import parse
from monitor.domain import (
    Event,
    EventState,
    Fetched,
    Item,
    Outcome,
    RawItem,
    Seen,
    Sighting,
    Source,
    SourceState,
)
from monitor.errors import Changed, CollectError, Declined, Unreachable
from monitor.log import log
from monitor.rules.classify import CANCELLED, classify
from monitor.rules.door import refusal
from monitor.rules.fuse import MOVED_REACH, Candidate, Fusion, fuse, report_of
from monitor.rules.health import diagnose, is_silent, next_poll, report
from monitor.rules.normalise import normalise
from monitor.rules.picture import picture_of
from monitor.rules.redact import redact
from monitor.rules.retain import as_promised
from monitor.store import events, facts, items, sources
from monitor.work.journal import record
from monitor.work.reassess import reassess, show

NEARBY_DAYS = 8
"""How far from its own day a report is compared: a week, for reports that tell a weekend or a week."""

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
    if origin is None or origin.hindrance(app.clock().date()):
        return Polled(source, None, "not approved")
    state = await asyncio.to_thread(_state_for, app, origin)
    if state is None:
        return Polled(source, None, "stopped, paused or too early")
    try:
        fetched = await app.fetch(origin, state)
        raws = await asyncio.to_thread(parse, fetched, origin) if fetched else []
    except CollectError as error:
        outcome = await asyncio.to_thread(_failed, app, origin, state, error)
        log.warning("source failing", source=source, outcome=outcome.value, reason=error.reason, attempt=attempt)
        return Polled(source, outcome, error.reason)
    taken = await asyncio.to_thread(take_in, app, raws)
    outcome = Outcome.NOT_MODIFIED if fetched is None else Outcome.OK if raws else Outcome.EMPTY
    await asyncio.to_thread(_succeeded, app, origin, state, outcome=outcome, fetched=fetched, taken=taken)
    log.info("source polled", source=source, outcome=outcome.value, kept=taken.kept, dropped=taken.dropped.total())
    return Polled(source, outcome, "", taken)


def _state_for(app: App, source: Source) -> SourceState | None:
    """What is remembered of the source; None when it may not be asked now."""
    with app.store.read() as session:
        switch = sources.switch(session)
        state = sources.state_of(session, source.id) or SourceState(source=source.id)
    if (switch and switch.on) or state.paused:
        return None
    return None if state.not_before and state.not_before > app.clock() else state


_OUTCOMES: Mapping[type[CollectError], Outcome] = {
    Unreachable: Outcome.UNREACHABLE,
    Declined: Outcome.BLOCKED,
    Changed: Outcome.BROKEN,
}


def _failed(app: App, source: Source, state: SourceState, error: CollectError) -> Outcome:
    now, outcome = app.clock(), _OUTCOMES.get(type(error), Outcome.BROKEN)
    kind = report(state, outcome)
    with app.store.begin() as session:
        wait = getattr(error, "retry_after", None)
        state.not_before = next_poll(source, state.failures, wait, now)
        state.outcome, state.reason, state.advice = outcome, error.reason, error.advice
        state.polled_at, state.failures = now, state.failures + 1
        if kind:
            record(app, session, kind, source=source.id, advice=error.advice)
            state.reported = True
        sources.save(session, state)
    return outcome


def _succeeded(
    app: App, source: Source, state: SourceState, *, outcome: Outcome, fetched: Fetched | None, taken: TakenIn
) -> None:
    """The validators are saved last: a crash before this costs a repeat, which `unseen` drops."""
    now = app.clock()
    if taken.newest is not None:
        # Its own date, not ours: a feed whose newest entry is half a year old is silent, however new it is to us.
        state.news_at = max(taken.newest, state.news_at or taken.newest)
    silent = is_silent(state, now)
    kind = report(state, outcome, silent=silent)
    with app.store.begin() as session:
        if fetched is not None:
            state.etag, state.last_modified = fetched.etag, fetched.last_modified
            state.body_hash = fetched.body_hash
        state.outcome, state.reason, state.advice = outcome, "", ""
        state.polled_at = state.ok_at = now
        state.failures, state.not_before, state.reported = 0, None, silent
        if kind:
            advice = diagnose(source, state, now).advice
            record(app, session, kind, source=source.id, advice=advice)
        sources.save(session, state)


def take_in(app: App, raws: Sequence[RawItem]) -> TakenIn:
    """Entries -> items, events, facts and deliveries. Personal data ends here: only redacted items are kept."""
    now = app.clock()
    plain = {item.fingerprint: item for item in (normalise(raw, now=now) for raw in raws)}
    with app.store.read() as session:
        new = items.unseen(session, plain.keys())
    read: list[tuple[Item, str | None]] = []
    redactions: Counter[str] = Counter()
    for item in (plain[fingerprint] for fingerprint in plain if fingerprint in new):
        clean = redact(item, app.reader)
        redactions.update({kind.value: count for kind, count in clean.redactions})
        retention = as_promised(app.settings.retention, app.sources.get(clean.source))
        kept = classify(clean, app.reader, now=now, retention=retention)
        read.append((kept, refusal(kept, now=now)))
    # Oldest first: fuse() joins later reports to the event that the first one opened.
    read.sort(key=lambda pair: (pair[0].published, pair[0].fingerprint))
    joined: list[int] = []
    for n in range(0, len(read), BATCH):
        joined += _keep(app, read[n : n + BATCH], now)
    dropped = Counter(why for _, why in read if why)
    newest = max((item.published for item, _ in read), default=None)
    taken = TakenIn(len(read) - dropped.total(), dropped, redactions, tuple(joined), newest)
    if taken.seen:
        _account(app, taken, now)
    return taken


def _keep(app: App, batch: Sequence[tuple[Item, str | None]], now: datetime) -> list[int]:
    """One transaction: what was seen, what is kept, and all that follows from it."""
    until = now + timedelta(days=app.settings.retention.seen_days)
    joined = []
    with app.store.begin(lane="events") as session:
        items.remember(
            session,
            [
                Seen(fingerprint=item.fingerprint, source=item.source, at=now, dropped=why or "", delete_after=until)
                for item, why in batch
            ],
        )
        for item, why in batch:
            if why is None and (kept := items.add(session, item)):
                joined.append(_place(app, session, kept))
    return joined


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
    period, category = item.reading.period, item.reading.category
    kinds = tuple(Category) if category is Category.UNREST else (category, Category.UNREST)
    near = events.events_near(
        session,
        categories=kinds,
        starts=period.start if period else None,
        now=app.clock(),
        days=MOVED_REACH.days if CANCELLED in item.reading.codes else NEARBY_DAYS,
    )
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


def _account(app: App, taken: TakenIn, now: datetime) -> None:
    """The counters of transparency: seen = kept + dropped, per month (R46)."""
    month = now.date().replace(day=1)
    with app.store.begin() as session:
        facts.count(session, month, "items_seen", taken.seen)
        facts.count(session, month, "items_kept", taken.kept)
        for reason, number in taken.dropped.items():
            facts.count(session, month, f"items_dropped:{reason}", number)
        for kind, number in taken.redactions.items():
            facts.count(session, month, f"redactions:{kind}", number)
