"""Item, candidates -> Fusion: which event an item reports, and why.

What two reports must agree in is in `agreement.py`; what of an item counts, in `report.py`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from classifiers import Category, Phase
from monitor.domain import Event, Item
from monitor.rules.agreement import Agreement, Ground, agreement
from monitor.rules.report import Report, report_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event nearby, with its reports."""

    event: Event
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Fusion:
    """The event an item reports: an existing one, or a new one to open; and the reasons."""

    event: Event | None
    """None when a new event is to be opened."""
    why: tuple[Ground, ...]

    @property
    def opened(self) -> bool:
        """A new event is to be opened."""
        return self.event is None


def _reports_none(item: Item) -> bool:
    return item.reading.category is Category.NONE or item.reading.phase is Phase.OTHER


def _best(new: Report, known: Sequence[Sequence[Report]]) -> tuple[int, Agreement] | None:
    """Which of `known` agrees best, by the best of its reports; the earlier one wins a draw."""
    best: tuple[int, Agreement] | None = None
    for n, reports in enumerate(known):
        for old in reports:
            found = agreement(new, old)
            if found and (best is None or found.weight > best[1].weight):
                best = n, found
    return best


def fuse(item: Item, candidates: Sequence[Candidate]) -> Fusion | None:
    """The event that `item` reports; None when it reports no concrete event."""
    if _reports_none(item):
        return None
    best = _best(report_of(item), [candidate.reports for candidate in candidates])
    return Fusion(None, (Ground.NEW,)) if best is None else Fusion(candidates[best[0]].event, best[1].grounds)


def clusters(items: Collection[Item]) -> dict[str, str]:
    """Fingerprint of every item -> name of its cluster, fused in order of publication as the house would."""
    found: dict[str, str] = {}
    events: list[list[Report]] = []
    for item in sorted(items, key=lambda i: (i.published, i.fingerprint)):
        if _reports_none(item):
            continue
        new = report_of(item)
        best = _best(new, events)
        if best is None:
            events.append([])
        n = len(events) - 1 if best is None else best[0]
        events[n].append(new)
        found[item.fingerprint] = f"g{n + 1}"
    return found
