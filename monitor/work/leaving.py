"""left_by(event): reports leave an event; whoever knew it in the open hears when none is left there."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlmodel import Session

from monitor.app import App
from monitor.domain import Event, FactKind
from monitor.rules.withheld import without_words
from monitor.store import items
from monitor.work.journal import record, retract
from monitor.work.reassess import end


@contextmanager
def left_by_reports(app: App, session: Session, event: Event, data: Mapping[str, str]) -> Iterator[None]:
    """Weigh the event anew in here, after reports of it went; `data` tells why.

    One that nothing is left of is taken off, and one of which only confidential signals are left is taken back in the
    open (R31).
    """
    left = items.items_of(session, event.id or 0)
    fact = None
    if not left:
        event.evidence = tuple(without_words(piece) for piece in event.evidence)
        end(app, session, event)
    if not left or (event.public and all(item.handling.confidential for item in left)):
        fact = record(app, session, FactKind.WITHDRAWN, event=event, data=data, aloud=False)
    yield
    if fact:
        retract(app, session, fact, event)
