"""The timetable promises jobs at their time, once over all nodes, and does none."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from classifiers import Reader
from monitor.app import App
from monitor.domain import Actor, Job, Outcome, Role, SourceState
from monitor.schedule import AT_MOST, make_up, promise_daily, promise_due, promise_hourly, promise_poll, timetable
from monitor.store import sources
from monitor.work.approvals import resume_collection, stop_collection
from tests.build import NOON, at
from tests.fakes import FixedClock, a_catalogue, a_house, house_settings

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def test_two_nodes_at_one_tick_promise_one_poll(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def promise() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, database_url), reader, clock) as app:
            assert [promise_poll(app, "krant"), promise_poll(app, "krant")] == [True, False]
            assert app.queue.waiting() == 1
            remember(app, due_at=NOON + 15 * MINUTE)
            clock.forward(minutes=15)
            assert [promise_due(app), promise_due(app), promise_poll(app, "krant")] == [1, 0, False]
            # The first one still waits: no second beside it.
            assert app.queue.waiting() == 1

    asyncio.run(promise())


def remember(app: App, source: str = "krant", **values: Any) -> None:
    """A source that was polled at noon."""
    with app.store.begin() as session:
        known: dict[str, Any] = {"polled_at": NOON, "outcome": Outcome.OK}
        sources.save(session, SourceState(source=source, **known | values))


@pytest.mark.parametrize(
    ("state", "promised"),
    [
        (None, 1),
        ({"due_at": NOON + MINUTE}, 0),
        ({"due_at": NOON}, 1),
        ({"due_at": NOON - 30 * DAY}, 1),
        ({"due_at": NOON, "paused": True}, 0),
        ({"due_at": None}, 0),
        ({"due_at": None, "polled_at": NOON - 15 * MINUTE}, 1),
        ({"due_at": None, "polled_at": None, "paused": True}, 0),
    ],
    ids=["never asked", "too early", "due", "house was closed", "paused", "old state", "old state, due", "new, paused"],
)
def test_a_source_is_promised_when_it_is_due(
    tmp_path: Path, sqlite_url: str, reader: Reader, state: dict[str, Any] | None, promised: int
) -> None:
    async def promise() -> int:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            if state is not None:
                remember(app, **state)
            return promise_due(app)

    assert asyncio.run(promise()) == promised


def test_a_new_source_is_first_asked_within_a_minute_and_not_all_at_once(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def promise() -> list[datetime]:
        file = a_catalogue(tmp_path / "sources.toml", {f"bron{n}": "https://krant.example/rss" for n in range(20)})
        async with a_house(house_settings(tmp_path, sqlite_url, file), reader, FixedClock()) as app:
            assert promise_due(app) == 20
            with app.store.read() as session:
                return [job.due for job in session.exec(select(Job))]

    moments = asyncio.run(promise())
    assert len(set(moments)) == 20
    assert min(moments) >= NOON
    assert max(moments) < NOON + MINUTE


def test_a_promise_that_came_to_nothing_is_made_again(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    """The job found everything stopped, or was given up: the source stays due."""

    async def promise() -> list[int]:
        clock = FixedClock()
        found = []
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock) as app:
            remember(app, due_at=NOON)
            for _ in range(5):
                found.append(promise_due(app))
                with app.store.begin() as session:
                    for job in session.exec(select(Job)):
                        session.delete(job)
                clock.forward(minutes=4)
        return found

    assert asyncio.run(promise()) == [1, 0, 0, 1, 0]


def test_nothing_is_promised_while_all_collection_is_stopped(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    """R47."""

    async def promise() -> list[int]:
        advisor = Actor("adviseur", Role.ADVISOR)
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            stop_collection(app, advisor, reason="Oefening.")
            stopped = promise_due(app)
            resume_collection(app, advisor, reason="Oefening voorbij.")
            return [stopped, promise_due(app)]

    assert asyncio.run(promise()) == [0, 1]


def test_after_a_long_stop_those_that_wait_longest_go_first(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def promise() -> list[object]:
        names = [f"bron{n:03}" for n in range(AT_MOST + 20)]
        file = a_catalogue(tmp_path / "sources.toml", dict.fromkeys(names, "https://krant.example/rss"))
        async with a_house(house_settings(tmp_path, sqlite_url, file), reader, FixedClock()) as app:
            for n, name in enumerate(names):
                remember(app, name, due_at=NOON - n * MINUTE)
            counts = [promise_due(app)]
            with app.store.read() as session:
                first = {job.args["source"] for job in session.exec(select(Job))}
            return [*counts, promise_due(app), promise_due(app), first == set(names[20:])]

    assert asyncio.run(promise()) == [AT_MOST, 20, 0, True]


def test_the_house_promises_its_own_work_once_a_day(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def promise() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock) as app:
            assert [promise_daily(app, "purge"), promise_daily(app, "purge")] == [True, False]
            clock.forward(days=1)
            assert promise_daily(app, "purge")
            assert [promise_hourly(app, "remind"), promise_hourly(app, "remind")] == [True, False]
            clock.forward(hours=1)
            assert promise_hourly(app, "remind")

    asyncio.run(promise())


def test_only_sources_that_may_start_are_promised(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    """R1: an unapproved source is never asked."""

    async def look() -> None:
        file = a_catalogue(
            tmp_path / "sources.toml", {"krant": "https://krant.example/rss", "omroep": "https://omroep.example/rss"}
        )
        text = file.read_text(encoding="utf-8")
        unapproved = 'approved_by_role = ""'.join(text.rsplit('approved_by_role = "privacyfunctionaris"', 1))
        file.write_text(unapproved, encoding="utf-8")
        async with a_house(house_settings(tmp_path, sqlite_url, file), reader, FixedClock()) as app:
            promise_due(app)
            with app.store.read() as session:
                assert [job.args for job in session.exec(select(Job))] == [{"source": "krant"}]
            assert not promise_poll(app, "omroep")

    asyncio.run(look())


def test_jobs_of_the_timetable_hold_names_and_never_moments(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def look() -> None:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            acts = {"polls", "brief", "lapse", "anchor", "purge", "remind", "watch"}
            assert {job.id for job in timetable(app).get_jobs()} == acts
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
    assert asyncio.run(reopen(at(22, 12), at(23, 7, 1))) == {"lapse", "anchor", "purge", "remind", "brief"}


def test_a_new_house_makes_no_empty_briefing(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def open_first() -> set[str]:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock(at(25, 9))) as app:
            make_up(app)
            with app.store.read() as session:
                return {job.act for job in session.exec(select(Job))}

    assert asyncio.run(open_first()) == {"lapse", "anchor", "purge", "remind"}
