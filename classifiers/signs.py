"""A table of signs -> what a text speaks for: the file format that categories.toml and phases.toml share."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

from classifiers.errors import TableError
from classifiers.phrases import Phrase
from classifiers.written_phrases import PhraseError, PhraseReader

Answer = TypeVar("Answer", bound=StrEnum)

_KEYS = ("speaks_for", "weight", "phrases")


@dataclass(frozen=True, slots=True)
class Sign(Generic[Answer]):
    """Phrases that speak for one answer, all with the same weight."""

    speaks_for: Answer
    weight: float
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class SignTable(Generic[Answer]):
    """Signs in the order of the file, and its named lists of phrases."""

    signs: tuple[Sign[Answer], ...]
    groups: Mapping[str, tuple[Phrase, ...]]


def read_signs(file: Path, answers: type[Answer]) -> SignTable[Answer]:
    """The table in `file`, checked. Raises TableError for what it may not hold."""
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise TableError(file.name, "het bestand", "", "Het bestand is niet te lezen. Zet het terug.") from error
    except tomllib.TOMLDecodeError as error:
        raise TableError(file.name, "het bestand", "", f"Dit is geen geldige TOML: {error}") from error
    for key in raw:
        if key not in ("groups", "sign"):
            raise TableError(file.name, "het bestand", key, "Onbekend deel. Kies uit: groups, sign.")
    groups = raw.get("groups", {})
    plain = PhraseReader({})
    compiled = {name: _compiled(file.name, "groups", name, written, plain) for name, written in groups.items()}
    return SignTable(tuple(_signs(file.name, raw.get("sign", []), answers, PhraseReader(groups))), compiled)


def _signs(
    file: str, rows: Sequence[Mapping[str, object]], answers: type[Answer], reader: PhraseReader
) -> Iterator[Sign[Answer]]:
    for number, raw in enumerate(rows, 1):
        row = f"sign {number}"
        for key in sorted(raw.keys() ^ set(_KEYS)):
            raise TableError(file, row, key, f"Een rij heeft precies deze sleutels: {', '.join(_KEYS)}.")
        answer, weight = raw["speaks_for"], raw["weight"]
        if answer not in list(answers):
            raise TableError(file, row, "speaks_for", f"'{answer}' bestaat niet. Kies uit: {', '.join(answers)}.")
        if isinstance(weight, bool) or not isinstance(weight, int | float):
            raise TableError(file, row, "weight", "Schrijf een getal, bijvoorbeeld 1.5.")
        yield Sign(answers(str(answer)), float(weight), _compiled(file, row, "phrases", raw["phrases"], reader))


def _compiled(file: str, row: str, key: str, written: object, reader: PhraseReader) -> tuple[Phrase, ...]:
    if not isinstance(written, list) or not written or not all(isinstance(w, str) for w in written):
        raise TableError(file, row, key, 'Schrijf een lijst van frases: ["een", "twee"].')
    try:
        return tuple(map(reader.read, written))
    except PhraseError as error:
        raise TableError(file, row, key, str(error)) from error
