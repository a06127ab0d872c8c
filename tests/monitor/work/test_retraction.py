"""What is taken back is told to whoever heard of it, and to nobody else."""

from pathlib import Path

from alerts import Urgency
from classifiers import Level, Reader
from monitor.domain import Actor, Role
from monitor.work.decisions import merge_events, withdraw
from tests.build import at
from tests.fakes import Boards
from tests.monitor.work.test_bundle import QUIET, House, walk

ADVISOR = Actor("adviseur", Role.ADVISOR)


def test_what_was_withdrawn_before_anyone_heard_is_never_told(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def night(house: House, boards: Boards) -> None:
        gone, _ = house.happens(Level.B, 1), house.happens(Level.B, 2)
        await house.sends()
        withdraw(house.app, ADVISOR, gone, reason="Geen gebeurtenis")
        await house.sends(hours=8)

        assert boards.open.titles == ["[B – aandacht] Onrust, straat 2, vr 1 jan"]

    walk(tmp_path, database_url, reader, night, rules=QUIET)


def test_whoever_heard_of_it_hears_as_urgently_that_it_was_withdrawn(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def mistaken(house: House, boards: Boards) -> None:
        event = house.happens(Level.C, 1)
        await house.sends()
        withdraw(house.app, ADVISOR, event, reason="Geen gebeurtenis")
        await house.sends()

        for board in (boards.open, boards.closed):
            (opening, _), (message, thread) = board.sent
            assert (message.urgency, thread) == (Urgency.HIGH, opening.key)
            assert message.title.endswith("INGETROKKEN] Onrust, straat 1, vr 1 jan")

    walk(tmp_path, sqlite_url, reader, mistaken)


def test_thread_of_an_event_that_was_merged_away_tells_it(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def twice(house: House, boards: Boards) -> None:
        kept, gone = house.happens(Level.B, 1), house.happens(Level.B, 2)
        await house.sends()
        merge_events(house.app, ADVISOR, kept, gone, reason="Dezelfde")
        await house.sends()

        message, thread = boards.open.sent[-1]
        assert (message.about, thread) == (str(gone), boards.open.sent[1][0].key)
        assert message.lines[0] == "Wat is nieuw: samengevoegd met een andere gebeurtenis"

    walk(tmp_path, sqlite_url, reader, twice)


def test_bundle_tells_what_was_withdrawn_as_withdrawn(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def night(house: House, boards: Boards) -> None:
        told = [house.happens(Level.B, n) for n in (1, 2)]
        await house.sends()
        await house.sends(hours=1)
        withdraw(house.app, ADVISOR, told[0], reason="Geen gebeurtenis")
        house.happens(Level.B, 3)
        await house.sends()
        await house.sends(hours=10)

        bundle, _ = boards.open.sent[-1]
        assert bundle.title.endswith("1 × B, 1 × ingetrokken")
        assert "[B – aandacht · INGETROKKEN] Onrust, straat 1, vr 1 jan" in bundle.lines

    evening = at(1, 21, 30, month=1, year=2027)
    walk(tmp_path, sqlite_url, reader, night, rules=QUIET, now=evening)
