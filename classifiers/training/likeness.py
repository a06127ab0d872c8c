"""Texts -> which of them are near copies: `python -m classifiers.training.likeness OWN.jsonl… --others OTHER.jsonl…`.

Two texts are as like as the share of their rows of three words that both have (Jaccard). Prints figures and ids of own
texts, never a word of a text nor an id of another file: so a set that nobody may read can be compared with.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROW = 3
"""Words in a row."""
MOST = 0.3
"""Two texts that are more like than this are near copies: one of them goes."""

_WORD = re.compile(r"\w+")

Rows = Mapping[str, frozenset[int]]
"""Id of each text -> its rows of words, as numbers."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two texts and how like they are, 0 to 1."""

    likeness: float
    one: str
    other: str


def rows_of(title: str, text: str) -> frozenset[int]:
    """The rows of words of one text, as numbers; case and punctuation do not count, and a short text is one row."""
    words = _WORD.findall(f"{title}\n{text}".lower())
    starts = range(max(1, len(words) - ROW + 1))
    return frozenset(hash(tuple(words[at : at + ROW])) for at in starts)


def read(files: Iterable[Path]) -> dict[str, frozenset[int]]:
    """Every text of these files. Raises ValueError when two have one id."""
    found: dict[str, frozenset[int]] = {}
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            if item["id"] in found:
                raise ValueError(f"{file.name}: id {item['id']} comes twice")
            found[item["id"]] = rows_of(item.get("title", ""), item["text"])
    return found


def pairs_within(texts: Rows) -> Iterator[Pair]:
    """Every two texts that share a row, once."""
    homes: defaultdict[int, list[str]] = defaultdict(list)
    for name, rows in texts.items():
        # A text is compared with those before it, so that no pair comes twice.
        yield from _compared(name, rows, texts, homes)
        for row in rows:
            homes[row].append(name)


def pairs_between(texts: Rows, others: Rows) -> Iterator[Pair]:
    """Every text with every other that shares a row with it."""
    homes: defaultdict[int, list[str]] = defaultdict(list)
    for name, rows in others.items():
        for row in rows:
            homes[row].append(name)
    for name, rows in texts.items():
        yield from _compared(name, rows, others, homes)


def _compared(name: str, rows: frozenset[int], others: Rows, homes: Mapping[int, list[str]]) -> Iterator[Pair]:
    shared = Counter(other for row in rows if row in homes for other in homes[row])
    for other, both in shared.items():
        yield Pair(both / (len(rows) + len(others[other]) - both), name, other)


def _largest(pairs: list[Pair]) -> str:
    return f"largest likeness {max((pair.likeness for pair in pairs), default=0.0):.3f}"


def main() -> int:
    """Exit code 1 when there are near copies."""
    parser = argparse.ArgumentParser(description="Find near copies among texts, without showing any.")
    parser.add_argument("files", nargs="+", type=Path, metavar="OWN.jsonl")
    parser.add_argument("--others", nargs="*", type=Path, default=[], metavar="OTHER.jsonl")
    args = parser.parse_args()
    texts = read(args.files)
    within = list(pairs_within(texts))
    near = sorted((pair for pair in within if pair.likeness > MOST), reverse=True)
    print(f"{len(texts)} texts: {len(near)} pairs over {MOST}, {_largest(within)}")
    for pair in near:
        print(f"{pair.likeness:.3f} {pair.one} {pair.other}")
    found = len(near)
    for file in args.others:
        others = read([file])
        between = list(pairs_between(texts, others))
        close = sorted((pair for pair in between if pair.likeness > MOST), reverse=True)
        print(f"against {file.name}, {len(others)} texts: {len(close)} pairs over {MOST}, {_largest(between)}")
        for pair in close:
            print(f"{pair.likeness:.3f} {pair.one}")
        found += len(close)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
