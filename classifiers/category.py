"""A redacted text -> how likely each Category is. Knows kinds of gathering, never who gathers or for what (R21)."""

import math
from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from classifiers.phrases import Phrase, PhraseIndex, Prose
from classifiers.signs import read_signs
from classifiers.vocabulary import Category

UNCERTAIN_BELOW = 0.5
"""A category with less confidence than this is for a person to decide, never silently level A (R23)."""

_FILE = Path(__file__).with_name("categories.toml")
_LOCAL = ZoneInfo("Europe/Amsterdam")

_IN_TITLE = 2.0
_LEAD, _FURTHER_ON = 220, 0.6
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


class Categories:
    """The table of signs, ready to be weighed. Not changed after it was made: safe between threads."""

    def __init__(self, path: Path = _FILE) -> None:
        """Raises TableError for what the table may not hold."""
        table = read_signs(path, Category)
        self._signs, self._order = table.signs, table.groups.get("orde", ())
        self._index = PhraseIndex((*self._order, *(phrase for sign in self._signs for phrase in sign.phrases)))

    @staticmethod
    def _explains(category: Category, titled: Set[Category]) -> bool:
        """Whether unrest belongs to `category`. A festival named in passing does not explain a brawl in the title."""
        return category is Category.NEW_YEAR or category in titled or Category.UNREST not in titled

    def shares(self, title: str, text: str, *, published: datetime) -> tuple[tuple[Category, float], ...]:
        """The share of every category, highest first, together 1. `published` is aware; fireworks have a season."""
        heading, (lead, rest) = Prose(title), _parted(text)
        possible = self._index.possible(Prose(f"{title}\n{text}"))
        points = dict.fromkeys(Category, 0.0)
        titled = set()
        for sign in self._signs:
            phrases = [phrase for phrase in sign.phrases if phrase.written in possible]
            points[sign.speaks_for] += sign.weight * _strength(phrases, heading, lead, rest)
            if any(phrase.within(heading) for phrase in phrases):
                titled.add(sign.speaks_for)
        points[Category.NONE] += _NOTHING
        if points[Category.NEW_YEAR] and _is_its_season(published):
            points[Category.NEW_YEAR] += _SEASON

        if any(points[c] > _CLEAR and self._explains(c, titled) for c in _GATHERINGS):
            points[Category.UNREST] *= _SUPERSEDED
        order = [phrase for phrase in self._order if phrase.written in possible]
        if not any(phrase.within(part) for phrase in order for part in (heading, lead, rest)):
            points[Category.NONE] += points[Category.FOOTBALL]
            points[Category.FOOTBALL] = 0.0
        return _as_shares(points)


def _is_its_season(published: datetime) -> bool:
    day = published.astimezone(_LOCAL).date()
    return (day.month, day.day) >= _SEASON_FROM or (day.month, day.day) <= _SEASON_TO


def _parted(text: str) -> tuple[Prose, Prose]:
    """The sentences that tell what a text is about, and those after them."""
    cut = text.find(". ", _LEAD)
    return (Prose(text), Prose("")) if cut < 0 else (Prose(text[: cut + 1]), Prose(text[cut + 1 :]))


def _strength(phrases: Sequence[Phrase], heading: Prose, lead: Prose, rest: Prose) -> float:
    """How strongly the phrases speak: each once, most in a title, and every further one a little less."""
    found = []
    for phrase in phrases:
        if phrase.within(heading):
            found.append(_IN_TITLE)
        elif phrase.within(lead):
            found.append(1.0)
        elif phrase.within(rest):
            found.append(_FURTHER_ON)
    return sum(strength / (1 + _NEXT * nth) for nth, strength in enumerate(sorted(found, reverse=True)))


def _as_shares(points: Mapping[Category, float]) -> tuple[tuple[Category, float], ...]:
    top = max(points.values())
    powers = {category: math.exp(_SHARPNESS * (value - top)) for category, value in points.items()}
    total = sum(powers.values())
    return tuple(sorted(((c, p / total) for c, p in powers.items()), key=lambda share: -share[1]))
