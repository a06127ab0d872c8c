"""The kill switch (R47): no request leaves after it, and those under way are broken off."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from monitor.errors import Halted
from tests.monitor.collect.fetching import a_fetcher, source_at
from tests.monitor.collect.site import Hours, Page, Site, a_site

HALTED = "all collecting is stopped"


class Word:
    """Says from the nth time that it is asked that all is stopped."""

    def __init__(self, stops_at: int) -> None:
        self._left = stops_at

    async def __call__(self) -> bool:
        self._left -= 1
        return self._left < 0


@pytest.mark.parametrize(
    ("stops_at", "asked"),
    [
        (0, []),
        (1, []),  # it was stopped while it waited for its turn
        (2, ["/robots.txt"]),
        (4, ["/robots.txt", "/.well-known/tdmrep.json"]),
        (6, ["/robots.txt", "/.well-known/tdmrep.json", "/feed"]),
        (7, ["/robots.txt", "/.well-known/tdmrep.json", "/feed"]),
    ],
)
def test_no_request_leaves_after_the_word_also_no_next_hop(stops_at: int, asked: list[str]) -> None:
    async def ask() -> list[str]:
        pages = {"/feed": Page(b"", 302, {"Location": "/b"}), "/b": Page()}
        async with a_site(pages) as site, a_fetcher(stopped=Word(stops_at)) as fetch:
            with pytest.raises(Halted, match=HALTED) as raised:
                await fetch(source_at(site), None)
            assert raised.value.weight == 0
            return [request.path for request in site.asked]

    assert asyncio.run(ask()) == asked


def test_what_was_known_of_a_host_does_not_let_a_request_through() -> None:
    hours, on = Hours(), False

    async def stopped() -> bool:
        return on

    async def ask() -> int:
        nonlocal on
        async with a_site({"/feed": Page()}) as site, a_fetcher(hours=hours, stopped=stopped) as fetch:
            await fetch(source_at(site), None)
            on = True
            hours.now += timedelta(days=2)  # what robots.txt said is old, and cannot be asked again
            with pytest.raises(Halted):
                await fetch(source_at(site), None)
            return len(site.asked)

    assert asyncio.run(ask()) == 3


async def halted(site: Site, begin: Callable[[], Awaitable[object]], halt: Callable[[], None], many: int) -> None:
    """Starts so many requests, waits until the site has one, and halts them."""
    under_way = [asyncio.ensure_future(begin()) for _ in range(many)]
    await site.visited.wait()
    halt()
    ends = await asyncio.gather(*under_way, return_exceptions=True)
    assert [type(end) for end in ends] == [Halted] * many


@pytest.mark.parametrize("page", [Page(silent=True), Page(drips=True)])
def test_requests_under_way_and_those_in_line_are_broken_off(page: Page) -> None:
    async def ask() -> list[str]:
        async with a_site({"/robots.txt": page}) as site, a_fetcher() as fetch:
            await halted(site, lambda: fetch(source_at(site), None), fetch.halt, 3)
            return [request.path for request in site.asked]

    assert asyncio.run(ask()) == ["/robots.txt"]


def test_what_was_broken_off_leaves_the_host_free_for_later() -> None:
    async def ask() -> bool:
        async with a_site({"/first": Page(), "/feed": Page(silent=True)}) as site, a_fetcher() as fetch:
            await fetch(source_at(site, "/first"), None)  # the manners are known, so the next is for the page
            site.visited.clear()
            await halted(site, lambda: fetch(source_at(site), None), fetch.halt, 1)
            site.pages["/feed"] = Page()
            return await fetch(source_at(site), None) is not None

    assert asyncio.run(ask())


def test_who_is_cancelled_is_not_called_halted() -> None:
    async def ask() -> bool:
        async with a_site({"/robots.txt": Page(silent=True)}) as site, a_fetcher() as fetch:
            task = asyncio.ensure_future(fetch(source_at(site), None))
            await site.visited.wait()
            task.cancel()
            await asyncio.wait([task])
            return task.cancelled()

    assert asyncio.run(ask())
