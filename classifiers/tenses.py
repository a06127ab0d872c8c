"""A text cut into sentences, each with the way it looks: back or ahead of the moment of publication."""

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from classifiers.cues import AHEAD, AUXILIARY, BACK, DONE, HEADLINE, PLANNED, TO_BE, cues_of
from classifiers.dialects import in_dutch

_LOOKED_AT = 4000
"""Characters of the text that are read: no event names its date later than that."""

_SENTENCE = re.compile(r"(?<=[.!?…])['\"’”)]*\s+(?=\S)|\n+")
_ABBREVIATION = re.compile(
    r"\b(?:a\.s|j\.l|jl|nr|tel|ca|d\.d|o\.a|i\.v\.m|m\.u\.v|st|dr|mr|jan|feb|mrt|apr|aug|sept?|okt|nov|dec|ma|di|wo|do"
    r"|vr|za|zo)\.$"
)
_WORD = re.compile(r"\w+(?:-\w+)*")
_REACH = 160
"""Characters between "is" and its participle."""
_MOST = 3
"""Words that count in one sentence: a long one is no surer than a short one."""


class Sentences:
    """A text in Dutch, lower-case, with its sentences. Not changed after it was made."""

    __slots__ = ("leanings", "lower", "marks", "parts", "starts", "whole")

    def __init__(self, title: str, text: str) -> None:
        self.lower = in_dutch(f"{title}\n{text[:_LOOKED_AT]}".lower().replace("’", "'").replace("‘", "'"))
        self.starts = [0]
        for match in _SENTENCE.finditer(self.lower):
            if not _ABBREVIATION.search(self.lower, max(0, match.start() - 8), match.start()):
                self.starts.append(match.end())
        self.parts = [self.lower[a:b] for a, b in pairwise([*self.starts, len(self.lower)])]
        self.marks: dict[str, list[int]] = {}
        """Where each cue stands, in order."""
        for match in _WORD.finditer(self.lower):
            for cue in cues_of(match[0]):
                self.marks.setdefault(cue, []).append(match.start())
        bounds = [*self.starts, len(self.lower) + 1]
        self.leanings = [self._leaning(a, b) for a, b in pairwise(bounds)]
        """Above zero where the words look ahead, below where they look back."""
        if self.count(HEADLINE, 0, bounds[1]) and not self.count(TO_BE, 0, bounds[1]):
            self.leanings[0] -= 0.8
        self.whole = sum(score / (1 + 0.5 * index) for index, score in enumerate(self.leanings))

    def count(self, cue: str, start: int, end: int) -> int:
        """How often `cue` begins within `[start, end)`."""
        places = self.marks.get(cue)
        return bisect_left(places, end) - bisect_left(places, start) if places else 0

    def index_at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def bounds(self, index: int) -> tuple[int, int]:
        return self.starts[index], self.starts[index] + len(self.parts[index])

    def around(self, start: int, end: int, reach: int) -> tuple[str, str]:
        """What stands before and after an offset in its own sentence, at most `reach` characters each."""
        first, last = self.bounds(self.index_at(start))
        return self.lower[max(first, start - reach) : start], self.lower[end : max(end, min(last, end + reach))]

    def _leaning(self, start: int, end: int) -> float:
        ahead = min(_MOST, self.count(AHEAD, start, end))
        back = min(_MOST, self.count(BACK, start, end))
        return ahead - 1.2 * (back + self._perfects(start, end))

    def _perfects(self, start: int, end: int) -> int:
        """How often something "is gedaan"; what "is aangekondigd" is still to come."""
        found = 0
        for at in self.marks.get(AUXILIARY, ()):
            if start <= at < end:
                last = min(end, at + _REACH)
                done, planned = self._next(DONE, at), self._next(PLANNED, at)
                found += done < last and done < planned
        return min(_MOST, found)

    def _next(self, cue: str, offset: int) -> int:
        places = self.marks.get(cue, [])
        index = bisect_left(places, offset)
        return places[index] if index < len(places) else len(self.lower) + 1
