"""What a reader gives back: a Redacted text, and a Reading of it; and the Protocol of a Reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from classifiers.vocabulary import Category, Level, PersonalKind, Phase, Precision, Scope, Voice, Weight

MACHINE = "machine"
PERSON = "mens"


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data: where it stood in `title + "\\n" + text` before redaction, never what it said.

    Offsets count Unicode code points, half-open.
    """

    start: int
    end: int
    kind: PersonalKind


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its personal data: each find replaced by its kind's placeholder."""

    title: str
    text: str
    findings: tuple[Finding, ...]
    """In order of `start`, not overlapping."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of indicators.toml, as people see it and as `level_of` weighs it."""

    code: str
    weight: Weight
    label: str
    meaning: str
    check: str
    """The suggested check: a question or a contact, never a measure (R28)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One indicator found, and the words that showed it (R22)."""

    code: str
    words: str
    """The redacted words around the trigger, at most 120 characters; empty when no text shows it."""
    by: str = MACHINE
    """`machine`, or `mens` where a person ticked it."""
    decisive: bool = False
    """Alone enough for level C: the source itself classes the match high-risk (guideline, Risk)."""


@dataclass(frozen=True, slots=True)
class Period:
    """When an event takes place. Both ends aware, Europe/Amsterdam, half-open `[start, end)`.

    `end` is None when the text tells a starting time only. A bare date is 00:00 to 24:00 with precision `dag`.
    """

    start: datetime
    end: datetime | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class Size:
    """Expected or counted attendance, in people; both ends included."""

    min: int
    max: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a text names, as written there."""

    name: str
    kind: str
    """plein, straat, gebouw, park, wijk, dorp, stad, weg, gebied: as in places.toml."""
    municipality: str | None
    """Name of the municipality it lies in; None when that is not known."""
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says of one happening, in the words of docs/guideline.md."""

    category: Category
    confidence: float
    """Of the category, 0 to 1."""
    scores: tuple[tuple[Category, float], ...]
    """Share per category, highest first, together 1 (R22)."""
    scope: Scope
    phase: Phase
    relevant: bool
    level: Level | None
    """None where there is no concrete event."""
    evidence: tuple[Evidence, ...]
    period: Period | None
    places: tuple[Place, ...]
    """Of the event, most specific first."""
    size: Size | None
    model: str
    """Version of pipeline and tables together."""

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its indicators."""
        return frozenset(e.code for e in self.evidence)


class Reader(Protocol):
    """Reads Dutch text. Safe to call from several threads; does no I/O after it was loaded."""

    version: str
    indicators: tuple[Indicator, ...]

    def redact(self, title: str, text: str, *, voice: Voice) -> Redacted:
        """`title` and `text` without personal data. When in doubt whether a word is a name, it goes."""

    def read(self, title: str, text: str, *, published: datetime, voice: Voice) -> Reading:
        """What the redacted text says. Relative dates count from `published`, which is aware."""

    def level_of(self, evidence: Iterable[Evidence]) -> Level:
        """The level that these indicators make together; sees codes, never words. Unknown codes weigh nothing."""
