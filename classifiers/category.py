"""A redacted text -> how likely each Category is. Knows kinds of gathering, never who gathers or for what (R21)."""

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from classifiers.phrases import Phrase, PhraseIndex
from classifiers.prose import Prose, prose_of
from classifiers.signs import read_signs
from classifiers.vocabulary import Category

UNCERTAIN_BELOW = 0.5
"""A category with less confidence than this is for a person to decide, never silently level A (R23)."""

_FILE = Path(__file__).with_name("categories.toml")
_LOCAL = ZoneInfo("Europe/Amsterdam")

_IN_TITLE, _IN_LEAD, _FURTHER_ON = 2.0, 1.0, 0.6
_LEAD = 220
"""After so many characters the sentence is finished that tells the news; what is named further on weighs less."""
_NEXT = 0.35
"""How fast further phrases of one sign lose weight: the tenth says little that is new."""
_NOTHING = 2.0
"""What `geen` has from the start: a text must show a gathering before it is held for one."""
_CLEAR, _SUPERSEDED = 2.5, 0.45
"""Unrest is what is left when nothing else explains it: beside so clear a gathering its signs count this much less."""
_GATHERINGS = (Category.DEMONSTRATION, Category.FOOTBALL, Category.NEW_YEAR, Category.EVENT)
_SEASON = 2.0
"""What a word of New Year's Eve is worth more from mid-December to the first week of January."""
_SEASON_FROM, _SEASON_TO = (12, 12), (1, 8)
_SHARPNESS = 0.85
_ORDER = -1
"""Stands for a number of a sign: phrases of public order, which belong to none."""


class Categories:
    """The table of signs, ready to be weighed. Not changed after it was made: safe between threads."""

    def __init__(self, path: Path = _FILE) -> None:
        """Raises TableError for what the table may not hold."""
        table = read_signs(path, Category)
        self._signs = table.signs
        order = table.groups.get("orde", ())
        self._index = PhraseIndex((*order, *(phrase for sign in self._signs for phrase in sign.phrases)))
        self._sign_of = [*(_ORDER for _ in order), *(n for n, sign in enumerate(self._signs) for _ in sign.phrases)]

    @staticmethod
    def _explains(category: Category, titled: Set[Category]) -> bool:
        """Whether unrest belongs to `category`. A festival named in passing does not explain a brawl in the title."""
        return category is Category.NEW_YEAR or category in titled or Category.UNREST not in titled

    def shares(self, title: str, text: str, *, published: datetime) -> tuple[tuple[Category, float], ...]:
        """The share of every category, highest first, together 1. `published` is aware; fireworks have a season."""
        whole = prose_of(f"{title}\n{text}")
        stretches = _stretches(title, text, whole)
        found: dict[int, list[float]] = {}
        for number in self._index.numbers(whole):
            strength = _strength(self._index.phrases[number], stretches)
            if strength:
                found.setdefault(self._sign_of[number], []).append(strength)
        ordered = found.pop(_ORDER, None) is not None
        points = dict.fromkeys(Category, 0.0)
        titled = set()
        for number, strengths in sorted(found.items()):
            sign = self._signs[number]
            points[sign.speaks_for] += sign.weight * _together(strengths)
            if _IN_TITLE in strengths:
                titled.add(sign.speaks_for)
        points[Category.NONE] += _NOTHING
        if points[Category.NEW_YEAR] and _is_its_season(published):
            points[Category.NEW_YEAR] += _SEASON

        if any(points[c] > _CLEAR and self._explains(c, titled) for c in _GATHERINGS):
            points[Category.UNREST] *= _SUPERSEDED
        if not ordered:
            points[Category.NONE] += points[Category.FOOTBALL]
            points[Category.FOOTBALL] = 0.0
        return _as_shares(points)


def _is_its_season(published: datetime) -> bool:
    day = published.astimezone(_LOCAL).date()
    return (day.month, day.day) >= _SEASON_FROM or (day.month, day.day) <= _SEASON_TO


class _Stretch(NamedTuple):
    """A part of a text, by half-open offsets, and what a phrase is worth there."""

    prose: Prose
    start: int
    end: int
    strength: float


def _stretches(title: str, text: str, whole: Prose) -> tuple[_Stretch, ...]:
    """The title, the sentences that tell what a text is about, and those after them."""
    cut = text.find(". ", _LEAD) + 1 or len(text)
    body = len(title) + 1
    if whole.breaks_at(body + cut):
        return (
            _Stretch(whole, 0, body, _IN_TITLE),
            _Stretch(whole, body, body + cut, _IN_LEAD),
            _Stretch(whole, body + cut, body + len(text), _FURTHER_ON),
        )
    # "drs. Van Dam": the full stop ended no sentence, and a phrase may not run on over it.
    return tuple(
        _Stretch(Prose(part), 0, len(part), strength)
        for part, strength in ((title, _IN_TITLE), (text[:cut], _IN_LEAD), (text[cut:], _FURTHER_ON))
    )


def _strength(phrase: Phrase, stretches: Sequence[_Stretch]) -> float:
    """What a phrase is worth at the first stretch that has it; 0 where none has."""
    for prose, start, end, strength in stretches:
        if any(start <= hit.start < end for hit in phrase.hits(prose)):
            return strength
    return 0.0


def _together(strengths: Iterable[float]) -> float:
    """How strongly phrases speak: every further one a little less."""
    return sum(strength / (1 + _NEXT * nth) for nth, strength in enumerate(sorted(strengths, reverse=True)))


def _as_shares(points: Mapping[Category, float]) -> tuple[tuple[Category, float], ...]:
    top = max(points.values())
    powers = {category: math.exp(_SHARPNESS * (value - top)) for category, value in points.items()}
    total = sum(powers.values())
    return tuple(sorted(((c, p / total) for c, p in powers.items()), key=lambda share: -share[1]))
