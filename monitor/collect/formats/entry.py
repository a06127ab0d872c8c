"""What every kind does the same: the maker of RawItem, and the error for a source that changed."""

import re
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from monitor.collect.formats.moments import believable
from monitor.domain import Fetched, RawItem, Source, Told
from monitor.errors import Changed

TITLE_AT_MOST = 500
"""Characters; longer is no title."""

PLAIN_ADDRESS = re.compile(
    r"https?://[a-z0-9]+(?:[.-]+[a-z0-9]+)*(?::[1-9]\d{0,3})?"
    r"(?:/[A-Za-z0-9/._~!$'()*+,:@%=&-]*(?:\?[A-Za-z0-9/._~!$'()*+,;:@%=&-]+)?(?:\#[A-Za-z0-9/._~!$'()*+,;:@%=&-]+)?)?"
)
"""Absolute addresses that come out of urljoin as they went in, as most do; finding that out by joining takes longer."""

_NOTHING_TOLD = Told()


class Partial(list[RawItem]):
    """Entries of an answer of which some could not be read, or that was cut off: what is missing may still be there."""


def absolute(link: str, base: str) -> str:
    """`link`, seen from `base`, as a web address; `base` when it is none. Only referred to, never followed (R2)."""
    try:
        url = urljoin(base, link.strip())
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:  # such as http://[oops or a port that is no number
        return base
    return url if fine else base


def _clean(text: str) -> str:
    """`text` without what no database and no file can hold: halves of characters (JSON "\\ud83d") and NUL."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            text = text.encode("utf-8", "ignore").decode()
    return (text.replace("\0", "") if "\0" in text else text).strip()


def raw_item(
    fetched: Fetched,
    source: Source,
    *,
    key: str,
    title: str,
    text: str = "",
    link: str = "",
    home: str = "",
    published: datetime | None = None,
    told: Told | None = None,
) -> RawItem:
    """One entry, with the voice and the handling of its source.

    `home` is what a link is seen from, and what is referred to without one; empty means the address of the answer.
    There is no argument for an author, and there will be none (R11). Where the publisher reserved text and data mining,
    the text stays out (R5).
    """
    return RawItem(
        source=source.id,
        key=_clean(key) or ("" if link.strip() else _words(title, text, told)),
        title=_clean(title)[:TITLE_AT_MOST],
        text="" if fetched.reserved else _clean(text),
        url=link if PLAIN_ADDRESS.fullmatch(link) else absolute(_clean(link), home or fetched.url),
        published=believable(published),
        told=replace(told, place=_clean(told.place)) if told else _NOTHING_TOLD,
        handling=source.handling,
        voice=source.voice,
    )


def _words(title: str, text: str, told: Told | None) -> str:
    """Known by what it says: without id and link its address is that of the list, which it shares with the others."""
    moment = told.period.start.isoformat() if told and told.period else ""
    return _clean(f"{title} {text} {moment}")


def changed(source: Source, reason: str, dutch: str, error: type[Changed] = Changed) -> Changed:
    """The error to raise; `dutch` completes the sentence "Bron 'x' …" and says what to do."""
    return error(source.id, reason, advice=f"Bron '{source.id}' {dutch}")
