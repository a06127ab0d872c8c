"""A text -> its words by place and sentence, ready to be searched for many phrases."""

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, KeysView, Sequence
from copy import copy
from enum import Enum
from functools import lru_cache
from typing import NamedTuple, TypeVar

from classifiers.numerals import number_of

_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*(?:-?[^\W\d]\w*)?|\w+(?:'\w+)*|[.!?;…\n]+|[\u2600-\u27bf\U0001f000-\U0001faff]+",
)
_CLOCK = re.compile(r"[,:]|\.(?!\d{3}(?:\.|$))|[^\d.]")
"""What stands in "14.00", "1,5" and "20e", and not in "1.200"."""
_BREAKS = frozenset(".!?;…\n")
_ABBREVIATIONS = frozenset(
    "nr ca resp incl excl tel evt bijv bv afd min max burg dhr mevr mw mr dr drs prof st jl as aug sept okt nov dec "
    "jan feb ma di wo do vr za zo zgn enz vlgs plm u".split()
)
"""Words whose full stop ends no sentence, when no capital follows."""

_ACCENTED = "àáâäãåèéêëìíîïòóôöõùúûüýçñ"
_FOLDED = str.maketrans(_ACCENTED + "’‘´`", "aaaaaaeeeeiiiiooooouuuuycn" + "''''")
_FOLDABLE = re.compile(f"[{''.join(map(chr, _FOLDED))}]")
_INFORMAL = {
    "n": "een", "t": "het", "'t": "het", "d": "de", "vd": "van", "vh": "van", "ff": "even", "effe": "even",
    "effen": "even", "gwn": "gewoon", "niks": "niets", "nix": "niets", "mss": "misschien", "wss": "waarschijnlijk",
    "ipv": "plaats", "tov": "tegenover", "iig": "geval", "zn": "zijn", "z'n": "zijn", "m'n": "mijn", "mn": "mijn",
    "'m": "hem", "wrm": "waarom", "vnv": "vanavond", "vanav": "vanavond", "mrgn": "morgen", "idd": "inderdaad",
    "nie": "niet", "nait": "niet", "gn": "geen", "gain": "geen", "gjin": "geen", "sunder": "zonder",
    "polisie": "politie", "plietsie": "politie", "plisie": "politie", "pliesie": "politie", "wouten": "agenten",
    "juten": "agenten", "smerissen": "agenten",
}  # fmt: skip
"""How people write in a hurry -> the word that the tables know."""

_Found = TypeVar("_Found")


class Form(Enum):
    """How a word of a phrase stands for words of a text."""

    __hash__ = object.__hash__  # that of Enum is written in Python, and atoms are looked up often

    WHOLE = "woord"
    BEGINS = "woord*"
    ENDS = "*woord"
    HOLDS = "*woord*"
    EXACT = "=Woord"
    NUMBER = "#"
    FOUND = "@"


class Atom(NamedTuple):
    """One word of a phrase."""

    form: Form
    literal: str


_OPEN = (Form.BEGINS, Form.ENDS, Form.HOLDS)
MOST_REMEMBERED = 50_000
"""Words whose atoms are kept at hand."""


class OpenAtoms:
    """Atoms that stand for more than one word. A word is asked once which of all of them stand for it.

    Only adds and remembers, so threads may share it.
    """

    def __init__(self) -> None:
        self._atoms: dict[Form, dict[str, Atom]] = {form: {} for form in _OPEN}
        self._known: dict[str, tuple[Atom, ...]] = {}

    def add(self, atom: Atom) -> None:
        """Has effect on the texts that are cut from now on."""
        if atom.form in _OPEN and self._atoms[atom.form].setdefault(atom.literal, atom) is atom:
            self._known.clear()

    def of(self, word: str) -> tuple[Atom, ...]:
        """Those that stand for `word`."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > MOST_REMEMBERED:
                self._known.clear()
            known = self._known[word] = tuple(self._look_up(word))
        return known

    def _look_up(self, word: str) -> Iterator[Atom]:
        begins, ends = self._atoms[Form.BEGINS], self._atoms[Form.ENDS]
        for cut in range(1, len(word) + 1):
            if word[:cut] in begins:
                yield begins[word[:cut]]
            if word[-cut:] in ends:
                yield ends[word[-cut:]]
        for literal, atom in self._atoms[Form.HOLDS].items():
            if literal in word:
                yield atom


OPEN_ATOMS = OpenAtoms()
"""Of every phrase that was read."""


class Span(NamedTuple):
    """Words of a text by number, half-open."""

    first: int
    end: int


def folded(word: str) -> str:
    """`word` in lower case, without accents, with straight apostrophes; as long as it was."""
    lower = word.lower()
    if len(lower) != len(word):  # a capital that becomes two characters
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in word)
    return lower.translate(_FOLDED) if _FOLDABLE.search(lower) else lower


def tokens_of(word: str) -> list[str]:
    """The words that a text would be cut into where `word` stands: "me-bus" is two."""
    plain = folded(word)
    if plain.isalpha():
        return [plain]
    return [match[0] for match in _TOKEN.finditer(plain) if match[0][0] not in _BREAKS]


_SINGLE = tuple(Span(at, at + 1) for at in range(1000))


def _single(count: int) -> Sequence[Span]:
    """The first words of any text, each by itself; at least `count`."""
    return _SINGLE if count <= len(_SINGLE) else tuple(Span(at, at + 1) for at in range(count))


class _Cut(NamedTuple):
    """Words in their order, with their offsets and the number of the sentence that each is in."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentence_of: tuple[int, ...]


def _cut(plain: str) -> _Cut:
    text, sentence = folded(plain), 0
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentence_of: list[int] = []
    for match in _TOKEN.finditer(text):
        piece = match[0]
        start, end = match.span()
        if piece[0] in _BREAKS:
            sentence += not (piece == "." and _abbreviates(plain, text, starts, end))
        elif piece[0].isalnum() or piece[0] == "_":
            words.append(_INFORMAL.get(piece, piece))
            starts.append(start)
            ends.append(end)
            sentence_of.append(sentence)
        else:  # a picture ends what was said
            sentence += 1
    return _Cut(tuple(words), tuple(starts), tuple(ends), tuple(sentence_of))


def _abbreviates(plain: str, text: str, starts: Sequence[int], end: int) -> bool:
    """Whether the full stop that ends at `end` belongs to the word before it."""
    if text[end : end + 1].isalnum() or not starts:
        return True
    if plain[end + 1 : end + 2].isupper():
        return False
    word = text[starts[-1] : end - 1]
    return word in _ABBREVIATIONS or (len(word) == 1 and text[max(starts[-1] - 1, 0)] == ".")


class Prose:
    """The words of a text. Only remembers what was asked of it: safe between threads."""

    __slots__ = (
        *("_answers", "_at", "_open"),
        *("ends", "plain", "sentence_of", "single", "starts", "words"),
    )

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.words, self.starts, self.ends, self.sentence_of = _cut(plain)
        self.single = _single(len(self.words))
        self._look_up()

    def _look_up(self) -> None:
        at: dict[str, list[int]] = {}
        for index, word in enumerate(self.words):
            if word in at:
                at[word].append(index)
            else:
                at[word] = [index]
        self._at = at
        self._open: dict[Atom, list[str]] = {}
        for word in at:
            for atom in OPEN_ATOMS.of(word):
                self._open.setdefault(atom, []).append(word)
        self._answers: dict[Hashable, object] = {}

    def spelt(self, spelling: Callable[[str], str]) -> "Prose":
        """The same text with the words that it meant, by what `spelling` makes of each; itself where none changes."""
        words = tuple(map(spelling, self.words))
        if words == self.words:
            return self
        meant = copy(self)
        meant.words = words
        meant._look_up()
        return meant

    def distinct(self) -> KeysView[str]:
        """Every word once."""
        return self._at.keys()

    def breaks_at(self, offset: int) -> bool:
        """Whether no sentence has words on both sides of `offset`."""
        after = bisect_left(self.starts, offset)
        return after in (0, len(self.words)) or self.sentence_of[after - 1] != self.sentence_of[after]

    def value(self, index: int) -> int | None:
        """The number that a word tells, in digits or letters."""
        return _value(self.words[index])

    def at(self, atom: Atom) -> Sequence[int]:
        """Where the words stand that `atom` stands for, in order."""
        form, literal = atom
        if form is Form.WHOLE:
            return self._at.get(literal, ())
        known = self._answers.get(atom)
        if known is None:
            words = self._open.get(atom)
            known = self._answers[atom] = self._gather(words) if words else self._search(form, literal)
        return known  # type: ignore[return-value]  # the dict holds what was found for this key

    def open_atoms(self) -> KeysView[Atom]:
        """The atoms of more than one word that stand for a word of the text."""
        return self._open.keys()

    def of_word(self, word: str) -> Sequence[int]:
        """Where `word` stands, in order."""
        return self._at.get(word, ())

    def sentences_of(self, word: str) -> int:
        """The sentences in which `word` stands: a bit for each."""
        sentence_of, bits = self.sentence_of, 0
        for at in self._at[word]:
            bits |= 1 << sentence_of[at]
        return bits

    def answer(self, key: Hashable, ask: Callable[["Prose"], _Found]) -> _Found:
        """What `ask` says of this text, asked once for each `key`."""
        known = self._answers.get(key)
        if known is None:
            known = self._answers[key] = ask(self)
        return known  # type: ignore[return-value]  # the dict holds what `ask` gave for this key

    def _search(self, form: Form, literal: str) -> list[int]:
        if form is Form.EXACT:
            places = self._at.get(folded(literal), ())
            return [i for i in places if self.plain[self.starts[i] : self.ends[i]] == literal]
        if form is Form.NUMBER:
            return [i for i, word in enumerate(self.words) if _value(word) is not None]
        return []

    def _gather(self, words: Sequence[str]) -> list[int]:
        if len(words) == 1:
            return self._at[words[0]]
        return sorted(i for word in words for i in self._at[word])


@lru_cache(maxsize=4)
def prose_of(plain: str) -> Prose:
    """`plain`, cut once: one text is read for its category, its phase and its indicators."""
    return Prose(plain)


@lru_cache(maxsize=20_000)
def _value(word: str) -> int | None:
    return None if word[0].isdigit() and _CLOCK.search(word) else number_of(word)
