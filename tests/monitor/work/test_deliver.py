"""Outbox -> channel: exactly once as near as it gets."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from alerts import Line, Message, Refused, Switchboard, Topic, TryLater, Urgency
from classifiers import Reader
from monitor.app import App, open_app
from monitor.commands.serve import acts_of
from monitor.domain import FactKind
from monitor.queue import Again
from monitor.store import facts
from monitor.work.deliver import deliver, give_up
from monitor.work.ingest import take_in
from tests.build import NOON, a_raw, at
from tests.fakes import FixedClock, house_settings
from tests.walks.test_c_override import MARCH

AGAIN = a_raw(
    "Protestmars zaterdag: drukte verwacht op de Grote Markt",
    "Op zaterdag 28 november is er om 14.00 uur een protestmars op de Grote Markt in Groningen. "
    "Er worden 1.500 deelnemers verwacht.",
    source="omroep",
)
"""The same march, by another source."""

LATER = a_raw(
    "Protestmars op de Grote Markt afgelast",
    "De protestmars van zaterdag 28 november om 14.00 uur op de Grote Markt in Groningen is afgelast.",
    source="gemeente",
)
"""That it is off."""


@dataclass
class Moody:
    """A channel that does what a test tells it, then sends."""

    moods: list[BaseException] = field(default_factory=list)
    attempts: list[int] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    follows: list[str] = field(default_factory=list)
    """Of each message that was sent, what it names as the first one."""

    async def send(self, message: Message, *, attempt: int, thread: str | None) -> str:
        """Raises the next mood, if there is one."""
        self.attempts.append(attempt)
        if self.moods:
            raise self.moods.pop(0)
        self.sent.append(message.key)
        self.follows.append(message.follows)
        return "receipt"


def walk(
    tmp_path: Path,
    url: str,
    reader: Reader,
    channel: Moody,
    act: Callable[[App], object],
    *,
    clock: FixedClock | None = None,
) -> None:
    """Takes one demonstration in, and does `act`."""

    async def run() -> None:
        line = Line("kanaal", channel, frozenset(Topic), Urgency.LOW, False, "kanaal")
        settings = house_settings(tmp_path, url)
        async with open_app(
            settings, reader=reader, clock=clock or FixedClock(), switchboard=Switchboard([line])
        ) as app:
            take_in(app, [MARCH])
            found = act(app)
            if asyncio.iscoroutine(found):
                await found

    asyncio.run(run())


def test_a_channel_that_asks_for_patience_is_tried_again(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    """On SQLite, whose queue asks our clock; that both engines keep the pause stands in the contract of the queue."""
    channel, clock = Moody([TryLater("busy", after=30)]), FixedClock()

    async def act(app: App) -> None:
        await app.queue.drain(acts_of(app))
        assert channel.sent == []
        clock.forward(seconds=31)
        await app.queue.drain(acts_of(app))

    walk(tmp_path, sqlite_url, reader, channel, act, clock=clock)
    # The second attempt says so: the channel first looks whether the message is there already.
    assert channel.attempts == [1, 2]
    assert len(channel.sent) == 1


def test_an_alert_does_not_wait_behind_polls_that_are_late(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    clock, begun = FixedClock(), list[str]()

    async def begin(name: str, **_args: object) -> None:
        begun.append(name)

    async def act(app: App) -> None:
        with app.store.begin() as session:
            for number in range(2):
                app.queue.put(session, "poll", {"source": f"s{number}"}, due=clock() - timedelta(minutes=5))
        await app.queue.drain({name: partial(begin, name) for name in ("poll", "deliver")})

    walk(tmp_path, sqlite_url, reader, Moody(), act, clock=clock)
    assert begun == ["deliver", "poll", "poll"]


def test_a_delivery_that_was_made_is_not_made_again(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    channel = Moody()

    async def act(app: App) -> None:
        await deliver(app, 1)
        await deliver(app, 1, attempt=2)

    walk(tmp_path, sqlite_url, reader, channel, act)
    assert channel.attempts == [1]


def test_a_refusal_is_remembered_and_told_once(tmp_path: Path, database_url: str, reader: Reader) -> None:
    refusal = Refused("channel_not_found", "Controleer de naam van het kanaal.")
    channel = Moody([refusal, refusal])

    async def act(app: App) -> None:
        await app.queue.drain(acts_of(app))
        with app.store.read() as session:
            kinds = [fact.kind for fact in facts.facts_between(session, NOON, at(30))]
            rows = facts.deliveries(session)
        # The message about the refusal is refused too, and that one goes no further.
        assert kinds.count(FactKind.DELIVERY_REFUSED) == 2
        assert [bool(row.refused) for row in rows] == [True, True]
        assert app.queue.waiting() == 0

    walk(tmp_path, database_url, reader, channel, act)
    assert channel.sent == []


def test_a_delivery_that_is_given_up_is_told_and_does_not_block_its_thread(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    channel, clock = Moody([ValueError("unexpected") for _ in range(6)]), FixedClock()

    async def act(app: App) -> None:
        for _ in range(6):
            await app.queue.drain(acts_of(app))
            clock.forward(hours=7)
        assert channel.sent == ["feit-2"]
        take_in(app, [AGAIN])
        await app.queue.drain(acts_of(app))
        with app.store.read() as session:
            told = {row.id: facts.get(session, row.fact).kind for row in facts.deliveries(session)}
            assert told == {1: FactKind.EVENT_OPENED, 2: FactKind.DELIVERY_REFUSED, 3: FactKind.CONFIRMED}
            rows = facts.deliveries(session)
            assert [row.refused for row in rows] == ["given up after faults in the program", "", ""]
            assert rows[1].message is not None
            assert rows[1].message.lines[0].startswith("Er zit een fout in het programma")
        await give_up(app, 3)

        with app.store.read() as session:
            assert [row.refused for row in facts.deliveries(session)[1:]] == ["", ""]

    walk(tmp_path, sqlite_url, reader, channel, act, clock=clock)
    assert channel.sent == ["feit-2", "feit-3"]


def test_a_delivery_that_only_waited_is_not_asked_for_and_one_that_was_offered_is(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    """Whatever job brings it: the process may have died between the offer and the answer."""
    channel = Moody([KeyboardInterrupt()])

    async def act(app: App) -> None:
        with pytest.raises(KeyboardInterrupt):
            await deliver(app, 1, attempt=3)
        await deliver(app, 1, attempt=1)

    walk(tmp_path, sqlite_url, reader, channel, act)
    assert channel.attempts == [1, 2]


def test_patience_reaches_the_queue(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def act(app: App) -> None:
        with pytest.raises(Again) as again:
            await deliver(app, 1)
        assert again.value.after == 12.0

    walk(tmp_path, sqlite_url, reader, Moody([TryLater("busy", after=12.0)]), act)


@pytest.mark.parametrize("asked", [1_764_000_000.0, float("inf")])
def test_a_channel_makes_a_message_wait_six_hours_at_most(
    tmp_path: Path, sqlite_url: str, reader: Reader, asked: float
) -> None:
    channel, clock = Moody([TryLater("busy", after=asked)]), FixedClock()

    async def act(app: App) -> None:
        await app.queue.drain(acts_of(app))
        clock.forward(hours=6)
        await app.queue.drain(acts_of(app))

    walk(tmp_path, sqlite_url, reader, channel, act, clock=clock)

    assert (channel.attempts, len(channel.sent)) == ([1, 2], 1)


def test_a_delivery_that_was_purged_is_no_fault(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    channel = Moody()
    walk(tmp_path, sqlite_url, reader, channel, lambda app: deliver(app, 4711))
    assert channel.attempts == []


def test_a_later_message_names_the_first_one_while_that_is_kept(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    channel, clock = Moody(), FixedClock()

    async def act(app: App) -> None:
        await app.queue.drain(acts_of(app))
        take_in(app, [AGAIN])
        await app.queue.drain(acts_of(app))
        with app.store.begin() as session:
            assert facts.empty_messages(session, at(30)) == 2
        take_in(app, [LATER])
        await app.queue.drain(acts_of(app))

    walk(tmp_path, sqlite_url, reader, channel, act, clock=clock)
    assert channel.follows == ["", "[B – aandacht] Demonstratie, Grote Markt, za 28 nov", ""]


def test_an_open_message_does_not_name_a_confidential_one(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    """R31: the channel may have lost the mark that it had when the first one was sent."""
    channel, clock = Moody(), FixedClock()

    async def act(app: App) -> None:
        await app.queue.drain(acts_of(app))
        with app.store.begin() as session:
            first = facts.delivery(session, 1)
            assert first.message is not None
            first.message = replace(first.message, confidential=True)
            session.add(first)
        take_in(app, [AGAIN])
        await app.queue.drain(acts_of(app))

    walk(tmp_path, sqlite_url, reader, channel, act, clock=clock)
    assert channel.follows == ["", ""]


def test_a_later_message_waits_for_the_first_of_its_event(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    """One thread per event: the second would else open a thread of its own."""
    channel, clock = Moody([TryLater("busy", after=30)]), FixedClock()

    async def act(app: App) -> None:
        await app.queue.drain(acts_of(app))
        take_in(app, [AGAIN])
        await app.queue.drain(acts_of(app))
        assert channel.sent == []
        clock.forward(seconds=120)
        await app.queue.drain(acts_of(app))

    walk(tmp_path, sqlite_url, reader, channel, act, clock=clock)
    assert len(channel.sent) == 2
    assert channel.sent == sorted(channel.sent)
