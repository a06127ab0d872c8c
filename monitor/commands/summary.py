"""What one round of work gave: counts from the store, for people and as JSON."""

from dataclasses import dataclass

from monitor.app import App
from monitor.clock import today
from monitor.domain import SourceState
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


def in_dutch(app: App, found: Summary) -> list[str]:
    """The summary as lines for a terminal; sources that do not work stand by name, with what to do."""
    dropped = sum(found.items_dropped.values())
    lines = [
        f"{found.items_seen} berichten gezien, {found.items_kept} bewaard, {dropped} niet bewaard"
        + (f" ({', '.join(f'{reason}: {n}' for reason, n in found.items_dropped.items())})" if dropped else ""),
        f"{sum(found.redactions.values())} persoonsgegevens verwijderd vóór opslag"
        + (f" ({', '.join(f'{kind}: {n}' for kind, n in found.redactions.items())})" if found.redactions else ""),
        f"{found.events} gebeurtenissen, {found.alerts} meldingen, {found.deliveries} bezorgd",
    ]
    now = app.clock()
    with app.store.read() as session:
        states = sources.states(session)
    for source in app.sources.values():
        diagnosis = diagnose(source, states.get(source.id), now)
        if not diagnosis.well and diagnosis.health is not Health.NOT_APPROVED:
            lines.append(f"Bron {source.id}: {diagnosis.word}. {diagnosis.advice}")
    return lines
