"""Events of a week that is over -> Outcome: in time, too late, or no event at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from classifiers import Level
from monitor.domain import Event, EventState


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the signals of one week did. Counts of events, never of people."""

    start: datetime
    """The week is `[start, end)`, local midnights."""
    end: datetime
    events: int
    """Took place in the week, cancelled ones among them."""
    in_time: int
    """First heard of before they began."""
    missed: int
    """First heard of when they had begun or were over: nobody could prepare."""
    false_alarms: int
    """Told to people, and then taken off by an advisor: it was no event."""
    corrected: int
    """An advisor set another level, category or indicator."""
    lead: Mapping[Level, timedelta]
    """Half of the events of that level were known longer before their start; without levels that had none in time."""


def outcome_of(
    week: tuple[datetime, datetime], events: Sequence[Event], *, told: set[int], corrected: set[int], in_open: bool
) -> Outcome:
    """The outcome of one week. `told` and `corrected` hold the ids of events that people heard of, and corrected.

    `events` are those that began in the week, withdrawn ones included. Merged events count where they went. `in_open`
    counts from when they were known outside the compartment: that it knew of one sooner is not told (R31).
    """
    own = [event for event in events if event.merged_into is None]
    gone = [event for event in own if event.state is EventState.WITHDRAWN]
    there = [event for event in own if event.state is not EventState.WITHDRAWN]
    ahead = [(event, event.starts - _heard_of(event, in_open)) for event in there if event.starts is not None]
    in_time = [(event, lead) for event, lead in ahead if lead > timedelta(0)]
    return Outcome(
        start=week[0],
        end=week[1],
        events=len(there),
        in_time=len(in_time),
        missed=len(ahead) - len(in_time),
        false_alarms=sum(event.id in told for event in gone),
        corrected=sum(event.id in corrected for event in there),
        lead={
            level: timedelta(seconds=median(lead.total_seconds() for event, lead in in_time if event.level is level))
            for level in Level
            if any(event.level is level for event, _ in in_time)
        },
    )


def _heard_of(event: Event, in_open: bool) -> datetime:
    seen = event.first_seen or event.opened_at
    return seen if in_open else min(seen, event.opened_at)
