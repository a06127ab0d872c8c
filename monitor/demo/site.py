"""Sample sources -> a site on loopback that answers as sources do: well, late, elsewhere, wrongly or not at all.

Every source listens on an address of its own, for collectors pause between two requests to one host. The site knows
no collector: whoever reads it does so over HTTP.
"""

import asyncio
import hashlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from pathlib import Path

from aiohttp import web

from monitor.clock import local
from monitor.demo.catalogue import catalogue
from monitor.demo.formats import FORMS, article, diagnostics
from monitor.demo.script import Piece, Planted, Stall, stalls_at
from monitor.errors import ConfigError

ELSEWHERE = "127.0.0.99"
"""The host that the moved source points to; it counts who comes, and nobody should."""
_ROBOTS = "User-agent: *\nDisallow: /beheer/\nAllow: /\n"
_RECOVERS_AFTER = 2
"""Seconds that the source in trouble asks for."""
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Request:
    """One request that the site answered."""

    host: str
    path: str
    status: int


@dataclass(slots=True)
class Site:
    """The open site: what it plays, and what was asked of it."""

    catalogue: Path
    """A sources.toml in which every source of this site is approved."""
    port: int
    stalls: tuple[Stall, ...]
    moment: datetime
    requests: list[Request] = field(default_factory=list)
    """Oldest first, with those for robots.txt."""
    wave: int = 1

    @property
    def hosts(self) -> tuple[str, ...]:
        """The addresses of the sources, without the one that nobody should visit."""
        return tuple(stall.host for stall in self.stalls)

    @property
    def base(self) -> str:
        """Address of the first source, without a slash at its end."""
        return f"http://{self.stalls[0].host}:{self.port}"

    @property
    def planted(self) -> tuple[Planted, ...]:
        """All invented personal data that the samples hold, those of the second wave too."""
        return tuple(planted for stall in self.stalls for piece in stall.pieces for planted in piece.planted)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Every item of every source, both waves."""
        return tuple(piece for stall in self.stalls for piece in stall.pieces)

    def later(self) -> None:
        """The second wave: some sources publish what happened since. A second call changes nothing."""
        self.wave = 2

    def body(self, stall: Stall) -> bytes:
        """What `stall` serves now; the same moment, port and wave give the same bytes."""
        return FORMS[stall.form][0](stall, stall.at(self.wave), f"http://{stall.host}:{self.port}")

    async def answer(self, request: web.Request) -> web.Response:
        """Answers for whichever source listens on the address that was called."""
        host = request.url.host or ""
        response = self._response(host, request)
        self.requests.append(Request(host, request.path, response.status))
        return response

    def _response(self, host: str, request: web.Request) -> web.Response:
        stall = next((stall for stall in self.stalls if stall.host == host), None)
        if request.path == "/robots.txt":
            return web.Response(text=_ROBOTS)
        if stall is None:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        if request.path != stall.path:
            piece = next((piece for piece in stall.at(self.wave) if request.path == f"/bericht/{piece.id}"), None)
            if piece is None:
                return web.Response(status=HTTPStatus.NOT_FOUND)
            return web.Response(body=article(piece, stall), content_type="text/html", charset="utf-8")
        return self._polled(stall, request)

    def _polled(self, stall: Stall, request: web.Request) -> web.Response:
        if stall.manner == "moved":
            place = f"http://{ELSEWHERE}:{self.port}{stall.path}"
            return web.Response(status=HTTPStatus.FOUND, headers={"Location": place})
        if stall.manner == "recovers" and not any(r.path == stall.path and r.host == stall.host for r in self.requests):
            wait = {"Retry-After": str(_RECOVERS_AFTER)}
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=wait)
        body, headers = self.body(stall), {"Content-Type": FORMS[stall.form][1]}
        if stall.form == "sru" and request.query.get("operation") != "searchRetrieve":
            body = diagnostics("Mandatory parameter not supplied: operation=searchRetrieve")
        elif stall.form == "sru" and not request.query.get("query"):
            body = diagnostics("Mandatory parameter not supplied: query")
        if stall.manner == "etag":
            headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if request.headers.get("If-None-Match") == headers["ETag"]:
                return web.Response(status=HTTPStatus.NOT_MODIFIED, headers={"ETag": headers["ETag"]})
        if stall.manner == "last-modified":
            newest = max((piece.published for piece in stall.at(self.wave)), default=self.moment)
            headers["Last-Modified"] = format_datetime(newest.astimezone(UTC), usegmt=True)
            if request.headers.get("If-Modified-Since") == headers["Last-Modified"]:
                return web.Response(status=HTTPStatus.NOT_MODIFIED)
        return web.Response(body=body, headers=headers)


def _listeners(hosts: tuple[str, ...]) -> tuple[int, list[socket.socket]]:
    """One port that is free on all `hosts`, and a listening socket on each; raises ConfigError when there is none."""
    cause: OSError | None = None
    for _ in range(_TRIES):
        listeners: list[socket.socket] = []
        port = 0
        try:
            for host in hosts:
                listeners.append(socket.create_server((host, port), reuse_port=False))
                port = listeners[0].getsockname()[1]
        except OSError as error:
            cause = error
            for listener in listeners:
                listener.close()
        else:
            return port, listeners
    advice = (
        "De voorbeeldbronnen kunnen niet luisteren op de adressen 127.0.0.11 en verder. Op macOS voegt u die toe met "
        "'sudo ifconfig lo0 alias 127.0.0.11' (en zo voort); op Linux werken ze zonder instelling."
    )
    raise ConfigError("demo", "127.0.0.0/8", advice=advice) from cause


@asynccontextmanager
async def open_site(moment: datetime, *, folder: Path, stalls: tuple[Stall, ...] | None = None) -> AsyncIterator[Site]:
    """Plays the sample sources as they stand at `moment` (aware) and writes their catalogue in `folder`.

    `stalls` are played instead of the samples.

    Raises ConfigError when the loopback addresses cannot be used or a sample file is wrong.
    """
    stalls = stalls or stalls_at(moment)
    port, listeners = _listeners((*(stall.host for stall in stalls), ELSEWHERE))
    site = Site(catalogue=folder / "sources.toml", port=port, stalls=stalls, moment=moment)
    application = web.Application()
    application.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(application, access_log=None)
    try:
        rows = catalogue(stalls, port, local(moment).date())
        await asyncio.to_thread(site.catalogue.write_text, rows, encoding="utf-8")
        await runner.setup()
        for listener in listeners:
            await web.SockSite(runner, listener).start()
        yield site
    finally:
        await runner.cleanup()
        for listener in listeners:
            listener.close()
