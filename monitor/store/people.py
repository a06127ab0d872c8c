"""Questions about staff: users, their logins, and what they saw and changed."""

from datetime import UTC, datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from monitor.domain import AuditEntry, Login, User
from monitor.domain.audit import link
from monitor.store.engine import changed, take_lane
from monitor.store.keeping import from_now


def user(session: Session, name: str) -> User | None:
    """None when nobody has that login name; also those who may not log in any more."""
    return session.get(User, name)


def users(session: Session) -> list[User]:
    """Everyone, in order of login name."""
    return list(session.exec(select(User).order_by(col(User.name))))


def add_user(session: Session, user: User) -> User:
    """Adds someone, or changes the role, password or state of someone with that name."""
    kept = session.merge(user)
    session.flush()
    return kept


def login(session: Session, id: str, now: datetime) -> Login | None:
    """The login that is still good at `now`; None otherwise."""
    return session.exec(select(Login).where(Login.id == id, Login.expires_at > now)).first()


def add_login(session: Session, login: Login) -> Login:
    """The same login, kept; whoever logs in stays for another term."""
    session.exec(update(User).where(col(User.name) == login.name).values(delete_after=from_now(session, User)))
    session.add(login)
    session.flush()
    return login


def end_login(session: Session, id: str) -> None:
    """Logs out one browser; does nothing when that was done already."""
    session.exec(delete(Login).where(col(Login.id) == id))


def end_logins_of(session: Session, name: str) -> int:
    """Logs someone out everywhere; returns how many logins ended."""
    return changed(session, delete(Login).where(col(Login.name) == name))


def delete_logins(session: Session, now: datetime) -> int:
    """Deletes every login that is no longer good; returns how many."""
    return changed(session, delete(Login).where(col(Login.expires_at) <= now))


def add_audit(session: Session, *, at: datetime, who: str, role: str, act: str, what: str, purpose: str) -> AuditEntry:
    """Adds an entry to the chain; two at once wait for each other."""
    take_lane(session, "audit")
    last = session.exec(select(AuditEntry.hash).order_by(col(AuditEntry.id).desc()).limit(1)).first() or ""
    at = at.astimezone(UTC)  # as it comes back from the database, so that the hash can be made again
    entry = AuditEntry(
        at=at,
        who=who,
        role=role,
        act=act,
        what=what,
        purpose=purpose,
        before=last,
        hash=link(last, at, who=who, role=role, act=act, what=what, purpose=purpose),
    )
    session.add(entry)
    session.flush()
    return entry


def audit_of(session: Session, act: str, what: str) -> list[AuditEntry]:
    """The entries of one kind of act on one thing, oldest first."""
    found = select(AuditEntry).where(AuditEntry.act == act, AuditEntry.what == what)
    return list(session.exec(found.order_by(col(AuditEntry.id))))


def audit(session: Session, limit: int) -> list[AuditEntry]:
    """The last entries, newest first."""
    return list(session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(limit)))


def chain_is_whole(session: Session) -> bool:
    """Whether no entry was changed, and none taken out, since the oldest that is kept."""
    before: str | None = None
    for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).yield_per(500):
        made = link(
            entry.before,
            entry.at,
            who=entry.who,
            role=entry.role,
            act=entry.act,
            what=entry.what,
            purpose=entry.purpose,
        )
        if entry.hash != made or before not in (None, entry.before):
            return False
        before = entry.hash
    return True
