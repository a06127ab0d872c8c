"""KINDS: every kind of source there is. None targets a person, an account, a group or a list of members (R7)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.collect import feed, ics, json_api, page, sru
from monitor.collect.options import Options
from monitor.domain import Fetched, RawItem, Source


def _own_address(source: Source, now: datetime) -> str:
    return source.url


@dataclass(frozen=True, slots=True)
class Kind:
    """How sources of one kind are asked and read."""

    meaning: str
    """Dutch, as docs/sources.md prints it."""
    parse: Callable[[Fetched, Source], list[RawItem]]
    """Pure and synchronous; raises Changed."""
    options: Options = field(default_factory=dict)
    """The keys that `options` of its row may have, and must have."""
    address: Callable[[Source, datetime], str] = _own_address
    """What to fetch now: the address of the source, unless the question holds a date."""
    renew: timedelta | None = None
    """After so long without news it is read whole again, for what it gives depends on the day; None: never."""
    quick: Callable[[Fetched, Source], list[RawItem] | None] | None = None
    """The fast road, some milliseconds at most; None from it means doubt, and then `parse` decides."""
    more: Callable[[Fetched, Source], str | None] | None = None
    """The address to ask next after an answer: its next page; None when there is no more."""
    slow: bool = False
    """`parse` is pure Python, and would keep everything else waiting."""
    packed: bool = False
    """The body stays packed as it came; `parse` unpacks it in a stream."""
    agenda: bool = False
    """It lists what is to come rather than what is new."""


KINDS: dict[str, Kind] = {
    "feed": Kind("Nieuwsfeed: RSS, RDF of Atom", feed.parse, feed.OPTIONS, slow=True),
    "ics": Kind("Agenda: iCalendar", ics.parse, ics.OPTIONS, renew=ics.RENEW, slow=True, agenda=True),
    "page": Kind("Webpagina met een lijst, gelezen met selectors", page.parse, page.OPTIONS),
    "json": Kind("JSON, gelezen met paden", json_api.parse, json_api.OPTIONS),
    "sru": Kind("Officiële bekendmakingen: zoekdienst van KOOP", sru.parse, sru.OPTIONS, address=sru.address),
}


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries of one answer. Takes time and memory: call it in a thread. Raises Changed."""
    return KINDS[source.kind].parse(fetched, source)
