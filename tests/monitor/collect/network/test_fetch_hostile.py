"""Servers that break the rules of HTTP, by accident or on purpose: a typed error, or a sound answer."""

import asyncio
from asyncio import StreamWriter
from collections.abc import Awaitable, Callable

import pytest

from monitor.collect.network.fetch import SIZE_LIMIT
from monitor.domain import Fetched
from monitor.errors import Changed, CollectError, Declined, Unreachable
from tests.monitor.collect.fetching import a_fetcher, answer_of, source_at
from tests.monitor.collect.site import FEED, Page, Site, a_raw_site

OK = b"HTTP/1.1 200 OK\r\n"
WHOLE = OK + b"Content-Length: %d\r\n\r\n" % len(FEED) + FEED
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"

Answer = Callable[[StreamWriter], Awaitable[None]]


def says(words: bytes, *, closes: bool = True) -> Answer:
    """An answer of exactly these bytes."""

    async def answer(writer: StreamWriter) -> None:
        writer.write(words)
        await writer.drain()
        if closes:
            writer.close()

    return answer


def goes_on(start: bytes, more: bytes) -> Answer:
    """An answer that never ends."""

    async def answer(writer: StreamWriter) -> None:
        writer.write(start)
        while True:
            writer.write(more)
            await writer.drain()

    return answer


def asked(answer: Answer, times: int = 1) -> tuple[list[Fetched | None], Site]:
    async def ask() -> tuple[list[Fetched | None], Site]:
        async with a_raw_site(answer) as site, a_fetcher() as fetch:
            return [await fetch(source_at(site), None) for _ in range(times)], site

    return asyncio.run(ask())


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(b"", id="nothing at all"),
        pytest.param(FEED, id="HTTP/0.9"),
        pytest.param(b"\x00\xff\x00rubbish\r\n\r\n", id="rubbish"),
        pytest.param(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", id="HTTP/2"),
        pytest.param(OK + b'ETag: "a\0b"\r\nContent-Length: 0\r\n\r\n', id="NUL in a header"),
        pytest.param(OK + b"ET\0ag: a\r\nContent-Length: 0\r\n\r\n", id="NUL in the name of a header"),
        pytest.param(OK + b"Content-Length: -3\r\n\r\n" + FEED, id="negative length"),
        pytest.param(OK + b"Content-Length: 6\r\nContent-Length: 3\r\n\r\n" + FEED, id="two lengths"),
        pytest.param(OK + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", id="length and chunks"),
        pytest.param(OK + b"Content-Length: 9999\r\n\r\n" + FEED, id="too long a length"),
        pytest.param(CHUNKED + b"9999\r\n" + FEED, id="truncated chunk"),
        pytest.param(CHUNKED + b"5\r\n<rss>\r\n", id="no last chunk"),
        pytest.param(CHUNKED + b"zz\r\n" + FEED, id="length of a chunk that is no number"),
        pytest.param(CHUNKED + b"f" * 20 + b"\r\n" + FEED, id="length of a chunk beyond all bounds"),
    ],
)
def test_broken_answer_is_unreachable(words: bytes) -> None:
    with pytest.raises(Unreachable):
        asked(says(words))


@pytest.mark.parametrize(
    ("start", "more", "error"),
    [
        pytest.param(OK, b"X: y\r\n" * 100, Unreachable, id="headers"),
        pytest.param(OK + b"X: ", b"y" * 10_000, Unreachable, id="one header"),
        pytest.param(b"HTTP/1.1 200 ", b"y" * 10_000, Unreachable, id="the first line"),
        pytest.param(CHUNKED + b"1\r\na\r\n0\r\n", b"X: y\r\n" * 100, Unreachable, id="trailers"),
        pytest.param(OK + b"\r\n", b" " * 65_536, Changed, id="body"),
        pytest.param(CHUNKED, b"10000\r\n" + b" " * 65_536 + b"\r\n", Changed, id="chunks"),
    ],
)
def test_flood_is_cut_off(start: bytes, more: bytes, error: type[CollectError]) -> None:
    with pytest.raises(error):
        asked(goes_on(start, more))


def test_silence_in_the_middle_of_a_body_ends_with_our_patience() -> None:
    async def ask() -> None:
        answer = says(OK + b"Content-Length: 100\r\n\r\n" + FEED[:20], closes=False)
        async with a_raw_site(answer) as site, a_fetcher(patience=0.05) as fetch:
            await fetch(source_at(site), None)

    with pytest.raises(Unreachable, match="takes too long"):
        asyncio.run(ask())


def test_steady_drip_ends_with_our_patience_however_often_a_byte_comes() -> None:
    async def ask() -> None:
        async with a_raw_site(goes_on(CHUNKED, b"1;" + b"x" * 5_000)) as site, a_fetcher(patience=0.2) as fetch:
            await fetch(source_at(site), None)

    with pytest.raises(Unreachable):
        asyncio.run(ask())


def test_early_hints_are_passed_over() -> None:
    answers, _ = asked(says(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + WHOLE))

    assert [answer.body for answer in answers if answer] == [FEED]


@pytest.mark.parametrize(("status", "error"), [(b"101", Changed), (b"000", Changed), (b"999", Unreachable)])
def test_odd_status_is_an_error(status: bytes, error: type[CollectError]) -> None:
    with pytest.raises(error):
        asked(says(b"HTTP/1.1 " + status + b" X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nabc"))


def test_second_answer_that_nobody_asked_for_is_never_read() -> None:
    """Else a server, or who sits in between, puts words in the mouth of the next answer on the connection."""
    planted = OK + b"Content-Length: 7\r\n\r\n<evil/>"

    answers, site = asked(says(WHOLE + planted, closes=False), times=3)

    assert [answer.body for answer in answers if answer] == [FEED] * 3
    assert site.paths == ["/feed"] * 3


@pytest.mark.parametrize("validator", [b"\xe9\xff", b'"' + b"x" * 600 + b'"', b"\x7f"])
def test_validator_that_cannot_be_sent_back_is_not_kept(validator: bytes) -> None:
    words = OK + b"ETag: " + validator + b"\r\nContent-Length: %d\r\n\r\n" % len(FEED) + FEED

    answers, _ = asked(says(words))

    assert [(answer.etag, bool(answer.body_hash)) for answer in answers if answer] == [("", True)]


@pytest.mark.parametrize("location", [b"http://[::1", b"http://127.0.0.1:99999/", b"//", b"http://", b"\xff\xfe"])
def test_redirect_to_rubbish_is_an_error(location: bytes) -> None:
    with pytest.raises((Changed, Declined)):
        asked(says(b"HTTP/1.1 302 X\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n"))


def test_redirect_between_two_addresses_is_given_up() -> None:
    pages = {"/feed": Page(b"", 302, {"Location": "/b"}), "/b": Page(b"", 307, {"Location": "/feed"})}

    with pytest.raises(Declined, match="redirects for ever"):
        asyncio.run(answer_of(pages))


@pytest.mark.parametrize("packing", ["br", "zstd", "compress", "gzip, br", "x-onbekend"])
def test_packing_that_we_never_ask_for_is_refused_unopened(packing: str) -> None:
    with pytest.raises(Changed, match="unknown content encoding"):
        asyncio.run(answer_of({"/feed": Page(FEED, headers={"Content-Encoding": packing})}))


def test_body_of_exactly_the_limit_is_taken() -> None:
    async def ask() -> int:
        fetched, _ = await answer_of({"/feed": Page(b" " * SIZE_LIMIT)})
        return len(fetched.body) if fetched else 0

    assert asyncio.run(ask()) == SIZE_LIMIT
