"""What a poll gave -> what is remembered of the source, when it is asked next, and what people must hear of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from monitor.app import App
from monitor.clock import today
from monitor.collect import KINDS
from monitor.domain import FactKind, Fetched, Outcome, RawItem, Source, SourceState
from monitor.errors import CollectError
from monitor.rules import pace
from monitor.rules.health import began, diagnose, outcome_of, tell, trouble_of
from monitor.rules.rhythm import Listed, latest, listed, rhythm_of
from monitor.store import events, sources
from monitor.store.residue import residue
from monitor.work.ingest import TakenIn
from monitor.work.journal import record


@dataclass(frozen=True, slots=True)
class Heard:
    """A poll that went well."""

    fetched: Fetched | None
    """None when nothing changed since the last time."""
    raws: Sequence[RawItem]
    """All that it lists, known or new; only days and moments of them are kept."""
    taken: TakenIn
    """What became of those that were new."""
    settled: bool = True
    """All that was new was taken in; False asks for the rest at the next poll, as if it had changed."""
    fresh_for: timedelta | None = None
    """How long the source itself says that it stays as it is, beside what the server says; None: it does not say."""


def failed(app: App, source: Source, error: CollectError) -> Outcome:
    """Remembers that the source could not be heard, and tells people when it is time."""
    now = app.clock()
    with app.store.begin() as session:
        # Read anew: someone may have paused the source while it was being asked.
        state = sources.state_of(session, source.id) or SourceState(source=source.id)
        was = began(state, state.reported)
        note_fault(state, source, error, now)
        _report(app, session, source, state, error=error, was=was)
        sources.save(session, state)
    return outcome_of(error)


def succeeded(app: App, source: Source, heard: Heard) -> Outcome:
    """The validators are saved last: a crash before this costs a repeat, which `unseen` drops."""
    now = app.clock()
    with app.store.begin() as session:
        state = sources.state_of(session, source.id) or SourceState(source=source.id)
        was = began(state, state.reported)
        coming = events.next_starts(session, [source.id], now)
        outcome = note_answer(state, source, heard, now=now, event_at=coming.get(source.id))
        _report(app, session, source, state, was=was)
        sources.save(session, state)
    return outcome


def note_fault(state: SourceState, source: Source, error: CollectError, now: datetime) -> None:
    """The state of the source after a poll that failed."""
    if state.outcome is None or state.outcome.good:
        state.since = now
    if state.outcome is Outcome.UNDATED:
        # Or a 304 after this fault would make it look well: nothing else remembers that it had no dates.
        state.etag = state.last_modified = state.body_hash = ""
    strain = pace.after_fault(pace.strain_of(state), source.every, error.weight, error.retry_after)
    pause = pace.spread(strain.pause, strain.pause, source=source.id, moment=now)
    state.outcome, state.reason, state.advice = outcome_of(error), error.reason, error.advice
    state.polled_at, state.due_at = now, now + pause
    state.failures, state.strain = state.failures + 1, strain.weight


def note_answer(
    state: SourceState, source: Source, heard: Heard, *, now: datetime, event_at: datetime | None
) -> Outcome:
    """The state of the source after a good poll; `event_at` is when its next event begins, None without one."""
    found = listed(heard.raws, now, agenda=KINDS[source.kind].agenda)
    outcome = _outcome(state, heard, found)
    fetched = heard.fetched
    if fetched is not None and found.entries and heard.settled:
        # Not of an empty answer: a 304 on that would make it look well.
        state.etag, state.last_modified = _kept(fetched.etag), _kept(fetched.last_modified)
        state.body_hash = fetched.body_hash
    if fetched is not None and found.entries:
        _note_news(state, found, heard.taken, now)
    if state.outcome is None or _side(state.outcome) != _side(outcome):
        state.since = now
    if fetched is not None:
        state.read_at = now
    known = None
    if fetched is not None and found.entries:
        known = 1 - min(heard.taken.seen / found.entries, 1) if heard.settled else 0.0
    fresh_for = max(heard.fresh_for or timedelta(0), (fetched and fetched.fresh_for) or timedelta(0))
    interval = pace.next_interval(source.every, timedelta(seconds=state.interval), known)
    pause = pace.wait(
        source.every,
        interval,
        rhythm=None if state.lists_until else rhythm_of(state.news_days),
        apart=timedelta(seconds=state.apart),
        fresh_for=fresh_for,
        until_event=None if event_at is None else event_at - now,
    )
    floor = pace.least(source.every, fresh_for)
    state.outcome, state.reason, state.advice = outcome, "", ""
    state.failures, state.strain, state.interval = 0, 0.0, int(interval.total_seconds())
    state.polled_at, state.due_at = now, now + pace.spread(pause, floor, source=source.id, moment=now)
    return outcome


def _kept(validator: str) -> str:
    """What the server calls this version; empty where it put personal data in that (R13): then all is asked again."""
    return "" if residue(validator) else validator


def _outcome(state: SourceState, heard: Heard, found: Listed) -> Outcome:
    if heard.fetched is None:
        # What it lists is as it was, so without dates if it was.
        return Outcome.UNDATED if state.outcome is Outcome.UNDATED else Outcome.NOT_MODIFIED
    if not found.entries:
        return Outcome.EMPTY
    return Outcome.OK if found.dated else Outcome.UNDATED


def _side(outcome: Outcome) -> Outcome:
    """Outcomes that are one to a reader who asks since when."""
    if not outcome.good:
        return Outcome.FAILING
    return Outcome.OK if outcome is Outcome.NOT_MODIFIED else outcome


def _note_news(state: SourceState, found: Listed, taken: TakenIn, now: datetime) -> None:
    """Its own dates, not ours: a feed whose newest entry is half a year old is silent, however new it is to us."""
    state.lists_until, state.apart = found.until, int(found.apart.total_seconds())
    if found.newest is not None:
        state.news_at = max(found.newest, state.news_at or found.newest)
        state.news_days = latest(state.news_days, found.days)
    elif taken.seen:
        # Without dates of publication the day that something came is all there is.
        state.news_at = now
        state.news_days = latest(state.news_days, [today(now).isoformat()])


def _report(
    app: App,
    session: Session,
    source: Source,
    state: SourceState,
    *,
    error: CollectError | None = None,
    was: datetime | None = None,
) -> None:
    """Writes down what people must hear of the source as it is now, and remembers that they did.

    `was` is since when the trouble lasted that they heard of before this poll.
    """
    now = app.clock()
    kind = tell(state, trouble_of(state, now, error), now, weight=error.weight if error else 0.0)
    if kind is None:
        return
    again = kind.value == state.reported
    approvals = sources.approvals_of(session, source.id)
    outcome = state.outcome.value if state.outcome and kind is FactKind.SOURCE_FAILING else None
    since = was if again or kind is FactKind.SOURCE_RECOVERED else began(state, kind)
    record(
        app,
        session,
        kind,
        source=source.id,
        data={"since": since.isoformat() if since else None, "again": int(again), "outcome": outcome},
        advice=error.advice if error else diagnose(source, state, approvals, now).advice,
    )
    over = kind is FactKind.SOURCE_RECOVERED
    state.reported, state.reported_at = ("", None) if over else (kind.value, now)
