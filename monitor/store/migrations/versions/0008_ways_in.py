"""Let staff come in by a one-time link and by an identity provider.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("delete_after", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("delete_after", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
    )
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("subject", sa.String(), nullable=True))
        table.create_unique_constraint(op.f("uq_staff_subject"), ["subject"])


def downgrade() -> None:
    with op.batch_alter_table("staff") as table:
        table.drop_constraint(op.f("uq_staff_subject"), type_="unique")
        table.drop_column("subject")
    op.drop_table("sign_in")
    op.drop_table("invitation")
