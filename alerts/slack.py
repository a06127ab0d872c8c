"""Message -> Slack, as Block Kit. Carries the fields of the message and nothing else, and no previews (R34)."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.models.metadata import Metadata
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from alerts.errors import Refused, TryLater
from alerts.message import Channel, Message, Urgency
from alerts.options import Options, is_loopback
from alerts.slack_blocks import blocks, fallback

SLACK = "https://slack.com/api/"
CHANNEL_ID = r"[CG][A-Z0-9]{8,}"
EVENT_TYPE = "torenwacht_alert"
PATIENCE = 30.0
"""Seconds to wait for one answer of Slack."""

PAGE_SIZE, PAGES = 200, 5
"""How far back a repeated attempt looks: the newest thousand messages. Counted in messages and not in hours,
because the queue may wait six hours between two attempts, and an alert channel has fewer messages than that."""

_FOR_NOW = {
    "ratelimited",
    "rate_limited",
    "internal_error",
    "fatal_error",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
    "accesslimited",
}
_THREAD_GONE = {"thread_not_found", "message_not_found", "cannot_reply_to_message"}
_FIXED = {"message_not_found", "cant_update_message", "edit_window_closed"}
_TOKEN = "Slack kent het token niet (meer). Maak een nieuw token in Slack en zet het in de omgevingsvariabele."  # noqa: S105 - a sentence about a token
_ADVICE = {
    "invalid_auth": _TOKEN,
    "not_authed": _TOKEN,
    "account_inactive": _TOKEN,
    "token_revoked": _TOKEN,
    "token_expired": _TOKEN,
    "channel_not_found": "Slack vindt het kanaal {channel} niet. Controleer 'channel' in alerts/channels.toml, "
    "en nodig de app uit als het kanaal besloten is.",
    "not_in_channel": "De app zit niet in het kanaal {channel}. Nodig de app daar uit met /invite.",
    "is_archived": "Het kanaal {channel} is gearchiveerd. Kies een ander kanaal in alerts/channels.toml.",
    "missing_scope": "De app mist een recht in Slack. Geef de app het recht chat:write en installeer de app opnieuw.",
    "restricted_action": "De app mag niet schrijven in {channel}. Vraag de beheerder van Slack om toestemming.",
}
_OTHERWISE = "Slack weigert het bericht met de code {code}. Zoek die code op bij chat.postMessage op docs.slack.dev."

log = structlog.get_logger(__name__)


class SlackChannel:
    """Posts to one channel of one workspace, with a bot token.

    The rights that the token needs: chat:write to post; channels:history (for a closed channel groups:history) to
    see after a failure whether the message had come through, and channels:read (groups:read) to find the id of the
    channel for that, unless the table gives the id.
    """

    def __init__(self, client: AsyncWebClient, channel: str, *, listens: bool = False) -> None:
        """`channel` is a name (`#openbare-orde`) or an id (`C0123456789`); `listens`: its buttons are answered."""
        self._client, self._channel, self._listens = client, channel, listens
        # Posting takes a name, reading takes an id only.
        self._id = channel if re.fullmatch(CHANNEL_ID, channel) else None

    async def send(self, message: Message, *, attempt: int, thread: str | None) -> str:
        """The receipt is the `ts` of the first message of the thread."""
        _must_be_open(message)
        if attempt > 1:
            receipt = await self._receipt_of(message.key, thread)
            if receipt is not None:
                return receipt
        try:
            return await self._post(message, thread)
        except SlackApiError as error:
            if thread is None or _code(error) not in _THREAD_GONE:
                raise _outcome(error, self._channel) from error
        # Someone removed the first message of the thread. The news still has to arrive: it starts a new thread.
        log.info("slack thread is gone", channel=self._channel)
        try:
            return await self._post(message, None)
        except SlackApiError as error:
            raise _outcome(error, self._channel) from error

    async def edit(self, message: Message, *, receipt: str) -> None:
        """Changes the message with the `ts` of `receipt`. What Slack will not have changed is told in the log only."""
        _must_be_open(message)
        try:
            channel = await self._id_of_channel()
            if channel is None:
                log.warning("slack channel cannot be looked up, its message stays as it was", channel=self._channel)
                return
            await _patiently(
                self._client.chat_update(
                    channel=channel,
                    ts=receipt,
                    text=fallback(message),
                    blocks=blocks(message, listens=self._listens),
                    metadata=_metadata(message),
                    link_names=False,
                    parse="none",
                )
            )
        except SlackApiError as error:
            if _code(error) not in _FIXED:
                raise _outcome(error, self._channel) from error
            log.info("slack message cannot be changed", channel=self._channel, code=_code(error))

    async def _post(self, message: Message, thread: str | None) -> str:
        answer = await _patiently(
            self._client.chat_postMessage(
                channel=self._channel,
                text=fallback(message),
                blocks=blocks(message, listens=self._listens),
                metadata=_metadata(message),
                unfurl_links=False,
                unfurl_media=False,
                link_names=False,
                parse="none",
                thread_ts=thread,
                # In a thread a message is easily missed; what is urgent is shown in the channel too.
                reply_broadcast=True if thread is not None and message.urgency is Urgency.HIGH else None,
            )
        )
        self._id = str(answer["channel"])
        return thread or str(answer["ts"])

    async def _receipt_of(self, key: str, thread: str | None) -> str | None:
        """The receipt of the message with this key, None when Slack does not have it.

        When Slack does not let the app look (a right is missing), the answer is None too: an alert that comes
        twice is a nuisance, an alert that does not come is a failure.
        """
        try:
            async for sent in self._recent(thread):
                if _key_of(sent) == key:
                    return str(sent.get("thread_ts") or sent["ts"])
        except SlackApiError as error:
            outcome = _outcome(error, self._channel)
            if isinstance(outcome, TryLater):
                raise outcome from error
            log.warning("slack history cannot be read, a double is possible", channel=self._channel, code=_code(error))
        return None

    async def _recent(self, thread: str | None) -> AsyncIterator[Mapping[str, object]]:
        """The messages of the thread, then the newest of the channel: where the thread was gone it stands there."""
        channel = await self._id_of_channel()
        if channel is None:
            log.warning("slack channel cannot be looked up, a double is possible", channel=self._channel)
            return
        if thread is not None:
            replies = self._client.conversations_replies(
                channel=channel, ts=thread, include_all_metadata=True, limit=PAGE_SIZE
            )
            try:
                async for sent in _listed(replies, "messages"):
                    yield sent
            except SlackApiError as error:
                if _code(error) not in _THREAD_GONE:
                    raise
        history = self._client.conversations_history(channel=channel, include_all_metadata=True, limit=PAGE_SIZE)
        async for sent in _listed(history, "messages", pages=PAGES):
            yield sent

    async def _id_of_channel(self) -> str | None:
        """Looked up once; None when Slack shows no channel of this name."""
        # One kind at a time: Slack refuses the whole question when the app lacks the right for one of its kinds.
        for kind in ("public_channel", "private_channel"):
            if self._id is not None:
                break
            channels = self._client.conversations_list(types=kind, exclude_archived=True, limit=PAGE_SIZE)
            try:
                async for channel in _listed(channels, "channels"):
                    if channel["name"] == self._channel.removeprefix("#"):
                        self._id = str(channel["id"])
                        break
            except SlackApiError as error:
                if _code(error) != "missing_scope":
                    raise
        return self._id


def _must_be_open(message: Message) -> None:
    """The switchboard keeps confidential messages away; this is the second lock (R31)."""
    if message.confidential:
        raise Refused(
            "confidential message on its way to Slack",
            "Dit bericht is vertrouwelijk en gaat niet naar Slack. Gebruik een kanaal met confidential = true.",
        )


def _metadata(message: Message) -> Metadata:
    return Metadata(event_type=EVENT_TYPE, event_payload={"key": message.key})


async def _patiently(answer: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """Awaits an answer of Slack. Raises TryLater when there is none, SlackApiError when Slack says no."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await answer
    except (aiohttp.ClientError, OSError) as error:
        raise TryLater(f"Slack does not answer: {type(error).__name__}") from error
    except AttributeError as error:
        # slack_sdk takes a page of plain text (from a proxy) for an answer, and then finds no fields in it.
        raise TryLater("something else than Slack answered") from error


async def _listed(
    first: Awaitable[AsyncSlackResponse], field: str, *, pages: int | None = None
) -> AsyncIterator[Mapping[str, object]]:
    """What `field` holds, page after page; at most `pages`, None for all."""
    # Its iterator gives the answer itself first, and asks Slack for each page after that.
    answer = aiter(await _patiently(first))
    read = 0
    while pages is None or read < pages:
        try:
            page = await _patiently(anext(answer))
        except StopAsyncIteration:
            return
        read += 1
        for entry in page.get(field) or ():
            yield entry


def _key_of(sent: Mapping[str, object]) -> str | None:
    """The key that this program gave a message in Slack; None for messages of others."""
    match sent.get("metadata"):
        case {"event_type": str(kind), "event_payload": {"key": str(key)}} if kind == EVENT_TYPE:
            return key
        case _:
            return None


def _code(error: SlackApiError) -> str:
    """Slack's own word for what is wrong; empty when the answer was not Slack's."""
    answer = error.response
    if isinstance(answer, AsyncSlackResponse) and isinstance(answer.data, dict):
        return str(answer.data.get("error") or "")
    return ""


def _outcome(error: SlackApiError, channel: str) -> TryLater | Refused:
    """What the queue can do about it."""
    answer, code = error.response, _code(error)
    if not isinstance(answer, AsyncSlackResponse):
        return TryLater("something else than Slack answered")
    status = answer.status_code
    if (
        not code
        or code in _FOR_NOW
        or status == HTTPStatus.TOO_MANY_REQUESTS
        or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    ):
        asked = str(answer.headers.get("Retry-After", ""))
        return TryLater(f"Slack answered {status} {code}".rstrip(), float(asked) if asked.isdecimal() else None)
    return Refused(f"Slack answered {code}", _ADVICE.get(code, _OTHERWISE).format(channel=channel, code=code))


def open_channel(options: Options, http: aiohttp.ClientSession) -> Channel:
    """Options: `channel`, `token` (from the environment), `base_url` where it is not slack.com."""
    options.only("channel", "token", "base_url")
    channel = options.text("channel")
    if not channel.startswith("#") and not re.fullmatch(CHANNEL_ID, channel):
        raise options.wrong(
            "channel", 'Geef de naam met een hekje, zoals "#openbare-orde", of het nummer dat met C begint.'
        )
    base = options.address("base_url", options.text("base_url", SLACK))
    client = AsyncWebClient(
        token=options.secret("token"),
        base_url=base,
        session=http,
        # The client itself never tries again, not even after a broken connection: Slack may have taken the message
        # before the connection broke, and only a second attempt of the queue looks first.
        retry_handlers=[],
        logger=_quiet(),
    )
    if is_loopback(urlsplit(base).hostname or ""):
        # The client takes a proxy from the environment for every host; none leads back to this machine.
        client.proxy = None
    return SlackChannel(client, channel)


def _quiet() -> logging.Logger:
    """A logger that drops what the client writes at its lowest level: there it logs whole messages."""
    logger = logging.getLogger("alerts.slack.client")
    logger.setLevel(logging.WARNING)
    return logger
