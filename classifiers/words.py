"""A text -> its words, each with what stands before it and what its capital may mean. Judges no word."""

import re
from collections.abc import Collection
from typing import NamedTuple

WORD = re.compile(r"('[st](?=\s)|\bv\.d\.|\bv/d\b|[^\W\d_]+(?:['’\-][^\W\d_]+)*['’]?)")
SMALL_HEAD = re.compile(r"(?:[ae][ldrstnz]|[dl])[-'’][A-ZÀ-ÖØ-Þ]")
"""A particle that is one word with the capital after it: "al-Khatib", "d'Angelo"."""
BREAK = re.compile(r"[.!?:…;|•\n\"“”„‘«»(\[–—/\d*#>😀-🙏]|(?:^|\s)['’\-]")
"""In the gap before a word: a sentence, a quotation or a list entry may begin here, so a capital says little."""
LEAST_HEADED = 4
INITIALS = frozenset({"IJ", "Th", "Tj", "Sj", "Chr", "Joh", "Jac", "Ph", "Fr", "Alb", "Corn", "Hendr", "Gerh", "Moh"})
SHORTENED = frozenset({"mr", "mw", "mevr", "dhr", "drs", "dr", "ir", "ing", "prof", "ds", "fam", "st"})
"""Titles that take a full stop, which then ends no sentence."""


FOLDED = {
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D), "-"),
    **dict.fromkeys((0x00A0, *range(0x2000, 0x200B), 0x202F, 0x3000), " "),
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    0xFF20: "@",
    0xFE6B: "@",
}


FOLDABLE = re.compile(f"[{re.escape(''.join(map(chr, FOLDED)))}]")


class Word(NamedTuple):
    """One word of the text, with what stands between it and the word before."""

    text: str
    lower: str
    start: int
    end: int
    gap: str
    opens: bool
    """A sentence, a quotation or a list entry may begin with it."""
    known: bool
    """Part of a known place or organisation."""
    capital: bool
    """It begins with one."""

    @property
    def shouted(self) -> bool:
        return self.capital and len(self.text) > 1 and self.text.isupper()

    @property
    def initial(self) -> bool:
        return self.capital and (len(self.text) == 1 or self.text in INITIALS)


def folded(text: str) -> str:
    """`text` with one spelling of dashes, spaces, digits and the at sign; as long as it was, so that offsets stay."""
    return text.translate(FOLDED) if FOLDABLE.search(text) else text


def words_of(text: str, known: Collection[int]) -> list[Word]:
    """The words of `text`, in order. `known` are the offsets that lie in a known name."""
    words: list[Word] = []
    end = 0
    parts = WORD.split(text)  # by turns what stands between words, and a word
    for gap, found in zip(parts[::2], parts[1::2], strict=False):
        start = end + len(gap)
        end = start + len(found)
        opens = not words or words[-1].lower == "uur"
        if not opens and gap != " ":
            opens = BREAK.search(gap) is not None and not abbreviates(words[-1], gap)
        capital = found[0].isupper() or (len(found) > LEAST_HEADED and SMALL_HEAD.match(found) is not None)
        coded = capital and text[end : end + 1].isdigit() and found.isupper()  # "JO17"
        word = found, found.lower(), start, end, gap, opens, coded or start in known, capital
        words.append(tuple.__new__(Word, word))  # a third of the time of Word(...), for every word of every text
    return words


def abbreviates(word: Word, gap: str) -> bool:
    """Whether the full stop after `word` belongs to it: "J. ", "mr. "."""
    return gap.strip() == "." and (word.initial or word.lower in SHORTENED)
