"""`torenwacht logboek`: the record of processing for those who oversee the house; and what `brief` leaves behind."""

from pathlib import Path

import pytest

from monitor.cli import main
from monitor.clock import now, today
from monitor.domain import MACHINE, Purpose
from monitor.logbook import open_logbook
from monitor.store import open_store, people
from tests.monitor.test_logbook import DONE


@pytest.fixture
def environment(sqlite_url: str, tmp_path: Path) -> dict[str, str]:
    """A house that did one thing, on 22 November 2026."""
    assert sqlite_url
    open_logbook(tmp_path, 3650).write(DONE)
    return {"TORENWACHT_DATA": str(tmp_path)}


def _audited(url: str, act: str, what: str) -> list[tuple[str, str]]:
    with open_store(url) as store, store.read() as session:
        return [(entry.who, entry.purpose) for entry in people.audit_of(session, act, what)]


def test_the_records_of_some_days_are_taken_out_and_that_is_in_the_trail(
    environment: dict[str, str], sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "uit.jsonl"

    argv = ["logboek", "export", "--from", "2026-11-22", "--to", "2026-11-22", "--out", str(file)]
    assert main(argv, environment) == 0

    assert file.read_text(encoding="utf-8") == f"{DONE.line()}\n"
    assert "(1 verwerking)" in capsys.readouterr().out
    what = "logbook:2026-11-22:2026-11-22"
    assert _audited(sqlite_url, "logbook_exported", what) == [(MACHINE.name, Purpose.OVERSIGHT)]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (("gisteren", "2026-11-22"), "'gisteren' is geen dag"),
        (("2026-11-22", "2026-11-21"), "Draai --from en --to om"),
    ],
)
def test_days_that_are_none_are_wrong_use(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], days: tuple[str, str], words: str
) -> None:
    first, last = days

    argv = ["logboek", "export", "--from", first, "--to", last, "--out", str(tmp_path / "uit.jsonl")]
    assert main(argv, environment) == 2

    assert words in capsys.readouterr().err


def test_whole_records_are_counted_by_activity(environment: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["logboek", "check"], environment) == 0
    assert capsys.readouterr().out == (
        "openbare-orde: 1 verwerking, 0 mislukt\nHet logboek van verwerkingen klopt: 1 regel.\n"
    )


def test_a_torn_record_is_found_and_not_repeated(
    environment: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "logboek" / "2026-11-22.jsonl").open("a", encoding="utf-8") as file:
        file.write(DONE.line()[:200] + "\n")

    assert main(["logboek", "check"], environment) == 1

    told = capsys.readouterr().err
    assert told.startswith("2026-11-22.jsonl, regel 2: geen volledige verwerking.\n1 regel klopt niet.")
    assert DONE.trace_id not in told


def test_a_briefing_that_is_written_to_a_file_is_in_the_trail(
    environment: dict[str, str], sqlite_url: str, tmp_path: Path
) -> None:
    assert main(["brief", "--out", str(tmp_path / "uit")], environment) == 0

    assert _audited(sqlite_url, "briefing_exported", "briefing:1") == [(MACHINE.name, Purpose.BRIEFING)]
    assert [file.stem for file in open_logbook(tmp_path, 3650).files()][-1] == today(now()).isoformat()
