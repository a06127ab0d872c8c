"""Rows that belong to rows: what the builders of `tests.build` leave out."""

from monitor.domain import Briefing, Delivery, Event, Fact, Item, Sighting
from tests.build import NOON


def id_of(row: Item | Event | Fact | Delivery | Briefing | None) -> int:
    """The id of a row that is in the database."""
    assert row is not None
    assert row.id is not None
    return row.id


def a_sighting(event: Event, item: Item | None) -> Sighting:
    """The item reports the event."""
    return Sighting(event=id_of(event), item=id_of(item), why="dag", at=NOON)


def a_delivery(fact: Fact, event: Event | None = None, channel: str = "adviseurs") -> Delivery:
    """The fact, to be told on the channel."""
    return Delivery(fact=id_of(fact), event=event.id if event else None, channel=channel, created_at=NOON)
