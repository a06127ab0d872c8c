"""alerts/webhook.py against a receiver on loopback."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web

from alerts.errors import AlertError, ChannelConfigError, Refused, TryLater
from alerts.message import Channel
from alerts.options import Options
from alerts.webhook import open_channel
from tests.alerts.build import a_message


@dataclass
class Receiver:
    """Answers with `status` and `headers`; keeps what it got."""

    status: int = 204
    headers: Mapping[str, str] = field(default_factory=dict)
    url: str = ""
    got: list[tuple[object, str | None, str | None]] = field(default_factory=list)
    """Of each request: the JSON, the Idempotency-Key and the Authorization."""

    async def handle(self, request: web.Request) -> web.Response:
        """The one address of the receiver."""
        headers = request.headers
        self.got.append((await request.json(), headers.get("Idempotency-Key"), headers.get("Authorization")))
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


def a_channel(http: aiohttp.ClientSession, environment: Mapping[str, str], **options: object) -> Channel:
    row = {"url": "env:URL", **options}
    return open_channel(Options(row, environment, file="channels.toml", row="channel[zaaksysteem]"), http)


def outcome(receiver: Receiver) -> str | AlertError:
    """The receipt, or the error, of one message to this receiver."""

    async def walk() -> str | AlertError:
        async with listening(receiver), aiohttp.ClientSession() as http:
            channel = a_channel(http, {"URL": receiver.url})
            try:
                return await channel.send(a_message(), attempt=1, thread=None)
            except AlertError as error:
                return error

    return asyncio.run(walk())


def test_receiver_gets_the_message_as_json_with_the_same_key_at_every_attempt() -> None:
    async def walk() -> None:
        async with listening(Receiver()) as receiver, aiohttp.ClientSession() as http:
            channel = a_channel(http, {"URL": receiver.url, "TOKEN": "invented"}, token="env:TOKEN")

            first = await channel.send(a_message(), attempt=1, thread=None)
            second = await channel.send(a_message(), attempt=2, thread=None)

            expected = (
                {
                    "key": "12:LEVEL_CHANGED",
                    "topic": "niveau",
                    "urgency": 2,
                    "title": "B – aandacht: Optocht, Vismarkt, za 28 nov 13.00 uur",
                    "lines": ["Waarom: verplaatsing · geen kennisgeving bekend", "Zekerheid: 0,81"],
                    "link": "https://torenwacht.gemeente.example/gebeurtenissen/12",
                    "footer": "Doelgroep: openbare orde · intern · vervalt di 1 dec",
                    "confidential": False,
                    "thread": None,
                },
                "12:LEVEL_CHANGED",
                "Bearer invented",
            )
            assert receiver.got == [expected, expected]
            assert (first, second) == ("12:LEVEL_CHANGED", "12:LEVEL_CHANGED")

    asyncio.run(walk())


def test_later_message_names_the_first_one_and_keeps_its_receipt() -> None:
    async def walk() -> None:
        async with listening(Receiver()) as receiver, aiohttp.ClientSession() as http:
            receipt = await a_channel(http, {"URL": receiver.url}).send(a_message(key="2"), attempt=1, thread="1")

            [(body, key, token)] = receiver.got
            assert isinstance(body, dict)
            assert (receipt, body["thread"], key, token) == ("1", "1", "2", None)

    asyncio.run(walk())


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_any_answer_from_200_to_299_is_sent(status: int) -> None:
    assert outcome(Receiver(status)) == "12:LEVEL_CHANGED"


@pytest.mark.parametrize(
    ("status", "headers", "after"),
    [
        (429, {"Retry-After": "120"}, 120.0),
        (503, {}, None),
        (500, {"Retry-After": "straks"}, None),
        (408, {}, None),
        (503, {"Date": "Sat, 28 Nov 2026 12:00:00 GMT", "Retry-After": "Sat, 28 Nov 2026 12:01:30 GMT"}, 90.0),
        (503, {"Date": "Sat, 28 Nov 2026 12:00:00 GMT", "Retry-After": "Sat, 28 Nov 2026 11:00:00 GMT"}, 0.0),
    ],
)
def test_busy_receiver_is_tried_later_when_it_asks_for_it(
    status: int, headers: Mapping[str, str], after: float | None
) -> None:
    error = outcome(Receiver(status, headers))

    assert isinstance(error, TryLater)
    assert (error.reason, error.after) == (f"webhook answered {status}", after)


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "De ontvanger vraagt om een (ander) token. Controleer 'token' bij dit kanaal."),
        (410, "Het adres van de webhook bestaat niet meer. Vraag de ontvanger om het nieuwe adres."),
        (
            422,
            "De ontvanger weigert het bericht met code 422. Vraag de beheerder van de ontvanger wat er mis is.",
        ),
        (
            307,
            "De ontvanger verwijst door naar een ander adres. Zet dat adres zelf in de omgevingsvariabele van 'url'.",
        ),
    ],
)
def test_refusing_receiver_is_not_tried_again(status: int, advice: str) -> None:
    receiver = Receiver(status, {"Location": "/elders"} if status == 307 else {})

    error = outcome(receiver)

    assert isinstance(error, Refused)
    assert (error.reason, error.advice, len(receiver.got)) == (f"webhook answered {status}", advice, 1)


def test_receiver_that_is_not_there_is_tried_later_and_its_address_is_not_told() -> None:
    async def walk() -> None:
        async with aiohttp.ClientSession() as http:
            async with listening(Receiver()) as receiver:
                channel = a_channel(http, {"URL": receiver.url})

            with pytest.raises(TryLater) as caught:
                await channel.send(a_message(), attempt=1, thread=None)

            assert caught.value.after is None
            assert "geheim" not in str(caught.value)

    asyncio.run(walk())


@pytest.mark.parametrize(
    ("options", "url", "advice"),
    [
        (
            {"url": "https://ontvanger.example/geheim"},
            "",
            'Zet een geheim niet in de tabel. Schrijf url = "env:NAAM" en zet NAAM in de omgeving.',
        ),
        ({}, "http://ontvanger.example/x", "Het adres bij 'url' is niet beveiligd. Gebruik een adres met https://."),
        ({}, "https://", "Het adres bij 'url' is niet beveiligd. Gebruik een adres met https://."),
        ({}, "https://ontvanger.example:poort/x", "De waarde van 'url' is geen webadres. Begin met https://."),
        ({}, "http://[kapot", "De waarde van 'url' is geen webadres. Begin met https://."),
        (
            {},
            "",
            "De omgevingsvariabele URL ontbreekt of is leeg. Vul URL in, of zet bij dit kanaal enabled = false.",
        ),
    ],
)
def test_address_comes_from_the_environment_and_is_safe(options: dict[str, object], url: str, advice: str) -> None:
    async def walk() -> None:
        async with aiohttp.ClientSession() as http:
            with pytest.raises(ChannelConfigError) as caught:
                a_channel(http, {"URL": url}, **options)

            assert (caught.value.key, caught.value.advice) == ("channel[zaaksysteem].options.url", advice)

    asyncio.run(walk())
