"""Questions about events that began or were taken back; for the open as those outside the compartment know them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from monitor.domain import Event, EventState, Override, in_the_open


def began_between(session: Session, start: datetime, end: datetime, *, public_only: bool) -> list[Event]:
    """Events that began in `[start, end)`, withdrawn and merged ones too, in order of start.

    With `public_only` as the open knows them: what went back into the compartment is withdrawn there (R31).
    """
    began = (col(Event.starts) >= start) & (col(Event.starts) < end)
    found = _in_the_open(session, began) if public_only else session.exec(select(Event).where(began))
    within = [(event.starts, event.id or 0, event) for event in found if event.starts and start <= event.starts < end]
    return [event for *_, event in sorted(within, key=lambda one: one[:2])]


def corrected_among(session: Session, ids: Collection[int]) -> set[int]:
    """Those of these events of which a person decided something in the open."""
    decided = select(Override.event).where(col(Override.event).in_(ids), col(Override.public).is_(True))
    return set(session.exec(decided))


def withdrawn_since(session: Session, since: datetime) -> list[Event]:
    """Open events that were taken back at or after `since`, as the open knows them, in order of that; merged ones too.

    To the open that is also what went back into the compartment (R31).
    """
    withdrawn = col(Event.state) == EventState.WITHDRAWN
    found = _in_the_open(session, withdrawn & (col(Event.changed_at) >= since))
    taken_back = [event for event in found if event.changed_at >= since]
    return sorted(taken_back, key=lambda event: (event.changed_at, event.id or 0))


def _in_the_open(session: Session, asked: ColumnElement[bool]) -> list[Event]:
    """The open events that are asked for, and whatever went back into the compartment: each as the open knows it."""
    left = col(Event.left_open).is_not(None)
    found = session.exec(select(Event).where(or_(asked & col(Event.public).is_(True), left)))
    return [known for event in found if (known := in_the_open(event))]
