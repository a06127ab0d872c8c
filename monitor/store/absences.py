"""Questions about who is away, and who stands in for them."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from monitor.domain import Absence, Role, User


def absences(session: Session, now: datetime) -> list[Absence]:
    """Every absence that is not over, the first to begin first."""
    found = select(Absence).where(Absence.ends > now).order_by(col(Absence.starts), col(Absence.name))
    return list(session.exec(found))


def put(session: Session, absence: Absence) -> None:
    """Keeps it; an earlier one of the same person is gone."""
    end(session, absence.name)
    session.add(absence)
    session.flush()


def end(session: Session, name: str) -> None:
    """Forgets the absence of someone, if there is one."""
    session.exec(delete(Absence).where(col(Absence.name) == name))


def at_work(session: Session, role: Role, now: datetime) -> list[User]:
    """Everyone with this role who may log in and is not away, by name; deputies are among them."""
    away = select(Absence.name).where(Absence.starts <= now, Absence.ends > now)
    found = select(User).where(User.role == role, col(User.active), col(User.name).not_in(away))
    return list(session.exec(found.order_by(col(User.name))))
