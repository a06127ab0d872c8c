"""Message -> a signed CloudEvent, posted to a system of the municipality's own choice."""

import re
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

import aiohttp

from alerts.cloud_event import CONTENT_TYPE, cloud_event, source_of
from alerts.message import Channel, Message
from alerts.opening import Means
from alerts.options import Options
from alerts.post import post
from alerts.signature import key_of, signed

_OIN = re.compile(r"[0-9]{20}")
_COMPONENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")

_ADVICE: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "De ontvanger kent de handtekening of het token niet. Controleer 'signing_secret' en "
    "'token' bij dit kanaal, en of de klok gelijkloopt.",
    HTTPStatus.FORBIDDEN: "De ontvanger weigert de toegang. Controleer 'token' en vraag de beheerder van de ontvanger.",
    HTTPStatus.NOT_FOUND: "Het adres van de webhook bestaat niet meer. Vraag de ontvanger om het nieuwe adres.",
    HTTPStatus.GONE: "Het adres van de webhook bestaat niet meer. Vraag de ontvanger om het nieuwe adres.",
}


class WebhookChannel:
    """Posts to one address. Every attempt carries the same bytes and Idempotency-Key: the receiver drops doubles."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        url: str,
        *,
        source: str,
        key: bytes,
        token: str | None,
        clock: Callable[[], datetime],
    ) -> None:
        """`source` is that of each event; `key` signs it; `token` goes along where the receiver asks for one."""
        self._http, self._url, self._source = http, url, source
        self._key, self._token, self._clock = key, token, clock

    async def send(self, message: Message, *, attempt: int, thread: str | None) -> str:
        """The receipt is the key of the first message about the same thing."""
        body = cloud_event(message, self._source, thread=thread)
        headers = {
            "Content-Type": CONTENT_TYPE,
            "Idempotency-Key": message.key,
            **signed(body, self._key, id=message.key, at=self._clock()),
        }
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        await post(self._http, self._url, body, headers, name="webhook", advice=_advice)
        return thread or message.key


def _advice(status: int) -> str:
    if status < HTTPStatus.BAD_REQUEST:
        return "De ontvanger verwijst door naar een ander adres. Zet dat adres zelf in de omgevingsvariabele van 'url'."
    return _ADVICE.get(
        status,
        f"De ontvanger weigert het bericht met code {status}. Vraag de beheerder van de ontvanger wat er mis is.",
    )


def open_channel(options: Options, means: Means) -> Channel:
    """Options: `url`, `oin`, `component` ("torenwacht"), `signing_secret`, and `token` where the receiver asks for one.

    `url`, `signing_secret` and `token` come from the environment.
    """
    options.only("url", "oin", "component", "signing_secret", "token")
    url = options.address("url", options.secret("url"))
    oin, component = options.text("oin"), options.text("component", "torenwacht")
    if not _OIN.fullmatch(oin):
        raise options.wrong("oin", "Geef het OIN van de organisatie: precies 20 cijfers, tussen aanhalingstekens.")
    if not _COMPONENT.fullmatch(component):
        raise options.wrong("component", "Geef een naam van hoogstens 40 letters, cijfers en streepjes.")
    try:
        key = key_of(options.secret("signing_secret"))
    except ValueError as error:
        raise options.wrong(
            "signing_secret",
            "Het geheim is geen base64 van 24 tot 64 bytes. Maak er een met: openssl rand -base64 32.",
        ) from error
    token = options.secret("token") if options.has("token") else None
    return WebhookChannel(means.http, url, source=source_of(oin, component), key=key, token=token, clock=means.clock)
