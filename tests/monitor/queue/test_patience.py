"""What both engines make of a patience that no act should ask for."""

import asyncio

import pytest

from monitor.queue import Again
from tests.monitor.queue.bench import Bench
from tests.monitor.queue.test_contract import Notebook


@pytest.mark.parametrize("after", [1_764_000_000.0, 1e300, float("inf"), float("nan")])
def test_an_absurd_patience_is_a_week_and_keeps_no_lock(bench: Bench, after: float) -> None:
    notebook = Notebook()
    acts = {"fail": notebook.failing(Again(after)), "note": notebook.act()}
    bench.put("fail", {"number": 1}, lock="slack:a")
    bench.put("note", {"number": 2}, lock="slack:a")

    asyncio.run(bench.queue.drain(acts))
    bench.pass_time(days=7, seconds=-1)
    asyncio.run(bench.queue.drain(acts))
    assert notebook.calls == [("fail", 1, 1), ("note", 2, 1)]

    bench.pass_time(seconds=1)
    asyncio.run(bench.queue.drain(acts))
    assert notebook.calls == [("fail", 1, 1), ("note", 2, 1), ("fail", 1, 2)]
    assert (bench.queue.waiting(), bench.queue.failed()) == (0, 0)


def test_a_patience_below_nothing_is_none(bench: Bench) -> None:
    notebook = Notebook()
    bench.put("fail")

    asyncio.run(bench.queue.drain({"fail": notebook.failing(Again(-1e300))}))

    assert notebook.calls == [("fail", 0, 1), ("fail", 0, 2)]
