"""The fetcher on real sockets: what comes back, how it asks, and what it waits for."""

import asyncio
import gzip
import zlib
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from monitor.collect.network.answers import fresh_for
from monitor.collect.network.wire import OpenDoors
from monitor.domain import Fetched
from tests.monitor.collect.build import NOW
from tests.monitor.collect.fetching import a_fetcher, answer_of, source_at, state_with
from tests.monitor.collect.site import FEED, Page, Site, a_site

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
        body_hash="",  # the ETag says it
        at=NOW,
    )
    assert fetched == expected


def test_answer_without_an_etag_carries_the_hash_of_its_body() -> None:
    fetched, _ = asyncio.run(answer_of({"/feed": Page(headers={"Last-Modified": "Sun, 22 Nov 2026 08:00:00 GMT"})}))

    assert fetched is not None
    assert fetched.body_hash == sha256(FEED).hexdigest()


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


def test_a_calendar_that_was_not_read_for_a_month_is_read_whole_again() -> None:
    """What a calendar gives depends on the day: its window moves on while the file stays the same."""

    async def read(days: int) -> Fetched | None:
        state = state_with(body_hash=sha256(FEED).hexdigest(), etag='"v1"')
        state.read_at = NOW - timedelta(days=days)
        async with a_site({"/feed": Page(headers={"ETag": '"v1"'})}) as site, a_fetcher() as fetch:
            return await fetch(replace(source_at(site), kind="ics"), state)

    assert asyncio.run(read(29)) is None
    assert asyncio.run(read(31)) is not None


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({}, None),
        ({"Cache-Control": "max-age=600"}, 10),
        ({"Cache-Control": 'public, Max-Age="600" , s-maxage=9'}, 10),
        ({"Cache-Control": "max-age=600", "Age": "120"}, 8),
        ({"Cache-Control": "max-age=600", "Age": "700"}, None),
        ({"Cache-Control": "max-age=600", "Expires": "Sun, 22 Nov 2026 09:00:00 GMT"}, 10),
        ({"Cache-Control": "max-age=99999999999999999999"}, 24 * 60),
        ({"Cache-Control": "s-maxage=600"}, None),
        ({"Cache-Control": "max-age=-5"}, None),
        ({"Cache-Control": "max-age"}, None),
        ({"Cache-Control": "no-cache, max-age=600"}, None),
        ({"Cache-Control": "no-store", "Expires": "Sun, 22 Nov 2026 09:00:00 GMT"}, None),
        ({"Expires": "Sun, 22 Nov 2026 09:00:00 GMT", "Date": "Sun, 22 Nov 2026 08:30:00 GMT"}, 30),
        ({"Expires": "Sun, 22 Nov 2026 09:00:00 GMT", "Date": "onzin"}, 60),
        ({"Expires": "Sun, 22 Nov 2020 09:00:00 GMT", "Date": "Sun, 22 Nov 2026 08:30:00 GMT"}, None),
        ({"Expires": "Fri, 31 Dec 9999 23:59:59 GMT", "Date": "Sun, 22 Nov 2026 08:30:00 GMT"}, 24 * 60),
        ({"Expires": "0"}, None),
        ({"Expires": "-1"}, None),
        ({"Expires": "Fri, 31 Dec 9999 23:59:59 -2359"}, 24 * 60),
    ],
)
def test_server_may_say_how_long_its_answer_stays_fresh(headers: dict[str, str], minutes: int | None) -> None:
    assert fresh_for(headers, NOW) == (None if minutes is None else timedelta(minutes=minutes))


def test_freshness_travels_with_the_answer() -> None:
    fetched, _ = asyncio.run(answer_of({"/feed": Page(headers={"Cache-Control": "max-age=900"})}))

    assert fetched is not None
    assert fetched.fresh_for == timedelta(minutes=15)


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


def test_so_many_connections_stay_open_and_no_more() -> None:
    doors = OpenDoors(2, seconds=15)

    visits = [("a", 0), ("b", 1), ("c", 2), ("a", 14), ("c", 16), ("b", 17)]
    stays = [doors.may_stay(origin, now) for origin, now in visits]

    assert stays == [True, True, False, True, True, False]  # b was idle for long, a and c were asked since


def test_connection_is_used_again_while_there_is_room_for_it() -> None:
    async def ask() -> int:
        async with a_site({"/feed": Page()}) as site, a_fetcher() as fetch:
            for _ in range(3):
                await fetch(source_at(site), None)
            return len({asked.peer for asked in site.asked})

    assert asyncio.run(ask()) == 1
