"""beside(session, event): what else is going on, for the page of an event and for the message about it."""

from sqlmodel import Session

from monitor.domain import Event
from monitor.rules import approach
from monitor.rules.concurrence import Concurrent, concurrents, standing
from monitor.store import events, items


def beside(session: Session, event: Event) -> tuple[Concurrent, ...]:
    """The open events in the same hours, nearby or along the way; none for an event without a day.

    Of an open event only what is open itself, whoever asks (R31).
    """
    others = [one for one in events.contemporaries(session, event) if one.public or not event.public]
    if not others:
        return ()
    reports = items.of_events(session, [one.id for one in (event, *others) if one.id is not None])
    stand = [standing(one, reports.get(one.id or 0, [])) for one in others]
    return concurrents(standing(event, reports.get(event.id or 0, [])), stand, approach.shipped())
