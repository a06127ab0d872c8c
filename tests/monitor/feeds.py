"""A feed as tests need it: what programs get of these events at noon."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from classifiers import Indicator, Weight
from monitor.config import Notice
from monitor.domain import Audience, Event, Fact, Feed
from monitor.rules.feed import Wanted, feed_of
from tests.build import NOON

HOME = "https://torenwacht.example"
INDICATORS = {
    "blokkade": Indicator("blokkade", Weight.HEAVY, "Blokkade", "Een weg is dicht.", "Welke omwegen zijn er?"),
}
NOTHING_ELSE = Wanted()


def a_feed(
    *events: Event,
    facts: Sequence[Fact] = (),
    audience: Audience = Audience.PUBLIC_ORDER,
    wanted: Wanted = NOTHING_ELSE,
    indicators: Mapping[str, Indicator] = INDICATORS,
    now: datetime = NOON,
) -> Feed:
    """Of everything, unless the test asks for less."""
    return feed_of(
        audience,
        events,
        facts,
        wanted=wanted,
        indicators=indicators,
        notice=Notice(),
        organisation="Gemeente Groningen",
        link_base=HOME,
        began=NOON,
        now=now,
    )
