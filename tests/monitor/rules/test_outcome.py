"""How the signals of a week did: in time, too late, or no event at all."""

from datetime import timedelta

from classifiers import Level
from monitor.domain import Event, EventState
from monitor.rules.outcome import Outcome, outcome_of
from tests.build import an_event, at

WEEK = (at(23), at(30))


def known(before: timedelta, **values: object) -> Event:
    """An event of Saturday at 14.00, first heard of so long before it."""
    return an_event(starts=at(28, 14), opened_at=at(28, 14) - before, **values)


def outcome(
    *events: Event, told: set[int] | None = None, corrected: set[int] | None = None, in_open: bool = True
) -> Outcome:
    return outcome_of(WEEK, events, told=told or set(), corrected=corrected or set(), in_open=in_open)


def test_what_was_heard_of_before_it_began_was_in_time() -> None:
    found = outcome(known(timedelta(days=3)), known(timedelta(0)), known(-timedelta(hours=5)))

    assert (found.events, found.in_time, found.missed) == (3, 1, 2)


def test_a_false_alarm_was_told_and_then_taken_off() -> None:
    off, quiet = (known(timedelta(days=1), state=EventState.WITHDRAWN) for _ in range(2))

    found = outcome(off, quiet, told={off.id or 0})

    assert (found.events, found.false_alarms) == (0, 1)


def test_a_cancelled_event_was_one_and_a_merged_one_counts_where_it_went() -> None:
    cancelled = known(timedelta(days=1), state=EventState.CANCELLED)
    merged = known(timedelta(days=1), state=EventState.WITHDRAWN, merged_into=1)

    found = outcome(cancelled, merged, told={merged.id or 0}, corrected={cancelled.id or 0})

    assert (found.events, found.in_time, found.false_alarms, found.corrected) == (1, 1, 0, 1)


def test_lead_time_is_of_each_level_and_of_what_came_in_time() -> None:
    calm = [known(timedelta(days=days), level=Level.A) for days in (1, 2, 9)]
    late = known(-timedelta(hours=1), level=Level.C)

    assert outcome(*calm, late).lead == {Level.A: timedelta(days=2)}


def test_in_the_open_it_counts_from_when_it_was_known_there() -> None:
    """R31: that the compartment knew of it a week before is for who may know that."""
    joined = known(timedelta(days=7), first_seen=at(28, 14) - timedelta(days=2))
    late = known(timedelta(days=7), first_seen=at(28, 15))

    in_open, within = (outcome(joined, late, in_open=in_open) for in_open in (True, False))

    assert (in_open.lead, in_open.missed) == ({Level.A: timedelta(days=2)}, 1)
    assert (within.lead, within.missed) == ({Level.A: timedelta(days=7)}, 0)


def test_what_was_split_off_or_merged_counts_from_its_first_report() -> None:
    split = known(timedelta(days=1), first_seen=at(28, 14) - timedelta(days=4))

    assert outcome(split, in_open=False).lead == {Level.A: timedelta(days=4)}
