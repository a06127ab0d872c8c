"""Kind "feed": RSS 0.9 to 2.0, RDF and Atom -> RawItems. Reads no author, and fetches nothing itself."""

import re
from datetime import UTC, datetime
from html import unescape

import feedparser

from monitor.collect.charset import text_of
from monitor.collect.entry import changed, raw_item
from monitor.collect.moments import moment_of
from monitor.collect.options import Options
from monitor.domain import Fetched, RawItem, Source
from monitor.errors import Changed

OPTIONS: Options = {}

LEAD = 1000
"""Characters kept of an entry that gives its full text and no summary: its lead, not the article (R18)."""

_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.I)
_TAG = re.compile(r"<(?P<shut>/?)(?P<unseen>script|style)?\b[^<>]*>", re.I)
_BEFORE = re.compile(r"(?:[^<]++|<!--(?:.*?-->|.*)|<[!?])*+", re.S)
"""What stands before the first element: with it go the document's own entities, which feedparser would unfold, one in
another. No feed needs any."""

_LOOK_IN = 2048
_ODD = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What feedparser's parsers let slip on rubbish; each means: this cannot be read."""


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries in the order of the feed; a feed without entries gives an empty list.

    A feed that is slightly broken gives the entries that could be read. Raises Changed for what is no feed.
    """
    if not fetched.body.strip():
        raise changed(
            source, "empty answer", "geeft een leeg antwoord (0 bytes); controleer het adres in sources.toml."
        )
    text = text_of(fetched)
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
        entries = [_entry(entry, fetched, source) for entry in found.entries]
    except _ODD as error:
        raise _broken(source) from error
    if not entries and (found.bozo or not found.version):
        raise _no_feed(text, source)
    return entries


def _no_feed(text: str, source: Source) -> Changed:
    if _PAGE.search(text[:_LOOK_IN]):
        dutch = (
            "geeft een webpagina in plaats van een feed; zoek het nieuwe adres van de feed en zet het in sources.toml."
        )
        return changed(source, "a web page instead of a feed", dutch)
    return _broken(source)


def _broken(source: Source) -> Changed:
    dutch = "geeft geen feed die te lezen is; open het adres in een browser en controleer het in sources.toml."
    return changed(source, "no readable feed", dutch)


def _entry(entry: feedparser.FeedParserDict, fetched: Fetched, source: Source) -> RawItem:
    link = str(entry.get("link") or "")
    return raw_item(
        fetched,
        source,
        key=str(entry.get("id") or link),
        title=str(entry.get("title") or ""),
        text=_lead(entry),
        link=link,
        published=_published(entry, fetched.at),
    )


def _lead(entry: feedparser.FeedParserDict) -> str:
    """The summary, as it is; the first words where the summary is the whole article, or where there is none."""
    summary = str(entry.get("summary") or "")
    whole = [str(part.get("value") or "") for part in entry.get("content") or ()]
    if summary and summary not in whole:
        return summary
    plain = " ".join(unescape(_words(summary or next(iter(whole), ""))).split())
    return plain if len(plain) <= LEAD else plain[:LEAD].rsplit(" ", 1)[0] + " …"


def _words(markup: str) -> str:
    """`markup` without tags, and without what stands in a script or style; in one pass, however broken it is."""
    words, at, unseen = [], 0, ""
    for tag in _TAG.finditer(markup):
        name = (tag["unseen"] or "").lower()
        if not unseen:
            words.append(markup[at : tag.start()])
            unseen = "" if tag["shut"] else name
        elif tag["shut"] and name == unseen:
            unseen = ""
        at = tag.end()
    return " ".join(words if unseen else [*words, markup[at:]])


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
