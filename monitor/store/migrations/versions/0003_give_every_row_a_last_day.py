"""Give every row a last day.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

WITH_EVENT = {"sighting": "at", "override": "at", "acknowledgement": "at", "fact": "at", "delivery": "created_at"}
"""Table -> the moment that counts where there is no event."""
COUNTED = {
    "job": ("due", 30),
    "tick": ("at", 7),
    "switch": ("at", 30),
    "host": ("coalesce(known_until, held_until, free_at, current_timestamp)", 7),
    "source_state": ("coalesce(polled_at, current_timestamp)", 30),
    "staff": ("current_timestamp", 365),
    "login": ("expires_at", 0),
    "audit_entry": ("at", 1095),
    "kpi": ("month", 1825),
}
"""Table -> from when its days are counted, and how many there are by default."""


def upgrade() -> None:
    for table in (*WITH_EVENT, *COUNTED):
        op.add_column(table, sa.Column("delete_after", MOMENT, nullable=True))
    for table, moment in WITH_EVENT.items():
        of_event = f"(SELECT event.delete_after FROM event WHERE event.id = {table}.event)"
        op.execute(f"UPDATE {table} SET delete_after = coalesce({of_event}, {_after(moment, 1095)})")
    for table, (moment, days) in COUNTED.items():
        op.execute(f"UPDATE {table} SET delete_after = {_after(moment, days)}")
    for table in (*WITH_EVENT, *COUNTED):
        with op.batch_alter_table(table) as batch:
            batch.alter_column("delete_after", existing_type=MOMENT, nullable=False)
    with op.batch_alter_table("briefing") as batch:
        batch.drop_index("ix_briefing_delete_after")


def _after(moment: str, days: int) -> str:
    """The words of either database for a number of days after a moment."""
    if op.get_bind().dialect.name == "postgresql":
        return f"{moment} + interval '{days} days'"
    return f"strftime('%Y-%m-%d %H:%M:%S.000000', {moment}, '+{days} days')"


def downgrade() -> None:
    with op.batch_alter_table("briefing") as batch:
        batch.create_index("ix_briefing_delete_after", ["delete_after"])
    for table in (*WITH_EVENT, *COUNTED):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("delete_after")
