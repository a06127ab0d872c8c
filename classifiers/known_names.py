"""Names that are never a person -> where a text names them. Upper and lower case are alike; no pipeline is needed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

PIECE = re.compile(r"[^\W_]+|[^\w ]")
"""A word, a mark, or the end of a line: names are compared piece by piece, and none runs over two lines."""


class KnownNames:
    """The longest known name wins at every place. Part of a double name ("Haren" in "Smit-Haren") is none."""

    def __init__(self, names: Iterable[str]) -> None:
        rows: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
        for name in names:
            if pieces := tuple(PIECE.findall(name.lower())):
                rows[pieces[0]].add(pieces)
        self._rows = {first: sorted(found, key=len, reverse=True) for first, found in rows.items()}

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the known names stand, in order, not overlapping."""
        found = list(PIECE.finditer(text))
        pieces = [match[0].lower() for match in found]
        at, rows = 0, self._rows
        while at < len(pieces):
            step = 1
            for row in rows.get(pieces[at], ()):
                stop = at + len(row)
                if (len(row) == 1 or tuple(pieces[at:stop]) == row) and _whole(
                    text, found[at].start(), found[stop - 1].end()
                ):
                    yield found[at].start(), found[stop - 1].end()
                    step = len(row)
                    break
            at += step

    def characters(self, text: str) -> frozenset[int]:
        """The offsets that lie in a known name."""
        return frozenset(at for start, end in self.spans(text) for at in range(start, end))


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no hyphen ties the name to another capital: "Haren-Smit" is a person, "Haren-gangers" are none."""
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    return not (after[:1] == "-" and after[1:].isupper()) and not (before[1:] == "-" and before[0].isalpha())
