"""Source: one approved origin of items, and what we remember of polling it. Tables SourceState, Tick, Switch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, SQLModel

from classifiers import Voice
from monitor.domain.columns import coded


class Handling(StrEnum):
    """How widely something may be shared (glossary: vertrouwelijkheid)."""

    OPEN = "openbaar"
    INTERNAL = "intern"
    CONFIDENTIAL = "vertrouwelijk"
    POLICE = "politie"

    @property
    def confidential(self) -> bool:
        """It stays in its compartment: advisors and the liaison, never an open channel or edition (R31)."""
        return self in (Handling.CONFIDENTIAL, Handling.POLICE)


class PersonalDataRisk(StrEnum):
    """Chance that an entry of a source carries personal data."""

    LOW = "laag"
    MEDIUM = "midden"
    HIGH = "hoog"


class Outcome(StrEnum):
    """What one poll of a source gave."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    EMPTY = "empty"
    BROKEN = "broken"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The legal record of a source; with one part missing or past its review date it does not start (R1)."""

    controller: str
    purpose: str
    lawful_basis: str
    dpia_reference: str
    personal_data_risk: PersonalDataRisk
    retention_days: int
    approved_by_role: str
    review_date: date


@dataclass(frozen=True, slots=True)
class Source:
    """One row of sources.toml."""

    id: str
    name: str
    publisher: str
    kind: str
    """A key of `collect.KINDS`."""
    url: str
    voice: Voice
    every: timedelta
    """The least time between two polls."""
    hosts: tuple[str, ...]
    """The only hosts that are ever contacted for it, in lower case (R2)."""
    enabled: bool
    legal: LegalBasis | None
    """None, or incomplete in `missing`, keeps the source from starting."""
    missing: tuple[str, ...] = ()
    """Keys of the legal record that are absent or empty."""
    handling: Handling = Handling.OPEN
    options: Mapping[str, object] = field(default_factory=dict)
    """What only its kind understands: selectors, paths, a query."""

    def hindrance(self, today: date) -> str | None:
        """Why it may not start, as a Dutch sentence; None when it may (R1)."""
        if not self.enabled:
            return f"Bron '{self.id}' staat uit. Zet 'enabled = true' als de bron mag starten."
        if self.missing or self.legal is None:
            keys = ", ".join(self.missing) or "het juridische deel"
            return f"Bron '{self.id}' mist {keys}. Vul dit aan onder [source.legal] in sources.toml."
        if self.legal.review_date < today:
            return (
                f"Bron '{self.id}' moest uiterlijk op {self.legal.review_date:%d-%m-%Y} opnieuw zijn beoordeeld. "
                "Beoordeel de bron en zet een nieuwe 'review_date'."
            )
        return None


class SourceState(SQLModel, table=True):
    """What the last polls of one source gave: validators, outcome and health."""

    __tablename__ = "source_state"

    source: str = Field(primary_key=True)
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    """Of the last body that was taken in whole, for servers without validators; empty when there is none."""
    outcome: Outcome | None = Field(default=None, sa_type=coded(Outcome))
    reason: str = ""
    """English, one line, from the error; never text of an item."""
    advice: str = ""
    """Dutch, for the page of sources."""
    polled_at: datetime | None = None
    news_at: datetime | None = None
    """When the newest entry was published that it ever brought."""
    failures: int = 0
    """Polls in a row that failed."""
    reported: str = ""
    """The fact that people were told last: `source_failing` or `source_silent`; empty when all is well."""
    not_before: datetime | None = None
    """No poll before this moment: Retry-After or back-off."""
    paused: bool = False


class Tick(SQLModel, table=True):
    """One promised poll: the primary key sees to it that one node of many puts the job (decision 0002)."""

    source: str = Field(primary_key=True)
    slot: int = Field(primary_key=True)
    """Whole periods of the source since 1970."""
    at: datetime


class Switch(SQLModel, table=True):
    """The kill switch (R47): one row, present and `on` while all collection is stopped."""

    name: str = Field(primary_key=True)
    on: bool
    by: str
    at: datetime
