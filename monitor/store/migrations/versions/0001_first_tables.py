"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_table(
        "briefing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end", MOMENT, nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("delete_after", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing")),
        sa.UniqueConstraint("start", "confidential", name=op.f("uq_briefing_start_confidential")),
    )
    op.create_index(op.f("ix_briefing_delete_after"), "briefing", ["delete_after"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts", MOMENT, nullable=True),
        sa.Column("ends", MOMENT, nullable=True),
        sa.Column("precision", sa.String(40), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("phase", sa.String(40), nullable=False),
        sa.Column("size_min", sa.Integer(), nullable=True),
        sa.Column("size_max", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(40), nullable=False),
        sa.Column("machine_level", sa.String(40), nullable=False),
        sa.Column("sees", sa.String(40), nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("remembered", JSON, nullable=False),
        sa.Column("uncertain", sa.Boolean(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("delete_after", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["event.id"], name=op.f("fk_event_merged_into_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_delete_after"), "event", ["delete_after"], unique=False)
    op.create_index(op.f("ix_event_starts"), "event", ["starts"], unique=False)
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("extract", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("published", MOMENT, nullable=False),
        sa.Column("taken_in", MOMENT, nullable=False),
        sa.Column("voice", sa.String(40), nullable=False),
        sa.Column("handling", sa.String(40), nullable=False),
        sa.Column("reading", JSON, nullable=False),
        sa.Column("expires", MOMENT, nullable=True),
        sa.Column("delete_after", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_item_fingerprint")),
    )
    op.create_index(op.f("ix_item_delete_after"), "item", ["delete_after"], unique=False)
    op.create_index(op.f("ix_item_entry"), "item", ["entry"], unique=False)
    op.create_index(op.f("ix_item_source"), "item", ["source"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("args", JSON, nullable=False),
        sa.Column("lock", sa.String(), nullable=True),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_due"), "job", ["due"], unique=False)
    op.create_index(op.f("ix_job_lock"), "job", ["lock"], unique=False)
    op.create_index(op.f("ix_job_status"), "job", ["status"], unique=False)
    op.create_table(
        "kpi",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "name", name=op.f("pk_kpi")),
    )
    op.create_table(
        "seen",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("dropped", sa.String(), nullable=False),
        sa.Column("delete_after", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_seen")),
    )
    op.create_index(op.f("ix_seen_delete_after"), "seen", ["delete_after"], unique=False)
    op.create_table(
        "source_state",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("last_modified", sa.String(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("advice", sa.String(), nullable=False),
        sa.Column("polled_at", MOMENT, nullable=True),
        sa.Column("news_at", MOMENT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reported", sa.String(), nullable=False),
        sa.Column("not_before", MOMENT, nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_source_state")),
    )
    op.create_table(
        "staff",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_staff")),
    )
    op.create_table(
        "switch",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_switch")),
    )
    op.create_table(
        "tick",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("source", "slot", name=op.f("pk_tick")),
    )
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_acknowledgement_event_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
        sa.UniqueConstraint("event", "by", "revision", name=op.f("uq_acknowledgement_event_by_revision")),
    )
    op.create_index(op.f("ix_acknowledgement_event"), "acknowledgement", ["event"], unique=False)
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("event", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_fact_event_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    op.create_index(op.f("ix_fact_at"), "fact", ["at"], unique=False)
    op.create_index(op.f("ix_fact_event"), "fact", ["event"], unique=False)
    op.create_table(
        "login",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["name"], ["staff.name"], name=op.f("fk_login_name_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login")),
    )
    op.create_index(op.f("ix_login_name"), "login", ["name"], unique=False)
    op.create_table(
        "override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(40), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_override_event_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override")),
    )
    op.create_index(op.f("ix_override_event"), "override", ["event"], unique=False)
    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_sighting_event_event")),
        sa.ForeignKeyConstraint(["item"], ["item.id"], name=op.f("fk_sighting_item_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
        sa.UniqueConstraint("item", name=op.f("uq_sighting_item")),
    )
    op.create_index(op.f("ix_sighting_event"), "sighting", ["event"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fact", sa.Integer(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("message", JSON, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("refused", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_delivery_event_event")),
        sa.ForeignKeyConstraint(["fact"], ["fact.id"], name=op.f("fk_delivery_fact_fact")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("fact", "channel", name=op.f("uq_delivery_fact_channel")),
    )
    op.create_index(op.f("ix_delivery_event"), "delivery", ["event"], unique=False)
    op.create_index(op.f("ix_delivery_fact"), "delivery", ["fact"], unique=False)


def downgrade() -> None:
    op.drop_table("delivery")
    op.drop_table("sighting")
    op.drop_table("override")
    op.drop_table("login")
    op.drop_table("fact")
    op.drop_table("acknowledgement")
    op.drop_table("tick")
    op.drop_table("switch")
    op.drop_table("staff")
    op.drop_table("source_state")
    op.drop_table("seen")
    op.drop_table("kpi")
    op.drop_table("job")
    op.drop_table("item")
    op.drop_table("event")
    op.drop_table("briefing")
    op.drop_table("audit_entry")
