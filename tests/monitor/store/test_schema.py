"""The tables: migrated from zero is the same as made from the nouns."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from monitor.store.engine import changing_schema, make_engine
from monitor.store.migrations import revise
from monitor.store.schema import TABLES, bring_to_head
from monitor.store.upgrade import is_ours, plain_type
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
