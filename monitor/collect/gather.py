"""gather: all that one poll of a source gives, page after page, read where it can do no harm."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from monitor.collect.kinds import KINDS, parse
from monitor.domain import Fetched, RawItem, Source, SourceState

PAGES_AT_MOST = 10
"""Answers of one poll."""

READ_HERE = 256 * 1024
"""Bytes; a larger body is read in the cell, for it would keep the other sources waiting."""

Answer = TypeVar("Answer")


class Fetch(Protocol):
    """Gets one address of a source. Raises CollectError."""

    async def __call__(self, source: Source, state: SourceState | None, address: str = "") -> Fetched | None:
        """What the source gives at `address`, or at its own; None when nothing changed since `state`."""


class Cell(Protocol):
    """Runs a function where it can be stopped; see monitor/collect/cell.py."""

    async def __call__(self, function: Callable[..., Answer], /, *arguments: object) -> Answer:
        """`function(*arguments)`, of values that can be sent to another process."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one poll of a source gave."""

    first: Fetched
    """The answer whose validators count."""
    raws: list[RawItem]
    whole: bool
    """Nothing was cut off: what is not among them is not listed."""


async def in_thread(function: Callable[..., Answer], /, *arguments: object) -> Answer:
    """A cell without walls, for text of our own."""
    return await asyncio.to_thread(function, *arguments)


async def read(cell: Cell, fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries of one answer. Raises Changed."""
    kind = KINDS[source.kind]
    small = len(fetched.body) <= READ_HERE
    if kind.quick and small and (found := kind.quick(fetched, source)) is not None:
        return found
    if small and not kind.slow:
        return await asyncio.to_thread(parse, fetched, source)
    return await cell(parse, fetched, source)


async def gather(fetch: Fetch, cell: Cell, source: Source, state: SourceState | None) -> Gathered | None:
    """Everything that the source lists now; None when nothing changed since `state`. Raises CollectError.

    A page that fails fails the poll: half a list would look like a whole one.
    """
    first = fetched = await fetch(source, state)
    if first is None or fetched is None:
        return None
    raws: list[RawItem] = []
    asked = {first.url}
    more = KINDS[source.kind].more
    while True:
        raws += await read(cell, fetched, source)
        address = more(fetched, source) if more else None
        if address is None or address in asked or len(asked) == PAGES_AT_MOST:
            return Gathered(first, raws, whole=address is None)
        asked.add(address)
        fetched = await fetch(source, None, address)
        if fetched is None:
            return Gathered(first, raws, whole=False)
