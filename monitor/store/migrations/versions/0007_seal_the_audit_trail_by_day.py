"""Seal the audit trail by day, and let the database itself refuse what would change it.

Revision: 0007, after 0006.

Entries that are there already move into the new form: a purpose from the list, and what stood in its place as the reason.
Their hashes are made anew, once; there was no anchor before this that could have told of a change.
"""

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
COLUMNS = ("id", "at", "who", "role", "act", "what", "purpose", "before", "hash", "reason", "delete_after")
ENTRY = sa.table("audit_entry", *(sa.column(name, MOMENT if name in ("at", "delete_after") else None) for name in COLUMNS))
ANCHOR = sa.table(
    "anchor",
    *(sa.column(name) for name in ("last", "count", "head", "before", "hash")),
    sa.column("day", sa.Date), sa.column("kept_until", MOMENT), sa.column("delete_after", MOMENT),
)
PURPOSES = {
    "event_viewed": "beeld openbare orde", "searched": "beeld openbare orde", "event_acknowledged": "beeld openbare orde",
    "signal_added": "politiesignaal", "corrections_exported": "nakijken", "logged_in": "toegang", "user_saved": "toegang",
    "briefing_viewed": "weekbriefing", "briefing_exported": "weekbriefing", "briefing_approved": "weekbriefing",
    **dict.fromkeys(
        ["source_approved", "source_seconded", "source_reviewed", "source_withdrawn", "source_paused", "source_resumed"],
        "bronbeheer",
    ),
    "collection_stopped": "bronbeheer", "collection_resumed": "bronbeheer",
}
REASONS = {
    "level_set", "event_corrected", "decision_undone", "event_withdrawn", "event_restored", "events_merged",
    "event_split", "events_parted", "signal_added", "source_approved", "source_seconded", "source_reviewed",
    "source_withdrawn", "source_paused", "source_resumed", "collection_stopped", "collection_resumed",
}
"""Acts of which the old purpose was the reason."""
ANCHORED = timedelta(days=1825)

SQLITE = (
    """
    CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit_entry: rows are only added'); END
    """,
    """
    CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
    WHEN NOT EXISTS (SELECT 1 FROM anchor WHERE anchor.last >= OLD.id AND anchor.purged_at IS NOT NULL)
    BEGIN SELECT RAISE(ABORT, 'audit_entry: rows go by the day, and after their term'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND EXISTS (
            SELECT 1 FROM anchor WHERE anchor.last >= OLD.id AND anchor.purged_at IS NOT NULL
        ) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'audit_entry: rows are only added, and go by the day after their term';
    END $$
    """,
    """
    CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()
    """,
)


def upgrade() -> None:
    op.create_table(
        "anchor",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("kept_until", MOMENT, nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("purged_at", MOMENT, nullable=True),
        sa.Column("delete_after", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_anchor")),
    )
    with op.batch_alter_table("audit_entry") as table:
        table.add_column(sa.Column("reason", sa.String(), nullable=False, server_default=""))
        table.create_index("ix_audit_entry_what_at", ["what", "at"])
    _seal(op.get_bind())
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def _seal(connection: sa.Connection) -> None:
    """The entries that are there, numbered from one, and an anchor for each of their days."""
    old = connection.execute(sa.select(ENTRY).order_by(ENTRY.c.id)).mappings().all()
    connection.execute(sa.delete(ENTRY))
    before, days = "", dict[date, tuple[int, int, datetime, str]]()
    for number, row in enumerate(old, start=1):
        at, until = _utc(row["at"]), _utc(row["delete_after"])
        purpose = PURPOSES.get(row["act"], "beoordeling")
        reason = row["purpose"] if row["act"] in REASONS else ""
        new = dict(row) | {
            "id": number, "at": at, "purpose": purpose, "reason": reason, "delete_after": until,
            "before": before,
        }
        parts = ("before", "id", "at", "who", "role", "act", "what", "purpose", "reason", "delete_after")
        before = new["hash"] = _sealed(*(new[part] for part in parts))
        connection.execute(sa.insert(ENTRY).values(**new))
        day = max([at.astimezone(ZoneInfo("Europe/Amsterdam")).date(), *list(days)[-1:]])
        _, count, kept, _ = days.get(day, (0, 0, until, ""))
        days[day] = (number, count + 1, max(kept, until), before)
    above = ""
    for day, (last, count, until, head) in days.items():
        told = {"day": day, "last": last, "count": count, "head": head, "kept_until": until, "before": above}
        above = _sealed(above, day, last, count, head, until)
        connection.execute(sa.insert(ANCHOR).values(**told, hash=above, delete_after=until + ANCHORED))


def _utc(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _sealed(*parts: object) -> str:
    told = [
        part.isoformat(timespec="microseconds") if isinstance(part, datetime)
        else part.isoformat() if isinstance(part, date)
        else part
        for part in parts
    ]  # fmt: skip
    return sha256(json.dumps(told).encode()).hexdigest()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_entry_stays")
        op.execute("DROP TRIGGER audit_entry_kept")
    else:
        op.execute("DROP TRIGGER audit_entry_stays ON audit_entry")
        op.execute("DROP FUNCTION audit_entry_refuse()")
    with op.batch_alter_table("audit_entry") as table:
        table.drop_index("ix_audit_entry_what_at")
        table.drop_column("reason")
    op.drop_table("anchor")
