"""Message -> Slack, as Block Kit. Carries the fields of the message and nothing else, and no previews (R34)."""

import re
from collections.abc import AsyncIterator, Awaitable, Mapping

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.models.metadata import Metadata
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from alerts.errors import Refused, TryLater
from alerts.message import Channel, Message, Urgency
from alerts.opening import Means
from alerts.options import Options
from alerts.slack_blocks import blocks, fallback
from alerts.slack_desk import SlackDesk
from alerts.slack_wire import code_of, outcome, patiently, wire_of

CHANNEL_ID = r"[CG][A-Z0-9]{8,}"
EVENT_TYPE = "torenwacht_alert"
PAGE_SIZE, PAGES = 200, 5
"""How far back a repeated attempt looks: the newest thousand messages. Counted in messages and not in hours,
because the queue may wait six hours between two attempts, and an alert channel has fewer messages than that."""

_THREAD_GONE = {"thread_not_found", "message_not_found", "cannot_reply_to_message"}
_FIXED = {"message_not_found", "cant_update_message", "edit_window_closed"}

log = structlog.get_logger(__name__)


class SlackChannel:
    """Posts to one channel of one workspace, with a bot token.

    The rights that the token needs: chat:write to post; channels:history (for a closed channel groups:history) to
    see after a failure whether the message had come through, and channels:read (groups:read) to find the id of the
    channel for that, unless the table gives the id.
    """

    def __init__(self, client: AsyncWebClient, channel: str, *, desk: SlackDesk | None = None) -> None:
        """`channel` is a name (`#openbare-orde`) or an id (`C0123456789`); `desk` hears its buttons."""
        self._client, self._channel, self.desk = client, channel, desk
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
            if thread is None or code_of(error) not in _THREAD_GONE:
                raise outcome(error, self._channel) from error
        # Someone removed the first message of the thread. The news still has to arrive: it starts a new thread.
        log.info("slack thread is gone", channel=self._channel)
        try:
            return await self._post(message, None)
        except SlackApiError as error:
            raise outcome(error, self._channel) from error

    async def edit(self, message: Message, *, receipt: str) -> None:
        """Changes the message with the `ts` of `receipt`. What Slack will not have changed is told in the log only."""
        _must_be_open(message)
        try:
            channel = await self._id_of_channel()
            if channel is None:
                log.warning("slack channel cannot be looked up, its message stays as it was", channel=self._channel)
                return
            await patiently(
                self._client.chat_update(
                    channel=channel,
                    ts=receipt,
                    text=fallback(message),
                    blocks=blocks(message, listens=self.desk is not None),
                    metadata=_metadata(message),
                    link_names=False,
                    parse="none",
                )
            )
        except SlackApiError as error:
            if code_of(error) not in _FIXED:
                raise outcome(error, self._channel) from error
            log.info("slack message cannot be changed", channel=self._channel, code=code_of(error))

    async def _post(self, message: Message, thread: str | None) -> str:
        answer = await patiently(
            self._client.chat_postMessage(
                channel=self._channel,
                text=fallback(message),
                blocks=blocks(message, listens=self.desk is not None),
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
            refusal = outcome(error, self._channel)
            if isinstance(refusal, TryLater):
                raise refusal from error
            log.warning(
                "slack history cannot be read, a double is possible", channel=self._channel, code=code_of(error)
            )
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
                if code_of(error) not in _THREAD_GONE:
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
                if code_of(error) != "missing_scope":
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


async def _listed(
    first: Awaitable[AsyncSlackResponse], field: str, *, pages: int | None = None
) -> AsyncIterator[Mapping[str, object]]:
    """What `field` holds, page after page; at most `pages`, None for all."""
    # Its iterator gives the answer itself first, and asks Slack for each page after that.
    answer = aiter(await patiently(first))
    read = 0
    while pages is None or read < pages:
        try:
            page = await patiently(anext(answer))
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


def open_channel(options: Options, means: Means) -> Channel:
    """Options: `channel`, `token` (from the environment), `base_url` where it is not slack.com.

    With `app_token` (Socket Mode) or `signing_secret` (requests over HTTP), both from the environment, it listens too.
    """
    options.only("channel", "token", "base_url", "app_token", "signing_secret")
    channel = options.text("channel")
    if not channel.startswith("#") and not re.fullmatch(CHANNEL_ID, channel):
        raise options.wrong(
            "channel", 'Geef de naam met een hekje, zoals "#openbare-orde", of het nummer dat met C begint.'
        )
    wire = wire_of(options, means.http)
    return SlackChannel(wire.client, channel, desk=SlackDesk(wire) if wire.listens else None)
