"""OPML: the lists of feeds that feed readers exchange. In: addresses to look at; out: what we follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import quoteattr

from monitor.collect.formats.xml_tree import BadXml, Node, tree_of
from monitor.domain import Source

AT_MOST = 5_000
"""Feeds of one list."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list."""

    title: str
    address: str
    page: str = ""
    """The site of the publisher; empty when the list does not say."""


def read_opml(text: str) -> tuple[Outline, ...]:
    """Every feed in the list, in its order and once, whatever folders it is in. Raises BadXml for what is no OPML."""
    root = tree_of(text.encode("utf-8", "replace"), "utf-8")
    if root.name.lower() != "opml":
        raise BadXml("no OPML")
    found: dict[str, Outline] = {}
    for outline in filter(None, map(_outline, root.all("outline"))):
        found.setdefault(outline.address, outline)
    return tuple(found.values())[:AT_MOST]


def _outline(node: Node) -> Outline | None:
    told = {name.lower(): value.strip() for name, value in node.attributes.items()}
    address = told.get("xmlurl", "")
    title = told.get("title") or told.get("text") or address
    return Outline(" ".join(title.split()), address, told.get("htmlurl", "")) if address else None


def write_opml(title: str, sources: Iterable[Source]) -> str:
    """The feeds among `sources` as OPML 2.0, in a folder per publisher. Other kinds no feed reader can follow."""
    feeds = sorted((s for s in sources if s.kind == "feed"), key=lambda s: (s.publisher.casefold(), s.id))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"  <head><title>{_escaped(title)}</title></head>", "  <body>"]
    for publisher, some in groupby(feeds, key=lambda s: s.publisher):
        lines.append(f"    <outline text={quoteattr(publisher)}>")
        lines += [
            f'      <outline type="rss" text={quoteattr(feed.name)} xmlUrl={quoteattr(feed.url)}/>' for feed in some
        ]
        lines.append("    </outline>")
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
