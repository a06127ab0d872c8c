"""Items of a match -> what an advisor is pointed at: a duel with a history, and a match class that a source quotes.

Nothing here knows a level, and nothing that sets a level knows this: a history is no indicator (test_football.py).
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from classifiers import Category
from monitor.domain import Event, Item
from monitor.errors import ConfigError
from monitor.rules.picture import short_day, speaking, telling
from monitor.rules.quoted import QuotedClass, quoted_class

FILE = Path(__file__).with_name("football.toml")

_CLASS = re.compile(
    r"\b(?:(?P<before>[ABC])[-–\s](?:wedstrijd|duel|categorie)|(?:wedstrijd|risico)?categorie[-–\s](?P<after>[ABC]))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opponent:
    """A club against which a match asks for attention."""

    names: tuple[str, ...]
    reason: str
    """Dutch, whole sentences: what happened before."""
    source: str
    """Where that can be read, and of when it is."""


@dataclass(frozen=True, slots=True)
class Football:
    """The club of the municipality, and its duels with a history."""

    club: tuple[str, ...]
    stadium: str
    opponents: tuple[Opponent, ...]


def read_football(file: Path = FILE) -> Football:
    """The table of duels. Raises ConfigError that names the row and what is wrong with it."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        advice = f"{file.name} is niet te lezen als TOML. Kijk naar aanhalingstekens, haken en komma's."
        raise ConfigError(file.name, "bestand", advice=advice) from error
    rows = table.get("opponent", [])
    if not isinstance(rows, list):
        raise ConfigError(file.name, "opponent", advice="Schrijf elk duel onder [[opponent]], met dubbele haken.")
    club = _row(file, "club", table.get("club"), ("stadium",))
    found = [_row(file, f"opponent[{n}]", row, ("reason", "source")) for n, row in enumerate(rows, start=1)]
    opponents = tuple(Opponent(names, texts["reason"], texts["source"]) for names, texts in found)
    return Football(club[0], club[1]["stadium"], opponents)


def _row(file: Path, where: str, row: object, keys: Sequence[str]) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """The names in a row, and its texts; each must be there, and nothing else may be."""
    values = row if isinstance(row, dict) else {}
    names = values.get("names")
    if not isinstance(names, list) or not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise ConfigError(file.name, f"{where}.names", advice='Noem de club, zoals names = ["SC Heerenveen"].')
    for key in keys:
        value = values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise ConfigError(file.name, f"{where}.{key}", advice=f"Vul '{key}' in: een tekst die niet leeg is.")
    if unknown := sorted(values.keys() - {"names", *keys}):
        advice = f"'{unknown[0]}' bestaat niet. Kies uit: names, {', '.join(keys)}."
        raise ConfigError(file.name, f"{where}.{unknown[0]}", advice=advice)
    return tuple(names), {key: str(values[key]) for key in keys}


@cache
def shipped() -> Football:
    """The table that is shipped. Raises ConfigError."""
    return read_football()


def _named(names: Iterable[str], title: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title, re.IGNORECASE) for name in names)


def attention(event: Event, items: Sequence[Item], table: Football) -> tuple[str, ...]:
    """The points of attention of a match, as Dutch sentences; empty for what is no match, or one without a history.

    The teams stand in the titles of its reports, as the fixture or the newspaper wrote them. A match at the stadium
    is one of the own club; elsewhere the title must name that club too. What only confidential reports name stays
    unseen in an open event (R31).
    """
    if event.category is not Category.FOOTBALL:
        return ()
    titles = [item.title for item in telling(speaking(items))]
    at_home = event.place.casefold() == table.stadium.casefold()
    own = [title for title in titles if at_home or _named(table.club, title)]
    met = [opponent for opponent in table.opponents if any(_named(opponent.names, title) for title in own)]
    return tuple(f"{opponent.reason} (Bron: {opponent.source}.)" for opponent in met)


def match_class(event: Event, items: Sequence[Item]) -> QuotedClass | None:
    """The class of the match in the words of the newest report that tells one; None when none does.

    The machine never makes one up: neither from the level, nor from the opponent.
    """
    if event.category is not Category.FOOTBALL:
        return None
    return quoted_class(items, _CLASS, lambda match: (match["before"] or match["after"]).upper())


def remarks(
    event: Event, items: Sequence[Item], names: Mapping[str, str], table: Football | None = None
) -> tuple[str, ...]:
    """What a message tells of a match besides its level: its class with who says so and when, and what to look out for.

    `names` holds the names of sources by id; `table` None means the shipped one. Quotes no item.
    """
    if event.category is not Category.FOOTBALL:
        return ()
    quote = match_class(event, items)
    by = names.get(quote.source, "een signaal") if quote else ""
    said = (f"Wedstrijdcategorie: {quote.letter}, zegt {by} ({short_day(quote.published)})",) if quote else ()
    return said + tuple(f"Let op: {point}" for point in attention(event, items, table or shipped()))
