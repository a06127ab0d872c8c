"""A fetcher on loopback, and the one answer or error that a site gives it."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from socket import AF_INET, AddressFamily

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from monitor.collect import Fetcher, open_fetcher
from monitor.collect.network.fetch import Stopped
from monitor.collect.network.manners import Book
from monitor.collect.network.turns import Turns
from monitor.domain import Fetched, Source, SourceState
from monitor.errors import CollectError
from tests.monitor.collect.build import a_source
from tests.monitor.collect.site import Hours, Page, Site, a_site

LOOPBACK = ("127.0.0.0/8",)


class Names(AbstractResolver):
    """Looks names up in a table."""

    def __init__(self, addresses: Mapping[str, Sequence[str]]) -> None:
        self._addresses = addresses

    async def resolve(self, host: str, port: int = 0, family: AddressFamily = AF_INET) -> list[ResolveResult]:
        found = self._addresses.get(host, ())
        return [ResolveResult(hostname=host, host=a, port=port, family=AF_INET, proto=0, flags=0) for a in found]

    async def close(self) -> None:
        return None


async def going_on() -> bool:
    """Nobody stopped anything."""
    return False


@asynccontextmanager
async def a_fetcher(
    *,
    hours: Hours | None = None,
    allow_private: Sequence[str] = LOOPBACK,
    pause: float = 0,
    environment: Mapping[str, str] | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
    patience: float = 10,
    turns: Turns | None = None,
    book: Book | None = None,
    stopped: Stopped = going_on,
) -> AsyncIterator[Fetcher]:
    hours = hours or Hours()
    async with open_fetcher(
        contact="beheer@torenwacht.example",
        allow_private=allow_private,
        pause=pause,
        clock=hours,
        sleep=hours.sleep,
        environment=environment or {},
        resolver=Names(names) if names is not None else None,
        patience=patience,
        turns=turns,
        book=book,
        stopped=stopped,
    ) as fetch:
        yield fetch


def source_at(site: Site, path: str = "/feed", *, hosts: tuple[str, ...] = ()) -> Source:
    return a_source(url=site.url(path), hosts=(site.host, *hosts))


async def answer_of(pages: Mapping[str, Page], state: SourceState | None = None) -> tuple[Fetched | None, Site]:
    async with a_site(pages) as site, a_fetcher() as fetch:
        return await fetch(source_at(site), state), site


def error_of(pages: Mapping[str, Page]) -> CollectError:
    with pytest.raises(CollectError) as raised:
        asyncio.run(answer_of(pages))
    return raised.value


def state_with(*, etag: str = "", last_modified: str = "", body_hash: str = "") -> SourceState:
    return SourceState(source="bron", etag=etag, last_modified=last_modified, body_hash=body_hash)
