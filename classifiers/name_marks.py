"""Words of a text -> what each could tell of a name, as numbers for the learned layer. Knows words, not people.

A word is described by marks (is it a given name, a role, a plain word), by its letters, and by its neighbours; each of
these, and some pairs of them, becomes the row of a table of weights by hashing. All candidates of a text go at once.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from classifiers.lexicon import ARTICLES, FUNCTION_WORDS, PLACE_PREPOSITIONS, Lexicon, bare_name
from classifiers.vocabulary import Voice
from classifiers.words import Word

ROWS_BITS = 16
"""The table has 2 to this power rows."""
Rows: TypeAlias = NDArray[np.int64]

EDGE = 2
BLANK = ((0, 0, 0, 0, 0, 1),) * EDGE
"""Blank words put before the first and after the last, so that every word has neighbours."""
LEAST = 2
MOST_REMEMBERED = 60_000
DIGITS = re.compile(r"\d+")
SPACES = re.compile(r"\s+")

(
    CAPITAL, SHOUTED, GIVEN, SURNAME, ORDINARY, THING, ROLE, HONORIFIC, CALL, SPEECH, PARTICLE, HEAD, ORGANISATION,
    PLACE_TAIL, WEAK_TAIL, INITIAL, INNER, HYPHEN, POSSESSIVE, ENGLISH, FUNCTION, NEAR, OPENS, KNOWN, KIN,
) = (1 << bit for bit in range(25))  # fmt: skip
CORE = CAPITAL | SHOUTED | GIVEN | SURNAME | ORDINARY | THING | KNOWN | OPENS | INITIAL | PLACE_TAIL
KNOWLEDGE = GIVEN | SURNAME | ORDINARY | THING | KNOWN | CAPITAL
AROUND = (
    CAPITAL
    | GIVEN
    | SURNAME
    | ROLE
    | HONORIFIC
    | CALL
    | SPEECH
    | PARTICLE
    | HEAD
    | NEAR
    | FUNCTION
    | INITIAL
    | KIN
    | KNOWN
)

_MARKS, _LOWER, _TAIL, _SHORT_TAIL, _HEAD, _GAP, _CORE, _KNOWN, _AROUND, _NOTHING, _VOICE = range(11)
"""The columns of what is known of a word where it stands."""
TOLD = (
    "voice", "core", "known|voice", "word", "tail", "short tail|known", "head", "marks", "before", "before|known",
    "before|before2", "before|before2|known", "after", "after|known", "after|after2", "after|right|known",
    "before|left|known", "before|after", "before|after|known", "left|right|known", "left|core", "right|core",
    "left|voice", "right|voice", "near left|known", "near right|known", "near left|near right|known",
    "far left|near left|known",
    "far right|near right|known", "before2|known", "after2|known", "tail|near left", "core left|core",
    "core right|core",
    "known left|known|known right", "left|near left|known|voice", "right|near right|known|voice", "word|before",
    "word|after", "short tail|near left|near right",
)  # fmt: skip
"""What is told of each word, alone or joined: one row of the table for each."""
_HERE: Mapping[str, tuple[int, int]] = {
    "": (_NOTHING, 0), "voice": (_VOICE, 0), "marks": (_MARKS, 0), "core": (_CORE, 0), "known": (_KNOWN, 0),
    "word": (_LOWER, 0), "tail": (_TAIL, 0), "short tail": (_SHORT_TAIL, 0), "head": (_HEAD, 0),
    "before": (_LOWER, -1), "before2": (_LOWER, -2), "after": (_LOWER, 1), "after2": (_LOWER, 2), "left": (_GAP, 0),
    "right": (_GAP, 1), "near left": (_AROUND, -1), "near right": (_AROUND, 1), "far left": (_AROUND, -2),
    "far right": (_AROUND, 2), "core left": (_CORE, -1), "core right": (_CORE, 1), "known left": (_KNOWN, -1),
    "known right": (_KNOWN, 1),
}  # fmt: skip
"""What is told -> where it stands: the column of what is known of a word, and how many words from the one described."""
COLUMNS = ("", *sorted({name for told in TOLD for name in told.split("|")}))
FIELDS, STEPS = np.array([_HERE[name] for name in COLUMNS]).T
MOST_JOINED = max(told.count("|") for told in TOLD) + 1
JOINED = np.array([[COLUMNS.index(n) for n in (told + "|" * MOST_JOINED).split("|")[:MOST_JOINED]] for told in TOLD]).T
NUMBERS = np.arange(1, len(TOLD) + 1, dtype=np.uint64)
MIX = np.uint64(0x9E3779B97F4A7C15)
SPREAD = np.uint64(0xC2B2AE3D27D4EB4F)
SHIFT = np.uint64(64 - ROWS_BITS)


@dataclass(frozen=True, slots=True)
class _Type:
    """What is the same wherever a word stands."""

    marks: int
    lower: int
    tail: int
    short_tail: int
    head: int


class NameMarks:
    """Describes words. Remembers those it met, for the same words return in every item."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._met: dict[str, _Type] = {}

    @cached_property
    def _surnames_lower(self) -> frozenset[str]:
        return frozenset(name.lower() for name in self._lexicon.surnames)

    def candidates(self, words: Sequence[Word], *, voice: Voice) -> list[int]:
        """The words that could be (part of) a name: every capital, and in a post what no Dutch word list explains."""
        lex, social = self._lexicon, voice is Voice.SOCIAL
        return [
            at
            for at, word in enumerate(words)
            if word.capital
            or (
                social and len(word.text) > LEAST and (word.lower in lex.given_lower or not lex.is_ordinary(word.lower))
            )
        ]

    def rows(self, words: Sequence[Word], chosen: Sequence[int], *, voice: Voice) -> Rows:
        """The rows of the table that describe each chosen word: one line a word, the same number of rows for each."""
        # Of most words nothing is asked: they stand beside none that was chosen.
        asked = {near for at in chosen for near in range(at - EDGE, at + EDGE + 1)}
        described = [self._described(word) if at in asked else BLANK[0] for at, word in enumerate(words)]
        known = np.zeros((len(words) + 2 * EDGE, _VOICE + 1), dtype=np.uint64)
        known[:, : _GAP + 1] = (*BLANK, *described, *BLANK)
        for column, those in ((_CORE, CORE), (_KNOWN, KNOWLEDGE), (_AROUND, AROUND)):
            known[:, column] = known[:, _MARKS] & np.uint64(those)
        known[:, _VOICE] = 1 + (voice is Voice.SOCIAL)
        parts = known[np.array(chosen)[:, None] + EDGE + STEPS, FIELDS].T
        mixed = NUMBERS[:, None] * SPREAD
        for column in JOINED:
            mixed = (mixed ^ parts[column]) * MIX
            mixed ^= mixed >> np.uint64(29)
        return ((mixed * SPREAD) >> SHIFT).astype(np.int64).T

    def _described(self, word: Word) -> tuple[int, int, int, int, int, int]:
        kind = self._type(word.text)
        marks = kind.marks | OPENS * word.opens | KNOWN * word.known
        return marks, kind.lower, kind.tail, kind.short_tail, kind.head, _shape(word.gap)

    def _type(self, text: str) -> _Type:
        found = self._met.get(text)
        if found is None:
            if len(self._met) > MOST_REMEMBERED:
                self._met.clear()
            found = self._met[text] = self._look_up(text)
        return found

    def _look_up(self, text: str) -> _Type:
        lex, lower = self._lexicon, text.lower()
        bare = bare_name(lower)
        cases = {text, bare_name(text), bare_name(text).title()}
        is_marked = {
            CAPITAL: text[0].isupper(),
            SHOUTED: len(text) > 1 and text.isupper(),
            GIVEN: lex.given_in(text) or lex.given_in(text.title()) or bare in lex.given_lower,
            SURNAME: bool(cases & lex.surnames) or bare in self._surnames_lower,
            ORDINARY: lex.is_ordinary(bare),
            THING: lex.stands_for_a_thing(text),
            ROLE: lex.is_role(lower),
            HONORIFIC: lower in lex.honorifics,
            KIN: lower in lex.kin,
            CALL: lower in lex.calls,
            SPEECH: lower in lex.speech or lower in lex.doings,
            PARTICLE: lower in lex.particles,
            HEAD: lower in lex.organisation_heads,
            ORGANISATION: lower in lex.organisation_words,
            PLACE_TAIL: bare.endswith(lex.place_tails),
            WEAK_TAIL: bare.endswith(lex.weak_place_tails),
            INITIAL: len(text) == 1,
            INNER: text[1:] != text[1:].lower() and not text.isupper(),
            HYPHEN: "-" in text,
            POSSESSIVE: bare != lower,
            ENGLISH: bare in lex.english,
            FUNCTION: lower in FUNCTION_WORDS,
            NEAR: lower in ARTICLES or lower in PLACE_PREPOSITIONS,
        }
        marks = sum([mark for mark, holds in is_marked.items() if holds])
        return _Type(marks, _number(lower), _number("3" + bare[-3:]), _number("2" + bare[-2:]), _number("h" + bare[:3]))


def _number(text: str) -> int:
    return crc32(text.encode())


@lru_cache(maxsize=10_000)
def _shape(gap: str) -> int:
    """A number for what stands between two words, however long its numbers and spaces are."""
    return (
        0
        if gap == " "
        else _number("g" + SPACES.sub(lambda m: "\n" if "\n" in m[0] else " ", DIGITS.sub("9", gap))[:6])
    )
