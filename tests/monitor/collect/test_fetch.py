"""The fetcher on real sockets: what comes back, how it asks, and what it waits for."""

import asyncio
import gzip
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from monitor.domain import Fetched
from monitor.errors import CollectError, Declined
from tests.monitor.collect.build import NOW
from tests.monitor.collect.fetching import a_fetcher, answer_of, error_of, source_at, state_with
from tests.monitor.collect.site import FEED, Hours, Page, Site, a_site

# What comes back


def test_first_answer_carries_the_body_its_hash_and_its_validators() -> None:
    headers = {"ETag": '"v1"', "Last-Modified": "Sat, 21 Nov 2026 08:00:00 GMT", "Content-Type": "application/rss+xml"}

    fetched, site = asyncio.run(answer_of({"/feed": Page(headers=headers)}))

    expected = Fetched(
        source="bron",
        url=site.url(),
        content_type="application/rss+xml",
        body=FEED,
        etag='"v1"',
        last_modified="Sat, 21 Nov 2026 08:00:00 GMT",
        body_hash=sha256(FEED).hexdigest(),
        at=NOW,
    )
    assert fetched == expected


def test_known_validators_are_sent_and_not_modified_gives_none() -> None:
    state = state_with(etag='"v1"', last_modified="Sat, 21 Nov 2026 08:00:00 GMT")

    fetched, site = asyncio.run(answer_of({"/feed": Page(headers={"ETag": '"v1"'})}, state))

    sent = site.asked[-1].headers
    assert fetched is None
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"v1"', "Sat, 21 Nov 2026 08:00:00 GMT")


def test_same_body_gives_none_when_the_server_has_no_validators() -> None:
    known = state_with(body_hash=sha256(FEED).hexdigest())

    fetched, site = asyncio.run(answer_of({"/feed": Page()}, known))

    assert fetched is None
    assert not {"If-None-Match", "If-Modified-Since"} & site.asked[-1].headers.keys()


def test_other_body_comes_back_when_the_server_has_no_validators() -> None:
    fetched, _ = asyncio.run(answer_of({"/feed": Page()}, state_with(body_hash="0" * 64)))

    assert fetched is not None
    assert fetched.body == FEED


def test_a_calendar_without_news_for_a_month_is_read_whole_again() -> None:
    """What a calendar gives depends on the day: its window moves on while the file stays the same."""

    async def read(days_without_news: int) -> Fetched | None:
        state = state_with(body_hash=sha256(FEED).hexdigest(), etag='"v1"')
        state.news_at = NOW - timedelta(days=days_without_news)
        async with a_site({"/feed": Page(headers={"ETag": '"v1"'})}) as site, a_fetcher() as fetch:
            return await fetch(replace(source_at(site), kind="ics"), state)

    assert asyncio.run(read(29)) is None
    assert asyncio.run(read(31)) is not None


def test_no_content_gives_an_empty_body() -> None:
    fetched, _ = asyncio.run(answer_of({"/feed": Page(b"", 204)}))

    assert fetched is not None
    assert fetched.body == b""


@pytest.mark.parametrize("packing", ["gzip", "deflate", "raw deflate", "two gzip members", "padded gzip"])
def test_packed_answer_is_unpacked(packing: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(FEED),
        "deflate": zlib.compress(FEED),
        "raw deflate": raw.compress(FEED) + raw.flush(),
        "two gzip members": gzip.compress(FEED[:40]) + gzip.compress(FEED[40:]),
        "padded gzip": gzip.compress(FEED) + b"\0" * 16,
    }[packing]
    encoding = "deflate" if "deflate" in packing else "gzip"

    fetched, _ = asyncio.run(answer_of({"/feed": Page(packed, headers={"Content-Encoding": encoding})}))

    assert fetched is not None
    assert fetched.body == FEED


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


# How we ask


def test_every_request_names_us_and_carries_no_cookie() -> None:
    """R3, R4; also after the site tried to set one."""

    async def ask_twice() -> Site:
        cookie = {"Set-Cookie": "spoor=1; Path=/"}
        pages = {"/feed": Page(headers=cookie), "/robots.txt": Page(b"User-agent: *\nAllow: /", headers=cookie)}
        async with a_site(pages) as site, a_fetcher() as fetch:
            await fetch(source_at(site), None)
            await fetch(source_at(site), None)
            return site

    site = asyncio.run(ask_twice())

    assert {asked.headers["User-Agent"] for asked in site.asked} == {"Torenwacht/0.1.0 (+beheer@torenwacht.example)"}
    assert not any({"Cookie", "Authorization", "Referer"} & asked.headers.keys() for asked in site.asked)


def test_key_of_the_municipality_comes_from_the_environment() -> None:
    async def ask(environment: Mapping[str, str]) -> Site:
        async with a_site({"/feed": Page()}) as site, a_fetcher(environment=environment) as fetch:
            options = {"headers": {"X-Auth-Token": "env:TORENWACHT_VOETBAL_KEY"}}
            await fetch(replace(source_at(site), options=options), None)
            return site

    site = asyncio.run(ask({"TORENWACHT_VOETBAL_KEY": "geheim"}))

    assert site.asked[-1].headers["X-Auth-Token"] == "geheim"
    assert "X-Auth-Token" not in site.asked[0].headers  # robots.txt needs no key
    with pytest.raises(Declined, match="TORENWACHT_VOETBAL_KEY is not set"):
        asyncio.run(ask({}))


def test_two_requests_to_one_host_stand_a_pause_apart() -> None:
    hours = Hours()

    async def ask_three_times() -> None:
        async with a_site({"/feed": Page()}) as site, a_fetcher(hours=hours, pause=5) as fetch:
            await fetch(source_at(site), None)
            hours.now += timedelta(seconds=2)
            await fetch(source_at(site), None)
            hours.now += timedelta(seconds=60)
            await fetch(source_at(site), None)

    asyncio.run(ask_three_times())

    assert hours.slept == [3.0]  # the first follows robots.txt at once, the third comes late enough


def test_a_clock_set_back_costs_one_pause_at_most() -> None:
    hours = Hours()

    async def ask_twice() -> None:
        async with a_site({"/feed": Page()}) as site, a_fetcher(hours=hours, pause=5) as fetch:
            await fetch(source_at(site), None)
            hours.now -= timedelta(hours=1)
            await fetch(source_at(site), None)

    asyncio.run(ask_twice())

    assert hours.slept == [5.0]


def test_other_hosts_do_not_wait() -> None:
    hours = Hours()

    async def ask_both() -> None:
        async with (
            a_site({"/feed": Page()}, host="127.0.0.2") as one,
            a_site({"/feed": Page()}, host="127.0.0.3") as other,
            a_fetcher(hours=hours, pause=5) as fetch,
        ):
            await asyncio.gather(fetch(source_at(one), None), fetch(source_at(other), None))

    asyncio.run(ask_both())

    assert hours.slept == []


def test_sources_on_one_host_are_asked_one_after_the_other() -> None:
    hours = Hours()

    async def ask_at_once() -> Site:
        async with a_site({"/a": Page(), "/b": Page()}) as site, a_fetcher(hours=hours, pause=5) as fetch:
            await asyncio.gather(fetch(source_at(site, "/a"), None), fetch(source_at(site, "/b"), None))
            return site

    site = asyncio.run(ask_at_once())

    assert sorted(site.paths) == ["/a", "/b"]
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1
    assert hours.slept == [5.0]


# robots.txt


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


def test_crawl_delay_lengthens_the_pause() -> None:
    hours = Hours()

    async def ask_twice() -> None:
        pages = {"/feed": Page(), "/robots.txt": Page(b"User-agent: *\nCrawl-delay: 20")}
        async with a_site(pages) as site, a_fetcher(hours=hours, pause=5) as fetch:
            await fetch(source_at(site), None)
            await fetch(source_at(site), None)

    asyncio.run(ask_twice())

    assert hours.slept == [20.0]
