"""What only the cluster promises: many processes, and a clock that they share."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from monitor.config import Settings
from monitor.queue import open_queue
from monitor.queue.cluster import Cluster
from monitor.store import open_store
from tests.databases import Postgres, set_clock
from tests.monitor.queue.bench import NOON


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
