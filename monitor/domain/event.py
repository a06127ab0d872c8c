"""Event: one happening, fused from items. Tables Event, Sighting, Override, Acknowledgement; Assessment passes."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column
from sqlmodel import Field, SQLModel, UniqueConstraint

from classifiers import Category, Evidence, Level, Phase, Precision, Scope
from monitor.domain.columns import Frozen, Plain, coded, last_day


class EventState(StrEnum):
    """Where an event is in its life. A closed event is never assessed again."""

    OPEN = "open"
    CANCELLED = "afgelast"
    CLOSED = "gesloten"
    WITHDRAWN = "ingetrokken"
    """Taken back by a person or by its only sources, or merged into another event."""


@dataclass(frozen=True, slots=True)
class OpenFace:
    """What those outside the compartment last knew of an event that only confidential signals report by now (R31).

    As `Event` has it, without a word of a report. To them it was taken back at `changed_at`; when an open report comes,
    it goes on from here.
    """

    category: Category
    machine_category: Category
    title: str
    scope: Scope
    phase: Phase
    level: Level
    machine_level: Level
    sees: Level
    changed_at: datetime
    starts: datetime | None = None
    ends: datetime | None = None
    precision: Precision | None = None
    place: str = ""
    area: str = ""
    latitude: float | None = None
    longitude: float | None = None
    size_min: int | None = None
    size_max: int | None = None
    evidence: tuple[Evidence, ...] = ()
    uncertain: bool = False
    reviewed: bool = False
    reports: int = 1
    sources: int = 1
    revision: int = 1
    first_seen: datetime | None = None
    moved: bool = False
    notification: str = ""
    permit: str = ""
    model: str = ""


class Event(SQLModel, table=True):
    """A happening: what, when, where, how many, which level, and why.

    Moments are aware, UTC in the database; `starts` None means that no report tells the day.
    """

    id: int | None = Field(default=None, primary_key=True)
    category: Category = Field(sa_type=coded(Category))
    """The one that counts: a person's when there is one, else the machine's."""
    machine_category: Category = Field(sa_type=coded(Category))
    title: str
    """Composed from category, place and day; never quoted from an item."""
    starts: datetime | None = Field(default=None, index=True)
    ends: datetime | None = None
    precision: Precision | None = Field(default=None, sa_type=coded(Precision))
    place: str = ""
    """The most specific place reported; empty when none."""
    area: str = ""
    """CBS code of the neighbourhood; empty when the place has no known point in the municipality."""
    latitude: float | None = None
    longitude: float | None = None
    scope: Scope = Field(sa_type=coded(Scope))
    phase: Phase = Field(sa_type=coded(Phase))
    size_min: int | None = None
    size_max: int | None = None
    level: Level = Field(sa_type=coded(Level))
    """The level that counts: a person's when there is one, else the machine's."""
    machine_level: Level = Field(sa_type=coded(Level))
    sees: Level = Field(sa_type=coded(Level))
    """The machine's level with the confidential signals counted too; asked about in the compartment, never shown."""
    evidence: tuple[Evidence, ...] = Field(default=(), sa_column=Column(Frozen(tuple[Evidence, ...]), nullable=False))
    """One per indicator: `samenloop` from neighbouring events included."""
    remembered: tuple[Evidence, ...] = Field(default=(), sa_column=Column(Frozen(tuple[Evidence, ...]), nullable=False))
    """Indicators of confidential reports that are gone, without their words: a level does not sink by a purge."""
    uncertain: bool = False
    """The reader was not sure of the category: a person looks (R23)."""
    reviewed: bool = False
    """A person set or confirmed the level; before that a C is 'signaal, nog niet beoordeeld' (R24)."""
    state: EventState = Field(default=EventState.OPEN, sa_type=coded(EventState))
    public: bool = True
    """At least one open item reports it; otherwise it is confidential."""
    left_open: OpenFace | None = Field(default=None, sa_column=Column(Frozen(OpenFace), nullable=True))
    """Of a confidential event that was open: how it stood there; None for any other."""
    reports: int = 1
    sources: int = 1
    revision: int = 1
    """Counts what readers can see changing; an acknowledgement belongs to one revision."""
    opened_at: datetime
    first_seen: datetime | None = None
    """When it was first heard of by those who may see it now; None where that is not known any more."""
    moved: bool = False
    """Readers were told that its day or place changed; it stays true (`rules.stage`)."""
    changed_at: datetime
    merged_into: int | None = Field(default=None, foreign_key="event.id")
    notification: str = ""
    """Number of the notification (kennisgeving) that a person linked; empty when none is known."""
    permit: str = ""
    """Number of the permit that a person linked; empty when none is known."""
    model: str = ""
    """Version of the reader that judged it last."""
    delete_after: datetime = Field(index=True)


def open_face(event: Event) -> OpenFace:
    """How an event stands in the open now."""
    return OpenFace(**{field.name: getattr(event, field.name) for field in fields(OpenFace)})


def in_the_open(event: Event) -> Event | None:
    """The event as those outside the compartment may know it; None when they never knew of it (R31).

    One that only confidential signals report by now was taken back, to them: just as when no report is left.
    """
    if event.public:
        return event
    face = event.left_open
    if face is None:
        return None
    known = {field.name: getattr(face, field.name) for field in fields(face)}
    taken_back = {
        "public": True,
        "state": EventState.WITHDRAWN,
        "merged_into": None,
        "remembered": (),
        "left_open": None,
    }
    return event.model_copy(update=known | taken_back)


class Sighting(SQLModel, table=True):
    """One item's report of one event, and why the two were joined."""

    __table_args__ = (UniqueConstraint("item"),)

    id: int | None = Field(default=None, primary_key=True)
    event: int = Field(foreign_key="event.id", index=True)
    item: int = Field(foreign_key="item.id")
    why: str
    """Codes of the reasons, separated by spaces: `dag plaats soort`."""
    came_from: int | None = None
    """The event that reported it before two were merged, so that this can be taken back."""
    at: datetime
    delete_after: datetime = last_day()


class Override(SQLModel, table=True):
    """What a person puts above the machine's judgement of an event (R25).

    Rows are only added, and the newest counts as a whole: each repeats what still holds of the one before. What is
    None or empty leaves its word to the machine.
    """

    id: int | None = Field(default=None, primary_key=True)
    event: int = Field(foreign_key="event.id", index=True)
    level: Level | None = Field(sa_type=coded(Level))
    until: datetime | None = None
    """When its level lapses, and the machine has its word back; None: when somebody says so."""
    category: Category | None = Field(default=None, sa_type=coded(Category))
    added: list[str] = Field(default_factory=list, sa_column=Column(Plain(), nullable=False))
    """Codes of indicators that no report shows and that are there."""
    struck: list[str] = Field(default_factory=list, sa_column=Column(Plain(), nullable=False))
    """Codes of indicators that the machine sees and that are not there."""
    reason: str
    public: bool = True
    """False for one made while the event was confidential: it does not count once the event is open."""
    by: str
    """Login name of the person who decided."""
    role: str
    at: datetime
    delete_after: datetime = last_day()


class Acknowledgement(SQLModel, table=True):
    """Someone has seen one revision of an event."""

    __table_args__ = (UniqueConstraint("event", "by", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    event: int = Field(foreign_key="event.id", index=True)
    by: str
    revision: int
    at: datetime
    delete_after: datetime = last_day()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another event near in place and time, as `samenloop` sees it."""

    id: int
    title: str
    public: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """What reports, neighbours and a person's decision together say of an event."""

    level: Level
    machine_level: Level
    evidence: tuple[Evidence, ...]
    cancelled: bool
    sees: Level
    """What the machine sees with the confidential signals counted too: never shown, only asked about."""
