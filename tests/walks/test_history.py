"""What became otherwise of an event is kept, part by part, with the report or the person that brought it about."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlmodel import select

from classifiers import Category, Level, Reader
from monitor.app import App
from monitor.domain import Actor, Part, Revision, Role
from monitor.rules.history import parts_of
from monitor.rules.sought import sought_of
from monitor.store import events, history, items
from monitor.web import create_web
from monitor.work.decisions import (
    link_notification,
    merge_events,
    override_level,
    part_events,
    restore,
    split_event,
    withdraw,
)
from monitor.work.ingest import take_in
from monitor.work.purge import purge
from monitor.work.removal import source_gone
from monitor.work.rights import Request
from monitor.work.signals import add_signal
from monitor.work.withhold import lift, rectify, restrict
from tests.build import a_raw, at
from tests.fakes import FixedClock, a_house, house_settings
from tests.monitor.web.desk import seat, words
from tests.walks.test_b_manual_signal import LIAISON, SIGNAL

ADVISOR = Actor("adviseur", Role.ADVISOR)
OFFICER = Actor("p.privacy", Role.PRIVACY)
WHY = "Besproken met de organisatie."
TITLE = "Protestmars over de Grote Markt"
TEXT = "Zaterdag 28 november om 14.00 uur vertrekt een protestmars vanaf de Grote Markt in Groningen."
FIRST = a_raw(TITLE, TEXT, key="mars")
LATER = a_raw(TITLE, TEXT.replace("14.00", "16.00"), key="mars")
Told = list[tuple[str, str, str]]


@dataclass
class Table:
    """A house at work."""

    app: App
    clock: FixedClock

    def opened(self) -> int:
        """The event of the first report."""
        [id] = take_in(self.app, [FIRST]).events
        return id

    def rows(self, id: int, *, public_only: bool = False) -> list[Revision]:
        """What became otherwise, oldest first."""
        with self.app.store.read() as session:
            return history.of_event(session, id, public_only=public_only)[::-1]

    def told(self, id: int) -> Told:
        """Part, what it was and what it is."""
        return [(row.part.value, row.was, row.now) for row in self.rows(id)]

    def now(self, id: int) -> dict[Part, str]:
        """Every part as it is."""
        with self.app.store.read() as session:
            return parts_of(events.get(session, id))


Sitting = Callable[[Callable[[Table], Coroutine[Any, Any, None]]], None]


@pytest.fixture
def sitting(tmp_path: Path, database_url: str, reader: Reader) -> Sitting:
    """Runs what happens at a house of its own, on each database."""

    def run(act: Callable[[Table], Coroutine[Any, Any, None]]) -> None:
        async def walk() -> None:
            clock = FixedClock()
            async with a_house(house_settings(tmp_path, database_url), reader, clock) as app:
                await act(Table(app, clock))

        asyncio.run(walk())

    return run


TWO_O_CLOCK = "2026-11-28T13:00:00+00:00//minuut"
FOUR_O_CLOCK = "2026-11-28T15:00:00+00:00//minuut"


def test_what_a_newer_report_changes_is_kept_with_that_report(sitting: Sitting) -> None:
    async def act(table: Table) -> None:
        id = table.opened()
        assert table.rows(id) == []  # a first picture is no change

        table.clock.forward(hours=2)
        take_in(table.app, [LATER])

        [row] = table.rows(id)
        with table.app.store.read() as session:
            newest = items.items_of(session, id)[-1]
        kept = (row.part, row.was, row.now, row.report, row.source, row.by, row.at, row.public)
        assert kept == (
            Part.PERIOD, TWO_O_CLOCK, FOUR_O_CLOCK, newest.id, "krant", "machine", table.clock(), True,
        )  # fmt: skip

    sitting(act)


def test_what_people_do_is_kept_with_who_did_it(sitting: Sitting) -> None:
    async def act(table: Table) -> None:
        id = table.opened()
        override_level(table.app, ADVISOR, id, level=Level.B, reason=WHY)
        link_notification(table.app, ADVISOR, id, notification="Z-1", permit="")
        withdraw(table.app, ADVISOR, id, reason=WHY)
        restore(table.app, ADVISOR, id, reason=WHY)

        assert table.told(id) == [
            ("niveau", "A", "B"),
            ("beoordeeld door een mens", "nee", "ja"),
            ("kennisgeving", "", "Z-1"),
            ("stand", "open", "ingetrokken"),
            ("stand", "ingetrokken", "open"),
        ]
        assert {(row.by, row.report, row.source) for row in table.rows(id)} == {("adviseur", None, "")}

    sitting(act)


def test_the_history_leads_from_the_first_picture_to_the_one_that_stands(sitting: Sitting) -> None:
    async def act(table: Table) -> None:
        id = table.opened()
        first = table.now(id)
        [other] = take_in(
            table.app, [a_raw("Demonstratie op de Vismarkt", TEXT.replace("Grote Markt", "Vismarkt"))]
        ).events
        table.clock.forward(hours=1)
        take_in(table.app, [LATER])
        merge_events(table.app, ADVISOR, id, other, reason=WHY)
        part_events(table.app, ADVISOR, other, reason=WHY)
        override_level(table.app, ADVISOR, id, level=Level.C, reason=WHY)
        table.clock.forward(days=30)
        purge(table.app)

        for row in table.rows(id):
            assert first[row.part] == row.was
            first[row.part] = row.now
        assert first == table.now(id)
        assert first[Part.STATE] == "gesloten"

    sitting(act)


def test_a_split_is_kept_at_the_event_that_it_changes(sitting: Sitting) -> None:
    async def act(table: Table) -> None:
        id = table.opened()
        table.clock.forward(hours=2)
        take_in(table.app, [LATER])
        later = table.rows(id)[-1].report or 0

        new = split_event(table.app, ADVISOR, id, later, reason=WHY)

        assert ("tijd", FOUR_O_CLOCK, TWO_O_CLOCK) in table.told(id)
        assert Part.PERIOD not in {row.part for row in table.rows(new)}
        assert table.rows(id)[0].report == later  # it told so, whatever event it reports now

    sitting(act)


def test_a_report_that_goes_leaves_its_change_and_its_source(sitting: Sitting) -> None:
    """Taken back by its source, or past its term: the row points at nothing then, and not at another report."""

    async def act(table: Table) -> None:
        id = table.opened()
        table.clock.forward(hours=2)
        take_in(table.app, [LATER, a_raw("Demonstratie op de Grote Markt", TEXT, source="omroep")])
        source = replace(table.app.sources["krant"], follows_removal=True)

        assert source_gone(table.app, source) == 1

        assert {row.source for row in table.rows(id)} == {"krant", "omroep"}
        with table.app.store.read() as session:
            left = {item.id for item in items.items_of(session, id)}
        assert {row.report for row in table.rows(id)} <= left | {None}
        assert {row.report for row in table.rows(id) if row.source == "krant"} == {None}

    sitting(act)


def test_the_purge_empties_the_cause_with_the_report_and_takes_the_history_with_the_event(sitting: Sitting) -> None:
    async def act(table: Table) -> None:
        id = table.opened()
        table.clock.forward(hours=2)
        take_in(table.app, [LATER])

        table.clock.forward(days=120)
        purge(table.app)
        with table.app.store.read() as session:
            assert items.count(session) == 0
        assert next((row.part, row.report, row.source) for row in table.rows(id)) == (Part.PERIOD, None, "krant")

        table.clock.forward(days=700)
        purge(table.app)
        with table.app.store.read() as session:
            assert (events.count(session), list(session.exec(select(Revision)))) == (0, [])

    sitting(act)


def a_secret(table: Table, place: str = "Grote Markt") -> int:
    """A confidential event of that Saturday, of which an advisor decided something; its id."""
    signal = replace(SIGNAL, category=Category.DEMONSTRATION, starts=at(28, 14), ends=at(28, 16), place=place)
    id = add_signal(table.app, LIAISON, signal)
    override_level(table.app, ADVISOR, id, level=Level.C, reason=WHY)
    link_notification(table.app, ADVISOR, id, notification="Z-GEHEIM", permit="")
    return id


def test_what_came_to_be_in_the_compartment_stays_there_when_the_event_becomes_open(sitting: Sitting) -> None:
    async def act(table: Table) -> None:
        id = a_secret(table)
        table.clock.forward(hours=3)
        assert table.opened() == id

        with table.app.store.read() as session:
            event = events.get(session, id)
        assert event.first_seen == event.changed_at == table.clock()  # not when the signal came
        assert (event.notification, event.revision) == ("", 1)

        assert {Part.LEVEL, Part.NOTIFICATION, Part.PUBLIC} <= {row.part for row in table.rows(id)}
        assert table.rows(id, public_only=True) == []

    sitting(act)


def test_what_an_open_event_gets_by_a_merge_from_a_confidential_one_is_not_told(sitting: Sitting) -> None:
    async def act(table: Table) -> None:
        secret = a_secret(table, "Ossenmarkt")
        table.clock.forward(hours=3)
        id = table.opened()
        assert secret != id

        merge_events(table.app, ADVISOR, id, secret, reason=WHY)

        assert Part.NOTIFICATION not in {row.part for row in table.rows(id)}
        with table.app.store.read() as session:
            kept = events.get(session, id)
        assert (kept.notification, kept.first_seen, kept.moved) == ("", table.clock(), False)
        assert table.rows(id, public_only=True) == table.rows(secret, public_only=True) == []

    sitting(act)


def test_an_open_event_tells_openly_what_open_reports_change(sitting: Sitting) -> None:
    """A signal that joined it changes nothing of that."""

    async def act(table: Table) -> None:
        id = table.opened()
        add_signal(table.app, LIAISON, replace(SIGNAL, starts=at(28, 14), ends=at(28, 16), place="Grote Markt"))
        assert table.rows(id, public_only=True) == []

        table.clock.forward(hours=2)
        take_in(table.app, [LATER])

        assert [(row.part, row.now) for row in table.rows(id, public_only=True)] == [(Part.PERIOD, FOUR_O_CLOCK)]

    sitting(act)


def test_what_someone_asked_to_take_out_goes_out_of_the_history_too(sitting: Sitting) -> None:
    async def act(table: Table) -> None:
        id = table.opened()
        link_notification(table.app, ADVISOR, id, notification="Uilenspiegel", permit="")
        link_notification(table.app, ADVISOR, id, notification="Z-1", permit="")

        rectify(table.app, Request(OFFICER, "AVG-2026-014", sought_of(["Uilenspiegel"])))

        assert table.told(id) == [("kennisgeving", "", "[verwijderd]"), ("kennisgeving", "[verwijderd]", "Z-1")]

    sitting(act)


def test_what_a_restricted_report_told_is_not_shown_until_that_is_over(sitting: Sitting) -> None:
    async def act(table: Table) -> None:
        id = table.opened()
        table.clock.forward(hours=2)
        take_in(table.app, [replace(LATER, text=f"{LATER.text} Trompettist erbij.")])
        request = Request(OFFICER, "AVG-2026-014", sought_of(["Trompettist"]))

        for _ in range(2):  # nor does the row of an earlier end of it tell
            restrict(table.app, request)
            assert [row for row in table.told(id) if FOUR_O_CLOCK in row] == []
            lift(table.app, request)

        there, back = ("tijd", TWO_O_CLOCK, FOUR_O_CLOCK), ("tijd", FOUR_O_CLOCK, TWO_O_CLOCK)
        assert [row for row in table.told(id) if FOUR_O_CLOCK in row] == [there, back, there, back, there]

    sitting(act)


def test_the_page_tells_what_changed_and_who_told_it(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    with asyncio.Runner() as runner:
        house = a_house(house_settings(tmp_path, sqlite_url), reader, clock := FixedClock())
        app = runner.run(house.__aenter__())
        try:
            table = Table(app, clock)
            id = table.opened()
            clock.forward(hours=2)
            take_in(app, [LATER])
            override_level(app, ADVISOR, id, level=Level.B, reason=WHY)
            report = table.rows(id)[0].report
            page = seat(app, create_web(app), runner, Role.PROJECT).get(f"/gebeurtenissen/{id}")
        finally:
            runner.run(house.__aexit__(None, None, None))

    assert words(page, "[aria-labelledby=veranderd] summary") == "3 wijzigingen, de nieuwste eerst"
    assert words(page, "[aria-labelledby=veranderd] li:nth-child(2)") == (
        "zo 22 nov 14.00 uur Niveau : van A – regulier naar B – aandacht (een adviseur)"
    )
    assert words(page, "[aria-labelledby=veranderd] li:nth-child(3)") == (
        "zo 22 nov 14.00 uur Tijd : van za 28 nov 14.00 uur naar za 28 nov 16.00 uur ( Krant )"
    )
    tree = LexborHTMLParser(page.text)
    [link] = tree.css("[aria-labelledby=veranderd] a")
    assert link.attributes["href"] == f"#bericht-{report}"
    assert tree.css_first(link.attributes["href"] or "") is not None
