"""alerts/slack.py against a Slack on loopback: what arrives there, and what never does."""

import asyncio
import json

import aiohttp
import pytest

from alerts.errors import ChannelConfigError, Refused
from alerts.options import Options
from alerts.slack import open_channel
from alerts.slack_blocks import cut, escaped
from tests.alerts.build import a_message, the_means
from tests.alerts.workspace import a_channel, a_workspace, refusal
from tests.fakes_slack import fake_slack


def test_slack_gets_the_fields_of_the_message_and_nothing_else_and_shows_no_previews() -> None:
    """R34. The whole payload is compared: a field that is added some day has to be defended here."""

    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            receipt = await channel.send(a_message(), attempt=1, thread=None)

            title = "B – aandacht: Optocht, Vismarkt, za 28 nov 13.00 uur"
            facts = "Waarom: verplaatsing · geen kennisgeving bekend", "Zekerheid: 0,81"
            shown = "*Waarom:* verplaatsing · geen kennisgeving bekend\n*Zekerheid:* 0,81"
            footer = "Doelgroep: openbare orde · intern · vervalt di 1 dec"
            link = "<https://torenwacht.gemeente.example/gebeurtenissen/12|Bekijk in Torenwacht>"
            assert slack.posts == [
                {
                    "channel": "#openbare-orde",
                    "text": "\n".join((title, *facts, footer)),
                    "blocks": [
                        {"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}},
                        {"type": "section", "text": marked(shown)},
                        {"type": "section", "text": marked(link)},
                        {"type": "context", "elements": [marked(footer)]},
                    ],
                    "metadata": {"event_type": "torenwacht_alert", "event_payload": {"key": "12:LEVEL_CHANGED"}},
                    "unfurl_links": False,
                    "unfurl_media": False,
                    "link_names": False,
                    "parse": "none",
                    "ts": receipt,
                }
            ]
            assert slack.calls == ["chat.postMessage"]

    asyncio.run(walk())


def marked(text: str) -> dict[str, object]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def test_text_can_call_no_one_and_open_no_link() -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            trick = "<!channel> <@U0123> <https://elders.example|klik> R&D"

            await channel.send(a_message(title=trick, lines=(trick,), link="", footer=trick), attempt=1, thread=None)

            shown = "&lt;!channel&gt; &lt;@U0123&gt; &lt;https://elders.example|klik&gt; R&amp;D"
            [post] = slack.posts
            assert post["text"] == f"{shown}\n{shown}\n{shown}"
            assert post["blocks"] == [
                {"type": "header", "text": {"type": "plain_text", "text": shown, "emoji": False}},
                {"type": "section", "text": marked(shown)},
                {"type": "context", "elements": [marked(shown)]},
            ]

    asyncio.run(walk())


def test_message_calls_the_people_whom_it_names_by_id_and_nothing_else_that_stands_there() -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            calls = ("U0ANNA000", "!channel", "W0BORIS00", "U0X> <!here")

            await channel.send(a_message(calls=calls), attempt=1, thread=None)

            [post] = slack.posts
            assert isinstance(post["blocks"], list)
            assert post["blocks"][1] == {"type": "section", "text": marked("Kijkt u? <@U0ANNA000> <@W0BORIS00>")}
            assert "!channel" not in json.dumps(post)

    asyncio.run(walk())


def test_line_of_a_bundle_leads_to_its_event_and_to_nowhere_else() -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            home = "https://torenwacht.example/"
            lines = (f"[C] Onrust | Vismarkt {home}gebeurtenissen/3", "Kijk op https://elders.example/3")

            await channel.send(a_message(lines=lines, link=home), attempt=1, thread=None)

            [post] = slack.posts
            assert isinstance(post["blocks"], list)
            assert post["blocks"][1]["text"] == marked(
                f"<{home}gebeurtenissen/3|[C] Onrust ¦ Vismarkt>\nKijk op https://elders.example/3"
            )

    asyncio.run(walk())


def test_long_message_is_cut_to_what_slack_takes() -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            long = "Grote Markt & Vismarkt " * 200

            await channel.send(a_message(title=long, lines=(long,) * 60, footer=long), attempt=1, thread=None)

            sent = json.dumps(slack.posts[0]["blocks"], ensure_ascii=False)
            assert sent.count("…") == 3

    asyncio.run(walk())


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("past precies", 12, "past precies"),
        ("Demonstratie, Grote Markt", 20, "Demonstratie, Grote…"),
        ("Demonstratie, Grote Markt", 15, "Demonstratie…"),
        ("Demonstratie, Grote Markt", 19, "Demonstratie…"),
        ("windmolenparkvergunning", 10, "windmolen…"),
        ("• windmolenparkvergunning", 10, "• windmol…"),
        (escaped("R&&&&"), 10, "R&amp;…"),
        (escaped("Markt & Vismarkt"), 14, "Markt &amp;…"),
    ],
)
def test_text_is_cut_after_a_whole_word_and_never_inside_an_escaped_sign(text: str, limit: int, expected: str) -> None:
    shortened = cut(text, limit)

    assert shortened == expected
    assert len(shortened) <= limit


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (
            "token_revoked",
            "Slack kent het token niet (meer). Maak een nieuw token in Slack en zet het in de omgevingsvariabele.",
        ),
        ("not_in_channel", "De app zit niet in het kanaal #openbare-orde. Nodig de app daar uit met /invite."),
        (
            "is_archived",
            "Het kanaal #openbare-orde is gearchiveerd. Kies een ander kanaal in alerts/channels.toml.",
        ),
        (
            "new_code",
            "Slack weigert het bericht met de code new_code. Zoek die code op bij chat.postMessage op docs.slack.dev.",
        ),
    ],
)
def test_refusal_of_slack_tells_what_to_do(error: str, advice: str) -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            slack.refuse_next(error)

            refused = await refusal(channel, a_message())

            assert (refused.reason, refused.advice) == (f"Slack answered {error}", advice)

    asyncio.run(walk())


def test_wrong_token_is_refused() -> None:
    async def walk() -> None:
        async with fake_slack() as slack, aiohttp.ClientSession() as http:
            row = {"channel": "#openbare-orde", "token": "env:OLD", "base_url": slack.base_url}
            channel = open_channel(Options(row, {"OLD": "xoxb-old"}, file="t", row="r"), the_means(http))

            assert (await refusal(channel, a_message())).reason == "Slack answered invalid_auth"

    asyncio.run(walk())


def test_unknown_channel_is_refused_at_every_attempt() -> None:
    async def walk() -> None:
        async with a_workspace(channel="#bestaat-niet") as (slack, channel, _):
            with pytest.raises(Refused, match="channel_not_found"):
                await channel.send(a_message(), attempt=1, thread=None)
            with pytest.raises(Refused, match="channel_not_found"):
                await channel.send(a_message(), attempt=2, thread=None)

            assert slack.posts == []

    asyncio.run(walk())


def test_confidential_message_never_reaches_slack() -> None:
    """R31, the lock behind the switchboard's."""

    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            await refusal(channel, a_message(confidential=True))

            assert slack.calls == []

    asyncio.run(walk())


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"channel": "openbare-orde"}, "channel"),
        ({"token": "xoxb-in-the-table"}, "token"),
        ({"token": "env:ABSENT"}, "token"),
        ({"base_url": "http://slack.example/api/"}, "base_url"),
        ({"kleur": "rood"}, "kleur"),
    ],
)
def test_wrong_option_is_named(options: dict[str, object], key: str) -> None:
    async def walk() -> None:
        async with aiohttp.ClientSession() as http:
            with pytest.raises(ChannelConfigError) as caught:
                a_channel(http, **{"base_url": "http://127.0.0.1:9/api/", **options})

            assert caught.value.key == f"channel[adviseurs].options.{key}"

    asyncio.run(walk())
