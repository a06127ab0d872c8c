"""Manners, turns and the switch over the store: what one process learns or holds, the others know."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, pairwise

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from monitor.collect.network.manners import KNOWN_FOR, Manners
from monitor.collect.network.robots import ALLOW_ALL, Rules
from monitor.collect.network.turns import OwnTurns
from monitor.domain import Switch
from monitor.errors import StoreError
from monitor.hosts import LEASE, LOOK_AFTER, Brake, HostBook, SharedTurns, is_shared, turns_on
from monitor.store import Store, hosts, open_store, sources
from tests.build import NOON
from tests.databases import set_clock
from tests.monitor.collect.fetching import a_fetcher, source_at
from tests.monitor.collect.site import Hours, Page, Site, a_site

PAUSE = 5.0
ROBOTS = b"User-agent: *\nDisallow: /x\nCrawl-delay: 7"
TDMREP = b'[{"location": "/feed", "tdm-reservation": 1}]'


# What hosts ask


def test_what_a_host_asks_is_known_to_the_next_process(store: Store) -> None:
    """Robots.txt and tdmrep.json are asked once, and still obeyed."""
    hours = Hours()

    async def ask() -> tuple[list[bool], list[str]]:
        pages = {"/feed": Page(), "/robots.txt": Page(ROBOTS), "/.well-known/tdmrep.json": Page(TDMREP)}
        reserved = []
        async with a_site(pages) as site:
            for _ in range(2):
                async with a_fetcher(book=HostBook(store), hours=hours) as fetch:
                    fetched = await fetch(source_at(site), None)
                    assert fetched is not None
                    reserved.append(fetched.reserved)
            return reserved, [asked.path for asked in site.asked]

    reserved, paths = asyncio.run(ask())

    assert reserved == [True, True]
    assert paths == ["/robots.txt", "/.well-known/tdmrep.json", "/feed", "/feed"]


def test_the_book_gives_back_what_was_written_in_it(store: Store) -> None:
    manners = Manners(Rules((("/x*", False), ("/", True)), 7.0), Rules((("/y$", False),)), NOON + KNOWN_FOR)

    async def write_and_read() -> object:
        await HostBook(store).keep("https://a.example", manners)
        return await HostBook(store).recall()

    assert asyncio.run(write_and_read()) == {"https://a.example": manners}


def test_many_hosts_are_written_in_few_transactions_and_read_in_one_question(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store:
        said: list[str] = []
        event.listen(store._engine, "before_cursor_execute", lambda *about: said.append(about[2]))

        async def write_and_read() -> int:
            book = HostBook(store)
            manners = Manners(ALLOW_ALL, ALLOW_ALL, NOON)
            await asyncio.gather(*(book.keep(f"https://{number}.example", manners) for number in range(500)))
            return len(await book.recall())

        assert asyncio.run(write_and_read()) == 500

    assert len([words for words in said if words.startswith("BEGIN IMMEDIATE")]) <= 3
    assert len([words for words in said if words.startswith("SELECT")]) == 1


def test_what_could_not_be_written_is_written_by_the_next(sqlite_url: str) -> None:
    """Of three who write at once the first goes alone; the second takes along the third, and fails."""
    with open_store(sqlite_url) as store:
        begun = count(1)

        def full(*_about: object) -> None:
            if next(begun) == 2:
                raise OperationalError("BEGIN IMMEDIATE", {}, OSError("disk full"))

        origins = ["https://a.example", "https://b.example", "https://c.example"]
        manners = Manners(ALLOW_ALL, ALLOW_ALL, NOON)

        async def write_and_read() -> tuple[list[bool], object]:
            book = HostBook(store)
            event.listen(store._engine, "begin", full)
            ends = await asyncio.gather(*(book.keep(origin, manners) for origin in origins), return_exceptions=True)
            return [isinstance(end, StoreError) for end in ends], await book.recall()

        failed, written = asyncio.run(write_and_read())

    assert failed == [False, True, False]
    assert written == dict.fromkeys(origins, manners)


def test_another_process_is_asked_only_where_there_can_be_one(store: Store) -> None:
    manners = Manners(ALLOW_ALL, ALLOW_ALL, NOON)

    async def look() -> Manners | None:
        await HostBook(store).keep("https://a.example", manners)
        return await HostBook(store).look("https://a.example")

    assert asyncio.run(look()) == (manners if is_shared(store) else None)


# Whose turn it is


@pytest.fixture
def shared(postgres_url: str) -> Iterator[Store]:
    """A store that several processes may use, at the moment that Hours begins."""
    set_clock(postgres_url, Hours().now)
    with open_store(postgres_url) as store:
        yield store


class Together(Hours):
    """A clock that the database has too. It stands still while a request is on its way, which takes no time here."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self.nobody_asks = asyncio.Event()
        self.nobody_asks.set()

    async def sleep(self, seconds: float) -> None:
        await self.nobody_asks.wait()
        set_clock(self._store.url, self.now + timedelta(seconds=seconds))  # first: it may never run behind
        await super().sleep(seconds)

    def turns(self) -> SharedTurns:
        """Those of one more process."""
        return SharedTurns(self._store, self, self.sleep, pause=PAUSE, jitter=lambda: 0.1)

    def watched_turns(self) -> SharedTurns:
        """The same, where each turn is given back."""
        return _Watched(self, self._store)


class _Watched(SharedTurns):
    """Turns that say when someone has one."""

    def __init__(self, hours: Together, store: Store) -> None:
        super().__init__(store, hours, hours.sleep, pause=PAUSE, jitter=lambda: 0.1)
        self._hours = hours

    async def take(self, host: str) -> None:
        await super().take(host)
        self._hours.nobody_asks.clear()

    async def give_back(self, host: str, pause: float) -> None:
        await super().give_back(host, pause)
        self._hours.nobody_asks.set()


def test_two_processes_keep_the_pause_together(shared: Store) -> None:
    hours = Together(shared)

    async def ask_at_once() -> Site:
        paths = [f"/{number}" for number in range(12)]
        async with (
            a_site({path: Page() for path in paths}, clock=hours) as site,
            a_fetcher(hours=hours, pause=PAUSE, turns=hours.watched_turns(), book=HostBook(shared)) as one,
            a_fetcher(hours=hours, pause=PAUSE, turns=hours.watched_turns(), book=HostBook(shared)) as other,
        ):
            fetchers = [one, other] * 6
            await asyncio.gather(
                *(fetch(source_at(site, path), None) for fetch, path in zip(fetchers, paths, strict=True))
            )
            return site

    site = asyncio.run(ask_at_once())

    gaps = [(later.at - earlier.at).total_seconds() for earlier, later in pairwise(site.asked)]
    assert sorted(site.paths) == sorted(f"/{number}" for number in range(12))
    assert min(gaps) >= PAUSE


def test_turn_of_a_process_that_died_comes_free_by_itself(shared: Store) -> None:
    hours = Together(shared)

    async def take() -> datetime:
        await hours.turns().take("a.example")  # and is never heard of again
        await hours.turns().take("a.example")
        return hours.now

    assert asyncio.run(take()) >= Hours().now + LEASE


def test_who_gives_up_waiting_for_another_process_leaves_the_line_of_its_own(shared: Store) -> None:
    hours = Together(shared)

    async def take() -> bool:
        asleep = asyncio.Event()

        async def never_wakes(_seconds: float) -> None:
            asleep.set()
            await asyncio.Event().wait()

        theirs, ours = hours.turns(), SharedTurns(shared, hours, never_wakes, pause=PAUSE)
        await theirs.take("a.example")
        waiting = asyncio.create_task(ours.take("a.example"))
        await asleep.wait()
        waiting.cancel()
        await asyncio.wait([waiting])
        await theirs.give_back("a.example", 0)
        await ours.take("a.example")
        return waiting.cancelled()

    assert asyncio.run(take())


def test_who_is_called_off_while_the_database_decides_leaves_no_lease(shared: Store) -> None:
    hours = Together(shared)
    decided, answer = threading.Event(), threading.Event()

    class Slow(SharedTurns):
        def _try(self, host: str) -> hosts.Turn:
            turn = super()._try(host)
            decided.set()
            answer.wait()
            return turn

    async def take() -> bool:
        ours = Slow(shared, hours, hours.sleep, pause=PAUSE)
        waiting = asyncio.create_task(ours.take("a.example"))
        await asyncio.to_thread(decided.wait)
        waiting.cancel()
        answer.set()
        await asyncio.wait([waiting])
        await hours.turns().take("a.example")
        return waiting.cancelled()

    assert asyncio.run(take())
    assert hours.slept == []


def test_turns_are_shared_where_the_database_is(store: Store) -> None:
    turns = turns_on(store, Hours(), pause=PAUSE)

    assert isinstance(turns, SharedTurns if is_shared(store) else OwnTurns)


# The switch


def test_the_brake_looks_once_a_second_and_at_once_when_told(store: Store) -> None:
    seconds = 0.0

    def turn(on: bool) -> None:
        with store.begin() as session:
            sources.set_switch(session, Switch(name="verzamelen", on=on, by="beheer", at=NOON))

    async def ask() -> list[bool]:
        nonlocal seconds
        brake = Brake(store, lambda: seconds)
        found = [await brake()]
        turn(on=True)
        found.append(await brake())
        seconds += LOOK_AFTER
        found.append(await brake())
        turn(on=False)
        brake.pull()
        found.append(await brake())
        return found

    assert asyncio.run(ask()) == [False, False, True, False]
