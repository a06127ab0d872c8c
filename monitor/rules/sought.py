"""Forms of a text -> where they stand in another: by whole words, whatever the capitals, accents, spaces and marks.

One rule serves names, handles and numbers: a form is its letters and digits alone, and it stands where one word, or
some words in a row, have the same. So "06 12 34 56 78" is "06-12345678", and "Jan-Willem" is "jan willem".
"""

import re
import unicodedata
from base64 import b64decode
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote

from monitor.errors import InvalidInput

MARK = "[verwijderd]"
"""Stands where words were taken out at someone's request."""
LEAST, LEAST_TO_CHANGE, MOST = 3, 5, 60
"""Letters and digits of a form, to look and to change: "Bos" stands in every report of the forester."""
WORDS_AT_MOST = 12
"""Words in a row of which a form may be made: ten digits apart, with the code of a country."""

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_DUTCH_NUMBER = re.compile(r"(?:00)?31(?:0)?([1-9]\d{8})")
_INSIDE = re.compile(r"data:[\w/+.;=-]+,[\w+/=%-]+")
_DRAWING = re.compile(r"data:image/svg\+xml;base64,([\w+/=]+)")
_TAG = re.compile(r"<[^>]*>")
_SENTENCE = re.compile(r"[.!?]\s|\n")
_AROUND = 160


@dataclass(frozen=True, slots=True)
class Sought:
    """What someone asks about, in memory only: never in a log, an error, a query or a file."""

    forms: frozenset[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Word:
    form: str = field(repr=False)
    start: int
    end: int


def sought_of(lines: Iterable[str], *, to_change: bool = False) -> Sought:
    """The forms that someone gave, one a line; empty lines are none.

    Raises InvalidInput, which quotes nothing, for no form, or one too short or too long to tell anything by.
    """
    found = [form for line in lines if (form := form_of(line))]
    least = LEAST_TO_CHANGE if to_change else LEAST
    if not found:
        raise InvalidInput({"text": "U gaf geen tekst op. Geef een naam, nummer of account, elke vorm op een regel."})
    if any(not least <= len(form) <= MOST for form in found):
        problem = f"Elke vorm moet {least} tot {MOST} letters en cijfers hebben. Er is niets gewijzigd."
        raise InvalidInput({"text": f"{problem} Geef bij een korte naam ook de voornaam of voorletters."})
    return Sought(frozenset(found))


def form_of(text: str) -> str:
    """Its letters and digits alone; of a Dutch telephone number the form without the code of the country."""
    return _without_country("".join(word.form for word in _words(text)))


def windows(text: str) -> Iterator[tuple[str, int, int]]:
    """Every form that stands in a text, with where it starts and ends: each row of words that is not too long."""
    words = _words(text)
    for first, word in enumerate(words):
        form = ""
        for last in words[first : first + WORDS_AT_MOST]:
            form += last.form
            if len(form) > MOST + len("0031"):
                break
            yield _without_country(form), word.start, last.end


def spans(text: str, sought: Sought) -> list[tuple[int, int]]:
    """Where it stands, from left to right; of two finds that overlap the longer."""
    squeezed = "".join(word.form for word in _words(text))
    if not any(form.lstrip("0") in squeezed for form in sought.forms):
        return []
    return apart((start, end) for form, start, end in windows(text) if form in sought.forms)


def apart(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places in order, of two that overlap the longer."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda place: (place[0] - place[1], place[0])):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end))
    return sorted(kept)


def put_for(text: str, places: Collection[tuple[int, int]], instead: str) -> str:
    """The text with other words in these places, which do not overlap."""
    for start, end in sorted(places, reverse=True):
        text = f"{text[:start]}{instead}{text[end:]}"
    return text


def without(text: str, sought: Sought, instead: str = MARK) -> str:
    """The text with other words where it stood. Where only markup or an address hides it, all of the text goes."""
    cleaned = put_for(text, spans(text, sought), instead)
    return cleaned if quote(cleaned, sought) is None else instead


def quote(text: str, sought: Sought) -> str | None:
    """The sentence in which it stands, for the eyes of the privacy officer; None when it does not stand there."""
    for shown in _shown(text):
        if places := spans(shown, sought):
            return _sentence(shown, *places[0])
    return None


def _words(text: str) -> list[_Word]:
    return [_Word(_folded(found[0]), found.start(), found.end()) for found in _WORD.finditer(text)]


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    flat = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(sign for sign in flat if not unicodedata.combining(sign))


def _without_country(form: str) -> str:
    number = _DUTCH_NUMBER.fullmatch(form)
    return f"0{number[1]}" if number else form


def _shown(text: str) -> Iterator[str]:
    """The text, and then what people see of it when it is an address or a page; of what is packed in it, drawings."""
    bare = _INSIDE.sub(" ", text)
    yield bare
    if not {"%", "&", "<"}.isdisjoint(bare):
        yield unescape(_TAG.sub(" ", bare))
        yield unquote(unescape(bare))
    for drawing in _DRAWING.findall(text):
        yield unescape(_TAG.sub(" ", b64decode(drawing, validate=False).decode("utf-8", "replace")))


def _sentence(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    opening = max((mark.end() for mark in _SENTENCE.finditer(before)), default=0)
    closing = _SENTENCE.search(after)
    return " ".join(f"{before[opening:]}{text[start:end]}{after[: closing.start() + 1] if closing else after}".split())
