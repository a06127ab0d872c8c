"""mark(app, title, text, place): what somebody typed, marked where it may not be kept; for its writer only (R32)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from classifiers import PersonalKind, Voice
from monitor.app import App
from monitor.rules.blocked import places
from monitor.rules.sought import MARK, WORDS_AT_MOST
from monitor.store.residue import residue
from monitor.work.blocks import blocks_now

_KINDS = {
    PersonalKind.PERSON: "een naam",
    PersonalKind.PHONE: "een telefoonnummer",
    PersonalKind.EMAIL: "een e-mailadres",
    PersonalKind.HANDLE: "een account",
    PersonalKind.ADDRESS: "een adres",
    PersonalKind.PLATE: "een kenteken",
    PersonalKind.BSN: "een burgerservicenummer",
    PersonalKind.IBAN: "een rekeningnummer",
    PersonalKind.BIRTH_DATE: "een geboortedatum",
}
_BLOCKED = "een naam, nummer of account dat wij op verzoek niet gebruiken"
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text: words that may stay, or words that may not be kept."""

    words: str = field(repr=False)
    kind: str = ""
    """What it is, in Dutch: `een naam`; empty where the words may stay."""
    instead: str = ""
    """What may stand in the place of words that may not be kept."""


Marked = tuple[Stretch, ...]


def kinds_of(marked: Mapping[str, Marked]) -> tuple[str, ...]:
    """What may not be kept, each kind once, in the order of the text."""
    return tuple(dict.fromkeys(part.kind for parts in marked.values() for part in parts if part.kind))


def without(marked: Marked) -> str:
    """The text with a mark such as `[naam]` in the place of what may not be kept."""
    return "".join(part.instead if part.kind else part.words for part in marked)


@dataclass(frozen=True, slots=True)
class _Find:
    start: int
    end: int
    kind: str
    instead: str


def mark(app: App, title: str, text: str, place: str) -> dict[str, Marked]:
    """Each of the three by its name, cut where something may not be kept.

    Three look in turn, each only at what the one before left: the reader, the list of blocks, and the eyes at the
    door of the store.
    """
    whole = f"{title}\n{text}\n{place}"
    at_place = len(title) + len(text) + 2
    found = [
        _Find(f.start, f.end, _KINDS[f.kind], f.kind.placeholder)
        for f in app.reader.redact(title, text, voice=Voice.POLICE).findings
    ]
    found += [
        _Find(f.start - 1 + at_place, f.end - 1 + at_place, _KINDS[f.kind], f.kind.placeholder)
        for f in app.reader.redact("", place, voice=Voice.POLICE).findings
    ]
    blocks = blocks_now(app)
    found += [
        _Find(start, end, _BLOCKED, MARK) for start, end in places(_blank(whole, found), blocks.forms, blocks.key)
    ]
    found += _left(_blank(whole, found))
    found.sort(key=lambda find: find.start)
    starts = {"title": (0, len(title)), "text": (len(title) + 1, at_place - 1), "place": (at_place, len(whole))}
    return {name: tuple(_cut(whole, start, end, found)) for name, (start, end) in starts.items()}


def _blank(text: str, found: Sequence[_Find]) -> str:
    """The text with line breaks where something was found: no shape runs on across them."""
    for find in found:
        text = text[: find.start] + "\n" * (find.end - find.start) + text[find.end :]
    return text


def _left(text: str) -> Iterator[_Find]:
    """Where the eyes of the store still see something: the fewest words that show it."""
    while kind := residue(text):
        find = _Find(*_fewest(text, kind), f"een {kind}", f"[{kind}]")
        yield find
        text = _blank(text, [find])


def _fewest(text: str, kind: str) -> tuple[int, int]:
    """The shortest row of words that shows it by itself; all of the text when only the whole does."""
    words = [word.span() for word in _WORD.finditer(text)]
    for length in range(1, WORDS_AT_MOST + 1):
        for (start, _), (_, end) in zip(words, words[length - 1 :], strict=False):
            if residue(text[start:end]) == kind:
                return start, end
    return 0, len(text)


def _cut(whole: str, start: int, end: int, found: Sequence[_Find]) -> Iterator[Stretch]:
    """The stretches of one of the fields, which stands from `start` to `end`."""
    at = start
    for find in found:
        first, last = max(find.start, at), min(find.end, end)
        if first >= last:
            continue
        if first > at:
            yield Stretch(whole[at:first])
        yield Stretch(whole[first:last], find.kind, find.instead)
        at = last
    if at < end:
        yield Stretch(whole[at:end])
