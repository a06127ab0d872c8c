"""The queue of one process: a table in SQLite. On PostgreSQL an engine that exists does this: `cluster`."""

import asyncio
import fcntl
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Lock
from typing import IO, TypeVar

from sqlalchemy import delete, event, func, make_url, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from monitor.clock import Clock
from monitor.domain import Job
from monitor.errors import ConfigError, StoreError
from monitor.log import log
from monitor.queue.contract import AT_ONCE, FAULTS, GRACE, Act, Again, Doors, Queue, given_up, pause_asked, usual_pause

TODO, DOING, FAILED = "todo", "doing", "failed"
_LONGEST_REST = 60.0
_TROUBLE_REST = 5.0
"""Seconds between two tries while the database does not take anything."""
_WAKES = "wakes the queue"

Answer = TypeVar("Answer")


class _Bell:
    """Wakes a loop that rests, from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loops: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}

    @contextmanager
    def heard(self) -> Iterator[asyncio.Event]:
        """An event of the running loop that is set at every ring."""
        rung = asyncio.Event()
        with self._lock:
            self._loops[rung] = asyncio.get_running_loop()
        try:
            yield rung
        finally:
            with self._lock:
                del self._loops[rung]

    def ring(self, _session: object = None) -> None:
        """Called by SQLAlchemy after a commit that put a job."""
        with self._lock:
            for rung, loop in self._loops.items():
                loop.call_soon_threadsafe(rung.set)


class Embedded:
    """Queue on the table Job. Its thoughts are plain functions in a thread; only waiting is async."""

    def __init__(self, store: Doors, clock: Clock, *, grace: float = GRACE, rest: float = _LONGEST_REST) -> None:
        """`rest`: seconds after which it looks again, whatever the clock said."""
        if make_url(store.url).get_backend_name() != "sqlite":
            advice = "De ingebouwde wachtrij werkt alleen met SQLite. Laat TORENWACHT_DATABASE leeg."
            raise ConfigError("omgeving", "TORENWACHT_DATABASE", advice=advice)
        self._store, self._clock, self._grace, self._longest = store, clock, grace, rest
        self._bell = _Bell()

    def put(
        self,
        session: Session,
        act: str,
        args: Mapping[str, str | int],
        *,
        lock: str | None = None,
        key: str | None = None,
        due: datetime | None = None,
    ) -> None:
        """As Queue.put. SQLite has one writer, so looking for the key first is safe."""
        if key is not None and _waits(session, key):
            return
        session.add(Job(act=act, args=dict(args), lock=lock, key=key, due=due or self._clock()))
        session.flush()
        if _WAKES not in session.info:
            session.info[_WAKES] = True
            event.listen(session, "after_commit", self._bell.ring)

    async def run(self, acts: Mapping[str, Act], stop: asyncio.Event) -> None:
        """As Queue.run. Survives a database that is full or locked: it waits and says so in the log."""
        running: set[asyncio.Task[None]] = set()
        stopped = asyncio.create_task(stop.wait())
        with self._bell.heard() as rung:
            try:
                while not stop.is_set():
                    rung.clear()
                    await self._fill(running, acts, stop)
                    rest = await _insist(self._rest, stop)
                    ring = asyncio.create_task(rung.wait())
                    await asyncio.wait({stopped, ring, *running}, timeout=rest, return_when=asyncio.FIRST_COMPLETED)
                    ring.cancel()
                    running = {task for task in running if not task.done()}
                if running:
                    await asyncio.wait(running, timeout=self._grace)
            finally:
                stopped.cancel()
                await _cut_off(running)

    async def drain(self, acts: Mapping[str, Act]) -> None:
        """As Queue.drain."""
        never = asyncio.Event()
        running: set[asyncio.Task[None]] = set()
        try:
            while True:
                await self._fill(running, acts, never)
                if not running:
                    return
                _, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _cut_off(running)

    def waiting(self) -> int:
        """As Queue.waiting."""
        return self._count(TODO)

    def failed(self) -> int:
        """As Queue.failed."""
        return self._count(FAILED)

    def forget(self, session: Session, before: datetime) -> int:
        """None: the rows of Job have their last day, and the purge of the store takes them like all others."""
        return 0

    def take_up(self) -> None:
        """Lets jobs wait again that were being done when the process before this one died."""
        with self._store.begin() as session:
            for job in session.exec(select(Job).where(Job.status == DOING).order_by(col(Job.id))).all():
                _wait_again(session, job, job.due)

    async def _fill(self, running: set[asyncio.Task[None]], acts: Mapping[str, Act], stop: asyncio.Event) -> None:
        """Starts jobs until enough run or none can start."""
        while len(running) < AT_ONCE and not stop.is_set():
            job = await _insist(lambda: self._claim(acts), stop)
            if job is None:
                return
            if stop.is_set():
                # The word came while the database was asked: what was claimed meanwhile waits for the next start.
                await _insist(partial(self._postpone, job, 0), stop)
                return
            running.add(asyncio.create_task(self._do(acts, job)))

    async def _do(self, acts: Mapping[str, Act], job: Job) -> None:
        """Does one job, and writes down how that went."""
        try:
            await acts[job.act](**job.args, attempt=job.attempts)
        except Again as again:
            pause = _usual(job) if again.after is None else pause_asked(again.after)
            await _insist(partial(self._postpone, job, pause))
        except asyncio.CancelledError:
            await asyncio.to_thread(self._postpone, job, 0)
            raise
        except Exception:  # noqa: BLE001  # a loop that must survive: one job's failure is not another's
            log.critical("job failed", act=job.act, job=job.id, attempt=job.attempts, exc_info=True)
            job.faults += 1
            if job.faults < FAULTS:
                await _insist(partial(self._postpone, job, _usual(job)))
            else:
                await _insist(partial(self._give_up, job, acts))
        else:
            await _insist(lambda: self._finish(job))

    def _claim(self, acts: Collection[str]) -> Job | None:
        """The next job of one of `acts`, now marked as being done; None when none can start."""
        other = aliased(Job)
        busy = select(other.lock).where(col(other.status) == DOING, col(other.lock).is_not(None))
        first = (
            select(Job.id)
            .where(Job.status == TODO, Job.due <= self._clock(), col(Job.act).in_(acts))
            .where(or_(col(Job.lock).is_(None), col(Job.lock).not_in(busy)))
            .order_by(col(Job.due), col(Job.id))
            .limit(1)
        )
        with self._store.begin() as session:
            return session.scalars(
                update(Job)
                .where(col(Job.id) == first.scalar_subquery())
                .values(status=DOING, attempts=Job.attempts + 1)
                .returning(Job)
            ).first()

    def _rest(self) -> float:
        """Seconds until the next job is due."""
        now = self._clock()
        with self._store.read() as session:
            due = session.exec(select(func.min(Job.due)).where(Job.status == TODO, Job.due > now)).first()
        return self._longest if due is None else min((due - now).total_seconds(), self._longest)

    def _finish(self, job: Job) -> None:
        with self._store.begin() as session:
            session.exec(delete(Job).where(col(Job.id) == job.id))

    def _postpone(self, job: Job, pause: float) -> None:
        with self._store.begin() as session:
            _wait_again(session, session.merge(job), self._clock() + timedelta(seconds=pause))

    def _give_up(self, job: Job, acts: Collection[str]) -> None:
        with self._store.begin() as session:
            session.merge(job).status = FAILED
            if (last := given_up(job.act)) in acts:
                self.put(session, last, job.args, lock=job.lock)

    def _count(self, status: str) -> int:
        with self._store.read() as session:
            return session.exec(select(func.count()).select_from(Job).where(Job.status == status)).one()


def _waits(session: Session, key: str) -> bool:
    return session.exec(select(Job.id).where(Job.status == TODO, Job.key == key)).first() is not None


def _usual(job: Job) -> float:
    """Seconds of the usual pause, one longer than the one before it."""
    job.pauses += 1
    return usual_pause(job.pauses)


def _wait_again(session: Session, job: Job, due: datetime) -> None:
    """Lets a job wait; where one with its key waits already, that one does the work."""
    if job.key is not None and _waits(session, job.key):
        session.delete(job)
    else:
        job.status, job.due = TODO, due
    session.flush()


async def _insist(ask: Callable[[], Answer], stop: asyncio.Event | None = None) -> Answer | None:
    """The answer of the database, however long it takes nothing: a full disk must not end the house.

    None when `stop` was set meanwhile; what was being done then waits again at the next start.
    """
    stop = stop or asyncio.Event()
    while True:
        try:
            return await asyncio.to_thread(ask)
        except StoreError as error:
            log.critical("queue waits for the database", reason=str(error), advice=error.advice)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _TROUBLE_REST)
            return None


async def _cut_off(running: set[asyncio.Task[None]]) -> None:
    """Cancels what still runs; each writes down that its job waits again."""
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


@contextmanager
def open_embedded(folder: Path, store: Doors, clock: Clock, *, works: bool = True) -> Iterator[Queue]:
    """The queue in `folder`; with `works` for this process alone. Raises ConfigError when another has it open so."""
    queue = Embedded(store, clock)
    if not works:
        yield queue
        return
    with _alone(folder):
        queue.take_up()
        yield queue


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Holds the lock on the folder; the system lets go of it when the process dies, however it dies."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (folder / "torenwacht.lock").open("a+", encoding="ascii")
    except OSError as error:
        advice = f"Torenwacht mag niet schrijven in de map {folder}. Controleer de rechten op deze map."
        raise StoreError("folder not writable", advice=advice) from error
    with file:
        _take(file, folder)
        yield


def _take(file: IO[str], folder: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.seek(0)
        other = file.read().strip() or "onbekend"
        advice = (
            f"Een andere Torenwacht (proces {other}) gebruikt de map {folder.resolve()} al. "
            "Stop die eerst, of geef deze een eigen map met TORENWACHT_DATA."
        )
        raise ConfigError("omgeving", "TORENWACHT_DATA", advice=advice) from error
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
