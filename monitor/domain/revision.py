"""Revision: one part of an event that became otherwise, when, and what brought that about. Table Revision."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from monitor.domain.columns import coded, last_day


class Part(StrEnum):
    """What is followed of an event; the value is the Dutch word for it."""

    CATEGORY = "soort"
    UNCERTAIN = "twijfel over de soort"
    PERIOD = "tijd"
    PLACE = "plaats"
    AREA = "buurt"
    SCOPE = "bereik"
    PHASE = "fase"
    SIZE = "omvang"
    LEVEL = "niveau"
    MACHINE_LEVEL = "niveau volgens de machine"
    REVIEWED = "beoordeeld door een mens"
    STATE = "stand"
    EVIDENCE = "indicatoren"
    SOURCES = "aantal bronnen"
    PUBLIC = "openbaar"
    NOTIFICATION = "kennisgeving"
    PERMIT = "vergunning"


class Revision(SQLModel, table=True):
    """One part of one event, before and after; `rules.history` writes and reads its values. Rows are only added."""

    id: int | None = Field(default=None, primary_key=True)
    event: int = Field(foreign_key="event.id", index=True)
    part: Part = Field(sa_type=coded(Part))
    was: str
    """A code, a number, a moment or a name of a place; empty when it was not known. Never words of a report."""
    now: str
    """As `was`."""
    report: int | None = Field(default=None, foreign_key="item.id", ondelete="SET NULL", index=True)
    """The report that told it, or could tell it no more; None for a person, the machine, or a report that is gone."""
    source: str = ""
    """The source of that report, which stays known when the report goes; empty when it was no report."""
    by: str
    """Login name, or `machine`."""
    at: datetime
    public: bool = True
    """False for what a confidential report brought about, or what came to be while the event was confidential (R31)."""
    delete_after: datetime = last_day()
