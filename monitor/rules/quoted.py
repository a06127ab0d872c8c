"""Items -> a class that a source tells, with its words: never ours, never derived from a level."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.domain import Item
from monitor.rules.picture import speaking, telling

_DENIED = re.compile(r"\b(?:geen|niet|nooit)(?:\s+(?:een|meer|in|als))*\s+$", re.IGNORECASE)
_AROUND = 45
"""Characters shown on either side of a quoted class."""


@dataclass(frozen=True, slots=True)
class QuotedClass:
    """A class as a source tells it: never ours, never derived."""

    letter: str
    """A, B or C."""
    words: str
    """The words around it, redacted as the item is."""
    item: int
    source: str
    """Id of the source."""
    published: datetime


def quoted_class(
    items: Sequence[Item], pattern: re.Pattern[str], letter_of: Callable[[re.Match[str]], str]
) -> QuotedClass | None:
    """The class in the words of the newest report that tells one; None when none does.

    A report that names two classes, or denies one, quotes none. What only confidential reports tell of an open event
    stays unseen (R31).
    """
    quotes = (_quoted(item, pattern, letter_of) for item in telling(speaking(items)))
    return next((quote for quote in quotes if quote is not None), None)


def _quoted(item: Item, pattern: re.Pattern[str], letter_of: Callable[[re.Match[str]], str]) -> QuotedClass | None:
    text = f"{item.title}\n{item.extract}"
    found = [match for match in pattern.finditer(text) if not _DENIED.search(text[: match.start()])]
    letters = {letter_of(match) for match in found}
    if len(letters) != 1:
        return None
    first = found[0]
    start, end = max(0, first.start() - _AROUND), first.end() + _AROUND
    words = " ".join(text[start:end].split())
    shown = f"{'…' if start else ''}{words}{'…' if end < len(text) else ''}"
    return QuotedClass(letters.pop(), shown, item.id or 0, item.source, item.published)
