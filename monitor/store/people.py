"""Questions about staff: users, their logins, and what they saw and changed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile

from sqlalchemy import ColumnElement, delete, func, update
from sqlmodel import Session, col, select

from monitor.clock import today
from monitor.domain import Anchor, AuditEntry, ChatAsk, Invitation, Login, Purpose, Role, SignIn, User
from monitor.store.engine import changed, insert_new, take_lane
from monitor.store.keeping import from_now, keep


def user(session: Session, name: str) -> User | None:
    """None when nobody has that login name; also those who may not log in any more."""
    return session.get(User, name)


def user_in_slack(session: Session, id: str) -> User | None:
    """Who has this id in Slack; also those who may not log in any more."""
    return session.exec(select(User).where(User.slack == id)).first()


def stays(session: Session, user: User) -> None:
    """Whoever works here stays for another term."""
    session.exec(update(User).where(col(User.name) == user.name).values(delete_after=from_now(session, User)))


def is_new_ask(session: Session, ask: ChatAsk, now: datetime) -> bool:
    """Remembers what was asked by chat, and forgets what is old; False when it was asked before."""
    session.exec(delete(ChatAsk).where(col(ChatAsk.expires_at) <= now))
    return bool(insert_new(session, [ask]))


def users(session: Session) -> list[User]:
    """Everyone, in order of login name."""
    return list(session.exec(select(User).order_by(col(User.name))))


def add_user(session: Session, user: User) -> User:
    """Adds someone, or changes the role, password or state of someone with that name."""
    kept = session.merge(user)
    session.flush()
    return kept


def user_of(session: Session, subject: str) -> User | None:
    """Who this is at the identity provider; None for someone who was never here."""
    return session.exec(select(User).where(User.subject == subject)).first()


def is_empty(session: Session) -> bool:
    """Nobody may log in yet, and nobody ever could."""
    return session.exec(select(User.name).limit(1)).first() is None


def other_administrators(session: Session, name: str) -> int:
    """How many administrators may log in, without `name`."""
    found = select(func.count()).select_from(User).where(User.role == Role.ADMIN, col(User.active), User.name != name)
    return session.exec(found).one()


def add_invitation(session: Session, invitation: Invitation) -> None:
    """Keeps it; earlier ones for the same name that nobody used are no longer good."""
    session.exec(delete(Invitation).where(col(Invitation.name) == invitation.name, col(Invitation.used_at).is_(None)))
    session.add(invitation)
    session.flush()


def invitation(session: Session, id: str) -> Invitation | None:
    """None when there never was one, or it is long past."""
    return session.get(Invitation, id)


def add_sign_in(session: Session, sign_in: SignIn) -> None:
    """Remembers who went to the identity provider."""
    session.add(sign_in)
    session.flush()


def take_sign_in(session: Session, id: str, now: datetime) -> SignIn | None:
    """The one that is still good, and only once: of two that ask at the same time, one gets None."""
    found = session.exec(select(SignIn).where(SignIn.id == id, SignIn.expires_at > now)).first()
    return found if changed(session, delete(SignIn).where(col(SignIn.id) == id)) else None


def logins_of(session: Session, name: str, now: datetime) -> list[Login]:
    """Where someone is logged in at `now`, last used first."""
    found = select(Login).where(Login.name == name, Login.expires_at > now)
    return list(session.exec(found.order_by(col(Login.used_at).desc(), col(Login.id))))


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


def add_audit(
    session: Session,
    *,
    at: datetime,
    who: str,
    role: str,
    act: str,
    what: str,
    purpose: Purpose,
    reason: str = "",
) -> AuditEntry:
    """Adds an entry to the chain, and lets the anchor of its day grow; two at once wait for each other."""
    take_lane(session, "audit")
    newest = session.exec(select(Anchor).order_by(col(Anchor.day).desc()).limit(1)).first()
    entry = AuditEntry(
        id=newest.last + 1 if newest else 1,
        at=at.astimezone(UTC),
        who=who,
        role=role,
        act=act,
        what=what,
        purpose=purpose.value,
        reason=reason,
        before=newest.head if newest else "",
        hash="",
    )
    keep(session, [entry])  # now, for the seal is over its last day too
    entry.hash = entry.seal()
    session.add(entry)
    _anchor(session, entry, newest)
    session.flush()
    return entry


def _anchor(session: Session, entry: AuditEntry, newest: Anchor | None) -> None:
    """Of a clock that was set back, the entries count with the newest day: what is over stands still."""
    day = today(entry.at)
    if newest is not None:
        day = max(day, newest.day + timedelta(days=1) if newest.purged_at else newest.day)
    same = newest is not None and newest.day == day
    anchor = newest if newest is not None and same else Anchor(
        day=day, last=0, count=0, head="", kept_until=entry.delete_after, before=newest.hash if newest else "",
        hash="",
    )  # fmt: skip
    anchor.last, anchor.head, anchor.count = entry.id or 0, entry.hash, anchor.count + 1
    anchor.kept_until = max(anchor.kept_until, entry.delete_after)
    anchor.hash = anchor.seal()
    session.add(anchor)


def audit_of(session: Session, act: str, what: str) -> list[AuditEntry]:
    """The entries of one kind of act on one thing, oldest first."""
    found = select(AuditEntry).where(AuditEntry.act == act, AuditEntry.what == what)
    return list(session.exec(found.order_by(col(AuditEntry.id))))


def has_audited(session: Session, who: str, act: str, what: str, *, since: datetime) -> bool:
    """Whether someone did this to that after `since`."""
    found = select(AuditEntry.id).where(
        AuditEntry.what == what, AuditEntry.at > since, AuditEntry.who == who, AuditEntry.act == act
    )
    return session.exec(found.limit(1)).first() is not None


def audit(session: Session, limit: int) -> list[AuditEntry]:
    """The last entries, newest first."""
    return list(session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(limit)))


def began(session: Session) -> datetime | None:
    """When the first of the entries that are kept was made; None when nobody did anything yet."""
    return session.exec(select(AuditEntry.at).order_by(col(AuditEntry.id)).limit(1)).first()


def trail(session: Session) -> Iterator[AuditEntry]:
    """Every entry as it stands in the table, by id; rows with the same id come out as two.

    They stand apart from the session: it would take two rows with one id for one.
    """
    table = AuditEntry.__table__  # type: ignore[attr-defined]  # SQLModel gives every table one
    for row in session.execute(table.select().order_by(table.c.id)).yield_per(500):
        yield AuditEntry(**row._mapping)


def anchors(session: Session) -> list[Anchor]:
    """The anchor of every day that had an entry, oldest first."""
    return list(session.exec(select(Anchor).order_by(col(Anchor.day))))


def delete_audit(
    session: Session, now: datetime, held: ColumnElement[bool] | None = None
) -> tuple[int, tuple[datetime, datetime] | None, int]:
    """Deletes the entries of every day whose term is over at `now`, oldest first, up to the first that is `held`.

    By whole days, and with a mark on their anchor: so what went at its time can be told from what was taken out. The
    anchors go after their own term, but for the one that the chain hangs on. Returns how many entries went, the first
    and last of their last days (None when none went), and how many anchors.
    """
    take_lane(session, "audit")
    known = anchors(session)
    stays = session.scalar(select(func.min(AuditEntry.id)).where(held)) if held is not None else None
    kept = [anchor for anchor in known if anchor.purged_at is None]
    over = list(takewhile(lambda day: day.kept_until <= now and not (stays and day.last >= stays), kept))
    for anchor in over:
        anchor.purged_at = now
        session.add(anchor)
    session.flush()
    gone = [anchor for anchor in known if anchor.purged_at is not None]
    old = [anchor.day for anchor in gone[:-1] if anchor.delete_after <= now]
    forgotten = changed(session, delete(Anchor).where(col(Anchor.day) <= old[-1])) if old else 0
    if not over:
        return 0, None, forgotten
    going = col(AuditEntry.id) <= over[-1].last
    first, last = session.exec(
        select(func.min(AuditEntry.delete_after), func.max(AuditEntry.delete_after)).where(going)
    ).one()
    return changed(session, delete(AuditEntry).where(going)), (first, last), forgotten
