"""A masked text -> the rows of a table of weights that its words and parts of words stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

ROWS = 1 << 18
"""Rows of the table. Two features that fall into one row share its weight; at this size few do."""
_LAST = ROWS - 1

_WORD = re.compile(r"\w+")
_SHORTEST, _LONGEST = 3, 5
"""Characters in a part of a word; its ends count as one."""
_PART = crc32(b"~")
"""What a part begins with, so that it shares no row with a word."""

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bag:
    """Rows and how often each occurs: words and pairs of words, and apart from them parts of words."""

    words: tuple[Rows, Floats]
    parts: tuple[Rows, Floats]

    def weighed(self, rarity: Floats) -> tuple[Rows, Floats]:
        """All rows with their share in the text; `rarity` has a number for each row of the table."""
        sides = (self.words, self.parts)
        shares = [_even(rarity.take(rows) * (1.0 + np.log(counts)).astype(np.float32)) for rows, counts in sides]
        return np.concatenate((self.words[0], self.parts[0])), np.concatenate(shares)


def bag_of(text: str) -> Bag:
    """The bag of a masked text, title and all."""
    words = _WORD.findall(text.lower())
    return Bag(_counted(_of_words(words)), _counted([_parts(word) for word in words]))


def _of_words(words: Sequence[str]) -> list[Rows]:
    pairs = [crc32(f"{one} {other}".encode()) & _LAST for one, other in pairwise(words)]
    return [np.array([*map(_row, words), *pairs], np.int64)]


@lru_cache(maxsize=50_000)
def _row(word: str) -> int:
    return crc32(b"=" + word.encode()) & _LAST


@lru_cache(maxsize=50_000)
def _parts(word: str) -> Rows:
    """The rows of the parts of one word."""
    whole = f" {word} "
    lengths = range(_SHORTEST, _LONGEST + 1)
    parts = {whole[at : at + length] for length in lengths for at in range(max(1, len(whole) - length + 1))}
    return np.array([crc32(part.encode(), _PART) & _LAST for part in parts], np.int64)


def _counted(rows: Sequence[Rows]) -> tuple[Rows, Floats]:
    if not rows:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    ordered = np.concatenate(rows)
    ordered.sort()
    # As np.unique does, without its preparations, which take longer than the work itself.
    last = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]), len(ordered) - 1)[: len(ordered)]
    counts = np.empty(len(last), np.float32)
    counts[:1], counts[1:] = last[:1] + 1, last[1:] - last[:-1]
    return ordered.take(last), counts


def _even(values: Floats) -> Floats:
    """Long texts and short ones weigh the same."""
    length = float(np.sqrt(np.dot(values, values)))
    return values / length if length else values
