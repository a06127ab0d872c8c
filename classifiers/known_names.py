"""Names that are never a person -> where a text names them. Upper and lower case are alike; no pipeline is needed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate

PIECE = re.compile(r"([^\W_]+|[^\w ])")
"""A word, a mark, or the end of a line: names are compared piece by piece, and none runs over two lines."""


class KnownNames:
    """The longest known name wins at every place. Part of a double name ("Haren" in "Smit-Haren") is none."""

    def __init__(self, names: Iterable[str]) -> None:
        self._single: set[str] = set()
        rows: defaultdict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
        for name in names:
            pieces = tuple(PIECE.findall(name.lower()))
            if len(pieces) > 1:
                rows[pieces[0], pieces[1]].add(pieces)
            else:
                self._single.update(pieces)
        self._rows = {pair: sorted(found, key=len, reverse=True) for pair, found in rows.items()}
        self._firsts = self._single.union(first for first, _ in self._rows)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the known names stand, in order, not overlapping."""
        plain = text.lower()
        even = len(plain) == len(text)  # a letter such as "İ" is two in lower case
        parts = PIECE.split(plain if even else text)  # by turns what stands between pieces, and a piece
        ends = list(accumulate(map(len, parts)))
        pieces = parts[1::2] if even else [piece.lower() for piece in parts[1::2]]
        pieces.append("")
        single, rows, firsts = self._single, self._rows, self._firsts
        at = 0
        for number, first in enumerate(pieces):
            if number < at or first not in firsts:
                continue
            pair = first, pieces[number + 1]
            for row in (*rows.get(pair, ()), *((pair[:1],) if first in single else ())):
                stop = number + len(row)
                if tuple(pieces[number:stop]) != row:
                    continue
                start, end = ends[2 * number], ends[2 * stop - 1]
                if _whole(text, start, end):
                    yield start, end
                    at = stop
                    break

    def characters(self, text: str) -> frozenset[int]:
        """The offsets that lie in a known name."""
        return frozenset(at for start, end in self.spans(text) for at in range(start, end))


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no hyphen ties the name to another capital: "Haren-Smit" is a person, "Haren-gangers" are none."""
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    return not (after[:1] == "-" and after[1:].isupper()) and not (before[1:] == "-" and before[0].isalpha())
