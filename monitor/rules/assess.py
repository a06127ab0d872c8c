"""Items, neighbours, newest override -> Assessment; changes() -> FactKinds. Levels follow indicators, nothing else."""

from collections.abc import Iterable, Sequence

from classifiers import PERSON, Evidence, Phase, Reader
from monitor.domain import Assessment, Event, EventState, FactKind, Item, Neighbour, Override
from monitor.rules.classify import CANCELLED
from monitor.rules.picture import Picture, speaking, telling

CONCURRENCE = "samenloop"


def _union(items: Iterable[Item]) -> list[Evidence]:
    """One piece of evidence per indicator; what a person ticked and what is decisive come first."""
    found: dict[str, Evidence] = {}
    pieces = [e for item in items for e in item.reading.evidence]
    for piece in sorted(pieces, key=lambda e: (e.by == "machine", not e.decisive, not e.words)):
        found.setdefault(piece.code, piece)
    return list(found.values())


def _called_off(items: Sequence[Item]) -> bool:
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
    remembered: Sequence[Evidence] = (),
) -> Assessment:
    """The level of an event, by the machine and by a person; a person's stands above the machine's.

    `samenloop` is the one indicator that no single text can show: it comes from `neighbours`. An event that was
    `moved` goes on: what its reports call cancelled is its old day. In an open event confidential signals neither
    show nor set the level (R31): when they make the machine see more, it asks a person. `remembered` holds the
    indicators of confidential reports that are gone. Without a level of their own, a person's indicators make the
    level, and tell whether it is called off; the machine's stays beside it.
    """
    heard = telling(speaking(items))
    added, struck = (override.added, override.struck) if override else ([], [])
    called_off = _called_off(heard) and not moved

    def gathered(reports: Sequence[Item], *, gone: Sequence[Evidence] = ()) -> list[Evidence]:
        evidence = [e for e in _union(reports) if e.code != CANCELLED or called_off]
        codes = {e.code for e in evidence}
        # Whether it goes on is said by the reports that are there.
        evidence += [e for e in gone if e.code not in codes and e.code != CANCELLED]
        if neighbours and CONCURRENCE not in codes:
            evidence.append(Evidence(CONCURRENCE, f"Ook hier: {neighbours[0].title}"[:120]))
        return evidence

    public = any(not i.handling.confidential for i in items)
    found = gathered(heard, gone=() if public else remembered)
    evidence = [e for e in found if e.code not in struck]
    evidence += [Evidence(code, "", PERSON) for code in added if code not in {e.code for e in found}]
    return Assessment(
        level=(override.level if override else None) or reader.level_of(evidence),
        machine_level=reader.level_of(found),
        evidence=tuple(sorted(evidence, key=lambda e: e.code)),
        cancelled=any(e.code == CANCELLED for e in evidence),
        sees=reader.level_of(gathered(telling(items), gone=remembered)),
    )


def changes(before: Event, picture: Picture, after: Assessment, *, reviewed: bool = False) -> list[FactKind]:
    """What readers must hear, the weightiest first; `before` is the event as readers last knew it. Often nothing.

    `reviewed` tells that a person stands behind the level now. What only the compartment may hear is not in it.
    """
    found = []
    if after.cancelled and before.state is EventState.OPEN:
        found.append(FactKind.CANCELLED)
    if not after.cancelled and before.state is EventState.CANCELLED:
        found.append(FactKind.RESUMED)
    if after.level != before.level:
        found.append(FactKind.LEVEL_CHANGED)
    elif reviewed and not before.reviewed:
        found.append(FactKind.REVIEWED)
    starts = picture.period.start if picture.period else None
    elsewhere = picture.place is not None and picture.place.name != before.place
    if picture.moved and before.starts is not None and (starts != before.starts or elsewhere):
        found.append(FactKind.MOVED)
    if after.machine_level > max(after.level, before.machine_level):
        found.append(FactKind.REVIEW_ASKED)
    if before.sources == 1 and picture.sources > 1:
        found.append(FactKind.CONFIRMED)
    return found


def disputed(before: Event, picture: Picture, cause: Item | None, override: Override | None) -> dict[str, str]:
    """In what reports now speak against a person's correction: `reads`, a category, and `shows`, a code; often nothing.

    `cause` is the item that just joined, when it may speak in the open; `before` is the event as it was.
    """
    found: dict[str, str] = {}
    if override is None:
        return found
    if override.category and picture.category not in (override.category, before.machine_category):
        found["reads"] = picture.category.value
    again = [code for code in override.struck if cause is not None and code in cause.reading.codes]
    if again:
        found["shows"] = again[0]
    return found


def asked_in_compartment(before: Event, after: Assessment, *, joined: bool) -> FactKind | None:
    """What the compartment hears of an open event and its confidential signals; None when there is nothing.

    `joined` tells that such a signal joined just now. The machine asks when that made it see more than the level
    says; for the rest the compartment hears that the signal is there.
    """
    if after.sees > max(after.level, after.machine_level, before.sees):
        return FactKind.REVIEW_ASKED
    return FactKind.SIGNAL_ADDED if joined else None
