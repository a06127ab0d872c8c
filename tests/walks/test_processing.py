"""Every step of the walks stands in the record of processing, joined, and names nobody (R43)."""

import asyncio
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from classifiers import Level, Reader
from monitor.commands.house import round_of_polls
from monitor.commands.serve import acts_of
from monitor.config import Retention
from monitor.domain.activity import ACTIVITIES
from monitor.errors import InvalidInput, StoreError
from monitor.logbook import Record, Status, parse
from monitor.store import items
from monitor.work.briefings import make_briefing
from monitor.work.corrections import corrections
from monitor.work.decisions import override_level
from monitor.work.ingest import take_in
from monitor.work.purge import purge
from monitor.work.signals import add_signal
from monitor.work.steps import step
from tests.build import NOON
from tests.fakes import Boards, FixedClock, a_catalogue, a_house, approve, house_settings, presses
from tests.planted import planted
from tests.walks.test_a_one_entry import TEXT, TITLE
from tests.walks.test_b_manual_signal import LIAISON, SIGNAL
from tests.walks.test_c_override import ADVISOR, MARCH

PEOPLE = planted("logboek", 18)
TRACE_ID, SPAN_ID = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{16}")


async def _all_walks(folder: Path, database_url: str, reader: Reader) -> None:
    """A poll with people in it, a signal, a level, two briefings, an approval, an export and a purge."""
    async with presses("127.0.0.31") as [press]:
        press.publish(TITLE, " ".join([TEXT, *(plant.sentence for plant in PEOPLE)]))
        settings = house_settings(folder, database_url, a_catalogue(folder / "sources.toml", {"krant": press.url}))
        async with a_house(settings, reader, FixedClock(), Boards()) as app:
            await round_of_polls(app, ["krant"])
            event = add_signal(app, LIAISON, SIGNAL)
            override_level(app, ADVISOR, event, level=Level.C, reason="Gezien in het overleg.")
            briefing = make_briefing(app)
            make_briefing(app, confidential=True)
            approve(app, ADVISOR, briefing)
            corrections(app)
            purge(app)
            await app.queue.drain(acts_of(app))


def _written(folder: Path) -> list[Record]:
    return [
        parse(line)
        for file in sorted((folder / "logboek").iterdir())
        for line in file.read_text(encoding="ascii").splitlines()
    ]


def test_every_step_of_every_walk_is_recorded_with_the_fields_of_the_standard(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    asyncio.run(_all_walks(tmp_path, database_url, reader))

    records = _written(tmp_path)
    steps = {(record.name, record.activity.rpartition("#verwerking-")[2]) for record in records}
    assert steps == {
        ("collect", "openbare-orde"), ("take_in", "openbare-orde"), ("assess", "openbare-orde"),
        ("tell", "waarschuwing"), ("deliver", "waarschuwing"),
        ("signal", "politiesignaal"), ("take_in", "politiesignaal"), ("assess", "politiesignaal"),
        ("decide", "beoordeling"), ("brief", "weekbriefing"), ("approve", "weekbriefing"),
        ("export_corrections", "nakijken"), ("lift_restrictions", "rechten"),
        ("purge", "bewaartermijn"), ("report_purge", "bewaartermijn"),
    }  # fmt: skip
    assert {record.activity for record in records} <= {
        activity.uri("https://torenwacht.example") for activity in ACTIVITIES.values()
    }
    assert [r for r in records if not (TRACE_ID.fullmatch(r.trace_id) and SPAN_ID.fullmatch(r.span_id))] == []
    assert len({record.span_id for record in records}) == len(records)
    assert {(record.start, record.end, record.status) for record in records} == {(NOON, NOON, Status.OK)}


def test_a_trace_goes_from_the_poll_to_every_delivery(tmp_path: Path, database_url: str, reader: Reader) -> None:
    asyncio.run(_all_walks(tmp_path, database_url, reader))

    records = _written(tmp_path)
    by_span = {record.span_id: record for record in records}

    def road(record: Record) -> str:
        before = by_span.get(record.parent_span_id)
        assert before is None or before.trace_id == record.trace_id
        return f"{road(before)} {record.name}" if before else record.name

    assert {record.parent_span_id for record in records} - {""} <= by_span.keys()
    assert {road(record) for record in records if record.name == "deliver"} >= {
        "collect take_in assess tell deliver",
        "signal take_in assess tell deliver",
        "brief tell deliver",
    }


def test_no_record_tells_of_anyone_or_of_what_was_read(tmp_path: Path, database_url: str, reader: Reader) -> None:
    asyncio.run(_all_walks(tmp_path, database_url, reader))

    written = "\n".join(file.read_text(encoding="ascii") for file in (tmp_path / "logboek").iterdir())
    people = [plant.words for plant in PEOPLE] + ["Oosterwijk", "06-12345678", LIAISON.name, ADVISOR.name]
    content = ["Grote Markt", "mars", "Euroborg", "krant", "overleg", "127.0.0.31"]
    assert written
    assert [words for words in [*people, *content] if words in written] == []
    assert "dpl.core.data_subject_id" not in written


def test_of_an_error_only_the_type_is_recorded(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with presses("127.0.0.31") as [press]:
            press.gone = True
            settings = house_settings(
                tmp_path, database_url, a_catalogue(tmp_path / "sources.toml", {"krant": press.url})
            )
            async with a_house(settings, reader, FixedClock()) as app:
                await round_of_polls(app, ["krant"])
                with pytest.raises(InvalidInput):
                    add_signal(app, LIAISON, replace(SIGNAL, text=PEOPLE[0].sentence))

    asyncio.run(walk())

    failed = {record.name: record.error for record in _written(tmp_path) if record.status is Status.ERROR}
    assert failed == {"collect": "monitor.errors.Gone", "signal": "monitor.errors.InvalidInput"}


def test_a_step_that_was_cut_off_is_neither_done_nor_failed(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            with step(app, "beheer", "wait"):
                raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(walk())

    [record] = _written(tmp_path)
    assert (record.status, record.error) == (Status.UNSET, "")


def test_a_batch_is_one_record_whatever_it_holds(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            take_in(app, [replace(MARCH, key=f"{n}", title=f"{MARCH.title} {n}") for n in range(60)])

    asyncio.run(walk())

    records = _written(tmp_path)
    told = [record for record in records if record.name == "assess"]
    assert Counter(record.name for record in records)["take_in"] == 1
    assert [record.counts["items.seen"] for record in told] == [50, 10]


def test_without_a_record_nothing_is_kept(tmp_path: Path, database_url: str, reader: Reader) -> None:
    """The norm asks for a write that was acknowledged: no record, then no processing."""

    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            (tmp_path / "logboek").write_text("", encoding="utf-8")
            with pytest.raises(StoreError):
                take_in(app, [MARCH])

            with app.store.read() as session:
                assert items.of_source(session, MARCH.source) == []

            (tmp_path / "logboek").unlink()
            assert take_in(app, [MARCH]).kept == 1

    asyncio.run(walk())


def test_the_purge_takes_days_past_their_term_and_counts_them(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        clock = FixedClock()
        settings = replace(house_settings(tmp_path, database_url), retention=Retention(logbook_days=30))
        async with a_house(settings, reader, clock) as app:
            take_in(app, [MARCH])
            clock.forward(days=29)
            assert purge(app)["logbook"] == 0
            clock.forward(days=1)
            assert purge(app)["logbook"] == 1

    asyncio.run(walk())

    assert sorted(file.name for file in (tmp_path / "logboek").iterdir()) == ["2026-12-21.jsonl", "2026-12-22.jsonl"]
