"""What people press, send and type in one Slack app -> the house, and its answer back. Slack waits three seconds."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import Clock, SignatureVerifier
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from alerts.conversation import Answerer, Asked, Form, Linked, Noted, Private, Problems, Reply
from alerts.errors import Refused, TryLater
from alerts.slack_asked import Payload, Place, heard, payload_of
from alerts.slack_blocks import escaped, lines_as_blocks, link, with_note
from alerts.slack_forms import closing_view, errors_of, view_of
from alerts.slack_socket import Pause, listen
from alerts.slack_wire import Wire, outcome, patiently, quiet

AT_ONCE = 2.0
"""Seconds that a form that was sent may take before Slack gets its answer without the outcome."""
_TRIES, _LONGEST_PAUSE = 3, 30.0
_PRESSED_LATE = "Dit duurde te lang voor Slack. Probeer het opnieuw."
_FAULT = "Er ging iets mis in Torenwacht. Probeer het opnieuw, of gebruik de pagina."
_TOKENS = ("invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed")

log = structlog.get_logger(__name__)


class _At(Clock):
    """A clock for Slack's verifier that stands at one moment."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> float:
        return self._moment.timestamp()


class SlackDesk:
    """Hears one Slack app, by its socket and by signed requests, and answers there."""

    def __init__(self, wire: Wire, *, pause: Pause = asyncio.sleep) -> None:
        self._wire, self._pause = wire, pause
        self._running: set[asyncio.Task[Reply]] = set()

    def __eq__(self, other: object) -> bool:
        """Two rows of the table with the same secrets are one app, that is heard once."""
        return isinstance(other, SlackDesk) and self._secrets == other._secrets

    def __hash__(self) -> int:
        return hash(self._secrets)

    @property
    def _secrets(self) -> tuple[str, str]:
        return self._wire.app_token, self._wire.signing_secret

    @property
    def has_socket(self) -> bool:
        """Whether the app speaks Socket Mode."""
        return bool(self._wire.app_token)

    def is_signed(self, body: bytes, *, timestamp: str, signature: str, now: datetime) -> bool:
        """Whether Slack itself signed this body, at most five minutes from `now`."""
        if not self._wire.signing_secret or not re.fullmatch(r"[0-9]{1,12}", timestamp) or not signature.isascii():
            return False
        try:
            return SignatureVerifier(self._wire.signing_secret, _At(now)).is_valid(body, timestamp, signature)
        except UnicodeDecodeError:
            return False

    async def listen(self, answer: Answerer) -> None:
        """Holds the socket open until it is cancelled. Raises Refused when Slack will never open it."""

        async def take(payload: Payload, envelope: str) -> Payload:
            return await self.take(payload, answer, envelope=envelope)

        await listen(self._wire, take, pause=self._pause)

    async def take_request(self, body: bytes, answer: Answerer) -> Payload:
        """What the body of a signed request asks; the JSON that Slack gets for it, empty for nothing."""
        payload = payload_of(body)
        return {} if payload is None else await self.take(payload, answer)

    async def take(self, payload: Payload, answer: Answerer, *, envelope: str = "") -> Payload:
        """Starts what is asked and says what Slack gets at once: nothing, or how a form ended."""
        found = heard(payload, envelope)
        if found is None:
            return {}
        asked, place = found
        if asked.fields is None:
            self._start(self._see_through(asked, place, answer))
            return {}
        task = self._start(answer(asked))
        await asyncio.wait({task}, timeout=AT_ONCE)
        if task.done():
            return self._close_form(_outcome_of(task), place, payload)
        # Slack closes the form now; how it ended reaches the asker when it is known.
        self._start(self._tell_late(task, place))
        return {}

    async def settle(self) -> None:
        """Waits until all that was asked has been answered."""
        while self._running:
            await asyncio.wait(self._running)

    def _start(self, work: Coroutine[Any, Any, Reply]) -> "asyncio.Task[Reply]":
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[Reply]") -> None:
        self._running.discard(task)
        if not task.cancelled() and (fault := task.exception()) is not None:
            log.error("slack was not answered", exc_info=fault)

    async def _see_through(self, asked: Asked, place: Place, answer: Answerer) -> Reply:
        task = self._start(answer(asked))
        await asyncio.wait({task})
        return await self._performed(_outcome_of(task), place)

    async def _tell_late(self, task: "asyncio.Task[Reply]", place: Place) -> Reply:
        await asyncio.wait({task})
        reply = _outcome_of(task)
        late = Private(tuple(reply.fields.values())) if isinstance(reply, Problems) else reply
        return await self._performed(late, place)

    def _close_form(self, reply: Reply, place: Place, payload: Payload) -> Payload:
        view = payload.get("view")
        match reply:
            case Problems() if isinstance(view, dict):
                return {"response_action": "errors", "errors": errors_of(reply.fields, view)}
            case Private():
                return {"response_action": "update", "view": closing_view("\n".join(_lines(reply))).to_dict()}
        if reply is not None:
            self._start(self._performed(reply, place))
        return {}

    async def _performed(self, reply: Reply, place: Place) -> Reply:
        await self._perform(reply, place)
        return reply

    async def _perform(self, reply: Reply, place: Place) -> None:
        """Shows the answer. What Slack does not take stands in the log: the act itself was done, or was not."""
        try:
            match reply:
                case Private():
                    await self._whisper(reply, place)
                case Noted():
                    await self._note(reply, place)
                case Form():
                    await self._open(reply, place)
        except TryLater as error:
            log.warning("slack did not take an answer", reason=error.reason)
        except Refused as error:
            log.error("slack refuses an answer", reason=error.reason)

    async def _open(self, form: Form, place: Place) -> None:
        view = view_of(form, (place.channel, place.ts, place.thread))
        try:
            await patiently(self._wire.client.views_open(trigger_id=place.trigger, view=view))
        except SlackApiError as error:
            if any(code in str(error.response.get("error")) for code in _TOKENS):
                raise outcome(error, place.channel) from error
            log.warning("slack does not open a form", reason=str(error.response.get("error")))
            await self._whisper(Private((_PRESSED_LATE,)), place)

    async def _whisper(self, reply: Private, place: Place) -> None:
        text, shown = _words(reply), lines_as_blocks(_lines(reply))
        if not self._wire.may_answer_at(place.reply_to):
            channel = place.channel or place.user
            client = self._wire.client

            async def whisper() -> AsyncSlackResponse:
                return await client.chat_postEphemeral(
                    channel=channel, user=place.user, text=text, blocks=shown, link_names=False, parse="none"
                )

            await self._call(whisper, place, again=False)
            return
        hook = AsyncWebhookClient(place.reply_to, session=self._wire.client.session, logger=quiet(), retry_handlers=[])
        hook.proxy = self._wire.client.proxy
        told = await hook.send(
            text=text, blocks=shown, response_type="ephemeral", replace_original=False, unfurl_links=False,
            unfurl_media=False,
        )  # fmt: skip
        if told.body != "ok":
            log.warning("slack did not take an answer", status=told.status_code)

    async def _note(self, reply: Noted, place: Place) -> None:
        """The message is read as it stands now: somebody else may have changed it since it was pressed."""
        client = self._wire.client

        async def read() -> AsyncSlackResponse:
            return await client.conversations_replies(
                channel=place.channel, ts=place.ts, oldest=place.ts, latest=place.ts, inclusive=True, limit=2
            )

        if not place.ts:
            return
        found = await self._call(read, place, again=True)
        sent = next((message for message in found.get("messages") or () if message.get("ts") == place.ts), None)
        if sent is not None:
            shown = with_note(sent.get("blocks") or (), reply.note, [ask.value for ask in reply.without])
            text = f"{sent.get('text', '')}\n{escaped(reply.note)}"

            async def update() -> AsyncSlackResponse:
                return await client.chat_update(
                    channel=place.channel, ts=place.ts, text=text, blocks=shown, link_names=False, parse="none"
                )

            await self._call(update, place, again=True)
        if reply.aloud:
            words = escaped("\n".join(part for part in (reply.note, reply.remark) if part))

            async def tell() -> AsyncSlackResponse:
                return await client.chat_postMessage(
                    channel=place.channel, thread_ts=place.thread or place.ts, text=words,
                    blocks=lines_as_blocks([words]), unfurl_links=False, unfurl_media=False, link_names=False,
                    parse="none",
                )  # fmt: skip

            await self._call(tell, place, again=False)

    async def _call(
        self, call: Callable[[], Awaitable[AsyncSlackResponse]], place: Place, *, again: bool
    ) -> AsyncSlackResponse:
        """Tries a call a few times; one that says something only where Slack tells that it did not take it.

        `again`: the call may be carried out twice. Raises TryLater or Refused.
        """
        for left in reversed(range(_TRIES)):
            try:
                return await patiently(call())
            except SlackApiError as error:
                refusal = outcome(error, place.channel)
                if isinstance(refusal, Refused):
                    raise refusal from error
                trouble: TryLater = refusal
            except TryLater as error:
                trouble = error
            if not left or not (again or trouble.after is not None):
                raise trouble
            await self._pause(min(trouble.after or 1.0, _LONGEST_PAUSE))
        raise AssertionError("the last try returns or raises")


def _outcome_of(task: "asyncio.Task[Reply]") -> Reply:
    """What the house answers; a fault of ours is in the log, and the asker is told that it is one."""
    return task.result() if task.exception() is None else Private((_FAULT,))


def _lines(reply: Private) -> list[str]:
    """Marked text: every line escaped, those with an address as a link."""
    shown = [link(line.address, line.words) if isinstance(line, Linked) else escaped(line) for line in reply.lines]
    return [*shown, link(reply.link, "Bekijk in Torenwacht")] if reply.link else shown


def _words(reply: Private) -> str:
    """The same without marks, for screen readers."""
    return "\n".join(escaped(line.words if isinstance(line, Linked) else line) for line in reply.lines)
