"""KINDS: every kind of source there is. None targets a person, an account, a group or a list of members (R7)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module

from monitor.collect.formats import cap, datex, feed_pace, feed_quick, json_api, knmi, page, presets, sru
from monitor.collect.formats.article import ARTICLE_OPTION
from monitor.collect.formats.options import PAGES_AT_MOST, Options
from monitor.domain import Fetched, RawItem, Source


def _as_they_are(options: Mapping[str, object]) -> Mapping[str, object]:
    return options


def _own_address(source: Source, now: datetime) -> str:
    return source.url


Parse = Callable[[Fetched, Source], list[RawItem]]
More = Callable[[Fetched, Source], str | None]
Quick = Callable[[Fetched, Source], list[RawItem] | None]


def _parse_in(module: str, fetched: Fetched, source: Source) -> list[RawItem]:
    parse: Parse = import_module(f"monitor.collect.formats.{module}").parse
    return parse(fetched, source)


def _later(module: str) -> Parse:
    """`parse` of a file that brings a large library, loaded where it is used: as a rule in the cell, not here."""
    return partial(_parse_in, module)


def _may_go_on(source: Source) -> bool:
    return True


def _has_next(source: Source) -> bool:
    return "next" in source.options


def _as_many_as_there_are(source: Source) -> int:
    return PAGES_AT_MOST


@dataclass(frozen=True, slots=True)
class Kind:
    """How sources of one kind are asked and read."""

    meaning: str
    """Dutch, as docs/sources.md prints it."""
    parse: Parse
    """Pure and synchronous; raises Changed."""
    options: Options = field(default_factory=dict)
    """The keys that `options` of its row may have, and must have."""
    complete: Callable[[Mapping[str, object]], Mapping[str, object]] = _as_they_are
    """Options with what a row may leave out filled in; before they are checked, so it takes anything."""
    address: Callable[[Source, datetime], str] = _own_address
    """What to fetch now: the address of the source, unless the question holds a date."""
    renew: timedelta | None = None
    """So long after it was read it is read whole again, for what it gives depends on the day; None: never."""
    quick: Quick | None = None
    """The fast road, some milliseconds at most; None from it means doubt, and then `parse` decides."""
    more: More | None = None
    """The address to ask next after an answer: its next page; None when there is no more."""
    goes_on: Callable[[Source], bool] = _may_go_on
    """Whether its rows can have more than one answer at all."""
    pages: Callable[[Source], int] = _as_many_as_there_are
    """How many answers one poll may read."""
    fresh_for: Callable[[Fetched], timedelta | None] | None = None
    """How long the answer itself asks to be left alone."""
    packed: bool = False
    """The body stays packed as it came; `parse` unpacks it in a stream."""
    patience: float = 10.0
    """Seconds that reading one answer may take."""
    agenda: bool = False
    """It lists what is to come rather than what is new."""


_ARTICLE: Options = {"article": ARTICLE_OPTION}

KINDS: dict[str, Kind] = {
    "feed": Kind(
        "Nieuwsfeed: RSS, RDF, Atom of JSON Feed",
        _later("feed"),
        _ARTICLE,
        quick=feed_quick.quick,
        fresh_for=feed_pace.fresh_for,
    ),
    "ics": Kind("Agenda: iCalendar", _later("ics"), renew=timedelta(days=30), agenda=True),
    "page": Kind(
        "Webpagina met een lijst, gelezen met selectors",
        page.parse,
        page.OPTIONS,
        more=page.more,
        goes_on=_has_next,
        pages=page.page_limit,
    ),
    "json": Kind(
        "JSON, gelezen met paden",
        json_api.parse,
        {**json_api.OPTIONS, **_ARTICLE},
        complete=presets.completed,
        address=json_api.address,
        more=json_api.more,
    ),
    "sru": Kind(
        "Officiële bekendmakingen: zoekdienst van KOOP", sru.parse, sru.OPTIONS, address=sru.address, more=sru.more
    ),
    "datex": Kind(
        "Wegwerk en evenementen: DATEX II van wegbeheerders",
        datex.parse,
        datex.OPTIONS,
        renew=timedelta(days=7),
        packed=True,
        agenda=True,
        patience=60.0,
    ),
    "cap": Kind("Waarschuwingen: CAP, ook van het KNMI", cap.parse, cap.OPTIONS, more=knmi.more, agenda=True),
}


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries of one answer. Takes what strangers like of time and memory: call it in a cell. Raises Changed."""
    return KINDS[source.kind].parse(fetched, source)
