"""Packed bodies: unpacked in steps, or left as they came; never more of them than agreed."""

import asyncio
import gzip
import zlib
from dataclasses import replace

import pytest

from monitor.collect import KINDS
from monitor.collect.network.fetch import PACKED_LIMIT
from monitor.collect.network.unpack import STEP, BadPacking, TooLarge, Unpacker
from monitor.domain import Fetched
from monitor.errors import Changed
from tests.monitor.collect.fetching import a_fetcher, source_at
from tests.monitor.collect.site import FEED, Page, a_site

PACKED_KIND = next((name for name, kind in KINDS.items() if kind.packed), "")
BOMB = gzip.compress(b"\0" * 10 * STEP)


def unpacked(packing: str, limit: int, *chunks: bytes, leave: bool = False) -> tuple[bytes, int]:
    """The body, and how often others were given the floor."""
    unpacker = Unpacker(packing, limit, leave=leave)
    steps = sum(len(list(unpacker.feed(chunk))) for chunk in chunks)
    return unpacker.body(), steps


def test_large_body_is_unpacked_in_steps() -> None:
    body, steps = unpacked("gzip", 20 * STEP, BOMB)

    assert body == b"\0" * 10 * STEP
    assert steps == 10


@pytest.mark.parametrize("size", [0, 1, STEP - 1, STEP, STEP + 1, 2 * STEP, 3 * STEP + 7])
@pytest.mark.parametrize("piece", [7_000, 1_000_000])
def test_every_byte_comes_out_whatever_the_pieces_it_came_in(size: int, piece: int) -> None:
    wanted = bytes(range(251)) * (size // 251 + 1)
    packed = gzip.compress(wanted[:size])
    chunks = [packed[start : start + piece] for start in range(0, len(packed), piece)]

    body, _ = unpacked("gzip", 20 * STEP, *chunks)

    assert body == wanted[:size]


@pytest.mark.parametrize("limit", [0, 1, STEP - 1, STEP, 10 * STEP - 1])
def test_bomb_is_stopped_at_the_limit(limit: int) -> None:
    unpacker = Unpacker("gzip", limit)

    with pytest.raises(TooLarge):
        list(unpacker.feed(BOMB))

    assert unpacker.so_far() == b"\0" * limit


def test_bomb_in_many_small_members_is_stopped_too() -> None:
    with pytest.raises(TooLarge):
        unpacked("gzip", 1000, gzip.compress(b"\0" * 100) * 11)


def test_body_that_is_left_packed_stays_as_it_came() -> None:
    assert unpacked("gzip", len(BOMB), BOMB, leave=True) == (BOMB, 0)
    with pytest.raises(TooLarge):
        unpacked("x-gzip", len(BOMB) - 1, BOMB, leave=True)


@pytest.mark.parametrize("packing", ["deflate", "br", "gzip, gzip"])
def test_other_packings_are_not_left(packing: str) -> None:
    with pytest.raises(BadPacking):
        Unpacker(packing, 1000, leave=True)


def test_deflate_without_its_header_is_read_in_steps_too() -> None:
    raw = zlib.compressobj(wbits=-15)

    body, steps = unpacked("deflate", 20 * STEP, raw.compress(b"x" * 3 * STEP) + raw.flush())

    assert (len(body), steps) == (3 * STEP, 3)


@pytest.mark.skipif(not PACKED_KIND, reason="no kind keeps its body packed")
@pytest.mark.parametrize("headers", [{"Content-Encoding": "gzip"}, {"Content-Type": "application/gzip"}, {}])
def test_kind_that_reads_packed_bodies_gets_them_packed(headers: dict[str, str]) -> None:
    async def ask(body: bytes) -> Fetched | None:
        async with a_site({"/feed": Page(body, headers=headers)}) as site, a_fetcher() as fetch:
            return await fetch(replace(source_at(site), kind=PACKED_KIND), None)

    fetched = asyncio.run(ask(gzip.compress(FEED)))
    assert fetched is not None
    assert gzip.decompress(fetched.body) == FEED
    with pytest.raises(Changed, match="too large"):
        asyncio.run(ask(b"\0" * (PACKED_LIMIT + 1)))
