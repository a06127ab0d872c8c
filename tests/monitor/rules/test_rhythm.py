"""The rhythm of a source, and when being quiet is silence."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import Period, Precision
from monitor.domain import Outcome, SourceState, Told
from monitor.rules.pace import next_interval, spread, wait
from monitor.rules.rhythm import (
    DAYS_KEPT,
    UNKNOWN,
    Listed,
    in_words,
    is_silent,
    latest,
    listed,
    quiet_since,
    repeat_after,
    rhythm_of,
    silent_after,
)
from tests.build import NOON, a_period, a_raw, at

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def days_every(*gaps: int) -> list[str]:
    """Days with news, these numbers of days apart, up to Saturday 21 November 2026."""
    found = [date(2026, 11, 21)]
    for gap in reversed(gaps):
        found.append(found[-1] - timedelta(days=gap))
    return [day.isoformat() for day in reversed(found)]


@pytest.mark.parametrize(
    ("days", "rhythm"),
    [
        ([], None),
        (["2026-11-20", "2026-11-21"], None),
        (days_every(1, 1), DAY),
        (days_every(*[1] * 30), DAY),
        (days_every(1, 1, 1, 1, 3, 1, 1, 1, 1, 3), 3 * DAY),
        (days_every(*[1] * 19, 40), DAY),
        (days_every(7, 7, 7, 8), 8 * DAY),
        (days_every(30, 31), 31 * DAY),
    ],
    ids=["no day", "two days", "three", "daily", "not at weekends", "one long summer", "weekly", "monthly"],
)
def test_a_rhythm_is_the_typical_longest_time_between_two_days_with_news(
    days: list[str], rhythm: timedelta | None
) -> None:
    assert rhythm_of(days) == rhythm


def test_only_the_last_days_with_news_are_remembered() -> None:
    old, new = days_every(*[1] * 80)[:70], days_every(*[1] * 30)

    assert latest(old, new) == days_every(*[1] * (DAYS_KEPT - 1))


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (DAY, "elke dag"), (3 * DAY, "om de paar dagen"), (7 * DAY, "elke week"), (14 * DAY, "elke twee weken"),
        (31 * DAY, "elke maand"), (90 * DAY, "om de paar maanden"), (200 * DAY, "een paar keer per jaar"),
    ],
)  # fmt: skip
def test_a_rhythm_has_words(rhythm: timedelta, words: str) -> None:
    assert in_words(rhythm) == words


def test_what_is_listed_counts_by_its_local_day_and_not_when_it_lies_in_the_future() -> None:
    raws = [
        a_raw("Vannacht", published=datetime(2026, 11, 20, 23, 30, tzinfo=UTC)),
        a_raw("Gisteren", published=at(21, 9)),
        a_raw("Morgen", published=at(23, 9)),
        a_raw("Nul", published=datetime(1970, 1, 1, tzinfo=UTC)),
        a_raw("Zonder zone", published=NOON.replace(tzinfo=None)),
        a_raw("Zonder dag", published=None),
    ]

    assert listed(raws, NOON) == Listed(6, True, at(21, 9), frozenset({"2026-11-21"}))


def test_entries_without_a_day_are_undated_and_those_with_a_period_are_not() -> None:
    assert listed([a_raw("Zonder", published=None)], NOON) == Listed(1, False)
    assert listed([a_raw("Nul", published=datetime(1, 1, 1, tzinfo=UTC))], NOON) == Listed(1, False)
    match = a_raw("Wedstrijd", published=None, told=Told(period=a_period(at(28, 14))))
    assert listed([match], NOON) == Listed(1, True, until=at(28, 16))


def test_what_tells_only_when_things_take_place_is_an_agenda_and_so_is_what_its_kind_says() -> None:
    match = a_raw("Wedstrijd", published=None, told=Told(period=a_period(at(28, 14))))
    report = a_raw("Verslag", told=Told(period=a_period(at(21, 14))))

    assert listed([match, report], NOON).until is None
    assert listed([match, report], NOON, agenda=True).until == at(28, 16)


def test_an_entry_in_the_year_9999_keeps_no_agenda_from_falling_silent() -> None:
    ever = Period(datetime(9999, 12, 31, tzinfo=UTC), None, Precision.DAY)
    raws = [
        a_raw("Ooit", published=None, told=Told(period=ever)),
        a_raw("Wedstrijd", published=None, told=Told(period=a_period(at(28, 14)))),
    ]
    assert listed(raws, NOON).until == at(28, 16)


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (SourceState(source="s", news_days=days_every(1, 1, 1)), 36 * HOUR),
        (SourceState(source="s", news_days=days_every(7, 7)), 7 * DAY * 1.5),
        (SourceState(source="s", news_days=["2026-11-21"]), UNKNOWN * 1.5),
        (SourceState(source="s", news_days=days_every(1, 1, 1), lists_until=at(28)), 36 * HOUR),
    ],
    ids=["daily", "weekly", "not known", "agenda"],
)
def test_quiet_is_silent_after_one_and_a_half_times_its_rhythm(state: SourceState, after: timedelta) -> None:
    state.news_at = NOON

    assert silent_after(state) == after
    since = quiet_since(state)
    assert since is not None
    assert not is_silent(state, since + after)
    assert is_silent(state, since + after + timedelta(seconds=1))


def test_an_agenda_is_not_silent_while_something_on_it_is_still_to_come() -> None:
    fixtures = SourceState(source="s", news_at=at(1, month=8), news_days=days_every(1, 1), lists_until=at(28))

    assert [is_silent(fixtures, moment) for moment in (NOON, at(29), at(30))] == [False, False, True]


def test_a_source_that_never_gave_anything_is_silent_from_when_it_was_first_heard() -> None:
    empty = SourceState(source="s", outcome=Outcome.EMPTY, since=NOON)

    assert [is_silent(empty, NOON + days * DAY) for days in (1, 21, 22)] == [False, False, True]
    assert not is_silent(SourceState(source="s", outcome=Outcome.FAILING, since=NOON), NOON + 99 * DAY)


@pytest.mark.parametrize(("gap", "days"), [(1, 1), (3, 3), (30, 7)])
def test_silence_is_told_again_in_its_rhythm_daily_at_most_and_weekly_at_least(gap: int, days: int) -> None:
    assert repeat_after(SourceState(source="s", news_days=days_every(gap, gap))) == days * DAY


@settings(max_examples=200, deadline=None)
@given(
    gaps=st.lists(st.integers(1, 40), min_size=2, max_size=DAYS_KEPT),
    every=st.integers(5, 12 * 60).map(lambda minutes: timedelta(minutes=minutes)),
    last=st.integers(0, 24 * 60 - 1),
    known=st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=10),
    id=st.text(min_size=1, max_size=8),
)
def test_silence_is_noticed_within_twice_the_rhythm_whatever_the_pace(
    gaps: list[int], every: timedelta, last: int, known: list[float | None], id: str
) -> None:
    """The source falls silent after its last day with news; it is polled at the pace that its past asks for."""
    days = days_every(*gaps)
    news = at(21) + timedelta(minutes=last)
    rhythm = rhythm_of(days)
    assert rhythm is not None
    state = SourceState(source=id, news_at=news, news_days=days)
    interval = timedelta(0)
    for share in known:
        interval = next_interval(every, interval, share)

    now = news
    while not is_silent(state, now):
        interval = next_interval(every, interval, None)
        floor = every
        now += spread(wait(every, interval, rhythm=rhythm), floor, source=id, moment=now)

    assert rhythm * 1.5 < now - news <= rhythm * 2 + max(every * 1.1 - rhythm / 2, timedelta(0))
