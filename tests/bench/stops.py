"""How long the event loop stands still while sources are collected. See README.md beside it.

A task wants to wake every millisecond, and notes how late it is.
"""

import argparse
import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from monitor.queue.contract import AT_ONCE
from tests.bench.collect import open_house, sources_from

EVERY = 0.001
"""Seconds."""


@dataclass(slots=True)
class Lag:
    """What lay between two times that the task woke, in seconds."""

    late: list[float] = field(default_factory=list)
    """By the clock: also what other threads and other programs took."""
    busy: list[float] = field(default_factory=list)
    """CPU time of the thread of the event loop itself."""

    def __str__(self) -> str:
        return f"by the clock {_spread(self.late)}; its own CPU {_spread(self.busy)}"


def _spread(seconds: list[float]) -> str:
    inorder = sorted(seconds)
    over = sum(each > 0.010 for each in inorder)
    share = inorder[int(len(inorder) * 0.99)]
    return f"longest {inorder[-1] * 1000:.1f}, 99 % below {share * 1000:.1f} ms, {over} over 10"


@asynccontextmanager
async def watched() -> AsyncIterator[Lag]:
    """Watches the event loop until the block ends."""
    lag, loop = Lag(), asyncio.get_running_loop()

    async def wake() -> None:
        while True:
            due, busy = loop.time() + EVERY, time.thread_time()
            await asyncio.sleep(EVERY)
            lag.late.append(max(loop.time() - due, 0.0))
            lag.busy.append(time.thread_time() - busy)

    task = asyncio.create_task(wake())
    try:
        yield lag
    finally:
        task.cancel()


async def stops(urls: Path, state: Path, among: Path | None) -> None:
    """Three cycles, with a watch on the event loop; `among` adds the large and hostile ones of that file."""
    wanted = list(sources_from(urls))
    more = [replace(source, id=f"among-{source.id}") for source in sources_from(among)] if among else []
    async with watched() as lag:
        await asyncio.sleep(2)
    print(f"idle: {lag}")
    async with open_house(state) as house:
        for number in (1, 2, 3):
            async with watched() as lag:
                new, failed = await house.cycle([*more, *wanted], AT_ONCE)
            print(f"cycle {number}: {new} new, {failed} failed; {lag}")


def main() -> None:
    """Collects three times, and prints how late the event loop was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls", type=Path)
    parser.add_argument("state", type=Path)
    parser.add_argument("--among", type=Path, help="a file with more addresses: large and hostile answers")
    args = parser.parse_args()
    args.state.mkdir(parents=True, exist_ok=True)
    asyncio.run(stops(args.urls, args.state, args.among))


if __name__ == "__main__":
    main()
