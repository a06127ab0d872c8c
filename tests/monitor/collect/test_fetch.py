"""The fetcher on real sockets: polite, within its bounds, and each failure named after what one can do."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from socket import AF_INET, AddressFamily

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from monitor.collect import Fetcher, open_fetcher
from monitor.collect.fetch import SIZE_LIMIT
from monitor.domain import Fetched, Source, SourceState
from monitor.errors import Changed, CollectError, Declined, Unreachable
from tests.monitor.collect.build import NOW, a_source
from tests.monitor.collect.site import FEED, Hours, Page, Site, a_site

LOOPBACK = ("127.0.0.0/8",)


class Names(AbstractResolver):
    """Looks names up in a table."""

    def __init__(self, addresses: Mapping[str, Sequence[str]]) -> None:
        self._addresses = addresses

    async def resolve(self, host: str, port: int = 0, family: AddressFamily = AF_INET) -> list[ResolveResult]:
        found = self._addresses.get(host, ())
        return [ResolveResult(hostname=host, host=a, port=port, family=AF_INET, proto=0, flags=0) for a in found]

    async def close(self) -> None:
        return None


@asynccontextmanager
async def a_fetcher(
    *,
    hours: Hours | None = None,
    allow_private: Sequence[str] = LOOPBACK,
    pause: float = 0,
    environment: Mapping[str, str] | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
    patience: float = 10,
) -> AsyncIterator[Fetcher]:
    hours = hours or Hours()
    async with open_fetcher(
        contact="beheer@torenwacht.example",
        allow_private=allow_private,
        pause=pause,
        clock=hours,
        sleep=hours.sleep,
        environment=environment or {},
        resolver=Names(names) if names is not None else None,
        patience=patience,
    ) as fetch:
        yield fetch


def source_at(site: Site, path: str = "/feed", *, hosts: tuple[str, ...] = ()) -> Source:
    return a_source(url=site.url(path), hosts=(site.host, *hosts))


async def answer_of(pages: Mapping[str, Page], state: SourceState | None = None) -> tuple[Fetched | None, Site]:
    async with a_site(pages) as site, a_fetcher() as fetch:
        return await fetch(source_at(site), state), site


def error_of(pages: Mapping[str, Page]) -> CollectError:
    with pytest.raises(CollectError) as raised:
        asyncio.run(answer_of(pages))
    return raised.value


def state_with(**values: str) -> SourceState:
    return SourceState(source="bron", **values)


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


# Other hosts and private addresses


@pytest.mark.parametrize("moved", ["/feed", "/robots.txt"])
def test_redirect_to_another_host_never_contacts_it(moved: str) -> None:
    """R2; robots.txt may not lead elsewhere either."""

    async def ask() -> tuple[CollectError, Site]:
        async with a_site({"/feed": Page()}, host="127.0.0.2") as other:
            pages = {"/feed": Page(), moved: Page(b"", 302, {"Location": other.url()})}
            async with a_site(pages) as site, a_fetcher() as fetch:
                with pytest.raises(Declined) as raised:
                    await fetch(source_at(site), None)
                return raised.value, other

    error, other = asyncio.run(ask())

    assert other.asked == []
    assert error.reason == "127.0.0.1 redirects to another host"


def test_redirect_to_a_host_of_the_source_is_followed_after_its_own_robots_txt() -> None:
    async def ask() -> tuple[Fetched | None, Site]:
        async with a_site({"/new": Page()}, host="127.0.0.2") as other, a_site({}) as site, a_fetcher() as fetch:
            site.pages["/feed"] = Page(b"", 301, {"Location": other.url("/new")})
            return await fetch(source_at(site, hosts=("127.0.0.2",)), None), other

    fetched, other = asyncio.run(ask())

    assert fetched is not None
    assert fetched.url == other.url("/new")
    assert other.asked[0].path == "/robots.txt"


def test_key_of_the_municipality_stays_with_the_host_of_the_source() -> None:
    async def ask() -> Site:
        async with a_site({"/new": Page()}, host="127.0.0.2") as other:
            pages = {"/feed": Page(b"", 302, {"Location": other.url("/new")})}
            async with a_site(pages) as site, a_fetcher(environment={"TORENWACHT_X_KEY": "geheim"}) as fetch:
                source = source_at(site, hosts=("127.0.0.2",))
                await fetch(replace(source, options={"headers": {"X-Key": "env:TORENWACHT_X_KEY"}}), None)
                return other

    other = asyncio.run(ask())

    assert not any("X-Key" in asked.headers for asked in other.asked)


def test_redirect_without_end_is_given_up() -> None:
    error = error_of({"/feed": Page(b"", 302, {"Location": "/feed"})})

    assert isinstance(error, Declined)
    assert error.reason == "127.0.0.1 redirects for ever"


@pytest.mark.parametrize(
    "location", ["", "http://[oops", "ftp://127.0.0.1/x", "http://user:pw@127.0.0.1/x", "/@iemand"]
)
def test_redirect_to_a_useless_or_forbidden_address_is_an_error(location: str) -> None:
    error = error_of({"/feed": Page(b"", 302, {"Location": location} if location else {})})

    assert isinstance(error, Changed | Declined)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]"]
)
def test_private_address_is_refused(host: str) -> None:
    async def ask() -> None:
        async with a_fetcher(allow_private=()) as fetch:
            url = URL(f"http://{host}/feed")
            await fetch(a_source(url=str(url), hosts=(url.host or "",)), None)

    with pytest.raises(Declined, match="private address"):
        asyncio.run(ask())


def test_name_that_resolves_to_a_private_address_is_refused() -> None:
    async def ask() -> Site:
        async with a_site({"/feed": Page()}) as site:
            async with a_fetcher(allow_private=(), names={"nieuws.example": ["127.0.0.1"]}) as fetch:
                url = site.url().replace("127.0.0.1", "nieuws.example")
                with pytest.raises(Declined, match=r"nieuws\.example has a private address"):
                    await fetch(a_source(url=url), None)
            return site

    assert asyncio.run(ask()).asked == []


def test_private_host_that_the_settings_name_may_be_reached() -> None:
    async def ask() -> Fetched | None:
        names = {"nieuws.example": ["127.0.0.1"]}
        async with a_site({"/feed": Page()}) as site, a_fetcher(allow_private=["nieuws.example"], names=names) as fetch:
            return await fetch(a_source(url=site.url().replace("127.0.0.1", "nieuws.example")), None)

    assert asyncio.run(ask()) is not None


# What goes wrong


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Changed),
        (401, Declined),
        (402, Declined),
        (403, Declined),
        (404, Changed),
        (408, Unreachable),
        (410, Changed),
        (418, Changed),
        (429, Declined),
        (451, Declined),
        (500, Unreachable),
        (502, Unreachable),
        (503, Unreachable),
        (206, Changed),
    ],
)
def test_each_status_is_named_after_what_one_can_do(status: int, kind: type[CollectError]) -> None:
    error = error_of({"/feed": Page(b"Wobke Verzonnen", status)})

    assert type(error) is kind
    assert error.reason == f"127.0.0.1 answers {status}"
    assert error.advice.startswith("Bron 'bron': 127.0.0.1 ")
    assert "Wobke" not in error.advice + error.reason


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("90", 90.0),
        ("Sun, 22 Nov 2026 08:10:00 GMT", 600.0),
        ("Sun, 22 Nov 2026 07:00:00 GMT", 0.0),
        ("999999999999", 604800.0),
        ("straks", None),
        ("²", None),
        ("-5", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_read_as_seconds_or_as_a_date(status: int, value: str, seconds: float | None) -> None:
    error = error_of({"/feed": Page(b"", status, {"Retry-After": value})})

    assert isinstance(error, Declined | Unreachable)
    assert error.retry_after == seconds


def test_answer_that_is_too_large_is_refused_before_it_is_unpacked() -> None:
    """A zip bomb of 30 kB that would become 30 MB."""
    bomb = gzip.compress(b"\0" * (SIZE_LIMIT * 3 // 2))

    error = error_of({"/feed": Page(bomb, headers={"Content-Encoding": "gzip"})})

    assert isinstance(error, Changed)
    assert error.reason == "answer of 127.0.0.1 is too large"
    assert "meer dan 20 MB" in error.advice


@pytest.mark.parametrize(
    ("body", "encoding"), [(FEED, "gzip"), (gzip.compress(FEED)[:-12], "gzip"), (FEED, "br"), (FEED, "gzip, gzip")]
)
def test_answer_that_is_not_packed_as_it_says_is_refused(body: bytes, encoding: str) -> None:
    error = error_of({"/feed": Page(body, headers={"Content-Encoding": encoding})})

    assert isinstance(error, Changed)


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "audio/mpeg"])
def test_picture_sound_and_film_are_refused(kind: str) -> None:
    """R16."""
    error = error_of({"/feed": Page(b"\x89PNG", headers={"Content-Type": kind})})

    assert isinstance(error, Changed)
    assert error.reason == f"127.0.0.1 gives {kind.partition('/')[0]}"


def test_empty_answer_is_named() -> None:
    error = error_of({"/feed": Page(b"")})

    assert (type(error), error.reason) == (Changed, "127.0.0.1 gives an empty answer")


def test_answer_that_breaks_off_is_unreachable() -> None:
    assert isinstance(error_of({"/feed": Page(breaks_off=True)}), Unreachable)


def test_silent_server_is_unreachable_after_our_patience() -> None:
    async def ask() -> None:
        async with a_site({"/feed": Page(silent=True)}) as site, a_fetcher(patience=0.05) as fetch:
            await fetch(source_at(site), None)

    with pytest.raises(Unreachable, match="takes too long"):
        asyncio.run(ask())


def test_host_without_an_address_and_host_that_is_off_are_unreachable() -> None:
    async def ask(url: str, host: str) -> None:
        async with a_fetcher(names={}) as fetch:
            await fetch(a_source(url=url, hosts=(host,)), None)

    with pytest.raises(Unreachable, match=r"nieuws\.example has no address"):
        asyncio.run(ask("https://nieuws.example/feed", "nieuws.example"))
    with pytest.raises(Unreachable, match="cannot be reached"):
        asyncio.run(ask("http://127.0.0.1:1/feed", "127.0.0.1"))


def test_no_safe_connection_is_unreachable() -> None:
    async def ask() -> None:
        async with a_site({"/feed": Page()}) as site, a_fetcher() as fetch:
            await fetch(replace(source_at(site), url=site.url().replace("http:", "https:")), None)

    with pytest.raises(Unreachable):
        asyncio.run(ask())
