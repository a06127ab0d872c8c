"""What is remembered of a poll, when the source is asked next, and what people hear of it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import Reader
from monitor.app import App
from monitor.domain import Fact, Fetched, Outcome, RawItem, Sighting, Source, SourceState, Told
from monitor.errors import SOFT, CollectError, NotAFeed, Unreachable
from monitor.rules.health import trouble_of
from monitor.store import events, facts, items, sources
from monitor.work.heard import Heard, failed, note_answer, note_fault, succeeded
from monitor.work.ingest import TakenIn
from tests.build import NOON, a_period, a_raw, an_event, an_item, at
from tests.fakes import FixedClock, a_house, house_settings
from tests.monitor.rules.test_health import a_source

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ANSWER = Fetched("krant", "https://krant.example/rss", "application/rss+xml", b"<rss/>", '"2"', "di", "hash", NOON)
DAILY = [a_raw(f"Bericht {n}", published=NOON - n * DAY) for n in range(4)]


def heard(raws: Sequence[RawItem] = DAILY, *, new: int = 0, fetched: Fetched | None = ANSWER) -> Heard:
    """A good poll, with all entries known unless told otherwise."""
    return Heard(fetched, raws, TakenIn(kept=new))


UNCHANGED = heard([], fetched=None)


def told_by(app: App) -> list[tuple[str, str | int | None]]:
    """The facts about sources so far: kind, and whether people heard before."""
    with app.store.read() as session:
        found: list[Fact] = facts.facts_between(session, NOON - DAY, at(1, month=6, year=2028))
    return [(fact.kind.value.removeprefix("source_"), fact.data["again"]) for fact in found]


def state_in(app: App) -> SourceState:
    """What is kept of `krant`."""
    with app.store.read() as session:
        found = sources.state_of(session, "krant")
    assert found is not None
    return found


def after(state: SourceState, one: Heard, *, now: datetime = NOON, event_at: datetime | None = None) -> SourceState:
    """The state after a good poll of a source of fifteen minutes."""
    note_answer(state, a_source(), one, now=now, event_at=event_at)
    return state


def test_the_days_of_all_entries_are_remembered_known_or_new() -> None:
    state = after(SourceState(source="krant"), heard(DAILY))

    assert (state.news_at, state.news_days, state.lists_until) == (
        NOON, ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], None,
    )  # fmt: skip


def test_an_agenda_is_remembered_by_what_it_lists_last() -> None:
    match = a_raw("Wedstrijd", published=None, told=Told(period=a_period(at(28, 14))))

    state = after(SourceState(source="krant", lists_until=at(30)), heard([match]))

    assert state.lists_until == at(28, 16)


def test_without_dates_the_day_that_something_came_is_the_news() -> None:
    loose = [a_raw("Bericht", published=None)]
    state = SourceState(source="krant")

    outcomes = []
    for new, now in ((1, NOON - DAY), (0, NOON)):
        outcomes.append(note_answer(state, a_source(), heard(loose, new=new), now=now, event_at=None))

    assert outcomes == [Outcome.UNDATED, Outcome.UNDATED]
    assert (state.news_at, state.news_days) == (NOON - DAY, ["2026-11-21"])


@pytest.mark.parametrize(
    ("before", "one", "outcome"),
    [
        (None, heard(), Outcome.OK),
        (None, heard([]), Outcome.EMPTY),
        (Outcome.FAILING, UNCHANGED, Outcome.NOT_MODIFIED),
        (Outcome.UNDATED, UNCHANGED, Outcome.UNDATED),
        (Outcome.UNDATED, heard(), Outcome.OK),
    ],
)
def test_an_answer_has_one_outcome_and_a_304_mends_nothing(
    before: Outcome | None, one: Heard, outcome: Outcome
) -> None:
    assert after(SourceState(source="krant", outcome=before), one).outcome is outcome


@pytest.mark.parametrize(
    ("one", "etag"),
    [(heard(), '"2"'), (heard([]), '"1"'), (replace(heard(), settled=False), '"1"'), (UNCHANGED, '"1"')],
    ids=["entries", "empty", "not all taken in", "unchanged"],
)
def test_validators_are_those_of_the_last_answer_that_was_taken_in_whole(one: Heard, etag: str) -> None:
    assert after(SourceState(source="krant", etag='"1"'), one).etag == etag


def test_a_304_after_a_fault_does_not_make_a_source_without_dates_look_well(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def walk() -> SourceState:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            source = app.sources["krant"]
            succeeded(app, source, heard([a_raw("Bericht", published=None)]))
            failed(app, source, Unreachable("krant", "no answer", advice=""))
            return state_in(app)

    state = asyncio.run(walk())
    assert (state.etag, state.last_modified, state.body_hash) == ("", "", "")


def test_since_is_when_it_began_to_do_what_it_does() -> None:
    state = SourceState(source="krant")
    found = []
    for n, one in enumerate([heard(), UNCHANGED, heard([]), heard([]), heard()]):
        after(state, one, now=NOON + n * HOUR)
        found.append(state.since)

    assert found == [NOON, NOON, NOON + 2 * HOUR, NOON + 2 * HOUR, NOON + 4 * HOUR]


@pytest.mark.parametrize(
    ("one", "event_at", "minutes"),
    [
        (heard(new=0), None, 90),
        (heard(new=2), None, 60),
        (heard(new=4), None, 30),
        (UNCHANGED, None, 75),
        (UNCHANGED, NOON + 5 * DAY, 60),
        (UNCHANGED, NOON + DAY, 15),
        (heard(fetched=replace(ANSWER, fresh_for=6 * HOUR)), NOON + DAY, 360),
        (replace(heard(), fresh_for=3 * HOUR), None, 180),
    ],
    ids=["all known", "half", "all new", "unchanged", "this week", "tomorrow", "the server says", "the feed says"],
)  # fmt: skip
def test_what_is_new_and_what_is_coming_set_the_pace(one: Heard, event_at: datetime | None, minutes: int) -> None:
    state = after(SourceState(source="krant", interval=3600), one, event_at=event_at)

    assert state.due_at is not None
    assert 0.9 * minutes <= (state.due_at - NOON) / MINUTE <= 1.1 * minutes


def test_an_event_of_the_source_itself_tightens_the_pace(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> list[datetime | None]:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            found = []
            for n, (day, source) in enumerate([(30, "krant"), (24, "ander"), (28, "krant"), (23, "krant")]):
                with app.store.begin() as session:
                    event = events.add(session, an_event(id=None, starts=at(day, 14), ends=at(day, 16)))
                    item = items.add(session, an_item(id=None, source=source))
                    assert item is not None
                    sighting = Sighting(event=event.id or 0, item=item.id or 0, why="dag", at=NOON)
                    events.add_sighting(session, sighting)
                    found.append(events.next_starts(session, ["krant"], NOON).get("krant"))
                assert len(found) == n + 1
            succeeded(app, app.sources["krant"], UNCHANGED)
            due = state_in(app).due_at
            assert due is not None
            assert 15 <= (due - NOON) / MINUTE <= 16.5
            return found

    assert asyncio.run(walk()) == [None, None, at(28, 14), at(23, 14)]


Poll = Heard | CollectError


def a_fault(kind: type[CollectError] = Unreachable, weight: float | None = None) -> CollectError:
    """An error as a collector raises it."""
    return kind("krant", "no answer", advice="Controleer het adres.", weight=weight)


def run(tmp_path: Path, url: str, reader: Reader, polls: Sequence[Poll], hours: float) -> App:
    """The house after polls one after the other, some hours apart; closed, but for its database."""
    clock = FixedClock()

    async def walk() -> App:
        async with a_house(house_settings(tmp_path, url), reader, clock) as app:
            for one in polls:
                if isinstance(one, Heard):
                    succeeded(app, app.sources["krant"], one)
                else:
                    failed(app, app.sources["krant"], one)
                clock.forward(hours=hours)
            return app

    return asyncio.run(walk())


@pytest.mark.parametrize(
    ("polls", "hours", "told"),
    [
        ([a_fault()] * 2 + [heard()], 1, []),
        ([a_fault()] * 3 + [heard()] * 2, 1, [("failing", 0), ("recovered", 0)]),
        ([a_fault(weight=0.25)] * 6, 1, [("failing", 0)]),
        ([a_fault(NotAFeed)] * 5, 12, [("failing", 0), ("failing", 1), ("failing", 1)]),
        ([heard()] + [UNCHANGED] * 4, 12, [("silent", 0)]),
        ([heard()] + [UNCHANGED] * 8, 12, [("silent", 0), ("silent", 1), ("silent", 1)]),
        ([heard()] + [a_fault(weight=SOFT)] * 2, 40, [("silent", 0), ("silent", 1)]),
        ([heard(), heard([]), heard([])], 20, [("silent", 0)]),
        (
            [heard(), UNCHANGED, UNCHANGED, heard([a_raw("Nieuws", published=at(24))])],
            24,
            [("silent", 0), ("recovered", 0)],
        ),
        ([a_fault(NotAFeed), heard([]), heard()], 1, [("failing", 0), ("recovered", 0)]),
    ],
    ids=[
        "a fault passes", "failing", "often a little", "daily", "silent", "still silent", "silent and failing",
        "silent and empty", "silent no more", "empty is no recovery",
    ],
)  # fmt: skip
def test_people_hear_when_it_begins_until_it_is_over_and_that_it_is(  # noqa: PLR0917  # given by name
    tmp_path: Path, sqlite_url: str, reader: Reader, polls: list[Poll], hours: float,
    told: list[tuple[str, str | int | None]],
) -> None:  # fmt: skip
    app = run(tmp_path, sqlite_url, reader, polls, hours)

    assert told_by(app) == told


def test_an_alert_says_what_is_wrong_since_when_and_what_to_do(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    polls: list[Poll] = [heard(), UNCHANGED, UNCHANGED, heard([a_raw("Nieuws", published=at(25))])]

    async def walk() -> list[tuple[str, tuple[str, ...]]]:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock) as app:
            for one in polls:
                assert isinstance(one, Heard)
                succeeded(app, app.sources["krant"], one)
                clock.forward(hours=37)
            with app.store.read() as session:
                rows = facts.deliveries(session)
            return [(d.message.title, d.message.lines) for d in rows if d.message and d.channel == "adviseurs"]

    last = "De bron gaf meestal elke dag nieuws. Het laatste bericht is van zo 22 nov 2026."
    advice = f"{last} Controleer of de pagina nog bestaat."
    assert asyncio.run(walk()) == [
        ("Bron 'Krant' is stil", ("Sinds zo 22 nov 12.00 uur.", advice)),
        ("Bron 'Krant' is nog steeds stil", ("Sinds zo 22 nov 12.00 uur.", advice)),
        ("Bron 'Krant' werkt weer", ("De bron zag niets sinds zo 22 nov 12.00 uur.", "U hoeft niets te doen.")),
    ]


def test_what_is_told_of_a_source_holds_no_word_of_it(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    app = run(tmp_path, sqlite_url, reader, [a_fault(NotAFeed)], 1)

    with app.store.read() as session:
        [fact] = facts.facts_between(session, NOON, NOON + DAY)
    assert fact.data == {"since": NOON.isoformat(), "again": 0, "outcome": "not_a_feed"}


@settings(max_examples=30, deadline=None)
@given(
    gap=st.integers(1, 20),
    every=st.integers(15, 300),
    answers=st.lists(st.sampled_from(["same", "known", "fault"]), min_size=1, max_size=5),
)
def test_a_source_that_falls_silent_is_told_within_twice_its_rhythm(gap: int, every: int, answers: list[str]) -> None:
    """Whether it answers 304, lists what it did, or lets a soft fault through now and then; polled when it is due."""
    source: Source = a_source(every=every * MINUTE)
    raws = [a_raw(f"Bericht {n}", published=NOON - n * gap * DAY) for n in range(10)]
    state = after(SourceState(source="krant"), heard(raws, new=10))
    moment, error = NOON, None
    given = cycle(answers)

    while trouble_of(state, moment, error) is None:
        assert state.due_at is not None
        moment, error, what = state.due_at, None, next(given)
        if what == "fault":
            error = a_fault()
            note_fault(state, source, error, moment)
        else:
            note_answer(state, source, UNCHANGED if what == "same" else heard(raws), now=moment, event_at=None)

    assert moment - NOON <= 2 * gap * DAY
    assert "fault" in answers or moment - NOON > 1.5 * gap * DAY


def test_a_recovered_source_starts_with_a_clean_sheet(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    app = run(tmp_path, sqlite_url, reader, [a_fault()] * 4 + [heard()], 1)

    state = state_in(app)
    assert (state.failures, state.strain, state.reason, state.reported, state.reported_at) == (0, 0.0, "", "", None)
