"""What an address seems to be, for someone who is about to add it: its kind, and the feeds that its page names."""

import json
import re

from selectolax.lexbor import LexborHTMLParser

from monitor.collect.formats.charset import text_of
from monitor.collect.formats.entry import absolute
from monitor.domain import Fetched

_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.I)
_SRU = re.compile(r"<(?:\w+:)?searchRetrieveResponse[\s>]")
_CAP = re.compile(r"urn:oasis:names:tc:emergency:cap")
_LOOK_IN = 4096

NAMED = ("application/rss+xml", "application/atom+xml", "application/feed+json", "text/calendar")
"""Types of the feeds that a page may name in its head."""


def kind_of(fetched: Fetched) -> str:
    """The kind of source that the answer most looks like; `page` when it looks like nothing else."""
    text = text_of(fetched)
    head = text[:_LOOK_IN].lstrip()
    if "BEGIN:VCALENDAR" in head.upper():
        return "ics"
    if _CAP.search(head):
        return "cap"
    if _SRU.search(head):
        return "sru"
    if _FEED.search(head):
        return "feed"
    if head[:1] in ("{", "["):
        return _kind_of_json(text)
    return "page"


def _kind_of_json(text: str) -> str:
    try:
        root: object = json.loads(text)
    except (ValueError, RecursionError):
        return "page"
    version = root.get("version") if isinstance(root, dict) else None
    return "feed" if isinstance(version, str) and "jsonfeed.org" in version else "json"


def feeds_named(fetched: Fetched) -> tuple[str, ...]:
    """The addresses of feeds and calendars that a page names; for a person to choose from, never to be followed."""
    links = LexborHTMLParser(text_of(fetched)).css('link[rel~="alternate"][href], a[href$=".ics"]')
    found = (
        absolute(link.attributes.get("href") or "", fetched.url)
        for link in links
        if link.tag == "a" or (link.attributes.get("type") or "").lower() in NAMED
    )
    return tuple(dict.fromkeys(found))
