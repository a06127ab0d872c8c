"""The tables: migrated from zero is the same as made from the nouns."""

import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, MetaData, Table
from sqlmodel import Session, col, select

from monitor.domain import Event
from monitor.store.engine import changing_schema, make_engine
from monitor.store.migrations import revise
from monitor.store.schema import TABLES, bring_to_head
from monitor.store.upgrade import alembic_config, is_ours, plain_type
from tests.build import NOON, an_event
from tests.databases import Postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An engine on a database without a single table."""
    if request.param == "sqlite":
        return make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    postgres: Postgres = request.getfixturevalue("postgres")
    return make_engine(postgres.empty_database())


def test_migrated_from_zero_equals_made_from_the_nouns(empty: Engine) -> None:
    bring_to_head(empty)

    with empty.connect() as connection:
        options = {"compare_type": True, "include_object": is_ours}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), TABLES)
    empty.dispose()

    assert differences == []


def test_a_migration_is_written_in_plain_types(empty: Engine) -> None:
    with empty.connect() as connection:
        options = {"include_object": is_ours, "render_item": plain_type, "target_metadata": TABLES}
        changes = produce_migrations(MigrationContext.configure(connection, opts=options), TABLES)
        assert changes.upgrade_ops is not None
        code = render_python_code(changes.upgrade_ops, render_item=plain_type)
    empty.dispose()

    words = set(re.findall(r"sa\.Column\('\w+', (.+?), nullable", code))
    assert words == {
        "sa.Boolean()",
        "sa.Date()",
        "sa.DateTime(timezone=True)",
        "sa.Float()",
        "sa.Integer()",
        'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")',
        "sa.String()",
        "sa.String(length=40)",
    }


def test_a_migration_without_a_change_is_not_written(tmp_path: Path) -> None:
    versions = Path(revise.__file__).with_name("versions")
    before = sorted(versions.glob("*.py"))

    revise.write_migration("nothing", tmp_path)

    assert sorted(versions.glob("*.py")) == before


def a_fact(number: int, event: int, kind: str, hour: int, *, public: bool = True) -> dict[str, object]:
    """A line of the journal."""
    moment = plain(NOON + timedelta(hours=hour))
    return {
        "id": number, "kind": kind, "event": event, "source": None, "at": moment, "by": "machine", "public": public,
        "data": {}, "delete_after": moment,
    }  # fmt: skip


def test_events_that_were_there_know_when_they_were_first_seen_and_that_they_moved(empty: Engine) -> None:
    config = alembic_config()
    with changing_schema(empty) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0015")
        event, fact = (Table(name, MetaData(), autoload_with=connection) for name in ("event", "fact"))
        there = {column.name for column in event.columns}
        secret = {"public": False}
        for id, told in ((1, {}), (2, {}), (3, {}), (4, secret), (5, {})):
            row = an_event(id=id, **told)
            connection.execute(
                event.insert(),
                {name: plain(value) for name, value in row.model_dump().items() if name in there},
            )
        for line in (
            a_fact(1, 1, "event_opened", 1),
            a_fact(2, 1, "moved", 2),
            a_fact(3, 2, "event_opened", 1, public=False),  # left the compartment, and had moved there
            a_fact(4, 2, "moved", 2),
            a_fact(5, 2, "event_opened", 3),
            a_fact(6, 3, "event_opened", 1),
            a_fact(7, 3, "moved", 2, public=False),
            a_fact(8, 4, "event_opened", 1, public=False),
            a_fact(9, 4, "moved", 2, public=False),
        ):
            connection.execute(fact.insert(), line)

    bring_to_head(empty)

    with Session(empty) as session:
        found = [(e.id, e.first_seen, e.moved) for e in session.exec(select(Event).order_by(col(Event.id)))]
    empty.dispose()
    hours = [NOON + timedelta(hours=hour) for hour in range(4)]
    assert found == [
        (1, hours[1], True), (2, hours[3], False), (3, hours[1], False), (4, hours[1], True), (5, hours[0], False),
    ]  # fmt: skip


def plain(value: object) -> object:
    """A value as a column of a plain type takes it."""
    match value:
        case tuple():
            return list(value)
        case StrEnum():
            return str(value)
        case datetime():
            return value.astimezone(UTC)
    return value


def test_a_table_that_is_rebuilt_keeps_what_refers_to_it(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'rebuilt.sqlite'}")
    bring_to_head(engine)
    with engine.execution_options(writes=True).begin() as connection:
        day = "2026-11-22"
        connection.exec_driver_sql(
            "insert into staff values ('advies', 'adviseur', '', 1, ?, ?, null, null)", (day, day)
        )
        connection.exec_driver_sql("insert into login values ('a', 'advies', ?, ?, ?, ?)", (day, day, day, day))

    with changing_schema(engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("staff", recreate="always") as table:
            table.alter_column("password_hash", new_column_name="secret")

    with engine.connect() as connection:
        assert connection.exec_driver_sql("select name from login").scalars().all() == ["advies"]
        assert connection.exec_driver_sql("pragma foreign_keys").scalar() == 1
    engine.dispose()
