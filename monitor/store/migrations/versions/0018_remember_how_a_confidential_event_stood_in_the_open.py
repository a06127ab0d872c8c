"""remember how a confidential event stood in the open.

Revision: 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        kept = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
        batch_op.add_column(sa.Column('left_open', kept, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('left_open')
