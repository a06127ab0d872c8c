"""PublicWarning: what every form of warning tells, and the words and figures in which they tell it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.collect.formats.moments import moment_of
from monitor.domain import Fetched, Source
from monitor.domain.area import Point

AREAS = ("Groningen", "GR", "Nederland")
MOST_POINTS = 50_000
"""Of one outline."""

COLOURS = {"yellow": "geel", "geel": "geel", "orange": "oranje", "oranje": "oranje", "red": "rood", "rood": "rood"}

_TEST = re.compile(r"(?-i:\bTEST\b)|\b(?:dit is een|this is a) (?:test|oefening|exercise)\b", re.I)
_TEST_NAME = re.compile(r"\b(?:test|testbericht|oefening|exercise|draft|concept)\b", re.I)


@dataclass(frozen=True, slots=True)
class PublicWarning:
    """One warning for one kind of weather, for the areas that concern us."""

    key: str
    colour: str
    """geel, oranje or rood, as the source says; empty when it names none."""
    what: str
    headline: str
    text: str
    place: str
    sent: datetime | None
    start: datetime | None
    end: datetime | None
    cancelled: bool
    link: str = ""


def is_test(names: Iterable[str], words: Iterable[str]) -> bool:
    """Whether one of these names of things, or one of these texts, says that it is only a test or an exercise."""
    named_so = any(_TEST_NAME.search(name.replace("_", " ")) for name in names)
    return named_so or any(_TEST.search(one) for one in words)


def names_of(source: Source) -> Sequence[str]:
    """Names and codes of the areas that concern us: the option `areas`."""
    chosen = source.options.get("areas")
    return [str(name) for name in chosen] if isinstance(chosen, list) else AREAS


def named(words: str, names: Iterable[str]) -> bool:
    """Whether one of `names` stands in `words` as a word of its own."""
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", words, re.I) for name in names)


def number_of(value: object) -> float | None:
    """A plain figure such as degrees or kilometres; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = str(value)
    return float(text) if re.fullmatch(r"[+-]?\d{1,6}(?:\.\d{0,20})?", text, re.ASCII) else None


def point_of(longitude: object, latitude: object) -> Point | None:
    """A place on the map; None when one of both is no figure."""
    x, y = number_of(longitude), number_of(latitude)
    return None if x is None or y is None else (x, y)


def moment_in(text: str, fetched: Fetched) -> datetime | None:
    """The moment that `text` tells; None when it tells none."""
    moment = moment_of(text, now=fetched.at)
    return moment.at if moment else None
