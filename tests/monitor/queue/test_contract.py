"""What both engines promise: one suite, run on the embedded queue and on the cluster."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from monitor.queue import Again, given_up
from monitor.store.purge import delete_expired
from tests.monitor.queue.bench import Bench
from tests.monitor.queue.killed import start_and_kill

Call = tuple[str, int, int]
"""Act, argument `number`, attempt."""


class Notebook:
    """Acts that write down how they were called."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    def act(self, name: str = "note") -> Callable[..., Awaitable[None]]:
        """An act that succeeds."""

        async def note(*, attempt: int, number: int = 0) -> None:
            self.calls.append((name, number, attempt))

        return note

    def failing(self, *errors: Exception) -> Callable[..., Awaitable[None]]:
        """An act that raises these errors, one per attempt, and then succeeds."""
        left = list(errors)

        async def fail(*, attempt: int, number: int = 0) -> None:
            self.calls.append(("fail", number, attempt))
            if left:
                raise left.pop(0)

        return fail


@pytest.fixture
def notebook() -> Notebook:
    """An empty notebook."""
    return Notebook()


def test_a_job_is_done_once_and_is_gone(bench: Bench, notebook: Notebook) -> None:
    bench.put("note", {"number": 7})
    assert bench.queue.waiting() == 1

    asyncio.run(bench.queue.drain({"note": notebook.act()}))
    asyncio.run(bench.queue.drain({"note": notebook.act()}))

    assert notebook.calls == [("note", 7, 1)]
    assert (bench.queue.waiting(), bench.queue.failed()) == (0, 0)


def test_a_job_put_in_a_transaction_that_fails_is_not_there(bench: Bench) -> None:
    with pytest.raises(ZeroDivisionError), bench.store.begin() as session:
        bench.queue.put(session, "note", {"number": 7})
        _ = 1 // 0

    assert bench.queue.waiting() == 0


def test_jobs_put_by_jobs_are_done_in_the_same_drain(bench: Bench, notebook: Notebook) -> None:
    async def put_another(*, attempt: int) -> None:
        await asyncio.to_thread(bench.put, "note", {"number": attempt})

    bench.put("start")

    asyncio.run(bench.queue.drain({"start": put_another, "note": notebook.act()}))

    assert notebook.calls == [("note", 1, 1)]


def test_earlier_due_goes_first_and_then_earlier_put(bench: Bench, notebook: Notebook) -> None:
    later, sooner = bench.now + timedelta(minutes=2), bench.now + timedelta(minutes=1)
    bench.put("note", {"number": 3}, due=later, lock="one at a time")
    bench.put("note", {"number": 1}, due=sooner, lock="one at a time")
    bench.put("note", {"number": 2}, due=sooner, lock="one at a time")
    bench.pass_time(minutes=5)

    asyncio.run(bench.queue.drain({"note": notebook.act()}))

    assert notebook.calls == [("note", 1, 1), ("note", 2, 1), ("note", 3, 1)]


def test_a_job_that_was_due_long_ago_goes_before_those_that_wait_for_their_turn(
    bench: Bench, notebook: Notebook
) -> None:
    bench.put("note", {"number": 2}, lock="one at a time")
    bench.pass_time(minutes=5)
    bench.put("note", {"number": 3}, lock="one at a time")
    bench.put("note", {"number": 1}, lock="one at a time", due=bench.now - timedelta(hours=1))

    asyncio.run(bench.queue.drain({"note": notebook.act()}))

    assert notebook.calls == [("note", 1, 1), ("note", 2, 1), ("note", 3, 1)]


def test_a_job_does_not_start_before_it_is_due(bench: Bench, notebook: Notebook) -> None:
    bench.put("note", due=bench.now + timedelta(hours=1))

    bench.pass_time(minutes=59)
    asyncio.run(bench.queue.drain({"note": notebook.act()}))
    assert notebook.calls == []

    bench.pass_time(minutes=1)
    asyncio.run(bench.queue.drain({"note": notebook.act()}))
    assert notebook.calls == [("note", 0, 1)]


def test_two_jobs_with_one_lock_never_overlap(bench: Bench) -> None:
    inside: set[str] = set()
    seen: list[set[str]] = []

    async def enter(*, attempt: int, who: str, lock: str) -> None:
        inside.add(lock)
        seen.append(set(inside))
        await asyncio.to_thread(bench.queue.waiting)  # lets others in if they may
        assert lock in inside
        inside.remove(lock)

    for number in range(6):
        bench.put("enter", {"who": str(number), "lock": "host:a"}, lock="host:a")

    asyncio.run(bench.queue.drain({"enter": enter}))

    assert seen == [{"host:a"}] * 6
    assert bench.queue.failed() == 0


def test_a_job_that_waits_for_later_does_not_hold_up_its_lock(bench: Bench, notebook: Notebook) -> None:
    bench.put("fail", {"number": 1}, lock="slack:a")
    asyncio.run(bench.queue.drain({"fail": notebook.failing(Again(3600))}))

    bench.put("note", {"number": 2}, lock="slack:a")
    asyncio.run(bench.queue.drain({"note": notebook.act()}))

    assert notebook.calls == [("fail", 1, 1), ("note", 2, 1)]


def test_jobs_without_a_lock_run_beside_each_other(bench: Bench) -> None:
    async def scene() -> None:
        both = asyncio.Barrier(2)

        async def meet(*, attempt: int) -> None:
            await both.wait()

        await asyncio.wait_for(bench.queue.drain({"meet": meet}), 20)

    bench.put("meet")
    bench.put("meet")

    asyncio.run(scene())

    assert bench.queue.waiting() == 0


def test_a_second_waiting_job_with_the_same_key_is_not_put(bench: Bench, notebook: Notebook) -> None:
    with bench.store.begin() as session:
        bench.queue.put(session, "note", {"number": 1}, key="poll:a")
        bench.queue.put(session, "note", {"number": 2}, key="poll:a")
        bench.queue.put(session, "note", {"number": 3}, key="poll:b")
    bench.put("note", {"number": 4}, key="poll:a")

    asyncio.run(bench.queue.drain({"note": notebook.act()}))

    assert sorted(notebook.calls) == [("note", 1, 1), ("note", 3, 1)]


def test_a_job_may_be_put_while_one_with_its_key_runs(bench: Bench) -> None:
    calls: list[int] = []

    async def put_next(*, attempt: int, number: int) -> None:
        calls.append(number)
        if number < 3:
            await asyncio.to_thread(bench.put, "next", {"number": number + 1}, key="poll:a")

    bench.put("next", {"number": 1}, key="poll:a")

    asyncio.run(bench.queue.drain({"next": put_next}))

    assert calls == [1, 2, 3]


def test_a_job_that_must_wait_again_gives_way_to_one_with_its_key(bench: Bench, notebook: Notebook) -> None:
    async def replaced(*, attempt: int) -> None:
        # Due later: were it due now, another hand could do it before this job gives way.
        await asyncio.to_thread(bench.put, "note", {"number": 2}, key="poll:a", due=bench.now + timedelta(minutes=5))
        raise Again(60)

    bench.put("replaced", key="poll:a")

    asyncio.run(bench.queue.drain({"replaced": replaced, "note": notebook.act()}))
    bench.pass_time(hours=1)
    asyncio.run(bench.queue.drain({"replaced": replaced, "note": notebook.act()}))

    assert notebook.calls == [("note", 2, 1)]
    assert (bench.queue.waiting(), bench.queue.failed()) == (0, 0)


def test_an_act_that_asks_for_patience_is_called_again_after_it(bench: Bench, notebook: Notebook) -> None:
    acts = {"fail": notebook.failing(Again(90))}
    bench.put("fail")

    asyncio.run(bench.queue.drain(acts))
    bench.pass_time(seconds=89)
    asyncio.run(bench.queue.drain(acts))
    assert notebook.calls == [("fail", 0, 1)]

    bench.pass_time(seconds=1)
    asyncio.run(bench.queue.drain(acts))
    assert notebook.calls == [("fail", 0, 1), ("fail", 0, 2)]


def test_patience_without_a_time_is_a_longer_pause_each_attempt(bench: Bench, notebook: Notebook) -> None:
    acts = {"fail": notebook.failing(*[Again()] * 8)}
    bench.put("fail")
    asyncio.run(bench.queue.drain(acts))

    for attempt, minutes in enumerate((1, 5, 15, 60, 180, 360, 360, 360), start=1):
        bench.pass_time(minutes=minutes, seconds=-1)
        asyncio.run(bench.queue.drain(acts))
        assert len(notebook.calls) == attempt
        bench.pass_time(seconds=1)
        asyncio.run(bench.queue.drain(acts))
        assert len(notebook.calls) == attempt + 1

    assert (bench.queue.waiting(), bench.queue.failed()) == (0, 0)


def test_an_act_that_fails_unexpectedly_is_tried_again(bench: Bench, notebook: Notebook) -> None:
    acts = {"fail": notebook.failing(ValueError("unexpected"))}
    bench.put("fail", {"number": 5})

    asyncio.run(bench.queue.drain(acts))
    bench.pass_time(minutes=1)
    asyncio.run(bench.queue.drain(acts))

    assert notebook.calls == [("fail", 5, 1), ("fail", 5, 2)]
    assert (bench.queue.waiting(), bench.queue.failed()) == (0, 0)


def test_a_job_is_given_up_after_six_unexpected_failures(bench: Bench, notebook: Notebook) -> None:
    acts = {"fail": notebook.failing(*[ValueError("unexpected")] * 9)}
    bench.put("fail")

    for _ in range(9):
        asyncio.run(bench.queue.drain(acts))
        bench.pass_time(hours=7)

    assert [attempt for _, _, attempt in notebook.calls] == [1, 2, 3, 4, 5, 6]
    assert (bench.queue.waiting(), bench.queue.failed()) == (0, 1)


def test_patience_is_no_fault_and_is_forgotten_before_the_next_pause(bench: Bench, notebook: Notebook) -> None:
    """Who waited eight times for a moment that was named has six faults left, and a minute at the first of them."""
    acts = {"fail": notebook.failing(*[Again(10)] * 8, *[ValueError("unexpected")] * 6)}
    bench.put("fail")
    for _ in range(9):
        asyncio.run(bench.queue.drain(acts))
        bench.pass_time(seconds=10)
    assert len(notebook.calls) == 9

    for minutes in (1, 5, 15, 60, 180):
        assert bench.queue.failed() == 0
        bench.pass_time(minutes=minutes)
        asyncio.run(bench.queue.drain(acts))

    assert len(notebook.calls) == 14
    assert (bench.queue.waiting(), bench.queue.failed()) == (0, 1)


def test_when_a_job_is_given_up_its_last_word_is_done_once_with_its_arguments(bench: Bench, notebook: Notebook) -> None:
    acts = {
        "fail": notebook.failing(*[ValueError("unexpected")] * 6),
        given_up("fail"): notebook.act("last"),
        given_up("note"): notebook.act("another's"),
    }
    bench.put("fail", {"number": 5}, lock="slack:a")

    for _ in range(8):
        asyncio.run(bench.queue.drain(acts))
        bench.pass_time(hours=7)

    assert notebook.calls == [*(("fail", 5, n) for n in range(1, 7)), ("last", 5, 1)]
    assert (bench.queue.waiting(), bench.queue.failed()) == (0, 1)


def test_a_job_of_an_act_that_is_not_known_here_waits(bench: Bench, notebook: Notebook) -> None:
    bench.put("elsewhere")

    asyncio.run(bench.queue.drain({"note": notebook.act()}))

    assert (bench.queue.waiting(), bench.queue.failed()) == (1, 0)


def test_a_running_queue_wakes_for_a_job_put_in_another_thread(bench: Bench) -> None:
    async def scene() -> None:
        stop = asyncio.Event()

        async def end(*, attempt: int) -> None:
            stop.set()

        running = asyncio.create_task(bench.queue.run({"end": end}, stop))
        await asyncio.to_thread(bench.put, "end")
        await asyncio.wait_for(running, 20)

    asyncio.run(scene())

    assert bench.queue.waiting() == 0


def test_stop_lets_the_running_job_finish_and_starts_no_other(bench: Bench) -> None:
    done: list[int] = []

    async def scene() -> None:
        stop = asyncio.Event()

        async def work(*, attempt: int, number: int) -> None:
            stop.set()
            await asyncio.to_thread(bench.put, "work", {"number": number + 1}, lock="one")
            done.append(number)

        await asyncio.wait_for(bench.queue.run({"work": work}, stop), 20)

    bench.put("work", {"number": 1}, lock="one")

    asyncio.run(scene())

    assert done == [1]
    assert bench.queue.waiting() == 1


def test_a_job_that_is_cut_off_waits_again(bench: Bench, notebook: Notebook) -> None:
    async def scene() -> None:
        begun = asyncio.Event()

        async def hang(*, attempt: int) -> None:
            begun.set()
            await asyncio.Event().wait()

        running = asyncio.create_task(bench.impatient().run({"note": hang}, stop := asyncio.Event()))
        await begun.wait()
        stop.set()
        await asyncio.wait_for(running, 20)

    bench.put("note")

    asyncio.run(scene())
    assert bench.queue.waiting() == 1

    asyncio.run(bench.queue.drain({"note": notebook.act()}))
    assert notebook.calls == [("note", 0, 2)]


def test_a_job_whose_process_was_killed_is_done_by_the_next(bench: Bench, notebook: Notebook) -> None:
    bench.put("note", {"number": 4}, lock="host:a")

    with bench.closed():
        start_and_kill(bench.settings)
    bench.pass_time(minutes=1)  # the cluster waits 30 seconds for a sign of life
    asyncio.run(bench.queue.drain({"note": notebook.act()}))

    assert notebook.calls == [("note", 4, 2)]
    assert (bench.queue.waiting(), bench.queue.failed()) == (0, 0)


def test_jobs_that_were_given_up_or_that_nobody_can_do_do_not_stay(bench: Bench) -> None:
    """R39: the dead letters go too."""
    book = Notebook()
    acts = {"fail": book.failing(*(ValueError() for _ in range(9)))}
    bench.put("fail", {"number": 1})
    bench.put("nobody", {"number": 2})
    for _ in range(6):
        asyncio.run(bench.queue.drain(acts))
        bench.pass_time(hours=6)
    assert (bench.queue.failed(), bench.queue.waiting()) == (1, 1)

    bench.pass_time(days=30)
    bench.put("nobody", {"number": 3})
    with bench.store.begin() as session:
        bench.queue.forget(session, bench.now - timedelta(days=30))
        delete_expired(session, bench.now)

    assert (bench.queue.failed(), bench.queue.waiting()) == (0, 1)
