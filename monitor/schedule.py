"""timetable(app): the only file that knows APScheduler. It promises jobs at their time, and does none."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from monitor.app import App
from monitor.clock import AMSTERDAM, today, week_of
from monitor.log import log
from monitor.rules.pace import due_of
from monitor.store import sources
from monitor.store.turns import NEVER, Slot, claim, last_poll, open_slots, resting, turns
from monitor.work.poll import put_poll

BRIEFING_HOUR = 7
"""On Monday, local time: before the joint meeting of municipality and police."""

HOUSE = "huis"
"""The source of ticks that are the house's own: briefing and purge."""

LOOK_EVERY = timedelta(seconds=30)
"""How often the timetable asks which sources are due."""
AT_MOST = 500
"""Promises of one look; after a long stop the rest has its turn at the next, those that wait longest first."""

_TOGETHER = 50
"""Promises in one transaction: others that write wait no longer than for these."""
_AGAIN = timedelta(minutes=10)
"""A source that is due and was not asked by then, for its job was given up or found all stopped, is promised anew."""


def promise_due(app: App, house: str = HOUSE) -> int:
    """Puts a job to poll each source that is due, unless another node did; how many it put.

    Not while all collection is stopped. What fell due while the house was closed is due now.
    """
    now = app.clock()
    due = _due(app, now)[:AT_MOST]
    return sum(_promise_polls(app, due[n : n + _TOGETHER], now) for n in range(0, len(due), _TOGETHER))


def promise_poll(app: App, source: str) -> bool:
    """Puts the job to poll `source` when it is due, unless another node did; True when it was put."""
    now = app.clock()
    return bool(_promise_polls(app, [poll for poll in _due(app, now) if poll.source == source], now))


@dataclass(frozen=True, slots=True, order=True)
class _Poll:
    """A poll that is due; in order: longest waiting first."""

    due: datetime
    source: str
    slot: int
    start: datetime

    @property
    def key(self) -> Slot:
        return self.source, self.slot


def _poll_of(source: str, due: datetime | None, now: datetime) -> _Poll:
    """The poll of a source that is due since `due`; None when it was never asked.

    The slot is the moment that it fell due, in seconds since 1970, and another one every ten minutes that it waits.
    """
    begun = due or datetime.fromtimestamp(0, UTC)
    slot = int((begun + (now - begun) // _AGAIN * _AGAIN).timestamp())
    return _Poll(due or now, source, slot, now if due else now + first_poll(source))


def _due(app: App, now: datetime) -> list[_Poll]:
    """The polls of every source that may start and is due, without those that were promised."""
    with app.store.read() as session:
        if sources.is_stopped(session):
            return []
        at_rest, known, day = resting(session, now), turns(session, now), today(now)
        approved = sources.approvals(session)
        found = []
        for source in app.sources.values():
            if source.id in at_rest or source.hindrance(day, approved.get(source.id, ())):
                continue
            due = due_of(source, *known.get(source.id, NEVER), now)
            if due is None or due <= now:
                found.append(_poll_of(source.id, due, now))
        free = open_slots(session, [poll.key for poll in found])
    return sorted(poll for poll in found if poll.key in free)


def _promise_polls(app: App, due: Sequence[_Poll], now: datetime) -> int:
    """One transaction: the ticks and the jobs of these polls, without those that another node promised since."""
    if not due:
        return 0
    with app.store.begin() as session:
        # The row is unique: of many nodes at one tick, one puts the job.
        mine = claim(session, [poll.key for poll in due], now)
        for poll in due:
            if poll.key in mine:
                put_poll(app, session, poll.source, due=poll.start)
        return len(mine)


def promise_daily(app: App, act: str) -> bool:
    """Puts a job of the house itself, once a day over all nodes; True when it was put."""
    return _promise(app, act, today(app.clock()).toordinal())


def promise_hourly(app: App, act: str) -> bool:
    """Puts a job of the house itself, once an hour over all nodes; True when it was put."""
    return _promise(app, act, int(app.clock().timestamp()) // 3600)


def _promise(app: App, act: str, slot: int) -> bool:
    name = f"{HOUSE}:{act}"
    with app.store.begin() as session:
        if not claim(session, [(name, slot)], app.clock()):
            return False
        app.queue.put(session, act, {}, lock=name, key=f"{act}:{name}")
        return True


def make_up(app: App) -> None:
    """Promises what the house fell short of while it was closed: the timetable would wait for the next time.

    A briefing only when this week's moment for it has passed since the last poll: a new house has nothing to tell.
    """
    promise_daily(app, "lapse")
    promise_daily(app, "anchor")
    promise_daily(app, "purge")
    promise_hourly(app, "remind")
    due = week_of(app.clock())[0] + timedelta(hours=BRIEFING_HOUR)
    with app.store.read() as session:
        polled = last_poll(session)
    if polled is not None and polled < due <= app.clock():
        promise_daily(app, "brief")


async def _tick(promise: Callable[[App, str], object], app: App, name: str) -> None:
    """One of the few loops that outlive any fault: a tick that fails is told, and the next one comes."""
    try:
        await asyncio.to_thread(promise, app, name)
    except Exception:  # noqa: BLE001  # the timetable outlives any fault of one tick
        log.exception("tick failed", name=name)


def first_poll(source: str) -> timedelta:
    """How long after its first promise a source is asked: a steady part of a minute, so that not all knock at once."""
    share = int.from_bytes(blake2b(source.encode(), digest_size=4).digest(), "big") / 2**32
    return timedelta(seconds=60 * share)


def timetable(app: App) -> AsyncIOScheduler:
    """The timetable of this node, not yet started.

    One look every half minute at which sources are due, the first one at once; at midnight the end of levels that
    people set until a day, the anchor of the trail at 00:10, the purge at 03:00 and every hour a look whether that went
    well, and on Monday the briefing at 07:00, local time. Jobs get names, never moments: a moment among the arguments
    would freeze at start-up.
    """
    scheduler = AsyncIOScheduler(
        timezone=AMSTERDAM,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 300},
    )
    look = IntervalTrigger(seconds=int(LOOK_EVERY.total_seconds()), timezone=AMSTERDAM)
    scheduler.add_job(
        _tick, look, args=[promise_due, app, HOUSE], id="polls", replace_existing=True, next_run_time=app.clock()
    )
    for act, trigger in (
        ("brief", CronTrigger(day_of_week="mon", hour=BRIEFING_HOUR, timezone=AMSTERDAM)),
        ("lapse", CronTrigger(hour=0, minute=1, timezone=AMSTERDAM)),
        ("anchor", CronTrigger(minute=10, hour=0, timezone=AMSTERDAM)),
        ("purge", CronTrigger(hour=3, timezone=AMSTERDAM)),
    ):
        scheduler.add_job(_tick, trigger, args=[promise_daily, app, act], id=act, replace_existing=True)
    hourly = CronTrigger(minute=30, timezone=AMSTERDAM)
    for act in ("remind", "watch"):
        scheduler.add_job(_tick, hourly, args=[promise_hourly, app, act], id=act, replace_existing=True)
    return scheduler
