"""What every kind does the same: the maker of RawItem, and the error for a source that changed."""

from datetime import datetime
from urllib.parse import urljoin, urlsplit

from monitor.domain import Fetched, RawItem, Source, Told
from monitor.errors import Changed

TITLE_AT_MOST = 500
"""Characters; longer is no title."""


def absolute(link: str, base: str) -> str:
    """`link`, seen from `base`, as a web address; `base` when it is none. Only referred to, never followed (R2)."""
    try:
        url = urljoin(base, link.strip())
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:  # such as http://[oops or a port that is no number
        return base
    return url if fine else base


def raw_item(
    fetched: Fetched,
    source: Source,
    *,
    key: str,
    title: str,
    text: str = "",
    link: str = "",
    published: datetime | None = None,
    told: Told | None = None,
) -> RawItem:
    """One entry, with the voice and the handling of its source.

    There is no argument for an author, and there will be none (R11). Where the publisher reserved text and data mining,
    the text stays out (R5).
    """
    return RawItem(
        source=source.id,
        key=key.strip(),
        title=title.strip()[:TITLE_AT_MOST],
        text="" if fetched.reserved else text.strip(),
        url=absolute(link, fetched.url),
        published=published,
        told=told or Told(),
        handling=source.handling,
        voice=source.voice,
    )


def changed(source: Source, reason: str, dutch: str) -> Changed:
    """The error to raise; `dutch` completes the sentence "Bron 'x' …" and says what to do."""
    return Changed(source.id, reason, advice=f"Bron '{source.id}' {dutch}")
