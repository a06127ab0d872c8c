"""AuditEntry: who saw or changed what, for which purpose; a chain in which no link can be changed unseen (R43, R44)."""

from datetime import datetime
from hashlib import sha256

from sqlmodel import Field, SQLModel

from monitor.domain.columns import last_day


class AuditEntry(SQLModel, table=True):
    """One act of a person. Rows are only added; each holds the hash of the one before."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    who: str
    role: str
    act: str
    """`event_viewed`, `level_set`, `signal_added`, …"""
    what: str
    """What it was done to: `event:12`."""
    purpose: str
    before: str
    """Hash of the entry before; empty for the first."""
    hash: str
    delete_after: datetime = last_day()


def link(before: str, at: datetime, *, who: str, role: str, act: str, what: str, purpose: str) -> str:
    """The hash of an entry: SHA-256 in hex over all its parts and the hash before."""
    parts = (before, at.isoformat(timespec="microseconds"), who, role, act, what, purpose)
    return sha256("\x1f".join(parts).encode()).hexdigest()
