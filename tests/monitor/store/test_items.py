"""Questions about items."""

from datetime import timedelta

import pytest

from monitor.domain import Item
from monitor.errors import NotFound
from monitor.store import Store, events, items
from tests.build import NOON, an_event, an_item, at
from tests.monitor.store.rows import a_sighting, id_of


def test_an_item_comes_back_as_it_was_kept(store: Store) -> None:
    told = an_item(id=None, expires=NOON + timedelta(days=2))
    with store.begin() as session:
        kept = items.add(session, told)

    with store.read() as session:
        item = items.get(session, id_of(kept))

    told.id = item.id
    assert {name: getattr(told, name) for name in Item.model_fields} == {
        name: getattr(item, name) for name in Item.model_fields
    }


def test_an_item_with_a_known_fingerprint_is_not_kept_and_the_transaction_goes_on(store: Store) -> None:
    with store.begin() as session:
        assert items.add(session, an_item(id=None, fingerprint="a")) is not None
        assert items.add(session, an_item(id=None, fingerprint="a")) is None
        assert items.add(session, an_item(id=None, fingerprint="b")) is not None

    with store.read() as session:
        assert items.count(session) == 2


def test_asking_for_an_item_that_is_not_there_says_so(store: Store) -> None:
    with store.read() as session, pytest.raises(NotFound, match="bericht 5"):
        items.get(session, 5)


def test_newest_items_come_first(store: Store) -> None:
    with store.begin() as session:
        for day in (20, 22, 21):
            items.add(session, an_item(id=None, title=str(day), taken_in=at(day)))

    with store.read() as session:
        assert [item.title for item in items.newest(session, 2)] == ["22", "21"]


def test_items_of_an_event_come_oldest_first(store: Store) -> None:
    with store.begin() as session:
        event = events.add(session, an_event(id=None))
        for day in (22, 20, 21):
            item = items.add(session, an_item(id=None, title=str(day), published=at(day)))
            assert events.add_sighting(session, a_sighting(event, item)) is not None
        items.add(session, an_item(id=None, title="of nothing"))

    with store.read() as session:
        assert [item.title for item in items.items_of(session, id_of(event))] == ["20", "21", "22"]
        found = items.of_events(session, [id_of(event), id_of(event) + 1])
        assert {id: [item.title for item in reports] for id, reports in found.items()} == {
            id_of(event): ["20", "21", "22"]
        }
