"""approaches.toml -> the ways that crowds walk to a place: what lies along one has to do with an event at its end.

Nothing here knows a level, and nothing that sets a level knows this (test_concurrence.py).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from classifiers import Category
from monitor.domain import metres
from monitor.domain.area import Point
from monitor.errors import ConfigError

FILE = Path(__file__).with_name("approaches.toml")

_AT_THE_END = 500
"""Metres from its end within which an event draws people along a way."""
_ALONG = 300
"""Metres from a stop within which an event lies along the way."""
_PAIR = 2
_KEYS = ("name", "to", "kinds", "stops")


@dataclass(frozen=True, slots=True)
class Stop:
    """A place that people pass."""

    name: str
    at: Point


@dataclass(frozen=True, slots=True)
class Approach:
    """The way to a place from where people gather: station and inner city."""

    name: str
    """The place at its end, with its article."""
    to: Point
    kinds: frozenset[Category]
    """Events of which the visitors walk it."""
    stops: tuple[Stop, ...]

    def leads_to(self, category: Category, point: Point) -> bool:
        """Whether visitors of such an event at this point walk here."""
        return category in self.kinds and metres(point, self.to) <= _AT_THE_END

    def stop_near(self, point: Point) -> Stop | None:
        """The stop nearest to a point that lies along the way; None for one that does not."""
        nearest = min(self.stops, key=lambda stop: metres(stop.at, point))
        return nearest if metres(nearest.at, point) <= _ALONG else None


@cache
def shipped() -> tuple[Approach, ...]:
    """The table that is shipped. Raises ConfigError."""
    return read_approaches()


def read_approaches(file: Path = FILE) -> tuple[Approach, ...]:
    """The table of ways. Raises ConfigError that names the row and what is wrong with it."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        advice = f"{file.name} is niet te lezen als TOML. Kijk naar aanhalingstekens, haken en komma's."
        raise ConfigError(file.name, "bestand", advice=advice) from error
    rows = table.get("approach", [])
    if not isinstance(rows, list) or table.keys() - {"approach"}:
        raise ConfigError(file.name, "approach", advice="Schrijf elke looproute onder [[approach]], met dubbele haken.")
    return tuple(_approach(file, f"approach[{n}]", row) for n, row in enumerate(rows, start=1))


def _approach(file: Path, where: str, row: object) -> Approach:
    values: Mapping[str, object] = row if isinstance(row, dict) else {}
    if unknown := sorted(values.keys() - set(_KEYS)):
        advice = f"'{unknown[0]}' bestaat niet. Kies uit: {', '.join(_KEYS)}."
        raise ConfigError(file.name, f"{where}.{unknown[0]}", advice=advice)
    kinds = values.get("kinds")
    if not isinstance(kinds, list) or not kinds or not set(kinds) <= {category.value for category in Category}:
        raise ConfigError(file.name, f"{where}.kinds", advice='Noem soorten gebeurtenis, zoals kinds = ["voetbal"].')
    stops = values.get("stops")
    if not isinstance(stops, list) or not stops:
        raise ConfigError(file.name, f"{where}.stops", advice="Noem minstens één plek langs de route.")
    return Approach(
        name=_name(file, f"{where}.name", values.get("name")),
        to=_point(file, f"{where}.to", values.get("to")),
        kinds=frozenset(Category(kind) for kind in kinds),
        stops=tuple(_stop(file, f"{where}.stops[{n}]", stop) for n, stop in enumerate(stops, start=1)),
    )


def _stop(file: Path, where: str, value: object) -> Stop:
    values: Mapping[str, object] = value if isinstance(value, dict) else {}
    name, at = _name(file, f"{where}.name", values.get("name")), _point(file, f"{where}.at", values.get("at"))
    return Stop(name, at)


def _name(file: Path, where: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(file.name, where, advice="Vul een naam in: een tekst die niet leeg is.")
    return value


def _point(file: Path, where: str, value: object) -> Point:
    if not isinstance(value, list) or len(value) != _PAIR or not all(isinstance(part, float) for part in value):
        advice = "Schrijf een punt als [lengtegraad, breedtegraad], zoals [6.564, 53.211]."
        raise ConfigError(file.name, where, advice=advice)
    return float(value[0]), float(value[1])
