"""A Slack on loopback that speaks the real protocol over real sockets, as far as alerts/slack.py uses it.

As strict as the real one where that matters: reading takes a channel's id and never its name, metadata is only shown
to who asks for it, a thread must exist, blocks have their largest sizes.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

TOKEN = "xoxb-invented"
FIRST_TS = 1_790_000_000

Json = dict[str, object]
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeSlack:
    """One workspace. What it accepted is in `posts`, oldest first; what it was asked is in `calls`."""

    def __init__(self, channels: dict[str, str], private: dict[str, str], rights: frozenset[str]) -> None:
        self.base_url = ""
        self.posts: list[Json] = []
        """The JSON of each accepted message as it was sent, and the `ts` that it got."""
        self.calls: list[str] = []
        """The name of each method that was called, refused calls too."""
        self.page_size = 100
        self._channels, self._private, self._rights = {**channels, **private}, private, rights
        self._surprises: list[Answer] = []

    def fail_next(self, status: int, retry_after: int | str | None = None) -> None:
        """The next call is not carried out: it is answered with `status`."""
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        error = "ratelimited" if status == web.HTTPTooManyRequests.status_code else "internal_error"

        async def fail(request: web.Request) -> web.StreamResponse:
            return web.json_response({"ok": False, "error": error}, status=status, headers=headers)

        self._surprises.append(fail)

    def refuse_next(self, error: str) -> None:
        """The next call is not carried out: Slack says no with this code."""

        async def refuse(request: web.Request) -> web.StreamResponse:
            return no(error)

        self._surprises.append(refuse)

    def lose_next_answer(self) -> None:
        """The next call is carried out, but the connection breaks before the answer is out."""

        async def lose(request: web.Request) -> web.StreamResponse:
            await self.carry_out(request)
            assert request.transport is not None
            request.transport.close()
            return web.Response()

        self._surprises.append(lose)

    def after_calls(self, number: int) -> "FakeSlack":
        """The surprise that follows comes after so many calls that are carried out."""
        self._surprises.extend([self.carry_out] * number)
        return self

    def answer_next(self, text: str, *, content_type: str) -> None:
        """The next call is not carried out: a proxy in between answers 200 with a page of its own."""

        async def intervene(request: web.Request) -> web.StreamResponse:
            return web.Response(text=text, content_type=content_type)

        self._surprises.append(intervene)

    def remove(self, ts: str) -> None:
        """Someone removes a message."""
        self.posts = [post for post in self.posts if post["ts"] != ts]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Any call of the Web API."""
        self.calls.append(request.match_info["method"])
        if self._surprises:
            return await self._surprises.pop(0)(request)
        return await self.carry_out(request)

    async def carry_out(self, request: web.Request) -> web.StreamResponse:
        """Does what the method says."""
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return no("invalid_auth")
        match request.match_info["method"]:
            case "chat.postMessage":
                return self._post(await request.json())
            case "chat.update":
                return self._update(await request.json())
            case "conversations.list":
                return self._list(request)
            case "conversations.history":
                newest_first = [post for post in reversed(self.posts) if _in_channel(post)]
                return self._messages(request, newest_first)
            case "conversations.replies":
                ts = request.query["ts"]
                thread = [post for post in self.posts if ts in (post["ts"], post.get("thread_ts"))]
                return self._messages(request, thread) if thread else no("thread_not_found")
            case _:
                return no("unknown_method")

    def _list(self, request: web.Request) -> web.StreamResponse:
        needed = {"public_channel": "channels:read", "private_channel": "groups:read"}
        kinds = request.query.get("types", "public_channel").split(",")
        if not all(needed[kind] in self._rights for kind in kinds):
            return no("missing_scope")
        listed: list[Json] = [
            {"id": id_, "name": name.removeprefix("#")}
            for name, id_ in self._channels.items()
            if ("private_channel" if name in self._private else "public_channel") in kinds
        ]
        return self._page(request, "channels", listed)

    def _post(self, sent: Json) -> web.StreamResponse:
        channel = self._channels.get(str(sent["channel"]), sent["channel"])
        if channel not in self._channels.values():
            return no("channel_not_found")
        if not _blocks_fit(sent["blocks"]):
            return no("invalid_blocks")
        if "thread_ts" in sent and sent["thread_ts"] not in [post["ts"] for post in self.posts]:
            return no("thread_not_found")
        ts = f"{FIRST_TS + len(self.calls)}.{len(self.posts):06}"  # calls may overlap
        self.posts.append({**sent, "ts": ts})
        return web.json_response({"ok": True, "channel": channel, "ts": ts, "message": {"ts": ts}})

    def _update(self, sent: Json) -> web.StreamResponse:
        if sent["channel"] not in self._channels.values():
            return no("channel_not_found")
        changed = [post for post in self.posts if post["ts"] == sent["ts"]]
        if not changed:
            return no("message_not_found")
        changed[0].update({**sent, "channel": changed[0]["channel"]})
        return web.json_response({"ok": True, "channel": sent["channel"], "ts": sent["ts"], "text": sent["text"]})

    def _messages(self, request: web.Request, posts: list[Json]) -> web.StreamResponse:
        channel = request.query["channel"]
        if channel not in self._channels.values():
            return no("channel_not_found")
        first, last = float(request.query.get("oldest", 0)), float(request.query.get("latest", "inf"))
        posts = [post for post in posts if first <= float(str(post["ts"])) <= last]
        shown = {"ts", "thread_ts", "text", "blocks"} | (
            {"metadata"} if request.query.get("include_all_metadata") == "1" else set()
        )
        here = [post for post in posts if self._channels.get(str(post["channel"]), post["channel"]) == channel]
        return self._page(request, "messages", [{k: v for k, v in post.items() if k in shown} for post in here])

    def _page(self, request: web.Request, field: str, entries: list[Json]) -> web.StreamResponse:
        start = int(request.query.get("cursor") or 0)
        end = start + min(self.page_size, int(request.query.get("limit", "100")))
        cursor = str(end) if end < len(entries) else ""
        return web.json_response({"ok": True, field: entries[start:end], "response_metadata": {"next_cursor": cursor}})


def no(error: str) -> web.StreamResponse:
    """A refusal with its code."""
    return web.json_response({"ok": False, "error": error})


def _in_channel(post: Json) -> bool:
    return "thread_ts" not in post or post.get("reply_broadcast") is True


def _blocks_fit(blocks: object) -> bool:
    assert isinstance(blocks, list)
    for block in blocks:
        texts = [block["text"]] if "text" in block else block["elements"]
        largest = 150 if block["type"] == "header" else 3000
        if not all(0 < len(words_of(text)) <= largest for text in texts):
            return False
    return 0 < len(blocks) <= 50


def words_of(text: Json) -> str:
    """What a text object, or a button, says."""
    told = text["text"]
    return str(told["text"]) if isinstance(told, dict) else str(told)


@asynccontextmanager
async def fake_slack(
    channels: dict[str, str] | None = None,
    *,
    private: dict[str, str] | None = None,
    rights: frozenset[str] = frozenset({"channels:read"}),
) -> AsyncIterator[FakeSlack]:
    """A workspace with the channel `#openbare-orde`, or with `channels`: names with a `#`, and their ids.

    `rights` are those to list channels; posting and reading are always allowed.
    """
    slack = FakeSlack(channels or {"#openbare-orde": "C0123456789"}, private or {}, rights)
    async with serving(slack):
        yield slack


@asynccontextmanager
async def serving(slack: FakeSlack) -> AsyncIterator[None]:
    """Puts a workspace on the network of this machine."""
    app = web.Application()
    app.router.add_route("*", "/api/{method}", slack.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        slack.base_url = f"http://{host}:{port}/api/"
        yield
    finally:
        await runner.cleanup()
