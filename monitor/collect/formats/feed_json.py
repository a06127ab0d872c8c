"""JSON Feed 1.0 and 1.1, as part of kind "feed". Reads no author, and fetches nothing itself."""

import json
from datetime import datetime

from monitor.collect.formats.entry import raw_item
from monitor.collect.formats.feed_dates import exact
from monitor.collect.formats.feed_lead import lead_of
from monitor.collect.formats.moments import moment_of
from monitor.domain import Fetched, RawItem, Source

_VERSION = "https://jsonfeed.org/version/1"
_DATE_AT_MOST = 60
"""Characters; what stands behind them belongs to no date."""


def is_json(text: str) -> bool:
    """Whether it could be a JSON Feed, and cannot be RSS or Atom."""
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def entries_of(text: str) -> list[object] | None:
    """The entries of a JSON Feed, unread; None for what is none. Raises nothing."""
    try:
        found = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):  # ValueError also for a number that is too long to read
        return None
    if not isinstance(found, dict) or not str(found.get("version")).startswith(_VERSION):
        return None
    entries = found.get("items")
    return entries if isinstance(entries, list) else None


def item_of(entry: object, fetched: Fetched, source: Source) -> RawItem:
    """One entry. Raises ValueError for what is none."""
    if not isinstance(entry, dict):
        raise ValueError("no entry")
    link = _text(entry.get("url")) or _text(entry.get("external_url"))
    whole = [text for name in ("content_html", "content_text") if (text := _text(entry.get(name)))]
    return raw_item(
        fetched,
        source,
        key=_text(entry.get("id")) or link,
        title=_text(entry.get("title")),
        text=lead_of(_text(entry.get("summary")), whole),
        link=link,
        published=_moment(entry, fetched.at),
    )


def _text(value: object) -> str:
    """A string as it is; a number too, for ids are often written so."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _moment(entry: dict[object, object], now: datetime) -> datetime | None:
    for name in ("date_published", "date_modified"):
        text = _text(entry.get(name))[:_DATE_AT_MOST]
        if at := exact(text):
            return at
        if moment := moment_of(text, now=now):
            return moment.at
    return None
