"""indicators.toml and a text -> Evidence: which indicators a text shows, and by which words.

Knows no cause, religion, origin or organisation, and no level: what the indicators weigh together is for `risk`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from spacy.language import Language
from spacy.tokens import Doc

from classifiers.errors import TableError
from classifiers.phrases import TRIGGER, Phrase, PhraseError, PhraseIndex, Prose, compile_phrase
from classifiers.reading import Evidence, Indicator, Period, Size
from classifiers.vocabulary import Category, Phase, Precision, Weight

FILE = "indicators.toml"
SHOWN = 120
"""Most characters of the words that are kept with a find."""

BANNED = "afgelast_verboden"
CROWD = "grote_opkomst"
NIGHT = "nachtelijk"

_LOCAL = ZoneInfo("Europe/Amsterdam")
_NIGHT_FROM, _NIGHT_UNTIL = 22, 6
_TEXTS = ("code", "weight", "label", "meaning", "check")
_LISTS = ("phrases", "unless", "decisive", "categories", "phases")
_KEYS = frozenset((*_TEXTS, *_LISTS, "phrases_in", "at_least"))
_BIG_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{4,}|\w*duizend\w*", re.IGNORECASE)
_NIGHT_HOUR = re.compile(r"(?<!tot )(?<![\d.:-])(?:2[23]|0[0-5])[.:][0-5]\d\b(?! *(?:euro|kilo|meter))", re.IGNORECASE)
_NIGHTS = (Category.UNREST, Category.FOOTBALL, Category.DEMONSTRATION)


_Kind = TypeVar("_Kind", Category, Phase)


class Trigger(NamedTuple):
    """The words that show an indicator, as half-open offsets."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table, with its phrases compiled."""

    indicator: Indicator
    phrases: tuple[Phrase, ...]
    phrases_in: Mapping[Category, tuple[Phrase, ...]]
    decisive: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    categories: frozenset[Category]
    phases: frozenset[Phase]
    at_least: int | None

    def looked_for(self) -> Iterator[Phrase]:
        """Every phrase that can show the indicator, in any category."""
        yield from self.phrases
        yield from self.decisive
        for phrases in self.phrases_in.values():
            yield from phrases


class Indicators:
    """The table of indicators, ready to be looked for. Not changed after it was made: safe between threads."""

    def __init__(self, nlp: Language, path: Path | None = None) -> None:
        """Reads the table beside this file, or the one at `path`.

        Raises TableError for what the table may not hold, ValueError when `nlp` does not split sentences.
        """
        if not any(name in nlp.pipe_names for name in ("sentencizer", "senter", "parser")):
            raise ValueError("the pipeline splits no sentences: add a sentencizer")
        file = path or Path(__file__).with_name(FILE)
        self._rows = tuple(_load(file))
        self.rows: tuple[Indicator, ...] = tuple(row.indicator for row in self._rows)
        self._index = PhraseIndex(phrase for row in self._rows for phrase in row.looked_for())

    def find(
        self,
        doc: Doc,
        *,
        category: Category,
        phase: Phase,
        size: Size | None,
        period: Period | None,
        published: datetime,
    ) -> tuple[Evidence, ...]:
        """What `doc`, a redacted text, shows; in the order of the table, each code once.

        Nothing for a text without a concrete event (guideline, decision 2).
        """
        if category is Category.NONE or phase is Phase.OTHER:
            return ()
        passage = _Passage(doc, self._index)
        found: dict[str, Evidence] = {}
        for row in self._rows:
            if category not in row.categories or phase not in row.phases:
                continue
            code = row.indicator.code
            trigger = passage.first(row, row.phrases_in.get(category, row.phrases))
            if trigger is None and code == CROWD:
                trigger = _crowd(passage, size, row.at_least)
            if trigger is None and code == NIGHT:
                trigger = _night(passage, category, phase, period, published)
            if trigger is not None and code == NIGHT and _is_new_years_night(category, period):
                trigger = None
            decisive = passage.first(row, row.decisive) if row.decisive else None
            if trigger is not None or decisive is not None:
                words = passage.words(decisive or trigger)
                found[code] = Evidence(code=code, words=words, decisive=decisive is not None)
        return tuple(_weigh_cancelling(found, phase, self.rows).values())


def _crowd(passage: "_Passage", size: Size | None, at_least: int | None) -> Trigger | None:
    """Attendance of the threshold or more. An empty trigger when the number cannot be shown."""
    if size is None or at_least is None or size.max < at_least:
        return None
    number = _BIG_NUMBER.search(passage.prose.plain)
    return Trigger(*number.span()) if number else Trigger(0, 0)


def _night(
    passage: "_Passage", category: Category, phase: Phase, period: Period | None, published: datetime
) -> Trigger | None:
    """A start between 22:00 and 06:00, an hour of the night in a report, or a live report that was published then.

    Rule: guideline, decision 15. A programme that only ends after 22:00 does not count.
    """
    at_night = period is not None and period.precision is Precision.MINUTE and _in_the_night(period.start)
    live = phase is Phase.UNDER_WAY and category in (Category.UNREST, Category.FOOTBALL) and _in_the_night(published)
    hour = _NIGHT_HOUR.search(passage.prose.plain)
    told = hour is not None and phase in (Phase.UNDER_WAY, Phase.OVER) and category in _NIGHTS
    if not (at_night or live or told):
        return None
    return Trigger(*hour.span()) if hour else Trigger(0, 0)


def _in_the_night(moment: datetime) -> bool:
    hour = moment.astimezone(_LOCAL).hour
    return hour >= _NIGHT_FROM or hour < _NIGHT_UNTIL


def _is_new_years_night(category: Category, period: Period | None) -> bool:
    """The night of 31 December itself needs no mark in its own category (guideline, decision 15)."""
    if category is not Category.NEW_YEAR:
        return False
    if period is None:
        return True
    start = period.start.astimezone(_LOCAL)
    if period.precision is Precision.MINUTE:
        start -= timedelta(hours=_NIGHT_UNTIL)
    return (start.month, start.day) in ((12, 31), (1, 1))


def _weigh_cancelling(found: dict[str, Evidence], phase: Phase, rows: Sequence[Indicator]) -> dict[str, Evidence]:
    """A gathering at which violence happens was not called off, whatever word stands there (guideline, decision 9)."""
    grave = {row.code for row in rows if row.weight in (Weight.VIOLENCE, Weight.EMERGENCY)}
    if BANNED in found and phase is not Phase.ANNOUNCED and grave & found.keys():
        del found[BANNED]
    return found


class _Passage:
    """One text and its sentences, asked for many rows."""

    def __init__(self, doc: Doc, index: PhraseIndex) -> None:
        plain = doc.text
        self.prose = Prose(plain)
        self._possible = index.possible(self.prose)
        # Not `doc.sents`: that looks through the whole text anew for every sentence.
        starts = [token.idx for token in doc if token.is_sent_start]
        self._sentences = tuple(zip(starts, [*starts[1:], len(plain)], strict=True))

    def first(self, row: Row, phrases: Sequence[Phrase]) -> Trigger | None:
        """The first words that show `row` and are not taken back in their sentence."""
        for phrase in phrases:
            if phrase.written not in self._possible:
                continue
            for hit in phrase.hits(self.prose):
                if hit.number is not None and row.at_least is not None and hit.number < row.at_least:
                    continue
                trigger = Trigger(hit.start, hit.end)
                if not self._taken_back(trigger, row.unless):
                    return trigger
        return None

    def words(self, trigger: Trigger | None) -> str:
        """The sentence around `trigger`, or so much of it as fits, cut between words."""
        if trigger is None or trigger.start == trigger.end:
            return ""
        start, end = self._sentence(trigger)
        if end - start > SHOWN:
            spare = max(SHOWN - 4 - (trigger.end - trigger.start), 0)
            left = max(start, trigger.start - spare // 2)
            right = min(end, left + SHOWN - 4)
            left = max(start, min(left, right - SHOWN + 4))
            text = self.prose.plain
            while left > start and not text[left - 1].isspace():
                left += 1
            while right < end and right > left and not text[right].isspace():
                right -= 1
            before, after = ("… " if left > start else ""), (" …" if right < end else "")
            return before + " ".join(text[left:right].split()) + after
        return " ".join(self.prose.plain[start:end].split())

    def _sentence(self, trigger: Trigger) -> Trigger:
        for start, end in self._sentences:
            if start <= trigger.start < end:
                return Trigger(start, max(end, trigger.end))
        return trigger

    def _taken_back(self, trigger: Trigger, unless: Sequence[Phrase]) -> bool:
        start, end = self._sentence(trigger)
        plain = self.prose.plain
        around = Prose(f"{plain[start : trigger.start]}{TRIGGER}{plain[trigger.end : end]}")
        return any(phrase.within(around) for phrase in unless)


def _load(file: Path) -> Iterator[Row]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise TableError(file.name, "het bestand", "", "Het bestand is niet te lezen. Zet het terug.") from error
    except tomllib.TOMLDecodeError as error:
        advice = f"Dit is geen geldige TOML. Kijk naar aanhalingstekens en komma's: {error}"
        raise TableError(file.name, "het bestand", "", advice) from error
    for key in table:
        if key not in ("defaults", "groups", "indicator"):
            raise TableError(file.name, "het bestand", key, "Onbekend deel. Kies uit: defaults, groups, indicator.")
    reader = _TableReader(file.name, table.get("groups", {}))
    everywhere = reader.compiled("defaults", "unless", table.get("defaults", {}).get("unless", []))
    seen: set[str] = set()
    for number, raw in enumerate(table.get("indicator", []), 1):
        row = reader.row(number, raw, everywhere)
        if row.indicator.code in seen:
            advice = f"De code '{row.indicator.code}' staat er al. Geef elke rij een eigen code."
            raise TableError(file.name, f"indicator {number}", "code", advice)
        seen.add(row.indicator.code)
        yield row


class _TableReader:
    """Checks and compiles rows; every complaint names the file, the row and the key."""

    def __init__(self, file: str, groups: Mapping[str, Sequence[str]]) -> None:
        self._file = file
        self._groups = groups

    def row(self, number: int, raw: Mapping[str, object], everywhere: tuple[Phrase, ...]) -> Row:
        name = f"indicator {number} ({raw.get('code', 'zonder code')})"
        for key in raw:
            if key not in _KEYS:
                raise TableError(self._file, name, key, f"Onbekende sleutel. Kies uit: {', '.join(sorted(_KEYS))}.")
        code, weight, label, meaning, check = (self._text(name, key, raw) for key in _TEXTS)
        if weight not in list(Weight):
            raise TableError(self._file, name, "weight", f"Onbekend gewicht. Kies uit: {', '.join(Weight)}.")
        phrases, unless, decisive, categories, phases = (self._list(name, key, raw.get(key, [])) for key in _LISTS)
        if not phrases:
            raise TableError(self._file, name, "phrases", "Er staat geen frase. Zet er minstens één in.")
        at_least = raw.get("at_least")
        if at_least is not None and (not isinstance(at_least, int) or at_least < 1):
            raise TableError(self._file, name, "at_least", "Schrijf een heel getal van 1 of meer.")
        phrases_in = raw.get("phrases_in", {})
        if not isinstance(phrases_in, Mapping):
            raise TableError(self._file, name, "phrases_in", 'Schrijf { categorie = ["frase"] }.')
        return Row(
            indicator=Indicator(code=code, weight=Weight(weight), label=label, meaning=meaning, check=check),
            phrases=self.compiled(name, "phrases", phrases),
            phrases_in={
                self._member(name, "phrases_in", key, Category): self.compiled(
                    name, "phrases_in", self._list(name, "phrases_in", value)
                )
                for key, value in phrases_in.items()
            },
            decisive=self.compiled(name, "decisive", decisive),
            unless=everywhere + self.compiled(name, "unless", unless),
            categories=frozenset(self._member(name, "categories", c, Category) for c in categories or list(Category)),
            phases=frozenset(self._member(name, "phases", p, Phase) for p in phases or list(Phase)),
            at_least=at_least,
        )

    def compiled(self, name: str, key: str, written: Sequence[str]) -> tuple[Phrase, ...]:
        try:
            return tuple(compile_phrase(phrase, self._groups) for phrase in written)
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
