"""timetable(app): the only file that knows APScheduler. It promises jobs at their time, and does none."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from hashlib import blake2b

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from monitor.app import App
from monitor.clock import AMSTERDAM, today, week_of
from monitor.log import log
from monitor.store import sources

BRIEFING_HOUR = 7
"""On Monday, local time: before the joint meeting of municipality and police."""

HOUSE = "huis"
"""The source of ticks that are the house's own: briefing and purge."""


def promise_poll(app: App, source: str) -> bool:
    """Puts the job to poll `source`, unless another node did so for this period; True when it was put."""
    origin = app.sources[source]
    slot = int(app.clock().timestamp() // origin.every.total_seconds())
    return _promise(app, source, slot, "poll", {"source": source}, lock=f"host:{origin.hosts[0]}")


def promise_daily(app: App, act: str) -> bool:
    """Puts a job of the house itself, once a day over all nodes; True when it was put."""
    return _promise(app, f"{HOUSE}:{act}", today(app.clock()).toordinal(), act, {}, lock=f"{HOUSE}:{act}")


def make_up(app: App) -> None:
    """Promises what fell due while the house was closed: the timetable lives in memory and would wait for the next.

    A briefing only when this week's moment for it has passed since the last poll: a new house has nothing to tell.
    """
    promise_daily(app, "purge")
    due = week_of(app.clock())[0] + timedelta(hours=BRIEFING_HOUR)
    with app.store.read() as session:
        polls = [state.polled_at for state in sources.states(session).values() if state.polled_at is not None]
    if polls and max(polls) < due <= app.clock():
        promise_daily(app, "brief")


def _promise(app: App, source: str, slot: int, act: str, args: dict[str, str | int], *, lock: str) -> bool:
    with app.store.begin() as session:
        # The row is unique: of many nodes at one tick, one puts the job.
        if not sources.claim_tick(session, source, slot, app.clock()):
            return False
        app.queue.put(session, act, args, lock=lock, key=f"{act}:{source}")
        return True


async def _tick(promise: Callable[[App, str], bool], app: App, name: str) -> None:
    """One of the three loops that must survive: a tick that fails is told, and the next one comes."""
    try:
        await asyncio.to_thread(promise, app, name)
    except Exception:  # noqa: BLE001  # the timetable outlives any fault of one tick
        log.exception("tick failed", name=name)


def first_poll(source: str) -> timedelta:
    """How long after the start a source is first asked: a steady part of a minute, so that not all knock at once."""
    share = int.from_bytes(blake2b(source.encode(), digest_size=4).digest(), "big") / 2**32
    return timedelta(seconds=60 * share)


def timetable(app: App) -> AsyncIOScheduler:
    """The timetable of this node, not yet started.

    Every source at its own period, the first time soon after the start; the briefing on Monday at 07:00 and the purge
    at 03:00, local time. Jobs get names, never moments: a moment among the arguments would freeze at start-up.
    """
    scheduler = AsyncIOScheduler(
        timezone=AMSTERDAM,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 300},
    )
    now = app.clock()
    for source in app.sources.values():
        if source.hindrance(today(now)):
            continue
        scheduler.add_job(
            _tick,
            IntervalTrigger(
                seconds=int(source.every.total_seconds()), start_date=now + first_poll(source.id), timezone=AMSTERDAM
            ),
            args=[promise_poll, app, source.id],
            id=f"poll:{source.id}",
            replace_existing=True,
        )
    for act, trigger in (
        ("brief", CronTrigger(day_of_week="mon", hour=BRIEFING_HOUR, timezone=AMSTERDAM)),
        ("purge", CronTrigger(hour=3, timezone=AMSTERDAM)),
    ):
        scheduler.add_job(_tick, trigger, args=[promise_daily, app, act], id=act, replace_existing=True)
    return scheduler
