"""Message -> JSON, posted to an address of the municipality's own choice."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import aiohttp

from alerts.errors import Refused, TryLater
from alerts.message import Channel, Message
from alerts.options import Options

PATIENCE = 30.0
"""Seconds to wait for the whole answer."""

_ADVICE: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "De ontvanger vraagt om een (ander) token. Controleer 'token' bij dit kanaal.",
    HTTPStatus.FORBIDDEN: "De ontvanger weigert de toegang. Controleer 'token' en vraag de beheerder van de ontvanger.",
    HTTPStatus.NOT_FOUND: "Het adres van de webhook bestaat niet meer. Vraag de ontvanger om het nieuwe adres.",
    HTTPStatus.GONE: "Het adres van de webhook bestaat niet meer. Vraag de ontvanger om het nieuwe adres.",
}
_PATIENT: set[int] = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


def payload(message: Message, *, thread: str | None) -> dict[str, object]:
    """What the receiver gets: the fields of the message, and the key of the first message about the same thing."""
    return {
        "key": message.key,
        "topic": message.topic.value,
        "urgency": message.urgency.value,
        "title": message.title,
        "lines": list(message.lines),
        "link": message.link,
        "footer": message.footer,
        "confidential": message.confidential,
        "thread": thread,
    }


def pause(headers: Mapping[str, str]) -> float | None:
    """Seconds that Retry-After asks for; None when it says nothing usable.

    A moment is compared with the Date of the same answer, so that a wrong clock on this side does no harm.
    """
    asked = headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        return float(asked)
    until, sent = _moment(asked), _moment(headers.get("Date", ""))
    if until is None or sent is None:
        return None
    return max(0.0, (until - sent).total_seconds())


def _moment(text: str) -> datetime | None:
    """An HTTP date, aware; None when it is none."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


class WebhookChannel:
    """Posts to one address. Every attempt carries the same Idempotency-Key, by which the receiver drops doubles."""

    def __init__(self, http: aiohttp.ClientSession, url: str, token: str | None) -> None:
        self._http, self._url, self._token = http, url, token

    async def send(self, message: Message, *, attempt: int, thread: str | None) -> str:
        """The receipt is the key of the first message about the same thing. Never names the address: it is a secret."""
        headers = {"Idempotency-Key": message.key}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            async with asyncio.timeout(PATIENCE):
                # A redirect would carry the token and the message to an address that nobody chose.
                async with self._http.post(
                    self._url, json=payload(message, thread=thread), headers=headers, allow_redirects=False
                ) as answer:
                    status, answered = answer.status, answer.headers
        except (aiohttp.ClientError, OSError) as error:
            raise TryLater(f"webhook does not answer: {type(error).__name__}") from error
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return thread or message.key
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _PATIENT:
            raise TryLater(f"webhook answered {status}", pause(answered))
        raise Refused(f"webhook answered {status}", _advice(status))


def _advice(status: int) -> str:
    if status < HTTPStatus.BAD_REQUEST:
        return "De ontvanger verwijst door naar een ander adres. Zet dat adres zelf in de omgevingsvariabele van 'url'."
    return _ADVICE.get(
        status,
        f"De ontvanger weigert het bericht met code {status}. Vraag de beheerder van de ontvanger wat er mis is.",
    )


def open_channel(options: Options, http: aiohttp.ClientSession) -> Channel:
    """Options: `url` (from the environment), and `token` (from the environment) where the receiver asks for one."""
    options.only("url", "token")
    url = options.address("url", options.secret("url"))
    return WebhookChannel(http, url, options.secret("token") if options.has("token") else None)
