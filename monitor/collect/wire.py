"""One GET: no cookie, no redirect, no private address, no picture, no more bytes than agreed. Or a CollectError."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import aiohttp
from yarl import URL

from monitor.collect.addresses import Gate, PrivateAddress, literal
from monitor.collect.refused import person_behind
from monitor.collect.unpack import BadPacking, TooLarge, Unpacker
from monitor.domain import Source
from monitor.errors import Changed, Declined, Unreachable

REDIRECTS = frozenset({301, 302, 303, 307, 308})
WITH_BODY = frozenset({HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})
CHUNK = 64 * 1024
_NO_TEXT = ("image/", "video/", "audio/")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave to one GET."""

    url: URL
    status: int
    headers: Mapping[str, str]
    """Names in any case."""
    body: bytes = field(repr=False)
    """Unpacked; empty unless the status is one of WITH_BODY."""


class Wire:
    """Makes requests, each to an address that the source may use."""

    def __init__(self, session: aiohttp.ClientSession, gate: Gate) -> None:
        self._session, self._gate = session, gate

    async def get(
        self, source: Source, url: URL, headers: Mapping[str, str], *, limit: int, cut: bool = False
    ) -> Answer:
        """The answer to one GET of `url`. `limit` counts unpacked bytes; with `cut` what comes after them is ignored.

        Raises Declined for an address that must not be asked, Unreachable without a whole answer, Changed for a
        picture, a body above the limit or one that is not packed as its header says.
        """
        self.admit(source, url)
        host = url.host or ""
        try:
            async with self._session.get(url, headers=headers, allow_redirects=False) as response:
                body = await self._body(source, host, response, limit, cut) if response.status in WITH_BODY else b""
                return Answer(url, response.status, response.headers.copy(), body)
        except TimeoutError as error:
            advice = f"Bron '{source.id}': {host} antwoordt te traag; wij proberen het bij de volgende beurt opnieuw."
            raise Unreachable(source.id, f"{host} takes too long", advice=advice) from error
        except aiohttp.ClientConnectorDNSError as error:
            if isinstance(error.os_error, PrivateAddress):
                raise _private(source, host) from error
            advice = f"Bron '{source.id}': de naam {host} is niet te vinden; controleer het adres in sources.toml."
            raise Unreachable(source.id, f"{host} has no address", advice=advice) from error
        except (aiohttp.ClientSSLError, aiohttp.ServerFingerprintMismatch) as error:
            advice = f"Bron '{source.id}': het certificaat van {host} deugt niet; meld het de uitgever."
            raise Unreachable(source.id, f"no safe connection with {host}", advice=advice) from error
        except aiohttp.ClientPayloadError as error:
            advice = f"Bron '{source.id}': {host} brak het antwoord af; wij proberen het bij de volgende beurt opnieuw."
            raise Unreachable(source.id, f"{host} breaks off its answer", advice=advice) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # ValueError: aiohttp lets it rise for a header or an address that cannot be put on the wire.
            advice = f"Bron '{source.id}': {host} is niet te bereiken; wij proberen het bij de volgende beurt opnieuw."
            raise Unreachable(source.id, f"{host} cannot be reached: {type(error).__name__}", advice=advice) from error

    def next_hop(self, source: Source, answer: Answer) -> URL:
        """Where a redirect leads. Raises Declined when that is elsewhere (R2) or not safe, Changed when nowhere."""
        host = answer.url.host
        try:
            url = answer.url.join(URL(answer.headers["Location"])).with_fragment(None)
        except (KeyError, ValueError) as error:
            advice = f"Bron '{source.id}': {host} verwijst naar een onbruikbaar adres; controleer het in sources.toml."
            raise Changed(source.id, f"{host} redirects to no address", advice=advice) from error
        if (url.host or "").lower() not in source.hosts:
            advice = (
                f"Bron '{source.id}': {host} verwijst door naar {url.host}; is dat de uitgever zelf, "
                "zet dat adres dan in sources.toml, en anders de bron uit."
            )
            raise Declined(source.id, f"{host} redirects to another host", advice=advice)
        if answer.url.scheme == "https" and url.scheme != "https":
            advice = f"Bron '{source.id}': {host} verwijst naar een onbeveiligd adres; vraag de uitgever om https."
            raise Declined(source.id, f"{host} redirects from https to {url.scheme}", advice=advice)
        return url

    def admit(self, source: Source, url: URL) -> None:
        """Raises Declined for an address that the source may not use: another host, a person, a private network."""
        host = (url.host or "").lower()
        if url.scheme not in ("http", "https") or host not in source.hosts or url.user or url.password:
            advice = f"Bron '{source.id}': {host} valt buiten 'hosts'; controleer de bron in sources.toml."
            raise Declined(source.id, "address outside the hosts of the source", advice=advice)
        if why := person_behind(url):
            raise Declined(source.id, "address of a person", advice=f"Bron '{source.id}': {why}; zet de bron uit.")
        if literal(host) is not None and not self._gate.lets_through(host, host):
            raise _private(source, host)  # aiohttp asks no resolver about an address

    async def _body(self, source: Source, host: str, response: aiohttp.ClientResponse, limit: int, cut: bool) -> bytes:
        if response.content_type.startswith(_NO_TEXT):
            advice = f"Bron '{source.id}': {host} geeft beeld of geluid in plaats van tekst; controleer het adres."
            raise Changed(source.id, f"{host} gives {response.content_type.partition('/')[0]}", advice=advice)
        try:
            unpacker = Unpacker(response.headers.get("Content-Encoding", ""), limit)
            try:
                async for chunk in response.content.iter_chunked(CHUNK):
                    unpacker.feed(chunk)
            except TooLarge as error:
                if cut:
                    return unpacker.so_far()
                advice = f"Bron '{source.id}': {host} geeft meer dan {limit // 1_000_000} MB; kies een kleiner adres."
                raise Changed(source.id, f"answer of {host} is too large", advice=advice) from error
            return unpacker.body()
        except BadPacking as error:
            advice = f"Bron '{source.id}': {host} pakt zijn antwoord verkeerd in; meld het de uitgever."
            raise Changed(source.id, f"answer of {host}: {error}", advice=advice) from error


def _private(source: Source, host: str) -> Declined:
    advice = (
        f"Bron '{source.id}': {host} ligt in een besloten netwerk; alleen openbare bronnen mogen, "
        "controleer het adres in sources.toml."
    )
    return Declined(source.id, f"{host} has a private address", advice=advice)
