"""know when an event was first seen and that it moved.

Revision: 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('first_seen', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('moved', sa.Boolean(), server_default=sa.false(), nullable=False))
    # What the readers of an event heard: of an open one no fact of the compartment counts.
    heard = "fact.event = event.id AND (fact.public OR NOT event.public)"
    opened = f"FROM fact WHERE {heard} AND fact.kind = 'event_opened'"
    op.execute(f"UPDATE event SET first_seen = COALESCE((SELECT MAX(fact.at) {opened}), opened_at)")
    op.execute(
        f"UPDATE event SET moved = true WHERE EXISTS (SELECT 1 FROM fact WHERE {heard} AND fact.kind = 'moved'"
        f" AND fact.id > COALESCE((SELECT MAX(fact.id) {opened}), 0))"
    )


def downgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('moved')
        batch_op.drop_column('first_seen')

