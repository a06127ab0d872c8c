"""A Message with every field defaulted, so that a test names only what it is about; and what channels open with."""

from datetime import UTC, datetime

import aiohttp

from alerts.message import Ask, Message, Topic, Urgency
from alerts.opening import Means

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
"""When all that a test sends is sent: noon on the clocks of the municipality."""


def the_means(http: aiohttp.ClientSession) -> Means:
    """With a clock that stands at noon."""
    return Means(http, lambda: NOON)


def a_message(
    *,
    key: str = "12:LEVEL_CHANGED",
    topic: Topic = Topic.LEVEL,
    urgency: Urgency = Urgency.NORMAL,
    title: str = "B – aandacht: Optocht, Vismarkt, za 28 nov 13.00 uur",
    lines: tuple[str, ...] = ("Waarom: verplaatsing · geen kennisgeving bekend", "Zekerheid: 0,81"),
    link: str = "https://torenwacht.gemeente.example/gebeurtenissen/12",
    footer: str = "Doelgroep: openbare orde · intern · vervalt di 1 dec",
    confidential: bool = False,
    about: str = "12",
    asks: tuple[Ask, ...] = (Ask.SEEN, Ask.WRONG),
    follows: str = "",
    encloses: str = "",
    at: datetime | None = None,
    calls: tuple[str, ...] = (),
) -> Message:
    """A message of level B about an invented march."""
    return Message(
        key, topic, urgency, title, lines, link, footer, confidential, about, asks, follows, encloses, at, calls
    )
