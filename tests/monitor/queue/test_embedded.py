"""What only the embedded queue promises: one process, one folder, SQLite."""

import asyncio
from pathlib import Path

import pytest
from sqlmodel import select

from monitor.config import Settings
from monitor.domain import Job
from monitor.errors import ConfigError, StoreError
from monitor.log import set_up
from monitor.queue import open_queue
from monitor.queue.embedded import Embedded
from monitor.store import address_of, open_store
from tests.monitor.queue.bench import NOON, Bench
from tests.overheard import Overheard


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    """A folder with an empty database."""
    return Settings(data=tmp_path, database=sqlite_url)


def test_a_second_process_is_told_who_uses_the_folder(settings: Settings) -> None:
    with (
        open_store(address_of(settings)) as store,
        open_queue(settings, store, lambda: NOON),
        pytest.raises(ConfigError) as told,
        open_queue(settings, store, lambda: NOON),
    ):
        pass

    pid = (settings.data / "torenwacht.lock").read_text(encoding="ascii")
    assert told.value.advice == (
        f"Een andere Torenwacht (proces {pid}) gebruikt de map {settings.data} al. "
        "Stop die eerst, of geef deze een eigen map met TORENWACHT_DATA."
    )


def test_the_folder_is_free_again_when_the_queue_is_closed(settings: Settings) -> None:
    with open_store(address_of(settings)) as store:
        for _ in range(2):
            with open_queue(settings, store, lambda: NOON) as queue:
                assert queue.waiting() == 0


def test_who_only_reads_takes_no_lock(settings: Settings) -> None:
    with (
        open_store(address_of(settings)) as store,
        open_queue(settings, store, lambda: NOON),
        open_store(address_of(settings)) as other,
        other.read() as session,
    ):
        assert session.exec(select(Job)).all() == []


def test_it_refuses_to_run_on_postgresql(postgres_url: str) -> None:
    with open_store(postgres_url) as store, pytest.raises(ConfigError, match="TORENWACHT_DATABASE"):
        Embedded(store, lambda: NOON)


def test_a_folder_that_cannot_be_made_is_told_in_dutch(settings: Settings) -> None:
    file = settings.data / "a file"
    file.touch()

    with (
        open_store(address_of(settings)) as store,
        pytest.raises(StoreError) as told,
        open_queue(Settings(data=file / "data"), store, lambda: NOON),
    ):
        pass

    assert "Controleer de rechten op deze map." in told.value.advice


def test_a_job_that_was_cut_off_gives_way_to_one_with_its_key_when_the_queue_opens(settings: Settings) -> None:
    with open_store(address_of(settings)) as store:
        with store.begin() as session:
            session.add(Job(act="note", args={"number": 1}, key="poll:a", status="doing", attempts=1, due=NOON))
            session.add(Job(act="note", args={"number": 2}, key="poll:a", due=NOON))
        with open_queue(settings, store, lambda: NOON) as queue:
            assert queue.waiting() == 1


def test_a_running_queue_does_not_do_the_job_of_a_transaction_that_failed(settings: Settings) -> None:
    calls: list[int] = []

    async def scene(bench: Bench) -> None:
        stop = asyncio.Event()

        async def note(*, attempt: int, number: int) -> None:
            calls.append(number)
            if number == 2:
                stop.set()

        running = asyncio.create_task(bench.queue.run({"note": note}, stop))
        with pytest.raises(ZeroDivisionError), bench.store.begin() as session:
            bench.queue.put(session, "note", {"number": 1})
            _ = 1 // 0
        bench.put("note", {"number": 2})
        await asyncio.wait_for(running, 20)

    with open_store(address_of(settings)) as store:
        bench = Bench(settings, store)
        asyncio.run(scene(bench))
        bench.close()

    assert calls == [2]


def test_a_queue_that_waits_for_the_database_ends_when_it_is_told_to_stop(settings: Settings) -> None:
    async def scene(queue: Embedded) -> None:
        running = asyncio.create_task(queue.run({}, stop := asyncio.Event()))
        while "queue waits for the database" not in await asyncio.to_thread(heard.getvalue):
            pass
        stop.set()
        await asyncio.wait_for(running, 20)

    set_up("DEBUG", heard := Overheard())
    url = address_of(settings)
    with open_store(url) as store, store.begin(), open_store(f"{url}?timeout=0") as locked_out:
        asyncio.run(scene(Embedded(locked_out, lambda: NOON)))
