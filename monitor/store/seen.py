"""Questions about fingerprints: which entries were looked at before. Asked thousands of times an hour, so set-wise."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import Insert, Select, bindparam, inspect, true
from sqlalchemy import select as select_from
from sqlmodel import Session, col, delete, select

from monitor.domain import Seen
from monitor.store.engine import as_list, chunks, dialect_of, insert_into, listed


def unseen(session: Session, prints: Collection[str]) -> set[str]:
    """Those fingerprints that were never taken in or dropped."""
    unknown, dialect = set(prints), dialect_of(session)
    if unknown:
        asked = as_list(dialect, "prints", [(fingerprint,) for fingerprint in unknown])
        unknown.difference_update(session.execute(_known(dialect), asked).scalars())
    return unknown


@cache
def _known(dialect: str) -> Select[str]:
    return select_from(col(Seen.fingerprint)).where(col(Seen.fingerprint).in_(select_from(*listed(dialect, "prints"))))


def remember(session: Session, prints: Iterable[tuple[str, str]], *, delete_after: datetime, dropped: str = "") -> None:
    """Keeps fingerprints, each with its source; those that are known already stay as they are."""
    rows, dialect = list(prints), dialect_of(session)
    if rows:
        same: dict[str, object] = {"why": dropped, "until": delete_after}
        session.execute(_keeping(dialect), as_list(dialect, "prints", rows) | same)


@cache
def _keeping(dialect: str) -> Insert:
    table = inspect(Seen).local_table
    same = [bindparam("why", type_=table.c.dropped.type), bindparam("until", type_=table.c.delete_after.type)]
    # SQLite takes `on conflict` behind a select for the condition of a join, unless a `where` stands in between.
    rows = select_from(*listed(dialect, "prints", 2), *same).where(true())
    inserting = insert_into(dialect, table).from_select(["fingerprint", "source", "dropped", "delete_after"], rows)
    return inserting.on_conflict_do_nothing()


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
