"""alerts/slack.py changes the first message of a thread, so that it shows how things stand now."""

import asyncio

import pytest

from alerts import EditableChannel, Refused
from tests.alerts.build import a_message
from tests.alerts.workspace import a_workspace


def test_first_message_shows_the_present_and_stays_findable_by_its_key() -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, elsewhere):
            receipt = await channel.send(a_message(), attempt=1, thread=None)
            assert isinstance(elsewhere, EditableChannel)

            await elsewhere.edit(a_message(title="C – risicovol: Optocht"), receipt=receipt)

            [post] = slack.posts
            assert (post["ts"], str(post["text"]).splitlines()[0]) == (receipt, "C – risicovol: Optocht")
            again = await elsewhere.send(a_message(), attempt=2, thread=None)
            assert (again, len(slack.posts)) == (receipt, 1)

    asyncio.run(walk())


@pytest.mark.parametrize("code", ["message_not_found", "cant_update_message", "edit_window_closed"])
def test_message_that_can_no_longer_be_changed_is_left_alone(code: str) -> None:
    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            receipt = await channel.send(a_message(), attempt=1, thread=None)
            assert isinstance(channel, EditableChannel)
            slack.refuse_next(code)

            await channel.edit(a_message(title="Later"), receipt=receipt)

            assert str(slack.posts[0]["text"]).splitlines()[0] == a_message().title

    asyncio.run(walk())


def test_what_is_confidential_is_not_written_over_an_open_message_either() -> None:
    """R31."""

    async def walk() -> None:
        async with a_workspace() as (slack, channel, _):
            receipt = await channel.send(a_message(), attempt=1, thread=None)
            assert isinstance(channel, EditableChannel)

            with pytest.raises(Refused):
                await channel.edit(a_message(title="Geheim", confidential=True), receipt=receipt)

            assert "chat.update" not in slack.calls

    asyncio.run(walk())
