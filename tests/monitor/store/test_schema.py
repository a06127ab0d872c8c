"""The tables: migrated from zero is the same as made from the nouns."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from monitor.store.engine import make_engine
from monitor.store.schema import TABLES, bring_to_head, is_ours
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
