"""RawItem -> PlainItem: plain text, canonical address, aware time, fingerprints. Knows no Dutch."""

import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from classifiers import Voice
from monitor.domain import PlainItem, RawItem, Told

READ_AT_MOST = 8_000
"""Characters of one entry that are read; what comes after is never a date or a place of the event."""
TITLE_AT_MOST = 1_000
"""Idem, of its title."""
RAW_AT_MOST = 100_000
"""Characters of an entry, markup included, that are looked at."""
WORD_AT_MOST = 80
ROW_AT_MOST = 10
"""Of one and the same character."""
_FIRST_YEAR, _LAST_YEAR = 1970, 2200

_BLOCKS = frozenset(
    {"p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "tr", "table", "blockquote", "section"}
)
_SILENT = frozenset({"script", "style", "template", "title", "textarea", "iframe", "noscript"})
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D], "-")
_INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Me", "Mn"})
"""Format, control, surrogate, enclosing and combining marks that NFKC could not join to a letter."""
_PLAIN = frozenset(("\n", "\t", *map(chr, range(ord(" "), 0x7F))))
"""What nearly every text is made of, and needs no looking up."""
_UNSEEN = re.compile("[\u115f\u1160\u3164\uffa0]")
_LONG_ROW = re.compile(r"(\S)\1{10,}")
_LONG_WORD = re.compile(r"(\S{80})(?=\S)")
_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|igshid|mc_[ce]id|_hs(enc|mi)|at_(medium|campaign)"
    r"|wt_mc|xtor|cmpid)$",
    re.I,
)


def _marked(text: str) -> str:
    """The words of a page; a block ends a sentence, a script says nothing."""
    body = LexborHTMLParser(text).body
    parts: list[str] = []
    for node in body.traverse(include_text=True) if body else ():
        before = node.prev
        if node.tag in _BLOCKS or (before is not None and before.tag in _BLOCKS):
            parts.append("\n")
        parent = node.parent
        if node.tag == "-text" and (parent is None or parent.tag not in _SILENT):
            parts.append(node.text_content or "")
    return "".join(parts)


def _visible(text: str) -> str:
    """`text` in the form that people see: one spelling of every digit, letter and dash, and nothing invisible.

    A full-width digit, a soft hyphen or an odd dash inside a telephone number would hide it from the redactor.
    """
    if _PLAIN.issuperset(set(text)):
        return text
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES)
    hidden = {c for c in set(folded) - _PLAIN if unicodedata.category(c) in _INVISIBLE}
    shown = "".join(c for c in folded if c not in hidden) if hidden else folded
    return _UNSEEN.sub("", shown)


def _cut(word: str) -> str:
    if len(word) <= ROW_AT_MOST:
        return word
    if len(word) - len(set(word)) >= ROW_AT_MOST:  # which a row of more than ten cannot do without
        word = _LONG_ROW.sub(r"\1" * ROW_AT_MOST, word)
    return _LONG_WORD.sub(r"\1 ", word) if len(word) > WORD_AT_MOST else word


def plain(text: str) -> str:
    """`text` without markup: one space between words, at most one line break between lines.

    At most RAW_AT_MOST characters of it are looked at; a word is cut after WORD_AT_MOST, and a row of one and the
    same character after ten: no text of people needs more, and hostile ones would keep the reader busy for minutes.
    """
    text = text[:RAW_AT_MOST]
    if "<" in text or "&" in text:
        # Some feeds escape twice; what then still looks like markup is text.
        text = unescape(_marked(text))
    lines = (" ".join(map(_cut, line.split())) for line in _visible(text).split("\n"))
    return "\n".join(line for line in lines if line)


def canonical(url: str, voice: Voice) -> str:
    """`url` without fragment and tracking; of a social post only the platform, for the rest names its author (R12)."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = parts.hostname.lower() + (f":{port}" if port else "")
    if voice is Voice.SOCIAL:
        return urlunsplit((parts.scheme, host, "/", "", ""))
    query = parts.query if "=" not in parts.query else _without_tracking(parts.query)
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


_SAYS_FROM_WHERE = frozenset({"ref", "source"})
"""Keys that tell where a reader came from, unless there is a number behind them: then they may name the message."""


def _without_tracking(query: str) -> str:
    kept = [
        (key, value)
        for key, value in parse_qsl(query, keep_blank_values=True)
        if not _TRACKING.match(key) and not (key.lower() in _SAYS_FROM_WHERE and not re.search(r"\d", value))
    ]
    return urlencode(kept)


def _digest(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def _version(told: Told) -> str:
    period = told.period
    moments = f"{period.start.isoformat()} {period.end and period.end.isoformat()}" if period else ""
    return f"{moments} {told.place} {told.cancelled}"


def _told(told: Told) -> Told:
    """What a source tells as data, without moments that no calendar can count with."""
    if told.period is None:
        return told
    ends = (told.period.start, told.period.end or told.period.start)
    fits = all(_FIRST_YEAR <= moment.year <= _LAST_YEAR for moment in ends)
    return told if fits else replace(told, period=None)


def page_of(url: str) -> str:
    """The page that an address points at: the same for http and https, with and without www., last slash and tracking.

    None of these ever parts two entries of one source; sites change them, and readers' roads add the last. Empty when
    `url` is no web address. The fragment stays: some lists have one page, and a fragment per entry.
    """
    # No address has spaces; those that people leave in one come back as they please.
    url = "".join(url.split())
    found = canonical(url, Voice.NEWS)
    if not found:
        return ""
    parts = urlsplit(found)
    host = (parts.hostname or "").removeprefix("www.") + (f":{parts.port}" if parts.port else "")
    fragment = urlsplit(url).fragment
    tracked = _TRACKING.match(fragment.partition("=")[0]) or fragment.startswith(":~:")
    return urlunsplit(("", host, parts.path.rstrip("/"), parts.query, "" if tracked else fragment))


def entry_of(raw: RawItem) -> str:
    """The same for every version of one entry: by its own id, else by its address, never by its title.

    An id that is an address counts as one. What has neither is known by all it says, so that each change of it is
    another entry.
    """
    key = raw.key.strip()
    return _digest(raw.source, page_of(key) or key or page_of(raw.url) or f"{raw.title}\x1f{raw.text}")


def mark_of(raw: RawItem) -> str:
    """The same for the same words: what has this mark was looked at before, and needs no reading."""
    return _digest(raw.source, raw.key, raw.url, raw.title, raw.text, _version(raw.told))


def normalise(raw: RawItem, *, now: datetime, entry: str = "") -> PlainItem:
    """One entry as plain text. An entry without a moment, or with one in the future, counts as published `now`.

    `entry` is what it is known as, where its own id does not say so (`work/known.py`).
    """
    title = plain(raw.title).replace("\n", " ")[:TITLE_AT_MOST]
    text = plain(raw.text)[:READ_AT_MOST]
    if raw.told.place and raw.told.place not in text:
        # The place goes through the redactor with the rest: a calendar's location may be a home address.
        text = f"{text}\nPlaats: {plain(raw.told.place)}".strip()
    told = _told(raw.told)
    url = canonical(raw.url, raw.voice)
    # A date before there was a web is a fault of the source, and too far back for any calendar to count from.
    published = raw.published if raw.published and raw.published.year >= _FIRST_YEAR else now
    entry = entry or entry_of(raw)
    fingerprint = _digest(entry, title, text, _version(told))
    if raw.article:
        text = f"{text}\n{plain(raw.article)}".strip()[:READ_AT_MOST]
    return PlainItem(
        source=raw.source,
        fingerprint=fingerprint,
        mark=mark_of(raw),
        entry=entry,
        title=title,
        text=text,
        url=url,
        published=min(published, now),
        told=told,
        handling=raw.handling,
        voice=raw.voice,
    )
