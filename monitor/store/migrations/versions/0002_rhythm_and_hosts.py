"""Remember the rhythm of a source, and whose turn it is at a host.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "host",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("allows", JSON, nullable=False),
        sa.Column("reserves", JSON, nullable=False),
        sa.Column("delay", sa.Float(), nullable=False),
        sa.Column("known_until", MOMENT, nullable=True),
        sa.Column("held_until", MOMENT, nullable=True),
        sa.Column("free_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_host")),
    )
    with op.batch_alter_table("source_state") as table:
        table.alter_column("not_before", new_column_name="due_at")
        table.add_column(sa.Column("since", MOMENT, nullable=True))
        table.add_column(sa.Column("read_at", MOMENT, nullable=True))
        table.add_column(sa.Column("news_days", JSON, nullable=False, server_default="[]"))
        table.add_column(sa.Column("lists_until", MOMENT, nullable=True))
        table.add_column(sa.Column("strain", sa.Float(), nullable=False, server_default="0"))
        table.add_column(sa.Column("reported_at", MOMENT, nullable=True))
        table.add_column(sa.Column("apart", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("interval", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("seen") as table:
        table.drop_column("at")
    # Two outcomes became several; which of them it was, the next poll says.
    op.execute("UPDATE source_state SET outcome = NULL WHERE outcome IN ('unreachable', 'broken')")


def downgrade() -> None:
    op.execute("UPDATE source_state SET outcome = NULL WHERE outcome NOT IN ('ok', 'not_modified', 'empty', 'blocked')")
    with op.batch_alter_table("seen") as table:
        table.add_column(sa.Column("at", MOMENT, nullable=False, server_default=sa.func.now()))
    with op.batch_alter_table("source_state") as table:
        for name in ("interval", "apart", "reported_at", "strain", "lists_until", "news_days", "since", "read_at"):
            table.drop_column(name)
        table.alter_column("due_at", new_column_name="not_before")
    op.drop_table("host")
