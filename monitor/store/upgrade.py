"""Alembic, run from code: no command line and no alembic.ini."""

from typing import Literal

from alembic import command
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import JSON, Connection
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator

from monitor.errors import StoreError
from monitor.store.schema import SCRIPTS


def upgrade(connection: Connection) -> None:
    """Runs the migrations that are missing. Raises StoreError when the database comes from a newer version."""
    config = alembic_config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        advice = "Deze database is van een nieuwere versie van Torenwacht. Installeer die versie."
        raise StoreError("database is newer than the program", advice=advice) from error


def alembic_config() -> Config:
    """Where the migrations are; `attributes["connection"]` is set by who runs them."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def is_ours(item: SchemaItem, name: str | None, kind: str, _reflected: bool, _compared: SchemaItem | None) -> bool:
    """Whether Alembic looks after this item; procrastinate's tables have migrations of their own."""
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))


def plain_type(kind: str, item: object, context: AutogenContext) -> str | Literal[False]:
    """How a column type is written in a migration: as SQLAlchemy's own, so that no later change of ours alters it."""
    if kind != "type":
        return False
    match item:
        case JSON() | TypeDecorator(impl=JSON()):
            context.imports.add("from sqlalchemy.dialects import postgresql")
            return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
        case TypeDecorator():
            return f"sa.{item.impl!r}"
    return False
