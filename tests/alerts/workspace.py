"""A channel in a fake workspace, and what its refusals are."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from alerts.errors import Refused, TryLater
from alerts.message import Channel, Message
from alerts.options import Options
from alerts.slack import open_channel
from tests.alerts.build import the_means
from tests.fakes_slack import TOKEN, FakeSlack, fake_slack

ENVIRONMENT = {"SLACK_TOKEN": TOKEN}


def a_channel(http: aiohttp.ClientSession, **options: object) -> Channel:
    row = {"channel": "#openbare-orde", "token": "env:SLACK_TOKEN", **options}
    return open_channel(Options(row, ENVIRONMENT, file="channels.toml", row="channel[adviseurs]"), the_means(http))


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
