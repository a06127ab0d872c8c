"""Questions about the history of an event."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from monitor.domain import Item, Revision


def add(session: Session, rows: Sequence[Revision]) -> None:
    """Adds what became otherwise."""
    session.add_all(rows)


def of_event(session: Session, event: int, *, public_only: bool) -> list[Revision]:
    """What became otherwise, newest first; without what a report told that may not be used now (R42)."""
    asked = (
        select(Revision)
        .outerjoin(Item, col(Item.id) == Revision.report)
        .where(Revision.event == event, func.coalesce(Item.restricted, "") == "")
        .order_by(col(Revision.id).desc())
    )
    return list(session.exec(asked.where(col(Revision.public).is_(True)) if public_only else asked))
