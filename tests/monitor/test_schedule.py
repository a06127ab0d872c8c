"""The timetable promises jobs at their time, once over all nodes, and does none."""

import asyncio
from pathlib import Path

from classifiers import Reader
from monitor.schedule import promise_daily, promise_poll, timetable
from tests.fakes import FixedClock, a_catalogue, a_house, house_settings


def test_two_nodes_at_one_tick_promise_one_poll(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def promise() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, database_url), reader, clock) as app:
            assert [promise_poll(app, "krant"), promise_poll(app, "krant")] == [True, False]
            assert app.queue.waiting() == 1
            clock.forward(minutes=15)
            assert promise_poll(app, "krant")
            # The first one still waits: no second beside it.
            assert app.queue.waiting() == 1

    asyncio.run(promise())


def test_the_house_promises_its_own_work_once_a_day(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def promise() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock) as app:
            assert [promise_daily(app, "purge"), promise_daily(app, "purge")] == [True, False]
            clock.forward(days=1)
            assert promise_daily(app, "purge")

    asyncio.run(promise())


def test_only_sources_that_may_start_stand_on_the_timetable(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    """R1: an unapproved source is never asked."""

    async def look() -> None:
        file = a_catalogue(
            tmp_path / "sources.toml", {"krant": "https://krant.example/rss", "omroep": "https://omroep.example/rss"}
        )
        text = file.read_text(encoding="utf-8")
        unapproved = 'approved_by_role = ""'.join(text.rsplit('approved_by_role = "privacyfunctionaris"', 1))
        file.write_text(unapproved, encoding="utf-8")
        async with a_house(house_settings(tmp_path, sqlite_url, file), reader, FixedClock()) as app:
            assert {job.id for job in timetable(app).get_jobs()} == {"poll:krant", "brief", "purge"}

    asyncio.run(look())


def test_jobs_of_the_timetable_hold_names_and_never_moments(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def look() -> None:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            for job in timetable(app).get_jobs():
                promise, house, name = job.args
                assert callable(promise)
                assert house is app
                assert isinstance(name, str)

    asyncio.run(look())
