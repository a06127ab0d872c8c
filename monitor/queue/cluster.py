"""The queue of many machines, on PostgreSQL: the only file that knows procrastinate."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from typing import cast as cast_to

import procrastinate
import psycopg
from procrastinate import exceptions, jobs
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.schema import SchemaManager
from sqlalchemy import CursorResult, String, cast, column, delete, func, table, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, select

from monitor.clock import Clock
from monitor.errors import StoreError
from monitor.log import log
from monitor.queue.contract import AT_ONCE, FAULTS, GRACE, Act, Again, Doors, Queue, given_up, pause_asked, usual_pause

_HEARTBEAT = 10.0
_STALLED = 30.0
_LONGEST_REST = 5.0
_TROUBLE_REST = 5.0
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_AT_ONCE = _EPOCH
"""Long past for every clock; without a moment procrastinate takes that of this node, which may be ahead."""
_JOBS = table("procrastinate_jobs", column("id"), column("status"), column("scheduled_at"), column("args", JSONB))
_EVENTS = table("procrastinate_events", column("job_id"), column("at"))


_FAULTS, _PAUSES = "~faults", "~pauses"
"""Kept beside the arguments of a job, for its table has no column for them: how often its act failed unexpectedly,
and how often it waited the usual pause."""
_UNTOLD = 60
"""Seconds that a job waits when the database did not take how it went."""


_Tell = Callable[[], Awaitable[None]]
"""Says to the database how a job went."""


class _Later(Exception):
    """Carries the moment of the next attempt through procrastinate, in the database's time."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class _GivenUp(Exception):
    """Carries the end of a job through procrastinate."""


class _Retry(BaseRetryStrategy):
    """When a job is tried again; None gives it up."""

    def get_retry_decision(self, *, exception: BaseException, job: jobs.Job) -> RetryDecision | None:
        match exception:
            case _Later(at=at):
                return RetryDecision(retry_at=at, priority=_rank(at))
            case _GivenUp():
                return None
            case asyncio.CancelledError():  # cut off while stopping: another worker takes it at once
                return RetryDecision(retry_at=_AT_ONCE)
        return RetryDecision(retry_in={"seconds": _UNTOLD})


_TAKE_UP = """
update procrastinate_jobs set status = 'todo', attempts = attempts + 1, scheduled_at = now()
where id = %(job)s and status = 'doing' and worker_id is not distinct from %(worker)s returning id
"""
_GIVE_WAY = """
delete from procrastinate_jobs
where id = %(job)s and status = 'doing' and worker_id is not distinct from %(worker)s returning id
"""

_RUNS = """
select 1 from procrastinate_jobs
where id = %(job)s and status = 'doing' and worker_id is not distinct from %(worker)s and attempts = %(attempts)s
"""


class _Jobs(JobManager):
    """procrastinate's own, but for how a job went when the database does not take that at once.

    procrastinate tells it once. A job whose end was refused would count as running, and keep its lock, for as long as
    its worker lives.
    """

    def __init__(self, connector: procrastinate.PsycopgConnector) -> None:
        super().__init__(connector)
        self._untold: list[tuple[jobs.Job, _Tell]] = []

    async def finish_job(self, job: jobs.Job, status: jobs.Status, delete_job: bool) -> None:
        await self._tell(job, partial(super().finish_job, job, status, delete_job))

    async def retry_job(
        self,
        job: jobs.Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        await self._tell(job, partial(super().retry_job, job, retry_at, priority, queue, lock))

    async def tell_again(self) -> None:
        """Tells what the database has not taken yet."""
        untold, self._untold = self._untold, []
        for job, tell in untold:
            await self._tell(job, tell, again=True)

    async def _tell(self, job: jobs.Job, tell: _Tell, *, again: bool = False) -> None:
        """`again`: only when the job did not begin anew since, after the database took its end all the same."""
        run = {"job": job.id, "worker": job.worker_id, "attempts": job.attempts}
        try:
            if not again or await self.connector.execute_query_all_async(_RUNS, **run):
                await tell()
        except exceptions.UniqueViolation:
            # One with its key waits already and does the work; without this the job would count as running for ever.
            await self.finish_job(job, status=jobs.Status.SUCCEEDED, delete_job=True)
        except exceptions.ConnectorException as error:
            log.critical("end of job not taken", act=job.task_name, job=job.id, reason=type(error.__cause__).__name__)
            # By an exception of its own procrastinate says that the job does not run: it was taken after all, or by
            # another worker. Everything else may pass.
            if not isinstance(error.__cause__, psycopg.errors.RaiseException):
                self._untold.append((job, tell))


def _rank(at: datetime) -> int:
    """The priority of a job due at that moment: earlier is higher.

    procrastinate lets a job with a lock wait for those of higher priority with that lock, and else for those put
    earlier, even when their moment has not come. With this rank a delivery that is tried again in six hours does
    not hold up the channel. Whole seconds from 2020: fits until 2088.
    """
    return -int((at - _EPOCH).total_seconds())


class Cluster:
    """Queue on procrastinate. The clock of the database decides what is due, for it is the same for every node."""

    def __init__(
        self,
        store: Doors,
        clock: Clock,
        *,
        grace: float = GRACE,
        heartbeat: float = _HEARTBEAT,
        stalled: float = _STALLED,
        rest: float = _LONGEST_REST,
    ) -> None:
        """`rest`: seconds after which it looks again; `heartbeat`: seconds between two signs of life.

        `stalled`: seconds without one, by the clock of the database, after which a worker counts as dead and its jobs
        wait again.
        """
        self._store, self._clock, self._grace = store, clock, grace
        self._heartbeat, self._stalled, self._rest = heartbeat, stalled, rest
        self._address = _plain(store.url)
        self._put = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=self._address))

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
        """As Queue.put; a second one with the same key costs a savepoint, so that the transaction stays usable."""
        at: datetime = session.execute(select(func.now())).scalar_one()
        ahead = due - self._clock() if due else timedelta()
        with suppress(exceptions.AlreadyEnqueued), session.begin_nested() if key else nullcontext():
            self._put.configure_task(
                act,
                queue=act,
                lock=lock,
                queueing_lock=key,
                schedule_at=at + ahead if ahead > timedelta() else None,
                priority=_rank(at + ahead),
                connection=session.connection().connection.driver_connection,
            ).defer(**args)

    async def run(self, acts: Mapping[str, Act], stop: asyncio.Event) -> None:
        """As Queue.run. Survives a database that goes away: it waits and says so in the log."""
        while not stop.is_set():
            try:
                await self._work(acts, stop)
            except (exceptions.ConnectorException, psycopg.OperationalError) as error:
                log.critical("queue waits for the database", reason=type(error).__name__)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), _TROUBLE_REST)

    async def drain(self, acts: Mapping[str, Act]) -> None:
        """As Queue.drain; leaves jobs that another worker is doing to that worker."""
        begun: list[str] = []
        app, _ = self._app(acts, begun)
        async with app.open_async():
            await self._take_up(app)
            before = -1
            while len(begun) > before:
                before = len(begun)
                await app.run_worker_async(
                    queues=list(acts),
                    wait=False,
                    listen_notify=False,
                    concurrency=AT_ONCE,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                )

    def waiting(self) -> int:
        """As Queue.waiting."""
        return self._count("todo")

    def failed(self) -> int:
        """As Queue.failed."""
        return self._count("failed")

    def forget(self, session: Session, before: datetime) -> int:
        """As Queue.forget; by the last thing that happened to a job, and by when it was to be tried again."""
        touched = select(func.max(_EVENTS.c.at)).where(_EVENTS.c.job_id == _JOBS.c.id).scalar_subquery()
        last = func.greatest(touched, _JOBS.c.scheduled_at)
        old = delete(_JOBS).where(cast(_JOBS.c.status, String) != "doing", last < before)
        return cast_to(CursorResult[Any], session.execute(old)).rowcount

    async def _work(self, acts: Mapping[str, Act], stop: asyncio.Event) -> None:
        """One worker with its sweeper, until `stop` or until the database goes away."""
        app, ends = self._app(acts, [])
        async with app.open_async():
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=list(acts),
                    concurrency=AT_ONCE,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    shutdown_graceful_timeout=self._grace,
                    fetch_job_polling_interval=self._rest,
                    update_heartbeat_interval=self._heartbeat,
                    stalled_worker_timeout=self._stalled,
                )
            )
            sweeper, stopped = asyncio.create_task(self._sweep(app, ends)), asyncio.create_task(stop.wait())
            try:
                await asyncio.wait({worker, sweeper, stopped}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (worker, sweeper, stopped):
                    task.cancel()  # the worker takes this as: no new job, let the running ones finish
                await asyncio.wait({worker, sweeper, stopped})
            for task in (worker, sweeper):
                if not task.cancelled():
                    task.result()

    async def _sweep(self, app: procrastinate.App, ends: _Jobs) -> None:
        # In every worker process, and not as a job: such a job could stall as well.
        while True:
            await ends.tell_again()
            await self._take_up(app)
            await asyncio.sleep(self._heartbeat)

    async def _take_up(self, app: procrastinate.App) -> None:
        """Lets jobs of dead workers wait again; procrastinate does not do that by itself."""
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._stalled):
            if await _waits_again(app, job):
                log.warning("job taken over", act=job.task_name, job=job.id)

    def _app(self, acts: Mapping[str, Act], begun: list[str]) -> tuple[procrastinate.App, _Jobs]:
        """An app that knows the acts, and its jobs; `begun` grows by the name of every job that starts."""
        connector = procrastinate.PsycopgConnector(conninfo=self._address, min_size=1, max_size=AT_ONCE + 2)
        app = procrastinate.App(connector=connector)
        app.job_manager = ends = _Jobs(connector)
        for name in acts:
            app.task(name=name, pass_context=True, retry=_Retry())(self._one(name, acts, begun))
        return app, ends

    def _one(self, name: str, acts: Mapping[str, Act], begun: list[str]) -> Act:
        """The act of that name, with its failures told in the words of this house."""

        async def one(context: procrastinate.JobContext, **args: str | int) -> None:
            begun.append(name)
            job, attempt = context.job, context.job.attempts + 1
            faults, pauses = int(args.pop(_FAULTS, 0)), int(args.pop(_PAUSES, 0))
            try:
                await acts[name](**args, attempt=attempt)
                return
            except Again as again:
                pause = None if again.after is None else pause_asked(again.after)
            except Exception as error:  # a loop that must survive: one job's failure is not another's
                log.critical("job failed", act=name, job=job.id, attempt=attempt, exc_info=True)
                faults, pause = faults + 1, None
                if faults >= FAULTS:
                    await asyncio.to_thread(self._last_word, job, args, acts)
                    raise _GivenUp from error
            if pause is None:
                pauses += 1
                pause = usual_pause(pauses)
            now = await asyncio.to_thread(self._note, job, {_FAULTS: faults, _PAUSES: pauses})
            raise _Later(now + timedelta(seconds=pause))

        return one

    def _note(self, job: jobs.Job, met: Mapping[str, int]) -> datetime:
        """Keeps what a job met so far; what time it is for the database."""
        with self._store.begin() as session:
            session.execute(update(_JOBS).where(_JOBS.c.id == job.id).values(args={**job.task_kwargs, **met}))
            now: datetime = session.execute(select(func.now())).scalar_one()
            return now

    def _last_word(self, job: jobs.Job, args: Mapping[str, str | int], acts: Collection[str]) -> None:
        """Promises what is to be done when a job is given up.

        Just before procrastinate gives it up, in a transaction of its own: who dies in between does both again.
        """
        if (last := given_up(job.task_name)) in acts:
            with self._store.begin() as session:
                self.put(session, last, args, lock=job.lock)

    def _count(self, status: str) -> int:
        with self._store.read() as session:
            count: int = session.execute(
                select(func.count()).select_from(_JOBS).where(cast(_JOBS.c.status, String) == status)
            ).scalar_one()
            return count


async def _waits_again(app: procrastinate.App, job: jobs.Job) -> bool:
    """Takes a job from the dead worker that had it; False when another node did so first, and may be doing it."""
    had = {"job": job.id, "worker": job.worker_id}
    try:
        return bool(await app.connector.execute_query_all_async(_TAKE_UP, **had))
    except exceptions.UniqueViolation:  # one with its key waits already, and does the work
        return bool(await app.connector.execute_query_all_async(_GIVE_WAY, **had))


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


@contextmanager
def open_cluster(store: Doors, clock: Clock) -> Iterator[Queue]:
    """The queue in the database of `store`, for any number of processes. Raises StoreError."""
    try:
        _make_tables(_plain(store.url))
    except psycopg.OperationalError as error:
        advice = "De database geeft geen antwoord. Controleer of de databaseserver draait."
        raise StoreError("database does not answer", advice=advice) from error
    yield Cluster(store, clock)


def _make_tables(address: str) -> None:
    """procrastinate's own tables, on first use; one process at a time."""
    with psycopg.connect(address) as connection:
        connection.execute("select pg_advisory_xact_lock(hashtext('procrastinate'))")
        found = connection.execute("select to_regclass('procrastinate_jobs')").fetchone()
        if found == (None,):
            connection.execute(SchemaManager.get_schema())
