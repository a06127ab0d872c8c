"""Events and a day -> what the whole municipality has to carry, and how much of it is known."""

from datetime import date
from typing import Any

import pytest

from classifiers import Evidence, Level, Precision, Scope
from monitor.domain import Event, EventState, Load, Rush
from monitor.rules.classify import CANCELLED
from monitor.rules.load import load_of
from tests.build import an_event, at

SATURDAY = date(2026, 11, 28)


def test_a_day_adds_up_what_is_known_and_counts_what_is_not() -> None:
    market = an_event(size_min=12_000, size_max=15_000, starts=at(28, 10), ends=at(28, 12))
    match = an_event(size_min=500, size_max=500, level=Level.B, starts=at(28, 20), ends=at(28, 22))
    march = an_event(level=Level.C, starts=at(28, 14), ends=at(28, 16))

    found = load_of(SATURDAY, [market, match, march])

    assert found == Load(SATURDAY, {Level.A: 1, Level.B: 1, Level.C: 1}, 2, 12_500, 15_500, rush=None)


@pytest.mark.parametrize(
    "told",
    [
        {"state": EventState.CANCELLED},
        {"state": EventState.CLOSED, "evidence": (Evidence(CANCELLED, ""),)},
        {"state": EventState.WITHDRAWN},
        {"scope": Scope.REGION},
        {"starts": at(27, 14), "ends": at(27, 16)},
        {"starts": at(23), "ends": at(30), "precision": Precision.WEEK},
        {"starts": None, "ends": None},
    ],
    ids=[
        "cancelled",
        "cancelled and closed",
        "withdrawn or merged",
        "in the region",
        "the day before",
        "some day of the week",
        "undated",
    ],
)
def test_what_does_not_take_place_here_that_day_is_not_counted(told: dict[str, Any]) -> None:
    assert load_of(SATURDAY, [an_event(**told)]).events == 0


def test_what_is_over_counts_on_the_day_that_it_took_place() -> None:
    assert load_of(SATURDAY, [an_event(state=EventState.CLOSED)]).events == 1


@pytest.mark.parametrize(
    ("event", "days"),
    [
        (an_event(starts=at(20), ends=at(30), precision=Precision.DAY), list(range(20, 30))),
        (an_event(starts=at(28), ends=at(30), precision=Precision.WEEKEND), [28, 29]),
        (an_event(starts=at(28, 22), ends=at(29, 2)), [28]),
        (an_event(starts=at(28, 22), ends=at(29, 9)), [28, 29]),
        (an_event(starts=at(28, 14), ends=None), [28]),
    ],
    ids=["a fair of ten days", "a weekend", "a night", "a night and a morning", "without an end"],
)
def test_an_event_of_several_days_counts_on_each_of_them(event: Event, days: list[int]) -> None:
    assert [n for n in range(18, 31) if load_of(date(2026, 11, n), [event]).events] == days


def hours(starts: int, ends: int | None, **told: Any) -> Event:
    return an_event(starts=at(28, starts), ends=at(28, ends) if ends else None, **told)


@pytest.mark.parametrize(
    ("events", "rush"),
    [
        ([hours(13, 17), hours(14, 16), hours(15, 18)], Rush(at(28, 15), at(28, 16), 3)),
        ([hours(10, 12), hours(11, 13), hours(20, 22), hours(21, 23)], Rush(at(28, 11), at(28, 12), 2)),
        ([hours(13, 17), hours(15, None)], Rush(at(28, 15), None, 2)),
        ([hours(13, None), hours(14, 16)], None),
        ([hours(13, 14), hours(14, 16)], None),
        ([hours(13, 17), hours(13, 17, precision=Precision.DAY)], None),
        ([an_event(starts=at(27, 12), ends=at(29, 12)), hours(13, 17)], Rush(at(28, 13), at(28, 17), 2)),
        ([an_event(starts=at(27, 12), ends=at(29, 12)), an_event(starts=at(27, 13), ends=at(29, 12))],
         Rush(at(28), at(29), 2)),
        ([an_event(starts=at(28, 22), ends=at(29, 2)), an_event(starts=at(28, 23), ends=at(29, 3))],
         Rush(at(28, 23), at(29, 2), 2)),
    ],
    ids=["three", "the first of two", "no end", "begun before, no end", "one after another", "hours not told",
         "one that goes on", "two that go on", "two nights"],
)  # fmt: skip
def test_the_hours_in_which_most_events_meet_are_found(events: list[Event], rush: Rush | None) -> None:
    assert load_of(SATURDAY, events).rush == rush
