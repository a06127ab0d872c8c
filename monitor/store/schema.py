"""The shape of the tables, and the one moment at which it is looked after: when the store opens."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

import monitor.domain  # noqa: F401  # its tables join the metadata
from monitor.store.engine import changing_schema

TABLES = SQLModel.metadata
"""Every table of the house."""

SCRIPTS = Path(__file__).with_name("migrations")


def bring_to_head(engine: Engine) -> None:
    """Runs the migrations that this database has not had; without any it writes nothing.

    Raises StoreError when the database comes from a newer version.
    """
    newest = max(script.name[:4] for script in (SCRIPTS / "versions").glob("[0-9]*.py"))
    with engine.connect() as connection:
        known = inspect(connection).has_table("alembic_version")
        if known and connection.scalar(text("SELECT version_num FROM alembic_version")) == newest:
            return
    # Imported when there is something to do: Alembic costs as much to load as all else in this room.
    from monitor.store.upgrade import upgrade  # noqa: PLC0415

    with changing_schema(engine) as connection:
        upgrade(connection)
