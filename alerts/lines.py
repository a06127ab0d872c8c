"""The lines of a message -> what a channel can show apart, and as many as it takes."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_CHECK = "Ga na: "
"""How the lines begin that say what a reader can do."""
_LABEL_MAX = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """One line that tells something."""

    words: str
    label: str = ""
    """The word before the colon, as in `Waar: Vismarkt`; empty when there is none."""
    address: str = ""
    """Where the words lead; empty when nowhere."""


def shown(line: str, base: str) -> Shown:
    """What a line tells. One that ends in an address under `base`, as those of a bundle do, leads there."""
    words, _, address = line.rpartition(" ")
    if base and words and address.startswith(base):
        return Shown(words, address=address)
    label, colon, told = line.partition(": ")
    return Shown(told, label) if colon and len(label) <= _LABEL_MAX else Shown(line)


def facts_and_checks(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines that tell something, and what the others ask to go and see."""
    facts = [line for line in lines if not line.startswith(_CHECK)]
    return facts, [line.removeprefix(_CHECK) for line in lines if line.startswith(_CHECK)]


def fitting(lines: Sequence[str], room: int, size: Callable[[str], int]) -> tuple[str, ...]:
    """As many lines as fit in `room`, by their `size`; the first that does not is cut at a word, and ends in `…`."""
    kept: list[str] = []
    for line in lines:
        if size(line) > room:
            words = line.split(" ")
            fits = bisect_right(range(1, len(words)), room, key=lambda number: size(_cut(words, number)))
            return (*kept, _cut(words, fits)) if fits else tuple(kept)
        kept.append(line)
        room -= size(line)
    return tuple(kept)


def _cut(words: Sequence[str], number: int) -> str:
    return f"{' '.join(words[:number])} …"
