"""What we keep of a source, and what it lists now -> the entries that it took back (R40)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import pairwise

from monitor.domain import Item, RawItem
from monitor.rules.normalise import entry_of, page_of


def removed_mark(entry: str) -> str:
    """The fingerprint that remembers of an entry, and of nothing it said, that it was taken back."""
    return blake2b(f"removed\x1f{entry}".encode(), digest_size=16).hexdigest()


def _reaches_to(listed: Iterable[RawItem]) -> datetime | None:
    """The date of the entry at the old end of the list; None when no entry has one.

    Not simply the oldest date: a message pinned on top may be years old, and all that fell off the end since would
    look as if it was taken back.
    """
    dates = [raw.published for raw in listed if raw.published is not None]
    if not dates:
        return None
    newest_first = sum(b <= a for a, b in pairwise(dates)) * 2 >= len(dates) - 1
    ordered = dates if newest_first else dates[::-1]
    # A footer, or a list by date of change, may end with something far older than what just fell off. Where the last
    # step back is larger than all the others together, it is no part of the order.
    if len(ordered) > 2 and ordered[-2] - ordered[-1] > max(ordered) - ordered[-2]:  # noqa: PLR2004 - said above
        return ordered[-2]
    return ordered[-1]


def vanished(
    kept: Iterable[Item], listed: Sequence[RawItem], now: datetime, *, agenda: bool, home: str = ""
) -> set[str]:
    """The entries among `kept` that the source should still list, and does not.

    An agenda should list what is still to come; any other source what was published after the old end of its list:
    what is older just fell off. An entry without a date of its own may always have fallen off. An entry whose page is
    listed under another id is still there; `home` is the page of the list itself, which all entries have that have no
    page of their own, so it proves nothing. An empty list takes nothing back: far oftener a site is out of order.
    """
    if not listed:
        return set()
    entries = {entry_of(raw) for raw in listed}
    shown = Counter(page_of(raw.url) for raw in listed)
    reaches_to = _reaches_to(listed)
    versions: dict[str, list[Item]] = {}
    for item in kept:
        page = page_of(item.url)
        if item.entry not in entries and (page == home or shown[page or item.entry] != 1):
            versions.setdefault(item.entry, []).append(item)

    def expected(items: Sequence[Item]) -> bool:
        if agenda:
            period = max(items, key=lambda i: (i.taken_in, i.id or 0)).reading.period
            return period is not None and period.start > now
        first = min(items, key=lambda i: i.published)
        dated = first.published != first.taken_in
        return dated and reaches_to is not None and first.published > reaches_to

    return {entry for entry, items in versions.items() if expected(items)}
