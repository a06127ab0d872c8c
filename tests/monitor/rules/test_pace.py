"""When a source is asked next: its pace while it works, its pauses while it fails."""

from datetime import timedelta
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from monitor.domain import Outcome, SourceState
from monitor.errors import HARD, SOFT, TEMPORARY
from monitor.rules.pace import (
    LONGEST,
    OPEN_AT,
    Strain,
    after_fault,
    due_of,
    is_late,
    least,
    next_interval,
    spread,
    strain_of,
    wait,
)
from tests.build import NOON
from tests.monitor.rules.test_health import a_source, a_state

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("known", "minutes"),
    [(1.0, 90), (0.68, 90), (0.67, 60), (0.5, 60), (0.33, 60), (0.32, 30), (0.0, 30), (None, 75)],
)
def test_much_that_is_known_slows_down_and_much_that_is_new_speeds_up(known: float | None, minutes: int) -> None:
    assert next_interval(15 * MINUTE, HOUR, known) == minutes * MINUTE


@pytest.mark.parametrize(
    ("every", "interval", "known", "found"),
    [
        (15 * MINUTE, timedelta(0), 0.0, 15 * MINUTE),
        (15 * MINUTE, timedelta(0), 1.0, 22.5 * MINUTE),
        (15 * MINUTE, 23 * HOUR, None, DAY),
        (7 * DAY, 7 * DAY, None, 7 * DAY),
        (2 * HOUR, HOUR, 0.5, 2 * HOUR),
    ],
    ids=["first poll", "nothing new", "a day at most", "its own period is longer", "its period was made longer"],
)
def test_an_interval_lies_between_its_period_and_a_day(
    every: timedelta, interval: timedelta, known: float | None, found: timedelta
) -> None:
    assert next_interval(every, interval, known) == found


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, 20 * HOUR),
        ({"apart": 2 * HOUR}, 54 * MINUTE),
        ({"apart": MINUTE}, 15 * MINUTE),
        ({"apart": 5 * DAY}, 20 * HOUR),
        ({"rhythm": DAY}, 0.45 * DAY),
        ({"rhythm": 7 * DAY}, 20 * HOUR),
        ({"until_event": 8 * DAY}, 20 * HOUR),
        ({"until_event": 3 * DAY}, HOUR),
        ({"until_event": 47 * HOUR}, 15 * MINUTE),
        ({"until_event": -HOUR}, 15 * MINUTE),
        ({"until_event": 47 * HOUR, "fresh_for": 6 * HOUR}, 6 * HOUR),
        ({"rhythm": DAY, "fresh_for": 90 * DAY}, DAY),
        ({"fresh_for": MINUTE}, 20 * HOUR),
    ],
    ids=[
        "nothing more", "a busy paper", "a ticker", "now and then",
        "daily news", "weekly news", "far", "this week", "near", "going on", "near, and the server",
        "the server, a day at most", "the server says less",
    ],
)  # fmt: skip
def test_rhythm_event_and_server_bend_the_interval(more: dict[str, timedelta], found: timedelta) -> None:
    assert wait(15 * MINUTE, 20 * HOUR, **more) == found


@given(
    every=st.timedeltas(min_value=5 * MINUTE, max_value=7 * DAY),
    interval=st.timedeltas(min_value=timedelta(0), max_value=7 * DAY),
    known=st.one_of(st.none(), st.floats(0, 1)),
    fresh_for=st.one_of(st.none(), st.timedeltas(min_value=timedelta(0), max_value=365 * DAY)),
    until_event=st.one_of(st.none(), st.timedeltas(min_value=-2 * DAY, max_value=7 * DAY)),
    rhythm=st.one_of(st.none(), st.integers(1, 300).map(lambda n: n * DAY)),
    after=st.timedeltas(min_value=timedelta(0), max_value=1500 * DAY),
)
def test_a_source_is_never_asked_sooner_than_it_or_its_server_says_nor_later_than_a_day(  # noqa: PLR0917  # given by name
    every: timedelta, interval: timedelta, known: float | None, fresh_for: timedelta | None,
    until_event: timedelta | None, rhythm: timedelta | None, after: timedelta,
) -> None:  # fmt: skip
    found = next_interval(every, interval, known)
    floor = least(every, fresh_for)
    pause = wait(every, found, rhythm=rhythm, fresh_for=fresh_for, until_event=until_event)

    left_alone = spread(pause, floor, source="krant", moment=NOON + after)

    assert floor <= left_alone <= max(LONGEST, every)


def test_sources_and_moments_spread_their_polls_by_a_tenth_at_most() -> None:
    found = [spread(10 * HOUR, HOUR, source=f"bron-{n}", moment=NOON) for n in range(500)]

    assert min(found) >= 9 * HOUR
    assert max(found) <= 11 * HOUR
    assert len(set(found)) > 490
    assert abs(mean(pause / HOUR for pause in found) - 10) < 0.1
    assert spread(HOUR, HOUR, source="krant", moment=NOON) == spread(HOUR, HOUR, source="krant", moment=NOON)
    assert spread(HOUR, HOUR, source="krant", moment=NOON) != spread(HOUR, HOUR, source="krant", moment=NOON + HOUR)


def pauses(every: timedelta, weight: float, times: int, retry_after: float | None = None) -> list[timedelta]:
    """How long a source is left alone after each of some equal faults in a row, to the minute."""
    strain, found = Strain(), []
    for _ in range(times):
        strain = after_fault(strain, every, weight, retry_after)
        found.append(timedelta(minutes=round(strain.pause / MINUTE)))
    return found


@pytest.mark.parametrize(
    ("every", "weight", "minutes"),
    [
        (15 * MINUTE, HARD, [15, 30, 60, 120, 240, 480, 960, 1440, 1440]),
        (15 * MINUTE, SOFT, [15, 21, 30, 42, 60, 120, 240]),
        (15 * MINUTE, TEMPORARY, [15, 18, 21, 25, 30, 36, 42, 50, 60, 71, 85, 170]),
        (DAY, HARD, [1440, 1440]),
        (DAY, SOFT, [30, 42, 60, 85, 120, 1440, 1440]),
        (DAY, TEMPORARY, [30, 36, 42, 50, 60, 71, 85, 101, 120, 143, 170, 1440]),
        (7 * DAY, HARD, [7 * 1440]),
    ],
    ids=[
        "hard", "soft", "temporary", "hard, daily", "soft, daily", "temporary, daily", "a weekly source is not hurried",
    ],
)  # fmt: skip
def test_a_failing_source_is_asked_less_and_less_and_a_fault_that_may_pass_is_tried_again_soon(
    every: timedelta, weight: float, minutes: list[int]
) -> None:
    assert pauses(every, weight, len(minutes)) == [n * MINUTE for n in minutes]


def test_a_server_that_names_a_pause_gets_it() -> None:
    assert pauses(15 * MINUTE, TEMPORARY, 1, retry_after=7200) == [2 * HOUR]
    assert pauses(15 * MINUTE, TEMPORARY, 1, retry_after=3 * 86_400) == [3 * DAY]
    assert pauses(DAY, HARD, 1, retry_after=60) == [DAY]


@pytest.mark.parametrize(("weight", "faults"), [(HARD, 3), (SOFT, 6), (TEMPORARY, 12)])
def test_the_breaker_opens_at_three_hard_faults_or_what_weighs_the_same(weight: float, faults: int) -> None:
    strain = Strain()
    broken = []
    for _ in range(faults):
        strain = after_fault(strain, HOUR, weight)
        broken.append(strain.weight >= OPEN_AT)

    assert broken == [False] * (faults - 1) + [True]


def test_the_strain_of_a_source_is_read_from_its_state() -> None:
    state = a_state(failures=2, strain=1.5, polled_at=NOON, due_at=NOON + HOUR)

    assert strain_of(state) == Strain(1.5, HOUR)
    assert strain_of(a_state(due_at=NOON + HOUR)) == Strain()


class Breaker(RuleBasedStateMachine):
    """Faults and good polls in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.every, self.strain, self.total = HOUR, Strain(), 0.0

    @rule(weight=st.sampled_from([HARD, SOFT, TEMPORARY]), asked=st.one_of(st.none(), st.floats(0, 86_400)))
    def fails(self, weight: float, asked: float | None) -> None:
        """A poll fails, the server may name a pause."""
        before = self.strain
        self.strain = after_fault(before, self.every, weight, asked)
        self.total += weight

        assert self.strain.pause >= timedelta(seconds=asked or 0)
        if self.strain.weight >= OPEN_AT:
            # One probe per pause, each twice as long as the one before, until a day.
            assert self.strain.pause >= min(max(before.pause * 2, self.every), LONGEST)

    @rule()
    def succeeds(self) -> None:
        """One good probe closes it."""
        self.strain, self.total = Strain(), 0.0

    @invariant()
    def holds(self) -> None:
        """The faults since the last good poll add up, and no pause outlasts a day."""
        assert self.strain.weight == self.total
        assert timedelta(0) <= self.strain.pause <= LONGEST


TestBreaker = Breaker.TestCase


def test_a_source_is_due_when_its_state_says_and_at_once_when_it_was_never_asked() -> None:
    source = a_source()

    assert due_of(source, None, None, NOON) is None
    assert due_of(source, None, NOON, NOON) == NOON + 15 * MINUTE
    assert due_of(source, NOON + HOUR, NOON, NOON) == NOON + HOUR
    assert due_of(source, NOON + 300 * DAY, NOON + DAY, NOON) == NOON


def test_a_source_is_late_after_three_times_its_interval_and_an_hour_at_least() -> None:
    quick = a_state(due_at=NOON)
    slow = SourceState(source="krant", outcome=Outcome.OK, polled_at=NOON, due_at=NOON, interval=7200)

    assert [is_late(a_source(), quick, NOON + n * MINUTE) for n in (60, 61)] == [False, True]
    assert [is_late(a_source(), slow, NOON + n * HOUR) for n in (6, 7)] == [False, True]
