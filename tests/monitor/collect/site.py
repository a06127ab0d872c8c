"""A site on a loopback address that does as it is told, and remembers what it was asked; and a clock with its sleep."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web

from monitor.clock import Clock, now
from tests.monitor.collect.build import NOW

FEED = b"<rss version='2.0'><channel><title>t</title><item><title>Bericht</title></item></channel></rss>"


@dataclass(frozen=True)
class Page:
    """What the site answers at one path."""

    body: bytes = FEED
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    silent: bool = False
    """Takes the request and never answers."""
    drips: bool = False
    """Gives a byte now and then, and never all of them."""
    breaks_off: bool = False
    """Promises more bytes than it gives."""


@dataclass(frozen=True)
class Asked:
    """One request that came in."""

    path: str
    headers: Mapping[str, str]
    at: datetime
    """By the clock of the site."""
    peer: object = None
    """The other end of the connection."""


@dataclass
class Site:
    """Pages by path; what is not there is a 404."""

    host: str
    clock: Clock = now
    port: int = 0
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    visited: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by the first request."""

    def url(self, path: str = "/feed") -> str:
        return f"http://{self.host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked, without the two files that tell the manners of the house."""
        return [asked.path for asked in self.asked if asked.path not in ("/robots.txt", "/.well-known/tdmrep.json")]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        peer = request.transport.get_extra_info("peername") if request.transport else None
        self.asked.append(Asked(request.path_qs, dict(request.headers), self.clock(), peer))
        self.visited.set()
        page = self.pages.get(request.path, Page(b"", 404))
        if page.drips:
            drip = web.StreamResponse(headers={"Content-Length": "1000000"})
            await drip.prepare(request)
            while True:
                await drip.write(b" ")
                await asyncio.sleep(0.01)
        if page.silent:
            await asyncio.Event().wait()
        etag = page.headers.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        if page.breaks_off:
            half = web.StreamResponse(headers={"Content-Length": str(2 * len(page.body))})
            await half.prepare(request)
            await half.write(page.body)
            if request.transport:
                request.transport.close()
            return half
        return web.Response(body=page.body, status=page.status, headers=dict(page.headers))


@asynccontextmanager
async def a_site(
    pages: Mapping[str, Page], *, host: str = "127.0.0.1", port: int = 0, clock: Clock = now
) -> AsyncIterator[Site]:
    """At any free port, or that of another site: a source may only leave for its own port."""
    site = Site(host, clock, pages=dict(pages))
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", site._answer)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    site.port = runner.addresses[0][1]
    try:
        yield site
    finally:
        await runner.cleanup()


class Hours:
    """A clock that only moves when someone sleeps, or sets it forward."""

    def __init__(self) -> None:
        self.now = NOW
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


@asynccontextmanager
async def a_raw_site(answer: Callable[[StreamWriter], Awaitable[None]]) -> AsyncIterator[Site]:
    """A site that has no manners, and gives whatever `answer` writes at every other address."""
    site = Site("127.0.0.1")
    talks: set[asyncio.Task[None]] = set()

    async def talk(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split()[1].decode()
                site.asked.append(Asked(path, {}, site.clock()))
                if path in ("/robots.txt", "/.well-known/tdmrep.json"):
                    writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                else:
                    await answer(writer)
        except (OSError, asyncio.IncompleteReadError):
            pass  # the other side had enough
        finally:
            writer.transport.abort()

    def begin(reader: StreamReader, writer: StreamWriter) -> None:
        talks.add(asyncio.create_task(talk(reader, writer)))

    server = await asyncio.start_server(begin, site.host, 0)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        for talk_under_way in talks:
            talk_under_way.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        await asyncio.sleep(0)  # so that what was aborted gets closed
