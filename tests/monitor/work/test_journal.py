"""What a message may name."""

import asyncio
from dataclasses import replace
from pathlib import Path

from classifiers import Level, Reader
from monitor.domain import Actor, Handling, Role
from monitor.store import facts
from monitor.work.decisions import override_level
from monitor.work.ingest import take_in
from tests.build import a_raw
from tests.fakes import Boards, FixedClock, a_catalogue, a_house, house_settings

MARCH = a_raw(
    "Mars over de Grote Markt",
    "Zaterdag 28 november om 14.00 uur vertrekt een protestmars vanaf de Grote Markt in Groningen.",
)


def test_an_open_message_names_no_source_of_the_compartment(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        names = {"krant": "https://krant.example/rss", "besloten": "https://besloten.example/rss"}
        settings = house_settings(tmp_path, sqlite_url, a_catalogue(tmp_path / "sources.toml", names))
        async with a_house(settings, reader, FixedClock(), Boards()) as app:
            secret = replace(MARCH, source="besloten", handling=Handling.CONFIDENTIAL)
            [event] = set(take_in(app, [MARCH]).events + take_in(app, [secret]).events)

            override_level(app, Actor("adviseur", Role.ADVISOR), event, level=Level.C, reason="Overleg")

            with app.store.read() as session:
                last = facts.deliveries(session)[-1].message
            assert last is not None
            assert not last.confidential
            assert "Bronnen: 1 (Krant)" in last.lines

    asyncio.run(walk())
