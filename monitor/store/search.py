"""Every text that the database holds, cell by cell: all tables that are there, whoever made them (R42).

What is sought is no part of any question here, so it comes into no statement, plan or log of the database.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    Interval,
    MetaData,
    Numeric,
    RowMapping,
    Table,
    Time,
    inspect,
    select,
)
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from monitor.domain.columns import Json, to_json
from monitor.store.engine import changed
from monitor.store.schema import TABLES

JOBS = ("job", "procrastinate_jobs")
"""The promises of either queue."""

_WORDLESS = (Boolean, Date, DateTime, Integer, Interval, Numeric, Time)
"""Types that hold no text; any other is searched, also one that nobody thought of."""
_AT_ONCE = 500

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True, slots=True)
class Cell:
    """One text of one row."""

    table: str
    row: str
    """Its primary key."""
    column: str
    text: str = field(repr=False)
    closed: bool
    """It belongs to the compartment: police data and other confidential signals (R31)."""


def cells(session: Session) -> Iterator[Cell]:
    """Every text, table by table, keys of JSON included."""
    for table in _tables(session):
        texts = [column for column in table.columns if _holds_text(column)]
        told = [table.c[name] for name in ("handling", "public", "confidential") if name in table.c]
        asked = dict.fromkeys((*table.primary_key, *texts, *told))
        if not texts:
            continue
        rows = session.execute(select(*asked).execution_options(yield_per=_AT_ONCE)).mappings()
        for row in rows:
            key = ":".join(str(row[column]) for column in table.primary_key)
            closed = _is_closed(row)
            for column in texts:
                for text in _leaves(_as_json(row[column])):
                    yield Cell(table.name, key, column.name, text, closed)


def rows_of(session: Session, kind: type[Row], keys: Collection[str]) -> list[Row]:
    """The rows of one table with these keys, as a Cell tells them; in that order, without those that are gone."""
    number = isinstance(kind.__table__.primary_key.columns[0].type, Integer)  # type: ignore[attr-defined]  # SQLModel's
    found = (session.get(kind, int(key) if number else key) for key in keys)
    return [row for row in found if row is not None]


def delete_rows(session: Session, table: str, keys: Collection[str]) -> int:
    """Deletes rows of a table with a number for its key, whoever made that table; returns how many."""
    found = next(one for one in _tables(session) if one.name == table)
    return changed(session, found.delete().where(found.c.id.in_([int(key) for key in keys])))


def tables(session: Session) -> list[str]:
    """The names of all tables that `cells` looks through."""
    return [table.name for table in _tables(session)]


def _tables(session: Session) -> list[Table]:
    """Those of the house, and others that stand in the database too: the queue of PostgreSQL has its own."""
    connection = session.connection()
    there = inspect(connection).get_table_names()
    others = MetaData()
    others.reflect(connection, only=[name for name in there if name not in TABLES.tables])
    return [*TABLES.sorted_tables, *others.sorted_tables]


def _holds_text(column: Column[object]) -> bool:
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return not isinstance(kind, _WORDLESS)


def _as_json(value: object) -> Json:
    try:
        return to_json(value)
    except TypeError:
        return str(value)


def _leaves(value: Json) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, inner in value.items():
                yield key
                yield from _leaves(inner)
        case list():
            for inner in value:
                yield from _leaves(inner)
        case int() | float() if not isinstance(value, bool):
            yield str(value)


def _is_closed(row: RowMapping) -> bool:
    message = _as_json(row.get("message"))
    carried = isinstance(message, Mapping) and message.get("confidential") is True
    handling = getattr(row.get("handling"), "confidential", False)
    return bool(handling) or row.get("public") is False or row.get("confidential") is True or carried
