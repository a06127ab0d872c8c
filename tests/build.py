"""Things as tests need them: every field has a default, the test names the one that matters."""

from datetime import datetime, timedelta
from typing import Any

from classifiers import Category, Evidence, Level, Period, Phase, Place, Precision, Reading, Scope, Size, Voice
from monitor.clock import AMSTERDAM
from monitor.domain import Approval, Decision, Event, EventState, Handling, Item, RawItem, Role, Source, Told

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=AMSTERDAM)
"""A Sunday; the moment of most tests."""


def at(day: int, hour: int = 0, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    """A local moment, in November 2026 unless told otherwise."""
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


def a_period(start: datetime, hours: float = 2) -> Period:
    """Exact to the minute."""
    return Period(start, start + timedelta(hours=hours), Precision.MINUTE)


def a_day(day: int, month: int = 11) -> Period:
    """A bare date."""
    return Period(at(day, month=month), at(day, month=month) + timedelta(days=1), Precision.DAY)


GROTE_MARKT = Place("Grote Markt", "plein", "Groningen", 53.219, 6.567)
VISMARKT = Place("Vismarkt", "plein", "Groningen", 53.217, 6.563)
EUROBORG = Place("Euroborg", "gebouw", "Groningen", 53.206, 6.591)
CITY = Place("Groningen", "stad", "Groningen", 53.219, 6.567)


def a_reading(**told: Any) -> Reading:
    """A demonstration on the Grote Markt on Saturday 28 November 2026 at 14.00."""
    codes = told.pop("codes", ())
    values: dict[str, Any] = {
        "category": Category.DEMONSTRATION,
        "confidence": 0.9,
        "scores": ((Category.DEMONSTRATION, 0.9), (Category.NONE, 0.1)),
        "scope": Scope.MUNICIPALITY,
        "phase": Phase.ANNOUNCED,
        "relevant": True,
        "level": Level.A,
        "evidence": tuple(Evidence(code, f"… {code} …") for code in codes),
        "period": a_period(at(28, 14)),
        "places": (GROTE_MARKT,),
        "size": None,
        "model": "test",
    }
    return Reading(**values | told)


_number = iter(range(1, 1_000_000))


def an_item(**told: Any) -> Item:
    """An open item with `a_reading`, of a source and an entry of its own."""
    n = next(_number)
    values: dict[str, Any] = {
        "id": n,
        "fingerprint": f"{n:032x}",
        "entry": f"{n:032x}",
        "source": f"bron-{n}",
        "title": "Protestmars over de Grote Markt",
        "extract": "De optocht vertrekt zaterdag vanaf de Grote Markt.",
        "url": "https://krant.example/1",
        "published": NOON,
        "taken_in": NOON,
        "voice": Voice.NEWS,
        "handling": Handling.OPEN,
        "reading": a_reading(),
        "delete_after": NOON + timedelta(days=30),
    }
    return Item(**values | told)


def an_event(**told: Any) -> Event:
    """An open, public demonstration of level A."""
    values: dict[str, Any] = {
        "id": next(_number),
        "category": Category.DEMONSTRATION,
        "machine_category": Category.DEMONSTRATION,
        "title": "Demonstratie, Grote Markt, za 28 nov",
        "starts": at(28, 14),
        "ends": at(28, 16),
        "precision": Precision.MINUTE,
        "place": "Grote Markt",
        "area": "BU00140000",
        "latitude": 53.219,
        "longitude": 6.567,
        "scope": Scope.MUNICIPALITY,
        "phase": Phase.ANNOUNCED,
        "level": Level.A,
        "machine_level": Level.A,
        "sees": Level.A,
        "state": EventState.OPEN,
        "opened_at": NOON,
        "changed_at": NOON,
        "delete_after": NOON + timedelta(days=365),
    }
    return Event(**values | told)


def an_approval(source: Source, decision: Decision = Decision.APPROVED, **told: Any) -> Approval:
    """A decision of an administrator about the source as it is, at noon."""
    values: dict[str, Any] = {
        "source": source.id,
        "decision": decision,
        "by": "anna",
        "role": Role.ADMIN,
        "reason": "Beoordeeld.",
        "at": NOON,
        "record": source.record,
    }
    return Approval(**values | told)


def four_eyes_on(source: Source, moment: datetime = NOON, days: int = 90) -> tuple[Approval, Approval]:
    """An administrator approved it, and a privacy officer too, for so many days."""
    until = moment.date() + timedelta(days=days)
    second = an_approval(source, Decision.SECONDED, by="bert", role=Role.PRIVACY, at=moment, until=until)
    return an_approval(source, at=moment), second


def a_raw(title: str, text: str = "", **told: Any) -> RawItem:
    """An entry of the newspaper, published an hour before noon."""
    values: dict[str, Any] = {
        "source": "krant",
        "key": f"{next(_number)}",
        "title": title,
        "text": text,
        "url": "https://krant.example/bericht",
        "published": NOON - timedelta(hours=1),
        "told": Told(),
        "handling": Handling.OPEN,
        "voice": Voice.NEWS,
    }
    return RawItem(**values | told)


__all__ = [
    "CITY", "EUROBORG", "GROTE_MARKT", "NOON", "VISMARKT", "Size",
    "a_day", "a_period", "a_raw", "a_reading", "an_approval", "an_event", "an_item", "at", "four_eyes_on",
]  # fmt: skip
