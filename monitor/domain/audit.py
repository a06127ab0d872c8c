"""AuditEntry: who saw or changed what, for which Purpose; Anchor: how that trail stood after a day (R43, R44, R48)."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256

from sqlmodel import Field, Index, SQLModel

from monitor.domain.columns import last_day


class Purpose(StrEnum):
    """What a use of data is for; the whole list (R48). What fits none of these is not done."""

    PUBLIC_ORDER = "beeld openbare orde", "Weten wat er in de openbare ruimte gebeurt of gaat gebeuren."
    ASSESSMENT = "beoordeling", "Vaststellen wat een gebeurtenis betekent, en wat de machine verkeerd zag."
    SIGNAL = "politiesignaal", "Een signaal van de politie vastleggen op de grondslag die erbij staat."
    BRIEFING = "weekbriefing", "De weekbriefing maken, goedkeuren, lezen en doorgeven."
    SOURCES = "bronbeheer", "Bronnen proberen, bevragen, pauzeren en stoppen."
    QUALITY = "nakijken", "Meten en nakijken hoe goed de machine leest."
    ACCESS = "toegang", "Regelen wie mag inloggen, en dat iemand inlogt."
    OVERSIGHT = "toezicht", "Nagaan wie wat bekeek of wijzigde, en of het logboek klopt."
    RIGHTS = "rechten", "Antwoord geven op een verzoek van iemand over gegevens die over die persoon gaan."
    RETENTION = "bewaartermijn", "Verwijderen wat zijn bewaartermijn voorbij is."
    OPENNESS = "openbaarheid", "Aan iedereen laten zien wat het systeem doet, met cijfers."
    OPERATION = "beheer", "Het systeem laten draaien en zien of het werkt."

    meaning: str

    def __new__(cls, value: str, meaning: str) -> "Purpose":
        purpose = str.__new__(cls, value)
        purpose._value_ = value
        purpose.meaning = meaning
        return purpose


class AuditEntry(SQLModel, table=True):
    """One act of a person. Rows are only added; each holds the hash of the one before."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_what_at", "what", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    """One more than that of the entry before: a missing one shows."""
    at: datetime
    who: str
    role: str
    act: str
    """`event_viewed`, `level_set`, `signal_added`, …"""
    what: str
    """What it was done to: `event:12`."""
    purpose: str
    """A Purpose, as text: an entry that someone spoiled must still be read, and told."""
    reason: str = ""
    """Why, in the words of who did it; empty where an act asks for none."""
    before: str
    """Hash of the entry before; empty for the first."""
    hash: str
    delete_after: datetime = last_day()

    def seal(self) -> str:
        """What `hash` must be: SHA-256 in hex over all other columns."""
        return _sealed(
            self.before, self.id, self.at, self.who, self.role, self.act, self.what, self.purpose, self.reason,
            self.delete_after,
        )  # fmt: skip


class Anchor(SQLModel, table=True):
    """How the trail stood after the last entry of a local day. It grows with that day, and then stands still."""

    day: date = Field(primary_key=True)
    last: int
    """Id of the last entry."""
    count: int
    """How many entries the day has."""
    head: str
    """Hash of the last entry: all before it hangs on that."""
    kept_until: datetime
    """Until then no entry of the day may go."""
    before: str
    """Hash of the anchor before; empty for the first."""
    hash: str
    purged_at: datetime | None = None
    """When the entries of the day were deleted; the database lets no other entry go."""
    delete_after: datetime = last_day()

    @property
    def first(self) -> int:
        """Id of the first entry of the day."""
        return self.last - self.count + 1

    def seal(self) -> str:
        """What `hash` must be: SHA-256 in hex over what is final once the day is over."""
        return _sealed(self.before, self.day, self.last, self.count, self.head, self.kept_until)


def _sealed(*parts: str | int | date | None) -> str:
    """A list in JSON, so that no text can pass from one part into the next."""
    told = [
        # As it comes back from either database.
        part.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(part, datetime)
        else part.isoformat() if isinstance(part, date)
        else part
        for part in parts
    ]  # fmt: skip
    return sha256(json.dumps(told).encode()).hexdigest()
