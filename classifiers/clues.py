"""What the rules see in one text, before anything is decided; and the names by which the judge weighs it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from classifiers.feasts import telling_days
from classifiers.indicators import Trace
from classifiers.reading import Period, Place, Size
from classifiers.vocabulary import Category, Precision, Scope, Voice

_CROWD, _MANY = 1000, 100
_MORNING, _EVENING, _NIGHT = 6, 17, 22
"""Hours; the night is that of the guideline, `nachtelijk`."""
_A_FEW_SENTENCES = 150
"""Characters."""


@dataclass(frozen=True, slots=True)
class Clues:
    """Signs of one text.

    The period is read twice: a bare "zaterdag" lies ahead in an announcement and behind in a look back.
    """

    seen: str
    """The redacted text, title and all, without causes and groups; offsets below count in it."""
    voice: Voice
    published: datetime
    """Europe/Amsterdam."""
    shares: tuple[tuple[Category, float], ...]
    """By the table of phrases, highest first, together 1."""
    said: tuple[str, ...]
    """Signs of the phase."""
    traces: tuple[Trace, ...]
    places: tuple[Place, ...]
    scope: Scope
    size: Size | None
    ahead: Period | None
    back: Period | None

    def names(self) -> Iterator[tuple[str, float]]:
        """Every clue with its strength, 0 to 1; a name may come twice."""
        yield f"voice {self.voice.value}", 1.0
        for category, share in self.shares:
            yield f"category {category.value}", share
        for sign in self.said:
            yield f"phase {sign}", 1.0
        for trace in self.traces:
            yield f"shows {trace.code}{' decisive' if trace.decisive else ''}", 1.0
            if trace.category is not None:
                yield f"shows {trace.code} in {trace.category.value}", 1.0
            if trace.phrase:
                yield f"phrase {trace.code}: {trace.phrase}", 1.0
        for place in self.places:
            yield f"place {place.kind}", 1.0
        yield f"scope {self.scope.value}", 1.0
        for feast in telling_days(self.published.date()):
            yield f"published on {feast}", 1.0
        for period in (self.ahead, self.back):
            for feast in telling_days(period.start.date()) if period else ():
                yield f"takes place on {feast}", 1.0
            if period or self._is_telling:
                yield f"begins {_part_of_day(period)}", 1.0
        if self.size or self._is_telling:
            yield f"size {_how_many(self.size)}", 1.0

    @property
    def _is_telling(self) -> bool:
        """Whether a text is long enough for what it leaves untold to say something: a bare title tells no size."""
        return len(self.seen) >= _A_FEW_SENTENCES


def _how_many(size: Size | None) -> str:
    if size is None:
        return "untold"
    return "crowd" if size.max >= _CROWD else "many" if size.max >= _MANY else "few"


def _part_of_day(period: Period | None) -> str:
    """A market that ends at four is not at night, whatever its name; one that runs past ten has a late end."""
    if period is None:
        return "at a time untold"
    if period.precision is not Precision.MINUTE:
        return "at an hour untold"
    start, end = period.start, period.end
    begins = (
        "at night" if not _MORNING <= start.hour < _NIGHT else "in the evening" if start.hour >= _EVENING else "by day"
    )
    if end is not None and (end.date() > start.date() or end.time() > time(_NIGHT)):
        return f"{begins}, late end"
    return begins


def strongest(names: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Each clue once, as strong as it was at most."""
    found: dict[str, float] = {}
    for name, strength in names:
        found[name] = max(strength, found.get(name, 0.0))
    return found
