"""Gives every row its last day when it is written, by the policy of `domain.term` (R37)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import event, inspect, update
from sqlmodel import Session, SQLModel

from monitor.config import Retention
from monitor.domain import Event
from monitor.domain.term import TERMS, last_day_of, term_of

_KEEPER = "keeper"
_WITH_EVENT = tuple(term.table for term in TERMS.values() if term.with_event)


@dataclass(frozen=True, slots=True)
class Keeper:
    """What a session needs to know to tell how long a row may exist."""

    retention: Retention
    clock: Callable[[], datetime]


class KeepingSession(Session):
    """A session in which no row is written without its last day."""

    def __init__(self, *args: object, keeper: Keeper, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # SQLAlchemy's own arguments, handed on
        self.info[_KEEPER] = keeper


def keep(session: Session, rows: Iterable[SQLModel]) -> None:
    """Sets the last day of rows that are about to be written; those of which an act tells it stay as they are."""
    keeper: Keeper = session.info[_KEEPER]
    for row in rows:
        term = TERMS[str(row.__tablename__)]
        if term.by_act:
            continue
        of_event = getattr(row, "event", None) if term.with_event else None
        found = None if of_event is None else session.get(Event, of_event)
        last = found.delete_after if found else last_day_of(row, keeper.retention, keeper.clock())
        if getattr(row, "delete_after", None) != last:
            row.delete_after = last


def from_now(session: Session, table: type[SQLModel]) -> datetime:
    """When a row goes that is written or used now, in a table whose days are counted from that."""
    keeper: Keeper = session.info[_KEEPER]
    return keeper.clock() + term_of(TERMS[str(table.__tablename__)], keeper.retention)


@event.listens_for(KeepingSession, "before_flush")
def _before_flush(session: Session, _context: object, _instances: object) -> None:
    keep(session, [row for row in (*session.new, *session.dirty) if isinstance(row, SQLModel)])
    for row in session.dirty:
        if isinstance(row, Event) and inspect(row).attrs.delete_after.history.has_changes():
            _keep_with(session, row)


def _keep_with(session: Session, event: Event) -> None:
    """What belongs to an event stays as long as that."""
    for name in _WITH_EVENT:
        table = SQLModel.metadata.tables[name]
        session.execute(update(table).where(table.c.event == event.id).values(delete_after=event.delete_after))
