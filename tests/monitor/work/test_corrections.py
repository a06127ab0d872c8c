"""What people corrected goes out for review: labelled, nameless, and never from the compartment (R25, R31)."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from classifiers import Level, Reader
from monitor.domain import Actor, Handling, Role
from monitor.store import people
from monitor.work.corrections import corrections
from monitor.work.decisions import override_level, withdraw
from monitor.work.ingest import take_in
from monitor.work.signals import add_signal
from tests.build import a_raw
from tests.fakes import FixedClock, a_house, house_settings
from tests.walks.test_b_manual_signal import LIAISON, SIGNAL

ADVISOR = Actor("a.adviseur", Role.ADVISOR)

MARCH = a_raw(
    "Protestmars over de Grote Markt",
    "Zaterdag 28 november om 14.00 uur vertrekt een protestmars vanaf de Grote Markt in Groningen. "
    "Bel Anneke Terpstra, 06-12345678. Er worden 1.500 deelnemers verwacht.",
)


def test_a_level_that_a_person_set_goes_out_with_the_redacted_text_and_no_name(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            [id] = take_in(app, [MARCH]).events
            override_level(app, ADVISOR, id, level=Level.C, reason="Vorige keer liep het mis.")

            [found] = corrections(app)

            machine = found.pop("machine")
            assert isinstance(machine, dict)
            assert (machine["category"], machine["level"], machine["event_level"], machine["indicators"]) == (
                "demonstratie", "B", "B", ["grote_opkomst", "verplaatsing"],
            )  # fmt: skip
            assert machine["model"] == reader.version
            assert str(found.pop("id")).startswith("gebeurtenis-")
            assert found == {
                "source_kind": "nieuws",
                "published": "2026-11-22T10:00:00+00:00",
                "title": "Protestmars over de Grote Markt",
                "text": found["text"],
                "person": {"decision": "niveau", "level": "C"},
                "reason": "Vorige keer liep het mis.",
                "decided": "2026-11-22",
                "reviewed": False,
            }
            assert "[naam]" in str(found["text"])
            assert not [word for word in ("Terpstra", "12345678", ADVISOR.name) if word in json.dumps([found, machine])]

    asyncio.run(walk())


def test_what_was_no_event_goes_out_with_the_reason(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            [id] = take_in(app, [MARCH]).events
            withdraw(app, ADVISOR, id, reason="Dit is een toneelstuk.")

            [found] = corrections(app)

            assert (found["person"], found["reason"]) == ({"decision": "geen_gebeurtenis"}, "Dit is een toneelstuk.")

    asyncio.run(walk())


def test_a_level_that_was_taken_back_is_no_correction(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            [id] = take_in(app, [MARCH]).events
            override_level(app, ADVISOR, id, level=Level.C, reason="Vorige keer liep het mis.")
            override_level(app, ADVISOR, id, level=None, reason="Toch niet.")

            assert corrections(app) == []

    asyncio.run(walk())


@pytest.mark.parametrize("handling", [Handling.CONFIDENTIAL, Handling.POLICE])
def test_an_open_event_that_the_compartment_knows_too_stays_inside(
    tmp_path: Path, database_url: str, reader: Reader, handling: Handling
) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            secret = replace(MARCH, source="besloten", handling=handling)
            [id] = set(take_in(app, [MARCH]).events + take_in(app, [secret]).events)
            override_level(app, ADVISOR, id, level=Level.C, reason="Volgens een melding.")

            assert corrections(app) == []

    asyncio.run(walk())


def test_a_signal_of_the_police_never_goes_out(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            judged, dropped = add_signal(app, LIAISON, SIGNAL), take_in(app, [replace(MARCH, handling=Handling.POLICE)])
            override_level(app, ADVISOR, judged, level=Level.A, reason="Al opgelost.")
            withdraw(app, ADVISOR, dropped.events[0], reason="Geen gebeurtenis.")

            assert corrections(app) == []

    asyncio.run(walk())


def test_a_report_without_text_stays_inside(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            title = "Zaterdag 28 november om 14.00 uur protestmars vanaf de Grote Markt in Groningen"
            [id] = take_in(app, [replace(MARCH, title=title, text="")]).events
            override_level(app, ADVISOR, id, level=Level.C, reason="Vorige keer liep het mis.")

            assert corrections(app) == []

    asyncio.run(walk())


def test_each_export_stands_in_the_audit_trail(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            corrections(app)

            with app.store.read() as session:
                [entry] = people.audit(session, 1)
            assert (entry.act, entry.what, entry.purpose) == ("corrections_exported", "corrections:0", "nakijken")

    asyncio.run(walk())
