"""alerts/slack.py against a Slack on loopback: what arrives, what never arrives, and that nothing arrives twice."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from alerts.errors import ChannelConfigError, Refused, TryLater
from alerts.message import Channel, Message, Urgency
from alerts.options import Options
from alerts.slack import cut, escaped, open_channel
from tests.alerts.build import a_message
from tests.fakes_slack import TOKEN, FakeSlack, fake_slack

ENVIRONMENT = {"SLACK_TOKEN": TOKEN}


def a_channel(http: aiohttp.ClientSession, **options: object) -> Channel:
    row = {"channel": "#openbare-orde", "token": "env:SLACK_TOKEN", **options}
    return open_channel(Options(row, ENVIRONMENT, file="channels.toml", row="channel[adviseurs]"), http)


@asynccontextmanager
async def a_workspace(**options: object) -> AsyncIterator[tuple[FakeSlack, Channel, Channel]]:
    """The workspace, a channel, and the same channel as another process sees it: one that remembers nothing."""
    async with fake_slack() as slack, aiohttp.ClientSession() as http:
        row = {"base_url": slack.base_url, **options}
        yield slack, a_channel(http, **row), a_channel(http, **row)


async def refusal(channel: Channel, message: Message) -> Refused:
    with pytest.raises(Refused) as caught:
        await channel.send(message, attempt=1, thread=None)
    return caught.value


async def delay(channel: Channel, message: Message, *, attempt: int = 1) -> TryLater:
    with pytest.raises(TryLater) as caught:
        await channel.send(message, attempt=attempt, thread=None)
    return caught.value


def test_slack_gets_the_fields_of_the_message_and_nothing_else_and_shows_no_previews() -> None:
    """R34. The whole payload is compared: a field that is added some day has to be defended here."""

    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            receipt = await channel.send(a_message(), attempt=1, thread=None)

            title = "B – aandacht: Optocht, Vismarkt, za 28 nov 13.00 uur"
            facts = "Waarom: verplaatsing · geen kennisgeving bekend", "Zekerheid: 0,81"
            footer = "Doelgroep: openbare orde · intern · vervalt di 1 dec"
            link = "<https://torenwacht.gemeente.example/gebeurtenissen/12|Bekijk in Torenwacht>"
            assert slack.posts == [
                {
                    "channel": "#openbare-orde",
                    "text": "\n".join((title, *facts, footer)),
                    "blocks": [
                        {"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}},
                        {"type": "section", "text": marked(f"• {facts[0]}\n• {facts[1]}")},
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
                {"type": "section", "text": marked(f"• {shown}")},
                {"type": "context", "elements": [marked(shown)]},
            ]

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


def test_later_message_joins_the_thread_and_only_an_urgent_one_shows_in_the_channel_too() -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            root = await channel.send(a_message(key="1"), attempt=1, thread=None)
            normal = await channel.send(a_message(key="2"), attempt=1, thread=root)
            urgent = await channel.send(a_message(key="3", urgency=Urgency.HIGH), attempt=1, thread=root)

            assert (normal, urgent) == (root, root)
            assert [(post.get("thread_ts"), post.get("reply_broadcast")) for post in slack.posts] == [
                (None, None),
                (root, None),
                (root, True),
            ]

    asyncio.run(walk())


def test_urgent_first_message_starts_a_thread_like_any_other() -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            await channel.send(a_message(urgency=Urgency.HIGH), attempt=1, thread=None)

            assert "reply_broadcast" not in slack.posts[0]

    asyncio.run(walk())


def test_message_still_arrives_when_the_first_of_its_thread_was_removed() -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            root = await channel.send(a_message(key="1"), attempt=1, thread=None)
            slack.remove(root)

            receipt = await channel.send(a_message(key="2"), attempt=1, thread=root)

            assert [(post["ts"], post.get("thread_ts")) for post in slack.posts] == [(receipt, None)]

    asyncio.run(walk())


def test_message_whose_answer_was_lost_is_found_and_not_sent_twice() -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, other_process):
            slack.lose_next_answer()
            lost = await delay(channel, a_message())

            receipt = await other_process.send(a_message(), attempt=2, thread=None)

            assert lost.after is None
            assert [post["ts"] for post in slack.posts] == [receipt]
            assert slack.calls == ["chat.postMessage", "conversations.list", "conversations.history"]

    asyncio.run(walk())


def test_reply_whose_answer_was_lost_is_found_in_its_thread() -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, other_process):
            root = await channel.send(a_message(key="1"), attempt=1, thread=None)
            slack.lose_next_answer()
            with pytest.raises(TryLater):
                await channel.send(a_message(key="2"), attempt=1, thread=root)

            receipt = await other_process.send(a_message(key="2"), attempt=2, thread=root)

            assert receipt == root
            assert len(slack.posts) == 2
            assert slack.calls[-1] == "conversations.replies"

    asyncio.run(walk())


def test_reply_that_had_to_start_a_new_thread_is_found_in_the_channel() -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, other_process):
            root = await channel.send(a_message(key="1"), attempt=1, thread=None)
            slack.remove(root)
            slack.refuse_next("thread_not_found")
            slack.lose_next_answer()
            with pytest.raises(TryLater):
                await channel.send(a_message(key="2"), attempt=1, thread=root)

            receipt = await other_process.send(a_message(key="2"), attempt=2, thread=root)

            assert [post["ts"] for post in slack.posts] == [receipt]

    asyncio.run(walk())


def test_message_is_found_behind_newer_ones_on_a_later_page() -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, other_process):
            slack.page_size = 2
            for key in "abcde":
                await channel.send(a_message(key=key), attempt=1, thread=None)

            receipt = await other_process.send(a_message(key="a"), attempt=2, thread=None)

            assert receipt == slack.posts[0]["ts"]
            assert len(slack.posts) == 5

    asyncio.run(walk())


def test_message_that_did_not_come_through_is_sent_at_the_second_attempt() -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, other_process):
            await channel.send(a_message(key="another"), attempt=1, thread=None)
            slack.fail_next(503)
            await delay(channel, a_message(key="this"))

            await other_process.send(a_message(key="this"), attempt=2, thread=None)

            assert [post["metadata"] for post in slack.posts] == [
                {"event_type": "torenwacht_alert", "event_payload": {"key": "another"}},
                {"event_type": "torenwacht_alert", "event_payload": {"key": "this"}},
            ]

    asyncio.run(walk())


def test_channel_given_by_its_id_is_not_looked_up() -> None:
    async def walk() -> None:
        async with a_workspace(channel="C0123456789") as (slack, channel, _):
            await channel.send(a_message(), attempt=2, thread=None)

            assert slack.calls == ["conversations.history", "chat.postMessage"]

    asyncio.run(walk())


def test_alert_is_sent_all_the_same_when_the_app_may_not_look_in_the_channel() -> None:
    """An alert that comes twice is a nuisance, an alert that does not come is a failure."""

    async def walk() -> None:
        async with a_workspace(channel="C0123456789") as (slack, channel, _):
            slack.refuse_next("missing_scope")

            receipt = await channel.send(a_message(), attempt=2, thread=None)

            assert [post["ts"] for post in slack.posts] == [receipt]

    asyncio.run(walk())


def test_nothing_is_sent_when_slack_fails_while_it_is_asked_what_it_has() -> None:
    async def walk() -> None:
        async with a_workspace(channel="C0123456789") as (slack, channel, _):
            slack.fail_next(429, retry_after=7)

            later = await delay(channel, a_message(), attempt=2)

            assert later.after == 7.0
            assert slack.posts == []

    asyncio.run(walk())


@pytest.mark.parametrize(("status", "retry_after", "after"), [(429, 30, 30.0), (503, None, None), (500, None, None)])
def test_slack_that_asks_for_patience_is_asked_once_and_left_to_the_queue(
    status: int, retry_after: int | None, after: float | None
) -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            slack.fail_next(status, retry_after)

            later = await delay(channel, a_message())

            assert later.after == after
            assert slack.calls == ["chat.postMessage"]
            assert slack.posts == []

    asyncio.run(walk())


@pytest.mark.parametrize("content_type", ["text/plain", "text/html", "application/json"])
def test_page_of_a_proxy_is_no_answer_of_slack(content_type: str) -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            slack.answer_next("Log in op het netwerk", content_type=content_type)

            assert (await delay(channel, a_message())).after is None

    asyncio.run(walk())


def test_slack_that_is_not_there_is_tried_later() -> None:
    async def walk() -> None:
        async with aiohttp.ClientSession() as http:
            async with fake_slack() as slack:
                channel = a_channel(http, base_url=slack.base_url)

            assert (await delay(channel, a_message())).after is None

    asyncio.run(walk())


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
            channel = open_channel(Options(row, {"OLD": "xoxb-old"}, file="t", row="r"), http)

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
