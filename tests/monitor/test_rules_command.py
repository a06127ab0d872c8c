"""`torenwacht rules try`: what would have been sent, told without a word of any event."""

import asyncio
from pathlib import Path

import pytest

from classifiers import Level, Reader
from monitor.cli import main
from monitor.clock import now
from monitor.domain import Actor, Role
from monitor.work.decisions import override_level
from monitor.work.ingest import take_in
from tests.fakes import FixedClock, a_house, house_settings
from tests.monitor.work.test_remind import MARCH

TABLE = """
[[rule]]
name = "omhoog"
change = ["niveau_omhoog"]
level = ["B", "C"]
urgency = 2
[[rule]]
name = "naar-b"
change = ["niveau_omhoog"]
level = ["B"]
urgency = 3
[[rule]]
name = "voetbal"
change = ["nieuw"]
category = ["voetbal"]
urgency = 2
"""


def a_told_house(folder: Path, url: str, reader: Reader) -> None:
    """One march that came in an hour ago and that an advisor raised to B."""

    async def walk() -> None:
        clock = FixedClock(now())
        clock.forward(hours=-1)
        async with a_house(house_settings(folder, url), reader, clock) as app:
            [event] = take_in(app, [MARCH]).events
            clock.forward(minutes=1)
            override_level(app, Actor("adviseur", Role.ADVISOR), event, level=Level.C, reason="Overleg")

    asyncio.run(walk())


def test_rules_are_tried_on_what_is_stored_and_nothing_is_sent(
    tmp_path: Path, sqlite_url: str, reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    a_told_house(tmp_path, sqlite_url, reader)
    (tmp_path / "nieuw.toml").write_text(TABLE, encoding="utf-8")
    house = {"TORENWACHT_DATA": str(tmp_path)}

    assert main(["rules", "try", "--since", "7d", "--rules", str(tmp_path / "nieuw.toml")], house) == 0

    told = capsys.readouterr().out
    assert told.splitlines()[0].startswith("2 veranderingen in 7 dagen. Met deze regels: 1 bericht;")
    assert "Kanaal console: 1 bericht" in told
    assert "gebeurtenis 1 · C · niveau omhoog · regel omhoog · urgentie 2 → console" in told
    assert "Regel 'naar-b' telt nooit mee: 'omhoog' staat ervoor en past altijd al." in told
    assert "Regel 'voetbal' paste in deze tijd nooit." in told
    assert "Grote Markt" not in told


def test_number_of_days_that_cannot_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "try", "--since", "maand"], {"TORENWACHT_DATA": str(tmp_path)}) == 2

    assert "Schrijf bijvoorbeeld 30d" in capsys.readouterr().err


def test_check_reads_the_send_rules_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nieuw.toml").write_text(TABLE.replace("urgency = 3", "urgency = 9"), encoding="utf-8")
    house = {"TORENWACHT_DATA": str(tmp_path), "TORENWACHT_RULES": str(tmp_path / "nieuw.toml")}

    assert main(["check"], house) == 2

    assert "Fout in nieuw.toml, rule[naar-b].urgency" in capsys.readouterr().err
