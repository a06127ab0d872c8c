"""A source changes its mind: what was told is moved or cancelled, and no second report stands beside the first."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from classifiers import Category, Reader
from monitor.domain import Event, EventState, FactKind, Item
from monitor.store import facts, items
from tests.build import NOON, at
from tests.fakes import Boards, FixedClock, a_catalogue, a_house, every_event, house_settings, presses
from tests.walks.watched import Watched

TITLE = "Actiegroep kondigt mars aan op de Grote Markt"
TEXT = "Op zaterdag 28 november om 14.00 uur vertrekt een protestmars vanaf de Grote Markt in Groningen."
FOLLOWS = 'removed = "volgen"'
FAIR = (
    "UID:markt-1@agenda.example\r\nDTSTAMP:20261101T090000Z\r\nSUMMARY:Kerstmarkt op de Vismarkt\r\n"
    "LOCATION:Vismarkt\r\nDTSTART:20261205T090000Z\r\nDTEND:20261205T150000Z"
)


class Walk(Watched):
    """A house that follows one source."""

    def event(self) -> tuple[Event, list[Item], list[FactKind]]:
        """The one event there is, its reports, and what became of it."""
        with self.app.store.read() as session:
            [event] = every_event(session)
            told = [fact.kind for fact in facts.facts_of(session, event.id or 0)]
            return event, items.items_of(session, event.id or 0), told


@asynccontextmanager
async def a_walk(folder: Path, url: str, reader: Reader, kind: str = "feed", more: str = "") -> AsyncIterator[Walk]:
    """A real site, and a house that was never there before."""
    async with presses("127.0.0.34") as [press]:
        catalogue = a_catalogue(folder / "sources.toml", {"krant": press.url}, kind, more)
        clock, boards = FixedClock(), Boards()
        async with a_house(house_settings(folder, url, catalogue), reader, clock, boards) as app:
            yield Walk(app, press, clock, boards)


def test_an_edited_day_moves_the_event(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_walk(tmp_path, database_url, reader) as house:
            key = house.press.publish(TITLE, TEXT)
            await house.look()
            house.press.edit(key, "Mars op de Grote Markt een dag later", TEXT.replace("zaterdag 28", "zondag 29"))
            await house.look()

            event, versions, told = house.event()
            assert (event.title, event.starts) == ("Demonstratie, Grote Markt, zo 29 nov", at(29, 14))
            assert (event.state, event.reports, event.sources) == (EventState.OPEN, 1, 1)
            assert len(versions) == len({version.fingerprint for version in versions}) == 2
            assert len({version.entry for version in versions}) == 1
            assert told == [FactKind.EVENT_OPENED, FactKind.MOVED]
            assert "Wat is nieuw: verplaatst; was za 28 nov 14.00 uur" in house.boards.open.words

    asyncio.run(walk())


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Mars op de Grote Markt afgelast", "De protestmars van zaterdag 28 november op de Grote Markt is afgelast."),
        (TITLE, f"{TEXT} UPDATE: de protestmars gaat niet door."),
        ("Burgemeester verbiedt mars", f"De burgemeester heeft de mars verboden. {TEXT}"),
    ],
)
def test_an_entry_that_becomes_afgelast_cancels_the_event(
    tmp_path: Path, sqlite_url: str, reader: Reader, title: str, text: str
) -> None:
    async def walk() -> None:
        async with a_walk(tmp_path, sqlite_url, reader) as house:
            key = house.press.publish(TITLE, TEXT)
            await house.look()
            house.press.edit(key, title, text)
            await house.look()

            event, _, told = house.event()
            assert (event.state, event.reports) == (EventState.CANCELLED, 1)
            assert FactKind.CANCELLED in told
            assert "AFGELAST" in house.boards.open.titles[-1]

            house.press.edit(key, "Mars gaat toch door", TEXT)
            await house.look()
            event, _, told = house.event()
            assert (event.state, FactKind.RESUMED in told) == (EventState.OPEN, True)

    asyncio.run(walk())


def test_a_new_headline_over_the_same_words_is_no_news(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_walk(tmp_path, sqlite_url, reader) as house:
            key = house.press.publish(TITLE, TEXT)
            await house.look()
            house.press.edit(key, "Mars aangekondigd op de Grote Markt", TEXT)
            await house.look()

            event, _, told = house.event()
            assert (event.reports, told) == (1, [FactKind.EVENT_OPENED])
            assert len(house.boards.open.sent) == 1

    asyncio.run(walk())


def test_an_appointment_that_the_calendar_moves_and_then_cancels(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        async with a_walk(tmp_path, database_url, reader, "ics") as house:
            house.press.plan(FAIR)
            await house.look()
            house.press.plan(FAIR.replace("20261205", "20261206") + "\r\nSEQUENCE:1")
            await house.look()

            event, _, told = house.event()
            assert (event.category, event.starts, event.reports) == (Category.EVENT, at(6, 10, month=12), 1)
            assert told == [FactKind.EVENT_OPENED, FactKind.MOVED]

            house.press.plan(FAIR.replace("20261205", "20261206") + "\r\nSEQUENCE:2\r\nSTATUS:CANCELLED")
            await house.look()

            event, _, told = house.event()
            assert (event.state, event.starts, event.reports) == (EventState.CANCELLED, at(6, 10, month=12), 1)
            assert told == [FactKind.EVENT_OPENED, FactKind.MOVED, FactKind.CANCELLED]

    asyncio.run(walk())


@pytest.mark.parametrize(("rule", "state"), [(FOLLOWS, EventState.WITHDRAWN), ("", EventState.OPEN)])
def test_an_entry_that_is_taken_back_takes_its_event_with_it_at_the_next_look(
    tmp_path: Path, database_url: str, reader: Reader, rule: str, state: EventState
) -> None:
    async def walk() -> None:
        async with a_walk(tmp_path, database_url, reader, more=rule) as house:
            house.press.publish("Weerbericht: zonnig weekend", "Het wordt zonnig en droog.", NOON - timedelta(hours=9))
            key = house.press.publish(TITLE, TEXT)
            await house.look()
            house.press.take_back(key)
            await house.look()

            event, left, told = house.event()
            assert (event.state, left == []) == (state, state is EventState.WITHDRAWN)
            assert (FactKind.SOURCE_WITHDREW in told) == (state is EventState.WITHDRAWN)
            assert ("de bron heeft het bericht verwijderd" in house.boards.open.words) == (left == [])

    asyncio.run(walk())


def test_an_entry_that_is_put_back_is_told_again(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_walk(tmp_path, sqlite_url, reader, more=FOLLOWS) as house:
            house.press.publish("Weerbericht: zonnig weekend", "Het wordt zonnig en droog.", NOON - timedelta(hours=9))
            key = house.press.publish(TITLE, TEXT)
            await house.look()
            house.press.take_back(key)
            await house.look()
            house.press.entries[key] = TITLE, TEXT, NOON - timedelta(hours=1)
            house.press.publish("Verkeer", "De ring is open.")
            await house.look()

            with house.app.store.read() as session:
                assert [e.state for e in every_event(session)] == [EventState.WITHDRAWN, EventState.OPEN]

    asyncio.run(walk())


@pytest.mark.parametrize(("rule", "left"), [(FOLLOWS, 0), ("", 1)])
def test_a_feed_that_is_gone_for_good_takes_its_copies_with_it(
    tmp_path: Path, database_url: str, reader: Reader, rule: str, left: int
) -> None:
    async def walk() -> None:
        async with a_walk(tmp_path, database_url, reader, more=rule) as house:
            house.press.publish(TITLE, TEXT)
            await house.look()
            house.press.gone = True
            await house.look()

            with house.app.store.read() as session:
                assert items.count(session) == left

    asyncio.run(walk())


def test_a_feed_that_changes_its_ids_tells_nothing_twice(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    """The pages stay, and by them the entries are known."""

    async def walk() -> None:
        async with a_walk(tmp_path, sqlite_url, reader, more=FOLLOWS) as house:
            house.press.publish(TITLE, TEXT)
            await house.look()
            house.press.prefix = "post-"
            house.press.publish("Weerbericht: zonnig weekend", "Het wordt zonnig en droog.", NOON - timedelta(hours=9))
            await house.look()

            event, [_], told = house.event()
            assert (event.reports, told) == (1, [FactKind.EVENT_OPENED])

    asyncio.run(walk())
