"""A text -> Evidence: which indicators of the table it shows, and by which words.

Knows no cause, religion, origin or organisation, and no level: what the indicators weigh together is for `risk`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from classifiers.indicator_table import FILE, IndicatorTable, Row, read_table
from classifiers.lexicon import lexicon
from classifiers.phrases import Hit, Phrase, PhraseIndex
from classifiers.prose import Form, Prose, prose_of
from classifiers.quote import quote
from classifiers.reading import Evidence, Indicator, Period, Size
from classifiers.spelling import KeyWords
from classifiers.vocabulary import Category, Phase, Precision, Weight

BANNED = "afgelast_verboden"
CROWD = "grote_opkomst"
NIGHT = "nachtelijk"

_LOCAL = ZoneInfo("Europe/Amsterdam")
_NIGHT_FROM, _NIGHT_UNTIL = 22, 6
_NIGHTS = (Category.UNREST, Category.FOOTBALL, Category.DEMONSTRATION, Category.EVENT)
_NIGHT_HOUR = re.compile(
    r"(?=[0-5])(?<!tot )(?<!t/m )(?<![\w.:-])(?:2[23]|0?[0-5])[.:][0-5]\d\b(?! *(?:euro|kilo|meter|km))", re.IGNORECASE
)
_THOUSAND = 1000
_FIRST_YEAR = 1990
"""A smaller number of four digits counts people, not years."""


class Trace(NamedTuple):
    """Words that show an indicator, whatever the category and phase of the text."""

    code: str
    start: int
    end: int
    """Half-open offsets; 0 and 0 where the sign is a moment or a number that other code read."""
    phrase: str
    """The phrase of the table that was found, empty where there is none."""
    decisive: bool
    category: Category | None
    """The phrase counts in this category only."""


class Indicators:
    """The table of indicators, ready to be looked for. It only remembers words: safe between threads."""

    def __init__(self, path: Path | None = None) -> None:
        """Reads the table beside this file, or the one at `path`. Raises TableError for what it may not hold."""
        table = read_table(path or Path(__file__).with_name(FILE))
        self._rows = table.rows
        self._by_code = {row.indicator.code: row for row in table.rows}
        self.rows: tuple[Indicator, ...] = tuple(row.indicator for row in self._rows)
        named = list(_named_phrases(table))
        self._names = tuple(name for name, _ in named)
        self._index = PhraseIndex(phrase for _, phrase in named)
        # A text is first asked for its traces, and then for its evidence.
        self._passage = lru_cache(maxsize=4)(self._looked_at)
        self._spelling = KeyWords(_words_of(phrase for _, phrase in named), lexicon().is_ordinary)

    def find(
        self,
        text: str,
        *,
        category: Category,
        phase: Phase,
        size: Size | None,
        period: Period | None,
        published: datetime,
    ) -> tuple[Evidence, ...]:
        """What a redacted text, title and all, shows; in the order of the table, each code once.

        Nothing for a text without a concrete event (guideline, decision 2).
        """
        if category is Category.NONE or phase is Phase.OTHER:
            return ()
        passage = self._passage(text, published)
        found: dict[str, Evidence] = {}
        for row in self._rows:
            if category not in row.categories or phase not in row.phases:
                continue
            code = row.indicator.code
            trace = next(self._traces(passage, row, category), None)
            if trace is None and code == CROWD:
                trace = _crowd(passage, size, row.at_least)
            if trace is None and code == NIGHT:
                trace = _night(passage, category, phase, period, published)
            if trace is not None and not (code == NIGHT and is_new_years_night(category, period)):
                words = passage.words(trace.start, trace.end)
                found[code] = Evidence(code=code, words=words, decisive=trace.decisive)
        return tuple(_weigh_cancelling(found, phase, self.rows).values())

    def traces(self, text: str, *, size: Size | None, period: Period | None, published: datetime) -> tuple[Trace, ...]:
        """All that a redacted text shows of any indicator, before its category and phase are asked.

        Every phrase that stands there gives one trace, in the order of the table.
        """
        passage = self._passage(text, published)
        found: list[Trace] = []
        for row in self._rows:
            found += self._traces(passage, row, None)
            if row.indicator.code == CROWD and (crowd := _crowd(passage, size, row.at_least)):
                found.append(crowd)
            if row.indicator.code == NIGHT and period and _starts_at_night(period):
                found.append(Trace(NIGHT, *(passage.night_hour() or (0, 0)), "", decisive=False, category=None))
        return tuple(found)

    def _looked_at(self, text: str, published: datetime) -> "_Passage":
        return _Passage(prose_of(text).spelt(self._spelling.meant), self._index, self._names, published)

    def _traces(self, passage: "_Passage", row: Row, category: Category | None) -> Iterator[Trace]:
        """What shows `row`, the decisive first; with a category only what counts in it."""
        code = row.indicator.code
        if passage.codes.isdisjoint((code, *row.told_of_earlier)):
            return
        for phrase, hit in passage.shown(row, "decisive"):
            yield Trace(code, hit.start, hit.end, phrase.written, decisive=True, category=None)
        if category is None or category not in row.phrases_in:
            for phrase, hit in passage.shown(row, "phrases"):
                yield Trace(code, hit.start, hit.end, phrase.written, decisive=False, category=None)
            for other in row.told_of_earlier:
                for phrase, hit in passage.shown_of_earlier(self._by_code[other]):
                    yield Trace(code, hit.start, hit.end, phrase.written, decisive=False, category=None)
        for key, lists in (("phrases_in", row.phrases_in), ("also_in", row.also_in)):
            for only_in in lists:
                if category in (None, only_in):
                    for phrase, hit in passage.shown(row, f"{key}.{only_in}"):
                        yield Trace(code, hit.start, hit.end, phrase.written, decisive=False, category=only_in)


_Name = tuple[str, str]
"""A code and one of its lists; no code for what holds for all rows."""


def _words_of(phrases: Iterable[Phrase]) -> set[str]:
    """The whole words that phrases ask for."""
    steps = {step for phrase in phrases for part in phrase.parts for _, step in part.steps}
    atoms = {atom for step in steps for sequel in step.sequels for _, atom in sequel}
    return {atom.literal for atom in atoms if atom.form is Form.WHOLE}


def _named_phrases(table: IndicatorTable) -> Iterator[tuple[_Name, Phrase]]:
    for row in table.rows:
        for key, phrases in row.lists():
            for phrase in phrases:
                yield (row.indicator.code, key), phrase
    for key, phrases in (("unless", table.unless), *table.context.lists()):
        for phrase in phrases:
            yield ("", key), phrase


def _crowd(passage: "_Passage", size: Size | None, at_least: int | None) -> Trace | None:
    """Attendance of the threshold or more. Offsets 0 and 0 when the number cannot be shown."""
    if size is None or at_least is None or size.max < at_least:
        return None
    return Trace(CROWD, *(passage.big_number() or (0, 0)), "", decisive=False, category=None)


def _night(
    passage: "_Passage", category: Category, phase: Phase, period: Period | None, published: datetime
) -> Trace | None:
    """A start between 22:00 and 06:00, an hour of the night in a report, or a live report that was published then.

    Rule: guideline, decision 15. A programme that only ends after 22:00 does not count.
    """
    at_night = period is not None and _starts_at_night(period)
    live = phase is Phase.UNDER_WAY and _is_live_at_night(category, published)
    hour = passage.night_hour()
    told = hour is not None and phase in (Phase.UNDER_WAY, Phase.OVER) and category in _NIGHTS
    if not (at_night or live or told):
        return None
    return Trace(NIGHT, *(hour or (0, 0)), "", decisive=False, category=None)


def _is_live_at_night(category: Category, published: datetime) -> bool:
    """Whether a report of something under way tells of the night: of most things only when it is past midnight."""
    if category is Category.NEW_YEAR:
        return False
    hour = published.astimezone(_LOCAL).hour
    return hour < _NIGHT_UNTIL or (hour > _NIGHT_FROM and category in (Category.UNREST, Category.FOOTBALL))


def _starts_at_night(period: Period) -> bool:
    return period.precision is Precision.MINUTE and _in_the_night(period.start)


def _in_the_night(moment: datetime) -> bool:
    hour = moment.astimezone(_LOCAL).hour
    return hour >= _NIGHT_FROM or hour < _NIGHT_UNTIL


def is_new_years_night(category: Category, period: Period | None) -> bool:
    """The night of 31 December itself needs no mark in its own category (guideline, decision 15)."""
    if category is not Category.NEW_YEAR:
        return False
    if period is None:
        return True
    start = period.start.astimezone(_LOCAL)
    if period.precision is Precision.MINUTE:
        start -= timedelta(hours=_NIGHT_UNTIL)
    return (start.month, start.day) in ((12, 31), (1, 1))


def _weigh_cancelling(found: dict[str, Evidence], phase: Phase, rows: Sequence[Indicator]) -> Mapping[str, Evidence]:
    """A gathering at which violence happens was not called off, whatever word stands there (guideline, decision 9)."""
    grave = {row.code for row in rows if row.weight in (Weight.VIOLENCE, Weight.EMERGENCY)}
    if BANNED in found and phase is not Phase.ANNOUNCED and grave & found.keys():
        del found[BANNED]
    return found


class _Passage:
    """One text, asked for many rows."""

    def __init__(self, prose: Prose, index: PhraseIndex, names: Sequence[_Name], published: datetime) -> None:
        self.prose = prose
        self._year = published.astimezone(_LOCAL).year
        self._possible: dict[_Name, list[Phrase]] = {}
        for number in index.numbers(self.prose):
            self._possible.setdefault(names[number], []).append(index.phrases[number])
        self.codes = frozenset(code for code, _ in self._possible)
        """Of the rows that it may show; of most it cannot hold a single phrase."""
        self._earlier: frozenset[int] | None = None

    def shown(self, row: Row, key: str) -> Iterator[tuple[Phrase, Hit]]:
        """For each phrase of a list that shows `row` its first place where nothing takes it back."""
        for phrase in self._possible.get((row.indicator.code, key), ()):
            for hit in phrase.hits(self.prose):
                if self._is_enough(hit, row) and not self._taken_back(hit, row):
                    yield phrase, hit
                    break

    def shown_of_earlier(self, row: Row) -> Iterator[tuple[Phrase, Hit]]:
        """The same, in sentences about an earlier time."""
        earlier = self._sentences_of_earlier()
        if not earlier:
            return
        for phrase in self._possible.get((row.indicator.code, "phrases"), ()):
            for hit in phrase.hits(self.prose):
                if hit.sentence in earlier and self._is_enough(hit, row) and not self._any(("", "unless"), hit):
                    yield phrase, hit
                    break

    @staticmethod
    def _is_enough(hit: Hit, row: Row) -> bool:
        return hit.number is None or row.at_least is None or hit.number >= row.at_least

    def _taken_back(self, hit: Hit, row: Row) -> bool:
        return self._any(("", "unless"), hit) or self._any((row.indicator.code, "unless"), hit)

    def _any(self, name: _Name, hit: Hit) -> bool:
        return any(phrase.stands_by(self.prose, hit) for phrase in self._possible.get(name, ()))

    def _sentences_of_earlier(self) -> frozenset[int]:
        """The sentences about an earlier edition: they say so, or go on about the one before."""
        if self._earlier is None:
            named, going_on, now = (
                {hit.sentence for phrase in self._possible.get(("", key), ()) for hit in phrase.hits(self.prose)}
                for key in ("earlier", "still_earlier", "now")
            )
            earlier = named | {
                self.prose.sentence_of[index]
                for index, word in enumerate(self.prose.words)
                if word.isdecimal() and _FIRST_YEAR <= int(word) < self._year
            }
            for sentence in sorted(going_on):
                if sentence - 1 in earlier:
                    earlier.add(sentence)
            self._earlier = frozenset(earlier - now)
        return self._earlier

    def big_number(self) -> tuple[int, int] | None:
        """Where the first number of a thousand or more stands."""
        prose = self.prose
        for index, word in enumerate(prose.words):
            if "duizend" in word or (word[0].isdigit() and (prose.value(index) or 0) >= _THOUSAND):
                return prose.starts[index], prose.ends[index]
        return None

    def night_hour(self) -> tuple[int, int] | None:
        """Where the first hour of the night stands, "23.15" or "1:40", that ends nothing."""
        hour = _NIGHT_HOUR.search(self.prose.plain)
        return hour.span() if hour else None

    def words(self, start: int, end: int) -> str:
        """The sentence around a place, or so much of it as fits, cut between words."""
        return quote(self.prose.plain, start, end, [self._bounds(start)])

    def _bounds(self, start: int) -> tuple[int, int]:
        """The offsets of the sentence around `start`, with the sign that ends it."""
        prose = self.prose
        at = next((i for i, end in enumerate(prose.ends) if end > start), len(prose.words) - 1)
        sentence = prose.sentence_of[at]
        first = prose.sentence_of.index(sentence)
        following = next((i for i in range(at, len(prose.words)) if prose.sentence_of[i] != sentence), None)
        last = len(prose.plain) if following is None else prose.starts[following]
        text = prose.plain[prose.starts[first] : last]
        cut = text.rfind("\n", 0, len(text.rstrip()) + 1) if following is not None else -1
        return prose.starts[first], prose.starts[first] + (len(text) if cut < 0 else cut)
