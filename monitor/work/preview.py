"""preview(source): what a source would give, redacted; nothing of it is kept, and nobody is told."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from classifiers import Reader
from monitor.collect import Cell, Fetch, Gathered, gather
from monitor.config import Retention
from monitor.domain import CleanItem, Item, Outcome, Source
from monitor.errors import CollectError
from monitor.rules.classify import classify
from monitor.rules.door import NAMES_SOMEONE, refusal
from monitor.rules.health import outcome_of
from monitor.rules.normalise import normalise
from monitor.rules.redact import redact
from monitor.store.items import left_in


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it would come in."""

    item: Item
    refused: str | None
    """Why it would be left at the door; None when it would come in."""
    dated: bool
    """The source says when it was published; otherwise the item has the moment of this look."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What one look at a source gave."""

    outcome: Outcome
    advice: str = ""
    """Dutch: what is wrong and what to do; empty when it was heard."""
    lines: tuple[Line, ...] = ()
    """Newest first."""
    redactions: Counter[str] = field(default_factory=Counter)
    reserved: bool = False
    """The publisher reserved text and data mining: only title, date and link would come in (R5)."""
    whole: bool = True

    @property
    def published(self) -> list[datetime]:
        """When its entries were published, newest first; without those of which the source does not say."""
        return [line.item.published for line in self.lines if line.dated]


async def preview(fetch: Fetch, cell: Cell, reader: Reader, source: Source, *, now: datetime) -> Preview:
    """Asks the source once, with all the manners of a poll, and reads what it lists; in memory only.

    It may be asked before it is approved: someone has to see what they approve. What goes wrong is told, not raised.
    """
    try:
        gathered = await gather(fetch, cell, source, None)
    except CollectError as error:
        return Preview(outcome_of(error), error.advice)
    if gathered is None or not gathered.raws:
        return Preview(Outcome.EMPTY, f"Bron '{source.id}' antwoordt, maar noemt nu geen berichten.")
    return await asyncio.to_thread(_read, gathered, reader, now)


def _read(gathered: Gathered, reader: Reader, now: datetime) -> Preview:
    clean = [redact(normalise(raw, now=now), reader) for raw in gathered.raws]
    lines = sorted(
        (
            _line(item, reader, now, dated=raw.published is not None)
            for raw, item in zip(gathered.raws, clean, strict=True)
        ),
        key=lambda line: line.item.published,
        reverse=True,
    )
    dated = any(raw.published or raw.told.period for raw in gathered.raws)
    redactions: Counter[str] = Counter()
    for item in clean:
        redactions.update({kind.value: number for kind, number in item.redactions})
    return Preview(
        Outcome.OK if dated else Outcome.UNDATED,
        "" if dated else "Geen enkel bericht heeft een datum; controleer de opties van de bron.",
        tuple(lines),
        redactions,
        gathered.first.reserved,
        gathered.whole,
    )


def _line(clean: CleanItem, reader: Reader, now: datetime, *, dated: bool) -> Line:
    item = classify(clean, reader, now=now, retention=Retention())
    left = NAMES_SOMEONE if left_in(item) else None
    return Line(item, refusal(item, now=now) or left, dated)
