"""Names of places -> where they stand in a text. Words are cut once, and looked up; no name is searched for."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+(?:['’][^\W_]+)*)*")
_STOP = re.compile(r"[.!?…\n](?:(?<!\n)['’\"”]*\s+|(?<=\n)\n*)")
_OWNER = "'s"
_SIDES = ("-noord", "-oost", "-zuid", "-west", "-centrum")


class Token(NamedTuple):
    """One word of a text."""

    start: int
    end: int
    """Offsets in the text, half-open."""
    text: str
    plain: str
    """In lower case, with one spelling of the apostrophe."""


class Words:
    """The words and sentences of one text."""

    __slots__ = ("_starts", "careless", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        plain = _plain(text)
        if len(plain) == len(text):
            spans = [m.span() for m in _WORD.finditer(text)]
            # A third of the time of Token(...), for every word of every text.
            self.tokens = [tuple.__new__(Token, (a, b, text[a:b], plain[a:b])) for a, b in spans]
        else:  # a letter such as "İ" is two in lower case
            self.tokens = [Token(m.start(), m.end(), m[0], _plain(m[0])) for m in _WORD.finditer(text)]
        self._starts = [0, *(m.end() for m in _STOP.finditer(text))]
        body = text.find("\n") + 1
        begins = [text[at] for at in self._starts if body <= at < len(text) and text[at].isalpha()]
        self.careless = sum(letter.islower() for letter in begins) * 2 >= len(begins) > 0
        """Whether the writer leaves out capitals, as in many posts: most sentences then begin without one."""

    def sentence(self, offset: int) -> int:
        """The number of the sentence at `offset`, the title being 0; a line break ends one too."""
        return bisect_right(self._starts, offset) - 1

    def begins_sentence(self, offset: int) -> bool:
        """Whether a sentence begins at `offset`, quotation marks apart."""
        start = self._starts[self.sentence(offset)]
        return not any(letter.isalnum() for letter in self.text[start:offset])

    def first_of_sentence(self, offset: int) -> int:
        """Where the sentence at `offset` begins."""
        return self._starts[self.sentence(offset)]


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


Entry = TypeVar("Entry")


class Index(Generic[Entry]):
    """Entries by name; a name is any row of words, upper and lower case alike."""

    def __init__(self, named: Iterable[tuple[str, Entry]]) -> None:
        self._single: dict[str, list[Entry]] = {}
        self._longer: dict[tuple[str, str], list[tuple[tuple[str, ...], Entry]]] = {}
        for name, entry in named:
            words = tuple(_plain(m[0]) for m in _WORD.finditer(name))
            if len(words) == 1:
                self._single.setdefault(words[0], []).append(entry)
            elif words:
                self._longer.setdefault((words[0], words[1]), []).append((words, entry))
        self._firsts = {*self._single, *(first for first, _ in self._longer)}
        for rows in self._longer.values():
            rows.sort(key=lambda row: len(row[0]), reverse=True)

    def find(self, words: Words, accept: Callable[[int, int, Entry], bool]) -> Iterator[tuple[int, int, Entry]]:
        """First token, token after the last, and entry of each name in `words`, from left to right.

        Where names overlap the longest that `accept` takes wins; of entries with one name the first that it takes.
        """
        after = 0
        for at, token in enumerate(words.tokens):
            first = token.plain
            if at < after or (first not in self._firsts and "'" not in first and "-" not in first):
                continue
            found = self._at(words, at, accept)
            if found is not None:
                yield at, *found
                after = found[0]

    def _at(self, words: Words, at: int, accept: Callable[[int, int, Entry], bool]) -> tuple[int, Entry] | None:
        tokens = words.tokens
        first = tokens[at].plain
        if at + 1 < len(tokens):
            for name, entry in self._longer.get((first, tokens[at + 1].plain), ()):
                stop = at + len(name)
                run = tokens[at:stop]
                same = tuple(token.plain for token in run) == name and _is_one_run(words.text, run)
                if same and accept(at, stop, entry):
                    return stop, entry
        names = self._single.get(first) or self._single.get(first.removesuffix(_OWNER))
        if names is None and first.endswith(_SIDES):
            names = self._single.get(first.rpartition("-")[0])
        for entry in names or ():
            if accept(at, at + 1, entry):
                return at + 1, entry
        return None


def _is_one_run(text: str, tokens: list[Token]) -> bool:
    """Whether nothing but a space, a full stop or a mark of one letter stands between the words of a name."""
    gaps = (text[a.end : b.start] for a, b in pairwise(tokens))
    return all(len(gap) <= 2 and "\n" not in gap and "," not in gap for gap in gaps)  # noqa: PLR2004 - ". " or " '"
