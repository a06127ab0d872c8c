"""Load: what one day brings to the whole municipality, and how much of it is known."""

from dataclasses import dataclass
from datetime import date, datetime

from classifiers import Level


@dataclass(frozen=True, slots=True)
class Rush:
    """The hours of a day in which most events take place at once."""

    starts: datetime
    ends: datetime | None
    """None when one of these events does not tell its end."""
    events: int
    """At least two."""


@dataclass(frozen=True, slots=True)
class Load:
    """The events of one day in the municipality, added up."""

    day: date
    counts: dict[Level, int]
    """How many events of each level."""
    known: int
    """Of how many events the size is told."""
    least: int
    """People at all events whose size is told, by their lowest figures."""
    most: int
    """The same by their highest figures."""
    rush: Rush | None = None
    """None when no two events are known to meet."""

    @property
    def events(self) -> int:
        """How many there are."""
        return sum(self.counts.values())
