"""One poll: what of a list is read further, and what is remembered of that."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from classifiers import Reader
from monitor.app import App, open_app
from monitor.collect import in_thread
from monitor.domain import Fetched, Item, Outcome, Source, SourceState
from monitor.errors import CollectError, Declined, Gone, Unreachable
from monitor.store import items, sources
from monitor.work.poll import ARTICLES_AT_MOST, poll
from tests.build import NOON
from tests.fakes import Boards, FixedClock, a_catalogue, house_settings
from tests.monitor.collect.build import a_fetched

LIST = "https://krant.example/rss"
ITEM = """<item><title>Demonstratie {n} op de Grote Markt in Groningen</title><guid>{n}</guid><link>{link}</link>
<description>Zaterdag 28 november is er een demonstratie, zegt bericht {n}.</description>
<pubDate>Sun, 22 Nov 2026 10:0{n}:00 GMT</pubDate></item>"""
ARTICLE = "<html><body><article><p>{}</p></article></body></html>".format(
    "De betogers verzamelen zich om 14.00 uur en de organisatie verwacht 2.500 mensen op het plein. " * 3
)


class Web:
    """A feed with the page behind each entry; a test says what each gives."""

    def __init__(self) -> None:
        self.pages: dict[str, str | CollectError] = {}
        self.asked: list[str] = []

    def lists(self, *links: str) -> None:
        """The entries of the feed, each with its link."""
        rows = "".join(ITEM.format(n=n, link=link) for n, link in enumerate(links))
        self.pages[LIST] = (
            f'<rss version="2.0"><channel><title>K</title><link>{LIST}</link><description>K</description>{rows}'
            "</channel></rss>"
        )

    async def __call__(self, source: Source, state: SourceState | None, address: str = "") -> Fetched | None:
        url = address or source.url
        self.asked.append(url)
        answer = self.pages.get(url, ARTICLE)
        if isinstance(answer, CollectError):
            raise answer
        return replace(a_fetched(answer, url=url), etag=f'"{len(self.asked)}"')


Walk = Callable[[App, Web, FixedClock], Awaitable[None]]


def in_house(folder: Path, url: str, reader: Reader, walk: Walk, *, more: str = "detail = true\n") -> None:
    """Walks in a house with one source whose articles are read."""

    async def inside() -> None:
        catalogue = a_catalogue(folder / "sources.toml", {"krant": LIST}, more=more)
        settings, clock, web = house_settings(folder, url, catalogue), FixedClock(), Web()
        async with open_app(
            settings, reader=reader, clock=clock, fetch=web, cell=in_thread, switchboard=Boards().switchboard()
        ) as app:
            await walk(app, web, clock)

    asyncio.run(inside())


def kept(app: App) -> list[Item]:
    with app.store.read() as session:
        return items.newest(session, 50)


def state(app: App) -> SourceState:
    with app.store.read() as session:
        found = sources.state_of(session, "krant")
    assert found is not None
    return found


def test_the_page_behind_an_entry_is_read_and_its_words_are_not_kept(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def walk(app: App, web: Web, clock: FixedClock) -> None:
        web.lists("https://krant.example/1")

        await poll(app, "krant")

        [item] = kept(app)
        assert item.reading.size is not None
        assert web.asked == [LIST, "https://krant.example/1"]
        assert len(item.extract) <= 500

    in_house(tmp_path, sqlite_url, reader, walk)


def test_an_entry_without_a_page_of_its_own_does_not_get_the_list_as_its_article(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def walk(app: App, web: Web, clock: FixedClock) -> None:
        web.lists(LIST, f"{LIST}#twee", "")

        await poll(app, "krant")

        assert (web.asked, len(kept(app))) == ([LIST], 3)

    in_house(tmp_path, sqlite_url, reader, walk)


def test_an_entry_whose_page_is_not_there_yet_comes_in_all_the_same(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def walk(app: App, web: Web, clock: FixedClock) -> None:
        web.lists("https://krant.example/1")
        web.pages["https://krant.example/1"] = Gone("krant", "krant.example answers 404", advice="")

        await poll(app, "krant")

        assert len(kept(app)) == 1

    in_house(tmp_path, sqlite_url, reader, walk, more='detail = true\nremoved = "volgen"\n')


def test_a_host_that_wants_rest_is_not_asked_for_the_next_article_and_is_left_alone_so_long(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def walk(app: App, web: Web, clock: FixedClock) -> None:
        web.lists(*(f"https://krant.example/{n}" for n in range(4)))
        web.pages["https://krant.example/0"] = Declined("krant", "too often", advice="", retry_after=7200)

        await poll(app, "krant")

        assert web.asked == [LIST, "https://krant.example/0"]
        assert len(kept(app)) == 4
        assert (state(app).due_at or NOON) >= NOON + timedelta(hours=2)

    in_house(tmp_path, sqlite_url, reader, walk)


def test_a_host_in_trouble_costs_one_wait_and_no_entry(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk(app: App, web: Web, clock: FixedClock) -> None:
        web.lists("https://elders.example/1", "https://elders.example/2")
        web.pages["https://elders.example/1"] = Unreachable("krant", "takes too long", advice="")

        await poll(app, "krant")

        assert (len(web.asked), len(kept(app))) == (2, 2)

    in_house(tmp_path, sqlite_url, reader, walk)


def test_more_new_entries_than_one_poll_reads_come_in_at_the_next_which_comes_soon(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def walk(app: App, web: Web, clock: FixedClock) -> None:
        web.lists(*(f"https://krant.example/{n}" for n in range(10)), "https://krant.example/10")

        await poll(app, "krant")
        first, due = len(kept(app)), state(app).due_at
        assert (first, state(app).etag) == (ARTICLES_AT_MOST, "")
        assert due is not None
        clock.forward(hours=1)
        await poll(app, "krant")

        assert len(kept(app)) == 11
        assert due - NOON < app.sources["krant"].every * 1.2

    in_house(tmp_path, sqlite_url, reader, walk)


def test_a_clock_that_ran_ahead_once_does_not_park_the_source(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk(app: App, web: Web, clock: FixedClock) -> None:
        web.lists("https://krant.example/1")
        clock.forward(days=300)
        await poll(app, "krant")
        clock.moment = NOON

        assert (await poll(app, "krant")).outcome is Outcome.OK

    in_house(tmp_path, sqlite_url, reader, walk)
