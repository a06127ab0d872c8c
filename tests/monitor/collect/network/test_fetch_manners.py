"""What a host asks of visitors, over real sockets: robots.txt (RFC 9309) and the reservation of text mining (R5)."""

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import ParamSpec, TypeVar

import pytest

from monitor.collect.network.manners import AGAIN_AFTER, CLOSED_FOR, KNOWN_FOR, Manners
from monitor.collect.network.robots import ALLOW_ALL, READ_AT_MOST, Rules
from monitor.domain import Fetched
from monitor.errors import CollectError, Declined, RobotsDenied, Unreachable
from tests.monitor.collect.build import NOW
from tests.monitor.collect.fetching import a_fetcher, answer_of, error_of, source_at
from tests.monitor.collect.site import Hours, Page, Site, a_site

P = ParamSpec("P")
T = TypeVar("T")
MANNERS = ("/robots.txt", "/.well-known/tdmrep.json")


def asked_for_manners(site: Site) -> list[str]:
    return [asked.path for asked in site.asked if asked.path in MANNERS]


@pytest.mark.parametrize("where", ["header", "tdmrep.json"])
def test_reserved_text_and_data_mining_travels_with_the_answer(where: str) -> None:
    """R5."""
    tdmrep = b'[{"location": "/other", "tdm-reservation": 0}, {"location": "/fee*", "tdm-reservation": 1}]'
    pages = {
        "header": {"/feed": Page(headers={"tdm-reservation": "1"})},
        "tdmrep.json": {"/feed": Page(), "/.well-known/tdmrep.json": Page(tdmrep)},
    }[where]

    fetched, _ = asyncio.run(answer_of(pages))

    assert fetched is not None
    assert fetched.reserved


def test_robots_txt_that_disallows_is_obeyed() -> None:
    async def ask() -> tuple[CollectError, Site]:
        pages = {"/feed": Page(), "/robots.txt": Page(b"User-agent: torenwacht\nDisallow: /feed")}
        async with a_site(pages) as site, a_fetcher() as fetch:
            with pytest.raises(Declined) as raised:
                await fetch(source_at(site), None)
            return raised.value, site

    error, site = asyncio.run(ask())

    assert site.paths == []
    assert error.reason == "robots.txt of 127.0.0.1 disallows the address"
    assert error.advice == (
        "Bron 'bron': de robots.txt van 127.0.0.1 staat dit adres niet toe; "
        "vraag de uitgever om toestemming of zet de bron uit."
    )


def test_robots_txt_is_asked_once_a_day() -> None:
    hours = Hours()

    async def ask() -> int:
        async with a_site({"/feed": Page()}) as site, a_fetcher(hours=hours) as fetch:
            for wait in (0, 23, 2):
                hours.now += timedelta(hours=wait)
                await fetch(source_at(site), None)
            return [asked.path for asked in site.asked].count("/robots.txt")

    assert asyncio.run(ask()) == 2


def test_robots_txt_of_a_server_in_trouble_means_not_now() -> None:
    error = error_of({"/feed": Page(), "/robots.txt": Page(b"", 503, {"Retry-After": "120"})})

    assert isinstance(error, Declined)
    assert error.retry_after == 120


def test_what_robots_txt_said_before_counts_while_its_server_is_in_trouble() -> None:
    hours = Hours()

    async def ask() -> Fetched | None:
        async with a_site({"/feed": Page()}) as site, a_fetcher(hours=hours) as fetch:
            await fetch(source_at(site), None)
            site.pages["/robots.txt"] = Page(b"", 500)
            hours.now += timedelta(hours=25)
            return await fetch(source_at(site), None)

    assert asyncio.run(ask()) is not None


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_host_without_robots_txt_allows_everything(status: int) -> None:
    fetched, _ = asyncio.run(answer_of({"/feed": Page(), "/robots.txt": Page(b"", status)}))

    assert fetched is not None


def test_trouble_costs_one_question_an_hour_where_robots_txt_is_known() -> None:
    hours = Hours()

    async def ask() -> int:
        async with a_site({"/feed": Page()}) as site, a_fetcher(hours=hours) as fetch:
            await fetch(source_at(site), None)
            site.pages["/robots.txt"] = Page(b"", 500)
            hours.now += KNOWN_FOR
            for _ in range(3):
                await fetch(source_at(site), None)
            hours.now += AGAIN_AFTER
            await fetch(source_at(site), None)
            return [asked.path for asked in site.asked].count("/robots.txt")

    assert asyncio.run(ask()) == 3


def test_sources_of_one_host_ask_once_for_a_robots_txt_that_is_in_trouble() -> None:
    hours = Hours()

    async def ask() -> tuple[list[float | None], int]:
        async with a_site({"/robots.txt": Page(b"", 503)}) as site, a_fetcher(hours=hours) as fetch:
            waits = []
            for path in ("/a", "/b"):
                with pytest.raises(RobotsDenied) as raised:
                    await fetch(source_at(site, path), None)
                waits.append(raised.value.retry_after)
            hours.now += CLOSED_FOR
            site.pages |= {"/robots.txt": Page(b""), "/a": Page()}
            await fetch(source_at(site, "/a"), None)
            return waits, len(site.asked)

    waits, asked = asyncio.run(ask())

    assert waits == [None, CLOSED_FOR.total_seconds()]
    assert asked == 4  # robots.txt; then robots.txt, tdmrep.json and the page


def test_robots_txt_of_a_server_that_finds_us_too_busy_means_not_now() -> None:
    """Not a 4xx like the others: RFC 9309 would have us go on, which is not what 429 asks."""
    error = error_of({"/feed": Page(), "/robots.txt": Page(b"", 429, {"Retry-After": "60"})})

    assert isinstance(error, RobotsDenied)
    assert error.retry_after == 60


def test_robots_txt_that_no_one_can_read_means_not_now() -> None:
    error = error_of({"/feed": Page(), "/robots.txt": Page(b"\x00", headers={"Content-Encoding": "br"})})

    assert isinstance(error, RobotsDenied)


def test_host_that_breaks_off_its_robots_txt_is_unreachable() -> None:
    assert isinstance(error_of({"/feed": Page(), "/robots.txt": Page(breaks_off=True)}), Unreachable)


def test_robots_txt_behind_five_redirects_counts_and_behind_more_there_is_none() -> None:
    """RFC 9309 §2.3.1.2."""

    def site_with(redirects: int) -> dict[str, Page]:
        hops = ["/robots.txt", *(f"/{n}" for n in range(1, redirects + 1))]
        pages = {a: Page(b"", 301, {"Location": b}) for a, b in pairwise(hops)}
        return {**pages, hops[-1]: Page(b"User-agent: *\nDisallow: /"), "/feed": Page()}

    assert isinstance(error_of(site_with(5)), RobotsDenied)
    fetched, _ = asyncio.run(answer_of(site_with(6)))
    assert fetched is not None


def test_robots_txt_above_the_limit_counts_up_to_its_last_whole_line() -> None:
    line = b"Disallow: /x" + b"x" * 1000 + b"\n"
    long = b"User-agent: *\nDisallow: /feed\n" + line * (READ_AT_MOST // len(line)) + b"Allow: /feed/some/thing"

    assert isinstance(error_of({"/feed": Page(), "/robots.txt": Page(long)}), RobotsDenied)


def test_a_redirect_within_the_host_is_held_against_robots_txt_too() -> None:
    pages = {"/feed": Page(b"", 302, {"Location": "/closed"}), "/robots.txt": Page(b"User-agent: *\nDisallow: /closed")}

    assert isinstance(error_of(pages), RobotsDenied)


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [(429, {"Retry-After": "600"}, 600.0), (429, {}, CLOSED_FOR.total_seconds()), (503, {"Retry-After": "600"}, 600.0)],
)
def test_host_that_asks_to_wait_is_left_alone_whatever_it_allowed_before(
    status: int, headers: Mapping[str, str], wait: float
) -> None:
    hours = Hours()

    async def ask() -> tuple[list[float | None], list[str], int]:
        waits = []
        async with a_site({"/feed": Page()}) as site, a_fetcher(hours=hours) as fetch:
            await fetch(source_at(site), None)
            site.pages["/robots.txt"] = Page(b"", status, headers)
            hours.now += KNOWN_FOR
            for _ in range(2):
                with pytest.raises(RobotsDenied) as raised:
                    await fetch(source_at(site), None)
                waits.append(raised.value.retry_after)
                hours.now += timedelta(seconds=60)
            return waits, site.paths, len(site.asked)

    assert asyncio.run(ask()) == ([wait, wait - 60], ["/feed"], 4)


@pytest.mark.parametrize("value", ["0", "", "yes", "11"])
def test_other_values_of_the_header_reserve_nothing(value: str) -> None:
    fetched, _ = asyncio.run(answer_of({"/feed": Page(headers={"tdm-reservation": value})}))

    assert fetched is not None
    assert not fetched.reserved


@pytest.mark.parametrize("body", [b"", b"{", b"[1, null]", b'{"location": "/"}', b"[" * 100_000, b'[{"location": 3}]'])
def test_tdmrep_that_cannot_be_read_reserves_nothing(body: bytes) -> None:
    fetched, _ = asyncio.run(answer_of({"/feed": Page(), "/.well-known/tdmrep.json": Page(body)}))

    assert fetched is not None
    assert not fetched.reserved


def test_a_reservation_stays_while_tdmrep_cannot_be_read() -> None:
    hours = Hours()

    async def ask() -> Fetched | None:
        tdmrep = Page(b'[{"location": "/", "tdm-reservation": 1}]')
        async with a_site({"/feed": Page(), MANNERS[1]: tdmrep}) as site, a_fetcher(hours=hours) as fetch:
            await fetch(source_at(site), None)
            site.pages[MANNERS[1]] = Page(b"", 503)
            hours.now += KNOWN_FOR
            return await fetch(source_at(site), None)

    fetched = asyncio.run(ask())

    assert fetched is not None
    assert fetched.reserved


@pytest.mark.parametrize(
    "page",
    [
        Page(b"", 503),
        Page(b"", 429),
        Page(b"", 301, {"Location": "http://elders.example/tdmrep.json"}),
        Page(b"[]", breaks_off=True),
        Page(b'[{"location": "/other", "tdm-reservation": 1}' + b" " * READ_AT_MOST + b"]"),
    ],
    ids=["in trouble", "too busy", "elsewhere", "broken off", "cut off"],
)
def test_mining_counts_as_reserved_until_tdmrep_can_be_read(page: Page) -> None:
    hours = Hours()

    async def ask() -> list[bool]:
        reserved = []
        async with a_site({"/feed": Page(), MANNERS[1]: page}) as site, a_fetcher(hours=hours) as fetch:
            for change in (page, page, Page(b"", 404)):
                site.pages[MANNERS[1]] = change
                fetched = await fetch(source_at(site), None)
                assert fetched is not None
                reserved.append(fetched.reserved)
                hours.now += AGAIN_AFTER
        return reserved

    assert asyncio.run(ask()) == [True, True, False]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_host_without_tdmrep_reserves_nothing(status: int) -> None:
    fetched, _ = asyncio.run(answer_of({"/feed": Page(), MANNERS[1]: Page(b"", status)}))

    assert fetched is not None
    assert not fetched.reserved


@pytest.mark.parametrize("name", MANNERS)
def test_many_rules_are_read_and_judged_beside_the_event_loop(name: str) -> None:
    """Twenty thousand rules take some fifty milliseconds, in which nothing else would move."""
    rules = range(20_000)
    robots = "User-agent: *\n" + "".join(f"Disallow: /a{rule}\n" for rule in rules) + "Disallow: /feed"
    tdmrep = [{"location": f"/a{rule}", "tdm-reservation": 1} for rule in rules[:9_000]]
    body = {MANNERS[0]: robots.encode(), MANNERS[1]: json.dumps([*tdmrep, {"location": "/feed"}]).encode()}[name]
    threads = _Counted(4)

    async def ask() -> str:
        asyncio.get_running_loop().set_default_executor(threads)
        async with a_site({"/feed": Page(), name: Page(body)}) as site, a_fetcher() as fetch:
            try:
                fetched = await fetch(source_at(site), None)
            except RobotsDenied:
                return "disallowed"
            return "reserved" if fetched is None or fetched.reserved else "free"

    assert asyncio.run(ask()) == ("disallowed" if name == MANNERS[0] else "free")
    assert threads.done == ["rules_of" if name == MANNERS[0] else "_reservations", "_judge"]


class _Counted(ThreadPoolExecutor):
    """Tells which functions it ran."""

    def __init__(self, threads: int) -> None:
        super().__init__(threads)
        self.done: list[str] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        function = getattr(fn, "args", (fn,))[0]  # asyncio.to_thread hands over partial(context.run, function, …)
        self.done.append(function.__name__)
        return super().submit(fn, *args, **kwargs)


# What is written down


@dataclass
class Notes:
    """A book on paper of its own."""

    pages: dict[str, Manners] = field(default_factory=dict)
    late: dict[str, Manners] = field(default_factory=dict)
    recalled: int = 0

    async def recall(self) -> Mapping[str, Manners]:
        self.recalled += 1
        return self.pages

    async def look(self, origin: str) -> Manners | None:
        return self.late.get(origin)

    async def keep(self, origin: str, manners: Manners) -> None:
        self.pages[origin] = manners


def test_what_was_written_down_is_not_asked_again_by_the_next_process() -> None:
    notes, hours = Notes(), Hours()

    async def ask() -> list[str]:
        async with a_site({"/feed": Page(), "/robots.txt": Page(b"User-agent: *\nCrawl-delay: 7")}) as site:
            for _ in range(2):
                async with a_fetcher(book=notes, hours=hours) as fetch:
                    await asyncio.gather(*(fetch(source_at(site), None) for _ in range(3)))
            assert notes.pages == {site.url(""): Manners(Rules((), 7.0), ALLOW_ALL, NOW + KNOWN_FOR)}
            return asked_for_manners(site)

    assert asyncio.run(ask()) == list(MANNERS)
    assert notes.recalled == 2


def test_what_another_process_learnt_meanwhile_is_not_asked_again() -> None:
    notes, hours = Notes(), Hours()

    async def ask() -> list[str]:
        async with a_site({"/feed": Page()}) as site, a_fetcher(book=notes, hours=hours) as fetch:
            notes.late[site.url("")] = Manners(Rules((("/feed", False),)), ALLOW_ALL, NOW + KNOWN_FOR)
            with pytest.raises(RobotsDenied):
                await fetch(source_at(site), None)
            return asked_for_manners(site)

    assert asyncio.run(ask()) == []
