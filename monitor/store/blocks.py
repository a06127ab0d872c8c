"""Questions about blocks: texts that may not come in again, by their keyed hash (R42)."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from monitor.domain import Block
from monitor.errors import NotFound


def active(session: Session, now: datetime) -> dict[str, bool]:
    """Keyed form -> whether it keeps the whole report out; those that block at `now`."""
    return dict(session.exec(select(Block.hash, Block.drops).where(Block.until > now)).all())


def every(session: Session) -> list[Block]:
    """Those that are kept, oldest first."""
    return list(session.exec(select(Block).order_by(col(Block.id))))


def add(session: Session, hashes: Collection[str], *, drops: bool, now: datetime, until: datetime) -> list[Block]:
    """Blocks these forms until a moment; one that is blocked already is never blocked shorter, or less."""
    known = {block.hash: block for block in session.exec(select(Block).where(col(Block.hash).in_(hashes)))}
    found = [known.get(hash) or Block(hash=hash, added_at=now, until=until) for hash in sorted(hashes)]
    for block in found:
        block.drops, block.until = block.drops or drops, max(block.until, until)
        session.add(block)
    session.flush()
    return found


def lift(session: Session, id: int) -> None:
    """Takes a block away. Raises NotFound."""
    block = session.get(Block, id)
    if block is None:
        raise NotFound("blokkade", id)
    session.delete(block)
