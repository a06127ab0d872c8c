"""Questions about events and what belongs to them."""

from datetime import timedelta
from typing import Any

import pytest

from classifiers import Category, Level, Precision
from monitor.domain import (
    Acknowledgement,
    Event,
    EventState,
    Neighbour,
    Override,
)
from monitor.errors import NotFound
from monitor.store import Store, events, items
from tests.build import NOON, an_event, an_item, at
from tests.monitor.store.rows import a_sighting, id_of

DEMONSTRATION = (Category.DEMONSTRATION,)
FAR = {"area": "BU00149999", "latitude": 53.300, "longitude": 6.700}


def keep(store: Store, **told: Any) -> Event:
    """An event in the store."""
    with store.begin() as session:
        return events.add(session, an_event(id=None, **told))


def titles(found: list[Event]) -> list[str]:
    """What tells events apart in these tests."""
    return [event.title for event in found]


def test_an_event_that_is_not_there_says_so(store: Store) -> None:
    with store.read() as session, pytest.raises(NotFound, match="gebeurtenis 5"):
        events.get(session, 5)


def test_events_near_a_report_are_living_of_its_kind_and_within_three_days(store: Store) -> None:
    keep(store, title="same day")
    keep(store, title="cancelled", state=EventState.CANCELLED)
    keep(store, title="three days before", starts=at(25, 14), ends=None)
    keep(store, title="four days before", starts=at(24, 13), ends=at(24, 15))
    keep(store, title="began long ago, still on", starts=at(20), ends=at(30))
    keep(store, title="closed", state=EventState.CLOSED)
    keep(store, title="withdrawn", state=EventState.WITHDRAWN)
    keep(store, title="another kind", category=Category.FOOTBALL)

    with store.read() as session:
        near = events.events_near(session, categories=DEMONSTRATION, starts=at(28, 14), now=NOON)

    assert titles(near) == ["same day", "cancelled", "three days before", "began long ago, still on"]


def test_a_report_that_tells_the_day_may_be_about_an_event_that_did_not_yet(store: Store) -> None:
    keep(store, title="recent", starts=None, ends=None)
    keep(store, title="long ago", starts=None, ends=None, changed_at=NOON - timedelta(days=15))

    with store.read() as session:
        near = events.events_near(session, categories=DEMONSTRATION, starts=at(28), now=NOON)

    assert titles(near) == ["recent"]


def test_a_report_without_a_day_may_be_about_any_recent_or_undated_event(store: Store) -> None:
    keep(store, title="undated", starts=None, ends=None, changed_at=NOON - timedelta(days=100))
    keep(store, title="recent", starts=at(1, month=12))
    keep(store, title="neither", changed_at=NOON - timedelta(days=15))

    with store.read() as session:
        near = events.events_near(session, categories=DEMONSTRATION, starts=None, now=NOON)

    assert titles(near) == ["undated", "recent"]


def test_the_event_of_an_entry_is_that_of_its_earlier_version(store: Store) -> None:
    event, closed = keep(store), keep(store, state=EventState.CLOSED)
    with store.begin() as session:
        for told, entry in ((event, "a"), (closed, "b")):
            item = items.add(session, an_item(id=None, entry=entry))
            events.add_sighting(session, a_sighting(told, item))

    with store.read() as session:
        found = events.event_of_entry(session, "a")
        assert found is not None
        assert found.id == event.id
        ended = events.event_of_entry(session, "b")
        assert ended is not None
        assert ended.id == closed.id
        assert events.event_of_entry(session, "c") is None


@pytest.mark.parametrize(
    ("told", "near"),
    [
        ({}, True),
        ({"starts": at(28, 20), "ends": None}, True),  # four hours after the end
        ({"starts": at(28, 20, 1), "ends": None}, False),
        ({"starts": at(28, 8), "ends": at(28, 10)}, True),
        ({"starts": at(28, 8), "ends": at(28, 9, 59)}, False),
        ({"starts": at(28), "ends": at(29), "precision": Precision.DAY}, True),
        ({"starts": at(27), "ends": at(28), "precision": Precision.DAY}, False),  # ends at midnight before
        ({"starts": at(29), "ends": at(30), "precision": Precision.DAY}, False),
        ({"starts": at(23), "ends": at(30), "precision": Precision.WEEK}, True),
        ({"starts": None, "ends": None}, False),
        ({"area": "BU00149999", "latitude": 53.2229, "longitude": 6.567}, True),  # 434 m
        ({"area": "BU00149999", "latitude": 53.2236, "longitude": 6.567}, False),  # 511 m
        ({"area": "", "latitude": None, "longitude": None}, False),
        ({**FAR, "area": "BU00140000"}, True),
        ({"state": EventState.CANCELLED}, False),
        ({"state": EventState.CLOSED}, False),
        ({"state": EventState.WITHDRAWN}, False),
        ({"category": Category.FOOTBALL, "public": False}, True),
    ],
)
def test_neighbours_share_their_day_their_hours_and_their_place(store: Store, told: dict[str, Any], near: bool) -> None:
    event = keep(store)
    other = keep(store, **{"title": "other"} | told)

    with store.read() as session:
        expected = [Neighbour(id_of(other), "other", other.public)] if near else []
        assert events.neighbours(session, event) == expected


def test_what_begins_soon_after_midnight_is_of_the_same_hours(store: Store) -> None:
    late = keep(store, starts=at(28, 22), ends=at(28, 23))
    early = keep(store, title="early", starts=at(29, 2), ends=at(29, 3), **FAR)
    keep(store, title="in the morning", starts=at(29, 4, 1), ends=at(29, 5))
    keep(store, title="off", starts=at(28, 22), state=EventState.CANCELLED)
    undated = keep(store, title="undated", starts=None, ends=None)

    with store.read() as session:
        assert titles(events.contemporaries(session, late)) == ["early"]
        assert events.neighbours(session, early) == []
        assert events.contemporaries(session, undated) == []


def test_an_event_without_a_day_or_a_place_has_no_neighbours(store: Store) -> None:
    keep(store, title="there")
    undated = keep(store, starts=None, ends=None)
    nowhere = keep(store, area="", latitude=None, longitude=None)

    with store.read() as session:
        assert events.neighbours(session, undated) == []
        assert events.neighbours(session, nowhere) == []


def test_events_of_a_period_come_in_order_and_half_open(store: Store) -> None:
    keep(store, title="last hour", starts=at(29, 23), ends=None)
    keep(store, title="first moment", starts=at(28), ends=None)
    keep(store, title="still on", starts=at(27), ends=at(28, 1))
    keep(store, title="just over", starts=at(27), ends=at(28))
    keep(store, title="after", starts=at(30), ends=None)
    keep(store, title="closed", starts=at(28, 1), ends=None, state=EventState.CLOSED)
    keep(store, title="cancelled", starts=at(28, 2), ends=None, state=EventState.CANCELLED)
    keep(store, title="withdrawn", starts=at(28, 2), state=EventState.WITHDRAWN)
    keep(store, title="confidential", starts=at(28, 3), ends=None, public=False)

    with store.read() as session:
        everything = events.events_between(session, at(28), at(30), public_only=False)
        public = events.events_between(session, at(28), at(30), public_only=True)

    assert titles(everything) == ["still on", "first moment", "closed", "cancelled", "confidential", "last hour"]
    assert titles(public) == ["still on", "first moment", "closed", "cancelled", "last hour"]


def test_undated_events_come_newest_change_first(store: Store) -> None:
    for title, day in (("older", 20), ("newer", 21), ("too old", 18)):
        keep(store, title=title, starts=None, ends=None, changed_at=at(day))
    keep(store, title="confidential", starts=None, ends=None, changed_at=at(20), public=False)
    keep(store, title="dated")

    with store.read() as session:
        assert titles(events.undated(session, at(19), public_only=True)) == ["newer", "older"]
        assert titles(events.undated(session, at(19), public_only=False)) == ["newer", "older", "confidential"]


def test_events_close_after_their_end_their_start_or_their_last_change(store: Store) -> None:
    keep(store, title="by end", starts=at(1), ends=at(10))
    keep(store, title="by start", starts=at(10), ends=None, state=EventState.CANCELLED)
    keep(store, title="by change", starts=None, ends=None, changed_at=at(10))
    keep(store, title="ends later", starts=at(1), ends=at(12))
    keep(store, title="closed already", starts=at(1), ends=at(2), state=EventState.CLOSED)

    with store.read() as session:
        assert titles(events.closable(session, at(11))) == ["by end", "by start", "by change"]


def test_an_item_reports_one_event(store: Store) -> None:
    one, other = keep(store), keep(store)
    with store.begin() as session:
        item = items.add(session, an_item(id=None))
        assert events.add_sighting(session, a_sighting(one, item)) is not None
        assert events.add_sighting(session, a_sighting(other, item)) is None


def test_sightings_move_to_the_event_that_stays(store: Store) -> None:
    one, other = keep(store), keep(store)
    with store.begin() as session:
        for _ in range(2):
            item = items.add(session, an_item(id=None))
            events.add_sighting(session, a_sighting(one, item))

        assert events.move_sightings(session, id_of(one), id_of(other)) == 2
        assert len(events.sightings_of(session, id_of(other))) == 2
        assert events.sightings_of(session, id_of(one)) == []


def test_the_newest_override_counts_also_when_it_withdraws(store: Store) -> None:
    event = keep(store)
    with store.begin() as session:
        assert events.newest_override(session, event) is None
        for level in (Level.C, None):
            told = Override(event=id_of(event), level=level, reason="druk", by="advies", role="adviseur", at=NOON)
            events.add_override(session, told)

    with store.read() as session:
        newest = events.newest_override(session, event)
        assert newest is not None
        assert newest.level is None
        assert [o.level for o in events.overrides_of(session, id_of(event))] == [None, Level.C]


def test_a_decision_of_the_compartment_does_not_count_once_the_event_is_open(store: Store) -> None:
    event = keep(store, public=False)
    with store.begin() as session:
        told = Override(
            event=id_of(event), level=Level.C, reason="druk", public=False, by="advies", role="adviseur", at=NOON
        )
        events.add_override(session, told)
        assert events.newest_override(session, event) is not None
        event.public = True
        assert events.newest_override(session, event) is None


def test_an_acknowledgement_belongs_to_one_revision_and_one_person(store: Store) -> None:
    seen, unseen = keep(store), keep(store)
    with store.begin() as session:
        events.acknowledge(session, seen, "advies", NOON)
        events.acknowledge(session, seen, "advies", NOON + timedelta(hours=1))

        assert events.acknowledged(session, "advies", [seen, unseen]) == {seen.id}
        assert events.acknowledged(session, "ander", [seen, unseen]) == set()
        told = events.acknowledgements_of(session, id_of(seen))
        assert [(a.by, a.revision, a.at) for a in told] == [("advies", 1, NOON)]

    with store.begin() as session:
        changed = events.get(session, id_of(seen))
        changed.revision += 1
        session.flush()
        assert events.acknowledged(session, "advies", [changed]) == set()
        assert session.get(Acknowledgement, told[0].id) is not None
