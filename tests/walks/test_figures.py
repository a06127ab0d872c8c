"""The figures of a month account for everything that was seen and decided (R46)."""

import asyncio
from dataclasses import replace
from pathlib import Path

from classifiers import Level, Reader
from monitor.app import App
from monitor.clock import today
from monitor.commands.serve import acts_of
from monitor.domain.account import Figures
from monitor.rules.figures import figures_of
from monitor.store import events, facts
from monitor.work.decisions import merge_events, override_level, split_event, withdraw
from monitor.work.ingest import take_in
from tests.build import a_raw
from tests.fakes import FixedClock, a_house, house_settings
from tests.walks.test_c_override import ADVISOR, MARCH

WANTED = a_raw(
    "Politie zoekt vermiste Anneke Terpstra", "Anneke Terpstra (34) wordt sinds gisteren vermist in Groningen."
)
WEATHER = a_raw("Zonnig weekend op komst", "Het wordt zaterdag zonnig en droog met twaalf graden.")
AGAIN = replace(MARCH, source="omroep", key="x")


def figures(app: App) -> Figures:
    """Those of this month."""
    with app.store.read() as session:
        return figures_of(facts.counts(session, today(app.clock())))


def test_what_was_seen_is_what_was_kept_and_what_was_dropped_for_a_reason(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            take_in(app, [MARCH, WANTED, WEATHER])
            take_in(app, [MARCH, AGAIN])

            found = figures(app)

            assert (found.seen, found.kept) == (4, 2)
            assert dict(found.dropped) == {"niet_relevant": 1, "persoonsbericht": 1}
            assert found.seen == found.kept + sum(found.dropped.values())
            assert (found.alerts, found.corrections, found.false_alarms) == (1, 0, 0)
            assert found.redactions["PERSOON"] > 0

    asyncio.run(walk())


def test_each_time_that_a_person_judges_otherwise_is_a_correction(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            [id, _] = take_in(app, [MARCH, AGAIN]).events
            with app.store.read() as session:
                [_, report] = events.sightings_of(session, id)
            override_level(app, ADVISOR, id, level=Level.B, reason="Zo is het.")
            assert figures(app).corrections == 0

            override_level(app, ADVISOR, id, level=Level.C, reason="Vorige keer liep het mis.")
            other = split_event(app, ADVISOR, id, report.item, reason="Een andere mars.")
            merge_events(app, ADVISOR, id, other, reason="Toch dezelfde.")

            assert (figures(app).corrections, figures(app).false_alarms) == (3, 0)

    asyncio.run(walk())


def test_an_event_that_is_taken_off_after_an_alert_is_a_false_alarm(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            [id] = take_in(app, [MARCH]).events
            await app.queue.drain(acts_of(app))

            withdraw(app, ADVISOR, id, reason="Dit is een toneelstuk.")

            assert (figures(app).corrections, figures(app).false_alarms) == (0, 1)

    asyncio.run(walk())
