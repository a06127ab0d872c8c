"""A word -> whether it names a cause or a group, and what else masking must know of it (causes.toml, masking.toml)."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from classifiers.errors import TableError

CAUSE, GROUP = "[zaak]", "[groep]"
ENDINGS = ("", "e", "en", "s", "er", "ers", "'s", "n")
LINKS = ("", "s", "e", "en", "-", "s-", "en-")
"""What may stand between the first part of a compound and its form."""
AGAINST = ("pro-", "anti-", "contra-")
LEAST_STEM = 5
"""Letters of a stem that is looked for in the middle of a hashtag: shorter ones stand in too many words."""
LEAST_HEAD = 3
"""Letters before a form: "aowmars"."""
LEAST_ADJECTIVE = 4
CACHED = 100_000


class Sign:
    """What a word may do in the phrase around a cause. Plain numbers: they are asked for every word of every text."""

    CAUSE = 1 << 0
    GROUP = 1 << 1
    WEAK = 1 << 2
    """Cause or group in a text about a gathering only."""
    GATHERING = 1 << 3
    CALLING = 1 << 4
    LINKED = 1 << 5
    WANTING = 1 << 6
    SLOGAN = 1 << 7
    LEAD = 1 << 8
    ADJECTIVE = 1 << 9
    LINK = 1 << 10
    WEAK_LINK = 1 << 11
    FRAME = 1 << 12
    END = 1 << 13
    PLACE = 1 << 14
    PHYSICAL = 1 << 15
    KEPT = 1 << 16
    HEAD = 1 << 17
    CROWD = 1 << 18
    DETERMINER = 1 << 19
    PEOPLE = 1 << 20
    MASKED = 1 << 21
    """A compound of which only the form stays."""
    STANDING = 1 << 22
    DEMANDING = 1 << 23
    SIDE = 1 << 24
    PHRASE = 1 << 25
    """A name or subject of several words begins with it."""
    HIT = CAUSE | GROUP


class Seen(NamedTuple):
    """One word, judged."""

    masked: str
    """As it may be read on: the word itself, "[zaak]", "[groep]", or a compound as "[zaak]mars"."""
    signs: int
    """Of `Sign`, together."""
    lower: str


class Patterns:
    """The words of one list: whole, by their beginning and by their end."""

    def __init__(self, written: Iterable[str], *, inflected: bool) -> None:
        """`inflected`: a bare word stands for its forms with the usual endings too."""
        whole: set[str] = set()
        starts, ends = set(), set()
        for pattern in written:
            if pattern.endswith("*"):
                starts.add(pattern.strip("*"))
            elif pattern.startswith("*"):
                ends.add(pattern[1:])
            elif pattern.startswith("="):
                whole.add(pattern[1:])
            else:
                whole.update(pattern + ending for ending in (ENDINGS if inflected else ENDINGS[:1]))
        self.whole, self.starts = frozenset(whole), frozenset(starts)
        self.open = bool(starts or ends)
        """It has more than whole words."""
        self._ends = tuple(ends)
        self._starts: dict[str, tuple[str, ...]] = {}
        for start in sorted(starts):
            self._starts[start[:2]] = (*self._starts.get(start[:2], ()), start)

    def __contains__(self, word: str) -> bool:
        return word in self.whole or word.endswith(self._ends) or word.startswith(self._starts.get(word[:2], ()))


class Tables(NamedTuple):
    """Both tables, read once."""

    cause: Patterns
    group: Patterns
    weak_group: Patterns
    weak_cause: Patterns
    stays: Patterns
    protest_forms: tuple[str, ...]
    """Longest first, as are `forms`."""
    forms: tuple[str, ...]
    telling: tuple[str, ...]
    """Forms before which any word tells the cause, but for `ways`."""
    ways: Patterns
    whole_signs: dict[str, int]
    """What masking.toml says of whole words; of patterns `open_signs` does."""
    open_signs: tuple[tuple[int, Patterns], ...]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    """First word -> its phrases, longest first, each with what takes its place."""
    other_meaning: frozenset[str]
    """Two words of which neither is then a cause: "linkse rijbaan"."""
    exact_case: frozenset[str]
    tag_stems: re.Pattern[str]


def _all(table: dict[str, str]) -> list[str]:
    return [word for words in table.values() for word in words.split()]


def _whole(signs: Iterable[tuple[int, Patterns]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for sign, words in signs:
        for word in words.whole:
            found[word] = found.get(word, 0) | sign
    return found


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


_NO_ADJECTIVE = Sign.END | Sign.PLACE | Sign.KEPT | Sign.GATHERING | Sign.CALLING | Sign.HEAD
_MASKS = {CAUSE: Sign.CAUSE, GROUP: Sign.GROUP}
_GRAMMAR = {
    "gathering": Sign.GATHERING, "calling": Sign.CALLING, "linked": Sign.LINKED, "wanting": Sign.WANTING,
    "slogans": Sign.SLOGAN, "leads": Sign.LEAD, "adjective": Sign.ADJECTIVE, "links": Sign.LINK,
    "weak_links": Sign.WEAK_LINK, "frames": Sign.FRAME, "ends": Sign.END, "places_and_times": Sign.PLACE,
    "physical": Sign.PHYSICAL, "kept": Sign.KEPT, "heads": Sign.HEAD, "crowd": Sign.CROWD,
    "determiners": Sign.DETERMINER, "people": Sign.PEOPLE, "standing": Sign.STANDING,
    "demanding": Sign.DEMANDING, "sides": Sign.SIDE,
}  # fmt: skip


@cache
def tables() -> Tables:
    """Raises TableError when a table is not there or not right."""
    here = Path(__file__).parent
    try:
        causes = tomllib.loads((here / "causes.toml").read_text(encoding="utf-8"))
        grammar = tomllib.loads((here / "masking.toml").read_text(encoding="utf-8"))
        phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for key, mask in (("causes", CAUSE), ("groups", GROUP)):
            for phrase in causes["phrases"][key]:
                words = tuple(phrase.split())
                phrases.setdefault(words[0], []).append((words, mask))
        protest = _all({"": causes["forms"]["protest"]})
        cause, group = (Patterns(_all(causes[key]), inflected=True) for key in ("causes", "groups"))
        signs = [(sign, Patterns(grammar[key].split(), inflected=False)) for key, sign in _GRAMMAR.items()]
        stems = sorted(stem for stem in cause.starts | group.starts if len(stem) >= LEAST_STEM)
        return Tables(
            cause=cause,
            group=group,
            weak_group=Patterns(causes["weak"]["people"].split(), inflected=True),
            weak_cause=Patterns(causes["weak"]["subjects"].split(), inflected=True),
            stays=Patterns(_all(causes["stays"]), inflected=False),
            protest_forms=_longest_first(protest),
            forms=_longest_first(_all(causes["forms"])),
            telling=_longest_first(causes["telling"]["forms"].split()),
            ways=Patterns(causes["telling"]["ways"].split(), inflected=False),
            whole_signs=_whole(signs),
            open_signs=tuple((sign, words) for sign, words in signs if words.open),
            phrases={
                first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in sorted(phrases.items())
            },
            other_meaning=frozenset(causes["other_meaning"]["pairs"]),
            exact_case=frozenset(causes["phrases"]["exact_case"]),
            tag_stems=re.compile("|".join(map(re.escape, stems))),
        )
    except (OSError, KeyError, AttributeError, ValueError) as error:
        raise TableError(
            "causes.toml", str(error), type(error).__name__, "Zet causes.toml en masking.toml terug zoals ze waren."
        ) from error


def mask_word(word: str) -> str:
    """`word` as something learned may see it: itself, "[zaak]", "[groep]", or its form alone ("[zaak]mars").

    Words that are a cause only beside a gathering ("studenten") stay; `masked` judges those.
    """
    return seen(word).masked


@lru_cache(maxsize=CACHED)
def seen(word: str) -> Seen:
    """`word`, in any case, judged on its own."""
    table = tables()
    lower = word.lower().replace("’", "'")
    signs = _signs_of(lower)
    if word in table.exact_case:
        return Seen(GROUP, signs | Sign.GROUP, lower)
    if word[:1] == "#":
        hit = table.tag_stems.search(lower)
        return Seen(CAUSE, signs | Sign.CAUSE, lower) if hit else Seen(word, signs, lower)
    masked = _masked(lower)
    if masked in _MASKS:
        return Seen(masked, signs | _MASKS[masked], lower)
    if masked:
        return Seen(masked, signs | Sign.MASKED, lower)
    if lower in table.weak_group:
        signs |= Sign.WEAK | Sign.GROUP
    elif lower in table.weak_cause:
        signs |= Sign.WEAK | Sign.CAUSE
    return Seen(word, signs, lower)


def _signs_of(lower: str) -> int:
    table = tables()
    signs = table.whole_signs.get(lower, 0)
    for sign, words in table.open_signs:
        if lower in words:
            signs |= sign
    if lower in table.phrases:
        signs |= Sign.PHRASE
    if lower[-1:] == "e" and len(lower) >= LEAST_ADJECTIVE and not signs & _NO_ADJECTIVE:
        signs |= Sign.ADJECTIVE
    return signs


def _masked(lower: str) -> str:
    """The mask of a word in lower case; empty when it needs none of itself."""
    table = tables()
    if lower in table.stays:
        return ""
    if lower in table.group:
        return _with_form(lower) or GROUP
    if lower in table.cause:
        return _with_form(lower) or CAUSE
    if lower.startswith(AGAINST):
        tail = next((form for form in table.forms if lower.endswith(form)), "")
        return CAUSE + tail
    return (
        _compound(lower, table.forms, table.cause, table.group)
        or _compound(lower, table.protest_forms, table.weak_cause, table.weak_group)
        or _hyphened(lower)
        or _telling(lower)
    )


def _with_form(lower: str) -> str:
    """A word that is a cause or a group, and ends in a form: "klimaatmars"; empty when it has no form."""
    form = next((form for form in tables().forms if lower.endswith(form) and len(lower) - len(form) >= LEAST_HEAD), "")
    return CAUSE + form if form else ""


def _compound(lower: str, forms: tuple[str, ...], *stems: Patterns) -> str:
    """A cause or group, perhaps with a link, and a form: "vrouwenmars", "studentenprotest"; empty when it is none."""
    if not lower.endswith(forms):
        return ""
    for form in forms:
        if not lower.endswith(form):
            continue
        head = lower[: -len(form)]
        for link in LINKS:
            stem = head.removesuffix(link)
            if len(stem) > 1 and head.endswith(link) and any(stem in words for words in stems):
                return CAUSE + form
    return ""


def _hyphened(lower: str) -> str:
    """A word of several parts of which one is a cause: "Turks-Nederlandse"; empty when none is."""
    if "-" not in lower:
        return ""
    table = tables()
    parts = lower.split("-")
    if not any(part in table.cause or part in table.group for part in parts if len(part) > 2):  # noqa: PLR2004
        return ""
    return CAUSE + (parts[-1] if parts[-1] in table.forms else "")


def _telling(lower: str) -> str:
    """A word before "protest" or "mars" that no list holds: "schoolpleinprotest"; empty when it tells the way."""
    table = tables()
    if not lower.endswith(table.telling):
        return ""
    form = next((form for form in table.telling if lower.endswith(form) and len(lower) - len(form) >= LEAST_HEAD), "")
    return CAUSE + form if form and lower[: -len(form)].rstrip("-") not in table.ways else ""
