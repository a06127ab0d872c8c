"""A text -> where its sentences begin and end, by spaCy's tokenizer for Dutch, which knows its abbreviations."""

import re

from spacy.lang.lex_attrs import LEX_ATTRS, is_punct
from spacy.lang.nl import Dutch
from spacy.pipeline import Sentencizer
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, and spaCy tells no types of it
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from spacy.vocab import Vocab

_LETTERS = re.compile(r"[^\W\d_]+|\d+")
_RUN = re.compile(r"[^\W_]+")
_SMALL_AT_THE_END = re.compile(r"[A-Za-z]+[a-z]")
_MARKS = frozenset(".?!:;")
_STAND_IN = "q"
_LONGEST = 60
"""Characters of one stand-in: so few lengths that spaCy can know them all by heart."""


def _dutch_tokenizer(vocab: Vocab) -> Tokenizer:
    """That of `spacy.blank("nl")`, without the pipeline around it, which takes longer to make."""
    dutch = Dutch.Defaults
    return Tokenizer(
        vocab,
        rules=dutch.tokenizer_exceptions,
        prefix_search=compile_prefix_regex(dutch.prefixes or ()).search,
        suffix_search=compile_suffix_regex(dutch.suffixes or ()).search,
        infix_finditer=compile_infix_regex(dutch.infixes or ()).finditer,
        token_match=dutch.token_match,
        url_match=dutch.url_match,
    )


class SentenceCutter:
    """Built once; safe to share between threads."""

    def __init__(self) -> None:
        # Of every word that it meets it notes what the sentencizer asks, and not twenty things more.
        vocab = Vocab(lex_attr_getters={mark: told for mark, told in LEX_ATTRS.items() if told is is_punct})
        self._tokenizer = _dutch_tokenizer(vocab)
        # A title has no full stop: the end of a line ends a sentence too.
        self._sentencizer = Sentencizer(punct_chars=[*Sentencizer.default_punct_chars, "\n"])
        # It learns a word by heart only where no abbreviation stands before it in the same text.
        for length in range(1, _LONGEST + 1):
            for mark in ("", *_MARKS):
                self._tokenizer(_STAND_IN * length + mark)
        rules = "\n".join(Dutch.Defaults.tokenizer_exceptions or ())
        self._in_rules = frozenset((*_LETTERS.findall(rules), *_RUN.findall(rules)))
        """Words that are part of an abbreviation or a smiley."""

    def cut(self, text: str) -> tuple[tuple[int, int], ...]:
        """The half-open offsets of each sentence, in order."""
        doc = self._sentencizer(self._tokenizer(self._without_plain_words(text)))
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
            if len(chunk) > 1 and word.isalnum() and word not in self._in_rules:
                if row and row + 1 + len(chunk) > _LONGEST:
                    pieces.append(_STAND_IN * row)
                    row = 0
                row += len(chunk) + (row > 0)
                continue
            word, mark = chunk[:-1], chunk[-1:]
            # After a small letter these are cut off, whatever the word, but for the abbreviations.
            ends = mark in _MARKS and _SMALL_AT_THE_END.fullmatch(word) and word not in self._in_rules
            if ends and row + 1 + len(word) <= _LONGEST:
                pieces.append(_STAND_IN * (row + len(word) + (row > 0)) + mark)
            else:
                pieces += [_STAND_IN * row, chunk] if row else [chunk]
            row = 0
        if row:
            pieces.append(_STAND_IN * row)
        return " ".join(pieces)
