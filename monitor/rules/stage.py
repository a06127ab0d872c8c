"""Event, now -> Stage; and which stage may follow which, by time, by a report and by staff."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from classifiers import Phase, Precision
from monitor.domain import Event, EventState, Stage
from monitor.rules.classify import CANCELLED

WITHOUT_END = timedelta(hours=6)
"""So long an event goes on of which no report tells the end."""
_DAY = timedelta(days=1)
_AHEAD = frozenset({Stage.ANNOUNCED, Stage.NOTIFIED, Stage.PERMITTED, Stage.MOVED})
_EVERY = frozenset(Stage)


class By(StrEnum):
    """What can bring an event to another stage."""

    TIME = "tijd"
    REPORT = "bericht"
    STAFF = "medewerker"


ALLOWED: Mapping[By, Mapping[Stage, frozenset[Stage]]] = {
    # Time goes one way, and what was called off or taken off stays so.
    By.TIME: {
        **{stage: frozenset({Stage.UNDER_WAY, Stage.OVER}) for stage in _AHEAD},
        Stage.UNDER_WAY: frozenset({Stage.OVER}),
        Stage.OVER: frozenset(),
        Stage.CANCELLED: frozenset(),
        Stage.WITHDRAWN: frozenset(),
    },
    # No report notifies or permits, and none makes a move undone; what a person took off it does not bring back.
    By.REPORT: {
        Stage.ANNOUNCED: frozenset({Stage.MOVED, Stage.CANCELLED, Stage.UNDER_WAY, Stage.OVER, Stage.WITHDRAWN}),
        Stage.NOTIFIED: frozenset({Stage.MOVED, Stage.CANCELLED, Stage.UNDER_WAY, Stage.OVER, Stage.WITHDRAWN}),
        Stage.PERMITTED: frozenset({Stage.MOVED, Stage.CANCELLED, Stage.UNDER_WAY, Stage.OVER, Stage.WITHDRAWN}),
        Stage.MOVED: frozenset({Stage.CANCELLED, Stage.UNDER_WAY, Stage.OVER, Stage.WITHDRAWN}),
        # It told another day or an end, or that it goes on: the stages ahead are open again.
        Stage.UNDER_WAY: _EVERY - {Stage.UNDER_WAY},
        Stage.OVER: _EVERY - {Stage.OVER},
        Stage.CANCELLED: _EVERY - {Stage.CANCELLED},
        Stage.WITHDRAWN: frozenset(),
    },
    # A person links numbers and unlinks them, says whether it is called off, takes off, and puts back what stood there.
    By.STAFF: {
        Stage.ANNOUNCED: frozenset({Stage.NOTIFIED, Stage.PERMITTED, Stage.CANCELLED, Stage.WITHDRAWN}),
        Stage.NOTIFIED: frozenset({Stage.ANNOUNCED, Stage.PERMITTED, Stage.CANCELLED, Stage.WITHDRAWN}),
        Stage.PERMITTED: frozenset({Stage.ANNOUNCED, Stage.NOTIFIED, Stage.CANCELLED, Stage.WITHDRAWN}),
        **{
            stage: frozenset({Stage.CANCELLED, Stage.WITHDRAWN}) for stage in (Stage.MOVED, Stage.UNDER_WAY, Stage.OVER)
        },
        Stage.CANCELLED: _EVERY - {Stage.CANCELLED},
        Stage.WITHDRAWN: _EVERY - {Stage.WITHDRAWN},
    },
}
"""What may follow a stage besides itself. A merge or a split makes another event of it, and is not in it."""


def stage_of(event: Event, now: datetime) -> Stage:
    """The stage of an event at this moment. What takes it off counts before what time does, and time before a link."""
    if event.state is EventState.WITHDRAWN:
        return Stage.WITHDRAWN
    if was_called_off(event):
        return Stage.CANCELLED
    if event.state is EventState.CLOSED or is_over(event, now):
        return Stage.OVER
    if _began(event, now):
        return Stage.UNDER_WAY
    if event.moved:
        return Stage.MOVED
    if event.permit:
        return Stage.PERMITTED
    return Stage.NOTIFIED if event.notification else Stage.ANNOUNCED


def was_called_off(event: Event) -> bool:
    """Whether it does not go on; a closed event keeps no other sign of that than its indicator."""
    closed = event.state is EventState.CLOSED and CANCELLED in {piece.code for piece in event.evidence}
    return closed or event.state is EventState.CANCELLED


def is_over(event: Event, now: datetime) -> bool:
    """Whether its time is over at this moment; where no report tells its end, some hours after its start."""
    if event.starts is None:
        return event.phase is Phase.OVER
    return (event.ends or event.starts + WITHOUT_END) <= now


def _began(event: Event, now: datetime) -> bool:
    """At its hour where that is known; else when a report says so, or when the first of its days is over."""
    if event.starts is None:
        return event.phase is Phase.UNDER_WAY
    if event.precision is Precision.MINUTE:
        return event.starts <= now
    told = event.phase is Phase.UNDER_WAY and event.starts <= now
    return told or (event.precision is Precision.DAY and event.starts + _DAY <= now)
