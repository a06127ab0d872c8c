"""What waits on one channel comes together, nothing is lost, and nothing is told twice."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

import monitor.log
from alerts import Message, TryLater
from classifiers import Level, Reader
from monitor.app import App
from monitor.commands.serve import acts_of
from monitor.domain import FactKind
from monitor.store import events, facts
from monitor.work.deliver import empty_unsent
from monitor.work.journal import record
from tests.build import an_event, at
from tests.databases import set_clock
from tests.fakes import Board, Boards, FixedClock, a_house, house_settings
from tests.overheard import Overheard

MIDNIGHT = at(1, month=1, year=2027)
QUIET = """
[[rule]]
name = "nieuw"
change = ["nieuw", "verplaatst", "niveau_omhoog"]
urgency = 2
[[quiet]]
channel = "adviseurs"
from = 22:00:00
until = 07:00:00
"""
AREAS = ("BU00140000", "BU00140001", "BU00140002", "")


class Editable(Board):
    """A channel on which the first message of a thread can be changed."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[str, Message] = {}
        self.moods: list[Exception] = []

    async def send(self, message: Message, *, attempt: int, thread: str | None) -> str:
        """A first message is shown, unless a mood comes first."""
        if self.moods:
            raise self.moods.pop(0)
        if thread is None:
            self.shown[message.key] = message
        return await super().send(message, attempt=attempt, thread=thread)

    async def edit(self, message: Message, *, receipt: str) -> None:
        """Shows it in the place of the first."""
        self.shown[receipt] = message


def busy(boards: Boards) -> None:
    """The open channel asks for patience, once."""
    assert isinstance(boards.open, Editable)
    boards.open.moods.append(TryLater("busy", after=60))


class House:
    """A house in which a test lets things happen, on either database."""

    def __init__(self, app: App, clock: FixedClock, url: str) -> None:
        self.app, self._clock, self._url = app, clock, url

    def happens(self, level: Level = Level.B, n: int = 0, *, public: bool = True) -> int:
        """A new event of this level."""
        with self.app.store.begin() as session:
            found = events.add(
                session,
                an_event(
                    id=None, title=f"Onrust, straat {n}, vr 1 jan", level=level, machine_level=level, area=AREAS[n % 4],
                    starts=self._clock(), ends=None, opened_at=self._clock(), changed_at=self._clock(), public=public,
                ),
            )  # fmt: skip
            record(self.app, session, FactKind.EVENT_OPENED, event=found)
            return found.id or 0

    def moves(self, event: int) -> None:
        """It is moved."""
        with self.app.store.begin() as session:
            record(
                self.app, session, FactKind.MOVED, event=events.get(session, event),
                data={"was": "do 31 dec", "from": "B", "to": "B"},
            )  # fmt: skip

    def cancels(self, event: int) -> None:
        """It is cancelled."""
        with self.app.store.begin() as session:
            record(self.app, session, FactKind.CANCELLED, event=events.get(session, event))

    def rises(self, event: int) -> None:
        """It becomes a C."""
        with self.app.store.begin() as session:
            risen = events.get(session, event)
            risen.level = risen.machine_level = Level.C
            session.add(risen)
            record(self.app, session, FactKind.LEVEL_CHANGED, event=risen, data={"from": "B", "to": "C"})

    async def sends(self, **later: float) -> None:
        """Lets time pass, then does what is due."""
        self._clock.forward(**later)
        if not self._url.startswith("sqlite"):
            set_clock(self._url, self._clock())
        await self.app.queue.drain(acts_of(self.app))


def walk(
    tmp_path: Path,
    url: str,
    reader: Reader,
    act: Callable[[House, Boards], Awaitable[None]],
    *,
    rules: str = "",
    now: datetime = MIDNIGHT,
) -> None:
    """Opens a house at `now`, with these send rules, and does `act`."""

    async def run() -> None:
        boards, clock = Boards(open=Editable()), FixedClock(now)
        settings = house_settings(tmp_path, url)
        if rules:
            (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
            settings = replace(settings, rules=tmp_path / "rules.toml")
        async with a_house(settings, reader, clock, boards) as app:
            await act(House(app, clock, url), boards)

    asyncio.run(run())


def test_two_hundred_events_in_an_hour_are_a_picture_and_none_is_lost(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def night(house: House, boards: Boards) -> None:
        for n in range(200):
            house.happens(Level.C if n % 25 == 24 else Level.B if n % 3 else Level.A, n)
            if n % 10 == 9:
                await house.sends(minutes=3)
        await house.sends(minutes=20)

        alone = [m for m, _ in boards.open.sent if "gebeurtenissen" not in m.title]
        bundles = [m for m, _ in boards.open.sent if "gebeurtenissen" in m.title]
        assert sum(int(m.title.split()[0]) for m in bundles) + len(alone) == 200
        assert sum("C – " in m.title for m in alone) == 8
        assert len(boards.open.sent) <= 24
        assert all(len(m.title) <= 150 and len("\n".join(m.lines)) <= 3_000 for m in bundles)
        with house.app.store.read() as session:
            rows = [row for row in facts.deliveries(session) if row.channel == "adviseurs"]
        assert [row.id for row in rows if row.sent_at is None] == []

    walk(tmp_path, database_url, reader, night)


def test_what_piles_up_at_once_is_one_message_with_the_gravest_first(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def burst(house: House, boards: Boards) -> None:
        for n in range(30):
            house.happens(Level.C if n in (20, 25) else Level.B, n)
        await house.sends()

        [message] = [m for m, _ in boards.open.sent]
        assert message.title == "30 gebeurtenissen om 00.00 uur: 2 × C, 28 × B"
        assert message.lines[0].startswith("Waar: ")
        assert message.lines[1].startswith("[C – signaal, nog niet beoordeeld] Onrust, straat 20, vr 1 jan https://")
        assert message.lines[-1] == "… en 16 andere in het weekbeeld"

    walk(tmp_path, sqlite_url, reader, burst)


def test_quiet_hours_keep_all_but_a_c_and_tell_it_together_when_they_end(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def night(house: House, boards: Boards) -> None:
        first = house.happens(Level.B, 1)
        await house.sends()
        house.moves(first)
        house.happens(Level.B, 2)
        house.happens(Level.C, 3)
        await house.sends(hours=1)
        assert boards.open.titles == ["[C – signaal, nog niet beoordeeld] Onrust, straat 3, vr 1 jan"]

        await house.sends(hours=6)
        assert boards.open.titles[1:] == ["2 gebeurtenissen om 00.00 uur: 2 × B"]
        assert boards.closed.titles[0].endswith("straat 1, vr 1 jan")

        await house.sends(hours=8)
        assert len(boards.open.sent) == 2

    walk(tmp_path, database_url, reader, night, rules=QUIET)


def test_a_c_passes_what_is_held_of_its_own_event_and_tells_it(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def night(house: House, boards: Boards) -> None:
        event = house.happens(Level.B, 1)
        await house.sends()
        house.rises(event)
        await house.sends(minutes=1)
        assert boards.open.titles == ["[C – signaal, nog niet beoordeeld] Onrust, straat 1, vr 1 jan"]

        await house.sends(hours=8)
        assert len(boards.open.sent) == 1
        with house.app.store.read() as session:
            held, passing = (row for row in facts.deliveries(session) if row.channel == "adviseurs")
            assert (held.bundle, held.sent_at) == (passing.id, passing.sent_at)

    walk(tmp_path, database_url, reader, night, rules=QUIET)


def test_what_a_c_already_told_is_not_told_again_in_a_bundle(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def night(house: House, boards: Boards) -> None:
        *_, event = [house.happens(Level.B, n) for n in (1, 2, 3)]
        await house.sends()
        house.rises(event)
        await house.sends(minutes=1)
        await house.sends(hours=8)

        assert boards.open.titles == [
            "[C – signaal, nog niet beoordeeld] Onrust, straat 3, vr 1 jan",
            "2 gebeurtenissen om 00.00 uur: 2 × B",
        ]

    walk(tmp_path, database_url, reader, night, rules=QUIET)


def test_after_a_bundle_the_next_message_of_an_event_starts_its_thread(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def burst(house: House, boards: Boards) -> None:
        first, *_ = [house.happens(Level.B, n) for n in range(12)]
        await house.sends()
        for _ in range(2):
            house.moves(first)
            await house.sends(minutes=16)

        assert boards.open.titles[0].startswith("12 gebeurtenissen")
        (opening, thread), (_, joined) = boards.open.sent[1:]
        assert (thread, joined) == (None, opening.key)
        assert opening.title.endswith("Onrust, straat 0, vr 1 jan")
        assert opening.lines[0] == "Wat is nieuw: verplaatst; was do 31 dec"

    walk(tmp_path, sqlite_url, reader, burst)


def test_what_may_not_be_told_any_more_goes_from_a_bundle_that_waits(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def burst(house: House, boards: Boards) -> None:
        busy(boards)
        found = [house.happens(Level.B, n) for n in range(12)]
        await house.sends()
        assert boards.open.sent == []
        with house.app.store.begin() as session:
            empty_unsent(house.app, session, found[3])
        await house.sends(minutes=2)

        [message] = [m for m, _ in boards.open.sent]
        assert message.title == "11 gebeurtenissen om 00.00 uur: 11 × B"
        assert "straat 4" in boards.open.words
        assert "straat 3" not in boards.open.words

    walk(tmp_path, database_url, reader, burst)


def test_a_bundle_of_which_nothing_may_be_told_is_not_sent(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def burst(house: House, boards: Boards) -> None:
        busy(boards)
        found = [house.happens(Level.B, n) for n in range(12)]
        await house.sends()
        with house.app.store.begin() as session:
            for event in found:
                empty_unsent(house.app, session, event)
        await house.sends(minutes=2)

        assert boards.open.sent == []

    walk(tmp_path, sqlite_url, reader, burst)


def test_bundle_of_an_open_channel_neither_counts_nor_names_what_is_confidential(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    """R31; and on a closed channel the two come apart."""

    async def burst(house: House, boards: Boards) -> None:
        for n in range(24):
            house.happens(Level.B, n, public=n % 2 == 0)
        await house.sends()
        await house.sends(minutes=15)

        assert [title.split(":")[0] for title in boards.open.titles] == ["12 gebeurtenissen om 00.00 uur"]
        assert [n for n in range(1, 24, 2) if f"straat {n}," in boards.open.words] == []
        assert [(m.title.split()[0], m.confidential) for m, _ in boards.closed.sent] == [("12", False), ("12", True)]

    walk(tmp_path, sqlite_url, reader, burst)


def test_an_open_channel_does_not_hear_that_a_confidential_message_was_refused(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    """R31; those who may know it hear it."""

    async def refuses(house: House, boards: Boards) -> None:
        log = Overheard()
        monitor.log.set_up("INFO", log)
        house.happens(Level.B, 1, public=False)
        with house.app.store.begin() as session:
            [row] = facts.deliveries(session)
            row.channel = "adviseurs"
            session.add(row)
        await house.sends()

        assert boards.open.sent == []
        assert [(m.title, m.confidential) for m, _ in boards.closed.sent] == [
            ("Een bericht op kanaal 'adviseurs' komt niet aan", True)
        ]
        assert "adviseurs" in log.getvalue()
        assert "confidential" not in log.getvalue()

    walk(tmp_path, sqlite_url, reader, refuses)


def test_first_message_shows_the_present_and_the_news_stands_in_its_thread(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def moved(house: House, boards: Boards) -> None:
        event = house.happens(Level.B, 1)
        await house.sends()
        house.moves(event)
        await house.sends(minutes=1)

        assert isinstance(boards.open, Editable)
        [(receipt, shown)] = boards.open.shown.items()
        assert (shown.key, shown.lines[0]) == (receipt, "Wat is nieuw: verplaatst; was do 31 dec")
        assert [thread for _, thread in boards.open.sent] == [None, receipt]

    walk(tmp_path, sqlite_url, reader, moved)


def test_what_arrives_after_newer_news_says_so_and_leaves_the_first_message_as_it_is(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def outage(house: House, boards: Boards) -> None:
        event = house.happens(Level.B, 1)
        await house.sends()
        house.moves(event)
        busy(boards)
        await house.sends(minutes=1)
        house.cancels(event)
        await house.sends(seconds=1)
        await house.sends(minutes=2)

        assert isinstance(boards.open, Editable)
        news = [message.lines[0] for message, _ in boards.open.sent[1:]]
        assert news == [
            "Wat is nieuw: afgelast of verboden volgens een bron",
            "Let op: dit oudere bericht van vr 1 jan 00.00 uur kwam te laat aan.",
        ]
        assert [shown.lines[0] for shown in boards.open.shown.values()] == news[:1]
        assert len({thread for _, thread in boards.open.sent[1:]}) == 1

    walk(tmp_path, database_url, reader, outage)


@pytest.mark.parametrize(("minutes", "told"), [(59, 2), (60, 3)])
def test_same_change_rests_for_its_cooldown(
    tmp_path: Path, sqlite_url: str, reader: Reader, minutes: int, told: int
) -> None:
    async def confirmed(house: House, boards: Boards) -> None:
        event = house.happens(Level.B, 1)
        for wait in (1, minutes):
            await house.sends(minutes=wait)
            with house.app.store.begin() as session:
                record(house.app, session, FactKind.CONFIRMED, event=events.get(session, event))
        await house.sends()

        assert len(boards.open.sent) == told

    walk(tmp_path, sqlite_url, reader, confirmed)
