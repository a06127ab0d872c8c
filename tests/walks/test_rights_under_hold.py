"""What a request about data on someone does under a legal hold: what is held is used no more, and goes after (R42)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from classifiers import Reader
from monitor.app import App
from monitor.domain import Actor, EventState, FactKind, RawItem, Role
from monitor.rules.sought import MARK, sought_of
from monitor.store import facts
from monitor.work.holds import Held, add_hold, end_hold
from monitor.work.ingest import take_in
from monitor.work.purge import purge
from monitor.work.rights import Request
from monitor.work.withhold import Done, erase, lift, lift_what_is_over, rectify, restrict
from tests.build import a_raw, at
from tests.fakes import FixedClock, a_catalogue, a_house, house_settings
from tests.walks.test_rights import CASE, KEY, LAST, TITLE, Walk, places, walked
from tests.walks.test_rights import OFFICER as LOGIN

OFFICER = Actor(LOGIN, Role.PRIVACY)
MARCH = a_raw(TITLE, "Zaterdag 28 november om 14.00 uur is er een protestmars op de Grote Markt in Groningen.")
Act = Callable[[App, Request], Done]
ACTS: dict[str, Act] = {
    "rectify": rectify,
    "erase the words": partial(erase, whole=False),
    "erase the reports": partial(erase, whole=True),
}


def test_what_is_held_by_law_is_used_no_more_and_erased_when_the_hold_is_over(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def story(house: Walk) -> None:
        hold = add_hold(house.app, OFFICER, Held(event=1), reason="Bezwaar.", until=at(24, month=12))
        done = erase(house.app, house.ask(), whole=True)
        lift(house.app, house.ask())
        purge(house.app)

        assert (places(done.left), house.shown()) == ({"item"}, [f"{EventState.WITHDRAWN.value} 0"])
        assert LAST in house.kept()

        end_hold(house.app, OFFICER, hold)
        purge(house.app)
        assert LAST not in house.kept()

    walked(tmp_path, database_url, reader, story)


def test_what_waits_for_a_hold_to_be_erased_is_not_brought_back_by_a_restriction(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def story(house: Walk) -> None:
        add_hold(house.app, OFFICER, Held(event=1), reason="Bezwaar.", until=at(21, month=11, year=2027))
        erase(house.app, house.ask(), whole=True)
        restricted = restrict(house.app, house.ask(), until=at(25))
        house.clock.moment = at(26)

        assert restricted.changed == {"item": 0}
        assert lift_what_is_over(house.app) == 0
        assert lift(house.app, house.ask()).changed == {"item": 0}
        assert house.shown() == [f"{EventState.WITHDRAWN.value} 0"]

    walked(tmp_path, database_url, reader, story)


def a_held_report_and_another(app: App, held: RawItem, other: RawItem) -> None:
    """One event with two reports, of which the first stands under a hold."""
    events = {take_in(app, [report]).events for report in (held, other)}
    assert len(events) == 1
    add_hold(app, OFFICER, Held(source=held.source), reason="Bezwaar.", until=at(24, month=12))


@pytest.mark.parametrize("act", ACTS)
def test_no_new_row_tells_what_was_taken_out_while_another_report_is_held(
    tmp_path: Path, database_url: str, reader: Reader, act: str
) -> None:
    """Here it is the place of the event, which each of its reports tells."""

    async def walk() -> None:
        settings = replace(house_settings(tmp_path, database_url), fingerprint_key=KEY)
        async with a_house(settings, reader, FixedClock()) as app:
            a_held_report_and_another(app, MARCH, replace(MARCH, source="omroep", key="2"))

            done = ACTS[act](app, Request(OFFICER, CASE, sought_of(["Grote Markt"])))

            assert {(one.table, one.row) for one in done.left} == {("item", "1")}

    asyncio.run(walk())


def test_a_message_about_what_a_request_changed_holds_nothing_of_it_either(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    """Here it is the name of a source, which is in no report, and in each message about one."""

    async def walk() -> None:
        names = a_catalogue(tmp_path / "sources.toml", {"krant": "https://a.example/", "omroep": "https://b.example/"})
        names.write_text(names.read_text(encoding="utf-8").replace("Omroep", f"Omroep {LAST}"), encoding="utf-8")
        async with a_house(house_settings(tmp_path, database_url, names), reader, FixedClock()) as app:
            many = f"{MARCH.text} Er worden 1.500 deelnemers verwacht, meldt {LAST.upper()}."
            a_held_report_and_another(app, replace(MARCH, text=many), replace(MARCH, source="omroep", key="2"))

            done = rectify(app, Request(OFFICER, CASE, sought_of([LAST])))

            with app.store.read() as session:
                told = [(fact.kind, fact.id or 0) for fact in facts.facts_of(session, 1)]
                sent = {one.fact: one.message for one in facts.deliveries(session)}
            assert told[-1][0] is FactKind.LEVEL_CHANGED
            message = sent[told[-1][1]]
            assert message is not None
            assert LAST not in f"{message}"
            assert f"Omroep {MARK}" in "\n".join(message.lines)
            assert places(done.left) == {"item", "bestand"}  # what is held, and the list of sources itself

    asyncio.run(walk())
