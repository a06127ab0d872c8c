"""The fast road of kind "feed": a well-formed feed of known shape -> the RawItems that feedparser's road gives.

It reads with expat, as feedparser does, so both take the same for well-formed; but it follows only those rules of
feedparser that bear on the few fields of a RawItem, and gives up at the first thing that it does not know (decision
0013). The order of elements counts: a second description is content, the first title stays, the last date wins.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError, XMLParser

from monitor.collect.formats import feed_json
from monitor.collect.formats.charset import utf8_of
from monitor.collect.formats.entry import PLAIN_ADDRESS, raw_item
from monitor.collect.formats.feed_dates import exact
from monitor.collect.formats.feed_elements import RDF, XML, Means, common, meaning_of, prefix_of, prefixes_of
from monitor.collect.formats.feed_entry import Entry
from monitor.collect.formats.feed_lead import lead_of
from monitor.domain import Fetched, RawItem, Source

AT_MOST, ENTRIES_AT_MOST, TAGS_AT_MOST, NAMES_AT_MOST = 256 * 1024, 200, 10_000, 300
"""Bytes, entries, tags, and names or declarations that differ; more takes too long beside the event loop.

Up to 64 KB it runs on the loop itself, up to AT_MOST in a thread (`collect/gather.py`).
"""

BEFORE = re.compile(rb"(?:[^<]++|<!--(?:.*?-->|.*)|<[!?])*+", re.S)
"""What stands before the first element: with it go the document's own entities, which feedparser would unfold, one in
another. No feed needs any."""

_XMLNS = re.compile(rb"""xmlns(?::([^\s=<>"':]{1,64}+))?\s*+=\s*(?:"([^"<]*)"|'([^'<]*)')""")
"""Possessive and short, so that rubbish is not read again from each of its letters."""
_WINDOWS = {
    code: found for code in range(0x80, 0xA0) if (found := bytes([code]).decode("cp1252", "ignore"))
}  # of feedparser: a control character is one of Windows-1252, gone astray
_ASTRAY = re.compile(rb"\xc2[\x80-\x9f]")
_TWICE = re.compile(rb"\xc3[\x82-\xb4]\xc2")
_NUMBERED = re.compile(rb"&#(?:0*1[2-9]\d|0*2[0-4]\d|[xX]0*[89a-fA-F][0-9a-fA-F]);")
_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)(/*)(.*?)")
_QUERY = re.compile(r"&([A-Za-z0-9_]+);")
_OPAQUE = re.compile(r"(?:tag|urn):[A-Za-z0-9,.:/_-]+")

_COMMON = common()
(
    _TITLE,
    _OTHER_TITLE,
    _LINK,
    _KEY,
    _PUBLISHED,
    _UPDATED,
    _SUMMARY,
    _CONTENT,
    _SOURCE,
    _GROUP,
    _ASIDE,
    _NOTHING,
    _FURNITURE,
    _ENTRY,
    _DOUBT,
) = Means  # looked up once, for it is looked at for each element
_TEXT_TYPES = frozenset({"text", "html", "text/plain", "text/html"})
_HTML_TYPES = frozenset({"html", "text/html", "xhtml", "application/xhtml+xml"})
_SAME = frozenset({"href", "rel", "type", "url", "uri", "base"})
_OF_A_LINK = frozenset({"href", "rel", "type", "title", "hreflang", "length"})
_DEEP = 6


class Doubt(Exception):
    """Something that the fast road does not know; the text says what, and never quotes an entry."""


def quick(fetched: Fetched, source: Source) -> list[RawItem] | None:
    """The entries, equal in all fields to what `feed.parse` gives; None when in doubt. Raises nothing."""
    try:
        return read(fetched, source)
    except (Doubt, ParseError, ValueError):  # ValueError: a number in a text that is too long to read
        return None


def read(fetched: Fetched, source: Source) -> list[RawItem]:
    """As `quick`, but says what it doubts. Raises Doubt, ParseError for what is not well-formed, ValueError."""
    data = utf8_of(fetched)
    if len(data) > AT_MOST or data.count(b"<") > TAGS_AT_MOST:
        raise Doubt("large")
    if data[:64].lstrip().startswith(b"{"):
        return _json(data, fetched, source)
    start = _root_at(data)
    shut = data.find(b">", start)
    declared = data[start : shut + 1]
    if data.count(b"xmlns", start) != declared.count(b"xmlns"):
        declared = data[start:]
        if declared.count(b"xmlns") > NAMES_AT_MOST:
            raise Doubt("large")
    parser = XMLParser()  # noqa: S314 - no DOCTYPE comes past _root_at, so there are no entities to unfold
    parser.feed(data[start:])
    root = parser.close()
    feed = _Feed(fetched, _base(fetched, root), _careful(data), _prefixes(declared))
    entries = feed.entries(root)
    if not entries:
        raise Doubt("no entries")
    return [_item(feed.entry(element), fetched, source) for element in entries]


def _json(data: bytes, fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries of a JSON Feed, which has one road: this leaves to the other what cannot be read."""
    entries = feed_json.entries_of(data.decode())
    if not entries or len(entries) > ENTRIES_AT_MOST:
        raise Doubt("no entries of a JSON Feed, or many")
    return [feed_json.item_of(entry, fetched, source) for entry in entries]


def _root_at(data: bytes) -> int:
    before = BEFORE.match(data)
    start = before.end() if before else 0
    if b"<!D" in data[:start]:
        raise Doubt("doctype")
    return start


def _careful(data: bytes) -> bool:
    """Whether feedparser would mend characters: UTF-8 that was encoded twice, or Windows-1252 gone astray."""
    if b"\xc2" in data and (_ASTRAY.search(data) or _TWICE.search(data)):
        return True
    return b"#" in data and bool(_NUMBERED.search(data))


def _base(fetched: Fetched, root: Element) -> str:
    """What relative links are seen from."""
    base = root.get(f"{{{XML}}}base", fetched.url)
    if not (PLAIN_ADDRESS.fullmatch(base) and PLAIN_ADDRESS.fullmatch(fetched.url)):
        raise Doubt("base address")
    if any(key.rpartition("}")[2].lower() == "base" for key in root.attrib if key != f"{{{XML}}}base"):
        raise Doubt("base address")
    return base


def _prefixes(declared: bytes) -> dict[str, str]:
    found = [(name.decode(), (double or single).decode()) for name, double, single in _XMLNS.findall(declared)]
    prefixes = prefixes_of(found)
    if prefixes is None:
        raise Doubt("namespaces")
    return prefixes


@dataclass(slots=True)
class _Feed:
    """One feed being read."""

    fetched: Fetched
    usual_base: str
    careful: bool
    prefixes: dict[str, str]
    base: str = ""
    """What relative links of the entry at hand are seen from."""
    met: dict[str, Means] = field(default_factory=_COMMON.copy)
    """Elements met so far, with their meaning."""

    def entries(self, root: Element) -> list[Element]:
        """The entries of RSS, RDF or Atom; raises Doubt for another shape and for what stands around them."""
        space, _, name = root.tag.rpartition("}")
        if (name, space) == ("RDF", f"{{{RDF}"):
            (channel, *others) = [child for child in root if child.tag.endswith("}channel")] or [root]
            if channel is root or others:
                raise Doubt("shape")
            if not {f"{{{RDF}}}about"}.issuperset(channel.keys()) or self.around(channel):
                raise Doubt("shape")
            return self.around(root, channel)
        if name == "rss" and not space:
            if len(root) != 1 or root[0].tag != "channel" or root[0].keys():
                raise Doubt("shape")
            return self.around(root[0])
        if name == "feed" and (not space or prefix_of(space[1:]) == ""):
            return self.around(root)
        raise Doubt("shape")

    def around(self, parent: Element, channel: Element | None = None) -> list[Element]:
        """The entries among the children of `parent`; the others must leave them as they are."""
        found, summed_up = [], False
        for child in parent:
            meaning = self.meaning(child)
            if meaning is _ENTRY:
                found.append(child)
                continue
            if child is channel:
                continue
            if meaning is _NOTHING:
                self.nothing(child)
            elif meaning is _FURNITURE:
                for part in child:
                    self.furniture(part)
            elif meaning is _SUMMARY:
                if summed_up or len(child):
                    raise Doubt("two summaries of the feed")
                summed_up = child.tag.endswith("summary")
            elif len(child) or meaning in (_DOUBT, _CONTENT, _SOURCE, _GROUP, _OTHER_TITLE):
                raise Doubt(f"feed: {meaning.name.lower()} {child.tag}")
        if len(found) > ENTRIES_AT_MOST:
            raise Doubt("large")
        return found

    def furniture(self, part: Element) -> None:
        """A title, link or text of what stands beside the entries."""
        meaning = self.meaning(part)
        if meaning is _NOTHING:
            self.nothing(part)
        elif len(part) or meaning not in (_TITLE, _LINK, _SUMMARY) or part.tag.endswith("summary"):
            raise Doubt("furniture")

    def meaning(self, element: Element) -> Means:
        tag = element.tag
        return self.met.get(tag) or self.meet(tag)

    def meet(self, tag: str) -> Means:
        if len(self.met) > len(_COMMON) + NAMES_AT_MOST:
            raise Doubt("large")
        space, _, name = tag.rpartition("}")
        prefix = prefix_of(space[1:]) if space else ""
        if prefix is None:
            prefix = self.prefixes.get(space[1:])
        self.met[tag] = meaning = _DOUBT if prefix is None else meaning_of(prefix, name.lower())
        return meaning

    def nothing(self, element: Element, depth: int = 0) -> None:
        """Raises Doubt when something stands in `element` that bears on an entry."""
        if depth > _DEEP:
            raise Doubt("deep")
        for child in element:
            if self.meaning(child) is not _NOTHING:
                raise Doubt(f"nested {element.tag} {child.tag}")
            if len(child):
                self.nothing(child, depth + 1)

    def text(self, element: Element) -> str:
        """The text of an element that may hold no other."""
        if len(element):
            raise Doubt("markup")
        text = (element.text or "").strip()
        if self.careful:
            with suppress(UnicodeError):
                text = text.encode("iso-8859-1").decode()
            text = text.translate(_WINDOWS)
        return text

    def prose(self, element: Element) -> str:
        """The text of an element that may say of what type it is."""
        for key in element.attrib:
            if key == "type":
                if element.attrib[key].lower() not in _TEXT_TYPES:
                    raise Doubt("type of text")
            elif key.rpartition("}")[2].lower() in ("type", "mode"):
                raise Doubt("type of text")
        return self.text(element)

    def unmended(self, link: str) -> str:
        """`link`; feedparser mends it only after it was joined, which may differ."""
        if self.careful and not link.isascii():
            raise Doubt("link to mend")
        return link

    def joined(self, link: str) -> str:
        """`link`, seen from the address of the feed."""
        if PLAIN_ADDRESS.fullmatch(link) or _OPAQUE.fullmatch(link):
            return link
        try:
            return urljoin(self.base, _SLASHES.sub(r"\1\3", link))
        except ValueError:
            return ""

    def entry(self, element: Element) -> Entry:
        entry = Entry()
        self.base = self.usual_base
        for key in element.attrib:
            if key == f"{{{RDF}}}about":
                entry.key = element.attrib[key]
            elif key == f"{{{XML}}}base":
                if not PLAIN_ADDRESS.fullmatch(element.attrib[key]):
                    raise Doubt("base address")
                self.base = element.attrib[key]
            elif key != f"{{{XML}}}lang":
                raise Doubt("attribute of an entry")
        self.fill(entry, element, 1)
        return entry

    def fill(self, entry: Entry, parent: Element, depth: int) -> None:
        met = self.met
        for child in parent:
            tag = child.tag
            meaning = met.get(tag) or self.meet(tag)
            if meaning is _NOTHING:
                if len(child):
                    self.nothing(child)
            elif meaning is _SUMMARY:
                entry.summed_up(self.prose(child), depth)
            elif meaning is _ASIDE:
                self.text(child)
            elif meaning is _TITLE or meaning is _OTHER_TITLE:
                entry.called(self.prose(child), depth, real=meaning is _TITLE)
            elif meaning is _CONTENT:
                entry.told(self.prose(child))
            elif meaning is _GROUP:
                if len(child):
                    if depth > _DEEP:
                        raise Doubt("deep")
                    self.fill(entry, child, depth + 1)
            elif depth > 1 or meaning is _DOUBT or meaning is _ENTRY:
                raise Doubt(f"entry: {meaning.name.lower()} {tag}")
            elif meaning is _LINK:
                self.linked(entry, child)
            elif meaning is _PUBLISHED:
                entry.published = self.text(child)
            elif meaning is _UPDATED:
                entry.updated = self.text(child)
            elif meaning is _KEY:
                self.known_as(entry, child)
            elif meaning is _SOURCE:
                self.text(child)
                entry.titled = 0
            else:
                self.pictured(entry, child, depth + 1)

    def pictured(self, entry: Entry, image: Element, depth: int) -> None:
        """The title of an image serves as that of an entry that has none."""
        if image.tag.rpartition("}")[2] != "image":
            raise Doubt(f"entry: {image.tag}")
        entry.titled = 0
        for child in image:
            name = child.tag.rpartition("}")[2]
            if self.meaning(child) is _TITLE and name == "title":
                entry.called(self.prose(child), depth, real=True)
            elif name not in ("url", "width", "height", "link") or child.keys() or len(child):
                raise Doubt("image")

    def linked(self, entry: Entry, element: Element) -> None:
        told = element.attrib
        if not told:
            link = self.text(element)
            if not link:
                raise Doubt("empty link")
            link = self.joined(self.unmended(link))
            entry.link = _QUERY.sub(r"&\1", link.replace("&amp;", "&")) if "&" in link else link
        elif len(element) or "href" not in told or not (_OF_A_LINK.issuperset(told) or all(map(_beside, told))):
            raise Doubt("attribute of a link")
        elif (
            told.get("rel", "alternate").lower() == "alternate" and told.get("type", "text/html").lower() in _HTML_TYPES
        ):
            entry.link = self.joined(told["href"])

    def known_as(self, entry: Entry, element: Element) -> None:
        permanent = True
        for key in element.attrib:
            if key != "isPermaLink":
                raise Doubt("attribute of a guid")
            permanent = element.attrib[key] == "true"
        key = self.text(element)
        if not key or entry.key:
            raise Doubt("empty or second guid")
        entry.key = key = self.joined(self.unmended(key)) if permanent else key
        if permanent and entry.link is None:
            entry.link = key


def _beside(key: str) -> bool:
    """Whether an attribute of a link bears on nothing, such as thr:count."""
    return key in _OF_A_LINK or (key.startswith("{") and key.rpartition("}")[2].lower() not in _SAME)


def _item(entry: Entry, fetched: Fetched, source: Source) -> RawItem:
    link = entry.link or ""
    return raw_item(
        fetched,
        source,
        key=entry.key or link,
        title=entry.title,
        text=lead_of(entry.summary or "", entry.whole),
        link=link,
        published=_published(entry),
    )


def _published(entry: Entry) -> datetime | None:
    text = entry.published or entry.updated
    if not text:
        return None
    at = exact(text)
    if at is None:
        raise Doubt("date")
    return at
