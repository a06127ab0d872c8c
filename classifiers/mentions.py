"""What a text says of days: Mention, the Frame that relative words count in, and the Direction they count to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from classifiers.vocabulary import Precision


class Direction(Enum):
    """Which way a word that names no year or no week is taken, seen from the moment of publication."""

    BACK = "back"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a day or a row of days."""

    start: int
    end: int
    """Offsets of the words in the text, half-open."""
    first: date
    last: date
    """Both included."""
    precision: Precision
    kind: str
    """The way of naming: a full date names the moment of an event more surely than "deze week"."""
    part: str | None = None
    """ochtend, middag, avond or nacht, where the words say so."""
    weekday: int | None = None
    """0 (Monday) to 6 where nothing but a weekday is named, so that a neighbouring date can settle the week."""
    others: tuple[date, ...] = ()
    """The other days of an enumeration: "14, 21 en 28 juni"."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What relative words count from."""

    published: datetime
    today: date
    """The day as people live it: see `lived_day`."""
    direction: Direction


_NIGHT_ENDS = 5


def lived_day(published: datetime) -> date:
    """The day as people live it: until five in the morning it is still last night.

    A feed that knows no more than the day says 00:00: that is the day itself.
    """
    at_night = published.hour < _NIGHT_ENDS and (published.hour, published.minute) != (0, 0)
    return published.date() - timedelta(days=at_night)
