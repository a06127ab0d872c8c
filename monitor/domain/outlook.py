"""Outlook: how an event stands at one moment, as an advisor asks for it. Passes; nothing of it is kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """Where an event is between the first word of it and its end; the value is the word that readers see."""

    ANNOUNCED = "aangekondigd"
    NOTIFIED = "aangemeld"
    """A person linked its notification."""
    PERMITTED = "vergund"
    """A person linked its permit."""
    MOVED = "verplaatst"
    """Its day or place changed since it was announced: what was notified or permitted may be of the old one."""
    CANCELLED = "afgelast"
    UNDER_WAY = "gaande"
    OVER = "voorbij"
    WITHDRAWN = "ingetrokken"


class Notified(StrEnum):
    """How a demonstration stands towards its term of notice (R49)."""

    DONE = "gemeld"
    IN_TIME = "kan nog gemeld worden"
    TOO_LATE = "uiterste moment verstreken"
    UNKNOWN = "uiterste moment niet bekend"
    """No report tells its day exactly."""
    NOT_ASKED = "niet van toepassing"
    """It is no demonstration, or it does not take place any more."""


@dataclass(frozen=True, slots=True)
class Notification:
    """The notification of one event at one moment."""

    state: Notified
    latest: datetime | None
    """The last moment at which it can be or could have been notified; None where there is none."""
    words: str
    """Dutch, for a line that says that it is about the notification."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """One event at one moment, in words."""

    stage: Stage
    lead: str
    """`over 6 dagen`; empty once it began, and when no report tells the day."""
    first_seen: str
    """`zo 22 nov 12.00 uur, 6 dagen van tevoren`; empty when that is not known."""
    notification: Notification
