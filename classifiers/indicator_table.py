"""indicators.toml -> Row: what is looked for, by which words, and where. Checks the table and judges no text."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from classifiers.errors import TableError
from classifiers.phrases import Phrase
from classifiers.reading import Indicator
from classifiers.vocabulary import Category, Phase, Weight
from classifiers.written_phrases import PhraseError, PhraseReader

FILE = "indicators.toml"

_TEXTS = ("code", "weight", "label", "meaning", "check")
_LISTS = ("phrases", "unless", "decisive", "categories", "phases", "told_of_earlier")
_KEYS = frozenset((*_TEXTS, *_LISTS, "phrases_in", "also_in", "at_least"))
_PARTS = ("defaults", "context", "groups", "indicator")
_CONTEXT = ("earlier", "still_earlier", "now")

_Kind = TypeVar("_Kind", Category, Phase)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table, with its phrases compiled."""

    indicator: Indicator
    phrases: tuple[Phrase, ...]
    phrases_in: Mapping[Category, tuple[Phrase, ...]]
    """Instead of `phrases`, in that category."""
    also_in: Mapping[Category, tuple[Phrase, ...]]
    """Besides `phrases`, in that category."""
    decisive: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    """Take a find back in the same sentence."""
    categories: frozenset[Category]
    phases: frozenset[Phase]
    at_least: int | None
    told_of_earlier: tuple[str, ...]
    """Codes whose finds show this one when they are told of an earlier time."""

    def lists(self) -> Iterator[tuple[str, tuple[Phrase, ...]]]:
        """Every list of phrases by its name in the table; those of a category as "phrases_in.voetbal"."""
        yield "phrases", self.phrases
        yield "decisive", self.decisive
        yield "unless", self.unless
        for key, lists in (("phrases_in", self.phrases_in), ("also_in", self.also_in)):
            for category, phrases in lists.items():
                yield f"{key}.{category}", phrases


@dataclass(frozen=True, slots=True)
class Context:
    """Phrases that tell when a sentence plays."""

    earlier: tuple[Phrase, ...]
    """Before the event of the text: an earlier edition."""
    still_earlier: tuple[Phrase, ...]
    """The sentence goes on about the time that the one before it named: "Toen ..."."""
    now: tuple[Phrase, ...]
    """It is about the event of the text after all."""

    def lists(self) -> tuple[tuple[str, tuple[Phrase, ...]], ...]:
        """Every list by its name in the table."""
        return ("earlier", self.earlier), ("still_earlier", self.still_earlier), ("now", self.now)


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """The whole file."""

    rows: tuple[Row, ...]
    context: Context
    unless: tuple[Phrase, ...]
    """What takes back a find of any row."""


def read_table(file: Path) -> IndicatorTable:
    """The table in `file`, checked. Raises TableError for what it may not hold."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise TableError(file.name, "het bestand", "", "Het bestand is niet te lezen. Zet het terug.") from error
    except tomllib.TOMLDecodeError as error:
        advice = f"Dit is geen geldige TOML. Kijk naar aanhalingstekens en komma's: {error}"
        raise TableError(file.name, "het bestand", "", advice) from error
    for key in table:
        if key not in _PARTS:
            raise TableError(file.name, "het bestand", key, f"Onbekend deel. Kies uit: {', '.join(_PARTS)}.")
    reader = _TableReader(file.name, table.get("groups", {}))
    context = {key: reader.compiled("context", key, table.get("context", {}).get(key, [])) for key in _CONTEXT}
    unless = reader.compiled("defaults", "unless", table.get("defaults", {}).get("unless", []))
    return IndicatorTable(tuple(_rows(file, table.get("indicator", []), reader)), Context(**context), unless)


def _rows(file: Path, raws: Sequence[Mapping[str, object]], reader: "_TableReader") -> Iterator[Row]:
    seen: set[str] = set()
    for number, raw in enumerate(raws, 1):
        row = reader.row(number, raw)
        if row.indicator.code in seen:
            advice = f"De code '{row.indicator.code}' staat er al. Geef elke rij een eigen code."
            raise TableError(file.name, f"indicator {number}", "code", advice)
        seen.add(row.indicator.code)
        yield row


class _TableReader:
    """Checks and compiles rows; every complaint names the file, the row and the key."""

    def __init__(self, file: str, groups: Mapping[str, Sequence[str]]) -> None:
        self._file = file
        self._phrases = PhraseReader(groups)

    def row(self, number: int, raw: Mapping[str, object]) -> Row:
        name = f"indicator {number} ({raw.get('code', 'zonder code')})"
        for key in raw:
            if key not in _KEYS:
                raise TableError(self._file, name, key, f"Onbekende sleutel. Kies uit: {', '.join(sorted(_KEYS))}.")
        code, weight, label, meaning, check = (self._text(name, key, raw) for key in _TEXTS)
        if weight not in list(Weight):
            raise TableError(self._file, name, "weight", f"Onbekend gewicht. Kies uit: {', '.join(Weight)}.")
        lists = {key: self._list(name, key, raw.get(key, [])) for key in _LISTS}
        if not lists["phrases"]:
            raise TableError(self._file, name, "phrases", "Er staat geen frase. Zet er minstens één in.")
        at_least = raw.get("at_least")
        if at_least is not None and (not isinstance(at_least, int) or at_least < 1):
            raise TableError(self._file, name, "at_least", "Schrijf een heel getal van 1 of meer.")
        categories, phases = lists["categories"] or list(Category), lists["phases"] or list(Phase)
        return Row(
            indicator=Indicator(code=code, weight=Weight(weight), label=label, meaning=meaning, check=check),
            phrases=self.compiled(name, "phrases", lists["phrases"]),
            phrases_in=self._by_category(name, "phrases_in", raw.get("phrases_in", {})),
            also_in=self._by_category(name, "also_in", raw.get("also_in", {})),
            decisive=self.compiled(name, "decisive", lists["decisive"]),
            unless=self.compiled(name, "unless", lists["unless"]),
            categories=frozenset(self._member(name, "categories", c, Category) for c in categories),
            phases=frozenset(self._member(name, "phases", p, Phase) for p in phases),
            at_least=at_least,
            told_of_earlier=tuple(lists["told_of_earlier"]),
        )

    def _by_category(self, name: str, key: str, value: object) -> dict[Category, tuple[Phrase, ...]]:
        if not isinstance(value, Mapping):
            raise TableError(self._file, name, key, 'Schrijf { categorie = ["frase"] }.')
        return {
            self._member(name, key, category, Category): self.compiled(name, key, self._list(name, key, written))
            for category, written in value.items()
        }

    def compiled(self, name: str, key: str, written: Sequence[str]) -> tuple[Phrase, ...]:
        try:
            return tuple(map(self._phrases.read, written))
        except PhraseError as error:
            raise TableError(self._file, name, key, str(error)) from error

    def _text(self, name: str, key: str, raw: Mapping[str, object]) -> str:
        value = raw.get(key)
        if not isinstance(value, str) or not value.strip():
            raise TableError(self._file, name, key, "Deze tekst ontbreekt of is leeg. Vul hem in.")
        return value

    def _list(self, name: str, key: str, value: object) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise TableError(self._file, name, key, 'Schrijf een lijst van teksten: ["een", "twee"].')
        return value

    def _member(self, name: str, key: str, value: str, kind: type[_Kind]) -> _Kind:
        if value not in list(kind):
            raise TableError(self._file, name, key, f"'{value}' bestaat niet. Kies uit: {', '.join(kind)}.")
        return kind(value)
