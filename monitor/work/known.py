"""known_entries(app, listed, new): the entries that a source lists under another id than it did before.

A site that is rebuilt gives all its entries new ids. Their pages stay, mostly, and by these they are known again:
else every one of them would be taken in twice, and each event would have two reports of one paper.
"""

from collections import Counter
from collections.abc import Sequence

from classifiers import Voice
from monitor.app import App
from monitor.domain import PlainItem, RawItem
from monitor.rules.normalise import canonical, entry_of, mark_of, normalise, page_of
from monitor.store import items, seen


def known_entries(app: App, listed: Sequence[RawItem], new: Sequence[RawItem]) -> dict[str, str]:
    """Mark of an entry among `new` -> the entry that it is a version of, where its own id does not say so.

    Only for a page that one entry of `listed` has, and one entry that we keep, which is listed no more itself, and
    only when it says what that said: many lists have one address for all, and some for what is new each week.
    """
    pages = Counter((raw.source, page_of(raw.url)) for raw in listed)
    # Of a social post we keep the address of its platform only (R12).
    with_page = [raw for raw in new if raw.voice is not Voice.SOCIAL and page_of(raw.url)]
    alone = {mark_of(raw): raw for raw in with_page if pages[raw.source, page_of(raw.url)] == 1}
    if not alone:
        return {}
    shown = {entry_of(raw) for raw in listed}
    with app.store.read() as session:
        unknown = shown - items.kept_entries(session, shown)
        asked = {mark: raw for mark, raw in alone.items() if entry_of(raw) in unknown}
        sources = {raw.source for raw in asked.values()}
        kept = items.entries_at(session, sources, {address for raw in asked.values() for address in _spellings(raw)})
    found: dict[str, PlainItem] = {}
    for mark, raw in asked.items():
        entries = {entry for address in _spellings(raw) for entry in kept.get((raw.source, address), ())}
        if len(entries) == 1 and not entries & shown:
            found[mark] = normalise(raw, now=app.clock(), entry=entries.pop())
    with app.store.read() as session:
        new_words = seen.unseen(session, {item.fingerprint for item in found.values()})
    return {mark: item.entry for mark, item in found.items() if item.fingerprint not in new_words}


def _spellings(raw: RawItem) -> set[str]:
    """How the address of its page may stand with the item that we keep."""
    address = canonical(raw.url, raw.voice)
    rest = address.partition("://")[2]
    return {f"{scheme}://{rest}" for scheme in ("http", "https")}
