"""What a source did, and when -> its health in plain Dutch, what to do, and the facts that people must hear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.clock import local, today
from monitor.domain import Approval, FactKind, Outcome, Source, SourceState
from monitor.errors import HARD, Changed, CollectError, Declined, NotAFeed, Paywalled, RobotsDenied, SelectorMissing
from monitor.rules.pace import is_late
from monitor.rules.picture import short_day
from monitor.rules.rhythm import in_words, is_silent, quiet_since, repeat_after, rhythm_of

REPORT_AT = 1.5
"""Strain from which people hear of faults: two hard ones in a row, or three that may pass."""

_HALF_A_YEAR = timedelta(days=182)
_DAILY = timedelta(days=1)


class Health(StrEnum):
    """The state of a source. When several hold, the one that stands first here is told."""

    NOT_APPROVED = "not_approved"
    PAUSED = "paused"
    FRESH = "fresh"
    """Never asked."""
    LATE = "late"
    """It should have been asked already: no fault of its own."""
    NOT_A_FEED = "not_a_feed"
    SELECTOR_MISSING = "selector_missing"
    ROBOTS_DENIED = "robots_denied"
    PAYWALLED = "paywalled"
    BLOCKED = "blocked"
    FAILING = "failing"
    EMPTY = "empty"
    STALE = "stale"
    SILENT = "silent"
    UNDATED = "undated"
    NOT_MODIFIED = "not_modified"
    OK = "ok"

    @property
    def word(self) -> str:
        """What people call it."""
        return _DUTCH[self][0]

    @property
    def to_do(self) -> str:
        """What the reader can do, in general."""
        return _DUTCH[self][1]


_DUTCH: Mapping[Health, tuple[str, str]] = {
    Health.NOT_APPROVED: ("wacht op goedkeuring", "Keur de bron goed, of laat haar weg."),
    Health.PAUSED: (
        "gepauzeerd",
        "Een beheerder heeft deze bron gepauzeerd. Hervat de bron als zij weer mee mag doen.",
    ),
    Health.FRESH: ("nog niet bevraagd", "Wacht een paar minuten: dan is de bron aan de beurt."),
    Health.LATE: (
        "te laat bevraagd",
        "De bron had al bevraagd moeten zijn. Kijk of Torenwacht draait en of het verzamelen aan staat.",
    ),
    Health.NOT_A_FEED: (
        "niet leesbaar",
        "Op dit adres staat iets anders dan wij verwachten. Controleer het adres en de soort in sources.toml.",
    ),
    Health.SELECTOR_MISSING: (
        "opbouw veranderd",
        "De pagina is anders ingedeeld. Pas de selectors of paden aan in sources.toml.",
    ),
    Health.ROBOTS_DENIED: (
        "geweigerd door robots.txt",
        "De site wil hier geen robots. Vraag de uitgever om toestemming, of zet de bron uit.",
    ),
    Health.PAYWALLED: (
        "achter een betaalmuur",
        "De uitgever vraagt om een abonnement of om in te loggen. Zoek een open adres, of zet de bron uit.",
    ),
    Health.BLOCKED: (
        "geweigerd",
        "De site laat ons niet toe. Vraag de uitgever om toestemming, of kom minder vaak ('every' in sources.toml).",
    ),
    Health.FAILING: (
        "werkt niet",
        "Wij blijven het proberen. Duurt het langer dan een dag? Open het adres zelf en controleer sources.toml.",
    ),
    Health.EMPTY: (
        "leeg",
        "De bron antwoordt, maar zonder berichten. Bij een agenda kan dat kloppen. Controleer anders het adres.",
    ),
    Health.STALE: (
        "verouderd",
        "Alles wat de bron geeft, is ouder dan een half jaar. Zoek een nieuw adres, of zet de bron uit.",
    ),
    Health.SILENT: (
        "stil",
        "De bron antwoordt, maar geeft langer niets nieuws dan zij gewend is. Controleer of de pagina nog bestaat.",
    ),
    Health.UNDATED: (
        "zonder datums",
        "Bij geen enkel bericht staat een datum. Zet in sources.toml waar de datum staat, of kies een andere bron.",
    ),
    Health.NOT_MODIFIED: ("werkt, niets nieuws", "U hoeft niets te doen."),
    Health.OK: ("werkt", "U hoeft niets te doen."),
}

_WELL = (Health.FRESH, Health.OK, Health.NOT_MODIFIED)
_SEES = (*_WELL, Health.UNDATED)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How a source does, since when, and what the reader can do."""

    health: Health
    advice: str = ""
    """Dutch; empty when there is nothing to do."""
    since: datetime | None = None
    """When this began; None when it does not matter or is not known."""
    blind: bool = False
    """A reader must know that this source does not see now. A fault that may pass makes nobody blind, nor does a source
    that was never started: only what is in use is promised."""

    @property
    def word(self) -> str:
        """What the page and the briefing call it."""
        if self.health in (Health.FAILING, Health.BLOCKED) and not self.blind:
            return "laatste keer niet gelukt"
        return self.health.word

    @property
    def well(self) -> bool:
        """There is nothing to do."""
        return self.health in _WELL


def diagnose(source: Source, state: SourceState | None, approvals: Sequence[Approval], now: datetime) -> Diagnosis:
    """The health of a source at `now`; with more than one thing wrong the first in the order of `Health`.

    `approvals` are all decisions about it, oldest first.
    """
    if hindrance := source.hindrance(today(now), approvals):
        return Diagnosis(Health.NOT_APPROVED, hindrance)
    if state is not None and state.paused:
        return Diagnosis(Health.PAUSED, Health.PAUSED.to_do, blind=True)
    if state is None or state.polled_at is None or state.outcome is None:
        return Diagnosis(Health.FRESH)
    if is_late(source, state, now):
        return Diagnosis(Health.LATE, Health.LATE.to_do, state.due_at, blind=True)
    health = _heard(state, now)
    since = quiet_since(state) if health in (Health.SILENT, Health.STALE) else state.since
    blind = health not in _SEES and not _may_pass(state) and not (health is Health.EMPTY and _ahead(state, now))
    return Diagnosis(health, _advice(health, state), None if health in _WELL else since, blind)


def _heard(state: SourceState, now: datetime) -> Health:
    """What the last answer and all before it say."""
    if state.outcome is not None and not (state.outcome.good and state.outcome is not Outcome.EMPTY):
        return Health(state.outcome.value)
    if is_silent(state, now):
        since = quiet_since(state)
        return Health.STALE if since is not None and since < now - _HALF_A_YEAR else Health.SILENT
    return Health(state.outcome.value) if state.outcome else Health.OK


def _ahead(state: SourceState, now: datetime) -> bool:
    """What it last listed is still to come: an agenda that is empty now told us already."""
    return state.lists_until is not None and state.lists_until > now


def _may_pass(state: SourceState) -> bool:
    """It failed, but not yet so that people hear of it."""
    light = state.outcome in (Outcome.FAILING, Outcome.BLOCKED) and state.strain < REPORT_AT
    return light and state.reported != FactKind.SOURCE_FAILING


def _advice(health: Health, state: SourceState) -> str:
    """The general advice, made exact by what is known of this source."""
    if health in _WELL:
        return ""
    if state.outcome is not None and not state.outcome.good:
        advice = state.advice or health.to_do
        passing = _may_pass(state) and state.strain < HARD  # one hard fault is for a person to look at
        return f"{advice} Dit kan vanzelf overgaan: u hoeft nog niets te doen." if passing else advice
    if health in (Health.SILENT, Health.STALE):
        return f"{_last_news(state)} {health.to_do.partition('. ')[2] or health.to_do}"
    return health.to_do


def _last_news(state: SourceState) -> str:
    """How the silence looks beside what the source is used to."""
    if state.lists_until is not None:
        return f"Alles op deze agenda is voorbij sinds {_day(state.lists_until)}."
    if state.news_at is None:
        return "De bron gaf nog nooit een bericht."
    used = f"De bron gaf meestal {in_words(rhythm)} nieuws. " if (rhythm := rhythm_of(state.news_days)) else ""
    return f"{used}Het laatste bericht is van {_day(state.news_at)}."


def _day(moment: datetime) -> str:
    return f"{short_day(moment)} {local(moment).year}"


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


def trouble_of(state: SourceState, now: datetime, error: CollectError | None = None) -> FactKind | None:
    """What people must know of the source as it is now, after the poll that gave `error`; None when all is well.

    Faults that may pass count together until they are `REPORT_AT`. What only a person can mend is told at once: a
    source that changed or is gone, and one that does not want us.
    """
    hopeless = isinstance(error, Changed | RobotsDenied | Paywalled) and error.weight >= HARD
    if error is not None and (hopeless or state.strain >= REPORT_AT):
        return FactKind.SOURCE_FAILING
    if is_silent(state, now):
        return FactKind.SOURCE_SILENT
    if error is not None or (state.outcome is Outcome.EMPTY and not _ahead(state, now)):
        # An empty answer is no recovery, and one light fault no other trouble than there was.
        return FactKind(state.reported) if state.reported else None
    return None


def tell(state: SourceState, trouble: FactKind | None, now: datetime, *, weight: float = 0.0) -> FactKind | None:
    """The fact that people hear now, given what they heard before; None when they know.

    Trouble is told when it begins and again until it is over: a hard fault (`weight` of the error) every day, the rest
    in the rhythm of the source. That it is over is told once.
    """
    if trouble is None:
        return FactKind.SOURCE_RECOVERED if state.reported else None
    again = _DAILY if weight >= HARD else repeat_after(state)
    known = state.reported == trouble and state.reported_at is not None and now - state.reported_at < again
    return None if known else trouble


def began(state: SourceState, told: str) -> datetime | None:
    """Since when the trouble lasts that people are told of; None when they are told of none, or it is not known."""
    match told:
        case FactKind.SOURCE_SILENT:
            return quiet_since(state)
        case FactKind.SOURCE_FAILING:
            return state.since
    return None
