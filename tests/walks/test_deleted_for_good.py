"""What a purge takes is gone from the files too, and the proof of it cannot be changed unseen (R39)."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from classifiers import Reader
from monitor.domain import FactKind
from monitor.store import deletions, facts, items, open_store
from monitor.store.purge import Gone
from monitor.work.purge import purge, purge_late, watch
from tests.build import an_item
from tests.fakes import Boards, FixedClock, a_house, house_settings

CANARY = "kanariegeel"


def traces(folder: Path) -> set[str]:
    """The files in which the canary stands: database, its log, and all else in the data folder."""
    return {file.name for file in folder.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes()}


def test_no_byte_of_what_was_deleted_stays_in_the_files(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock) as app:
            with app.store.begin() as session:
                for number in range(400):
                    words = f"{CANARY} {number} " * (1 + number % 40)
                    goes = clock() + timedelta(days=1)
                    items.add(session, an_item(id=None, extract=words, delete_after=goes))
                    stays = clock() + timedelta(days=9)
                    items.add(session, an_item(id=None, extract="blijft " * (number % 50), delete_after=stays))
            assert traces(tmp_path)

            clock.forward(days=2)
            assert purge(app)["items"] == 400

            assert traces(tmp_path) == set()
            with app.store.read() as session:
                assert items.count(session) == 400
        assert traces(tmp_path) == set()

    asyncio.run(walk())


def test_what_went_is_proven_without_a_word_of_it(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, database_url), reader, clock) as app:
            with app.store.begin() as session:
                items.add(session, an_item(id=None, extract=CANARY, delete_after=clock()))
            purge(app)
            purge(app)

            with app.store.read() as session:
                found = [(d.batch, d.rule, d.table_name, d.count, d.first) for d in deletions.of_batches(session, 9)]
                assert deletions.broken_at(session) is None
            assert found == [(1, "items", "item", 1, clock()), (2, "nothing", "", 0, None)]

    asyncio.run(walk())


@pytest.mark.parametrize(
    "tamper",
    [
        "update deletion set count = count + 1 where batch = 2",
        "update deletion set rule = 'seen' where batch = 2",
        "update deletion set table_name = 'seen' where batch = 2",
        "update deletion set batch = 3 where batch = 2",
        "update deletion set at = '2026-01-01 00:00:00' where batch = 2",
        "update deletion set first = '2026-01-01 00:00:00' where batch = 2",
        "update deletion set last = null where batch = 2",
        "update deletion set before = '' where batch = 2",
        "update deletion set hash = before where batch = 2",
        "delete from deletion where batch = 2",
    ],
)
def test_any_change_of_the_proof_is_seen(sqlite_url: str, tamper: str) -> None:
    clock = FixedClock()
    gone = Gone(3, clock(), clock())
    with open_store(sqlite_url, clock=clock) as store:
        for _ in range(3):
            with store.begin() as session:
                deletions.add(session, clock(), [deletions.Taken("items", "item", gone)])
        with store.begin() as session:
            session.execute(text(tamper))

        with store.read() as session:
            assert deletions.broken_at(session) is not None


def test_a_purge_that_is_late_is_told_once_until_it_is_over(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        clock, boards = FixedClock(), Boards()
        async with a_house(house_settings(tmp_path, database_url), reader, clock, boards) as app:
            assert not watch(app)  # nothing was ever done here
            purge(app)
            clock.forward(hours=26)
            assert not watch(app)
            clock.forward(seconds=1)
            assert [watch(app), watch(app)] == [True, False]
            with app.store.read() as session:
                assert purge_late(session, clock()) == clock() - timedelta(seconds=1)
            clock.forward(hours=5)
            assert not watch(app)

            purge(app)
            purge(app)
            with app.store.read() as session:
                told = [d.message.title for d in facts.deliveries(session) if d.message and d.channel == "adviseurs"]
                late = facts.newest(session, FactKind.PURGE_LATE)
                assert purge_late(session, clock()) is None
            assert late is not None
            assert told == [
                "Het opschonen van oude gegevens is te laat",
                "Het opschonen van oude gegevens loopt weer",
            ]

    asyncio.run(walk())
