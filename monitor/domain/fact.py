"""Fact: what was decided, append-only. Tables Fact (journal), Delivery (outbox), Job (promise)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column
from sqlmodel import Field, SQLModel, UniqueConstraint

from alerts import Message
from monitor.domain.columns import Frozen, Plain, coded, last_day


class FactKind(StrEnum):
    """Everything that can happen in the house, in the past tense."""

    EVENT_OPENED = "event_opened"
    LEVEL_CHANGED = "level_changed"
    MOVED = "moved"
    CANCELLED = "cancelled"
    CONFIRMED = "confirmed"
    """A second source reports it."""
    RESUMED = "resumed"
    """What was cancelled goes on after all."""
    REVIEWED = "reviewed"
    """A person confirmed the level as it was."""
    REVIEW_ASKED = "review_asked"
    DOUBTED = "doubted"
    """Someone who may not decide says that it is wrong."""
    SIGNAL_ADDED = "signal_added"
    """A confidential signal joined an open event; known in its compartment only (R31)."""
    CORRECTED = "corrected"
    """A person corrected category or indicators, or took that back."""
    NOTIFICATION_LINKED = "notification_linked"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    """A person took a withdrawal back."""
    SOURCE_WITHDREW = "source_withdrew"
    """A source took its report back, so ours is gone too (R40)."""
    LEFT_THE_OPEN = "left_the_open"
    """Only confidential signals report it by now; known in its compartment only (R31)."""
    EVENTS_MERGED = "events_merged"
    EVENTS_PARTED = "events_parted"
    """A person took a merge back."""
    EVENT_SPLIT = "event_split"
    NOTICE_DUE = "notice_due"
    """It begins soon, and no notification is known."""
    NOT_SEEN = "not_seen"
    """Nobody acknowledged it in the time that a send rule gives."""
    BUNDLED = "bundled"
    """What waited for one channel goes as one message."""
    SOURCE_SILENT = "source_silent"
    SOURCE_FAILING = "source_failing"
    SOURCE_RECOVERED = "source_recovered"
    DELIVERY_REFUSED = "delivery_refused"
    CHANNEL_DEAF = "channel_deaf"
    """What people press and type on a channel no longer reaches us."""
    BRIEFING_READY = "briefing_ready"
    BRIEFING_APPROVED = "briefing_approved"
    COLLECTION_STOPPED = "collection_stopped"
    COLLECTION_RESUMED = "collection_resumed"
    PURGED = "purged"
    PURGE_LATE = "purge_late"
    """No purge went well for more than a day (R37)."""


class Fact(SQLModel, table=True):
    """One line of the journal: ids and codes, never text."""

    id: int | None = Field(default=None, primary_key=True)
    kind: FactKind = Field(sa_type=coded(FactKind))
    event: int | None = Field(default=None, foreign_key="event.id", index=True)
    source: str | None = None
    at: datetime = Field(index=True)
    by: str
    """Login name, or `machine`."""
    public: bool = True
    """False for one that a police signal brought about: it stays in its compartment."""
    data: dict[str, str | int | None] = Field(default_factory=dict, sa_column=Column(Plain(), nullable=False))
    delete_after: datetime = last_day()


class Delivery(SQLModel, table=True):
    """A fact for one channel, with its message as it was decided: the outbox."""

    __table_args__ = (UniqueConstraint("fact", "channel"),)

    id: int | None = Field(default=None, primary_key=True)
    fact: int = Field(foreign_key="fact.id", index=True)
    event: int | None = Field(default=None, foreign_key="event.id", index=True)
    channel: str
    message: Message | None = Field(default=None, sa_column=Column(Frozen(Message), nullable=True))
    """None once its retention is over."""
    created_at: datetime
    sent_at: datetime | None = None
    refused: str = ""
    """Why the channel will never take it; empty otherwise."""
    offered: bool = False
    """The channel was asked to take it and may have it: from then on it goes alone, and goes on."""
    held: bool = False
    """It had to wait for the end of quiet hours or of a burst."""
    bundle: int | None = Field(default=None, index=True)
    """The delivery that tells it, together with what else waited, or because it passed this one; None when it goes
    alone."""
    receipt: str = ""
    """What a later message needs to join this one's thread."""
    delete_after: datetime = last_day()


class Job(SQLModel, table=True):
    """One promise of the embedded queue: an act's name and its arguments, which are ids."""

    id: int | None = Field(default=None, primary_key=True)
    act: str
    args: dict[str, str | int] = Field(default_factory=dict, sa_column=Column(Plain(), nullable=False))
    lock: str | None = Field(default=None, index=True)
    """No two jobs with the same lock at one time."""
    key: str | None = None
    """No second one waiting with the same key."""
    status: str = Field(default="todo", index=True)
    """todo, doing, failed; a job that is done is gone."""
    attempts: int = 0
    """Times that it was started, those that the process did not survive too."""
    faults: int = 0
    """Times that its act failed unexpectedly."""
    pauses: int = 0
    """Times that it waited the usual pause, which is longer each time."""
    due: datetime = Field(index=True)
    delete_after: datetime = last_day()
