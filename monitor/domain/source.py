"""Source: one approved origin of items, and what we remember of polling it. Tables SourceState, Tick, Switch."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from urllib.parse import urlsplit

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from classifiers import Voice
from monitor.domain.approval import Approval, Standing, standing_of
from monitor.domain.columns import Plain, coded, last_day


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
    UNDATED = "undated"
    """Entries, and not one of them says when."""
    NOT_A_FEED = "not_a_feed"
    SELECTOR_MISSING = "selector_missing"
    ROBOTS_DENIED = "robots_denied"
    BLOCKED = "blocked"
    PAYWALLED = "paywalled"
    FAILING = "failing"

    @property
    def good(self) -> bool:
        """The source was heard."""
        return self in (Outcome.OK, Outcome.NOT_MODIFIED, Outcome.EMPTY, Outcome.UNDATED)


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
    detail: bool = False
    """Each new entry's own page is read too, one step and in memory; only the short extract is kept (R18)."""
    follows_removal: bool = False
    """What the source takes away, we take away (R40)."""
    ends_at: date | None = None
    """The last day that it may be asked, whoever approves it; None: until its review."""
    options: Mapping[str, object] = field(default_factory=dict)
    """What only its kind understands: selectors, paths, a query."""

    @property
    def host(self) -> str:
        """The host of its address, in lower case."""
        return (urlsplit(self.url).hostname or "").lower()

    @property
    def high_risk(self) -> bool:
        """It asks for four eyes and a last day (R9)."""
        return self.legal is not None and self.legal.personal_data_risk is PersonalDataRisk.HIGH

    @property
    def record(self) -> str:
        """SHA-256 in hex of what people approve: where it is asked, for what, and on which ground."""
        legal = astuple(self.legal) if self.legal else ()
        asked = (self.url, self.kind, self.hosts, self.voice, self.handling, self.detail, self.options)
        return sha256(json.dumps((asked, legal), sort_keys=True, default=str).encode()).hexdigest()

    def standing(self, approvals: Sequence[Approval]) -> Standing:
        """What decisions about it, oldest first, come to for its row as it is now."""
        return standing_of(approvals, self.record) if approvals else Standing()

    def hindrance(self, today: date, approvals: Sequence[Approval]) -> str | None:
        """Why it may not start, as a Dutch sentence; None when it may (R1, R9).

        `approvals` are all decisions about it, oldest first.
        """
        if not self.enabled:
            return f"Bron '{self.id}' staat uit. Zet 'enabled = true' als de bron mag starten."
        if lacks := self.lacks:
            return f"Bron '{self.id}' mist {', '.join(lacks)}. Vul dit aan onder [source.legal] in sources.toml."
        standing = self.standing(approvals)
        if standing.withdrawn:
            return (
                f"De goedkeuring van bron '{self.id}' is op {standing.withdrawn.at:%d-%m-%Y} ingetrokken door de "
                f"{standing.withdrawn.role}. Keur de bron opnieuw goed als zij weer mag starten."
            )
        return self._unapproved(standing) or self._over(today, standing)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What its legal record lacks, besides an approval: that people can give by an act."""
        return tuple(key for key in self.missing if key != "approved_by_role") or (
            ("het juridische deel",) if self.legal is None else ()
        )

    def _unapproved(self, standing: Standing) -> str | None:
        """Whose approval it waits for."""
        changed = " Haar rij in sources.toml is veranderd sinds de vorige goedkeuring." if standing.void else ""
        if self.high_risk and not standing.pairs:
            if standing.waits_for_second:
                return f"Bron '{self.id}' heeft een hoog risico, en wacht op de goedkeuring van een tweede persoon."
            return (
                f"Bron '{self.id}' heeft een hoog risico.{changed} Twee personen in twee rollen moeten haar "
                "goedkeuren, van wie één de privacyfunctionaris is."
            )
        if not self.high_risk and "approved_by_role" in self.missing and standing.approved is None:
            return (
                f"Bron '{self.id}' wacht op goedkeuring.{changed} Keur haar goed op de pagina Bronnen of met "
                f"'torenwacht sources approve {self.id}', of noem bij 'approved_by_role' in sources.toml wie dat deed."
            )
        return None

    def _over(self, today: date, standing: Standing) -> str | None:
        """Which of its days is past."""
        alone = standing.approved.until if standing.approved else None
        approved_until = standing.pair_until if self.high_risk else alone
        if approved_until and approved_until < today:
            return f"Bron '{self.id}' mocht tot en met {approved_until:%d-%m-%Y}. Laat haar opnieuw goedkeuren."
        if self.ends_at is not None and self.ends_at < today:
            return (
                f"Bron '{self.id}' mocht tot en met {self.ends_at:%d-%m-%Y}. "
                "Zet de bron uit, of laat haar opnieuw goedkeuren met een nieuwe 'ends_at'."
            )
        review_date = standing.review_date or (self.legal.review_date if self.legal else date.min)
        if review_date < today:
            return (
                f"Bron '{self.id}' moest uiterlijk op {review_date:%d-%m-%Y} opnieuw zijn beoordeeld. "
                "Beoordeel de bron op de pagina Bronnen of met 'torenwacht sources review'."
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
    since: datetime | None = None
    """When it began to do what its outcome says: to be heard, to fail, to be empty or undated; None: never asked."""
    polled_at: datetime | None = None
    read_at: datetime | None = None
    """When it last gave its list, changed or not asked for conditionally."""
    news_at: datetime | None = None
    """When the newest entry was published that it ever listed; where none has a date: when the newest came."""
    news_days: list[str] = Field(default_factory=list, sa_column=Column(Plain(), nullable=False))
    """The last local days on which it published something, oldest first (ISO): its rhythm."""
    lists_until: datetime | None = None
    """When the last thing that an agenda lists is over; it is not silent before. None: it is no agenda."""
    failures: int = 0
    """Polls in a row that failed."""
    strain: float = 0.0
    """The weight of those failures together; see `rules.health`."""
    reported: str = ""
    """The fact that people were told last: `source_failing` or `source_silent`; empty when all is well."""
    reported_at: datetime | None = None
    apart: int = 0
    """Seconds between two of its publications, on average; 0: not known."""
    interval: int = 0
    """Seconds between two polls that its news asks for now; 0: its own `every`."""
    due_at: datetime | None = None
    """No poll before this moment: the interval, Retry-After or back-off; None: never asked."""
    paused: bool = False
    delete_after: datetime = last_day()


class Tick(SQLModel, table=True):
    """One promised poll: the primary key sees to it that one node of many puts the job (decision 0002)."""

    source: str = Field(primary_key=True)
    slot: int = Field(primary_key=True)
    """The moment that it fell due, in seconds since 1970; for acts of the house the day."""
    at: datetime
    delete_after: datetime = last_day()


class Switch(SQLModel, table=True):
    """The kill switch (R47): one row, present and `on` while all collection is stopped."""

    name: str = Field(primary_key=True)
    on: bool
    by: str
    at: datetime
    delete_after: datetime = last_day()


class Host(SQLModel, table=True):
    """What one host asks of visitors, and whose turn it is there: known to all processes."""

    site: str = Field(primary_key=True)
    """Scheme, name and port, for what it asks; `//name` for the turns at all of these together."""
    allows: list[list[str | bool]] = Field(default_factory=list, sa_column=Column(Plain(), nullable=False))
    """robots.txt for us: each pattern, and whether it allows."""
    reserves: list[list[str | bool]] = Field(default_factory=list, sa_column=Column(Plain(), nullable=False))
    """Patterns of paths, and whether text and data mining is free there."""
    delay: float = 0.0
    """Seconds that robots.txt asks between two requests."""
    known_until: datetime | None = None
    held_until: datetime | None = None
    """Someone asks there now, and will be done, or given up, by then."""
    free_at: datetime | None = None
    """No request before this moment."""
    delete_after: datetime = last_day()
