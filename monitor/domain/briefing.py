"""Briefing: the weekly product. Digest (what it holds) passes; tables Briefing and Kpi stay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlmodel import Field, SQLModel, UniqueConstraint

from classifiers import Category, Level
from monitor.clock import local
from monitor.domain.columns import last_day
from monitor.domain.event import Event
from monitor.domain.load import Load
from monitor.domain.outlook import Outlook


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the agenda with its events in order of time."""

    date: date
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """How one source did, for the account of the briefing."""

    id: str
    name: str
    state: str
    """Dutch word of its health."""
    blind: bool
    """True when the reader must know that this source does not see now."""
    last_news: datetime | None
    since: datetime | None = None
    """When this state began; None when it does not matter or is not known."""
    advice: str = ""
    """Dutch: what the reader can do; empty when there is nothing to do."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed in the past week, as one Dutch sentence."""

    at: datetime
    event: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What one edition of the weekly briefing says; free of personal data.

    `start` and `end` bound the seven days up to today (local midnights, half-open); the agenda has 14 days from `end`.
    """

    organisation: str
    start: datetime
    end: datetime
    made_at: datetime
    confidential: bool
    in_short: tuple[str, ...]
    """At most three sentences."""
    days: tuple[Day, ...]
    loads: tuple[Load, ...]
    """Of each day on which something takes place in the municipality, in order."""
    undated: tuple[Event, ...]
    outlooks: Mapping[int | None, Outlook]
    """How each event of the agenda stands when the edition is made, by its id."""
    counts: dict[Level, int]
    by_category: dict[Category, tuple[Event, ...]]
    changes: tuple[Change, ...]
    past: tuple[Event, ...]
    sources: tuple[SourceLine, ...]
    police_signals: int
    """How many confidential events there are in the period; told in both editions, shown in one."""
    items_kept: int
    items_dropped: int
    redactions: int


def hash_of(html: str) -> str:
    """What `Briefing.sha256` must be: SHA-256 in hex over its text (R41)."""
    return sha256(html.encode()).hexdigest()


class Briefing(SQLModel, table=True):
    """One edition as it was made; frozen and hashed (R41)."""

    __table_args__ = (UniqueConstraint("start", "confidential"),)

    id: int | None = Field(default=None, primary_key=True)
    start: datetime
    end: datetime
    confidential: bool
    html: str
    sha256: str
    made_at: datetime
    approved_by: str = ""
    """Login name; empty until a person approved it (R35)."""
    approved_at: datetime | None = None
    delete_after: datetime = last_day()

    @property
    def file_name(self) -> str:
        """Without an ending: `weekbriefing-2026-w48`."""
        year, week, _ = local(self.start).isocalendar()
        return f"weekbriefing-{year}-w{week:02d}" + ("-vertrouwelijk" if self.confidential else "")


class Kpi(SQLModel, table=True):
    """One figure of the account: counts per month, never persons (R46)."""

    month: date = Field(primary_key=True)
    """The first day of the month."""
    name: str = Field(primary_key=True)
    """`items_seen`, `items_kept`, `items_dropped:<reason>`, `redactions:<type>`, `alerts`, `corrections`,
    `false_alarms`."""
    value: int
    delete_after: datetime = last_day()
