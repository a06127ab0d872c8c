"""A receiver of webhooks on loopback, that can misbehave."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Receiver:
    """Answers with `status` and `headers`, or hangs up; keeps what it got."""

    status: int = 204
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs_up: bool = False
    url: str = ""
    got: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)
    """Of each request: the headers, and the body as it came."""

    async def handle(self, request: web.Request) -> web.Response:
        """The one address of the receiver."""
        self.got.append((request.headers, await request.read()))
        if self.hangs_up and request.transport:
            request.transport.close()
        return web.Response(status=self.status, headers=self.headers)


@asynccontextmanager
async def listening(receiver: Receiver) -> AsyncIterator[Receiver]:
    app = web.Application()
    app.router.add_post("/geheim", receiver.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/geheim"
        yield receiver
    finally:
        await runner.cleanup()
