"""RawItem -> PlainItem: plain text, canonical address, aware time, fingerprints. Knows no Dutch."""

import re
import unicodedata
from datetime import datetime
from hashlib import blake2b
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from classifiers import Voice
from monitor.domain import PlainItem, RawItem, Told

READ_AT_MOST = 20_000
"""Characters of one entry that are read; what comes after is never a date or a place of the event."""

_BLOCKS = frozenset(
    {"p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "tr", "table", "blockquote", "section"}
)
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "figure", "iframe"})
_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|mc_[ce]id|ref|source|cmpid)$", re.I)


class _Text(HTMLParser):
    """Collects the words of a page; a block ends a sentence, a script says nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def plain(text: str) -> str:
    """`text` without markup: one space between words, at most one line break between lines."""
    if "<" in text or "&" in text:
        parser = _Text()
        parser.feed(text)
        parser.close()
        # An element that never ends would swallow the rest: better markup in the text than an item that says nothing.
        text = "".join(parser.parts) or text
    # Invisible characters go: a zero-width space inside a telephone number would hide it from the redactor.
    text = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def canonical(url: str, voice: Voice) -> str:
    """`url` without fragment and tracking; of a social post only the platform, for the rest names its author (R12)."""
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = parts.hostname.lower() + (f":{parts.port}" if parts.port else "")
    if voice is Voice.SOCIAL:
        return urlunsplit((parts.scheme, host, "/", "", ""))
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k)])
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


def _digest(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def _version(told: Told) -> str:
    period = told.period
    moments = f"{period.start.isoformat()} {period.end and period.end.isoformat()}" if period else ""
    return f"{moments} {told.place} {told.cancelled}"


def normalise(raw: RawItem, *, now: datetime) -> PlainItem:
    """One entry as plain text. An entry without a moment, or with one in the future, counts as published `now`."""
    title = plain(raw.title).replace("\n", " ")
    text = plain(raw.text)[:READ_AT_MOST]
    if raw.told.place and raw.told.place not in text:
        # The place goes through the redactor with the rest: a calendar's location may be a home address.
        text = f"{text}\nPlaats: {plain(raw.told.place)}".strip()
    url = canonical(raw.url, raw.voice)
    entry = _digest(raw.source, raw.key or raw.url or title)
    return PlainItem(
        source=raw.source,
        fingerprint=_digest(entry, title, _version(raw.told)),
        entry=entry,
        title=title,
        text=text,
        url=url,
        published=min(raw.published or now, now),
        told=raw.told,
        handling=raw.handling,
        voice=raw.voice,
    )
