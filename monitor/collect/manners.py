"""What a host asks of visitors, known for a day: robots.txt (RFC 9309), reservation of text and data mining (R5)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from yarl import URL

from monitor.clock import Clock
from monitor.collect.answers import retry_after
from monitor.collect.robots import ALLOW_ALL, READ_AT_MOST, Rules, rules_of
from monitor.collect.wire import REDIRECTS, WITH_BODY, Answer, Wire
from monitor.domain import Source
from monitor.errors import SOFT, CollectError, RobotsDenied

KNOWN_FOR = timedelta(hours=24)
HOPS = 5
SERVER_TROUBLE = 500


@dataclass(frozen=True, slots=True)
class Manners:
    """What one host asks."""

    rules: Rules
    reserved: Rules
    """Paths of which text and data mining is reserved: the ones that it does not `allow`."""
    until: datetime


class Porter:
    """Knows the manners of every host that was visited; in memory only."""

    def __init__(self, wire: Wire, clock: Clock) -> None:
        self._wire, self._clock = wire, clock
        self._known: dict[URL, Manners] = {}

    def known(self, url: URL) -> Manners | None:
        """What is known already of the host of `url`, also when it is old."""
        return self._known.get(url.origin())

    async def manners(self, source: Source, url: URL, headers: Mapping[str, str]) -> Manners:
        """What the host of `url` asks; two requests a day at most.

        Raises RobotsDenied while robots.txt cannot be read (RFC 9309 §2.3.1.4), unless it was read before; Unreachable
        when the host cannot be reached at all.
        """
        origin, now = url.origin(), self._clock()
        known = self._known.get(origin)
        if known and known.until > now:
            return known
        try:
            rules = await self._rules(source, origin, headers)
        except CollectError:
            if known:
                return known  # §2.4: a server in trouble does not take away what it said before
            raise
        reserved = await self._reserved(source, origin, headers)
        self._known[origin] = found = Manners(rules, reserved, now + KNOWN_FOR)
        return found

    async def _follow(self, source: Source, url: URL, headers: Mapping[str, str]) -> Answer | None:
        """The answer behind at most five redirects; None when there are more."""
        for _ in range(HOPS + 1):
            answer = await self._wire.get(source, url, headers, limit=READ_AT_MOST, cut=True)
            if answer.status not in REDIRECTS:
                return answer
            url = self._wire.next_hop(source, answer)
        return None

    async def _rules(self, source: Source, origin: URL, headers: Mapping[str, str]) -> Rules:
        answer = await self._follow(source, origin / "robots.txt", headers)
        if answer is None:
            return ALLOW_ALL  # §2.3.1.2
        if answer.status in WITH_BODY:
            return rules_of(answer.body.decode("utf-8", "replace"))
        if answer.status >= SERVER_TROUBLE:
            advice = f"Bron '{source.id}': {origin.host} kan robots.txt nu niet geven; wij proberen het later opnieuw."
            wait = retry_after(answer.headers, self._clock())
            reason = f"robots.txt of {origin.host} cannot be read"
            raise RobotsDenied(source.id, reason, advice=advice, retry_after=wait, weight=SOFT)
        return ALLOW_ALL  # §2.3.1.3: there is none

    async def _reserved(self, source: Source, origin: URL, headers: Mapping[str, str]) -> Rules:
        """The reservations in tdmrep.json (TDMRep, W3C community report, §6); none where it cannot be read."""
        try:
            answer = await self._follow(source, origin / ".well-known" / "tdmrep.json", headers)
        except CollectError:
            return ALLOW_ALL
        if answer is None or answer.status not in WITH_BODY:
            return ALLOW_ALL
        try:
            entries: object = json.loads(answer.body)
        except (ValueError, RecursionError):
            return ALLOW_ALL
        rows = [row for row in entries if isinstance(row, dict)] if isinstance(entries, list) else []
        # Same patterns as robots.txt: `*` for anything, `$` for the end, and the longest match counts.
        patterns = [(str(row.get("location", "")), row.get("tdm-reservation") not in (1, "1", True)) for row in rows]
        return Rules(tuple((pattern, allows) for pattern, allows in patterns if pattern.startswith("/")))


def refused_by_robots(source: Source, url: URL) -> RobotsDenied:
    """The error to raise when the rules do not allow `url`."""
    advice = (
        f"Bron '{source.id}': de robots.txt van {url.host} staat dit adres niet toe; "
        "vraag de uitgever om toestemming of zet de bron uit."
    )
    return RobotsDenied(source.id, f"robots.txt of {url.host} disallows the address", advice=advice)
