"""`torenwacht purge`, `deletions`, `hold` and `backup`: what goes, its proof, what stays longer, and a copy."""

import sqlite3
import stat
from pathlib import Path

import pytest

from monitor.cli import main
from monitor.clock import now
from monitor.domain import Role, User
from monitor.store import open_store, people, seen

Said = pytest.CaptureFixture[str]


@pytest.fixture
def environment(tmp_path: Path, sqlite_url: str) -> dict[str, str]:
    """A house with a privacy officer and an advisor, and a fingerprint whose term is over."""
    with open_store(sqlite_url) as store, store.begin() as session:
        for name, role in (("priva", Role.PRIVACY), ("advies", Role.ADVISOR)):
            people.add_user(session, User(name=name, role=role, password_hash="", created_at=now()))
        seen.remember(session, [("oud", "krant")], delete_after=now())
    return {"TORENWACHT_DATA": str(tmp_path)}


def test_a_purge_prints_its_proof_and_the_proof_can_be_asked_again(environment: dict[str, str], capsys: Said) -> None:
    assert main(["purge"], environment) == 0
    printed = capsys.readouterr().out
    assert main(["deletions"], environment) == 0
    told = capsys.readouterr().out

    assert "vingerafdrukken verwijderd: 1, aan de beurt van " in printed
    [proof] = [line for line in printed.splitlines() if "Bewijs" in line]
    assert proof in told
    assert "In reservekopieën kan dit nog staan tot " in told
    assert "Het bewijs is heel" in told


def test_a_changed_proof_fails(environment: dict[str, str], tmp_path: Path, capsys: Said) -> None:
    main(["purge"], environment)
    with sqlite3.connect(tmp_path / "torenwacht.sqlite") as connection:
        connection.execute("update deletion set count = 0")
    connection.close()

    assert main(["deletions"], environment) == 1
    assert "vanaf ronde 1 is er iets veranderd" in capsys.readouterr().out


def test_a_hold_is_added_listed_and_lifted_by_the_privacy_officer(environment: dict[str, str], capsys: Said) -> None:
    until = f"{now().year + (now().month == 12)}-12-31"
    add = ["hold", "add", "--from", "2026-01-01", "--to", "2026-02-01", "--until", until, "--reason", "Een bezwaar."]

    assert main([*add, "--as", "advies"], environment) == 1
    assert main([*add, "--as", "niemand"], environment) == 2
    assert main([*add, "--as", "priva"], environment) == 0
    main(["hold", "list"], environment)
    assert main(["hold", "end", "1", "--as", "priva"], environment) == 0
    main(["hold", "list"], environment)

    told = capsys.readouterr().out
    assert "1: do 1 jan 2026 tot zo 1 feb 2026, tot " in told
    assert "door priva: Een bezwaar." in told
    assert "1: do 1 jan 2026 tot zo 1 feb 2026, voorbij sinds " in told


def test_a_backup_is_a_whole_database_for_its_owner_alone(
    environment: dict[str, str], tmp_path: Path, capsys: Said
) -> None:
    file = tmp_path / "kopie.sqlite"

    assert main(["backup", "--out", str(file)], environment) == 0
    assert main(["backup", "--out", str(file)], environment) == 1

    said = capsys.readouterr()
    assert "Verwijder deze kopie binnen 28 dagen" in said.out
    assert "bestaat al" in said.err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with open_store(f"sqlite:///{file}") as store, store.read() as session:
        assert [user.name for user in people.users(session)] == ["advies", "priva"]


def test_a_copy_of_postgresql_is_the_work_of_its_own_tools(postgres_url: str, tmp_path: Path, capsys: Said) -> None:
    environment = {"TORENWACHT_DATA": str(tmp_path), "TORENWACHT_DATABASE": postgres_url}

    assert main(["backup", "--out", str(tmp_path / "kopie.sqlite")], environment) == 1

    assert "pg_dump" in capsys.readouterr().err
    assert not (tmp_path / "kopie.sqlite").exists()
