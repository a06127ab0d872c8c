"""Items, neighbours, newest override -> Assessment; changes() -> FactKinds. Levels follow indicators, nothing else."""

from collections.abc import Iterable, Sequence

from classifiers import Evidence, Phase, Reader
from monitor.domain import Assessment, Event, EventState, FactKind, Handling, Item, Neighbour, Override
from monitor.rules.classify import CANCELLED
from monitor.rules.picture import Picture, speaking

CONCURRENCE = "samenloop"


def _union(items: Iterable[Item]) -> list[Evidence]:
    """One piece of evidence per indicator; what a person ticked and what is decisive come first."""
    found: dict[str, Evidence] = {}
    pieces = [e for item in items for e in item.reading.evidence]
    for piece in sorted(pieces, key=lambda e: (e.by == "machine", not e.decisive, not e.words)):
        found.setdefault(piece.code, piece)
    return list(found.values())


def _cancelled(items: Sequence[Item]) -> bool:
    """The newest report that looks ahead says so; one that comes after "afgelast" and does not, revives the event."""
    ahead = [i for i in items if i.reading.phase is not Phase.OVER]
    newest = max(ahead, key=lambda i: (i.published, i.id or 0), default=None)
    return newest is not None and CANCELLED in newest.reading.codes


def assess(
    items: Sequence[Item],
    neighbours: Sequence[Neighbour],
    override: Override | None,
    reader: Reader,
    *,
    moved: bool = False,
) -> Assessment:
    """The level of an event, by the machine and by a person; a person's stands above the machine's.

    `samenloop` is the one indicator that no single text can show: it comes from `neighbours`. An event that was
    `moved` goes on: what its reports call cancelled is its old day. In an open event police signals neither show
    nor set the level (R31): when they make the machine see more, it asks a person.
    """
    cancelled = _cancelled(speaking(items)) and not moved

    def gathered(reports: Sequence[Item]) -> list[Evidence]:
        evidence = [e for e in _union(reports) if e.code != CANCELLED or cancelled]
        if neighbours and CONCURRENCE not in {e.code for e in evidence}:
            evidence.append(Evidence(CONCURRENCE, f"Ook hier: {neighbours[0].title}"[:120]))
        return evidence

    evidence = gathered(speaking(items))
    machine = reader.level_of(evidence)
    decided = override.level if override else None
    return Assessment(
        level=decided or machine,
        machine_level=machine,
        evidence=tuple(sorted(evidence, key=lambda e: e.code)),
        cancelled=cancelled,
        sees=reader.level_of(gathered(items)),
    )


def changes(before: Event, picture: Picture, after: Assessment, *, cause: Item | None = None) -> list[FactKind]:
    """What readers must hear, the weightiest first; `before` is the event as readers last knew it. Often nothing.

    A police signal that joins an open event changes nothing that shows: it is told in its compartment.
    """
    if cause is not None and cause.handling is Handling.POLICE and picture.public:
        return [FactKind.REVIEW_ASKED] if after.review_asked else [FactKind.SIGNAL_ADDED]
    found = []
    if after.cancelled and before.state is EventState.OPEN:
        found.append(FactKind.CANCELLED)
    if after.level != before.level:
        found.append(FactKind.LEVEL_CHANGED)
    starts = picture.period.start if picture.period else None
    if picture.moved and before.starts is not None and starts != before.starts:
        found.append(FactKind.MOVED)
    if after.review_asked and after.machine_level > before.machine_level:
        found.append(FactKind.REVIEW_ASKED)
    if before.sources == 1 and picture.sources > 1:
        found.append(FactKind.CONFIRMED)
    return found
