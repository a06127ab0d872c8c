"""PlainItem -> the same without what someone asked us to leave out, and whether it may come in at all (R42).

It looks at the words as they came, before anything is redacted, for a moment and in memory only.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import unquote, urlsplit, urlunsplit

from monitor.domain import PlainItem
from monitor.rules.sought import LEAST_TO_CHANGE, MARK, apart, put_for, windows

COUNTED = "blokkade"
"""Under this the words that were taken out are counted, beside the kinds of the redactor."""


@dataclass(frozen=True, slots=True)
class Unblocked:
    """An entry without the words of any block."""

    item: PlainItem
    taken_out: int = 0
    dropped: bool = False
    """Someone objects to what is written about them: the whole entry stays out."""


def keyed(form: str, key: str) -> str:
    """The form as the list of blocks knows it. Names can be guessed one by one, so a bare hash would hide nothing."""
    return hmac.digest(key.encode(), f"block\x1f{form}".encode(), sha256).hex()


def places(text: str, blocks: Mapping[str, bool], key: str) -> list[tuple[int, int]]:
    """Where blocked forms stand in the text, from left to right."""
    return apart((start, end) for start, end, _ in _found(text, blocks, key))


def unblocked(item: PlainItem, blocks: Mapping[str, bool], key: str) -> Unblocked:
    """`blocks`: keyed form -> whether it keeps the whole entry out. Each row of words is hashed once."""
    if not blocks:
        return Unblocked(item)
    title, in_title, stopped = _cleaned(item.title, blocks, key)
    text, in_text, stops = _cleaned(item.text, blocks, key)
    address = urlsplit(item.url)
    _, in_address, bars = _cleaned(unquote(f"{address.path} {address.query}"), blocks, key)
    url = urlunsplit((address.scheme, address.netloc, "/", "", "")) if in_address else item.url
    clean = replace(item, title=title, text=text, url=url)
    return Unblocked(clean, in_title + in_text + in_address, stopped or stops or bars)


def _cleaned(text: str, blocks: Mapping[str, bool], key: str) -> tuple[str, int, bool]:
    found = _found(text, blocks, key)
    taken = apart((start, end) for start, end, _ in found)
    return put_for(text, taken, MARK), len(taken), any(drops for _, _, drops in found)


def _found(text: str, blocks: Mapping[str, bool], key: str) -> list[tuple[int, int, bool]]:
    """Every blocked form that stands in the text: where, and whether it keeps the whole entry out."""
    if not blocks:
        return []
    return [
        (start, end, blocks[hashed])
        for form, start, end in windows(text)
        if len(form) >= LEAST_TO_CHANGE and (hashed := keyed(form, key)) in blocks
    ]
