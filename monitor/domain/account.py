"""Account: what the running configuration tells of itself, for the papers that a municipality publishes (R45)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from classifiers import Indicator, Voice
from monitor.config import Retention
from monitor.domain.source import Source


class Publisher(StrEnum):
    """Who is behind a source, as the balance of sources counts them."""

    GOVERNMENT = "overheid"
    POLICE = "politie"
    MEDIA = "media"
    ORGANISERS = "organisatoren en agenda's"
    CLUBS = "clubs"
    SOCIAL = "sociale media"


PUBLISHER: Mapping[Voice, Publisher] = {
    Voice.NEWS: Publisher.MEDIA,
    Voice.POLICE: Publisher.POLICE,
    Voice.MUNICIPALITY: Publisher.GOVERNMENT,
    Voice.GAZETTE: Publisher.GOVERNMENT,
    Voice.AGENDA: Publisher.ORGANISERS,
    Voice.ORGANISATION: Publisher.ORGANISERS,
    Voice.CLUB: Publisher.CLUBS,
    Voice.SOCIAL: Publisher.SOCIAL,
}


@dataclass(frozen=True, slots=True)
class Outlet:
    """A channel that is switched on. Its name and address are nobody's business, so they are not here."""

    kind: str
    """A key of `alerts.KINDS`."""
    topics: tuple[str, ...]
    confidential: bool


@dataclass(frozen=True, slots=True)
class Share:
    """One kind of publisher among the sources."""

    publisher: Publisher
    configured: int
    running: int
    kept: int
    """Items that are in the store now."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One month, in counts: nobody can be found in them. seen = kept + dropped."""

    seen: int
    kept: int
    dropped: Mapping[str, int]
    """By reason of `rules.door`."""
    alerts: int
    corrections: int
    """How often a person judged otherwise: another level, merged, split, or taken off before anyone was alerted."""
    false_alarms: int
    """Events that a person took off after people were alerted."""
    redactions: Mapping[str, int]
    """Personal data taken out before anything was stored, by kind."""

    def as_json(self) -> dict[str, object]:
        """The same by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """What the model card tells of the reader."""

    model: str
    """The version that was measured: a changed reader has another."""
    items: int
    """Texts that were set aside to measure on."""
    values: Mapping[str, float]
    """Figure -> its value; shares from 0 to 1. `classifiers/training/evaluate.py` says what each means."""


@dataclass(frozen=True, slots=True)
class Account:
    """The configuration as it runs, at one moment. Holds no name of staff, no secret and no content of an item."""

    made_at: datetime
    version: str
    """Of the program."""
    organisation: str
    contact: str
    """A mailbox of an office; empty when none is set, or when it looks like somebody's own."""
    site: str
    """Where the public finds the pages, without a slash at its end; empty when that address is not public."""
    sources: tuple[Source, ...]
    """The whole catalogue, in order of name."""
    running: tuple[Source, ...]
    """Those of them that may be asked today."""
    approved: Mapping[str, str]
    """Source -> the roles that approved it; a source that nobody approved is not in it."""
    shares: tuple[Share, ...]
    by_hand: int
    """Items in the store that a person brought in."""
    outlets: tuple[Outlet, ...]
    retention: Retention
    indicators: tuple[Indicator, ...]
    reader: str
    """Its version."""
    measured: ModelFigures
    """What the model card of the reader tells."""
    database: str
    """What people call the kind of database."""
    tls: bool
    """Cookies travel over https only."""
    figures: Figures
    """Of this month."""
    dropped_for: Mapping[str, int]
    """The reasons why items were dropped, in Dutch, and how many."""
    taken_out: Mapping[str, int]
    """What people call each kind of personal data that was taken out, and how often."""

    @property
    def controllers(self) -> tuple[str, ...]:
        """Who is responsible, by the legal records; more than one is for a person to sort out."""
        return tuple(sorted({source.legal.controller for source in self.sources if source.legal}))

    @property
    def grounds(self) -> tuple[str, ...]:
        """Every lawful basis that a source names."""
        return tuple(sorted({source.legal.lawful_basis for source in self.sources if source.legal}))

    @property
    def assessments(self) -> tuple[str, ...]:
        """Every DPIA that a source refers to."""
        return tuple(sorted({source.legal.dpia_reference for source in self.sources if source.legal}))

    @property
    def dominant(self) -> Share | None:
        """The kind of publisher with more than half of the items, or else of the sources; None when there is none."""
        for counts in (
            {share: share.kept for share in self.shares},
            {share: share.configured for share in self.shares},
        ):
            for share, number in counts.items():
                if 2 * number > sum(counts.values()):
                    return share
        return None

    def has_outlet(self, kind: str) -> bool:
        """Whether a channel of that kind is switched on."""
        return any(outlet.kind == kind for outlet in self.outlets)


@dataclass(frozen=True, slots=True)
class Question:
    """What no configuration can tell, and a person of the municipality must (Dutch)."""

    paper: str
    """The file that it stands in."""
    about: str
    asks: str
    who: str
    """The office that decides."""


@dataclass(frozen=True, slots=True)
class Risk:
    """What may go wrong for people, and what keeps it small (Dutch)."""

    name: str
    measures: Mapping[str, str]
    """Requirement (R12) -> what the house does for it."""
