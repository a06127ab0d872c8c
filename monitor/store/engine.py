"""The only file that knows which database it is: SQLite or PostgreSQL."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    CursorResult,
    Engine,
    ExceptionContext,
    String,
    UpdateBase,
    bindparam,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session, SQLModel

from monitor.errors import ConfigError, StoreError
from monitor.store.keeping import keep

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_PATIENCE = 30
"""Seconds that a writer on SQLite waits for the one before it, unless the address says `?timeout=`."""
_CHUNK = 500
"""Rows or values in one statement: far below the limit on parameters of either database."""

Row = TypeVar("Row", bound=SQLModel)
Value = TypeVar("Value")


def make_engine(url: str) -> Engine:
    """An engine that keeps parameters, and so the text of items, out of every error and log line.

    Raises ConfigError for an address of another database, with another driver, in memory, or that cannot be read.
    """
    try:
        return _engine(url)
    except (ArgumentError, ValueError):
        # Not "from error": its words may hold a part of the password.
        raise _wrong_address() from None


def _engine(url: str) -> Engine:
    address = make_url(url)
    match address.drivername:
        # In memory every thread would see an empty database of its own.
        case "sqlite" if address.database not in (None, "", ":memory:"):
            patience = {} if "timeout" in address.query else {"timeout": _PATIENCE}
            engine = create_engine(url, hide_parameters=True, pool_size=16, max_overflow=16, connect_args=patience)
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        case "postgresql+psycopg":
            engine = create_engine(url, hide_parameters=True, pool_size=8, max_overflow=16, pool_pre_ping=True)
            event.listen(engine, "handle_error", _forget_row)
        case _:
            raise _wrong_address()
    return engine


def _wrong_address() -> ConfigError:
    # The address itself is not told: it may hold a password.
    return ConfigError(
        "omgeving",
        "TORENWACHT_DATABASE",
        advice="Dit adres van de database kennen wij niet. Laat TORENWACHT_DATABASE leeg, "
        "of begin het adres met postgresql+psycopg://.",
    )


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy starts transactions, not the driver
    for pragma in ("journal_mode=wal", "synchronous=normal", "foreign_keys=on", "secure_delete=on"):
        connection.execute(f"pragma {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # Two writers then queue at the door instead of failing half-way; readers never wait.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql(f"pragma query_only={'off' if writes else 'on'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _forget_row(context: ExceptionContext) -> None:
    """Takes out what PostgreSQL adds to an error: the row that it refused, with the text of an item in it."""
    said, told = context.original_exception, context.sqlalchemy_exception
    diagnosis = getattr(said, "diag", None)  # psycopg's; loading it costs a start on SQLite a fifth of a second
    if diagnosis is not None and diagnosis.message_detail:
        said.args = (diagnosis.message_primary,)
        if told is not None:
            told.args = (f"({type(said).__name__}) {diagnosis.message_primary}",)


def for_reading(engine: Engine) -> Engine:
    """The same engine and pool, with transactions that only read."""
    return engine.execution_options(postgresql_readonly=True)


def for_writing(engine: Engine) -> Engine:
    """The same engine and pool, with transactions that write."""
    return engine.execution_options(writes=True)


def is_sqlite(engine: Engine) -> bool:
    """Whether this is the embedded database."""
    return engine.dialect.name == "sqlite"


def take_lane(session: Session, lane: str) -> None:
    """Waits until no other transaction is in `lane`; left by itself at the end of this transaction.

    SQLite has one writer at a time, so everyone who writes is in every lane there.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(lane))))


@contextmanager
def changing_schema(engine: Engine) -> Iterator[Connection]:
    """A transaction in which tables may be rebuilt; one process at a time."""
    with for_writing(engine).connect() as connection:
        if is_sqlite(engine):
            # Batch mode drops and rebuilds a table, which foreign keys would forbid; works outside a transaction only.
            connection.connection.execute("pragma foreign_keys=off").close()
        try:
            with connection.begin():
                if not is_sqlite(engine):
                    connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("schema"))))
                yield connection
        finally:
            if is_sqlite(engine):
                connection.connection.execute("pragma foreign_keys=on").close()


def scrub(engine: Engine, *, at_once: bool = True) -> bool:
    """Makes the files anew, without what was deleted; False when a reader kept the log of SQLite from being emptied.

    Cells that moved leave a copy behind in a page that is not full, which only rebuilding takes away.
    """
    if is_sqlite(engine):
        with _outside(engine) as connection:
            connection.execute("vacuum").close()
            cursor = connection.execute("pragma wal_checkpoint(truncate)")
            busy = cursor.fetchone()[0]
            cursor.close()
            return not busy
    if at_once:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in SQLModel.metadata.sorted_tables:
                connection.exec_driver_sql(f"vacuum (full) {table.name}")
    return True


def copy_to(engine: Engine, file: str) -> None:
    """Writes the database of SQLite to a new file, whole and without what was deleted, while others work on."""
    with _outside(engine) as connection:
        connection.execute("vacuum into ?", [file]).close()


@contextmanager
def _outside(engine: Engine) -> Iterator[Any]:
    """The driver's own connection, outside any transaction: `vacuum` does not work within one."""
    with engine.connect() as connection:
        try:
            connection.connection.execute("pragma query_only=off").close()
            yield connection.connection
        except sqlite3.Error as error:
            raise OperationalError("vacuum", None, error) from error


def dialect_of(session: Session) -> str:
    """`sqlite` or `postgresql`."""
    return session.get_bind().dialect.name


def insert_into(dialect: str, table: Any) -> "sqlite.Insert | postgresql.Insert":
    """An insert that can say `on conflict`: the same words in both dialects."""
    if dialect != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - see domain/columns.py

    return postgresql.insert(table)


def listed(dialect: str, name: str, width: int = 1) -> list[ColumnElement[str]]:
    """The columns of a table that is handed over as one parameter, `name`; see `as_list`.

    A statement with it can be made once for any number of rows, and nothing is made per row to run it.
    """
    if dialect == "postgresql":
        names = [f"{name}_{place}" for place in range(width)]
        columns = [bindparam(column, type_=ARRAY(String)) for column in names]
        return list(func.unnest(*columns).table_valued(*names).render_derived().c)
    each = func.json_each(bindparam(name, type_=String)).table_valued("value")
    return [func.json_extract(each.c.value, f"$[{place}]") for place in range(width)]


def as_list(dialect: str, name: str, rows: Sequence[Sequence[str]]) -> dict[str, object]:
    """`rows`, at least one, as the parameter of `listed`; each has as many values as that has columns."""
    if dialect == "postgresql":
        return {f"{name}_{place}": list(column) for place, column in enumerate(zip(*rows, strict=True))}
    return {name: json.dumps(rows)}


def insert_new(session: Session, rows: Sequence[Row]) -> list[Row]:
    """Inserts `rows`, without those that a unique key forbids; returns the new ones as they are in the database.

    Set-wise: never look first and insert then. The rows passed in stay outside the session.
    """
    if not rows:
        return []
    keep(session, rows)
    table = type(rows[0])
    new: list[Row] = []
    for some in chunks(rows, _CHUNK):
        statement = insert_into(dialect_of(session), table).on_conflict_do_nothing().returning(table)
        new.extend(session.scalars(statement, [_values(row) for row in some]).all())
    return new


def add_up(session: Session, row: SQLModel, field: str) -> None:
    """Inserts `row`; where its primary key exists already, adds its `field` to that of the row there."""
    keep(session, [row])
    table = inspect(type(row)).local_table
    statement = insert_into(dialect_of(session), table).values(_values(row))
    total = table.c[field] + statement.excluded[field]
    session.execute(statement.on_conflict_do_update(index_elements=list(table.primary_key), set_={field: total}))


def changed(session: Session, statement: UpdateBase) -> int:
    """Runs an update or a delete; how many rows it met."""
    return cast(CursorResult[Any], session.execute(statement)).rowcount


def _values(row: SQLModel) -> dict[str, object]:
    """The columns of a row; a key that the database gives is left out."""
    values = {column.key: getattr(row, column.key) for column in inspect(type(row)).columns}
    return {key: value for key, value in values.items() if not (key == "id" and value is None)}


def chunks(values: Sequence[Value], size: int = _CHUNK) -> Iterator[Sequence[Value]]:
    """`values` in parts that fit in one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


_TROUBLE = (
    (
        "disk full",
        ("disk is full", "disk full", "no space left"),
        "De schijf is vol. Maak ruimte vrij en probeer het opnieuw.",
    ),
    (
        "database locked",
        ("is locked",),
        "De database is te lang bezet door een ander programma. Sluit dat programma en probeer het opnieuw.",
    ),
    (
        "database not writable",
        ("readonly", "read-only", "unable to open", "permission denied"),
        "Torenwacht mag de database niet openen of wijzigen. Controleer de rechten op de map met gegevens.",
    ),
    (
        "database damaged",
        ("malformed", "not a database", "disk i/o error"),
        "Het bestand van de database is beschadigd. Zet de laatste reservekopie terug.",
    ),
)
"""Reason for the log, what the database says in English, advice."""
_SILENT = "De database geeft geen antwoord. Controleer of de databaseserver draait en of TORENWACHT_DATABASE klopt."


@contextmanager
def told_in_dutch() -> Iterator[None]:
    """Turns trouble of the disk or the database itself into a StoreError; a fault in the program stays what it is."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreError("no free connection", advice=_SILENT) from error
    except DBAPIError as error:
        if trouble := _trouble(error):
            raise trouble from error
        raise


def _trouble(error: DBAPIError) -> StoreError | None:
    """What is wrong with disk or database; None when the statement itself was wrong."""
    said = str(error.orig).lower()
    for reason, signs, advice in _TROUBLE:
        if any(sign in said for sign in signs):
            return StoreError(reason, advice=advice)
    # SQLite calls a missing table an OperationalError too, and that is a fault in the program.
    if isinstance(error, OperationalError) and not isinstance(error.orig, sqlite3.Error):
        return StoreError("database does not answer", advice=_SILENT)
    return None
