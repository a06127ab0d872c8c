"""alerts/apprise.py against a stand-in that speaks the library's own few words: the extra need not be installed."""

import asyncio
from dataclasses import dataclass, field

import aiohttp
import pytest

from alerts.apprise import open_channel
from alerts.errors import ChannelConfigError, TryLater
from alerts.message import Message
from alerts.options import Options
from tests.alerts.build import a_message, the_means

ADDRESS = "mmosts://chat.gemeente.example/geheim"


@dataclass
class StandIn:
    """As `apprise.Apprise`: knows one scheme, and says no more than yes or no."""

    answers: bool | None = True
    got: list[dict[str, str]] = field(default_factory=list)

    def add(self, servers: str) -> bool:
        return servers.startswith("mmosts://")

    def notify(self, body: str, title: str, body_format: str) -> bool | None:
        # Raises where a loop runs: it must be called in a thread of its own.
        with pytest.raises(RuntimeError, match="no running event loop"):
            asyncio.get_running_loop()
        self.got.append({"title": title, "body": body, "format": body_format})
        return self.answers


def sent(library: StandIn | None, message: Message, *, url: str = ADDRESS, thread: str | None = None) -> str:
    async def walk() -> str:
        async with aiohttp.ClientSession() as http:
            options = Options({"url": "env:URL"}, {"URL": url}, file="channels.toml", row="channel[chat]")
            channel = open_channel(options, the_means(http), load=lambda: library)
            return await channel.send(message, attempt=1, thread=thread)

    return asyncio.run(walk())


def test_service_gets_title_and_plain_text() -> None:
    library = StandIn()

    receipt = sent(library, a_message())

    assert receipt == "12:LEVEL_CHANGED"
    assert library.got == [
        {
            "title": "B – aandacht: Optocht, Vismarkt, za 28 nov 13.00 uur",
            "body": "Waarom: verplaatsing · geen kennisgeving bekend\nZekerheid: 0,81\n"
            "https://torenwacht.gemeente.example/gebeurtenissen/12\n"
            "Doelgroep: openbare orde · intern · vervalt di 1 dec",
            "format": "text",
        }
    ]


@pytest.mark.parametrize(("follows", "line"), [("Optocht", "Optocht"), ("", "een eerder bericht")])
def test_later_message_names_the_first_one_and_keeps_its_receipt(follows: str, line: str) -> None:
    library = StandIn()

    receipt = sent(library, a_message(key="2", follows=follows), thread="1")

    assert (receipt, library.got[0]["body"].split("\n")[0]) == ("1", f"Vervolg op: {line}")


@pytest.mark.parametrize("answers", [False, None])
def test_service_that_does_not_take_it_is_tried_later(answers: bool | None) -> None:
    with pytest.raises(TryLater) as caught:
        sent(StandIn(answers), a_message())

    assert (caught.value.reason, caught.value.after) == ("service behind Apprise did not take the message", None)


@pytest.mark.parametrize(
    ("library", "url", "advice"),
    [
        (None, ADDRESS, "Dit soort kanaal heeft het extra pakket Apprise nodig."),
        (StandIn(), "onbekend://geheim", "Apprise kent dit adres niet."),
    ],
)
def test_channel_that_cannot_work_is_told_at_the_start_without_its_address(
    library: StandIn | None, url: str, advice: str
) -> None:
    with pytest.raises(ChannelConfigError) as caught:
        sent(library, a_message(), url=url)

    assert caught.value.key == "channel[chat].options.url"
    assert caught.value.advice.startswith(advice)
    assert "geheim" not in caught.value.advice
