"""Someone who has the database in their hands, and knows how the trail is sealed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, text
from sqlmodel import Session, col, select

from monitor.domain import Anchor, AuditEntry
from monitor.store.engine import for_writing, is_sqlite, make_engine

_GUARDS = (
    ("DROP TRIGGER audit_entry_stays", "DROP TRIGGER audit_entry_kept"),
    ("DROP TRIGGER audit_entry_stays ON audit_entry",),
)


class Intruder:
    """Writes what they like into the tables of the trail."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sql(self, *statements: str, **values: object) -> None:
        """Runs each statement."""
        for statement in statements:
            self._connection.execute(text(statement), values)

    def without_keys(self, table: str) -> None:
        """The same table without a key, in which a row can stand twice."""
        self.sql(
            f"CREATE TABLE copy AS SELECT * FROM {table}", f"DROP TABLE {table}", f"ALTER TABLE copy RENAME TO {table}"
        )

    def reseal_entries(self, first: int) -> None:
        """Makes the hashes of the entries from `first` on anew, each with that of the one before."""
        with Session(self._connection) as session:
            rows = list(session.exec(select(AuditEntry).order_by(col(AuditEntry.id))))
            for before, row in zip([None, *rows], rows, strict=False):
                if (row.id or 0) >= first:
                    row.before = before.hash if before else row.before
                    row.hash = row.seal()
            session.flush()

    def reseal_anchors(self, *, heads: bool = True) -> None:
        """Makes every anchor anew: last, count and head from the entries there are (`heads`), and its own hash."""
        with Session(self._connection) as session:
            rows = list(session.exec(select(AuditEntry).order_by(col(AuditEntry.id))))
            above, first = "", 1
            for anchor in session.exec(select(Anchor).order_by(col(Anchor.day))):
                mine = [row for row in rows if first <= (row.id or 0) <= anchor.last]
                if heads and mine:
                    anchor.count, anchor.head = len(mine), mine[-1].hash
                    anchor.kept_until = max(row.delete_after for row in mine)
                anchor.before, first = above, anchor.last + 1
                anchor.hash = above = anchor.seal()
            session.flush()

    def moment(self, moment: datetime) -> str:
        """As the database writes it in a statement."""
        return f"'{moment:%Y-%m-%d %H:%M:%S.%f}" + ("'" if self._connection.dialect.name == "sqlite" else "+00'")


@contextmanager
def intruder(url: str) -> Iterator[Intruder]:
    """With the guards of the table taken away; what they did is kept."""
    engine = make_engine(url)
    with for_writing(engine).begin() as connection:
        for statement in _GUARDS[0 if is_sqlite(engine) else 1]:
            connection.execute(text(statement))
        yield Intruder(connection)
    engine.dispose()
