"""Which network addresses a collector may reach: public ones, and those the settings name. Looks names up."""

import asyncio
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp.abc import AbstractResolver, ResolveResult

Address = IPv4Address | IPv6Address

_NAT64 = ip_network("64:ff9b::/96")
_UNICAST = ip_network("2000::/3")
"""All public unicast of IPv6 (RFC 4291 §2.4); outside it lie old and local ways to write an address of inside."""
_SPECIAL = ip_network("192.0.0.0/24")
"""IETF protocol assignments (RFC 6890): DS-Lite, PCP, NAT64 discovery. No source lives there."""

LOOK_UPS = 16
"""Names that are looked up at once; a look-up that hangs may hold its thread for half a minute."""


class PrivateAddress(OSError):
    """Every address of a host lies in a private, loopback, link-local or reserved range."""


def _inner(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for: mapped, 6to4, NAT64; else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def literal(host: str) -> Address | None:
    """`host` as an address; None when it is a name."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def looks_numeric(host: str) -> bool:
    """Whether `host` is written as a number, also in a way that only some systems read, such as `2130706433` or `0`."""
    return ":" in host or host.replace(".", "").isdigit()


def is_loopback(host: str) -> bool:
    """Whether `host`, as written, is this machine itself."""
    address = literal(host)
    return host == "localhost" if address is None else _inner(address).is_loopback


class Gate:
    """Decides which addresses may be reached."""

    def __init__(self, allow_private: Sequence[str]) -> None:
        """`allow_private`: host names, addresses and ranges (CIDR) that may be reached although private."""
        self._ranges = [
            ip_network(entry.strip("[]")) for entry in allow_private if "/" in entry or literal(entry) is not None
        ]
        self._names = {entry.lower() for entry in allow_private}

    def lets_through(self, host: str, address: str) -> bool:
        """Whether `host` may be reached at `address`, one of its own."""
        found = literal(address)
        if found is None:
            return False
        inner = _inner(found)
        if host.lower() in self._names or any(inner in allowed or found in allowed for allowed in self._ranges):
            return True
        if inner in _SPECIAL or (isinstance(inner, IPv6Address) and inner not in _UNICAST):
            return False
        return inner.is_global and not inner.is_multicast


class SystemResolver(AbstractResolver):
    """Asks the system, in threads of its own: names that hang keep no other work waiting, and no other work them."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOK_UPS, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of `host`. Raises OSError when it has none."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _look_up, host, port, family)

    async def close(self) -> None:
        """Lets go of its threads; a look-up that is under way is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
    found = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    numeric = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return [
        ResolveResult(hostname=host, host=str(at[0]), port=int(at[1]), family=kind, proto=protocol, flags=numeric)
        for kind, _, protocol, _, at in found
    ]


class GatedResolver(AbstractResolver):
    """Gives only the addresses that the gate lets through, so that a name cannot lead inside (DNS rebinding).

    The connection is made to exactly these addresses; no second look-up comes between. Names go through the system's
    resolver, because the network of a municipality has its own.
    """

    def __init__(self, gate: Gate, inner: AbstractResolver | None = None) -> None:
        self._gate, self._inner = gate, inner or SystemResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of `host` that may be reached. Raises PrivateAddress when none may be, OSError without any."""
        found = await self._inner.resolve(host, port, family)
        allowed = [result for result in found if self._gate.lets_through(host, result["host"])]
        if not allowed:
            raise PrivateAddress("no public address") if found else OSError("no address at all")
        return allowed

    async def close(self) -> None:
        """Closes the resolver behind it."""
        await self._inner.close()
