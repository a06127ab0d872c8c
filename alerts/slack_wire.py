"""One Slack app on the wire: its client, how long we wait, and what its refusals mean for us."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from alerts.errors import Refused, TryLater
from alerts.options import Options, is_loopback
from alerts.retry_after import retry_after

SLACK = "https://slack.com/api/"
PATIENCE = 30.0
"""Seconds to wait for one answer of Slack."""

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


@dataclass(frozen=True, slots=True)
class Wire:
    """What one row of the table gives of a Slack app."""

    client: AsyncWebClient
    base: str
    app_token: str = field(repr=False)
    """Of Socket Mode; empty where the app has none."""
    signing_secret: str = field(repr=False)
    """Of requests over HTTP; empty where the app sends none."""

    @property
    def listens(self) -> bool:
        """Whether what people press can reach us."""
        return bool(self.app_token or self.signing_secret)

    def may_answer_at(self, address: str) -> bool:
        """Whether an address for answers is Slack's own, or that of the Slack on this machine."""
        asked, own = urlsplit(address), urlsplit(self.base)
        if is_loopback(own.hostname or ""):
            return (asked.scheme, asked.netloc) == (own.scheme, own.netloc)
        return (asked.scheme, asked.netloc) == ("https", "hooks.slack.com")


async def patiently(answer: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """Awaits an answer of Slack. Raises TryLater when there is none, SlackApiError when Slack says no."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await answer
    except (aiohttp.ClientError, OSError) as error:
        raise TryLater(f"Slack does not answer: {type(error).__name__}") from error
    except AttributeError as error:
        # slack_sdk takes a page of plain text (from a proxy) for an answer, and then finds no fields in it.
        raise TryLater("something else than Slack answered") from error


def code_of(error: SlackApiError) -> str:
    """Slack's own word for what is wrong; empty when the answer was not Slack's."""
    answer = error.response
    if isinstance(answer, AsyncSlackResponse) and isinstance(answer.data, dict):
        return str(answer.data.get("error") or "")
    return ""


def outcome(error: SlackApiError, channel: str) -> TryLater | Refused:
    """What the queue can do about it."""
    answer, code = error.response, code_of(error)
    if not isinstance(answer, AsyncSlackResponse):
        return TryLater("something else than Slack answered")
    status = answer.status_code
    if (
        not code
        or code in _FOR_NOW
        or status == HTTPStatus.TOO_MANY_REQUESTS
        or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    ):
        return TryLater(f"Slack answered {status} {code}".rstrip(), retry_after(answer.headers))
    return Refused(f"Slack answered {code}", _ADVICE.get(code, _OTHERWISE).format(channel=channel, code=code))


def quiet() -> logging.Logger:
    """A logger that drops what the client writes at its lowest level: there it logs whole messages."""
    logger = logging.getLogger("alerts.slack.client")
    logger.setLevel(logging.WARNING)
    return logger


def wire_of(options: Options, http: aiohttp.ClientSession) -> Wire:
    """The wire of one row. Raises ChannelConfigError."""
    base = options.address("base_url", options.text("base_url", SLACK))
    client = AsyncWebClient(
        token=options.secret("token"),
        base_url=base,
        session=http,
        # The client itself never tries again, not even after a broken connection: Slack may have taken the message
        # before the connection broke, and only a second attempt of the queue looks first.
        retry_handlers=[],
        logger=quiet(),
    )
    if is_loopback(urlsplit(base).hostname or ""):
        # The client takes a proxy from the environment for every host; none leads back to this machine.
        client.proxy = None
    given = {name: options.secret(name) if options.has(name) else "" for name in ("app_token", "signing_secret")}
    return Wire(client, base, **given)
