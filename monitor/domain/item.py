"""Item: one published piece. What passes in memory (Fetched … CleanItem) and what stays (tables Item, Seen)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from classifiers import Category, Period, PersonalKind, Reading, Voice
from monitor.domain.columns import Frozen, coded
from monitor.domain.source import Handling

MANUAL = "signaal"
"""The source of what a person adds."""

RESTRICTED = "beperkt"
"""An item that is kept, but shown nowhere and used for nothing; no code says why, for the reason tells of someone."""

EXTRACT_LENGTH = 500
"""Characters of text kept per item, after redaction (R18)."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer of a source, as it came; holds personal data, lives in memory only."""

    source: str
    url: str = field(repr=False)
    """May be signed with a key, so it stands in no log."""
    content_type: str
    body: bytes = field(repr=False)
    etag: str
    last_modified: str
    body_hash: str
    at: datetime
    reserved: bool = False
    """The publisher reserved text and data mining: title, date and link only (R5)."""
    fresh_for: timedelta | None = None
    """So long, says the server, asking again gives the same (Cache-Control, Expires); None when it says nothing."""


class ProvidedBy(StrEnum):
    """From where a manual signal comes: a part of an organisation, never a person (R30)."""

    LIAISON = "politieliaison"
    BASE_TEAM = "basisteam"
    INFORMATION = "politie-informatie"
    PROSECUTION = "openbaar ministerie"
    SAFETY_REGION = "veiligheidsregio"
    MUNICIPALITY = "gemeente"


@dataclass(frozen=True, slots=True)
class Provision:
    """On what ground, and by whom, a manual signal was given (R30); stands with the item as long as that lives."""

    basis: str
    """`wpg_16`, …, or `geen_politiegegevens`."""
    by: ProvidedBy


@dataclass(frozen=True, slots=True)
class Told:
    """What a source tells as data rather than in words: a calendar's dates, a fixture's place, a person's tick."""

    period: Period | None = None
    place: str = ""
    """Name of a place, as the source writes it; empty when it tells none."""
    category: Category | None = None
    cancelled: bool = False
    codes: tuple[str, ...] = ()
    """Indicators that a person ticked."""
    expires: datetime | None = None
    """When a person wants a signal gone; None leaves it to the retention periods."""
    provision: Provision | None = None
    """Of a manual signal; None for what a source publishes."""


@dataclass(frozen=True, slots=True)
class RawItem:
    """One entry of a source before anything was done to it; holds personal data, lives in memory only."""

    source: str
    key: str = field(repr=False)
    """The source's own id of the entry (guid, uid, identifier); empty when it gives none."""
    title: str = field(repr=False)
    text: str = field(repr=False)
    """May be HTML."""
    url: str = field(repr=False)
    published: datetime | None
    """Aware; None when the source gives no moment."""
    told: Told = Told()
    handling: Handling = Handling.OPEN
    voice: Voice = Voice.NEWS
    article: str = field(default="", repr=False)
    """The text of the entry's own page, where its source has `detail`; plain, and no part of what it is known by."""


@dataclass(frozen=True, slots=True)
class PlainItem:
    """A RawItem as plain text; still holds personal data, still in memory only."""

    source: str
    fingerprint: str
    """Of the source, its entry and what that says now: the same twice is the same version; 32 hex digits."""
    mark: str
    """Of the entry as it came, markup and all: known marks are not read again; 32 hex digits."""
    entry: str
    """Of the source and its entry alone: the same for every version of one entry; 32 hex digits."""
    title: str = field(repr=False)
    text: str = field(repr=False)
    url: str = field(repr=False)
    published: datetime
    told: Told
    handling: Handling
    voice: Voice


@dataclass(frozen=True, slots=True)
class CleanItem:
    """A PlainItem without personal data; made by `rules.redact` and nowhere else. May be kept."""

    source: str
    fingerprint: str
    entry: str
    title: str
    text: str
    url: str
    published: datetime
    told: Told
    handling: Handling
    voice: Voice
    redactions: tuple[tuple[PersonalKind, int], ...]
    """How many of each kind were taken out (R46)."""


class Item(SQLModel, table=True):
    """One piece as it is kept: redacted, shortened, read. Made by `rules.classify` and nowhere else."""

    id: int | None = Field(default=None, primary_key=True)
    fingerprint: str = Field(unique=True)
    entry: str = Field(index=True)
    """The same for every version of one entry: a corrected entry joins the event of its earlier version."""
    source: str = Field(index=True)
    title: str
    extract: str
    url: str
    published: datetime
    taken_in: datetime
    voice: Voice = Field(sa_type=coded(Voice))
    handling: Handling = Field(sa_type=coded(Handling))
    reading: Reading = Field(sa_column=Column(Frozen(Reading), nullable=False))
    expires: datetime | None = None
    """As in Told."""
    provision: Provision | None = Field(default=None, sa_column=Column(Frozen(Provision), nullable=True))
    """As in Told."""
    restricted: str = ""
    """RESTRICTED while it is kept but not used, at the request of someone it is about; else empty (R42)."""
    restricted_until: datetime | None = None
    """None while it is restricted: until it goes, for a legal hold keeps what was to be erased."""
    delete_after: datetime = Field(index=True)
    """Gone at the first purge after this moment (R37)."""


class Seen(SQLModel, table=True):
    """The bare fingerprint of an entry that was taken in or dropped, so that it is not taken in again.

    Each version has two: of how it came, and of its plain words. Markup changes oftener than what it says.
    """

    fingerprint: str = Field(primary_key=True)
    source: str
    dropped: str = ""
    """Why it was dropped at the door; empty when it was kept (R46)."""
    delete_after: datetime = Field(index=True)
