"""A function in a process that can be killed. Its limits hold on Linux; the rest everywhere."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from monitor.collect.cell import Cell, Fault, Overrun, open_cell
from monitor.errors import Changed
from tests.monitor.collect import in_cell

SHORT = 0.2
"""Seconds: enough for what is meant to take for ever."""

linux = pytest.mark.skipif(sys.platform != "linux", reason="the limit is one of Linux")


def in_a_cell(
    act: Callable[[Cell], Awaitable[None]], *, workers: int = 1, memory: int = 64 << 20, idle: float = 60.0
) -> None:
    async def run() -> None:
        async with open_cell(workers=workers, memory=memory, idle=idle) as cell:
            await act(cell)

    asyncio.run(run())


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_result_comes_back_whatever_is_printed_meanwhile() -> None:
    async def act(cell: Cell) -> None:
        assert await cell(in_cell.swapped, b"Agenda", 2) == b"aGENDAaGENDA"
        assert await cell(in_cell.print_then_answer) == "an answer"
        assert len(await cell(in_cell.swapped, bytes(5 << 20), 4)) == 20 << 20

    in_a_cell(act)


def test_error_of_the_house_travels_back_unchanged() -> None:
    async def act(cell: Cell) -> None:
        with pytest.raises(Changed) as raised:
            await cell(in_cell.say_changed)

        error = raised.value
        assert (error.source, error.reason, error.advice) == ("bron", "no calendar", "Bron 'bron' geeft geen agenda.")

    in_a_cell(act)


def test_other_errors_tell_their_type_and_never_their_message() -> None:
    """A library may quote in its message what it was reading (R13)."""

    async def act(cell: Cell) -> None:
        told = []
        for function in (in_cell.say_a_secret, in_cell.end_of_file, in_cell.give_what_cannot_travel):
            with pytest.raises(Fault) as raised:
                await cell(function)
            told.append(raised.value.reason)
            assert raised.value.__cause__ is raised.value.__context__ is None

        assert told == ["raised ValueError", "raised EOFError", "raised AttributeError"]
        assert await cell(in_cell.swapped, b"a", 1) == b"A"

    in_a_cell(act)


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (in_cell.spin, "took longer than 0.2 s"),
        pytest.param(in_cell.eat, "took more memory than it may", marks=linux),
        (in_cell.leave, "ended with exit code 3"),
        (in_cell.leave_politely, "ended with exit code 1"),
        (in_cell.kill_itself, "ended by SIGKILL"),
        (in_cell.read_at_zero, "ended by SIGSEGV"),
    ],
)
def test_worker_that_overruns_or_dies_is_replaced(function: Callable[[], None], reason: str) -> None:
    async def act(cell: Cell) -> None:
        before = await cell(in_cell.process_id)

        with pytest.raises(Overrun) as raised:
            await cell(function, limit=SHORT if function is in_cell.spin else 60)
        after = await cell(in_cell.process_id)

        assert (raised.value.reason, type(raised.value)) == (reason, Overrun)
        assert not alive(before)
        assert after != before

    in_a_cell(act)


def test_answer_beyond_reason_is_refused() -> None:
    async def act(cell: Cell) -> None:
        with pytest.raises(Overrun, match="gave more than 64 MB"):
            await cell(in_cell.give_too_much)

    in_a_cell(act, memory=512 << 20)


def test_the_loop_goes_on_while_a_worker_spins() -> None:
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async def act(cell: Cell) -> None:
        counting = asyncio.create_task(count())
        await cell(in_cell.process_id)
        before = turns
        with pytest.raises(Overrun):
            await cell(in_cell.spin, limit=SHORT)
        counting.cancel()

        assert turns > before + 100

    in_a_cell(act)


def test_one_that_spins_does_not_keep_the_others() -> None:
    async def act(cell: Cell) -> None:
        spinning = asyncio.create_task(cell(in_cell.spin, limit=600))
        others = await asyncio.gather(*(cell(in_cell.process_id) for _ in range(20)))

        assert len(set(others)) == 1
        assert not spinning.done()
        spinning.cancel()
        with pytest.raises(asyncio.CancelledError):
            await spinning

    in_a_cell(act, workers=2)


def test_no_more_processes_than_workers_and_none_remains() -> None:
    processes: set[int] = set()

    async def act(cell: Cell) -> None:
        bodies = [bytes(100_000)] * 20
        processes.update(await asyncio.gather(*(cell(in_cell.process_id, body) for body in bodies)))

    in_a_cell(act, workers=2)

    assert len(processes) in (1, 2)
    assert not any(map(alive, processes))


def test_closing_ends_what_still_works_and_what_still_waits() -> None:
    async def run() -> list[str]:
        async with open_cell(workers=1) as cell:
            process = await cell(in_cell.process_id)
            calls = [asyncio.create_task(cell(in_cell.spin, limit=600)) for _ in range(3)]
            await asyncio.sleep(0)
        assert not alive(process)
        results = await asyncio.gather(*calls, return_exceptions=True)
        return [result.reason for result in results if isinstance(result, Overrun)]

    assert asyncio.run(run()) == ["closed", "closed", "closed"]


def test_worker_without_work_gives_its_memory_back() -> None:
    async def act(cell: Cell) -> None:
        process = await cell(in_cell.process_id)
        while alive(process):  # noqa: ASYNC110  # the end of a process sets no event
            await asyncio.sleep(0)

        assert await cell(in_cell.process_id) != process

    in_a_cell(act, idle=0.0)


def test_worker_is_replaced_after_many_calls() -> None:
    async def act(cell: Cell) -> None:
        processes = [await cell(in_cell.process_id) for _ in range(201)]

        assert len(set(processes[:200])) == 1
        assert processes[200] != processes[0]

    in_a_cell(act)


def test_nothing_starts_before_the_first_call() -> None:
    """A cell that is never used costs nothing; one that is closed takes no calls."""

    async def run() -> None:
        async with open_cell() as cell:
            pass
        with pytest.raises(Overrun, match="closed"):
            await cell(in_cell.process_id)

    asyncio.run(run())


def test_lines_of_log_are_logged_here() -> None:
    async def act(cell: Cell) -> None:
        with capture_logs() as lines:
            await cell(in_cell.log_a_line, 3)

        assert lines == [{"event": "events left out", "source": "bron", "count": 3, "log_level": "warning"}]

    in_a_cell(act)


def test_worker_writes_no_file_asks_no_host_and_knows_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TORENWACHT_SLACK_TOKEN", "secret")
    file = tmp_path / "cache"

    async def act(cell: Cell) -> None:
        with pytest.raises(Fault, match="raised PermissionError"):
            await cell(in_cell.write, str(file))
        with pytest.raises(Fault, match="raised PermissionError"):
            await cell(in_cell.connect, 9)
        assert await cell(in_cell.secrets) == []
        assert not file.exists()

    in_a_cell(act)


def test_what_cannot_be_sent_is_a_fault_of_the_caller() -> None:
    async def act(cell: Cell) -> None:
        with pytest.raises((AttributeError, TypeError)):
            await cell(lambda: None)
        assert await cell(in_cell.swapped, b"a", 1) == b"A"

    in_a_cell(act)


def test_calls_that_are_cancelled_at_any_moment_leave_the_next_alone() -> None:
    async def act(cell: Cell) -> None:
        for turns in range(6):
            calls = [asyncio.create_task(cell(in_cell.swapped, b"a", 1)) for _ in range(4)]
            for _ in range(turns):
                await asyncio.sleep(0)
            for call in calls:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)

            assert await cell(in_cell.swapped, b"b", 1) == b"B"

    in_a_cell(act, workers=2)
