"""gather: all that one poll of a source gives, page after page, read where it can do no harm."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol, TypeVar, TypeVarTuple
from weakref import WeakKeyDictionary

from monitor.collect.cell import TIME, Overrun
from monitor.collect.formats.article import article_of
from monitor.collect.formats.entry import Partial, changed
from monitor.collect.formats.options import PAGES_AT_MOST
from monitor.collect.kinds import KINDS, Quick, parse
from monitor.domain import Fetched, RawItem, Source, SourceState
from monitor.errors import Gone, NotAFeed

READ_AT_ONCE = 64 * 1024
"""Bytes; more takes longer on the fast road than a page may wait."""
_floor: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()
"""Who reads on the event loop has the floor."""

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Fetch(Protocol):
    """Gets one address of a source. Raises CollectError."""

    async def __call__(self, source: Source, state: SourceState | None, address: str = "") -> Fetched | None:
        """What the source gives at `address`, or at its own; None when nothing changed since `state`."""


class Cell(Protocol):
    """Runs a function where it can be stopped; see monitor/collect/cell.py."""

    async def __call__(self, function: Callable[[*Ts], T], *arguments: *Ts, limit: float = TIME) -> T:
        """`function(*arguments)`, of values that can be sent to another process. Raises Overrun."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one poll of a source gave."""

    first: Fetched
    """The answer whose validators count."""
    raws: list[RawItem]
    pages: tuple[str, ...]
    """The addresses that were asked: lists, none of them the page of one entry."""
    whole: bool
    """Nothing was cut off: what is not among them is not listed."""
    fresh_for: timedelta | None = None
    """So long, says the source itself, asking again gives the same; None when it does not say."""


async def in_thread(function: Callable[[*Ts], T], *arguments: *Ts, limit: float = TIME) -> T:
    """A cell without walls, for text of our own."""
    return await asyncio.to_thread(function, *arguments)


async def _in_cell(cell: Cell, function: Callable[[Fetched, Source], T], fetched: Fetched, source: Source) -> T:
    """Raises Changed, also where reading had to be stopped."""
    try:
        return await cell(function, fetched, source, limit=KINDS[source.kind].patience)
    except Overrun as error:
        dutch = "geeft een antwoord dat te groot of te vreemd is om te lezen; controleer het adres in sources.toml."
        raise changed(source, f"reading stopped: {error.reason}", dutch, NotAFeed) from None


async def _quickly(quick: Quick, fetched: Fetched, source: Source) -> list[RawItem] | None:
    """The fast road; None in doubt. One answer in each round of the event loop, whatever came in together."""
    if len(fetched.body) > READ_AT_ONCE:
        return await asyncio.to_thread(quick, fetched, source)
    async with _floor.setdefault(asyncio.get_running_loop(), asyncio.Lock()):
        found = quick(fetched, source)
        await asyncio.sleep(0)  # a hundred of some ms each, in one round, would let all else wait for their sum
        return found


async def read(cell: Cell, fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries of one answer. Raises Changed."""
    quick = KINDS[source.kind].quick
    if quick and (found := await _quickly(quick, fetched, source)) is not None:
        return found
    return await _in_cell(cell, parse, fetched, source)


async def article(fetch: Fetch, cell: Cell, source: Source, raw: RawItem) -> str:
    """The text of an entry's own page, for the reader; never kept. Raises CollectError."""
    fetched = await fetch(source, None, raw.url)
    return "" if fetched is None or fetched.reserved else await _in_cell(cell, article_of, fetched, source)


async def gather(fetch: Fetch, cell: Cell, source: Source, state: SourceState | None) -> Gathered | None:
    """Everything that the source lists now; None when nothing changed since `state`. Raises CollectError.

    A page that fails fails the poll: half a list would look like a whole one.
    """
    first = fetched = await fetch(source, state)
    if first is None or fetched is None:
        return None
    kind = KINDS[source.kind]
    raws = await read(cell, first, source)
    fresh_for = kind.fresh_for(first) if kind.fresh_for else None
    pages, cut = [first.url], isinstance(raws, Partial)
    while kind.more and kind.goes_on(source) and (address := await _in_cell(cell, kind.more, fetched, source)):
        if address in pages or len(pages) >= min(kind.pages(source), PAGES_AT_MOST):
            return _gathered(first, raws, pages, whole=False, fresh_for=fresh_for)
        pages.append(address)
        fetched = await _further(fetch, source, address)
        further = await read(cell, fetched, source)
        cut = cut or isinstance(further, Partial)
        raws = [*raws, *further]
    return _gathered(first, raws, pages, whole=not cut, fresh_for=fresh_for)


def _gathered(
    first: Fetched, raws: list[RawItem], pages: list[str], *, whole: bool, fresh_for: timedelta | None
) -> Gathered:
    if len(pages) > 1:
        # That the first page is as it was says nothing of the others.
        first = replace(first, etag="", last_modified="", body_hash="")
    return Gathered(first, told_apart(raws), tuple(pages), whole, fresh_for)


def told_apart(raws: list[RawItem]) -> list[RawItem]:
    """Entries without the id that several of them share although each has a page of its own: it is no id."""
    pages: dict[str, set[str]] = {}
    for raw in raws:
        pages.setdefault(raw.key, set()).add(raw.url)
    return [replace(raw, key="") if raw.key and len(pages[raw.key]) > 1 else raw for raw in raws]


async def _further(fetch: Fetch, source: Source, address: str) -> Fetched:
    """The answer at the next address. That one page is gone says nothing of the source."""
    try:
        fetched = await fetch(source, None, address)
    except Gone as error:
        raise Gone(error.source, error.reason, advice=error.advice) from error
    if fetched is None:
        dutch = "geeft bij een volgende pagina geen antwoord; controleer het adres in sources.toml."
        raise changed(source, "no answer at a further page", dutch)
    return fetched
