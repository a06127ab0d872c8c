"""Feed -> Atom, for news readers: an entry for each event, as new as its last change (RFC 4287)."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from monitor.domain import Entry, Feed

MEDIA_TYPE = "application/atom+xml; charset=utf-8"

_NAMESPACE = "http://www.w3.org/2005/Atom"
_SINCE = "2026"
"""The year of the tags (RFC 4151): it says whose the host was when they were made, and never changes."""
_AT_MOST = 100
"""Entries; a reader keeps those that it had."""
_UNSEEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")
"""What XML 1.0 may not hold or advises against."""


def to_atom(feed: Feed) -> bytes:
    """What changed last, newest first. An event that was taken back says so, since readers keep what they had.

    The same feed gives the same bytes. Nothing in it says by which address it was asked: that holds the key.
    """
    root = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "nl"})
    _add(root, "id", _tag(feed, f"abonnement-{feed.audience}"))
    _add(root, "title", feed.title)
    _add(root, "subtitle", f"Open gebeurtenissen die {feed.organisation} volgt. Een melding is geen besluit.")
    _add(root, "updated", _moment(feed.updated))
    _add(_add(root, "author"), "name", feed.organisation)
    _add(root, "generator", "Torenwacht")
    _add(root, "link", rel="alternate", type="text/html", href=feed.address)
    newest_first = sorted(feed.entries, key=lambda one: (one.updated, one.event.id or 0), reverse=True)
    for entry in newest_first[:_AT_MOST]:
        _add_entry(root, feed, entry)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    found = ElementTree.SubElement(parent, name, attributes)
    found.text = _UNSEEN.sub("", text) or None
    return found


def _tag(feed: Feed, thing: str) -> str:
    return f"tag:{urlsplit(feed.address).hostname},{_SINCE}:{thing}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _add_entry(root: ElementTree.Element, feed: Feed, entry: Entry) -> None:
    event, found = entry.event, _add(root, "entry")
    _add(found, "id", _tag(feed, f"gebeurtenis-{event.id}"))
    _add(found, "title", f"{entry.headline}, {entry.period}")
    _add(found, "published", _moment(event.first_seen or event.changed_at))
    _add(found, "updated", _moment(entry.updated))
    _add(found, "link", rel="alternate", type="text/html", href=entry.address)
    _add(found, "category", term=event.category.value, label=event.category.value.capitalize())
    _add(found, "category", term=f"niveau-{event.level.lower()}", label=f"Niveau {event.level}")
    _add(found, "summary", "\n".join(entry.lines))
