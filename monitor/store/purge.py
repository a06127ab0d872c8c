"""Deletes what is past its last day: one way for every table there is, in the order that their keys allow."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Table, and_, false, func, or_, select, update
from sqlmodel import Session

from monitor.domain.term import TERMS, Term
from monitor.store.engine import changed
from monitor.store.people import delete_audit
from monitor.store.schema import TABLES

Kept = dict[str, ColumnElement[bool]]
"""Table -> which of its rows stay although their term is over: those under a legal hold."""


_BY_DAY = ("audit_entry", "anchor")
"""The audit trail goes by whole days: see `people.delete_audit`."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What one rule took."""

    count: int
    first: datetime | None = None
    """The first last day among them; None when there were none."""
    last: datetime | None = None


def delete_expired(session: Session, now: datetime, kept: Kept | None = None) -> dict[str, Gone]:
    """Deletes every row past its last day, and what belongs to it: table -> what went, also when that is nothing."""
    found = {}
    for table in reversed(TABLES.sorted_tables):
        term = TERMS[table.name]
        if table.name in _BY_DAY:
            continue
        going = _going(table, term, now, kept or {})
        for column, _ in _references(table, table):
            gone = select(table.c.id).where(going)
            session.execute(update(table).where(column.in_(gone)).values({column.name: None}))
        last_day = table.c.delete_after
        asked = select(func.min(last_day), func.max(last_day)).where(going)
        first, last = session.execute(asked).one()
        found[table.name] = Gone(changed(session, table.delete().where(going)), first, last) if first else Gone(0)
    entries, days, anchors = delete_audit(session, now, (kept or {}).get("audit_entry"))
    found["audit_entry"] = Gone(entries, *days) if days else Gone(0)
    found["anchor"] = Gone(anchors)
    return found


def _references(table: Table, to: Table | None = None) -> list[tuple[Column[int], Column[int]]]:
    """The columns of a table that point at a row, each with what it points at: of the table `to`, or of any other.

    A row whose column is emptied when what it points at goes, stays: that column is not among them.
    """
    strong = [key for key in table.foreign_keys if key.ondelete != "SET NULL"]
    keys = [(key.parent, key.column) for key in sorted(strong, key=lambda key: key.parent.name)]
    return [key for key in keys if (key[1].table is to if to is not None else key[1].table is not table)]


def _going(table: Table, term: Term, now: datetime, kept: Kept) -> ColumnElement[bool]:
    """Which rows go: those past their last day that nothing holds, and those of which what they belong to goes."""
    over = table.c.delete_after <= now
    if term.chained:
        # A link in the middle never goes, for its chain would break; the last one waits for the next.
        first = select(func.min(table.c.id)).where(table.c.delete_after > now).scalar_subquery()
        over = table.c.id < func.coalesce(first, select(func.max(table.c.id)).scalar_subquery())
    belongs = [
        column.in_(select(owner).where(_going(owner.table, TERMS[owner.table.name], now, kept)))
        for column, owner in _references(table)
    ]
    return or_(and_(over, ~kept.get(table.name, false())), *belongs)
