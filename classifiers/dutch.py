"""DutchReader: one spaCy pipeline behind two questions, redact() and read().

Joins what the other files of this room each know; knows no rule of its own but which of them comes first.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from classifiers.category import Categories
from classifiers.errors import ModelMissing
from classifiers.indicators import Indicators
from classifiers.periods import period_of
from classifiers.personal import PersonalData, redact
from classifiers.phase import Phases
from classifiers.places import Places
from classifiers.reading import Evidence, Indicator, Period, Reading, Redacted
from classifiers.risk import level_of
from classifiers.sizes import size_of
from classifiers.vocabulary import Category, Level, Phase, Scope, Voice

EDITION = "2026.11"
"""Year and month of the rules. The hash behind it tells two builds of one edition apart."""

COUNTS_AFTER = timedelta(days=7)
"""How long after its event a look back still matters (guideline, field `relevant`)."""

_JUDGES = frozenset((".py", ".toml", ".txt", ".csv", ".npz"))
"""Kinds of file in this room that change what the reader says."""

_LINES = "torenwacht_lines"

_HERE = Path(__file__).parent
TABLES = (
    "indicators.toml", "categories.toml", "phases.toml", "places.toml", "places_nl.csv",
    "names.toml", "given_names.txt", "surnames.txt", "ordinary_words.txt",
    "english_words.txt", "places_far.txt",
)  # fmt: skip
"""What the reader cannot do without."""


@Language.component(_LINES)
def _a_line_is_a_sentence(doc: Doc) -> Doc:
    """A title has no full stop: without this it would run on into the first sentence."""
    for token in doc[1:]:
        if "\n" in doc[token.i - 1].text:
            token.is_sent_start = True
    return doc


def be_complete(folder: Path) -> None:
    """Raises ModelMissing when a table or word list of the reader is not in `folder`, or cannot be read."""
    for name in TABLES:
        try:
            (folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            advice = f"Het bestand {name} van de lezer ontbreekt of is onleesbaar. Haal Torenwacht opnieuw op."
            raise ModelMissing(name, advice) from error


class DutchReader:
    """The Reader of this house. Built once; holds no state that reading changes, so threads may share it."""

    version: str
    indicators: tuple[Indicator, ...]

    def __init__(self) -> None:
        """Loads every table. Raises TableError where a table is wrong, ModelMissing where a file is not there."""
        be_complete(_HERE)
        self._nlp = spacy.blank("nl")
        self._nlp.add_pipe("sentencizer")
        self._nlp.add_pipe(_LINES)
        self._places = Places(self._nlp)
        self._personal = PersonalData(self._places.names)
        self._indicators = Indicators()
        self._categories = Categories()
        self._phases = Phases()
        self.indicators = self._indicators.rows
        self.version = f"{EDITION}-{_fingerprint()}"

    def redact(self, title: str, text: str, *, voice: Voice) -> Redacted:
        """`title` and `text` without personal data. When in doubt whether a word is a name, it goes (R14)."""
        return redact(title, text, self._personal.find(f"{title}\n{text}", voice=voice))

    def read(self, title: str, text: str, *, published: datetime, voice: Voice) -> Reading:
        """What the redacted text says. Relative dates count from `published`, which is aware.

        Rule: docs/guideline.md; by its decision 2 a text of category `geen` has no level and no evidence.
        Raises ValueError when `published` has no time zone.
        """
        if published.tzinfo is None:
            raise ValueError("published has no time zone")
        whole = f"{title}\n{text}"
        doc = self._nlp(whole)
        scores = self._categories.shares(title, text, published=published)
        category, confidence = scores[0]
        places = self._places.find(doc)
        scope = self._places.scope_of(places, whole)
        size = size_of(whole)

        # A bare "zaterdag" lies ahead in an announcement and behind in a look back: both are read, the phase chooses.
        ahead = period_of(title, text, published=published, phase_hint=Phase.ANNOUNCED)
        back = period_of(title, text, published=published, phase_hint=Phase.OVER)
        phase = self._phases.phase_of(title, text, published=published, ahead=ahead, back=back, voice=voice)
        period = ahead if phase is Phase.ANNOUNCED else back
        if phase in (Phase.UNDER_WAY, Phase.OTHER):
            period = period_of(title, text, published=published, phase_hint=phase)

        evidence = self._indicators.find(
            whole, category=category, phase=phase, size=size, period=period, published=published
        )
        concrete = category is not Category.NONE and phase is not Phase.OTHER
        return Reading(
            category=category,
            confidence=confidence,
            scores=scores,
            scope=scope,
            phase=phase,
            relevant=concrete and scope is not Scope.ELSEWHERE and not _is_long_over(phase, period, published),
            level=self.level_of(evidence) if concrete else None,
            evidence=evidence,
            period=period,
            places=places,
            size=size,
            model=self.version,
        )

    def level_of(self, evidence: Iterable[Evidence]) -> Level:
        """The level that these indicators make together; sees codes, never words. Unknown codes weigh nothing."""
        return level_of(evidence, self.indicators)


def _is_long_over(phase: Phase, period: Period | None, published: datetime) -> bool:
    """A look back counts for a week. Without a date it counts: better one report too many than one missed."""
    if phase is not Phase.OVER or period is None:
        return False
    return (period.end or period.start) + COUNTS_AFTER < published


def _fingerprint() -> str:
    """Eight hex digits of the code and tables of this room, in a fixed order: the same files, the same version."""
    digest = hashlib.sha256()
    for file in sorted(_HERE.iterdir()):
        if file.suffix in _JUDGES:
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:8]
