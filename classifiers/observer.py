"""Observer: all that the rules of this room see in a text, for the judge to weigh.

Joins what the other files each know; knows no rule of its own but which of them comes first.
"""

from datetime import datetime
from pathlib import Path

from classifiers.category import Categories
from classifiers.clues import Clues
from classifiers.errors import ModelMissing
from classifiers.indicators import Indicators
from classifiers.masking import masked
from classifiers.periods import AMSTERDAM, period_of
from classifiers.personal import PersonalData, redact
from classifiers.phase import Phases
from classifiers.places import Places
from classifiers.reading import Evidence, Period, Redacted
from classifiers.sentences import SentenceCutter
from classifiers.sizes import size_of
from classifiers.vocabulary import Category, Phase, Voice

_HERE = Path(__file__).parent
TABLES = (
    "indicators.toml", "categories.toml", "phases.toml", "periods.toml", "places.toml", "places_nl.csv",
    "causes.toml", "masking.toml", "names.toml", "given_names.txt", "surnames.txt", "ordinary_words.txt",
    "english_words.txt", "places_far.txt",
)  # fmt: skip
"""What the rules cannot do without."""


def be_complete(folder: Path) -> None:
    """Raises ModelMissing when a table or word list of the reader is not in `folder`, or cannot be read."""
    for name in TABLES:
        try:
            (folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ModelMissing(name) from error


class Observer:
    """The rules, ready to look. Built once; holds no state that looking changes, so threads may share it."""

    def __init__(self) -> None:
        """Loads every table. Raises TableError where a table is wrong, ModelMissing where a file is not there."""
        be_complete(_HERE)
        self._sentences = SentenceCutter()
        self._places = Places()
        self._personal = PersonalData(self._places.names, self._places.public)
        self.indicators = Indicators()
        self._categories = Categories()
        self._phases = Phases()

    def redact(self, title: str, text: str, *, voice: Voice) -> Redacted:
        """`title` and `text` without personal data. When in doubt whether a word is a name, it goes (R14)."""
        return redact(title, text, self._personal.find(f"{title}\n{text}", voice=voice))

    def clues(self, title: str, text: str, *, published: datetime, voice: Voice) -> Clues:
        """What the rules see in a redacted text. Relative dates count from `published`, which is aware."""
        whole = f"{title}\n{text}"
        places = self._places.find(whole)
        # From here on nothing that judges sees what a gathering is for, or of whom (R17, R21).
        seen = masked(whole)
        title, _, text = seen.partition("\n")
        size = size_of(seen)
        ahead = period_of(title, text, published=published, phase_hint=Phase.ANNOUNCED, voice=voice)
        back = period_of(title, text, published=published, phase_hint=Phase.OVER, voice=voice)
        return Clues(
            seen=seen,
            voice=voice,
            published=published.astimezone(AMSTERDAM),
            shares=self._categories.shares(title, text, published=published),
            said=tuple(self._phases.features(title, text, published=published, ahead=ahead, back=back, voice=voice)),
            traces=self.indicators.traces(seen, size=size, period=ahead, published=published),
            places=places,
            scope=self._places.scope_of(places, whole),
            size=size,
            ahead=ahead,
            back=back,
        )

    def sentences(self, clues: Clues) -> tuple[tuple[int, int], ...]:
        """The half-open offsets of each sentence of what was seen."""
        return self._sentences.cut(clues.seen)

    def found(
        self, clues: Clues, *, published: datetime, category: Category, phase: Phase, period: Period | None
    ) -> tuple[Evidence, ...]:
        """What the table of indicators shows, category, phase and period being known."""
        return self.indicators.find(
            clues.seen,
            category=category,
            phase=phase,
            size=clues.size,
            period=period,
            published=published,
        )

    @staticmethod
    def period(clues: Clues, *, published: datetime, phase: Phase) -> Period | None:
        """When the event takes place, its phase being known."""
        if phase is Phase.ANNOUNCED:
            return clues.ahead
        if phase is Phase.OVER:
            return clues.back
        title, _, text = clues.seen.partition("\n")
        return period_of(title, text, published=published, phase_hint=phase, voice=clues.voice)
