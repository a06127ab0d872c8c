"""alerts/slack.py when things go wrong on the way: every message arrives, and none of them twice."""

import asyncio
from itertools import product

import aiohttp
import pytest

from alerts.errors import TryLater
from alerts.message import Urgency
from tests.alerts.build import a_message
from tests.alerts.workspace import a_channel, a_workspace, delay
from tests.fakes_slack import fake_slack


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


@pytest.mark.parametrize("right", ["channels:read", "groups:read"])
def test_message_is_found_in_a_channel_that_the_app_has_the_right_to_list(right: str) -> None:
    """Slack refuses a question about both kinds of channel to an app that may list one of them."""

    async def walk() -> None:
        mine, other = {"#openbare-orde": "C0123456789"}, {"#iets-anders": "C9876543210"}
        closed = right == "groups:read"
        workspace = fake_slack(other if closed else mine, private=mine if closed else other, rights=frozenset({right}))
        async with workspace as slack, aiohttp.ClientSession() as http:
            slack.lose_next_answer()
            await delay(a_channel(http, base_url=slack.base_url), a_message())

            receipt = await a_channel(http, base_url=slack.base_url).send(a_message(), attempt=2, thread=None)

            assert [post["ts"] for post in slack.posts] == [receipt]

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


@pytest.mark.parametrize(
    ("status", "retry_after", "after"),
    [
        (429, 30, 30.0),
        (429, 1_764_000_000, 21_600.0),
        (503, "Sat, 28 Nov 2020 12:00:00 GMT", 0.0),
        (503, None, None),
        (500, None, None),
    ],
)
def test_slack_that_asks_for_patience_is_asked_once_and_left_to_the_queue(
    status: int, retry_after: int | str | None, after: float | None
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


@pytest.mark.parametrize("faults", list(product(("busy", "broken", "answer lost"), repeat=3)))
@pytest.mark.parametrize("in_thread", [False, True])
def test_message_arrives_exactly_once_whatever_goes_wrong_on_the_way(
    faults: tuple[str, ...], *, in_thread: bool
) -> None:
    """Each attempt is a process of its own, as after a crash; the faults hit posts and questions alike."""

    async def walk() -> None:
        async with fake_slack() as slack, aiohttp.ClientSession() as http:
            root = await a_channel(http, base_url=slack.base_url).send(a_message(key="root"), attempt=1, thread=None)
            for fault in faults:
                match fault:
                    case "busy":
                        slack.fail_next(429, retry_after=1)
                    case "broken":
                        slack.fail_next(503)
                    case _:
                        slack.lose_next_answer()

            receipt, attempt = None, 0
            while receipt is None and attempt < 10:
                attempt += 1
                try:
                    receipt = await a_channel(http, base_url=slack.base_url).send(
                        a_message(), attempt=attempt, thread=root if in_thread else None
                    )
                except TryLater:
                    continue

            assert len(slack.posts) == 2
            assert receipt == (root if in_thread else slack.posts[1]["ts"])

    asyncio.run(walk())
