"""A text -> the personal data in it, and the text without them (R14, R15).

Joins the finders of contact.py, identifiers.py, addresses.py and names.py; knows only which of them comes first.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

from classifiers.addresses import address_after_name, addresses
from classifiers.contact import DIRECT_LINE, emails, handles, phones, shared_locations
from classifiers.identifiers import BORN_AFTER, birth_dates, bsns, ibans, plates
from classifiers.name_model import NameModel
from classifiers.names import Names
from classifiers.optional_names import installed
from classifiers.public_buildings import PublicBuildings
from classifiers.reading import Finding, Redacted
from classifiers.vocabulary import PersonalKind, Voice
from classifiers.words import folded

Span = tuple[int, int]
Finder = Callable[[str], Iterator[Span]]

FINDERS: tuple[tuple[PersonalKind, Finder], ...] = (
    (PersonalKind.EMAIL, emails),
    (PersonalKind.ADDRESS, shared_locations),
    (PersonalKind.IBAN, ibans),
    (PersonalKind.BSN, bsns),
    (PersonalKind.BIRTH_DATE, birth_dates),
    (PersonalKind.HANDLE, handles),
    (PersonalKind.PHONE, phones),
    (PersonalKind.PLATE, plates),
)
"""The surer shape first: where two overlap, the earlier kind keeps the characters. Addresses come after these."""


class PersonalData:
    """Finds the personal data in a text. `known` are names that are never a person: places, clubs, organisations."""

    def __init__(self, known: Collection[str], public: PublicBuildings | None = None) -> None:
        """`public` are the buildings whose address may stay. Raises ModelMissing without the learned judge of names."""
        self._public = public or PublicBuildings()
        self.names = Names(known, judge=NameModel.load(), layers=installed())

    def find(self, text: str, *, voice: Voice) -> tuple[Finding, ...]:
        """Where personal data stand in `text`, which is title + newline + text; ordered, not overlapping."""
        even = folded(text)
        free = bytearray(b"\x01") * len(text)
        found: list[Finding] = []
        for kind, finder in FINDERS:
            for start, end in finder(even):
                found += claim(start, end, kind, free)
        for start, end in addresses(even, self._public):
            found += claim(start, end, PersonalKind.ADDRESS, free)
        for start, end in self.names.find(text, voice=voice):
            found += claim(start, end, PersonalKind.PERSON, free)
            if birth := BORN_AFTER.match(text, end):
                found += claim(*birth.span(1), PersonalKind.BIRTH_DATE, free)
            if (home := address_after_name(even, end)) and not self._public.have(text[slice(*home)]):
                found += claim(*home, PersonalKind.ADDRESS, free)
            if direct := DIRECT_LINE.match(text, end):
                found += claim(*direct.span(1), PersonalKind.PHONE, free)
        return tuple(sorted((f for f in found if any(map(str.isalnum, text[f.start : f.end]))), key=lambda f: f.start))


def claim(start: int, end: int, kind: PersonalKind, free: bytearray) -> Iterator[Finding]:
    """The stretches of start..end that are still free (1 in `free`, a byte a character), which it then takes."""
    at = start
    while at < end:
        left = free.find(1, at, end)
        if left < 0:
            return
        taken = free.find(0, left, end)
        at = end if taken < 0 else taken
        free[left:at] = bytes(at - left)
        yield Finding(left, at, kind)


def redact(title: str, text: str, findings: Sequence[Finding]) -> Redacted:
    """`title` and `text` with each finding replaced by its kind's placeholder.

    A finding that runs over the border between them leaves its placeholder where it begins, and goes from both.
    """
    ordered = tuple(sorted(findings, key=lambda finding: finding.start))
    border = len(title)
    heads: list[str] = []
    bodies: list[str] = []
    at, body_at = 0, 0
    for finding in ordered:
        if finding.start < border:
            heads += [title[at : finding.start], finding.kind.placeholder]
            at, body_at = min(finding.end, border), max(body_at, finding.end - border - 1)
        elif finding.end > border + 1:
            start = max(finding.start - border - 1, 0)
            bodies += [text[body_at:start], finding.kind.placeholder]
            body_at = finding.end - border - 1
    return Redacted("".join([*heads, title[at:]]), "".join([*bodies, text[body_at:]]), ordered)
