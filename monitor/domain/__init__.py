"""The nouns: frozen dataclasses for what passes, SQLModel tables for what stays."""

from monitor.domain.approval import HIGH_RISK_AT_MOST, Approval, Decision, Standing, four_eyes
from monitor.domain.area import Area, area_at, areas, metres
from monitor.domain.audit import AuditEntry
from monitor.domain.briefing import Briefing, Change, Day, Digest, Kpi, SourceLine
from monitor.domain.event import (
    Acknowledgement,
    Assessment,
    Event,
    EventState,
    Neighbour,
    Override,
    Sighting,
)
from monitor.domain.fact import Delivery, Fact, FactKind, Job
from monitor.domain.item import EXTRACT_LENGTH, MANUAL, CleanItem, Fetched, Item, PlainItem, RawItem, Seen, Told
from monitor.domain.person import MACHINE, Actor, Login, Role, User
from monitor.domain.source import (
    Handling,
    Host,
    LegalBasis,
    Outcome,
    PersonalDataRisk,
    Source,
    SourceState,
    Switch,
    Tick,
)

__all__ = [
    "EXTRACT_LENGTH",
    "HIGH_RISK_AT_MOST",
    "MACHINE",
    "MANUAL",
    "Acknowledgement",
    "Actor",
    "Approval",
    "Area",
    "Assessment",
    "AuditEntry",
    "Briefing",
    "Change",
    "CleanItem",
    "Day",
    "Decision",
    "Delivery",
    "Digest",
    "Event",
    "EventState",
    "Fact",
    "FactKind",
    "Fetched",
    "Handling",
    "Host",
    "Item",
    "Job",
    "Kpi",
    "LegalBasis",
    "Login",
    "Neighbour",
    "Outcome",
    "Override",
    "PersonalDataRisk",
    "PlainItem",
    "RawItem",
    "Role",
    "Seen",
    "Sighting",
    "Source",
    "SourceLine",
    "SourceState",
    "Standing",
    "Switch",
    "Tick",
    "Told",
    "User",
    "area_at",
    "areas",
    "four_eyes",
    "metres",
]
