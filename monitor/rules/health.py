"""What a source did, and when -> its health in one Dutch word, and the facts that people must hear."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.clock import local, today
from monitor.domain import FactKind, Outcome, Source, SourceState
from monitor.errors import CollectError, Declined, NotAFeed, Paywalled, RobotsDenied, SelectorMissing

REPORT_AFTER = 3
"""Failed polls in a row before people hear of it; a source that changed is reported at once (docs/house.md, Errors)."""
SILENT_AFTER = timedelta(days=14)
"""First depth: one rhythm for all sources."""

_STALE_AFTER = 3
"""Periods without a poll after which nobody should trust what a source said last."""
_PAUSE_LONGEST = timedelta(hours=24)


class Health(StrEnum):
    """The state of a source as the page and the briefing name it."""

    FRESH = "nog niet bevraagd"
    OK = "werkt"
    EMPTY = "leeg"
    SILENT = "stil"
    FAILING = "niet bereikbaar"
    BLOCKED = "geweigerd"
    PAYWALLED = "achter een betaalmuur"
    ROBOTS_DENIED = "geweigerd door robots.txt"
    SELECTOR_MISSING = "opbouw veranderd"
    NOT_A_FEED = "geen leesbare bron"
    UNDATED = "zonder datums"
    STALE = "al lang niet bevraagd"
    PAUSED = "gepauzeerd"
    NOT_APPROVED = "wacht op goedkeuring"

    @property
    def blind(self) -> bool:
        """A reader must know that this source does not see now."""
        return self not in (Health.FRESH, Health.OK)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How a source does, and what the reader can do."""

    health: Health
    advice: str
    """Dutch; empty when there is nothing to do."""


def diagnose(source: Source, state: SourceState | None, now: datetime) -> Diagnosis:
    """The health of a source at `now`."""
    if hindrance := source.hindrance(today(now)):
        return Diagnosis(Health.NOT_APPROVED, hindrance)
    if state is not None and state.paused:
        return Diagnosis(Health.PAUSED, "Een beheerder heeft deze bron gepauzeerd.")
    if state is None or state.polled_at is None:
        return Diagnosis(Health.FRESH, "")
    if state.polled_at < now - max(source.every * _STALE_AFTER, timedelta(hours=1)) and not _waits(state, now):
        advice = (
            f"Bron '{source.id}' is sinds {local(state.polled_at):%d-%m %H.%M} uur niet bevraagd. Draait de dienst?"
        )
        return Diagnosis(Health.STALE, advice)
    if state.outcome is not None and not state.outcome.good:
        return Diagnosis(Health[state.outcome.name], state.advice)
    if state.outcome is Outcome.EMPTY:
        return Diagnosis(Health.EMPTY, f"Bron '{source.id}' antwoordt, maar zonder berichten. Controleer het adres.")
    if state.news_at is not None and is_silent(state, now):
        days = (now - state.news_at).days
        return Diagnosis(
            Health.SILENT, f"Bron '{source.id}' gaf al {days} dagen niets nieuws. Controleer of de pagina nog bestaat."
        )
    return Diagnosis(Health.OK, "")


def _waits(state: SourceState, now: datetime) -> bool:
    return state.due_at is not None and state.due_at > now


def is_silent(state: SourceState, now: datetime) -> bool:
    """It answers well, and has had no news for too long; a source that never had any is not silent but empty."""
    return state.news_at is not None and state.news_at < now - SILENT_AFTER


_AT_ONCE = (Outcome.NOT_A_FEED, Outcome.SELECTOR_MISSING, Outcome.ROBOTS_DENIED, Outcome.PAYWALLED)
"""A person has to look; waiting mends nothing."""

_OUTCOMES: tuple[tuple[type[CollectError], Outcome], ...] = (
    (RobotsDenied, Outcome.ROBOTS_DENIED),
    (Paywalled, Outcome.PAYWALLED),
    (Declined, Outcome.BLOCKED),
    (NotAFeed, Outcome.NOT_A_FEED),
    (SelectorMissing, Outcome.SELECTOR_MISSING),
)


def outcome_of(error: CollectError) -> Outcome:
    """The outcome that an error stands for."""
    return next((outcome for kind, outcome in _OUTCOMES if isinstance(error, kind)), Outcome.FAILING)


def report(state: SourceState, outcome: Outcome, *, silent: bool = False) -> FactKind | None:
    """The fact that follows from `outcome`, given the state before it; None when nobody needs to hear.

    People hear once that a source fails or is silent, and once that it works again. An empty answer is no recovery.
    """
    if not outcome.good:
        enough = outcome in _AT_ONCE or state.failures + 1 >= REPORT_AFTER
        known = state.reported == FactKind.SOURCE_FAILING
        return FactKind.SOURCE_FAILING if enough and not known else None
    if silent:
        return None if state.reported == FactKind.SOURCE_SILENT else FactKind.SOURCE_SILENT
    return FactKind.SOURCE_RECOVERED if state.reported and outcome is not Outcome.EMPTY else None


def next_poll(source: Source, failures: int, retry_after: float | None, now: datetime) -> datetime:
    """The moment before which a failing source is left alone: doubling, at most a day, and never before Retry-After."""
    pause: timedelta = min(source.every * (1 << min(failures, 10)), _PAUSE_LONGEST)
    return now + max(pause, timedelta(seconds=retry_after or 0))
