"""keep what changed of an event.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=40), nullable=False),
    sa.Column('was', sa.String(), nullable=False),
    sa.Column('now', sa.String(), nullable=False),
    sa.Column('report', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('delete_after', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event'], ['event.id'], name=op.f('fk_revision_event_event')),
    sa.ForeignKeyConstraint(['report'], ['item.id'], name=op.f('fk_revision_report_item'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revision'))
    )
    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_revision_event'), ['event'], unique=False)
        batch_op.create_index(batch_op.f('ix_revision_report'), ['report'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_revision_report'))
        batch_op.drop_index(batch_op.f('ix_revision_event'))

    op.drop_table('revision')
