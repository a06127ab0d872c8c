"""What a poll gave -> what is remembered of the source, and what people must hear of it."""

from dataclasses import dataclass

from monitor.app import App
from monitor.domain import FactKind, Fetched, Outcome, Source, SourceState
from monitor.errors import CollectError
from monitor.rules.health import diagnose, is_silent, next_poll, outcome_of, report
from monitor.store import sources
from monitor.work.ingest import TakenIn
from monitor.work.journal import record


@dataclass(frozen=True, slots=True)
class Heard:
    """A poll that went well."""

    fetched: Fetched | None
    """None when nothing changed since the last time."""
    entries: int
    """How many it lists."""
    taken: TakenIn
    settled: bool = True
    """All that was new was taken in; False asks for the rest at the next poll, as if it had changed."""


def failed(app: App, source: Source, error: CollectError) -> Outcome:
    """Remembers that the source could not be heard, and tells people when it is time."""
    now, outcome = app.clock(), outcome_of(error)
    with app.store.begin() as session:
        # Read anew: someone may have paused the source while it was being asked.
        state = sources.state_of(session, source.id) or SourceState(source=source.id)
        kind = report(state, outcome)
        state.due_at = next_poll(source, state.failures, error.retry_after, now)
        state.outcome, state.reason, state.advice = outcome, error.reason, error.advice
        state.polled_at, state.failures = now, state.failures + 1
        if kind:
            record(app, session, kind, source=source.id, advice=error.advice)
            state.reported = kind.value
        sources.save(session, state)
    return outcome


def succeeded(app: App, source: Source, heard: Heard) -> Outcome:
    """The validators are saved last: a crash before this costs a repeat, which `unseen` drops."""
    now = app.clock()
    fetched = heard.fetched
    outcome = Outcome.NOT_MODIFIED if fetched is None else Outcome.OK if heard.entries else Outcome.EMPTY
    with app.store.begin() as session:
        state = sources.state_of(session, source.id) or SourceState(source=source.id)
        if fetched is not None and heard.entries and heard.settled:
            # Not of an empty answer: a 304 on that would make it look well.
            state.etag, state.last_modified = fetched.etag, fetched.last_modified
            state.body_hash = fetched.body_hash
        newest = heard.taken.newest
        if newest is not None:
            # Its own date, not ours: a feed whose newest entry is half a year old is silent, however new it is to us.
            state.news_at = max(newest, state.news_at or newest)
        state.outcome, state.reason, state.advice = outcome, "", ""
        state.polled_at = now
        state.failures, state.due_at = 0, None
        kind = report(state, outcome, silent=is_silent(state, now))
        if kind:
            record(app, session, kind, source=source.id, advice=diagnose(source, state, now).advice)
            state.reported = kind.value if kind is FactKind.SOURCE_SILENT else ""
        sources.save(session, state)
    return outcome
