"""A process that takes a job and is killed in the middle of it."""

import asyncio
import subprocess
import sys
from pathlib import Path

from monitor.config import Settings
from monitor.queue import open_queue
from monitor.store import address_of, open_store
from tests.monitor.queue.bench import NOON


def start_and_kill(settings: Settings) -> None:
    """Starts a process on the same data, waits until it is doing a job, and kills it."""
    command = [sys.executable, "-m", __name__, str(settings.data), address_of(settings)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own module
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.kill()


async def _hang(*, attempt: int, number: int) -> None:
    print("begun", flush=True)  # noqa: T201  # the sign for the parent
    await asyncio.Event().wait()


def _main(data: str, url: str) -> None:
    settings = Settings(data=Path(data), database=url)
    with open_store(url) as store, open_queue(settings, store, lambda: NOON) as queue:
        asyncio.run(queue.run({"note": _hang}, asyncio.Event()))


if __name__ == "__main__":
    _main(*sys.argv[1:])
