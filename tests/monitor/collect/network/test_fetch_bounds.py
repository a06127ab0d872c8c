"""The fetcher within its bounds: no other host, no private address, and each failure named after what one can do."""

import asyncio
import gzip
from dataclasses import replace

import pytest
from yarl import URL

from monitor.collect.network.fetch import SIZE_LIMIT
from monitor.domain import Fetched
from monitor.errors import Changed, CollectError, Declined, Gone, Paywalled, RobotsDenied, Unreachable
from tests.monitor.collect.build import a_source
from tests.monitor.collect.fetching import a_fetcher, error_of, source_at, state_with
from tests.monitor.collect.site import FEED, Page, Site, a_site

# Other hosts and private addresses


@pytest.mark.parametrize("moved", ["/feed", "/robots.txt"])
def test_redirect_to_another_host_never_contacts_it(moved: str) -> None:
    """R2; nor for robots.txt, and what we may not read there is taken as a no."""

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
    assert isinstance(error, RobotsDenied) is (moved == "/robots.txt")


def test_redirect_to_a_host_of_the_source_is_followed_after_its_own_robots_txt() -> None:
    async def ask() -> tuple[Fetched | None, Site]:
        async with (
            a_site({"/new": Page()}, host="127.0.0.2") as other,
            a_site({}, port=other.port) as site,
            a_fetcher() as fetch,
        ):
            site.pages["/feed"] = Page(b"", 301, {"Location": other.url("/new")})
            return await fetch(source_at(site, hosts=("127.0.0.2",)), None), other

    fetched, other = asyncio.run(ask())

    assert fetched is not None
    assert fetched.url == other.url("/new")
    assert other.asked[0].path == "/robots.txt"


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


@pytest.mark.parametrize("how", ["address", "redirect"])
def test_another_port_of_its_own_machine_is_another_service(how: str) -> None:
    """A list may name its next page, and not the database beside it."""

    async def ask() -> Site:
        async with a_site({"/x": Page()}) as other, a_site({}) as site, a_fetcher() as fetch:
            site.pages["/feed"] = Page(b"", 302, {"Location": other.url("/x")})
            with pytest.raises(Declined, match="has another port"):
                await fetch(source_at(site), None, other.url("/x") if how == "address" else "")
            return other

    assert asyncio.run(ask()).asked == []


@pytest.mark.parametrize("port", [":80", ":8080", ""])
def test_source_on_https_is_never_asked_further_without_it(port: str) -> None:
    """R2: neither its next page nor the page behind an entry."""

    async def ask() -> None:
        async with a_fetcher(names={"nieuws.example": ["127.0.0.1"]}) as fetch:
            await fetch(a_source(url="https://nieuws.example/feed"), None, f"http://nieuws.example{port}/feed?p=2")

    with pytest.raises(Declined, match="leaves https"):
        asyncio.run(ask())


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "10.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104 - asked, not bound
        "[::1]", "[::]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
        "2130706433", "127.1", "0", "017700000001",  # how inet_aton writes loopback; aiohttp asks no resolver
    ],
)  # fmt: skip
def test_private_address_is_refused(host: str) -> None:
    async def ask() -> None:
        async with a_fetcher(allow_private=()) as fetch:
            url = URL(f"http://{host}/feed")
            await fetch(a_source(url=str(url), hosts=(url.host or "",)), None)

    with pytest.raises(Declined, match="private address"):
        asyncio.run(ask())


@pytest.mark.parametrize("written", ["0x7f.0.0.1", "localhost", "nieuws.example."])
def test_other_ways_to_write_a_private_host_are_looked_up_and_refused(written: str) -> None:
    async def ask() -> None:
        async with a_fetcher(allow_private=(), names={written: ["127.0.0.1"]}) as fetch:
            await fetch(a_source(url=f"http://{written}/feed", hosts=(written,)), None)

    with pytest.raises(Declined, match="private address"):
        asyncio.run(ask())


@pytest.mark.parametrize(
    "location",
    ["http://127.1:{port}/x", "http://[::ffff:7f00:1]:{port}/x", "http://0:{port}/x", "http://127.0.0.1.:{port}/x"],
)
def test_redirect_to_this_machine_under_another_name_is_another_host(location: str) -> None:
    async def ask() -> Site:
        async with a_site({"/x": Page()}) as site, a_fetcher() as fetch:
            site.pages["/feed"] = Page(b"", 302, {"Location": location.format(port=site.port)})
            with pytest.raises(Declined, match="redirects to another host"):
                await fetch(source_at(site), None)
            return site

    assert asyncio.run(ask()).paths == ["/feed"]


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
        (401, Paywalled),
        (402, Paywalled),
        (403, Declined),
        (404, Gone),
        (408, Unreachable),
        (410, Gone),
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
    ("body", "encoding"),
    [(FEED, "gzip"), (gzip.compress(FEED)[:-12], "gzip"), (FEED, "br"), (FEED, "gzip, gzip")],
    ids=["not packed", "cut off", "a packing nobody asked for", "packed once, said twice"],
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


@pytest.mark.parametrize("further", ["", "/page"])
def test_not_modified_where_nothing_was_compared_is_no_answer(further: str) -> None:
    """A server that always says 304 would look healthy for ever, and never give anything."""

    async def ask() -> None:
        pages = {"/feed": Page(b"", 304), "/page": Page(b"", 304)}
        async with a_site(pages) as site, a_fetcher() as fetch:
            state = state_with(etag='"v1"') if further else state_with(body_hash="0" * 64)
            await fetch(source_at(site), state, site.url(further) if further else "")

    with pytest.raises(Changed, match="answers 304"):
        asyncio.run(ask())


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
