"""What a source takes back is taken back here (R40): its copies go, and their events are weighed without them.

Only for sources that say so (`removed = "volgen"`). Each act is one transaction.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlmodel import Session

from monitor.app import App
from monitor.collect import KINDS
from monitor.domain import Event, EventState, FactKind, Item, RawItem, Source
from monitor.log import log
from monitor.rules.normalise import entry_of, mark_of, page_of
from monitor.rules.removal import removed_mark, vanished
from monitor.rules.withheld import without_words
from monitor.store import events, holds, items, seen
from monitor.work.journal import record, retract
from monitor.work.reassess import end, reassess
from monitor.work.steps import step

RULE = "R40"
REMOVED = "removed"
"""It is listed no more; when it is listed again it comes back."""
PAGE_GONE = "page_gone"
"""Its own page is gone while the list still names it: that it is listed says nothing."""
RETURNED = "returned"
FLICKER = timedelta(days=1)
"""So long an entry that came back may be away again before we believe it: else a flickering list alerts all day."""


def welcome_back(app: App, source: Source, listed: Sequence[RawItem]) -> int:
    """Lets entries that were taken back, and are listed again, be taken in anew; how many. Call it before `take_in`."""
    if not source.follows_removal or not listed:
        return 0
    by_mark: dict[str, list[RawItem]] = {}
    for raw in listed:
        by_mark.setdefault(removed_mark(entry_of(raw)), []).append(raw)
    with app.store.read() as session:
        back = seen.dropped_as(session, by_mark, REMOVED)
    if not back:
        return 0
    with app.store.begin() as session:
        seen.forget(session, [*back, *(mark_of(raw) for mark in back for raw in by_mark[mark])])
        seen.remember(
            session, [(mark, source.id) for mark in back], delete_after=app.clock() + FLICKER, dropped=RETURNED
        )
    return len(back)


def follow_removal(app: App, source: Source, listed: Sequence[RawItem], *, whole: bool) -> int:
    """Takes away our copies of what the source lists no more; how many entries. Call it after `take_in`.

    After, so that an entry that stands there under a new id reports the event before the old one leaves it. `whole`:
    `listed` is all that the source lists; of a part nothing can be missing.
    """
    if not source.follows_removal or not whole or not listed:
        return 0
    now = app.clock()
    with app.store.read() as session:
        kept = items.of_source(session, source.id)
        home = page_of(source.url)
        gone = vanished(kept, listed, now, agenda=KINDS[source.kind].agenda, home=home)
        flickers = seen.dropped_as(session, [removed_mark(entry) for entry in gone], RETURNED, now=now)
    gone = {entry for entry in gone if removed_mark(entry) not in flickers}
    return _take_back(app, source, gone, REMOVED)


def page_gone(app: App, source: Source, entries: Collection[RawItem]) -> int:
    """Takes away our copies of entries whose own page answers 404 or 410; how many there were."""
    return _take_back(app, source, {entry_of(raw) for raw in entries}, PAGE_GONE) if source.follows_removal else 0


def source_gone(app: App, source: Source) -> int:
    """Takes away all our copies of a source that was taken off the web for good (410); how many entries."""
    if not source.follows_removal:
        return 0
    with app.store.read() as session:
        entries = {item.entry for item in items.of_source(session, source.id)}
    return _take_back(app, source, entries, REMOVED)


def _take_back(app: App, source: Source, entries: Collection[str], why: str) -> int:
    """Deletes every version of these entries, weighs their events anew, and writes down how many of which source."""
    if not entries:
        return 0
    with app.store.begin(lane="events") as session, step(app, "openbare-orde", "take_back") as did:
        # Asked again: another process may have done it since.
        held = holds.held_items(session, app.clock())  # a duty to keep stands above what the source wants
        going = [item for item in items.of_entries(session, source.id, entries) if item.id not in held]
        if not going:
            return 0
        count = len({item.entry for item in going})
        did.count({"items.deleted": len(going)})
        by_event = items.reported_by(session, [item.id or 0 for item in going])
        _forget(app, session, source, going, why)
        items.delete_these(session, [item.id or 0 for item in going])
        session.flush()
        data: dict[str, str | int | None] = {"count": count, "rule": RULE, "why": why}
        record(
            app, session, FactKind.SOURCE_WITHDREW, source=source.id, data=data, aloud=False,
            confidential=source.handling.confidential,
        )  # fmt: skip
        for event, reports in by_event.items():
            gone = [item for item in going if item.id in reports]
            _weigh_without(app, session, events.get(session, event), source, gone)
    log.info("copies taken back", source=source.id, entries=count, why=why, rule=RULE)
    return count


def _forget(app: App, session: Session, source: Source, going: Sequence[Item], why: str) -> None:
    """Remembers that these entries were taken back, so that they can come back as they were."""
    marks = sorted({removed_mark(item.entry) for item in going})
    words = [item.fingerprint for item in going] if why == REMOVED else []
    seen.forget(session, [*marks, *words])
    until = app.clock() + timedelta(days=app.settings.retention.seen_days)
    seen.remember(session, [(mark, source.id) for mark in marks], delete_after=until, dropped=why)


def _weigh_without(app: App, session: Session, event: Event, source: Source, gone: Sequence[Item]) -> None:
    """One event after some of its reports went. What only the compartment knew, goes unheard outside it (R31)."""
    secret = all(item.handling.confidential for item in gone)
    data: dict[str, str | int | None] = {"count": len({item.entry for item in gone}), "rule": RULE}
    left = items.items_of(session, event.id or 0)
    living = event.state in (EventState.OPEN, EventState.CANCELLED)
    if not living:
        forget_words(session, event, gone)
        record(
            app, session, FactKind.SOURCE_WITHDREW, event=event, source=source.id, data=data, confidential=secret,
            aloud=False,
        )  # fmt: skip
    elif left:
        fact = record(
            app, session, FactKind.SOURCE_WITHDREW, event=event, source=source.id, data=data, confidential=secret,
            aloud=False,
        )  # fmt: skip
        _reweigh(app, session, event)
        if event.left_open and fact.public:
            retract(app, session, fact, event)
    else:
        _empty(app, session, event, source, data)


def _reweigh(app: App, session: Session, event: Event) -> None:
    """Weighs what is left; a person's level stays, and the machine asks when it now sees less."""
    before = event.machine_level
    reassess(app, session, event)
    decided = events.newest_override(session, event)
    if decided and decided.level and event.machine_level < before:
        record(app, session, FactKind.REVIEW_ASKED, event=event, data={"sees": event.machine_level.value})


def _empty(app: App, session: Session, event: Event, source: Source, data: dict[str, str | int | None]) -> None:
    """No report is left: the machine takes the event off, whatever level a person set. Whoever heard of it is told."""
    event.evidence = tuple(without_words(piece) for piece in event.evidence)
    end(app, session, event)
    record(app, session, FactKind.SOURCE_WITHDREW, event=event, source=source.id, data=data)


def forget_words(session: Session, event: Event, gone: Sequence[Item]) -> None:
    """Takes the words of reports that went out of an event that is weighed no more."""
    theirs = {(piece.code, piece.words) for item in gone for piece in item.reading.evidence}
    event.evidence = tuple(without_words(e) if (e.code, e.words) in theirs else e for e in event.evidence)
    session.add(event)
