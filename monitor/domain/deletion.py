"""What must go and what must stay: Deletion, the proof that rows went, and Hold, which keeps them for a while."""

from datetime import datetime
from hashlib import sha256

from sqlmodel import Field, SQLModel

from monitor.domain.columns import last_day


class Deletion(SQLModel, table=True):
    """What one purge took by one rule, without a word of it; each row holds the hash of the one before (R39)."""

    id: int | None = Field(default=None, primary_key=True)
    batch: int
    """The number of the purge, from 1."""
    at: datetime
    rule: str
    """The name of the `Term`; `nothing` for a purge that had nothing to take."""
    table_name: str
    count: int
    first: datetime | None
    """The first and the last of the days on which these rows had to go; None where there are none."""
    last: datetime | None
    before: str
    """Hash of the row before; empty for the first."""
    hash: str
    delete_after: datetime = last_day()

    def seal(self) -> str:
        """The hash that belongs to this row: SHA-256 in hex over all its parts and the hash before."""
        moments = (m.isoformat(timespec="microseconds") if m else "" for m in (self.at, self.first, self.last))
        parts = (self.before, str(self.batch), self.rule, self.table_name, str(self.count), *moments)
        return sha256("\x1f".join(parts).encode()).hexdigest()


class Hold(SQLModel, table=True):
    """A duty to keep what would go, set by the privacy officer: of one event, of one source, or of a period."""

    id: int | None = Field(default=None, primary_key=True)
    event: int | None = None
    """No key of another table: the hold is remembered when its event is gone."""
    source: str = ""
    starts: datetime | None = None
    """Of the period, half-open; None for the other two."""
    ends: datetime | None = None
    police: bool = False
    """Police signals stay too, longer than the term for which they were given."""
    reason: str
    by: str
    role: str
    at: datetime
    until: datetime
    """From this moment it holds nothing, whatever anybody forgot."""
    ended_at: datetime | None = None
    """When somebody ended it sooner."""
    delete_after: datetime = last_day()
