"""What one round of work gave: counts from the store, for people and as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass

from classifiers import PersonalKind
from monitor.app import App
from monitor.clock import today
from monitor.domain import SourceState
from monitor.render.dutch import count, number
from monitor.rules.door import ABOUT_A_PERSON, NAMES_SOMEONE, NOT_RELEVANT, TOO_OLD
from monitor.rules.health import Health, diagnose
from monitor.store import events, facts, sources


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts since the start of the month, which in an empty data folder is since the start of the round."""

    sources: dict[str, str]
    """Source -> outcome of its last poll; `not_polled` for one that was left alone."""
    items_seen: int
    items_kept: int
    items_dropped: dict[str, int]
    redactions: dict[str, int]
    events: int
    alerts: int
    deliveries: int
    """Messages that a channel has taken."""

    def as_json(self) -> dict[str, object]:
        """The same by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def _under(counts: dict[str, int], prefix: str) -> dict[str, int]:
    return {name.removeprefix(prefix): n for name, n in sorted(counts.items()) if name.startswith(prefix)}


def summary_of(app: App) -> Summary:
    """What the store tells now."""
    with app.store.read() as session:
        counts = facts.counts(session, today(app.clock()))
        states = sources.states(session)
        return Summary(
            sources={id: _outcome(states.get(id)) for id in sorted(app.sources)},
            items_seen=counts.get("items_seen", 0),
            items_kept=counts.get("items_kept", 0),
            items_dropped=_under(counts, "items_dropped:"),
            redactions=_under(counts, "redactions:"),
            events=events.count(session),
            alerts=counts.get("alerts", 0),
            deliveries=facts.count_sent(session),
        )


def _outcome(state: SourceState | None) -> str:
    return state.outcome.value if state and state.outcome else "not_polled"


DROPPED = {
    ABOUT_A_PERSON: "gaat over één persoon",
    NOT_RELEVANT: "niet van belang voor de openbare orde",
    TOO_OLD: "te oud",
    NAMES_SOMEONE: "persoonsgegevens gezien",
}
"""What people call the reasons of `rules.door`."""


def kind_word(kind: str) -> str:
    """What people call a kind of personal data: `naam`, `e-mailadres`."""
    return PersonalKind(kind).placeholder.strip("[]")


def _among(parts: Iterable[str]) -> str:
    """Behind a total, what it is made of; empty when that is nothing."""
    listed = ", ".join(parts)
    return f" ({listed})" if listed else ""


def in_dutch(app: App, found: Summary) -> list[str]:
    """The summary as lines for a terminal; sources that do not work stand by name, with what to do."""
    dropped, taken_out = sum(found.items_dropped.values()), sum(found.redactions.values())
    lines = [
        f"{count(found.items_seen, 'bericht', 'berichten')} gezien, {number(found.items_kept)} bewaard, "
        f"{number(dropped)} niet bewaard"
        + _among(f"{DROPPED.get(reason, reason)}: {n}" for reason, n in found.items_dropped.items()),
        f"{count(taken_out, 'persoonsgegeven', 'persoonsgegevens')} verwijderd vóór opslag"
        + _among(f"{kind_word(kind)}: {n}" for kind, n in found.redactions.items()),
        f"{count(found.events, 'gebeurtenis', 'gebeurtenissen')}, {count(found.alerts, 'melding', 'meldingen')}, "
        f"{number(found.deliveries)} bezorgd",
    ]
    now = app.clock()
    with app.store.read() as session:
        states, approvals = sources.states(session), sources.approvals(session)
    for source in app.sources.values():
        diagnosis = diagnose(source, states.get(source.id), approvals.get(source.id, ()), now)
        if not diagnosis.well and diagnosis.health is not Health.NOT_APPROVED:
            lines.append(f"Bron {source.id}: {diagnosis.word}. {diagnosis.advice}")
    return lines
