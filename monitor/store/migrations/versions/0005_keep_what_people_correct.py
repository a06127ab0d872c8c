"""keep what people correct.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("machine_category", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("notification", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("permit", sa.String(), nullable=False, server_default=""))
    # Until now nobody could set a category: it was the machine's.
    op.execute("UPDATE event SET machine_category = category")
    codes = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("override", schema=None) as batch_op:
        batch_op.add_column(sa.Column("until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("category", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("added", codes, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("struck", codes, nullable=False, server_default="[]"))
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("came_from", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.drop_column("came_from")
    with op.batch_alter_table("override", schema=None) as batch_op:
        batch_op.drop_column("struck")
        batch_op.drop_column("added")
        batch_op.drop_column("category")
        batch_op.drop_column("until")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_column("permit")
        batch_op.drop_column("notification")
        batch_op.drop_column("machine_category")
