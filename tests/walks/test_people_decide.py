"""What people decide stands, can be taken back, and is asked about when later reports speak against it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from classifiers import Category, Level, Reader
from monitor.app import App
from monitor.commands.serve import acts_of
from monitor.domain import Actor, Event, EventState, FactKind, Role
from monitor.errors import Conflict, InvalidInput, NotAllowed
from monitor.store import events, facts
from monitor.work import decisions
from monitor.work.decisions import correct, lapse, link_notification, override_level, part_events, restore, undo
from monitor.work.ingest import take_in
from tests.build import a_raw
from tests.fakes import Boards, FixedClock, a_house, house_settings

ADVISOR = Actor("adviseur", Role.ADVISOR)
WHY = "Besproken met de organisatie."

MARCH = a_raw(
    "Protestmars over de Grote Markt",
    "Zaterdag 28 november om 14.00 uur vertrekt een protestmars vanaf de Grote Markt in Groningen. "
    "Er worden 1.500 deelnemers verwacht.",
)
FAIR = a_raw(
    "Boekenmarkt op de Ossenmarkt",
    "Zondag 29 november van 10.00 tot 16.00 uur is er een boekenmarkt op de Ossenmarkt in Groningen.",
)


@dataclass
class Table:
    """An advisor at work, and what the open channel heard."""

    app: App
    clock: FixedClock
    boards: Boards

    def event(self, id: int) -> Event:
        with self.app.store.read() as session:
            return events.get(session, id)

    def kinds(self, id: int) -> list[FactKind]:
        with self.app.store.read() as session:
            return [fact.kind for fact in facts.facts_of(session, id)]

    async def told(self) -> str:
        await self.app.queue.drain(acts_of(self.app))
        return self.boards.open.words


Sitting = Callable[[Callable[[Table], Coroutine[Any, Any, None]]], None]


@pytest.fixture
def sitting(tmp_path: Path, database_url: str, reader: Reader) -> Sitting:
    """Runs what an advisor does at a house of its own, on each database."""

    @asynccontextmanager
    async def table() -> AsyncIterator[Table]:
        boards, clock = Boards(), FixedClock()
        async with a_house(house_settings(tmp_path, database_url), reader, clock, boards) as app:
            yield Table(app, clock, boards)

    def run(act: Callable[[Table], Coroutine[Any, Any, None]]) -> None:
        async def walk() -> None:
            async with table() as at:
                await act(at)

        asyncio.run(walk())

    return run


def test_corrected_indicators_make_the_level_and_the_machines_stays_beside_it(sitting: Sitting) -> None:
    async def act(at: Table) -> None:
        [id] = take_in(at.app, [MARCH]).events
        correct(at.app, ADVISOR, id, category=None, added=["blokkade", "tegendemonstratie"], struck=[], reason=WHY)

        event = at.event(id)
        assert (event.level, event.machine_level, event.reviewed) == (Level.C, Level.B, False)
        assert {"blokkade", "tegendemonstratie", "verplaatsing"} <= {e.code for e in event.evidence}
        assert {e.by for e in event.evidence if e.code == "blokkade"} == {"mens"}
        assert "C – signaal, nog niet beoordeeld" in await at.told()

    sitting(act)


def test_a_struck_indicator_weighs_no_more_and_returns_with_undo(sitting: Sitting) -> None:
    async def act(at: Table) -> None:
        [id] = take_in(at.app, [MARCH]).events
        correct(at.app, ADVISOR, id, category=None, added=[], struck=["verplaatsing"], reason=WHY)
        without = at.event(id)
        undo(at.app, ADVISOR, id, reason="Er is toch een route.")
        again = at.event(id)

        assert (without.level, again.level) == (Level.A, Level.B)
        assert "verplaatsing" not in {e.code for e in without.evidence}
        assert "verplaatsing" in {e.code for e in again.evidence}

    sitting(act)


def test_a_corrected_category_names_the_event(sitting: Sitting) -> None:
    async def act(at: Table) -> None:
        [id] = take_in(at.app, [MARCH]).events
        correct(at.app, ADVISOR, id, category=Category.EVENT, added=[], struck=[], reason="Het is een optocht.")

        event = at.event(id)
        assert (event.category, event.machine_category) == (Category.EVENT, Category.DEMONSTRATION)
        assert event.title == "Evenement, Grote Markt, za 28 nov"
        assert FactKind.CORRECTED in at.kinds(id)

    sitting(act)


def test_a_report_that_shows_what_was_struck_makes_the_machine_ask(sitting: Sitting) -> None:
    again = a_raw(
        "Mars trekt door de binnenstad",
        "De protestmars van zaterdag 28 november om 14.00 uur loopt vanaf de Grote Markt via het Zuiderdiep "
        "naar de Vismarkt. De route is bekend.",
        source="omroep",
    )

    async def act(at: Table) -> None:
        [id] = take_in(at.app, [MARCH]).events
        correct(at.app, ADVISOR, id, category=None, added=[], struck=["verplaatsing"], reason=WHY)
        assert take_in(at.app, [again]).events == (id,)

        assert FactKind.REVIEW_ASKED in at.kinds(id)
        assert "dat was weggehaald. Klopt dat nog?" in await at.told()
        assert "verplaatsing" not in {e.code for e in at.event(id).evidence}

    sitting(act)


def test_a_level_until_a_day_holds_to_its_end_and_then_the_machine_has_its_word_back(sitting: Sitting) -> None:
    async def act(at: Table) -> None:
        [id] = take_in(at.app, [MARCH]).events
        override_level(at.app, ADVISOR, id, level=Level.A, reason=WHY, until=date(2026, 11, 24))
        at.clock.moment = at.clock.moment.replace(day=24, hour=22)
        held = (lapse(at.app), at.event(id).level)
        at.clock.forward(hours=3)
        over = (lapse(at.app), at.event(id).level)

        assert (held, over) == ((0, Level.A), (1, Level.B))
        assert lapse(at.app) == 0
        assert not at.event(id).reviewed

    sitting(act)


@pytest.mark.parametrize("until", [date(2026, 11, 20), date(2028, 1, 1)], ids=["past", "too far"])
def test_a_level_cannot_hold_until_such_a_day(sitting: Sitting, until: date) -> None:
    async def act(at: Table) -> None:
        [id] = take_in(at.app, [MARCH]).events
        with pytest.raises(InvalidInput) as wrong:
            override_level(at.app, ADVISOR, id, level=Level.A, reason=WHY, until=until)
        assert set(wrong.value.problems) == {"until"}

    sitting(act)


def test_undo_takes_back_one_decision_and_once_more_brings_it_in_again(sitting: Sitting) -> None:
    async def act(at: Table) -> None:
        [id] = take_in(at.app, [MARCH]).events
        override_level(at.app, ADVISOR, id, level=Level.C, reason=WHY)
        override_level(at.app, ADVISOR, id, level=Level.A, reason=WHY)
        levels = []
        for _ in range(2):
            undo(at.app, ADVISOR, id, reason="Toch niet.")
            levels.append(at.event(id).level)

        assert levels == [Level.C, Level.A]

    sitting(act)


def test_without_a_decision_there_is_nothing_to_undo(sitting: Sitting) -> None:
    async def act(at: Table) -> None:
        [id] = take_in(at.app, [MARCH]).events
        with pytest.raises(Conflict):
            undo(at.app, ADVISOR, id, reason=WHY)

    sitting(act)


def test_a_withdrawal_and_a_merge_can_be_taken_back(sitting: Sitting) -> None:
    async def act(at: Table) -> None:
        [march] = take_in(at.app, [MARCH]).events
        [fair] = take_in(at.app, [FAIR]).events
        before = at.event(fair)
        decisions.merge_events(at.app, ADVISOR, march, fair, reason="Dit leek hetzelfde.")
        decisions.withdraw(at.app, ADVISOR, march, reason="Dit leek niets.")
        restore(at.app, ADVISOR, march, reason="Het is toch iets.")
        assert (at.event(march).state, at.event(march).reports) == (EventState.OPEN, 2)

        assert part_events(at.app, ADVISOR, fair, reason="Het zijn er twee.") == march

        after = at.event(fair)
        assert (after.state, after.merged_into, after.title) == (EventState.OPEN, None, before.title)
        assert (at.event(march).reports, after.reports) == (1, 1)

    sitting(act)


def test_a_level_that_came_along_with_a_merge_goes_back_with_it(sitting: Sitting) -> None:
    async def act(at: Table) -> None:
        [march] = take_in(at.app, [MARCH]).events
        [fair] = take_in(at.app, [FAIR]).events
        link_notification(at.app, ADVISOR, fair, notification="2026-D-118", permit="")
        override_level(at.app, ADVISOR, fair, level=Level.C, reason=WHY)
        decisions.merge_events(at.app, ADVISOR, march, fair, reason="Dit leek hetzelfde.")
        together = at.event(march)
        part_events(at.app, ADVISOR, fair, reason="Het zijn er twee.")

        assert (together.level, together.reviewed, together.notification) == (Level.C, True, "2026-D-118")
        assert (at.event(march).level, at.event(march).reviewed) == (Level.B, False)
        assert (at.event(fair).level, at.event(fair).reviewed) == (Level.C, True)

    sitting(act)


@pytest.mark.parametrize("act_of", [restore, part_events])
def test_what_was_not_done_cannot_be_taken_back(sitting: Sitting, act_of: Callable[..., object]) -> None:
    async def act(at: Table) -> None:
        [id] = take_in(at.app, [MARCH]).events
        with pytest.raises(Conflict):
            act_of(at.app, ADVISOR, id, reason=WHY)

    sitting(act)


def test_a_linked_notification_answers_the_question_for_it(sitting: Sitting) -> None:
    async def act(at: Table) -> None:
        [id] = take_in(at.app, [MARCH]).events
        link_notification(at.app, ADVISOR, id, notification="2026-D-118", permit="")
        override_level(at.app, ADVISOR, id, level=Level.C, reason=WHY)

        assert "Kennisgeving: gemeld, nummer 2026-D-118" in await at.told()
        assert at.kinds(id).count(FactKind.NOTIFICATION_LINKED) == 1

    sitting(act)


@pytest.mark.parametrize("number", ["!", "x" * 41, "06-12345678", "j.jansma@voorbeeld.example"])
def test_what_is_no_number_or_is_personal_is_not_linked(sitting: Sitting, number: str) -> None:
    async def act(at: Table) -> None:
        [id] = take_in(at.app, [MARCH]).events
        with pytest.raises(InvalidInput):
            link_notification(at.app, ADVISOR, id, notification=number, permit="")
        assert at.event(id).notification == ""

    sitting(act)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"category": Category.NONE}, "category"),
        ({"added": ["bestaat_niet"]}, "codes"),
        ({"added": ["blokkade"], "struck": ["blokkade"]}, "codes"),
        ({"reason": ""}, "reason"),
        ({"reason": "Gebeld met 06-12345678."}, "reason"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_changes_nothing(
    sitting: Sitting, wrong: dict[str, Any], field: str
) -> None:
    async def act(at: Table) -> None:
        [id] = take_in(at.app, [MARCH]).events
        given: dict[str, Any] = {"category": None, "added": [], "struck": [], "reason": WHY}
        with pytest.raises(InvalidInput) as problem:
            correct(at.app, ADVISOR, id, **given | wrong)
        assert set(problem.value.problems) == {field}
        assert FactKind.CORRECTED not in at.kinds(id)

    sitting(act)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADVISOR])
def test_only_an_advisor_decides(sitting: Sitting, role: Role) -> None:
    async def act(at: Table) -> None:
        [id] = take_in(at.app, [MARCH]).events
        someone = Actor("iemand", role)
        for forbidden in (
            lambda: correct(at.app, someone, id, category=None, added=[], struck=[], reason=WHY),
            lambda: undo(at.app, someone, id, reason=WHY),
            lambda: restore(at.app, someone, id, reason=WHY),
            lambda: part_events(at.app, someone, id, reason=WHY),
            lambda: link_notification(at.app, someone, id, notification="1", permit=""),
        ):
            with pytest.raises(NotAllowed):
                forbidden()

    sitting(act)
