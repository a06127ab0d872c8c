"""bundle what waits.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("offered", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("bundle", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_delivery_bundle"), ["bundle"], unique=False)



def downgrade() -> None:
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_bundle"))
        batch_op.drop_column("bundle")
        batch_op.drop_column("held")
        batch_op.drop_column("offered")

