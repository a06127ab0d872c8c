"""An approved briefing is a record: sealed, compared byte for byte, given out with its metadata (R41)."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from classifiers import Reader
from monitor.app import App
from monitor.commands.records import _verified, _written
from monitor.domain import Actor, Role
from monitor.store import briefings, people
from monitor.work.briefings import make_briefing
from monitor.work.records import broken_records, records
from tests.fakes import FixedClock, a_house, approve, house_settings

ADVISOR = Actor("adviseur", Role.ADVISOR)
Walk = Callable[[App, int], Coroutine[Any, Any, None]]


@pytest.fixture
def with_record(tmp_path: Path, database_url: str, reader: Reader) -> Callable[[Walk], None]:
    """Walks through a house with one approved briefing and one draft."""

    def run(walk: Walk) -> None:
        async def play() -> None:
            async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
                made = make_briefing(app)
                make_briefing(app, confidential=True)
                approve(app, ADVISOR, made)
                await walk(app, made)

        asyncio.run(play())

    return run


def test_a_record_goes_out_with_its_metadata_and_comes_back_the_same(
    with_record: Callable[[Walk], None], tmp_path: Path
) -> None:
    async def walk(app: App, made: int) -> None:
        assert _written(records(app), tmp_path / "archief") == 0

        metadata = json.loads((tmp_path / "archief" / f"briefing-{made}.json").read_text(encoding="utf-8"))
        html = (tmp_path / "archief" / f"briefing-{made}.html").read_bytes()
        assert sorted(file.suffix for file in (tmp_path / "archief").iterdir()) == [".html", ".json", ".pdf"]
        assert metadata["checksum"]["checksumWaarde"] == sha256(html).hexdigest()
        assert (metadata["archiefvormer"], metadata["beperkingGebruik"]) == ("Gemeente Groningen", "intern")
        assert [event["eventType"] for event in metadata["event"]] == ["Creatie", "Goedkeuring"]
        assert ADVISOR.name not in json.dumps(metadata)
        with app.store.read() as session:
            assert people.audit(session, 1)[0].act == "records_exported"

    with_record(walk)


def test_a_changed_byte_of_a_record_is_found(with_record: Callable[[Walk], None]) -> None:
    async def walk(app: App, made: int) -> None:
        assert broken_records(app) == []
        with app.store.begin() as session:
            briefings.get(session, made).html += " "

        assert broken_records(app) == [made]

    with_record(walk)


def test_who_changes_the_hash_too_is_betrayed_by_the_trail(with_record: Callable[[Walk], None]) -> None:
    async def walk(app: App, made: int) -> None:
        with app.store.begin() as session:
            found = briefings.get(session, made)
            found.html += " "
            found.sha256 = sha256(found.html.encode()).hexdigest()

        assert broken_records(app) == [made]

    with_record(walk)


@pytest.mark.parametrize(("broken", "code"), [([], 0), ([3], 1)])
def test_the_command_says_so_and_fails(broken: list[int], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert _verified(broken) == code

    told = capsys.readouterr()
    assert ("Briefing 3 is na de goedkeuring gewijzigd." in told.err) is bool(broken)
