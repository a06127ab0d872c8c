"""DutchReader: redact() and read(). The rules look (observer), the learned judge weighs (judgement), this decides."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from classifiers.clues import Clues
from classifiers.judgement import Judge
from classifiers.observer import Observer
from classifiers.quote import quote
from classifiers.reading import Evidence, Indicator, Period, Reading, Redacted
from classifiers.risk import level_of
from classifiers.vocabulary import Category, Level, Phase, Scope, Voice

EDITION = "2026.11"
"""Year and month of the rules. The hash behind it tells two builds of one edition apart."""

COUNTS_AFTER = timedelta(days=7)
"""How long after its event a look back still matters (guideline, field `relevant`)."""

_JUDGES = frozenset((".py", ".toml", ".txt", ".csv", ".npz"))
"""Kinds of file in this room that change what the reader says."""

_HERE = Path(__file__).parent


class DutchReader:
    """The Reader of this house. Built once; holds no state that reading changes, so threads may share it."""

    version: str
    indicators: tuple[Indicator, ...]

    def __init__(self) -> None:
        """Loads every table. Raises TableError where a table is wrong, ModelMissing where a file is not there."""
        self._observer = Observer()
        self._judge = Judge.load()
        self.indicators = self._observer.indicators.rows
        self.version = f"{EDITION}-{_fingerprint()}"

    def redact(self, title: str, text: str, *, voice: Voice) -> Redacted:
        """`title` and `text` without personal data. When in doubt whether a word is a name, it goes (R14)."""
        return self._observer.redact(title, text, voice=voice)

    def read(self, title: str, text: str, *, published: datetime, voice: Voice) -> Reading:
        """What the redacted text says. Relative dates count from `published`, which is aware.

        Rule: docs/guideline.md; by its decision 2 a text of category `geen` has no level and no evidence.
        Raises ValueError when `published` has no time zone.
        """
        if published.tzinfo is None:
            raise ValueError("published has no time zone")
        clues = self._observer.clues(title, text, published=published, voice=voice)
        judged = self._judge.judge(clues)
        category, confidence = judged.categories[0]
        phase = max(judged.phases, key=lambda answer: judged.phases[answer])
        # A bare "zaterdag" lies ahead in an announcement and behind in a look back: both were read, the phase chooses.
        period = self._observer.period(clues, published=published, phase=phase)
        found = self._observer.found(clues, published=published, category=category, phase=phase, period=period)
        concrete = category is not Category.NONE and phase is not Phase.OTHER
        evidence = tuple(self._evidence(clues, self._judge.likely(judged, found), found)) if concrete else ()
        return Reading(
            category=category,
            confidence=confidence,
            scores=judged.categories,
            scope=clues.scope,
            phase=phase,
            relevant=concrete and clues.scope is not Scope.ELSEWHERE and not _is_long_over(phase, period, published),
            level=self.level_of(evidence) if concrete else None,
            evidence=evidence,
            period=period,
            places=clues.places,
            size=clues.size,
            model=self.version,
        )

    def _evidence(self, clues: Clues, likely: Mapping[str, float], found: Iterable[Evidence]) -> Iterator[Evidence]:
        """The indicators that are likely enough, in the order of the table, with the words that show them."""
        shown = {evidence.code: evidence for evidence in found}
        shows = [row.code for row in self.indicators if likely[row.code] >= self._judge.needed[row.code]]
        # Most finds have words of their own, so most texts need not be cut.
        sentences = () if set(shows) <= set(shown) else self._observer.sentences(clues)
        parts = [clues.seen[first:last] for first, last in sentences]
        for code in shows:
            if code in shown:
                yield shown[code]
            else:
                place = sentences[self._judge.telling(parts, code)]
                yield Evidence(code, quote(clues.seen, *place, sentences))

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
