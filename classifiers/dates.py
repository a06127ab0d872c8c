"""Dutch words for days -> Mentions: all days that a text names. Which one is the event's, `periods` decides."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from classifiers.date_grammar import GRAMMAR
from classifiers.mentions import Frame, Mention, Tense, lived_day
from classifiers.vocabulary import Precision

_ENUMERATED = ("en", ",", "&", "+", "op")
_LONGEST = 60
"""Days. A row of dates that is longer joins two dates that have nothing to do with each other."""


def dates_in(text: str, *, published: datetime, tense_at: Callable[[int], Tense]) -> list[Mention]:
    """All days named in lower-case `text`, in order, those that belong together joined into one.

    `published` is aware, Europe/Amsterdam; `tense_at` tells for an offset whether its words look back or ahead.
    """
    today = lived_day(published)
    taken: list[Mention] = []
    for rule in GRAMMAR:
        if rule.needs is not None and rule.needs.search(text) is None:
            continue
        for match in rule.pattern.finditer(text):
            if any(m.start < match.end() and match.start() < m.end for m in taken):
                continue
            mention = rule.make(match, Frame(published, today, tense_at(match.start())))
            if mention is not None:
                taken.append(mention)
    return list(_joined(sorted(taken, key=lambda m: m.start), text))


_JOINER = re.compile(
    r"(?:,?\s*(?:om\s+|van\s+|vanaf\s+)?[\d.:]+\s*(?:uur|u)?,?)?\s*"
    r"(?P<how>tot en met|t/m|tm|tot|op|-|–|—|en|,|&|\+)\s*(?:en met\s+)?(?:de\s+)?"
)


def _joined(mentions: list[Mention], text: str) -> Iterator[Mention]:
    """Neighbours that make one period: "van vrijdag 12 tot en met zondag 14 mei", "de nacht van zaterdag op zondag"."""
    current: Mention | None = None
    for mention in mentions:
        if current is not None:
            between = _JOINER.fullmatch(text, current.end, mention.start)
            longer = _extended(current, mention, between["how"]) if between else None
            if longer is not None:
                current = longer
                continue
            yield current
        current = mention
    if current is not None:
        yield current


def _extended(left: Mention, right: Mention, how: str) -> Mention | None:
    if Precision.WEEK in (left.precision, right.precision):
        return None
    last = right.last
    if right.weekday is not None:
        last = left.last + timedelta(days=(right.weekday - left.last.weekday()) % 7)
    gap = (last - left.last).days
    # "14 en 21 juni" are two days, "14 en 15 juni" is one event of two days.
    if not 0 < gap <= (2 if how in _ENUMERATED else _LONGEST):
        return None
    part = "nacht" if how == "op" else None
    weight = max(left.weight, right.weight)
    return replace(left, end=right.end, last=last, precision=Precision.DAY, part=part, weekday=None, weight=weight)
