"""Subscription: a key by which a program reads open events without a login; Feed and Entry: what it then gets."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, SQLModel

from classifiers import Category
from monitor.domain.columns import coded, last_day
from monitor.domain.event import Event
from monitor.domain.person import Role, User

GOOD_FOR = timedelta(days=365)
"""How long a key works: whoever still needs it makes a new one each year."""


class Audience(StrEnum):
    """Whom a subscription is for, and so which of the open events stand in it."""

    PUBLIC_ORDER = "openbare-orde"
    NEW_YEAR = "oud-en-nieuw"
    FOOTBALL = "voetbal"

    @property
    def label(self) -> str:
        """As pages and calendars call it."""
        return {
            "openbare-orde": "Openbare orde: alles",
            "oud-en-nieuw": "Oud en nieuw",
            "voetbal": "Voetbal",
        }[self.value]

    @property
    def categories(self) -> frozenset[Category]:
        """The kinds of events that it hears of."""
        return {
            "openbare-orde": frozenset(Category),
            "oud-en-nieuw": frozenset({Category.NEW_YEAR}),
            "voetbal": frozenset({Category.FOOTBALL}),
        }[self.value]


def audiences_of(role: Role | None) -> tuple[Audience, ...]:
    """What somebody with this role may subscribe to; a key outside the house gives no more than the work asks (R29)."""
    match role:
        case Role.ADVISOR | Role.LIAISON | Role.EDITOR:
            return tuple(Audience)
        case Role.PROJECT:
            return (Audience.NEW_YEAR,)
    return ()


class Subscription(SQLModel, table=True):
    """A key that somebody made for a program of theirs; it works as long as they may read what stands in it."""

    id: str = Field(primary_key=True)
    """SHA-256 of the key, in hex."""
    owner: str = Field(foreign_key="staff.name", index=True)
    audience: Audience = Field(sa_type=coded(Audience))
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    """When a program last came by; None until one does."""
    reads: int = 0
    """How often one came by."""
    delete_after: datetime = last_day()

    @property
    def mark(self) -> str:
        """What the audit trail calls it: enough of the hash to tell two apart."""
        return self.id[:12]

    def rests(self, owner: User | None) -> str:
        """Why the key opens nothing now, in Dutch; empty when it works. It works again when that is over."""
        if owner is None or not owner.active:
            return "de eigenaar is geblokkeerd"
        return "" if self.audience in audiences_of(owner.role) else "de rol van de eigenaar mag dit niet lezen"


@dataclass(frozen=True, slots=True)
class Entry:
    """One open event as it goes out, in plain Dutch."""

    event: Event
    headline: str
    """Level in words, kind and place; without the day, which every form tells by itself."""
    lines: tuple[str, ...]
    """What is known of it, and how it may be handled (R33)."""
    period: str
    """When it takes place, in words."""
    area: str
    """Name of the neighbourhood; empty when it is not known."""
    notice: str
    """What is known of the notification of a demonstration; empty for anything else."""
    address: str
    """Of its page in the house, where a login is asked."""
    confirmed: bool
    """More than one source reports it, or a notification or permit is known."""
    cancelled: bool
    withdrawn: bool
    """A person or a source took it back: those who heard of it hear that too."""
    updated: datetime
    """When it, or what is told of it, changed last."""

    def over_before(self, moment: datetime) -> bool:
        """Whether it ended before; one without a day is never over."""
        ended = self.event.ends or self.event.starts
        return ended is not None and ended <= moment


@dataclass(frozen=True, slots=True)
class Feed:
    """What one audience may know at this moment."""

    audience: Audience
    organisation: str
    address: str
    """Of the house; never that of the feed, which holds the key."""
    began: datetime
    """When the subscription was made: a feed without entries is as old as that."""
    today: datetime
    """The start of the local day on which it was asked for."""
    entries: tuple[Entry, ...]
    """In order of their start; those without a day, and those taken back, come last."""

    @property
    def title(self) -> str:
        """What a program calls it."""
        return f"Torenwacht – {self.audience.label}"

    @property
    def updated(self) -> datetime:
        """The newest change."""
        return max((entry.updated for entry in self.entries), default=self.began)

    @property
    def standing(self) -> tuple[Entry, ...]:
        """Those that were not taken back."""
        return tuple(entry for entry in self.entries if not entry.withdrawn)

    @property
    def coming(self) -> tuple[Entry, ...]:
        """Those of them that are not over before today."""
        return tuple(entry for entry in self.standing if not entry.over_before(self.today))

    @property
    def undated(self) -> tuple[Entry, ...]:
        """Those of which no report tells the day."""
        return tuple(entry for entry in self.standing if entry.event.starts is None)
