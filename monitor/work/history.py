"""revising(app, event): whatever changes an event does so in here, and so its history is complete."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from monitor.app import App
from monitor.domain import MACHINE, Actor, Event, Item
from monitor.rules.history import revisions
from monitor.store import history


@contextmanager
def revising(
    app: App,
    session: Session,
    event: Event,
    *,
    by: Actor = MACHINE,
    cause: Item | None = None,
    confidential: bool = False,
) -> Iterator[Event]:
    """Gives the event as it was, and keeps what is otherwise when the block ends.

    `cause` is the report that brought it about; `confidential` tells that something else did which only the
    compartment may know. Blocks do not nest: each change is kept once.
    """
    before = event.model_copy()
    yield before
    found = revisions(before, event, by=by, cause=cause, at=app.clock(), confidential=confidential)
    history.add(session, found)
