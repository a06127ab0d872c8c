"""Walk E: what is past its term goes, an event keeps its level, and an old entry does not come back."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from classifiers import Level, Reader
from monitor.domain import RESTRICTED, EventState, FactKind, SourceState
from monitor.errors import NotFound
from monitor.store import events, facts, items, sources
from monitor.work.decisions import override_level
from monitor.work.ingest import take_in
from monitor.work.purge import purge
from monitor.work.signals import add_signal
from tests.build import at
from tests.fakes import FixedClock, a_house, house_settings
from tests.walks.test_b_manual_signal import LIAISON, SIGNAL
from tests.walks.test_c_override import ADVISOR, MARCH


def test_an_event_closes_keeps_its_level_and_loses_its_items(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, database_url), reader, clock) as app:
            [id] = take_in(app, [MARCH]).events
            clock.forward(days=14)
            assert purge(app)["closed"] == 1
            clock.forward(days=40)
            assert purge(app)["items"] == 1

            with app.store.read() as session:
                event = events.get(session, id)
                assert (event.state, event.level) == (EventState.CLOSED, Level.B)
                assert items.items_of(session, id) == []

            assert take_in(app, [MARCH]).seen == 0
            clock.forward(days=365)
            purge(app)
            with app.store.read() as session, pytest.raises(NotFound):
                events.get(session, id)

    asyncio.run(walk())


def test_a_police_signal_goes_at_its_own_end(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, database_url), reader, clock) as app:
            id = add_signal(app, LIAISON, SIGNAL)
            clock.forward(days=14, seconds=1)
            purge(app)

            with app.store.read() as session:
                assert items.items_of(session, id) == []

    asyncio.run(walk())


def test_a_purged_signal_leaves_its_indicators_and_none_of_its_words(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    """R38, R39: the level of the event does not sink, and nobody can read there what the report said."""

    async def walk() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, database_url), reader, clock) as app:
            far = replace(SIGNAL, starts=at(20, 22, month=12), ends=at(20, 23, month=12))
            id = add_signal(app, LIAISON, far)
            clock.forward(days=14, seconds=1)
            purge(app)

            with app.store.read() as session:
                event = events.get(session, id)
                assert items.items_of(session, id) == []
            assert event.level is Level.C
            assert "verwachte_confrontatie" in {e.code for e in event.evidence}
            assert {e.words for e in event.evidence} == {""}

            override_level(app, ADVISOR, id, level=Level.A, reason="Er komt niemand meer.")
            with app.store.read() as session:
                event = events.get(session, id)
            assert (event.level, event.machine_level, event.reviewed) == (Level.A, Level.C, True)

    asyncio.run(walk())


def test_a_signal_that_may_not_be_used_leaves_nothing(tmp_path: Path, database_url: str, reader: Reader) -> None:
    """R42: what someone had set aside does not count on by way of what is remembered of it."""

    async def walk() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, database_url), reader, clock) as app:
            far = replace(SIGNAL, starts=at(20, 22, month=12), ends=at(20, 23, month=12))
            id = add_signal(app, LIAISON, far)
            with app.store.begin() as session:
                [report] = items.items_of(session, id)
                report.restricted = RESTRICTED
                session.add(report)
            clock.forward(days=14, seconds=1)
            purge(app)

            with app.store.read() as session:
                assert events.get(session, id).remembered == ()

    asyncio.run(walk())


def test_a_signal_that_outlives_its_open_days_leaves_no_word_in_a_closed_event(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    """The event closes a week after its end, and its signal may go later: its words go with it all the same."""

    async def walk() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, database_url), reader, clock) as app:
            id = add_signal(app, LIAISON, replace(SIGNAL, expires=clock() + timedelta(days=20)))
            clock.forward(days=14)
            purge(app)
            with app.store.read() as session:
                closed = events.get(session, id)
                assert items.items_of(session, id) != []
            clock.forward(days=7)
            purge(app)

            with app.store.read() as session:
                event = events.get(session, id)
                assert items.items_of(session, id) == []
            assert (closed.state, event.state) == (EventState.CLOSED, EventState.CLOSED)
            assert {e.words for e in event.evidence} == {""}

    asyncio.run(walk())


def test_the_journal_says_how_much_went(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, database_url), reader, clock) as app:
            take_in(app, [MARCH])
            clock.forward(days=60)
            counts = purge(app)

            with app.store.read() as session:
                [fact] = facts.facts_between(session, clock(), clock.moment.replace(year=2028), [FactKind.PURGED])
            assert counts == fact.data

    asyncio.run(walk())


def test_a_source_that_left_the_table_is_forgotten_after_a_month(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, database_url), reader, clock) as app:
            with app.store.begin() as session:
                for source in ("krant", "opgeheven"):
                    sources.save(session, SourceState(source=source, polled_at=clock()))

            assert purge(app)["states"] == 0
            clock.forward(days=31)
            assert purge(app)["states"] == 1

            with app.store.read() as session:
                assert sources.states(session).keys() == {"krant"}

    asyncio.run(walk())
