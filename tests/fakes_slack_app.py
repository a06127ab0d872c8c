"""The other half of Slack on loopback: what people press, send and type there, by socket or signed request.

As strict as the real one where that matters: an envelope that is not answered comes again, a trigger opens one form, a
view has at most a hundred blocks and labels of its sizes.
"""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import WSMsgType, web

from tests.fakes_slack import TOKEN, FakeSlack, Json, no

APP_TOKEN = "xapp-invented"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
CHANNEL = "C0123456789"


class FakeSlackApp(FakeSlack):
    """One workspace with one app. `whispers` and `views` are what people were shown, oldest first."""

    def __init__(self) -> None:
        super().__init__({"#openbare-orde": CHANNEL}, {}, frozenset({"channels:read"}))
        self.whispers: list[Json] = []
        self.views: list[Json] = []
        self.answers: dict[str, Json | None] = {}
        """Envelope -> what it was answered with; None where that was nothing."""
        self.connections = 0
        self._news = asyncio.Condition()
        self._line: web.WebSocketResponse | None = None
        self._pressed = 0
        self._used: set[str] = set()

    async def carry_out(self, request: web.Request) -> web.StreamResponse:
        """The methods of an app that listens, and those of any."""
        method = request.match_info["method"]
        if method == "apps.connections.open":
            if request.headers.get("Authorization") != f"Bearer {APP_TOKEN}":
                return no("invalid_auth")
            return web.json_response({"ok": True, "url": f"{self.base_url.replace('http', 'ws', 1)}socket"})
        if request.headers.get("Authorization") == f"Bearer {TOKEN}":
            if method == "chat.postEphemeral":
                return await self._whisper(await request.json())
            if method == "views.open":
                return await self._open(await request.json())
        answer = await super().carry_out(request)
        async with self._news:
            self._news.notify_all()
        return answer

    async def hook(self, request: web.Request) -> web.StreamResponse:
        """The address for private answers."""
        self.calls.append("hook")
        await self._whisper(await request.json())
        return web.Response(text="ok")

    async def _whisper(self, sent: Json) -> web.StreamResponse:
        async with self._news:
            self.whispers.append(sent)
            self._news.notify_all()
        return web.json_response({"ok": True, "message_ts": "1"})

    async def _open(self, sent: Json) -> web.StreamResponse:
        trigger, view = str(sent["trigger_id"]), sent["view"]
        if trigger in self._used:
            return no("expired_trigger_id")
        self._used.add(trigger)
        shown: Json = json.loads(view) if isinstance(view, str) else dict(view)  # type: ignore[call-overload]  # JSON
        title, blocks = shown["title"], shown["blocks"]
        if not (
            isinstance(title, dict) and len(title["text"]) <= 24 and isinstance(blocks, list) and len(blocks) <= 100
        ):
            return no("invalid_arguments")
        async with self._news:
            self.views.append(shown)
            self._news.notify_all()
        return web.json_response({"ok": True, "view": {"id": "V1"}})

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """One connection of Socket Mode: hello, then envelopes until it ends."""
        line = web.WebSocketResponse()
        await line.prepare(request)
        await line.send_json({"type": "hello", "num_connections": 1})
        async with self._news:
            self.connections += 1
            self._line = line
            self._news.notify_all()
        async for told in line:
            if told.type is WSMsgType.TEXT:
                answer = json.loads(told.data)
                async with self._news:
                    self.answers[answer["envelope_id"]] = answer.get("payload")
                    self._news.notify_all()
        return line

    async def until(self, what: str, number: int) -> None:
        """Waits until there are so many `posts`, `whispers`, `views`, `answers` or `connections`."""

        def reached() -> bool:
            found = getattr(self, what)
            return (found if isinstance(found, int) else len(found)) >= number

        async with self._news:
            await self._news.wait_for(reached)

    async def send(self, payload: Json, *, envelope: str, kind: str = "interactive") -> None:
        """Slack puts a payload in an envelope, and on the line."""
        assert self._line is not None
        await self._line.send_json({"type": kind, "envelope_id": envelope, "payload": payload})

    async def end_line(self, reason: str = "") -> None:
        """Slack ends the connection, with a reason or without a word."""
        assert self._line is not None
        if reason:
            await self._line.send_json({"type": "disconnect", "reason": reason})
        else:
            await self._line.close()

    def _trigger(self) -> str:
        self._pressed += 1
        return f"trigger-{self._pressed}"

    def press(self, act: str, about: str, *, user: str, ts: str = "", thread: str = "") -> Json:
        """Somebody presses a button of a message; of the first that stands there when no `ts` is named."""
        ts = ts or str(self.posts[0]["ts"] if self.posts else "")
        message = {"message_ts": ts, "channel_id": CHANNEL} | ({"thread_ts": thread} if thread else {})
        return {
            "type": "block_actions",
            "user": {"id": user, "username": "zomaar"},
            "trigger_id": self._trigger(),
            "response_url": f"{self.base_url}hook",
            "container": {"type": "message", **message},
            "actions": [{"action_id": act, "value": about, "type": "button"}],
        }

    def type_command(self, command: str, *, user: str) -> Json:
        """Somebody types a command."""
        return {
            "command": command, "text": "", "user_id": user, "channel_id": CHANNEL, "trigger_id": self._trigger(),
            "response_url": f"{self.base_url}hook",
        }  # fmt: skip

    def fill_in(self, view: Json, filled: dict[str, Json], *, user: str) -> Json:
        """Somebody sends a form that was opened, with these answers; the other fields stay empty."""
        blocks = view["blocks"]
        assert isinstance(blocks, list)
        names = [block["block_id"] for block in blocks if block["type"] == "input"]
        values = {name: {"antwoord": filled.get(name, {})} for name in names}
        return {
            "type": "view_submission",
            "user": {"id": user},
            "trigger_id": self._trigger(),
            "view": {**view, "state": {"values": values}},
        }


def signed(payload: Json, moment: datetime, *, secret: str = SECRET) -> tuple[bytes, dict[str, str]]:
    """The body and headers of a request as Slack signs it; a command is a form of its own."""
    body = urlencode(payload if "command" in payload else {"payload": json.dumps(payload)}).encode()
    stamp = str(int(moment.timestamp()))
    mark = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={mark}",
    }


@asynccontextmanager
async def fake_slack_app() -> AsyncIterator[FakeSlackApp]:
    """A workspace with the channel `#openbare-orde` and an app in it."""
    slack = FakeSlackApp()
    app = web.Application()
    app.router.add_get("/api/socket", slack.socket)
    app.router.add_post("/api/hook", slack.hook)
    app.router.add_route("*", "/api/{method}", slack.handle)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        slack.base_url = f"http://{host}:{port}/api/"
        yield slack
    finally:
        await runner.cleanup()
