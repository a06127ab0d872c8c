"""Which addresses may be reached."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from monitor.collect.network.addresses import (
    Gate,
    GatedResolver,
    PrivateAddress,
    SystemResolver,
    is_loopback,
    looks_numeric,
)
from tests.monitor.collect.fetching import Names


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to refuse, nothing is bound
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff0e::1", False),
        ("2001:db8::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
        ("::127.0.0.1", False),
        ("::93.184.216.34", False),
        ("fec0::1", False),
        ("64:ff9b:1::7f00:1", False),
        ("::ffff:0:127.0.0.1", False),
        ("5f00::1", False),
        ("192.0.0.8", False),
        ("192.0.0.9", False),
        ("::ffff:192.0.0.9", False),
        ("no address", False),
    ],
)
def test_only_public_addresses_may_be_reached(address: str, public: bool) -> None:
    assert Gate([]).lets_through("bron.example", address) is public


@pytest.mark.parametrize(
    ("allowed", "host", "address", "may"),
    [
        ("127.0.0.0/8", "demo.example", "127.0.0.9", True),
        ("127.0.0.0/8", "demo.example", "::ffff:127.0.0.9", True),
        ("127.0.0.0/8", "demo.example", "10.0.0.1", False),
        ("10.0.0.1", "demo.example", "10.0.0.1", True),
        ("10.0.0.1", "demo.example", "10.0.0.2", False),
        ("Demo.example", "demo.example", "10.0.0.2", True),
        ("demo.example", "other.example", "10.0.0.2", False),
        ("fd00::/8", "demo.example", "fd00::1", True),
        ("[::1]", "demo.example", "::1", True),
    ],
)
def test_settings_may_name_private_hosts_addresses_and_ranges(allowed: str, host: str, address: str, may: bool) -> None:
    assert Gate([allowed]).lets_through(host, address) is may


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("localhost", True), ("127.0.0.5", True), ("::1", True), ("::ffff:127.0.0.1", True), ("a.example", False)],
)
def test_loopback_is_known_by_how_it_is_written(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@pytest.mark.parametrize(
    ("host", "numeric"),
    [("127.0.0.1", True), ("2130706433", True), ("0", True), ("::1", True), ("0x7f.1", False), ("1.example", False)],
)
def test_host_that_looks_like_a_number_is_known(host: str, numeric: bool) -> None:
    assert looks_numeric(host) is numeric


def test_name_with_a_public_and_a_private_address_leads_to_the_public_one() -> None:
    resolver = GatedResolver(Gate([]), Names({"nieuws.example": ["10.0.0.1", "93.184.216.34", "127.0.0.1"]}))

    found = asyncio.run(resolver.resolve("nieuws.example"))

    assert [result["host"] for result in found] == ["93.184.216.34"]


def test_name_that_comes_to_point_inside_is_refused_from_then_on() -> None:
    """DNS rebinding: aiohttp connects to the addresses of this very answer, and asks again for the next."""
    addresses = {"nieuws.example": ["93.184.216.34"]}
    resolver = GatedResolver(Gate([]), Names(addresses))

    assert len(asyncio.run(resolver.resolve("nieuws.example"))) == 1
    addresses["nieuws.example"] = ["169.254.169.254"]
    with pytest.raises(PrivateAddress):
        asyncio.run(resolver.resolve("nieuws.example"))


def test_names_are_looked_up_while_every_other_thread_is_busy() -> None:
    async def look_up() -> list[str]:
        done, resolver = threading.Event(), GatedResolver(Gate(["127.0.0.0/8"]))
        with ThreadPoolExecutor(1) as threads:
            loop = asyncio.get_running_loop()
            loop.set_default_executor(threads)
            busy = loop.run_in_executor(None, done.wait)
            try:
                async with asyncio.timeout(10):
                    found = await resolver.resolve("127.0.0.1", 80)
            finally:
                done.set()
                await busy
                await resolver.close()
        return [f"{result['host']}:{result['port']}" for result in found]

    assert asyncio.run(look_up()) == ["127.0.0.1:80"]


def test_resolver_that_was_closed_looks_nothing_up() -> None:
    async def look_up() -> None:
        resolver = SystemResolver()
        await resolver.close()
        await resolver.resolve("127.0.0.1")

    with pytest.raises(RuntimeError, match="after shutdown"):
        asyncio.run(look_up())
