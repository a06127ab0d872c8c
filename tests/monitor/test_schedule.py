"""The timetable promises jobs at their time, once over all nodes, and does none."""

import asyncio
from datetime import datetime
from pathlib import Path

from sqlmodel import select

from classifiers import Reader
from monitor.domain import Job, SourceState
from monitor.schedule import make_up, promise_daily, promise_poll, timetable
from monitor.store import sources
from tests.build import at
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


def test_what_fell_due_while_the_house_was_closed_is_made_up_for(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def reopen(polled: datetime | None, now: datetime) -> set[str]:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock(now)) as app:
            with app.store.begin() as session:
                sources.save(session, SourceState(source="krant", polled_at=polled))
            make_up(app)
            with app.store.read() as session:
                return {job.act for job in session.exec(select(Job))}

    # Monday 23 November 2026, 07.00: closed on Sunday, open again on Monday at 07.01.
    assert asyncio.run(reopen(at(22, 12), at(23, 7, 1))) == {"purge", "brief"}


def test_a_new_house_makes_no_empty_briefing(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def open_first() -> set[str]:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock(at(25, 9))) as app:
            make_up(app)
            with app.store.read() as session:
                return {job.act for job in session.exec(select(Job))}

    assert asyncio.run(open_first()) == {"purge"}
