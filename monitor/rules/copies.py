"""Items of one event -> the reports that stand on their own: of a text that was taken over, the first (decision 0016).

Ten papers that print one message of a press agency know no more than that agency: they count as one source.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from classifiers import Voice
from monitor.domain import Item, Source

SHINGLE = 3
"""Words in a row that are compared as one."""

ALIKE = 0.45
"""Least share of the shingles of two texts together that both have: a copy, edited or not (Jaccard)."""

CONTAINED = 0.7
"""Least share of the shingles of the shorter text that the longer one has too: a copy that was cut off."""

LONG_ENOUGH = 15
"""Words; of a shorter text too few shingles are left to tell a copy from a coincidence."""

TITLE_ENOUGH = 6
"""Words; two texts too short for shingles are copies when they are the same and at least this long."""

AGENCIES = ("ANP", "Belga", "Reuters", "AFP", "DPA", "Novum", "Hollandse Hoogte")
"""Press agencies as Dutch papers credit them. Photographers are credited too: "Foto: ANP" says nothing of the text."""

_WORD = re.compile(r"\w+")
_TELLS = r"(?:meldt|melden|meldde|meldden|schrijft|schreef|bericht|berichtte)"
_TOLD = r"(?:zegt|zei|vertelt|vertelde|bevestigt|bevestigde|laat|liet)"
_ARTICLE = r"(?:(?:het|de|persbureau|omroep|krant|nieuwssite)\s+)*"
_ANY_CREDIT = re.compile(
    r"\bBron:\s*(?:het\s+|de\s+)?([A-Z][\w&'-]*(?:\s(?:van|het|de|der|voor|[A-Z0-9][\w&'-]*)){0,4})"
)

Shingles = frozenset[tuple[str, ...]]


def publisher_of(item: Item, sources: Mapping[str, Source]) -> str:
    """Who published it; a source that is no longer in the list, or a person's signal, stands for itself."""
    source = sources.get(item.source)
    return source.publisher if source else item.source


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _shingles(words: Sequence[str]) -> Shingles:
    return frozenset(tuple(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1))


class _Text:
    """One report, ready to be compared."""

    __slots__ = ("lead", "whole", "words")

    def __init__(self, item: Item) -> None:
        self.words = _words(f"{item.title} {item.extract}")
        self.whole = _shingles(self.words)
        lead = _words(item.extract)
        # Each paper writes its own headline, and above a lead that was cut off it weighs too much.
        self.lead = _shingles(lead) if len(lead) >= LONG_ENOUGH else frozenset()

    def copies(self, other: "_Text") -> bool:
        """Whether one of the two was made from the other, or both from a third."""
        if min(len(self.words), len(other.words)) < LONG_ENOUGH:
            return len(self.words) >= TITLE_ENOUGH and self.words == other.words
        shared = len(self.whole & other.whole)
        if shared >= ALIKE * (len(self.whole) + len(other.whole) - shared):
            return True
        shorter, longer = sorted((self, other), key=lambda text: len(text.words))
        return bool(shorter.lead) and len(shorter.lead & longer.whole) >= CONTAINED * len(shorter.lead)


@cache
def _credit(name: str) -> re.Pattern[str]:
    """Where a text says that it has its news from `name`; "protest tegen RTV Noord" does not say so."""
    who = re.escape(name)
    return re.compile(
        rf"(?<!\w){who}\s+{_TELLS}\b|\({who}\)|\b{_TELLS}\s+{_ARTICLE}{who}(?!\w)"
        rf"|\b(?:[Vv]olgens|[Aa]ldus)\s+{_ARTICLE}{who}(?!\w)"
        rf"|\b{_TOLD}\b[^.\n]{{0,60}}\b(?:aan|tegen)\s+{_ARTICLE}{who}(?!\w)"
        rf"|(?:^|[.\n]\s*){who}\s*[-–|/]",
        re.MULTILINE,
    )


class Credits:
    """Whom the news says that it has its news from: press agencies, and the news publishers among `sources`."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        # What the police or the municipality say is quoted by all papers, each after a call of its own.
        news = {source.publisher for source in sources.values() if source.voice is Voice.NEWS}
        self._known = {name: _credit(name) for name in (*AGENCIES, *sorted(news))}

    def of(self, item: Item, publisher: str) -> set[str]:
        """Names in lower case; never the publisher's own."""
        if item.voice is not Voice.NEWS:
            return set()
        text = f"{item.title}\n{item.extract}"
        named = {name for name, credit in self._known.items() if name in text and credit.search(text)}
        named.update(found.group(1) for found in _ANY_CREDIT.finditer(text))
        return {name.casefold() for name in named} - {publisher.casefold()}


class _Groups:
    """What belongs together, joined pair by pair."""

    def __init__(self) -> None:
        self._above: dict[object, object] = {}

    def top(self, one: object) -> object:
        while (above := self._above.get(one, one)) != one:
            one = above
        return one

    def join(self, one: object, other: object) -> None:
        a, b = self.top(one), self.top(other)
        if a != b:
            self._above[a] = b


def _texts(items: Sequence[Item], publishers: Sequence[str], credits: Sequence[Collection[str]]) -> Iterator[list[int]]:
    """The places in `items` that hold one text: copies of each other, or of what the same name is credited for."""
    groups = _Groups()
    credited = set().union(*credits)
    for n, (publisher, names) in enumerate(zip(publishers, credits, strict=True)):
        for name in names:
            groups.join(n, name)
        if publisher.casefold() in credited and items[n].voice is Voice.NEWS:
            groups.join(n, publisher.casefold())
    texts = [_Text(item) for item in items]
    holding: dict[tuple[str, ...], list[int]] = {}
    for b, text in enumerate(texts):
        # Only what shares a shingle can be a copy, and few do.
        keys = text.whole if len(text.words) >= LONG_ENOUGH else {text.words}
        for a in {a for key in keys for a in holding.get(key, ())}:
            if groups.top(a) != groups.top(b) and texts[a].copies(text):
                groups.join(a, b)
        for key in keys:
            holding.setdefault(key, []).append(b)
    found: dict[object, list[int]] = {}
    for n in range(len(items)):
        found.setdefault(groups.top(n), []).append(n)
    yield from found.values()


def originals(items: Sequence[Item], sources: Mapping[str, Source]) -> list[Item]:
    """Of each text the report that has it from nobody and was published first; in the order of `items`."""
    publishers = [publisher_of(item, sources) for item in items]
    known = Credits(sources)
    credits = [known.of(item, publisher) for item, publisher in zip(items, publishers, strict=True)]

    def place(n: int) -> tuple[object, ...]:
        return bool(credits[n]), items[n].published, publishers[n], items[n].fingerprint

    firsts = {min(text, key=place) for text in _texts(items, publishers, credits)}
    return [item for n, item in enumerate(items) if n in firsts]
