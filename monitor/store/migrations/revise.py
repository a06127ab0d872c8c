"""Writes the next migration: what the nouns have and the tables of the last one have not. For developers.

`python -m monitor.store.migrations.revise "keep the expiry of an item"`. Read the file that it writes: a new column
that may not be empty needs a `server_default`, or the migration fails on a table with rows.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory

from monitor.store.engine import changing_schema, make_engine
from monitor.store.schema import bring_to_head
from monitor.store.upgrade import alembic_config


def write_migration(meaning: str, folder: Path) -> None:
    """Writes nothing when the tables are as the nouns want them. `folder` gets a database to compare with."""
    engine = make_engine(f"sqlite:///{folder / 'compare.sqlite'}")
    bring_to_head(engine)
    config = alembic_config()
    last = ScriptDirectory.from_config(config).get_current_head() or "0"
    with changing_schema(engine) as connection:
        config.attributes["connection"] = connection
        command.revision(
            config,
            meaning,
            autogenerate=True,
            rev_id=f"{int(last) + 1:04}",
            process_revision_directives=_drop_if_empty,
        )
    engine.dispose()


def _drop_if_empty(_context: object, _revision: object, scripts: list[Any]) -> None:
    if scripts[0].upgrade_ops.is_empty():
        scripts.clear()


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        write_migration(sys.argv[1], Path(temporary))
