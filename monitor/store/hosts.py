"""Questions about hosts: what they ask of visitors, and whose turn it is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, or_, update
from sqlmodel import Session, col, select

from monitor.domain import Host
from monitor.store.engine import chunks, insert_new
from monitor.store.keeping import from_now, keep

_MANNERS = ("site", "allows", "reserves", "delay", "known_until", "delete_after")


def manners(session: Session) -> list[Host]:
    """Every host of which it is known what it asks, also when that is old."""
    return list(session.exec(select(Host).where(col(Host.known_until).is_not(None))))


def manners_of(session: Session, origin: str) -> Host | None:
    """What one host asks; None when it was never asked."""
    return session.get(Host, origin)


def keep_manners(session: Session, hosts: Sequence[Host]) -> None:
    """Keeps what hosts ask, in place of what they asked before."""
    keep(session, hosts)
    new = {host.site for host in insert_new(session, hosts)}
    known = [host for host in hosts if host.site not in new]
    for some in chunks(known):
        session.execute(update(Host), [{name: getattr(host, name) for name in _MANNERS} for host in some])


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether it is our turn."""

    until: datetime | None
    """The end of our lease, which is also its name; None: not our turn."""
    wait: float = 0.0
    """Seconds after which it may be."""


def take_turn(session: Session, host: str, *, lease: timedelta, pause: float, longest_pause: float) -> Turn:
    """Takes the turn at `host` for as long as the lease, if nobody has it and the pause is over.

    PostgreSQL only. Its clock counts for every process, so those of the machines need not agree. `pause` is the usual
    one and `longest_pause` the longest that a host may ask, both in seconds. A lease or a pause that is longer than any
    can be comes from a clock that was set back, and counts no more.
    """
    name, now, longest = _line(host), func.now(), lease + timedelta(seconds=max(pause, longest_pause))
    held, free = col(Host.held_until), col(Host.free_at)
    mine = (
        update(Host)
        .where(col(Host.site) == name)
        .where(or_(held.is_(None), held <= now, held > now + longest))
        .where(or_(free.is_(None), free <= now, free > now + longest))
        .values(held_until=now + lease, delete_after=from_now(session, Host))
        .returning(held)
        .execution_options(synchronize_session=False)
    )
    until = session.execute(mine).scalar()
    if until is not None:
        return Turn(until)
    row = session.execute(select(held, free, now).where(col(Host.site) == name)).one_or_none()
    if row is None:
        insert_new(session, [Host(site=name)])
        return Turn(session.execute(mine).scalar(), pause)
    held_until, free_at, moment = row
    if held_until is not None and held_until > moment:
        # It cannot be free sooner than a pause after the other is done, so looking once a pause loses nothing.
        return Turn(None, min((held_until - moment).total_seconds(), max(pause, 1.0)))
    return Turn(None, max((free_at - moment).total_seconds(), 0.0) if free_at else 0.0)


def give_turn_back(session: Session, host: str, until: datetime, *, pause: float) -> None:
    """Ends the lease that lasts until `until`; nobody asks there for `pause` seconds. PostgreSQL only.

    Where that lease has ended and another has the turn now, it keeps it.
    """
    held = col(Host.held_until)
    session.execute(
        update(Host)
        .where(col(Host.site) == _line(host))
        .values(held_until=case((held == until, None), else_=held), free_at=func.now() + timedelta(seconds=pause))
        .execution_options(synchronize_session=False)
    )


def _line(host: str) -> str:
    """The row of the turns at a host: all its schemes and ports together, as a reference without a scheme."""
    return f"//{host}"
