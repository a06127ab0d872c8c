"""Questions about editions of the weekly briefing."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from monitor.domain import Briefing
from monitor.domain.briefing import hash_of
from monitor.errors import Conflict, NotFound
from monitor.store.engine import changed
from monitor.store.keeping import keep


def briefing_of(session: Session, start: datetime, confidential: bool) -> Briefing | None:
    """The edition of the week that starts at `start`; None when it was not made yet."""
    return session.exec(
        select(Briefing).where(Briefing.start == start, col(Briefing.confidential).is_(confidential))
    ).first()


def get(session: Session, id: int) -> Briefing:
    """Raises NotFound."""
    briefing = session.get(Briefing, id)
    if briefing is None:
        raise NotFound("briefing", id)
    return briefing


def add(session: Session, briefing: Briefing) -> Briefing:
    """The same briefing, with its id. Each edition of a week is made once: ask `briefing_of` first."""
    session.add(briefing)
    session.flush()
    return briefing


def rewrite(session: Session, draft: Briefing, html: str, at: datetime) -> None:
    """Gives a draft another text. Raises Conflict when a person approved it, also after `draft` was read (R35)."""
    again = update(Briefing).where(col(Briefing.id) == draft.id, col(Briefing.approved_by) == "")
    if not changed(session, again.values(html=html, sha256=hash_of(html), made_at=at)):
        raise Conflict("Deze briefing is intussen goedgekeurd en verandert niet meer")
    session.refresh(draft)
    keep(session, [draft])


def approved(session: Session) -> list[Briefing]:
    """Every edition that a person approved, confidential ones too, oldest first."""
    found = select(Briefing).where(Briefing.approved_by != "").order_by(col(Briefing.id))
    return list(session.exec(found))


def newest(session: Session, limit: int, *, confidential: bool) -> list[Briefing]:
    """The last editions, newest week first; the confidential ones only when `confidential`, beside the open ones."""
    asked = select(Briefing).order_by(col(Briefing.start).desc(), col(Briefing.confidential)).limit(limit)
    if not confidential:
        asked = asked.where(col(Briefing.confidential).is_(False))
    return list(session.exec(asked))
