"""Questions about items."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from monitor.domain import Item, Sighting
from monitor.errors import NotFound, PersonalDataLeft
from monitor.store.engine import changed, chunks, insert_new
from monitor.store.residue import residue


def left_in(item: Item) -> str | None:
    """The kind of personal data that still stands in what would be kept, as a Dutch word; None when none is seen."""
    return residue("\n".join((item.title, item.extract, *(shown.words for shown in item.reading.evidence))))


def add(session: Session, item: Item) -> Item | None:
    """The item as it was kept, with its id; None when its fingerprint is there already.

    Raises PersonalDataLeft when other eyes than the redactor's still see personal data in what would be kept.
    """
    if kind := left_in(item):
        raise PersonalDataLeft(kind)
    new = insert_new(session, [item])
    return new[0] if new else None


def get(session: Session, id: int) -> Item:
    """Raises NotFound."""
    item = session.get(Item, id)
    if item is None:
        raise NotFound("bericht", id)
    return item


def items_of(session: Session, event: int) -> list[Item]:
    """What reports this event, oldest first; without what is restricted, which may be kept and not used (R42)."""
    return list(
        session.exec(
            select(Item)
            .join(Sighting, col(Sighting.item) == Item.id)
            .where(Sighting.event == event, Item.restricted == "")
            .order_by(col(Item.published), col(Item.id))
        )
    )


def of_events(session: Session, events: Collection[int]) -> dict[int, list[Item]]:
    """What reports each of these events, as `items_of` gives it; an event without reports is not in it."""
    found: dict[int, list[Item]] = {}
    asked = select(Sighting.event, Item).join(Item, col(Item.id) == Sighting.item).where(Item.restricted == "")
    for some in chunks(sorted(events)):
        rows = asked.where(col(Sighting.event).in_(some)).order_by(col(Item.published), col(Item.id))
        for event, item in session.exec(rows):
            found.setdefault(event, []).append(item)
    return found


def restricted(session: Session, until: datetime | None = None) -> list[Item]:
    """What is kept and not used, oldest first; with `until` only what is so until that moment or earlier."""
    asked = select(Item).where(Item.restricted != "").order_by(col(Item.id))
    return list(session.exec(asked if until is None else asked.where(col(Item.restricted_until) <= until)))


def restricted_until(session: Session, entry: str) -> datetime | None:
    """How long any version of this entry is restricted; None when none is."""
    return session.exec(select(func.max(Item.restricted_until)).where(Item.entry == entry, Item.restricted != "")).one()


def of_source(session: Session, source: str) -> list[Item]:
    """Everything that is kept of one source, oldest first."""
    return list(session.exec(select(Item).where(Item.source == source).order_by(col(Item.published), col(Item.id))))


def of_entries(session: Session, source: str, entries: Collection[str]) -> list[Item]:
    """Every version of these entries of one source, oldest first."""
    found: list[Item] = []
    for some in chunks(sorted(entries)):
        found += session.exec(select(Item).where(Item.source == source, col(Item.entry).in_(some)))
    return sorted(found, key=lambda item: (item.published, item.id or 0))


def kept_entries(session: Session, entries: Collection[str]) -> set[str]:
    """Those entries of which a version is kept."""
    found: set[str] = set()
    for some in chunks(sorted(entries)):
        found.update(session.exec(select(Item.entry).where(col(Item.entry).in_(some))))
    return found


def entries_at(
    session: Session, sources: Collection[str], addresses: Collection[str]
) -> dict[tuple[str, str], set[str]]:
    """Source and address -> the entries of these sources that are kept of that page."""
    found: dict[tuple[str, str], set[str]] = {}
    for some in chunks(sorted(addresses)):
        asked = select(Item.source, Item.url, Item.entry)
        rows = session.exec(asked.where(col(Item.source).in_(sources), col(Item.url).in_(some)))
        for source, address, entry in rows:
            found.setdefault((source, address), set()).add(entry)
    return found


def reported_by(session: Session, ids: Collection[int]) -> dict[int, set[int]]:
    """Which events these items report: id of the event -> ids of the items, the oldest event first."""
    found: dict[int, set[int]] = {}
    for some in chunks(sorted(ids)):
        rows = session.exec(select(Sighting.event, Sighting.item).where(col(Sighting.item).in_(some)))
        for event, item in rows:
            found.setdefault(event, set()).add(item)
    return dict(sorted(found.items()))


def delete_these(session: Session, ids: Collection[int]) -> int:
    """Deletes items with their sightings; how many items went."""
    gone = 0
    for some in chunks(sorted(ids)):
        session.exec(delete(Sighting).where(col(Sighting.item).in_(some)))
        gone += changed(session, delete(Item).where(col(Item.id).in_(some)))
    return gone


def newest_of(session: Session, entries: Collection[str]) -> dict[str, str]:
    """Entry -> fingerprint of the version of it that was taken in last; without the entries that are not kept."""
    found: dict[str, str] = {}
    for some in chunks(sorted(entries)):
        rows = session.exec(
            select(Item.entry, Item.fingerprint)
            .where(col(Item.entry).in_(some))
            .order_by(col(Item.taken_in), col(Item.id))
        ).all()
        found |= dict(rows)
    return found


def kept_as(session: Session, fingerprints: Collection[str]) -> set[str]:
    """Those fingerprints that an item has."""
    found: set[str] = set()
    for some in chunks(sorted(fingerprints)):
        found.update(session.exec(select(Item.fingerprint).where(col(Item.fingerprint).in_(some))))
    return found


def bring_back(session: Session, fingerprint: str, now: datetime, *, published: datetime) -> Item | None:
    """The item with this fingerprint, as if it were taken in now; None when it is gone."""
    item = session.exec(select(Item).where(Item.fingerprint == fingerprint)).first()
    if item is not None:
        item.taken_in, item.published = now, published
        session.add(item)
        session.flush()
    return item


def newest(session: Session, limit: int) -> list[Item]:
    """The items that were taken in last, newest first."""
    return list(session.exec(select(Item).order_by(col(Item.taken_in).desc(), col(Item.id).desc()).limit(limit)))


def count(session: Session) -> int:
    """How many items are kept now."""
    return session.exec(select(func.count()).select_from(Item)).one()


def counts(session: Session) -> dict[str, int]:
    """Source -> how many of its items are kept now; a source without items is not in it."""
    return dict(session.exec(select(Item.source, func.count()).group_by(Item.source).order_by(Item.source)).all())
