"""Kind "feed": RSS 0.9 to 2.0, RDF, Atom and JSON Feed -> RawItems. Reads no author, and fetches nothing itself.

Two roads (decision 0013): `quick` for what is well-formed and of known shape, `parse` for everything. Where `quick`
gives an answer, it is that of `parse`.
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar
from xml.sax import SAXParseException

import feedparser
import structlog

from monitor.collect.formats import feed_json, feed_quick
from monitor.collect.formats.charset import text_of
from monitor.collect.formats.entry import Partial, changed, raw_item
from monitor.collect.formats.feed_lead import lead_of
from monitor.collect.formats.moments import moment_of
from monitor.domain import Fetched, RawItem, Source
from monitor.errors import Changed, NotAFeed

log = structlog.get_logger(__name__)

T = TypeVar("T")

_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.I)
_BEFORE = re.compile(feed_quick.BEFORE.pattern.decode(), re.S)

_LOOK_IN = 2048
_ODD = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What feedparser's parsers let slip on rubbish; each means: this cannot be read."""


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries in the order of the feed; a feed without entries gives an empty list.

    A feed that is slightly broken gives the entries that could be read. Raises NotAFeed for what is no feed.
    """
    if not fetched.body.strip():
        dutch = "geeft een leeg antwoord (0 bytes); controleer het adres in sources.toml."
        raise changed(source, "empty answer", dutch, NotAFeed)
    text = text_of(fetched)
    if feed_json.is_json(text):
        entries = feed_json.entries_of(text)
        if entries is None:
            raise _broken(source)
        return _readable(entries, feed_json.item_of, fetched, source)
    return _parsed(text, fetched, source)


def _parsed(text: str, fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries as feedparser reads them."""
    # The text is UTF-8 from here on, so the declared character set no longer matters. Without sanitising feedparser
    # takes a third less time, and markup is stripped later anyhow.
    root = _BEFORE.sub("", text, count=1)
    if not root:
        raise _no_feed(text, source)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": fetched.url}
    try:
        found = feedparser.parse(
            root.encode("utf-8", "replace"),
            response_headers=headers,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except _ODD as error:
        raise _broken(source) from error
    if not found.entries and (found.bozo or not found.version):
        raise _no_feed(text, source)
    items = _readable(found.entries, _entry, fetched, source)
    return Partial(items) if isinstance(found.get("bozo_exception"), SAXParseException) else items


def _readable(
    entries: Sequence[T], item_of: Callable[[T, Fetched, Source], RawItem], fetched: Fetched, source: Source
) -> list[RawItem]:
    """The entries that can be read; the others are counted in the log. Raises NotAFeed when that is none of them."""
    items: list[RawItem] = []
    unread = 0
    for entry in entries:
        try:
            items.append(item_of(entry, fetched, source))
        except _ODD:
            unread += 1
    if unread and not items:
        raise _broken(source)
    if unread:
        log.warning("entries that cannot be read left out", source=source.id, count=unread)
    return Partial(items) if unread else items


def _no_feed(text: str, source: Source) -> Changed:
    if _PAGE.search(text[:_LOOK_IN]):
        dutch = (
            "geeft een webpagina in plaats van een feed; zoek het nieuwe adres van de feed en zet het in sources.toml."
        )
        return changed(source, "a web page instead of a feed", dutch, NotAFeed)
    return _broken(source)


def _broken(source: Source) -> Changed:
    dutch = "geeft geen feed die te lezen is; open het adres in een browser en controleer het in sources.toml."
    return changed(source, "no readable feed", dutch, NotAFeed)


def _entry(entry: feedparser.FeedParserDict, fetched: Fetched, source: Source) -> RawItem:
    link = str(entry.get("link") or "")
    return raw_item(
        fetched,
        source,
        key=str(entry.get("id") or link),
        title=str(entry.get("title") or ""),
        text=lead_of(
            str(entry.get("summary") or ""), [str(part.get("value") or "") for part in entry.get("content") or ()]
        ),
        link=link,
        published=_published(entry, fetched.at),
    )


def _published(entry: feedparser.FeedParserDict, now: datetime) -> datetime | None:
    """When it appeared, or last changed; also in the spellings that feedparser does not know, such as "21 mei 2026"."""
    for name in ("published", "updated"):
        if name not in entry:
            continue  # asking for "updated" would give "published", with a warning
        if parsed := entry.get(f"{name}_parsed"):
            try:
                year, month, day, hour, minute, second = parsed[:6]
                return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
            except ValueError:
                continue  # a leap second, or a year that no calendar has
        if moment := moment_of(str(entry[name]), now=now):
            return moment.at
    return None
