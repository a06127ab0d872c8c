"""Items of an event with a permit -> how much treatment its application needs, as a source quotes it.

The class of the permit office says how an application is handled, not what is to be expected: it is no level, and
nothing that sets a level knows this.
"""

import re
from collections.abc import Mapping, Sequence

from classifiers import Category
from monitor.domain import Event, Item
from monitor.rules.picture import short_day
from monitor.rules.quoted import QuotedClass, quoted_class

WORDS = {"A": "regulier", "B": "aandacht", "C": "risicovol"}
_LETTERS = {word: letter for letter, word in WORDS.items()} | {"regulier": "A", "reguliere": "A", "risico": "C"}
_KINDS = (Category.EVENT, Category.NEW_YEAR)
_WORD = r"reguliere?|aandacht|risicovol|risico"
_CLASS = re.compile(
    rf"\b(?:(?:behandel|risico|evenementen)(?:classificatie|klasse|categorie)\s*(?:is|wordt|:)?\s*"
    rf"['‘\"]?(?P<named>[ABC]|{_WORD})"
    rf"|(?P<letter>[ABC])[-–\s]evenement"
    rf"|evenement\s+(?:in|van|met)\s+(?:de\s+)?(?:categorie|klasse|risicoklasse)\s+(?P<after>[ABC])"
    rf"|(?P<joined>aandacht|risico)s?[-–]?evenement)(?:en)?\b",
    re.IGNORECASE,
)


def event_class(event: Event, items: Sequence[Item]) -> QuotedClass | None:
    """The class of treatment in the words of the newest report that tells one; None when none does."""
    return quoted_class(items, _CLASS, _letter) if event.category in _KINDS else None


def class_line(event: Event, items: Sequence[Item], names: Mapping[str, str]) -> tuple[str, ...]:
    """What a message tells of it, with who says so and when; `names` holds the names of sources by id."""
    quote = event_class(event, items)
    if quote is None:
        return ()
    by = names.get(quote.source, "een signaal")
    said = f"{quote.letter} ({WORDS[quote.letter]}), zegt {by} ({short_day(quote.published)})"
    return (f"Behandelclassificatie: {said}",)


def _letter(match: re.Match[str]) -> str:
    told = next(value for value in match.groupdict().values() if value)
    return _LETTERS.get(told.casefold(), told.upper())
