"""Entries, anchors -> Flaw: where the audit trail is not what was written (R43)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.clock import today
from monitor.domain import Anchor, AuditEntry, Purpose


@dataclass(frozen=True, slots=True)
class Flaw:
    """One place where the trail was tampered with."""

    entry: int | None
    """The entry it is about, or the first of them; None for an anchor whose entries are not there to tell."""
    sentence: str
    """What is wrong, in Dutch."""


_UNREADABLE = (ValueError, TypeError, AttributeError)
"""What a column raises in which someone wrote a value of another kind."""


def flaws(
    entries: Iterable[AuditEntry], anchors: Sequence[Anchor], written: Sequence[Anchor] | None, now: datetime
) -> Iterator[Flaw]:
    """Every flaw, in the order of the trail; none when it is whole.

    `entries` by id and `anchors` by day, as they stand in the database; `written`: the lines of the anchor file, which
    stands outside it, or None without one. Each flaw is told once, not again for all that hangs on it.
    """
    yield from _flaws_of_anchors(anchors, now, whole=True)
    yield from _flaws_of_entries(entries, anchors)
    if written is not None:
        yield from _flaws_of_anchors(written, now, whole=False)
        yield from _differences(anchors, written, now)


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _flaws_of_anchors(anchors: Sequence[Anchor], now: datetime, *, whole: bool) -> Iterator[Flaw]:
    """What can be seen without the entries. Those in the file (`whole` False) do not know of a purge."""
    told = "De dagafsluiting van" if whole else "In het ankerbestand: de dagafsluiting van"
    before: Anchor | None = None
    for anchor in anchors:
        name = f"{told} {_day(anchor.day)}"
        if anchor.hash != anchor.seal():
            yield Flaw(anchor.first, f"{name} is gewijzigd.")
        if before is not None and (anchor.before, anchor.first) != (before.hash, before.last + 1):
            yield Flaw(anchor.first, f"{name} sluit niet aan op die van {_day(before.day)}.")
        if before is None and whole and anchor.before and anchor.purged_at is None:
            yield Flaw(anchor.first, f"{name} sluit aan op een dag die er niet meer is.")
        if before is not None and before.day >= anchor.day:
            yield Flaw(anchor.first, f"{name} staat op de verkeerde plaats.")
        if anchor.purged_at is not None and not anchor.kept_until <= anchor.purged_at <= now:
            yield Flaw(anchor.first, f"{name}: de regels zijn verwijderd voordat hun bewaartermijn voorbij was.")
        if before is not None and anchor.purged_at is not None and before.purged_at is None:
            yield Flaw(anchor.first, f"{name}: de regels zijn verwijderd, en oudere regels niet.")
        before = anchor


class _Walk:
    """Where the walk along the entries is: what the next one must hang on, and which days are still to come."""

    def __init__(self, anchors: Sequence[Anchor]) -> None:
        gone = [anchor for anchor in anchors if anchor.purged_at is not None]
        self.days = [anchor for anchor in anchors if anchor.purged_at is None]
        self.next = gone[-1].last + 1 if gone else 1
        self.before = gone[-1].head if gone else ""
        self.kept: list[datetime] = []
        """Until when the entries of the day so far are kept."""

    def step(self, entry: AuditEntry) -> Iterator[Flaw]:
        """The flaws of one entry, and of the day that it ends."""
        id = entry.id or 0
        if id < self.next:
            yield Flaw(id, f"Regel {id} staat er dubbel, of is teruggezet nadat hij verwijderd was.")
            return
        if id > self.next:
            yield self.missing(id - 1)
        elif entry.before != self.before:
            yield Flaw(id, f"Regel {id} sluit niet aan op de regel ervoor.")
        if entry.hash != entry.seal():
            yield Flaw(id, f"Regel {id} is gewijzigd.")
        elif entry.purpose not in list(Purpose):
            yield Flaw(id, f"Regel {id} heeft een doel dat niet op de lijst staat.")
        self.next, self.before = id + 1, entry.hash
        yield from self._at_day(entry, id)

    def _at_day(self, entry: AuditEntry, id: int) -> Iterator[Flaw]:
        while self.days and self.days[0].last < id:
            self._next_day()
        if not self.days:
            yield Flaw(id, f"Regel {id} staat onder geen dagafsluiting: hij is erbij gezet.")
            return
        anchor, last = self.days[0], id == self.days[0].last
        self.kept.append(entry.delete_after)
        if today(entry.at) > anchor.day:
            yield Flaw(id, f"Regel {id} is van een latere dag dan zijn dagafsluiting.")
        if last and (anchor.head, anchor.kept_until) != (entry.hash, max(self.kept)):
            yield Flaw(id, f"Regel {id} is een andere dan in de dagafsluiting van {_day(anchor.day)}.")
        if last:
            self._next_day()

    def _next_day(self) -> None:
        del self.days[0]
        self.kept.clear()

    def missing(self, last: int) -> Flaw:
        """The entries up to `last` are not there."""
        first = self.next
        told = f"Regel {first} ontbreekt." if first == last else f"De regels {first} tot en met {last} ontbreken."
        return Flaw(first, told)


def _flaws_of_entries(entries: Iterable[AuditEntry], anchors: Sequence[Anchor]) -> Iterator[Flaw]:
    walk = _Walk(anchors)
    try:
        for entry in entries:
            yield from walk.step(entry)
    except _UNREADABLE:
        yield Flaw(walk.next, f"Regel {walk.next} is niet te lezen: er is iets in geschreven dat er niet hoort.")
        return
    if walk.days and walk.days[-1].last >= walk.next:
        yield walk.missing(walk.days[-1].last)


def _differences(anchors: Sequence[Anchor], written: Sequence[Anchor], now: datetime) -> Iterator[Flaw]:
    """Between the database and the file outside it."""
    kept = {anchor.day: anchor for anchor in anchors}
    oldest = anchors[0].day if anchors else date.max
    for line in written:
        anchor = kept.get(line.day)
        if anchor is None and not (line.day < oldest and line.kept_until <= now):
            yield Flaw(
                line.first, f"De dagafsluiting van {_day(line.day)} staat in het ankerbestand en niet meer hier."
            )
        elif anchor is not None and anchor.hash != line.hash:
            yield Flaw(
                min(line.first, anchor.first),
                f"De regels van {_day(line.day)} zijn andere dan in het ankerbestand (vanaf regel {line.first}).",
            )
    known = {line.day for line in written}
    lacking = [a for a in finished(anchors, now) if a.day not in known and a.purged_at is None]
    if lacking:
        yield Flaw(
            lacking[0].first,
            f"Het ankerbestand mist {len(lacking)} dagafsluiting(en), de eerste van {_day(lacking[0].day)}. "
            "Werd het bijgehouden, dan is er iets uit weggehaald.",
        )


_SETTLED = timedelta(hours=1)
"""So long after midnight a day may still wait for its line in the file."""


def finished(anchors: Sequence[Anchor], now: datetime) -> list[Anchor]:
    """The anchors that grow no more, and should stand in the file."""
    return [anchor for anchor in anchors if anchor.day < today(now - _SETTLED)]
