"""What one round of work gave: counts from the store, for people and as JSON."""

from collections.abc import Iterable
from dataclasses import dataclass

from classifiers import PersonalKind
from monitor.app import App
from monitor.clock import today
from monitor.domain import SourceState
from monitor.domain.account import Figures
from monitor.render.dutch import count, number
from monitor.rules.door import IN_DUTCH
from monitor.rules.figures import figures_of
from monitor.rules.health import Health, diagnose
from monitor.store import events, facts, sources


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts since the start of the month, which in an empty data folder is since the start of the round."""

    sources: dict[str, str]
    """Source -> outcome of its last poll; `not_polled` for one that was left alone."""
    figures: Figures
    events: int
    deliveries: int
    """Messages that a channel has taken."""

    def as_json(self) -> dict[str, object]:
        """The same by name."""
        return {
            "sources": self.sources,
            "items_seen": self.figures.seen,
            "items_kept": self.figures.kept,
            "items_dropped": dict(self.figures.dropped),
            "redactions": dict(self.figures.redactions),
            "events": self.events,
            "alerts": self.figures.alerts,
            "deliveries": self.deliveries,
        }


def summary_of(app: App) -> Summary:
    """What the store tells now."""
    with app.store.read() as session:
        figures = figures_of(facts.counts(session, today(app.clock())))
        states = sources.states(session)
        return Summary(
            sources={id: _outcome(states.get(id)) for id in sorted(app.sources)},
            figures=figures,
            events=events.count(session),
            deliveries=facts.count_sent(session),
        )


def _outcome(state: SourceState | None) -> str:
    return state.outcome.value if state and state.outcome else "not_polled"


def kind_word(kind: str) -> str:
    """What people call a kind of personal data: `naam`, `e-mailadres`."""
    return PersonalKind(kind).placeholder.strip("[]")


def _among(parts: Iterable[str]) -> str:
    """Behind a total, what it is made of; empty when that is nothing."""
    listed = ", ".join(parts)
    return f" ({listed})" if listed else ""


def counted(found: Figures) -> list[str]:
    """Figures of the account as lines, each total with what it is made of."""
    return [
        f"{count(found.seen, 'bericht', 'berichten')} gezien, {number(found.kept)} bewaard, "
        f"{number(sum(found.dropped.values()))} niet bewaard"
        + _among(f"{IN_DUTCH.get(reason, reason)}: {n}" for reason, n in found.dropped.items()),
        f"{count(sum(found.redactions.values()), 'persoonsgegeven', 'persoonsgegevens')} verwijderd vóór opslag"
        + _among(f"{kind_word(kind)}: {n}" for kind, n in found.redactions.items()),
    ]


def in_dutch(app: App, found: Summary) -> list[str]:
    """The summary as lines for a terminal; sources that do not work stand by name, with what to do."""
    lines = [
        *counted(found.figures),
        f"{count(found.events, 'gebeurtenis', 'gebeurtenissen')}, "
        f"{count(found.figures.alerts, 'melding', 'meldingen')}, {number(found.deliveries)} bezorgd",
    ]
    now = app.clock()
    with app.store.read() as session:
        states, approvals = sources.states(session), sources.approvals(session)
    for source in app.sources.values():
        diagnosis = diagnose(source, states.get(source.id), approvals.get(source.id, ()), now)
        if not diagnosis.well and diagnosis.health is not Health.NOT_APPROVED:
            lines.append(f"Bron {source.id}: {diagnosis.word}. {diagnosis.advice}")
    return lines
