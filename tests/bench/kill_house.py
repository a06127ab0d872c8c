"""The house that `kill.py` kills: a worker with the real queue, database and Slack channel, in a hurry.

Its time, and that of its database, goes faster than ours, so that pauses of an hour fit in a measure of minutes.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import psycopg

import alerts.slack  # noqa: F401  # so that no house has to load it
import classifiers
from classifiers import Level
from monitor.app import App, open_app
from monitor.clock import now
from monitor.commands.serve import acts_of
from monitor.config import Settings
from monitor.domain import Event, FactKind
from monitor.log import set_up
from monitor.queue import Act, Queue
from monitor.queue.cluster import Cluster
from monitor.queue.embedded import Embedded
from monitor.store import events
from monitor.work.journal import record
from tests.build import an_event
from tests.fakes import every_event

READER = classifiers.load()
"""Loaded once, by the process that all houses are forked from."""
_HEARTBEAT, _STALLED, _REST = 0.5, 3.0, 0.25
"""Seconds of ours; the product has 10 and 30, and rests 60 on SQLite and 5 on PostgreSQL."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Time that began at `start` and goes `times` as fast."""

    start: datetime
    times: int

    def clock(self) -> datetime:
        """What time it is in the house."""
        return self.start + (now() - self.start) * self.times

    def hurry(self, url: str) -> None:
        """Gives a PostgreSQL database of `tests/databases.py` the same time."""
        faster = f"timestamptz '{self.start.isoformat()}' + (pg_catalog.now() - timestamptz '{self.start.isoformat()}')"
        with psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True) as connection:
            connection.execute(
                "create or replace function clock.now() returns timestamptz stable language sql"
                f" as $$ select {faster} * {self.times} $$".encode()
            )


def happening(number: int) -> tuple[str, FactKind]:
    """The title of an event, and what happens to it: an even number opens it, the next one moves it."""
    return f"Optocht {number // 2}, Grote Markt", FactKind.MOVED if number % 2 else FactKind.EVENT_OPENED


def _happen(app: App, number: int) -> None:
    """Lets it happen, once, however often it is asked."""
    title, kind = happening(number)
    with app.store.begin("events") as session:
        known = {event.title: event for event in every_event(session)}
        if kind is FactKind.EVENT_OPENED and title not in known:
            record(app, session, kind, event=events.add(session, _event(app, title)))
        elif kind is FactKind.MOVED and known[title].level is Level.B:
            event = known[title]
            event.level = event.machine_level = Level.C
            session.add(event)
            record(app, session, kind, event=event, data={"was": "do 31 dec", "from": "C", "to": "C"})


def _event(app: App, title: str) -> Event:
    moment = app.clock()
    return an_event(
        id=None, title=title, level=Level.B, machine_level=Level.B, starts=moment + timedelta(days=30), ends=None,
        opened_at=moment, changed_at=moment,
    )  # fmt: skip


def _acts(app: App) -> Mapping[str, Act]:
    async def happen(number: int, *, attempt: int) -> None:
        await asyncio.to_thread(_happen, app, number)

    return {**acts_of(app), "happen": happen}


async def work(settings: Settings, pace: Pace) -> None:
    """Does jobs until it is killed."""
    async with open_app(settings, reader=READER, clock=pace.clock) as app:
        queue: Queue
        if isinstance(app.queue, Cluster):
            stalled = _STALLED * pace.times
            queue = Cluster(app.store, app.clock, heartbeat=_HEARTBEAT, stalled=stalled, rest=_REST)
        else:
            queue = Embedded(app.store, app.clock, rest=_REST)
        await queue.run(_acts(replace(app, queue=queue)), asyncio.Event())


def house(settings: Settings, pace: Pace) -> None:
    """The process."""
    with (settings.data / "house.log").open("a", encoding="utf-8") as stream:
        set_up("WARNING", stream)
        asyncio.run(work(settings, pace))
