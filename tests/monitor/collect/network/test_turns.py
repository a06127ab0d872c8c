"""One request at a time per host, and a pause from the end of one to the start of the next."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from itertools import pairwise

from monitor.collect.network.turns import OwnTurns
from tests.monitor.collect.fetching import a_fetcher, source_at
from tests.monitor.collect.site import FEED, Hours, Page, Site, a_site

PAUSE = 5.0


def gaps(site: Site) -> list[float]:
    """Seconds between the requests that came in, those for the manners of the house included."""
    return [(later.at - earlier.at).total_seconds() for earlier, later in pairwise(site.asked)]


async def asked_apart(hours: Hours, sources: Sequence[str], between: Sequence[float] = ()) -> Site:
    """Asks for each path in turn, some seconds after the one before."""
    pages = {path: Page() for path in sources}
    async with a_site(pages, clock=hours) as site, a_fetcher(hours=hours, pause=PAUSE) as fetch:
        for number, path in enumerate(sources):
            await fetch(source_at(site, path), None)
            hours.now += timedelta(seconds=between[number] if between else 0)
        return site


def test_a_hundred_sources_behind_one_host_keep_the_pause() -> None:
    hours = Hours()

    async def ask_at_once() -> tuple[Site, list[object]]:
        paths = [f"/{number}" for number in range(100)]
        pages = {path: Page() for path in paths}
        async with a_site(pages, clock=hours) as site, a_fetcher(hours=hours, pause=PAUSE) as fetch:
            return site, list(await asyncio.gather(*(fetch(source_at(site, path), None) for path in paths)))

    site, answers = asyncio.run(ask_at_once())

    assert len(site.paths) == 100
    assert None not in answers
    assert gaps(site) == [PAUSE] * 101  # robots.txt and tdmrep.json, once, are requests too


def test_who_comes_late_enough_does_not_wait() -> None:
    hours = Hours()

    site = asyncio.run(asked_apart(hours, ["/a", "/b", "/c"], between=[2, 60, 0]))

    assert gaps(site) == [5, 5, 5, 60]
    assert hours.slept == [5, 5, 3]


def test_a_clock_set_back_costs_one_pause_at_most() -> None:
    hours = Hours()

    asyncio.run(asked_apart(hours, ["/a", "/b"], between=[-3600, 0]))

    assert hours.slept == [5, 5, 5]


def test_pause_counts_from_the_end_of_an_answer() -> None:
    """A server that takes four seconds to answer is left alone for five seconds after that."""
    hours = Hours()

    class Slow(OwnTurns):
        async def give_back(self, host: str, pause: float) -> None:
            hours.now += timedelta(seconds=4)
            await super().give_back(host, pause)

    async def ask() -> Site:
        turns = Slow(hours, hours.sleep)
        async with (
            a_site({"/feed": Page()}, clock=hours) as site,
            a_fetcher(hours=hours, pause=PAUSE, turns=turns) as fetch,
        ):
            await fetch(source_at(site), None)
            await fetch(source_at(site), None)
            return site

    assert gaps(asyncio.run(ask())) == [9, 9, 9]


def test_other_hosts_do_not_wait() -> None:
    hours = Hours()

    async def ask_both() -> None:
        turns = OwnTurns(hours, hours.sleep)
        await turns.take("a.example")
        await turns.take("b.example")

    asyncio.run(ask_both())

    assert hours.slept == []


def test_http_and_https_of_one_host_share_their_turns() -> None:
    hours = Hours()

    async def ask_both() -> list[float]:
        async with a_site({"/feed": Page()}) as one, a_site({"/feed": Page()}) as other:
            async with a_fetcher(hours=hours, pause=PAUSE) as fetch:
                await fetch(source_at(one), None)
                await fetch(source_at(other), None)  # another port, the same machine
            return hours.slept

    assert asyncio.run(ask_both()) == [5] * 5


def test_crawl_delay_lengthens_the_pause_once_it_is_known() -> None:
    hours = Hours()

    async def ask_twice() -> Site:
        pages = {"/feed": Page(), "/robots.txt": Page(b"User-agent: *\nCrawl-delay: 20")}
        async with a_site(pages, clock=hours) as site, a_fetcher(hours=hours, pause=PAUSE) as fetch:
            await fetch(source_at(site), None)
            await fetch(source_at(site), None)
            return site

    assert gaps(asyncio.run(ask_twice())) == [5, 5, 20]


def test_who_gives_up_in_the_line_leaves_its_turn_to_the_next() -> None:
    hours = Hours()

    async def wait() -> bool:
        asleep = asyncio.Event()

        async def never_wakes(_seconds: float) -> None:
            asleep.set()
            await asyncio.Event().wait()

        turns = OwnTurns(hours, never_wakes)
        await turns.take("a.example")
        await turns.give_back("a.example", PAUSE)
        first = asyncio.create_task(turns.take("a.example"))
        await asleep.wait()
        first.cancel()
        await asyncio.wait([first])
        hours.now += timedelta(seconds=PAUSE)
        await turns.take("a.example")
        return first.cancelled()

    assert asyncio.run(wait())


def test_dripping_hosts_keep_nobody_waiting() -> None:
    """Forty sources hang on eight hosts until the patience is over; those of the good host are done long before."""

    async def ask() -> list[bytes]:
        drip = Page(drips=True)
        async with AsyncExitStack() as stack:
            good = await stack.enter_async_context(a_site({"/feed": Page()}, host="127.0.0.9"))
            names = [f"127.0.1.{number}" for number in range(1, 9)]
            bad = [await stack.enter_async_context(a_site({"/robots.txt": drip}, host=name)) for name in names]
            fetch = await stack.enter_async_context(a_fetcher(patience=60))
            hanging = [asyncio.create_task(fetch(source_at(site), None)) for site in bad for _ in range(5)]
            await asyncio.gather(*(site.visited.wait() for site in bad))

            answers = [await fetch(source_at(good), None) for _ in range(3)]

            assert not any(task.done() for task in hanging)
            for task in hanging:
                task.cancel()
            await asyncio.wait(hanging)
            return [answer.body for answer in answers if answer]

    assert asyncio.run(ask()) == [FEED] * 3
