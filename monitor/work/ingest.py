"""take_in(app, raws): walk A from entry to alert, the main act of the house."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from monitor.app import App
from monitor.clock import today
from monitor.domain import (
    MANUAL,
    RESTRICTED,
    Event,
    EventState,
    Item,
    PlainItem,
    RawItem,
    Sighting,
)
from monitor.errors import PersonalDataLeft
from monitor.log import log
from monitor.rules.blocked import COUNTED, unblocked
from monitor.rules.classify import classify
from monitor.rules.door import NAMES_SOMEONE, OBJECTED, refusal
from monitor.rules.fuse import Candidate, Fusion, fuse
from monitor.rules.normalise import mark_of, normalise
from monitor.rules.picture import picture_of
from monitor.rules.redact import redact
from monitor.rules.report import report_of, searched_days, searched_kinds
from monitor.rules.retain import as_promised
from monitor.store import events, facts, items, seen
from monitor.work.blocks import Blocks, blocks_now
from monitor.work.known import known_entries
from monitor.work.reassess import reassess, show
from monitor.work.returned import bring_back
from monitor.work.steps import step

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

    @property
    def seen(self) -> int:
        return self.kept + self.dropped.total()


@dataclass(frozen=True, slots=True)
class _Read:
    """One entry after reading, before it is kept."""

    plain: PlainItem
    blocks: Blocks
    """The list that it was held against."""
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


def take_in(app: App, raws: Sequence[RawItem], *, listed: Sequence[RawItem] | None = None) -> TakenIn:
    """Entries -> items, events, facts and deliveries. Personal data ends here: only redacted items are kept.

    `listed` is all that the source lists beside them; None when `raws` is all.
    """
    now = app.clock()
    read: list[_Read] = []
    everything = raws if listed is None else listed
    with step(app, _activity_of(raws), "take_in") as did:
        new, known = new_of(app, raws), dict[str, str]()
        _bring_back(app, everything, now)
        if new:
            with _spared(new[0].source):
                known = known_entries(app, everything, new)
        blocks = blocks_now(app) if new else Blocks()
        for plain in _plain(app, new, known, now):
            with _spared(plain.source):
                read.append(_read(app, plain, blocks, now))
        did.count({"items.seen": len(read), "items.refused": sum(one.refused is not None for one in read)})
    # Oldest first: fuse() joins later reports to the event that the first one opened.
    read.sort(key=lambda r: (r.item.published, r.item.fingerprint))
    batches = [read[n : n + BATCH] for n in range(0, len(read), BATCH)]
    parts = [_kept(app, batch, now, after=did.trace) for batch in batches]
    return TakenIn(
        kept=sum(part.kept for part in parts),
        dropped=sum((part.dropped for part in parts), Counter()),
        redactions=sum((part.redactions for part in parts), Counter()),
        events=tuple(event for part in parts for event in part.events),
    )


def new_of(app: App, raws: Sequence[RawItem]) -> list[RawItem]:
    """Those entries that were never looked at as they are now, in the order of the source."""
    marked = {mark_of(raw): raw for raw in raws}
    with app.store.read() as session:
        new = seen.unseen(session, marked.keys())
    return [raw for mark, raw in marked.items() if mark in new]


def _bring_back(app: App, listed: Sequence[RawItem], now: datetime) -> None:
    """Only what tells its day or state as data can come back: prose is not taken back word for word."""
    told = list[PlainItem]()
    for raw in listed:
        if raw.told.period is not None or raw.told.cancelled:
            with _spared(raw.source):
                told.append(normalise(raw, now=now))
    bring_back(app, told)


def settle(app: App, raws: Sequence[RawItem]) -> None:
    """Counts the entries as looked at, though there was nothing to take in: what they point at is gone."""
    until = app.clock() + timedelta(days=app.settings.retention.seen_days)
    with app.store.begin() as session:
        seen.remember(session, [(mark_of(raw), raw.source) for raw in raws], delete_after=until)


def _plain(app: App, raws: Sequence[RawItem], known: Mapping[str, str], now: datetime) -> list[PlainItem]:
    """The entries as plain text, without those that say what they said before in other markup or under another id."""
    found: dict[str, PlainItem] = {}
    for raw in raws:
        with _spared(raw.source):
            item = normalise(raw, now=now, entry=known.get(mark_of(raw), ""))
            found[item.fingerprint] = item
    with app.store.read() as session:
        new = seen.unseen(session, found.keys())
    if again := [found[fingerprint] for fingerprint in found.keys() - new]:
        until = now + timedelta(days=app.settings.retention.seen_days)
        with app.store.begin() as session:
            seen.remember(session, [(item.mark, item.source) for item in again], delete_after=until)
    return [item for fingerprint, item in found.items() if fingerprint in new]


def _read(app: App, item: PlainItem, blocks: Blocks, now: datetime) -> _Read:
    found = unblocked(item, blocks.forms, blocks.key)
    clean = redact(found.item, app.reader)
    retention = as_promised(app.settings.retention, app.sources.get(clean.source))
    kept = classify(clean, app.reader, now=now, retention=retention)
    redactions = {kind.value: count for kind, count in clean.redactions}
    if found.taken_out:
        redactions[COUNTED] = found.taken_out
    return _Read(item, blocks, kept, OBJECTED if found.dropped else refusal(kept, now=now), redactions)


def _activity_of(entries: Sequence[RawItem | Item]) -> str:
    """For which activity of the register they are read and kept; a signal never comes in with other entries."""
    return "politiesignaal" if any(entry.source == MANUAL for entry in entries) else "openbare-orde"


def _kept(app: App, batch: Sequence[_Read], now: datetime, *, after: str) -> TakenIn:
    """Keeps a batch; reads it again first when someone asked meanwhile to leave words out (R42)."""
    while (taken := _keep(app, batch, now, after=after)) is None:
        blocks = blocks_now(app)
        batch = [_read(app, read.plain, blocks, now) for read in batch]
    return taken


def _keep(app: App, batch: Sequence[_Read], now: datetime, *, after: str) -> TakenIn | None:
    """One transaction: what was seen, what is kept, all that follows from it, and the counts of it.

    `after` is the trace of the step that read them. None, and nothing is kept, when they were held against a list
    of blocks that no longer stands: an erasure goes by the same lane, so it sees what is kept here, or is seen here.
    """
    until = now + timedelta(days=app.settings.retention.seen_days)
    activity = _activity_of([read.item for read in batch])
    with app.store.begin(lane="events") as session, step(app, activity, "assess", after=after) as did:
        blocks = blocks_now(app, session)
        if any(read.blocks.forms != blocks.forms for read in batch):
            return None
        # Asked again: another process may have taken the same entries in since.
        new = seen.unseen(session, [read.item.fingerprint for read in batch])
        fresh = [read for read in batch if read.item.fingerprint in new]
        kept, dropped = list[Item](), Counter[str]()
        for read in fresh:
            item, refused = _admitted(session, read)
            prints = [(read.item.fingerprint, read.item.source), (read.plain.mark, read.item.source)]
            seen.remember(session, prints, delete_after=until, dropped=refused)
            kept += [item] if item else []
            dropped += Counter([refused] if refused else [])
        taken = TakenIn(
            kept=len(kept),
            dropped=dropped,
            redactions=sum((Counter(read.redactions) for read in fresh), Counter()),
            events=tuple(0 if item.restricted else _place(app, session, item) for item in kept),
        )
        _account(session, taken, now)
        did.count({"items.seen": taken.seen, "items.kept": taken.kept})
    return taken


def _admitted(session: Session, read: _Read) -> tuple[Item | None, str]:
    """The item as it is kept, or else why it is not; neither when another process keeps it already."""
    if read.refused is not None:
        return None, read.refused
    if until := items.restricted_until(session, read.item.entry):
        # Another version of what is kept and not used is not used either (R42).
        read.item.restricted, read.item.restricted_until = RESTRICTED, until
        read.item.delete_after = max(read.item.delete_after, until)
    try:
        return items.add(session, read.item), ""
    except PersonalDataLeft:
        return None, NAMES_SOMEONE  # counted, and nothing of it told: the log is no place for it either


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
    """The events that it may report: of a kind with it and near in time, and the one its earlier version reported."""
    moment, days = searched_days(item)
    near = events.events_near(session, categories=searched_kinds(item), starts=moment, now=app.clock(), days=days)
    earlier = events.event_of_entry(session, item.entry)
    if earlier is not None and earlier.id not in {e.id for e in near} and not _begins_anew(item, earlier, app.clock()):
        near.append(earlier)
    return [Candidate(e, tuple(report_of(i) for i in items.items_of(session, e.id or 0))) for e in near]


def expected(app: App, raw: RawItem) -> tuple[Event, bool] | None:
    """The event that an entry would report if it came in now, and whether it is there already; keeps nothing.

    None when it would report no concrete event.
    """
    now = app.clock()
    item = _read(app, normalise(raw, now=now), blocks_now(app), now).item
    with app.store.read() as session:
        fusion = fuse(item, _candidates(app, session, item))
    if fusion is None:
        return None
    return fusion.event or _event_of(app, item), not fusion.opened


def _begins_anew(item: Item, earlier: Event, now: datetime) -> bool:
    """A closed event is never weighed again: what was called off and gets a new day needs an event of its own."""
    period = item.reading.period
    return earlier.state is EventState.CLOSED and period is not None and (period.end or period.start) > now


def open_event(app: App, session: Session, item: Item) -> Event:
    """A new event, with what its first report tells."""
    event = _event_of(app, item)
    session.add(event)
    session.flush()
    return event


def _event_of(app: App, item: Item) -> Event:
    """The event that only this item reports, not kept yet."""
    now = app.clock()
    level = item.reading.level or app.reader.level_of(item.reading.evidence)
    event = Event(
        category=item.reading.category,
        machine_category=item.reading.category,
        title="",
        scope=item.reading.scope,
        phase=item.reading.phase,
        level=level,
        machine_level=level,
        sees=level,
        state=EventState.OPEN,
        opened_at=now,
        first_seen=item.taken_in,
        changed_at=now,
        delete_after=now + timedelta(days=app.settings.retention.event_days),
    )
    show(event, picture_of([item]))
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
