"""What only the cluster promises: many processes, and a clock that they share."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from monitor.config import Settings
from monitor.queue import Again, open_queue
from monitor.queue.cluster import Cluster
from monitor.store import open_store
from tests.databases import Postgres, set_clock
from tests.monitor.queue.bench import NOON
from tests.monitor.queue.killed import start_and_kill


def test_two_workers_do_each_job_once_and_keep_each_others_locks(postgres_url: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database=postgres_url)
    done: list[int] = []
    inside: list[int] = []

    async def note(*, attempt: int, number: int) -> None:
        inside.append(number)
        await asyncio.to_thread(one.waiting)  # lets the others in if they may
        assert inside == [number]
        inside.remove(number)
        done.append(number)

    async def scene() -> None:
        await asyncio.gather(one.drain({"note": note}), other.drain({"note": note}))
        # A worker that found the lock taken went home; whoever is left does the rest.
        await one.drain({"note": note})

    with open_store(postgres_url) as store, ExitStack() as stack:
        one, other = (stack.enter_context(open_queue(settings, store, lambda: NOON)) for _ in range(2))
        with store.begin() as session:
            for number in range(12):
                one.put(session, "note", {"number": number}, lock="host:a")

        asyncio.run(scene())

        assert sorted(done) == list(range(12))
        assert (one.waiting(), one.failed()) == (0, 0)


def test_two_workers_that_find_the_same_dead_one_take_its_job_up_once(postgres_url: str, tmp_path: Path) -> None:
    calls: list[int] = []

    async def note(*, attempt: int, number: int) -> None:
        calls.append(attempt)

    def who_waits() -> int:
        with psycopg.connect(plain) as connection:
            waits = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
            return connection.execute(waits).rowcount

    async def scene() -> None:
        # The row is held until both know of the dead worker and stand at its job.
        async with await psycopg.AsyncConnection.connect(plain) as holder:
            await holder.execute("select from procrastinate_jobs for update")
            both = asyncio.gather(*(worker.drain({"note": note}) for worker in workers))
            while await asyncio.to_thread(who_waits) < len(workers) and not both.done():
                pass
        await both

    plain = postgres_url.replace("+psycopg", "", 1)
    settings = Settings(data=tmp_path, database=postgres_url)
    with open_store(postgres_url) as store, ExitStack() as stack:
        workers = [stack.enter_context(open_queue(settings, store, lambda: NOON)) for _ in range(2)]
        set_clock(postgres_url, NOON)
        with store.begin() as session:
            workers[0].put(session, "note", {"number": 1})
        start_and_kill(settings)
        set_clock(postgres_url, NOON + timedelta(minutes=1))

        asyncio.run(scene())

        assert calls == [2]
        assert (workers[0].waiting(), workers[0].failed()) == (0, 0)


def test_a_job_of_a_dead_worker_gives_way_to_one_with_its_key(postgres_url: str, tmp_path: Path) -> None:
    calls: list[int] = []

    async def note(*, attempt: int, number: int) -> None:
        calls.append(number)

    settings = Settings(data=tmp_path, database=postgres_url)
    with open_store(postgres_url) as store, open_queue(settings, store, lambda: NOON) as queue:
        set_clock(postgres_url, NOON)
        with store.begin() as session:
            queue.put(session, "note", {"number": 1}, key="poll:a")
        start_and_kill(settings)
        with store.begin() as session:
            queue.put(session, "note", {"number": 2}, key="poll:a")
        set_clock(postgres_url, NOON + timedelta(minutes=1))

        asyncio.run(queue.drain({"note": note}))

        assert calls == [2]
        assert (queue.waiting(), queue.failed()) == (0, 0)


def test_nodes_that_start_at_the_same_moment_make_the_tables_once(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.empty_database()

    def start(_number: int) -> int:
        with open_store(url) as store, open_queue(Settings(data=tmp_path, database=url), store, lambda: NOON) as queue:
            return queue.waiting()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(start, range(4))) == [0, 0, 0, 0]


def test_a_due_moment_is_kept_as_its_distance_from_now(postgres_url: str, tmp_path: Path) -> None:
    calls: list[int] = []

    async def note(*, attempt: int) -> None:
        calls.append(attempt)

    with (
        open_store(postgres_url) as store,
        open_queue(Settings(data=tmp_path, database=postgres_url), store, lambda: NOON + timedelta(days=3)) as queue,
    ):
        assert isinstance(queue, Cluster)
        set_clock(postgres_url, NOON)
        with store.begin() as session:
            queue.put(session, "note", {}, due=NOON + timedelta(days=3, hours=1))

        set_clock(postgres_url, NOON + timedelta(minutes=59))
        asyncio.run(queue.drain({"note": note}))
        assert calls == []

        set_clock(postgres_url, NOON + timedelta(minutes=60))
        asyncio.run(queue.drain({"note": note}))
        assert calls == [1]


_REFUSE_TWICE = """
create sequence refused;
create function refuse() returns trigger language plpgsql as $$ begin
    if nextval('refused') <= 2 then raise 'busy' using errcode = 'lock_not_available'; end if;
    return coalesce(new, old);
end $$;
create trigger refuse_deleting before delete on procrastinate_jobs for each row execute function refuse();
create trigger refuse_ending before update on procrastinate_jobs for each row
    when (old.status = 'doing' and new.status <> 'doing') execute function refuse();
"""


@pytest.mark.parametrize(
    ("outcomes", "before"),
    [([None], 0), ([Again(0.0), None], 0), ([ValueError()] * 6, 5)],
    ids=["done", "tried again", "given up"],
)
def test_an_end_that_the_database_refuses_is_told_again_while_the_worker_lives(
    outcomes: list[Exception | None], before: int, postgres: Postgres, tmp_path: Path
) -> None:
    called: list[int] = []
    stop = asyncio.Event()

    async def end(*, attempt: int) -> None:
        called.append(attempt)
        if (failure := outcomes[attempt - 1]) is not None:
            raise failure

    async def after(*, attempt: int) -> None:
        stop.set()

    url = postgres.database_to_spoil()
    with open_store(url) as store, open_queue(Settings(data=tmp_path, database=url), store, lambda: NOON):
        set_clock(url, NOON)
        queue = Cluster(store, lambda: NOON, heartbeat=0.05, rest=0.05)
        with store.begin() as session:
            queue.put(session, "end", {}, lock="channel:a")
        for day in range(before):
            set_clock(url, NOON + timedelta(days=day))
            asyncio.run(queue.drain({"end": end}))
        set_clock(url, NOON + timedelta(days=before))
        with psycopg.connect(url.replace("+psycopg", "", 1)) as connection:
            connection.execute(_REFUSE_TWICE)
        with store.begin() as session:
            queue.put(session, "after", {}, lock="channel:a")

        asyncio.run(asyncio.wait_for(queue.run({"end": end, "after": after}, stop), 20))

        assert called == [*range(1, len(outcomes) + 1)]
        assert (queue.waiting(), queue.failed()) == (0, int(outcomes[-1] is not None))


_REFUSE_DELETING = """
create table refusing ();
insert into refusing default values;
create sequence refused_end;
create sequence refused_other;
create function refuse() returns trigger language plpgsql as $$ begin
    if exists (select from refusing) then
        perform nextval('refused_' || old.task_name);
        raise 'busy' using errcode = 'lock_not_available';
    end if;
    return old;
end $$;
create trigger refuse_deleting before delete on procrastinate_jobs for each row execute function refuse();
"""
_TAKEN_UP = "update procrastinate_jobs set status = 'todo', attempts = attempts + 1 where task_name = 'end'"


def test_an_end_that_was_refused_is_not_told_of_the_next_run_of_the_job(postgres: Postgres, tmp_path: Path) -> None:
    found: list[object] = []
    stop = asyncio.Event()

    def ask(question: LiteralString) -> object:
        with psycopg.connect(plain) as connection:
            rows = connection.execute(question)
            return rows.fetchall() if rows.description else None

    async def until(answer: bool, question: LiteralString) -> None:
        while await asyncio.to_thread(ask, f"select {question}") != [(answer,)]:
            pass

    async def end(*, attempt: int) -> None:
        if attempt == 1:
            return
        await asyncio.to_thread(ask, "delete from refusing")
        # The ends are told again in their order: once the other's was taken, this one's was told or let go.
        await until(False, "exists (select from procrastinate_jobs where task_name = 'other')")
        found.append(await asyncio.to_thread(ask, "select status::text, attempts from procrastinate_jobs"))
        stop.set()

    async def other(*, attempt: int) -> None:
        pass

    def put(act: str) -> None:
        with store.begin() as session:
            queue.put(session, act, {})

    async def scene() -> None:
        worker = asyncio.create_task(queue.run({"end": end, "other": other}, stop))
        put("end")
        await until(True, "is_called from refused_end")
        put("other")
        await until(True, "is_called from refused_other")
        await asyncio.to_thread(ask, _TAKEN_UP)
        await worker

    url = postgres.database_to_spoil()
    plain = url.replace("+psycopg", "", 1)
    with open_store(url) as store, open_queue(Settings(data=tmp_path, database=url), store, lambda: NOON):
        set_clock(url, NOON)
        queue = Cluster(store, lambda: NOON, heartbeat=0.05, rest=0.05)
        ask(_REFUSE_DELETING)

        asyncio.run(asyncio.wait_for(scene(), 20))

        assert found == [[("doing", 1)]]
        assert (queue.waiting(), queue.failed()) == (0, 0)
