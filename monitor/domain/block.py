"""Block: a text that may not come in again, known by its keyed hash only (R42)."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from monitor.domain.columns import last_day


class Block(SQLModel, table=True):
    """One form of a text that someone asked us to leave out. Who it is about cannot be read from it."""

    id: int | None = Field(default=None, primary_key=True)
    hash: str = Field(unique=True)
    """HMAC-SHA-256 of the form, with the key of the installation; 64 hex digits."""
    drops: bool = False
    """The whole report stays out (objection); else the words alone."""
    added_at: datetime
    until: datetime
    """It blocks nothing from this moment on."""
    delete_after: datetime = last_day()
