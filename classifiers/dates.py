"""Dutch words for days -> Mentions: all days that a text names. Which one is the event's, `event_days` decides."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from classifiers.date_grammar import Rule, matches_in
from classifiers.mentions import Direction, Frame, Mention, lived_day
from classifiers.tenses import Sentences
from classifiers.vocabulary import Precision

_ENUMERATED = ("en", ",", "&", "+", "op")
_LONGEST = 60
"""Days. A row of dates that is longer joins two dates that have nothing to do with each other."""


def dates_in(read: Sentences, *, published: datetime) -> dict[Direction, list[Mention]]:
    """All days named in a text, in order, those that belong together joined into one.

    Twice: as they are read by who looks back at `published` (aware, Europe/Amsterdam), and by who looks ahead. A full
    date is the same day in both.
    """
    today = lived_day(published)
    frames = {direction: Frame(published, today, direction) for direction in Direction}
    taken = _taken(read, frames[Direction.AHEAD])
    ahead = [mention for *_, mention in taken]
    back = [mention for rule, match, _ in taken if (mention := rule.make(match, frames[Direction.BACK])) is not None]
    return {
        Direction.BACK: list(_joined(back, read.lower)),
        Direction.AHEAD: list(_joined(ahead, read.lower)),
    }


def _taken(read: Sentences, frame: Frame) -> list[tuple[Rule, re.Match[str], Mention]]:
    """The finds that make a date, each character in one of them only, in the order of the text."""
    taken: list[tuple[Rule, re.Match[str], Mention]] = []
    for rule, match in matches_in(read):
        start, end = match.span()
        if any(start < other.end() and other.start() < end for _, other, _ in taken):
            continue
        mention = rule.make(match, frame)
        if mention is not None:
            taken.append((rule, match, mention))
    return sorted(taken, key=lambda found: found[1].start())


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
    if not 0 <= gap <= (2 if how in _ENUMERATED else _LONGEST):
        return None
    if not gap:
        # "morgen, zaterdag 14 juni" is one day told twice.
        return replace(left, end=right.end, part=left.part or right.part, weekday=None) if how == "," else None
    part = "nacht" if how == "op" else None
    return replace(left, end=right.end, last=last, precision=Precision.DAY, part=part, weekday=None)
