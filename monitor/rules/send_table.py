"""rules.toml -> SendRules, checked; every fault names the file, the row and the key, and says what to do."""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

from alerts import Urgency
from classifiers import Category, Level
from monitor.domain.area import areas
from monitor.errors import ConfigError
from monitor.rules.sending import MAY_REST, Burst, Change, Quiet, SendRule, SendRules

_KEYS = "name change level category area horizon hours minutes to urgency cooldown".split()
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LONGEST_TERM, _LONGEST_REST, _LONGEST_HORIZON, _LONGEST_WAIT = 720, 10_080, 730, 1_440

Word = TypeVar("Word", bound=StrEnum)


class _Row:
    """One table of the file; every value is asked for by name and type."""

    def __init__(self, file: str, name: str, values: object, allowed: Sequence[str]) -> None:
        self._file, self._name = file, name
        if not isinstance(values, dict):
            raise ConfigError(file, name, advice="Schrijf dit als een tabel, met een kop tussen haken.")
        self._values: Mapping[str, object] = values
        for key in values:
            if key not in allowed:
                raise self.wrong(key, f"'{key}' bestaat niet. Kies uit: {', '.join(allowed)}.")

    def wrong(self, key: str, advice: str) -> ConfigError:
        """The error to raise about `key`; `advice` is Dutch."""
        return ConfigError(self._file, f"{self._name}.{key}", advice=advice)

    def has(self, key: str) -> bool:
        """Whether the row gives this key."""
        return key in self._values

    def text(self, key: str) -> str:
        """A name, as tables write them."""
        value = self._values.get(key)
        if not isinstance(value, str) or not _NAME.fullmatch(value):
            raise self.wrong(key, f"Geef '{key}' hoogstens 40 kleine letters, cijfers en streepjes.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Texts, in the order of the row; empty when the row has none."""
        values = self._values.get(key, [])
        if (
            not isinstance(values, list)
            or not all(isinstance(v, str) for v in values)
            or (key in self._values) > len(values)
        ):
            raise self.wrong(key, f'Geef bij \'{key}\' een lijst van één of meer teksten, zoals ["a", "b"].')
        return tuple(values)

    def words(self, key: str, of: type[Word]) -> frozenset[Word]:
        """Words of a closed list."""
        for value in (values := self.texts(key)):
            if value not in list(of):
                raise self.wrong(key, f"'{value}' bestaat niet. Kies uit: {', '.join(of)}.")
        return frozenset(of(value) for value in values)

    def number(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number; `default` None means that the row must give it."""
        value = self._values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.wrong(key, f"Geef bij '{key}' een heel getal van {low} tot en met {high}.")
        return value

    def moment(self, key: str) -> time:
        """A time of day."""
        value = self._values.get(key)
        if not isinstance(value, time):
            raise self.wrong(key, f"Geef bij '{key}' een tijd zonder aanhalingstekens, zoals 22:00:00.")
        return value


def read_rules(file: Path) -> SendRules:
    """The table of send rules. Raises ConfigError."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        advice = "Het bestand is niet te lezen. Controleer of het bestaat en gelezen mag worden."
        raise ConfigError(file.name, "bestand", advice=advice) from error
    except tomllib.TOMLDecodeError as error:
        advice = f"Dit is geen geldige TOML: {error}. Verbeter de genoemde regel."
        raise ConfigError(file.name, "bestand", advice=advice) from error
    for key in table:
        if key not in ("rule", "quiet", "bundle"):
            advice = f"Onbekend onderdeel '{key}'. Toegestaan: [[rule]], [[quiet]] en [bundle]."
            raise ConfigError(file.name, key, advice=advice)
    rules = _each(file.name, table, "rule", _rule)
    if not rules:
        raise ConfigError(file.name, "rule", advice="De tabel heeft geen regel. Begin elke regel met [[rule]].")
    _names_differ(file.name, "rule", "name", [rule.name for rule in rules])
    quiet = _each(file.name, table, "quiet", _quiet)
    _names_differ(file.name, "quiet", "channel", [channel for channel, _ in quiet])
    return SendRules(tuple(rules), dict(quiet), _burst(file.name, table.get("bundle")))


@cache
def shipped() -> SendRules:
    """The table that comes with the program."""
    return read_rules(Path(__file__).parents[2] / "alerts" / "rules.toml")


def names_channels(file: str, rules: SendRules, known: Collection[str]) -> None:
    """Raises ConfigError for a channel that the table of channels does not have: a rule that tells nobody."""
    named = [(f"rule[{rule.name}].to", name) for rule in rules.rules for name in rule.to]
    for key, name in [*named, *((f"quiet[{name}].channel", name) for name in rules.quiet)]:
        if name not in known:
            choice = ", ".join(sorted(known)) or "geen enkel kanaal"
            raise ConfigError(file, key, advice=f"Het kanaal '{name}' staat niet in de tabel. Kies uit: {choice}.")


Made = TypeVar("Made")


def _each(file: str, table: Mapping[str, object], key: str, make: Callable[[str, str, object], Made]) -> list[Made]:
    rows = table.get(key, [])
    if not isinstance(rows, list):
        raise ConfigError(file, key, advice=f"Schrijf elk onderdeel onder [[{key}]], met dubbele haken.")
    return [make(file, f"{key}[{n}]", row) for n, row in enumerate(rows, start=1)]


def _names_differ(file: str, part: str, key: str, names: Sequence[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            advice = f"'{name}' komt twee keer voor. Kies een andere naam, of haal er één weg."
            raise ConfigError(file, f"{part}[{name}].{key}", advice=advice)


def _rule(file: str, where: str, values: object) -> SendRule:
    name = _Row(file, where, values, _KEYS).text("name")
    row = _Row(file, f"rule[{name}]", values, _KEYS)
    changes = row.words("change", Change)
    if not changes:
        raise row.wrong("change", f"Noem één of meer veranderingen. Kies uit: {', '.join(Change)}.")
    hours = _only_for(row, "hours", changes, Change.NOTICE, _LONGEST_TERM)
    minutes = _only_for(row, "minutes", changes, Change.UNSEEN, _LONGEST_WAIT)
    if row.has("horizon") and Change.NOTICE in changes:
        raise row.wrong("horizon", "Bij termijn telt 'hours'. Haal 'horizon' weg.")
    if row.has("cooldown") and (hasty := changes - MAY_REST):
        named = ", ".join(sorted(hasty))
        raise row.wrong("cooldown", f"Dit kan niet wachten: {named}. Haal 'cooldown' weg, of maak er twee regels van.")
    urgency = row.number("urgency", 0, len(Urgency))
    horizon = timedelta(days=row.number("horizon", 1, _LONGEST_HORIZON)) if row.has("horizon") else None
    return SendRule(
        name=name,
        changes=changes,
        levels=row.words("level", Level) or frozenset(Level),
        categories=row.words("category", Category),
        areas=_areas(row),
        horizon=horizon,
        hours=hours,
        patience=timedelta(minutes=minutes),
        to=row.texts("to"),
        urgency=Urgency(urgency) if urgency else None,
        cooldown=timedelta(minutes=row.number("cooldown", 1, _LONGEST_REST, 0) if row.has("cooldown") else 0),
    )


def _only_for(row: _Row, key: str, changes: frozenset[Change], change: Change, longest: int) -> int:
    """A number that one change needs, and that means nothing beside another; 0 without that change."""
    if change not in changes:
        if row.has(key):
            raise row.wrong(key, f"'{key}' hoort alleen bij {change}. Haal '{key}' weg.")
        return 0
    if len(changes) > 1:
        raise row.wrong("change", f"Geef {change} een eigen regel: alleen daar telt '{key}'.")
    return row.number(key, 1, longest)


def _areas(row: _Row) -> frozenset[str]:
    values = row.texts("area")
    if not values:
        return frozenset()
    codes = {area.name.casefold(): area.code for area in areas()} | {
        area.code.casefold(): area.code for area in areas()
    }
    for value in values:
        if value.casefold() not in codes:
            raise row.wrong("area", f"De buurt '{value}' bestaat niet. Gebruik een naam of code van het CBS.")
    return frozenset(codes[value.casefold()] for value in values)


def _quiet(file: str, where: str, values: object) -> tuple[str, Quiet]:
    row = _Row(file, where, values, ("channel", "from", "until"))
    start, until = row.moment("from"), row.moment("until")
    if start == until:
        raise row.wrong("until", "Begin en einde zijn gelijk. Geef een einde dat later of vroeger is.")
    return row.text("channel"), Quiet(start, until)


def _burst(file: str, values: object) -> Burst:
    if values is None:
        return Burst()
    row = _Row(file, "bundle", values, ("more_than", "minutes"))
    return Burst(row.number("more_than", 1, 1_000), timedelta(minutes=row.number("minutes", 1, _LONGEST_WAIT)))
