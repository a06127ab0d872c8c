"""Questions about fingerprints: which entries were looked at before. Asked thousands of times an hour, so set-wise."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session, col, delete, select

from monitor.domain import Seen
from monitor.store.engine import changed, chunks, insert_values


def unseen(session: Session, prints: Collection[str]) -> set[str]:
    """Those fingerprints that were never taken in or dropped."""
    unknown = set(prints)
    for some in chunks(sorted(unknown)):
        known = session.exec(select(Seen.fingerprint).where(col(Seen.fingerprint).in_(some)))
        unknown.difference_update(known)
    return unknown


def remember(session: Session, prints: Iterable[tuple[str, str]], *, delete_after: datetime, dropped: str = "") -> None:
    """Keeps fingerprints, each with its source; those that are known already stay as they are."""
    rows = [
        {"fingerprint": p, "source": source, "dropped": dropped, "delete_after": delete_after} for p, source in prints
    ]
    insert_values(session, Seen, rows)


def dropped_as(session: Session, prints: Collection[str], dropped: str, *, now: datetime | None = None) -> set[str]:
    """Those fingerprints that were kept for this reason; with `now` only while their term lasts."""
    found: set[str] = set()
    for some in chunks(sorted(prints)):
        asked = select(Seen.fingerprint).where(col(Seen.fingerprint).in_(some), Seen.dropped == dropped)
        found.update(session.exec(asked if now is None else asked.where(col(Seen.delete_after) > now)))
    return found


def forget(session: Session, prints: Collection[str]) -> None:
    """Deletes these fingerprints: what has them is new again."""
    for some in chunks(sorted(prints)):
        session.exec(delete(Seen).where(col(Seen.fingerprint).in_(some)))


def delete_expired(session: Session, now: datetime) -> int:
    """Deletes every fingerprint past its retention; returns how many."""
    return changed(session, delete(Seen).where(col(Seen.delete_after) <= now))
