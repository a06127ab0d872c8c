"""One source announces, another tells that it moved: the same event, whichever answers first."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from classifiers import Category, Reader
from monitor.domain import EventState, FactKind, RawItem
from monitor.store import facts, items
from monitor.work.ingest import take_in
from tests.build import NOON, a_raw, at
from tests.fakes import Boards, FixedClock, a_house, every_event, house_settings

ANNOUNCED = a_raw(
    "Lampionoptocht Helpman op zaterdag 28 november",
    "Alle kinderen uit Helpman lopen op zaterdag 28 november mee in de lampionoptocht. We verzamelen om 18.00 uur bij "
    "de Coendersborg en lopen met de fanfare naar de Helper Brink.",
    source="wijk",
    published=NOON - timedelta(days=4),
)
MOVED = a_raw(
    "Lampionoptocht Helpman een dag later door harde wind",
    "De lampionoptocht in Helpman is een dag verschoven, naar zondag 29 november. De start blijft om 18.00 uur bij de "
    "Coendersborg, het eindpunt is het plein aan de Helper Brink.",
    source="omroep",
    published=NOON - timedelta(hours=3),
)


@pytest.mark.parametrize("order", [(ANNOUNCED, MOVED), (MOVED, ANNOUNCED)], ids=["as it was told", "the other way"])
def test_a_moved_procession_is_one_event_that_goes_on(
    tmp_path: Path, sqlite_url: str, reader: Reader, order: tuple[RawItem, RawItem]
) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock(), Boards()) as app:
            for raw in order:
                take_in(app, [raw])

            with app.store.read() as session:
                [event] = every_event(session)
                told = {fact.kind for fact in facts.facts_of(session, event.id or 0)}
                reports = len(items.items_of(session, event.id or 0))
            assert (event.category, event.starts, event.state) == (Category.EVENT, at(29, 18), EventState.OPEN)
            assert (reports, event.sources) == (2, 2)
            assert not told & {FactKind.CANCELLED, FactKind.RESUMED}

    asyncio.run(walk())
