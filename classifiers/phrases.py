"""Written phrases -> where they stand in a text: the small pattern language of indicators.toml and categories.toml.

A phrase is matched without regard to case, on whole words, never across the end of a sentence or line.
A phrase is tried only where its rarest words can stand, so a thousand phrases cost little.

    rellen              this word
    demonstr*  *feest   a word that begins, or ends, like this
    geen .. drank       at most two words between
    oproep ... rellen   at most six words between
    (mars|stille tocht) one of these; alternatives hold words only
    <verleden>          any phrase of that group of the table
    #                   a whole number, in digits ("1.200") or in a word ("vijftien")
    =ME                 this word in exactly these letters: "de ME", not "voor me"
    @                   the words that were found: only in `unless`
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

TRIGGER = "\x00"
"""Stands in a sentence for the words that were found, where an `unless` phrase names them with `@`."""

_BREAK = r".!?;\n"
_BETWEEN = rf"[^\w{_BREAK}{TRIGGER}]+"
_WORD = r"[\w'’\-]+(?:[.:]\w+)*"
_NUMBER_WORDS = (
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien "
    "achttien negentien twintig"
).split()
_TENS = {"dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90}
_WORD_VALUES = {word: value for value, word in enumerate(_NUMBER_WORDS, 1)} | _TENS | {"honderd": 100, "duizend": 1000}
_NUMBER = rf"(?P<number>\d{{1,3}}(?:\.\d{{3}})+|\d+|{'|'.join(sorted(_WORD_VALUES, key=len, reverse=True))})"

_GRAM = 3

_PIECE = re.compile(r"\.\.\.|\.\.|<[^<>\s]+>|\([^()]+\)|[^\s()<>]+")


class PhraseError(ValueError):
    """A phrase breaks the rules of the pattern language; the message is one Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a phrase stood: half-open offsets, and the number that its `#` read (None without `#`)."""

    start: int
    end: int
    number: int | None


class Prose:
    """A text, ready to be searched for many phrases."""

    __slots__ = ("folded", "plain")

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.folded = plain.lower()


@dataclass(frozen=True, slots=True)
class Phrase:
    """One compiled phrase."""

    written: str
    pattern: re.Pattern[str]
    anchors: tuple[str, ...]
    """A text without any of these cannot hold the phrase; tried first, because it is some hundred times cheaper."""

    def hits(self, prose: Prose) -> Iterator[Hit]:
        """Every place where the phrase stands, in order."""
        if any(anchor in prose.folded for anchor in self.anchors):
            for match in self.pattern.finditer(prose.plain):
                yield Hit(match.start(), match.end(), self._number(match))

    def within(self, prose: Prose) -> bool:
        """Whether the phrase stands there at all."""
        return any(a in prose.folded for a in self.anchors) and self.pattern.search(prose.plain) is not None

    def _number(self, match: re.Match[str]) -> int | None:
        if "number" not in self.pattern.groupindex:
            return None
        written = match.group("number").lower()
        return _WORD_VALUES.get(written) or int(written.replace(".", ""))


class PhraseIndex:
    """Tells quickly which of many phrases a text can hold at all."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        anchors: dict[str, set[str]] = {}
        for phrase in phrases:
            for anchor in phrase.anchors:
                anchors.setdefault(anchor, set()).add(phrase.written)
        shared = Counter(gram for anchor in anchors for gram in _grams(anchor))
        self._short = {anchor: written for anchor, written in anchors.items() if len(anchor) < _GRAM}
        self._by_gram: dict[str, list[tuple[str, set[str]]]] = {}
        for anchor, written in anchors.items():
            if len(anchor) >= _GRAM:
                rarest = min(_grams(anchor), key=lambda gram: (shared[gram], gram))
                self._by_gram.setdefault(rarest, []).append((anchor, written))

    def possible(self, prose: Prose) -> set[str]:
        """The phrases, as written, one of whose anchors stands in the text."""
        found: set[str] = set()
        for anchor, written in self._short.items():
            if anchor in prose.folded:
                found |= written
        for gram in self._by_gram.keys() & _grams(prose.folded):
            for anchor, written in self._by_gram[gram]:
                if anchor in prose.folded:
                    found |= written
        return found


def _grams(text: str) -> set[str]:
    return {text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1)}


def compile_phrase(written: str, groups: Mapping[str, Sequence[str]]) -> Phrase:
    """The phrase as a pattern. Raises PhraseError, with a Dutch sentence, for what the language does not know."""
    pieces = _PIECE.findall(written)
    if not pieces or pieces[0] in ("..", "...") or pieces[-1] in ("..", "..."):
        raise PhraseError(f"De frase '{written}' is leeg, of begint of eindigt met een open plek. Zet er woorden bij.")
    if written.count("(") != written.count(")") or "".join("".join(pieces).split()) != "".join(written.split()):
        raise PhraseError(f"De frase '{written}' heeft een haakje te veel of te weinig.")

    regex, anchors, joint = "", [], ""
    for piece in pieces:
        if piece in ("..", "..."):
            joint = rf"(?:{_BETWEEN}{_WORD}){{0,{2 if piece == '..' else 6}}}?{_BETWEEN}"
            continue
        piece_regex, piece_anchors = _piece(piece, written, groups)
        regex += joint + piece_regex
        joint = _BETWEEN
        if piece_anchors:
            anchors.append(piece_anchors)
    if regex.count("(?P<number>") > 1:
        raise PhraseError(f"De frase '{written}' heeft meer dan één #. Houd er één over.")
    # The rarest piece guards the phrase: the one whose shortest alternative is longest.
    guard = max(anchors, key=lambda found: min(len(a) for a in found), default=("",))
    return Phrase(written, re.compile(rf"(?<!\w){regex}(?!\w)", re.IGNORECASE), tuple(dict.fromkeys(guard)))


def _piece(piece: str, written: str, groups: Mapping[str, Sequence[str]]) -> tuple[str, tuple[str, ...]]:
    """Regex and anchors of one piece; a piece without anchors (`#`, `@`) may stand in any text."""
    if piece == "#":
        return _NUMBER, ()
    if piece == "@":
        return TRIGGER, (TRIGGER,)
    if piece.startswith("<"):
        name = piece[1:-1]
        if name not in groups:
            raise PhraseError(f"De groep '{name}' in '{written}' bestaat niet. Kies uit: {', '.join(sorted(groups))}.")
        if any("<" in member for member in groups[name]):
            raise PhraseError(f"De groep '{name}' verwijst zelf naar een groep. Schrijf de woorden uit.")
        members = [compile_phrase(member, groups) for member in groups[name]]
        regexes = [m.pattern.pattern.removeprefix(r"(?<!\w)").removesuffix(r"(?!\w)") for m in members]
        return f"(?:{'|'.join(regexes)})", tuple(anchor for member in members for anchor in member.anchors)
    if piece.startswith("("):
        alternatives = [[_word(word, written) for word in a.split()] for a in piece[1:-1].split("|")]
        if not all(alternatives):
            raise PhraseError(f"De frase '{written}' heeft een lege keuze tussen haakjes.")
        anchors = tuple(max((anchor for _, anchor in words), key=len) for words in alternatives)
        return f"(?:{'|'.join(_BETWEEN.join(regex for regex, _ in words) for words in alternatives)})", anchors
    regex, anchor = _word(piece, written)
    return regex, (anchor,)


def _word(word: str, written: str) -> tuple[str, str]:
    """Regex and literal of one word with an optional `*` before or behind it."""
    if word.startswith("=") and len(word) > 1:
        return f"(?-i:{re.escape(word[1:])})", word[1:].lower()
    literal = word.strip("*")
    if not literal or "*" in literal or "|" in literal:
        raise PhraseError(f"Het woord '{word}' in '{written}' kan niet. Een * staat vooraan of achteraan een woord.")
    before, after = (r"\w*" if word.startswith("*") else ""), (r"\w*" if word.endswith("*") else "")
    return f"{before}{re.escape(literal)}{after}", literal.lower()
