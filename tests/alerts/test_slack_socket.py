"""alerts/slack_socket.py and slack_desk.py: the line to Slack, and all that can happen to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import aiohttp
import pytest

from alerts.conversation import Asked, FieldKind, Form, FormField, Noted, Private, Problems, Reply
from alerts.errors import Refused
from alerts.message import Ask
from alerts.options import Options
from alerts.slack import SlackChannel, open_channel
from alerts.slack_desk import SlackDesk
from alerts.slack_wire import wire_of
from tests.alerts.build import a_message, the_means
from tests.fakes_slack import TOKEN, Json
from tests.fakes_slack_app import APP_TOKEN, SECRET, FakeSlackApp, fake_slack_app

ENVIRONMENT = {"TOKEN": TOKEN, "APP": APP_TOKEN, "SECRET": SECRET, "OLD": "xapp-old"}
REASON = Form("klopt_niet", "Klopt niet", (FormField("reason", "Waarom?", FieldKind.TEXT),), about="12")


@dataclass
class House:
    """Answers everything with `reply`, and remembers what was asked and how long the desk paused."""

    reply: Reply = None
    asked: list[Asked] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    async def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        return self.reply

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


@asynccontextmanager
async def a_desk(house: House, **options: str) -> AsyncIterator[tuple[FakeSlackApp, SlackDesk, SlackChannel]]:
    row = {"token": "env:TOKEN", "app_token": "env:APP", **options}
    async with fake_slack_app() as slack, aiohttp.ClientSession() as http:
        given = Options(
            {**row, "base_url": slack.base_url}, ENVIRONMENT, file="channels.toml", row="channel[adviseurs]"
        )
        wire = wire_of(given, http)
        desk = SlackDesk(wire, pause=house.pause)
        yield slack, desk, SlackChannel(wire.client, "#openbare-orde", desk=desk)
        await desk.settle()


@asynccontextmanager
async def listening(house: House) -> AsyncIterator[tuple[FakeSlackApp, SlackDesk, SlackChannel]]:
    async with a_desk(house) as (slack, desk, channel):
        line = asyncio.create_task(desk.listen(house.answer))
        await slack.until("connections", 1)
        yield slack, desk, channel
        line.cancel()
        with suppress(asyncio.CancelledError):
            await line


def test_a_press_is_answered_at_once_and_its_outcome_stands_at_the_message_and_in_its_thread() -> None:
    async def walk() -> None:
        house = House(Noted("Gezien door: Adviseur <!here>", without=(Ask.SEEN,)))
        async with listening(house) as (slack, _, channel):
            ts = await channel.send(a_message(), attempt=1, thread=None)

            await slack.send(slack.press("gezien", "12", user="U0ANNA", ts=ts), envelope="e1")
            await slack.until("answers", 1)
            await slack.until("posts", 2)

            message, reply = slack.posts
            shown = "Gezien door: Adviseur &lt;!here&gt;"
            assert slack.answers == {"e1": None}
            assert [(a.who, a.act, a.about, a.fields) for a in house.asked] == [("U0ANNA", "gezien", "12", None)]
            assert (reply["thread_ts"], reply["text"], reply["unfurl_links"]) == (ts, shown, False)
            assert notes(message) == [shown]
            assert buttons(message) == ["klopt_niet", "naar_gebeurtenis"]

    asyncio.run(walk())


def test_a_link_that_is_opened_is_acknowledged_and_asks_nothing() -> None:
    async def walk() -> None:
        house = House()
        async with listening(house) as (slack, _, _channel):
            await slack.send(slack.press("naar_gebeurtenis", "12", user="U0ANNA"), envelope="e1")
            await slack.until("answers", 1)

            assert house.asked == []

    asyncio.run(walk())


def test_a_form_opens_and_a_problem_comes_back_at_its_field() -> None:
    async def walk() -> None:
        house = House(REASON)
        async with listening(house) as (slack, _, _channel):
            await slack.send(slack.press("klopt_niet", "12", user="U0ANNA", ts="1.1"), envelope="e1")
            await slack.until("views", 1)
            house.reply = Problems({"reason": "Geef een reden."})

            filled: dict[str, Json] = {"reason": {"type": "plain_text_input", "value": "Dit was vorig jaar."}}
            await slack.send(slack.fill_in(slack.views[0], filled, user="U0ANNA"), envelope="e2")
            await slack.until("answers", 2)

            asked = house.asked[-1]
            assert (asked.act, asked.about, asked.fields) == ("klopt_niet", "12", {"reason": ("Dit was vorig jaar.",)})
            assert slack.answers["e2"] == {"response_action": "errors", "errors": {"reason": "Geef een reden."}}

    asyncio.run(walk())


def test_what_was_filled_in_is_in_no_repr() -> None:
    asked = Asked("k", "U0ANNA", "/signaal", fields={"title": ("Jan Jansen",)})

    assert "Jansen" not in repr(asked)


def test_a_private_answer_reaches_only_the_asker_and_can_call_no_one() -> None:
    async def walk() -> None:
        house = House(Private(("Uw rol mag dit niet: <!channel>",), link="https://huis.example/12"))
        async with listening(house) as (slack, _, _channel):
            await slack.send(slack.type_command("/week", user="U0ANNA"), envelope="e1", kind="slash_commands")
            await slack.until("whispers", 1)

            [told] = slack.whispers
            assert told["response_type"] == "ephemeral"
            assert told["text"] == "Uw rol mag dit niet: &lt;!channel&gt;"
            assert "<!channel>" not in str(told)

    asyncio.run(walk())


def test_an_address_for_answers_that_is_not_slacks_is_not_used() -> None:
    async def walk() -> None:
        house = House(Private(("Nee.",)))
        async with listening(house) as (slack, _, _channel):
            asked = slack.type_command("/week", user="U0ANNA") | {"response_url": "http://127.0.0.1:9/elders"}
            await slack.send(asked, envelope="e1", kind="slash_commands")
            await slack.until("whispers", 1)

            assert (slack.whispers[0]["user"], slack.calls[-1]) == ("U0ANNA", "chat.postEphemeral")

    asyncio.run(walk())


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", ""])
def test_a_connection_that_ends_is_opened_again_at_once(reason: str) -> None:
    async def walk() -> None:
        house = House(Noted("Gezien door: Adviseur"))
        async with listening(house) as (slack, _, channel):
            ts = await channel.send(a_message(), attempt=1, thread=None)

            await slack.end_line(reason)
            await slack.until("connections", 2)
            await slack.send(slack.press("gezien", "12", user="U0ANNA", ts=ts), envelope="e1")
            await slack.until("posts", 2)

            assert (len(house.asked), house.pauses) == (1, [])

    asyncio.run(walk())


def test_where_slack_has_too_many_connections_of_us_we_wait() -> None:
    async def walk() -> None:
        house = House()
        async with listening(house) as (slack, _, _channel):
            await slack.end_line("too_many_websockets")
            await slack.until("connections", 2)

            assert house.pauses == [1.0]

    asyncio.run(walk())


def test_trouble_with_opening_makes_us_wait_longer_and_as_long_as_slack_asks() -> None:
    async def walk() -> None:
        house = House()
        async with a_desk(house) as (slack, desk, _channel):
            for status, after in ((503, None), (503, None), (429, 30)):
                slack.fail_next(status, after)

            line = asyncio.create_task(desk.listen(house.answer))
            await slack.until("connections", 1)

            assert house.pauses == [1.0, 2.0, 30.0]
            line.cancel()
            with suppress(asyncio.CancelledError):
                await line

    asyncio.run(walk())


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive"])
def test_a_revoked_token_is_a_refusal_with_a_way_out(code: str) -> None:
    async def walk() -> None:
        house = House()
        async with a_desk(house) as (slack, desk, _channel):
            slack.refuse_next(code)

            with pytest.raises(Refused, match=code) as caught:
                await desk.listen(house.answer)

            assert "Maak een nieuw token" in caught.value.advice

    asyncio.run(walk())


def test_socket_mode_that_is_switched_off_is_a_refusal() -> None:
    async def walk() -> None:
        house = House()
        async with a_desk(house) as (slack, desk, _channel):
            line = asyncio.create_task(desk.listen(house.answer))
            await slack.until("connections", 1)

            await slack.end_line("link_disabled")

            with pytest.raises(Refused, match="link_disabled"):
                await line

    asyncio.run(walk())


def test_an_answer_that_slack_did_not_take_is_given_again_and_nothing_stands_twice() -> None:
    """429 says that nothing was done; an answer that was lost on its way may have been."""

    async def walk() -> None:
        house = House(Noted("Gezien door: Adviseur"))
        async with a_desk(house) as (slack, desk, channel):
            ts = await channel.send(a_message(), attempt=1, thread=None)
            slack.fail_next(429, 7)
            slack.fail_next(503)

            await desk.take(slack.press("gezien", "12", user="U0ANNA", ts=ts), house.answer)
            await desk.settle()

            assert house.pauses == [7.0, 1.0]
            assert (notes(slack.posts[0]), len(slack.posts)) == (["Gezien door: Adviseur"], 2)

    asyncio.run(walk())


def test_a_reply_whose_answer_is_lost_is_not_said_again() -> None:
    async def walk() -> None:
        house = House(Noted("Gezien door: Adviseur"))
        async with a_desk(house) as (slack, desk, channel):
            ts = await channel.send(a_message(), attempt=1, thread=None)
            slack.after_calls(2).lose_next_answer()

            await desk.take(slack.press("gezien", "12", user="U0ANNA", ts=ts), house.answer)
            await desk.settle()

            assert [post["text"] for post in slack.posts[1:]] == ["Gezien door: Adviseur"]

    asyncio.run(walk())


def test_a_form_that_opens_too_late_is_told_to_the_asker() -> None:
    async def walk() -> None:
        house = House(REASON)
        async with a_desk(house) as (slack, desk, _channel):
            slack.refuse_next("expired_trigger_id")

            await desk.take(slack.press("klopt_niet", "12", user="U0ANNA", ts="1.1"), house.answer)
            await desk.settle()

            assert [told["text"] for told in slack.whispers] == ["Dit duurde te lang voor Slack. Probeer het opnieuw."]

    asyncio.run(walk())


def test_a_row_without_a_secret_to_listen_with_has_no_desk() -> None:
    async def walk() -> None:
        async with aiohttp.ClientSession() as http:
            row = {"channel": "#openbare-orde", "token": "env:TOKEN"}
            silent = open_channel(Options(row, ENVIRONMENT, file="t", row="r"), the_means(http))
            heard = open_channel(
                Options(row | {"signing_secret": "env:SECRET"}, ENVIRONMENT, file="t", row="r"), the_means(http)
            )

            assert isinstance(silent, SlackChannel)
            assert isinstance(heard, SlackChannel)
            assert (silent.desk, heard.desk is None) == (None, False)

    asyncio.run(walk())


def notes(post: Json) -> list[str]:
    """What stands at a message about who answered."""
    blocks = post["blocks"]
    assert isinstance(blocks, list)
    return [e["text"] for block in blocks if block.get("block_id") == "antwoorden" for e in block["elements"]]


def buttons(post: Json) -> list[str]:
    """The codes of what can be pressed."""
    blocks = post["blocks"]
    assert isinstance(blocks, list)
    return [e["action_id"] for block in blocks if block["type"] == "actions" for e in block["elements"]]
