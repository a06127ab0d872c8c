"""Walk C: an advisor sets the level; the machine's stands beside it, and asks when it rises above."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from classifiers import Category, Level, Reader
from monitor.commands.serve import acts_of
from monitor.domain import Actor, FactKind, Role
from monitor.errors import Conflict, InvalidInput, NotAllowed
from monitor.store import events, facts
from monitor.work.briefings import make_briefing
from monitor.work.decisions import acknowledge, merge_events, override_level, split_event, withdraw
from monitor.work.ingest import take_in
from monitor.work.signals import add_signal
from tests.build import a_raw, at
from tests.fakes import Boards, FixedClock, a_house, house_settings
from tests.walks.test_b_manual_signal import SIGNAL

ADVISOR = Actor("adviseur", Role.ADVISOR)

MARCH = a_raw(
    "Protestmars over de Grote Markt",
    "Zaterdag 28 november om 14.00 uur vertrekt een protestmars vanaf de Grote Markt in Groningen. "
    "Er worden 1.500 deelnemers verwacht.",
)
WORSE = a_raw(
    "Tegenstanders komen naar de protestmars op de Grote Markt",
    "Bij de protestmars van zaterdag 28 november om 14.00 uur op de Grote Markt komt een tegendemonstratie. "
    "De politie verwacht een confrontatie tussen beide groepen deelnemers.",
    source="omroep",
)


def test_a_persons_level_stands_above_the_machines(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        boards = Boards()
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock(), boards) as app:
            [id] = take_in(app, [MARCH]).events
            override_level(app, ADVISOR, id, level=Level.A, reason="Goed overleg met de organisatie.")
            await app.queue.drain(acts_of(app))

            with app.store.read() as session:
                event = events.get(session, id)
                changed = facts.facts_of(session, id)[-1]
            assert (event.level, event.machine_level, event.reviewed) == (Level.A, Level.B, True)
            assert (
                changed.kind, changed.by, changed.data["from"], changed.data["to"],
            ) == (FactKind.LEVEL_CHANGED, "adviseur", "B", "A")  # fmt: skip
            assert "gezet door een adviseur" in boards.open.words

    asyncio.run(walk())


def test_the_machine_asks_for_a_review_and_the_level_stays(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        boards = Boards()
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock(), boards) as app:
            [id] = take_in(app, [MARCH]).events
            override_level(app, ADVISOR, id, level=Level.A, reason="Goed overleg met de organisatie.")
            assert (id,) == take_in(app, [WORSE]).events
            await app.queue.drain(acts_of(app))

            with app.store.read() as session:
                event = events.get(session, id)
                kinds = [fact.kind for fact in facts.facts_of(session, id)]
            assert (event.level, event.machine_level) == (Level.A, Level.C)
            assert FactKind.REVIEW_ASKED in kinds
            assert "de machine ziet nu C, het niveau is A. Klopt dat nog?" in boards.open.words

    asyncio.run(walk())


def test_a_withdrawn_level_gives_the_machine_its_word_back(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            [id] = take_in(app, [MARCH]).events
            override_level(app, ADVISOR, id, level=Level.C, reason="Er komen meer mensen.")
            override_level(app, ADVISOR, id, level=None, reason="Dat bleek niet te kloppen.")

            with app.store.read() as session:
                event = events.get(session, id)
                reasons = [override.reason for override in events.overrides_of(session, id)]
            assert (event.level, event.machine_level, event.reviewed) == (Level.B, Level.B, False)
            assert {"Er komen meer mensen.", "Dat bleek niet te kloppen."} == set(reasons)

    asyncio.run(walk())


def test_a_decision_needs_the_role_and_a_clean_reason(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            [id] = take_in(app, [MARCH]).events
            with pytest.raises(NotAllowed):
                override_level(app, Actor("beheer", Role.ADMIN), id, level=Level.A, reason="Zomaar.")
            with pytest.raises(InvalidInput):
                override_level(app, ADVISOR, id, level=Level.A, reason="  ")
            with pytest.raises(InvalidInput):
                override_level(app, ADVISOR, id, level=Level.A, reason="Gebeld met 06-12345678.")
            with app.store.read() as session:
                assert events.overrides_of(session, id) == []

    asyncio.run(walk())


def test_events_merge_and_split_and_go(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            [one] = take_in(app, [MARCH]).events
            [other] = take_in(
                app,
                [
                    a_raw(
                        "Manifestatie op het Zuiderdiep",
                        "Zondag 29 november om 12.00 uur is er een manifestatie op het Gedempte Zuiderdiep.",
                    )
                ],
            ).events
            merge_events(app, ADVISOR, one, other, reason="Dit is dezelfde actie.")
            with app.store.read() as session:
                assert events.get(session, one).reports == 2
                assert one == events.get(session, other).merged_into
                moved = events.sightings_of(session, one)[-1].item

            split = split_event(app, ADVISOR, one, moved, reason="Toch twee acties.")
            withdraw(app, ADVISOR, split, reason="Gaat niet door, is geen actie.")
            with app.store.read() as session:
                assert events.get(session, one).reports == 1
                assert events.get(session, split).state.value == "ingetrokken"
            with pytest.raises(Conflict):
                override_level(app, ADVISOR, split, level=Level.A, reason="Te laat.")

    asyncio.run(walk())


def test_what_a_person_says_of_a_confidential_event_needs_a_role_in_its_compartment(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            id = add_signal(app, Actor("liaison", Role.LIAISON), SIGNAL)
            for role in (Role.PROJECT, Role.EDITOR, Role.ADMIN, Role.PRIVACY):
                with pytest.raises(NotAllowed):
                    acknowledge(app, Actor("iemand", role), id)
            acknowledge(app, ADVISOR, id)
            with pytest.raises(NotAllowed):
                make_briefing(app, confidential=True, by=Actor("redacteur", Role.EDITOR))

    asyncio.run(walk())


def test_a_level_set_in_the_compartment_does_not_count_once_the_event_is_open(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    """It rests on what others may not know."""

    async def walk() -> None:
        boards = Boards()
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock(), boards) as app:
            signal = replace(SIGNAL, category=Category.FOOTBALL, starts=at(27, 20), ends=at(27, 22))
            id = add_signal(app, Actor("liaison", Role.LIAISON), signal)
            override_level(app, ADVISOR, id, level=Level.C, reason="Besproken met de politie.")
            text = "Vrijdag 27 november om 20.00 uur speelt FC Groningen in de Euroborg."
            take_in(app, [a_raw("FC Groningen speelt in de Euroborg", text)])
            await app.queue.drain(acts_of(app))

            with app.store.read() as session:
                event = events.get(session, id)
            assert (event.public, event.level, event.reviewed) == (True, Level.A, False)
            assert "C" not in {title[1] for title in boards.open.titles}
            assert "Besproken" not in boards.open.words

    asyncio.run(walk())
