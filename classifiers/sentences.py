"""A text -> where its sentences begin and end, by spaCy's tokenizer for Dutch, which knows its abbreviations."""

import re

import spacy
from spacy.pipeline import Sentencizer

_LETTERS = re.compile(r"[^\W\d_]+|\d+")
_RUN = re.compile(r"[^\W_]+")
_STAND_IN = "q"
_LONGEST = 60
"""Characters of one stand-in: few lengths, so that spaCy knows them all by heart."""


class SentenceCutter:
    """Built once; safe to share between threads."""

    def __init__(self) -> None:
        self._nlp = spacy.blank("nl")
        # A title has no full stop: the end of a line ends a sentence too.
        self._sentencizer = Sentencizer(punct_chars=[*Sentencizer.default_punct_chars, "\n"])
        rules = "\n".join(self._nlp.Defaults.tokenizer_exceptions or ())
        self._in_rules = frozenset((*_LETTERS.findall(rules), *_RUN.findall(rules)))
        """Words that are part of an abbreviation or a smiley."""

    def cut(self, text: str) -> tuple[tuple[int, int], ...]:
        """The half-open offsets of each sentence, in order."""
        doc = self._sentencizer(self._nlp.tokenizer(self._without_plain_words(text)))
        found: list[tuple[int, int]] = []
        start = end = 0
        for token in doc:
            at = token.idx
            if token.is_sent_start and end:
                found.append((start, end))
                start = at
            end = at + len(token)
        return (*found, (start, end)) if end else ()

    def _without_plain_words(self, text: str) -> str:
        """`text`, as long as it was, with one stand-in for each row of words that can neither end nor open anything.

        A word of letters and digits between spaces holds no mark, and but for those in rules it is nothing's part:
        cutting it up, each in its turn, was most of what spaCy did.
        """
        pieces: list[str] = []
        row = 0
        for chunk in text.split(" "):
            word = chunk.removesuffix(",")  # which ends no sentence, and is in no rule
            plain = len(chunk) > 1 and word.isalnum() and word not in self._in_rules
            if plain and row and row + 1 + len(chunk) <= _LONGEST:
                row += 1 + len(chunk)
                continue
            if row:
                pieces.append(_STAND_IN * row)
            row = len(chunk) if plain else 0
            if not plain:
                pieces.append(chunk)
        if row:
            pieces.append(_STAND_IN * row)
        return " ".join(pieces)
