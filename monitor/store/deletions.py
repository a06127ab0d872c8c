"""Questions about the proof of deletion: what each purge took, in a chain that shows every change."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from monitor.domain import Deletion
from monitor.store.engine import take_lane
from monitor.store.purge import Gone

NOTHING = "nothing"


class Taken(NamedTuple):
    """What one rule took of one table."""

    rule: str
    table: str
    gone: Gone


def add(session: Session, at: datetime, taken: Sequence[Taken]) -> int:
    """Writes down one purge, also when it took nothing; the number of its batch."""
    take_lane(session, "deletions")
    newest = session.exec(select(Deletion).order_by(col(Deletion.id).desc()).limit(1)).first()
    batch, before = (newest.batch + 1, newest.hash) if newest else (1, "")
    for rule, table, gone in [t for t in taken if t.gone.count] or [Taken(NOTHING, "", Gone(0))]:
        row = Deletion(
            batch=batch,
            at=at.astimezone(UTC),  # as it comes back from the database, so that the hash can be made again
            rule=rule,
            table_name=table,
            count=gone.count,
            first=gone.first,
            last=gone.last,
            before=before,
            hash="",
        )
        row.hash = before = row.seal()
        session.add(row)
        session.flush()
    return batch


def of_batches(session: Session, number: int) -> list[Deletion]:
    """The rows of the last so many purges, oldest first."""
    last = session.exec(select(Deletion.batch).order_by(col(Deletion.id).desc()).limit(1)).first() or 0
    return list(session.exec(select(Deletion).where(Deletion.batch > last - number).order_by(col(Deletion.id))))


def broken_at(session: Session) -> int | None:
    """The batch of the first row that was changed, or before which one is missing; None when the chain is whole."""
    before: str | None = None
    for row in session.exec(select(Deletion).order_by(col(Deletion.id))).yield_per(500):
        if row.hash != row.seal() or before not in (None, row.before):
            return row.batch
        before = row.hash
    return None
