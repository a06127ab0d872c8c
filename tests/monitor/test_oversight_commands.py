"""`torenwacht audit` and `torenwacht counters`: what those who oversee the house ask."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.cli import main
from monitor.clock import now
from monitor.domain import Purpose
from monitor.store import facts, open_store, people
from tests.build import NOON
from tests.intruders import intruder


@pytest.fixture
def environment(sqlite_url: str, tmp_path: Path) -> dict[str, str]:
    """A house in which someone looked at an event, two days ago and now."""
    with open_store(sqlite_url) as store, store.begin() as session:
        for at in (now() - timedelta(days=2), now()):
            people.add_audit(
                session, at=at, who="a", role="", act="event_viewed", what="event:1", purpose=Purpose.PUBLIC_ORDER
            )
        facts.count(session, NOON.date(), "items_seen", 3)
        facts.count(session, NOON.date(), "items_kept", 1)
        facts.count(session, NOON.date(), "items_dropped:te_oud", 2)
        facts.count(session, NOON.date(), "false_alarms", 1)
    return {"TORENWACHT_DATA": str(tmp_path), "TORENWACHT_ANCHORS": str(tmp_path / "elders" / "ankers.jsonl")}


def test_a_trail_that_is_whole_ends_with_0(environment: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "verify"], environment) == 0
    assert "Er is geen ankerbestand." in capsys.readouterr().out

    assert main(["audit", "anchor"], environment) == 0
    assert capsys.readouterr().out.startswith("1 dag bijgeschreven in ")

    assert main(["audit", "verify", "--anchors", environment["TORENWACHT_ANCHORS"]], environment) == 0
    assert capsys.readouterr().out == "Het logboek klopt: 2 regels, niets gewijzigd, weggehaald of erbij gezet.\n"


def test_a_trail_that_someone_changed_ends_with_1_and_tells_where(
    environment: dict[str, str], sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with intruder(sqlite_url) as them:
        them.sql("UPDATE audit_entry SET who = 'b' WHERE id = 2")

    assert main(["audit", "verify"], environment) == 1

    told = capsys.readouterr().err
    assert told.startswith("Regel 2 is gewijzigd.\n")
    assert "Meld dit bij de privacyfunctionaris" in told


def test_an_anchor_file_that_is_not_there_is_wrong_use(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "verify", "--anchors", "weg.jsonl"], environment) == 2
    assert "Er is geen bestand weg.jsonl" in capsys.readouterr().err


def test_the_figures_of_a_month_are_told_in_dutch_and_as_json(
    environment: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["counters", "--month", "2026-11"], environment) == 0
    told = capsys.readouterr().out
    assert "3 berichten gezien, 1 bewaard, 2 niet bewaard (te oud: 2)" in told
    assert "0 verbeteringen door een mens, 1 keer vals alarm" in told

    assert main(["counters", "--month", "2026-11", "--json"], environment) == 0
    assert json.loads(capsys.readouterr().out) == {
        "month": "2026-11", "seen": 3, "kept": 1, "dropped": {"te_oud": 2}, "alerts": 0, "corrections": 0,
        "false_alarms": 1, "redactions": {},
    }  # fmt: skip


def test_a_month_that_is_none_is_wrong_use(environment: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["counters", "--month", "vorige"], environment) == 2
    assert "Schrijf een jaar en een maand" in capsys.readouterr().err
