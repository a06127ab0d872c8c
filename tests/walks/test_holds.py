"""A legal hold keeps what would go, and nothing else; it ends by itself (R39)."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from classifiers import Category, Reader
from monitor.app import App
from monitor.domain import Actor, Role
from monitor.errors import Conflict, InvalidInput, NotAllowed, NotFound
from monitor.store import events, facts, holds, items, people
from monitor.work.decisions import merge_events, split_event
from monitor.work.holds import Held, add_hold, end_hold
from monitor.work.ingest import take_in
from monitor.work.purge import purge
from monitor.work.signals import add_signal
from tests.build import a_raw, at
from tests.fakes import FixedClock, a_house, house_settings
from tests.walks.test_b_manual_signal import LIAISON, SIGNAL
from tests.walks.test_c_override import ADVISOR, MARCH

OFFICER = Actor("privacy", Role.PRIVACY)
OTHER = a_raw(
    "Voetbalsupporters verzamelen bij de Euroborg",
    "Woensdag 25 november om 20.00 uur is er een demonstratie op de Vismarkt in Groningen.",
    source="omroep",
)
Walk = Callable[[App, FixedClock], Awaitable[None]]


def play(folder: Path, url: str, reader: Reader, walk: Walk) -> None:
    """The walk in a fresh house."""

    async def run() -> None:
        clock = FixedClock()
        async with a_house(house_settings(folder, url), reader, clock) as app:
            await walk(app, clock)

    asyncio.run(run())


def sources_of_items(app: App) -> set[str]:
    """The sources of every item that is kept."""
    with app.store.read() as session:
        return {item.source for item in items.newest(session, 99)}


def test_a_hold_goes_along_when_its_event_is_merged_into_another(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk(app: App, clock: FixedClock) -> None:
        [held], [other] = take_in(app, [MARCH]).events, take_in(app, [OTHER]).events
        add_hold(app, OFFICER, Held(event=held), reason="Bezwaar.", until=clock() + timedelta(days=365))
        merge_events(app, ADVISOR, other, held, reason="Dit is dezelfde actie.")
        clock.forward(days=60)
        purge(app)

        assert "krant" in sources_of_items(app)

    play(tmp_path, database_url, reader, walk)


def test_what_is_split_off_from_a_held_event_is_held_too(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk(app: App, clock: FixedClock) -> None:
        again = replace(MARCH, source="omroep", key="2", text=MARCH.text + " Kom ook.")
        [held], [same] = take_in(app, [MARCH]).events, take_in(app, [again]).events
        add_hold(app, OFFICER, Held(event=held), reason="Bezwaar.", until=clock() + timedelta(days=365))
        with app.store.read() as session:
            report = next(item.id or 0 for item in items.items_of(session, held) if item.source == "omroep")
        split_event(app, ADVISOR, held, report, reason="Dit is een andere actie.")
        clock.forward(days=60)
        purge(app)

        assert (same, sources_of_items(app)) == (held, {"krant", "omroep"})

    play(tmp_path, database_url, reader, walk)


def test_what_a_merge_brought_from_a_held_event_is_held_when_it_is_split_off(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk(app: App, clock: FixedClock) -> None:
        [keep], [held] = take_in(app, [MARCH]).events, take_in(app, [OTHER]).events
        add_hold(app, OFFICER, Held(event=held), reason="Bezwaar.", until=clock() + timedelta(days=365))
        with app.store.read() as session:
            [report] = [item.id or 0 for item in items.items_of(session, held)]
        merge_events(app, ADVISOR, keep, held, reason="Dit is dezelfde actie.")
        new = split_event(app, ADVISOR, keep, report, reason="Dit is toch een andere actie.")

        with app.store.read() as session:
            holding = {event: len(holds.on_event(session, event, clock())) for event in (keep, held, new)}
        assert holding == {keep: 0, held: 1, new: 1}
        clock.forward(days=60)
        purge(app)
        assert sources_of_items(app) == {"omroep"}

    play(tmp_path, database_url, reader, walk)


def test_what_is_held_stays_with_all_that_tells_of_it_and_the_rest_goes(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk(app: App, clock: FixedClock) -> None:
        [held], [gone] = take_in(app, [MARCH]).events, take_in(app, [OTHER]).events
        until = clock() + timedelta(days=365)
        id = add_hold(app, OFFICER, Held(event=held), reason="Bezwaar tegen een besluit.", until=until)
        clock.forward(days=60)
        purge(app)
        assert sources_of_items(app) == {"krant"}

        end_hold(app, OFFICER, id)
        purge(app)
        assert sources_of_items(app) == set()

        id = add_hold(app, OFFICER, Held(event=held), reason="Bezwaar.", until=clock() + timedelta(days=365))
        clock.forward(days=360)
        purge(app)
        with app.store.read() as session:
            assert facts.facts_of(session, held)
            with pytest.raises(NotFound):
                events.get(session, gone)
            acts = [entry.act for entry in people.audit(session, 9) if entry.act.startswith("hold")]
        assert acts == ["hold_added", "hold_ended", "hold_added"]

        clock.forward(days=6)  # it ends by itself
        purge(app)
        with app.store.read() as session, pytest.raises(NotFound):
            events.get(session, held)
        with pytest.raises(Conflict):
            end_hold(app, OFFICER, id)

    play(tmp_path, database_url, reader, walk)


@pytest.mark.parametrize("what", ["source", "period"])
def test_a_source_and_a_period_can_be_held(tmp_path: Path, database_url: str, reader: Reader, what: str) -> None:
    async def walk(app: App, clock: FixedClock) -> None:
        take_in(app, [MARCH])
        period = Held(starts=clock() - timedelta(days=1), ends=clock() + timedelta(days=1))
        held = Held(source="krant") if what == "source" else period
        add_hold(app, OFFICER, held, reason="Onderzoek.", until=clock() + timedelta(days=90))
        clock.forward(days=2)
        take_in(app, [OTHER])
        clock.forward(days=60)
        purge(app)

        assert sources_of_items(app) == {"krant"}

    play(tmp_path, database_url, reader, walk)


def test_a_police_signal_stays_only_when_that_is_asked_and_the_reason_says_what_it_costs(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk(app: App, clock: FixedClock) -> None:
        another = replace(SIGNAL, category=Category.FOOTBALL, place="Vismarkt", starts=at(4, 20, month=12), ends=None)
        lost, kept = add_signal(app, LIAISON, SIGNAL), add_signal(app, LIAISON, another)
        until = clock() + timedelta(days=90)
        add_hold(app, OFFICER, Held(event=lost), reason="Bezwaar.", until=until)
        add_hold(app, OFFICER, Held(event=kept, police=True), reason="Bezwaar.", until=until)
        clock.forward(days=40)
        purge(app)

        with app.store.read() as session:
            assert (items.items_of(session, lost), len(items.items_of(session, kept))) == ([], 1)
            reasons = [hold.reason for hold in holds.active(session, clock())]
        longer = "Politiesignalen blijven hierdoor langer dan de 28 dagen waarvoor zij zijn gegeven."
        assert reasons == ["Bezwaar.", f"Bezwaar. {longer}"]

    play(tmp_path, database_url, reader, walk)


def test_only_the_privacy_officer_holds_with_a_reason_for_one_thing_and_a_year_at_most(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def walk(app: App, clock: FixedClock) -> None:
        soon = clock() + timedelta(days=30)
        with pytest.raises(NotAllowed):
            add_hold(app, ADVISOR, Held(source="krant"), reason="Bezwaar.", until=soon)
        with pytest.raises(NotFound):
            add_hold(app, OFFICER, Held(event=99), reason="Bezwaar.", until=soon)
        wrong = {
            "reason": (Held(source="krant"), "", soon),
            "what": (Held(source="krant", event=1), "Bezwaar.", soon),
            "until": (Held(source="krant"), "Bezwaar.", clock() + timedelta(days=367)),
        }
        for field, (held, reason, until) in wrong.items():
            with pytest.raises(InvalidInput) as refused:
                add_hold(app, OFFICER, held, reason=reason, until=until)
            assert set(refused.value.problems) == {field}

    play(tmp_path, sqlite_url, reader, walk)
