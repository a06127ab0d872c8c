"""alerts/webhook.py against a receiver on loopback."""

import asyncio
import json
import re
import runpy
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from alerts.errors import AlertError, ChannelConfigError, Refused, TryLater
from alerts.message import Channel
from alerts.options import Options
from alerts.webhook import open_channel
from tests.alerts.build import NOON, a_message, the_means
from tests.alerts.receiver import Receiver, listening

SECRET = "whsec_YW4taW52ZW50ZWQtc2VjcmV0LWZvci10aGUtdGVzdHM="
TOLD = NOON - timedelta(minutes=2)
SIX_HOURS = 21_600.0
CHANNELS = Path(__file__).parents[2] / "docs" / "channels.md"


def a_channel(http: aiohttp.ClientSession, environment: Mapping[str, str], **options: object) -> Channel:
    row = {"url": "env:URL", "oin": "00000001234567890000", "signing_secret": "env:SECRET", **options}
    given = {"SECRET": SECRET, **environment}
    return open_channel(Options(row, given, file="channels.toml", row="channel[zaaksysteem]"), the_means(http))


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


def test_receiver_gets_a_signed_event_and_the_same_bytes_at_every_attempt() -> None:
    async def walk() -> None:
        async with listening(Receiver()) as receiver, aiohttp.ClientSession() as http:
            channel = a_channel(http, {"URL": receiver.url, "TOKEN": "invented"}, token="env:TOKEN")

            receipts = [await channel.send(a_message(at=TOLD), attempt=n, thread=None) for n in (1, 2)]

            [(headers, body), (_, again)] = receiver.got
            event = json.loads(body)
            assert receipts == ["12:LEVEL_CHANGED", "12:LEVEL_CHANGED"]
            assert body == again
            assert (event["id"], event["source"], event["time"], event["data"]["vervolgOp"]) == (
                "12:LEVEL_CHANGED",
                "urn:nld:oin:00000001234567890000:systeem:torenwacht",
                "2026-11-22T10:58:00Z",
                None,
            )
            ours = ("Content-Type", "Idempotency-Key", "Authorization", "webhook-id", "webhook-timestamp")
            assert {name: headers[name] for name in ours} == {
                "Content-Type": "application/cloudevents+json; charset=utf-8",
                "Idempotency-Key": "12:LEVEL_CHANGED",
                "Authorization": "Bearer invented",
                "webhook-id": "12:LEVEL_CHANGED",
                "webhook-timestamp": "1795345200",
            }

    asyncio.run(walk())


def test_later_message_names_the_first_one_and_keeps_its_receipt() -> None:
    async def walk() -> None:
        async with listening(Receiver()) as receiver, aiohttp.ClientSession() as http:
            receipt = await a_channel(http, {"URL": receiver.url}).send(a_message(key="2"), attempt=1, thread="1")

            [(headers, body)] = receiver.got
            event = json.loads(body)
            assert (receipt, event["id"], event["data"]["vervolgOp"]) == ("1", "2", "1")
            assert "Authorization" not in headers

    asyncio.run(walk())


@pytest.mark.parametrize(
    ("change", "later", "believed"),
    [
        ({}, timedelta(minutes=5), True),
        ({}, timedelta(minutes=5, seconds=1), False),
        ({"body": b"{}"}, timedelta(), False),
        ({"webhook-id": "13:LEVEL_CHANGED"}, timedelta(), False),
        ({"webhook-timestamp": "1795345201"}, timedelta(), False),
        ({"webhook-signature": "v1,aGFs\u00e9"}, timedelta(), False),
        ({"secret": "whsec_YW5vdGhlci1pbnZlbnRlZC1zZWNyZXQtb2YtdGVzdHM="}, timedelta(), False),
    ],
)
def test_check_that_the_documents_give_receivers_believes_only_what_is_ours_and_fresh(
    change: Mapping[str, str | bytes], later: timedelta, believed: bool, tmp_path: Path
) -> None:
    [example] = re.findall("(?s)```python\n(.*?)```", CHANNELS.read_text(encoding="utf-8"))
    (tmp_path / "receiver.py").write_text(example, encoding="utf-8")
    is_from_torenwacht = runpy.run_path(str(tmp_path / "receiver.py"))["is_from_torenwacht"]
    receiver = Receiver()
    outcome(receiver)

    [(headers, body)] = receiver.got
    arrived = {"body": body, "secret": SECRET, **dict(headers.items()), **change}

    found = is_from_torenwacht(arrived, arrived["body"], arrived["secret"], now=(NOON + later).timestamp())

    assert found is believed


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
        (503, {"Retry-After": "1764000000"}, SIX_HOURS),
        (503, {"Retry-After": "9" * 400}, SIX_HOURS),
        (503, {"Date": "Sat, 28 Nov 2026 12:00:00 GMT", "Retry-After": "Fri, 28 Nov 2082 12:00:00 GMT"}, SIX_HOURS),
        (503, {"Date": "Sat, 28 Nov 2026 12:00:00 GMT", "Retry-After": f"Sat, 28 Nov {'9' * 30} 12:00:00 GMT"}, None),
        (503, {"Date": "Sat, 28 Nov 2026 12:00:00 GMT", "Retry-After": "Sat, 28 Nov 99999 12:00:00 GMT"}, None),
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
        (
            401,
            "De ontvanger kent de handtekening of het token niet. Controleer 'signing_secret' en 'token' bij dit "
            "kanaal, en of de klok gelijkloopt.",
        ),
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


def test_receiver_that_hangs_up_is_tried_later() -> None:
    error = outcome(Receiver(hangs_up=True))

    assert isinstance(error, TryLater)
    assert error.reason == "webhook does not answer: ServerDisconnectedError"


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


@pytest.mark.parametrize(
    ("options", "secret", "key", "advice"),
    [
        (
            {"oin": "1234567890000"},
            SECRET,
            "oin",
            "Geef het OIN van de organisatie: precies 20 cijfers, tussen aanhalingstekens.",
        ),
        (
            {"component": "toren wacht"},
            SECRET,
            "component",
            "Geef een naam van hoogstens 40 letters, cijfers en streepjes.",
        ),
        (
            {},
            "whsec_a29ydA==",
            "signing_secret",
            "Het geheim is geen base64 van 24 tot 64 bytes. Maak er een met: openssl rand -base64 32.",
        ),
        (
            {"signing_secret": SECRET},
            SECRET,
            "signing_secret",
            'Zet een geheim niet in de tabel. Schrijf signing_secret = "env:NAAM" en zet NAAM in de omgeving.',
        ),
    ],
)
def test_wrong_option_is_named_with_what_is_allowed(
    options: dict[str, object], secret: str, key: str, advice: str
) -> None:
    async def walk() -> None:
        async with aiohttp.ClientSession() as http:
            with pytest.raises(ChannelConfigError) as caught:
                a_channel(http, {"URL": "https://ontvanger.example/x", "SECRET": secret}, **options)

            assert (caught.value.key, caught.value.advice) == (f"channel[zaaksysteem].options.{key}", advice)

    asyncio.run(walk())
