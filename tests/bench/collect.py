"""Collecting alone: the real fetcher, parsers and store, without reading. See README.md beside it."""

import argparse
import asyncio
import gc
import os
import resource
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

gc.set_threshold(100_000, 50, 50)  # as monitor/__main__.py does before it loads anything large

import aiohttp  # noqa: E402  # after the line above: loading is what it makes cheaper
from sqlalchemy.dialects.sqlite import insert  # noqa: E402

from classifiers import Voice  # noqa: E402
from monitor.clock import now  # noqa: E402
from monitor.collect import Cell, Fetch, gather, open_cell, open_fetcher  # noqa: E402
from monitor.config import Retention  # noqa: E402
from monitor.domain import RawItem, Source, SourceState  # noqa: E402
from monitor.errors import CollectError  # noqa: E402
from monitor.hosts import HostBook  # noqa: E402
from monitor.rules.normalise import mark_of  # noqa: E402
from monitor.store import Store, open_store, seen, sources  # noqa: E402

AT_ONCE = 100
SOURCES_A_TRANSACTION = 50
MARKED_HERE = 200
"""Entries; of more the marks would keep the event loop busy."""


def sources_from(file: Path) -> Iterator[Source]:
    """A source per line of `file`."""
    for number, line in enumerate(file.read_text(encoding="utf-8").split(), start=1):
        host = (urlsplit(line).hostname or "").lower()
        yield Source(
            id=f"s{number}", name=line, publisher="bench", kind="feed", url=line, voice=Voice.NEWS,
            every=timedelta(minutes=5), hosts=(host,), enabled=True, legal=None,
        )  # fmt: skip


_LEARNT = ("etag", "last_modified", "body_hash")

Answer = tuple[dict[str, str], list[str]]
"""A source with its validators, and the marks of its entries."""

_FRESH = SourceState(source="").model_dump()


def write(store: Store, batch: list[Answer]) -> int:
    """Keeps what many sources gave in one transaction; how many entries were new."""
    until = now() + timedelta(days=Retention().seen_days)
    with store.begin() as session:
        marks = {mark: learnt["source"] for learnt, found in batch for mark in found}
        new = seen.unseen(session, marks)
        seen.remember(session, [(mark, marks[mark]) for mark in new], delete_after=until)
        keep = insert(SourceState)
        keep = keep.on_conflict_do_update(
            index_elements=["source"], set_={name: keep.excluded[name] for name in _LEARNT}
        )
        session.execute(keep, [_FRESH | learnt for learnt, _ in batch])
    return len(new)


def _marks(raws: list[RawItem]) -> list[str]:
    return [mark_of(raw) for raw in raws]


class House:
    """What stays open between two cycles."""

    def __init__(self, store: Store, fetch: Fetch, cell: Cell) -> None:
        self.store, self.fetch, self.cell = store, fetch, cell

    async def cycle(self, wanted: list[Source], at_once: int = AT_ONCE) -> tuple[int, int]:
        """One cycle; how many entries were new, and how many sources failed."""
        turns = asyncio.Semaphore(at_once)
        known = await asyncio.to_thread(self._states)
        new, failed, batch = list[int](), list[str](), list[Answer]()

        async def one(source: Source) -> None:
            try:
                found = await gather(self.fetch, self.cell, source, known.get(source.id))
            except CollectError:
                failed.append(source.id)
                return
            finally:
                turns.release()
            if found is not None:
                learnt = {name: str(getattr(found.first, name)) for name in _LEARNT}
                many = len(found.raws) > MARKED_HERE
                marks = await asyncio.to_thread(_marks, found.raws) if many else _marks(found.raws)
                batch.append(({"source": source.id} | learnt, marks))
                if len(batch) >= SOURCES_A_TRANSACTION:
                    full = batch.copy()
                    batch.clear()
                    new.append(await asyncio.to_thread(write, self.store, full))

        async with asyncio.TaskGroup() as group:
            for source in wanted:
                await turns.acquire()
                group.create_task(one(source))
                await asyncio.sleep(0)  # as from a queue: not all in one round of the event loop
        if batch:
            new.append(await asyncio.to_thread(write, self.store, batch))
        return sum(new), len(failed)

    def _states(self) -> dict[str, SourceState]:
        with self.store.read() as session:
            return sources.states(session)


@asynccontextmanager
async def open_house(state: Path) -> AsyncIterator[House]:
    """The parts that collecting needs, as the product opens them; `state` is the folder of the database."""
    pause = float(os.environ.get("TORENWACHT_HOST_PAUSE", "0"))
    with open_store(f"sqlite:///{state / 'bench.sqlite'}") as store:
        async with (
            open_cell() as cell,
            open_fetcher(
                contact="bench@torenwacht.example",
                allow_private=("127.0.0.0/8",),
                pause=pause,
                clock=now,
                book=HostBook(store),
            ) as fetch,
        ):
            yield House(store, fetch, cell)


async def once(urls: Path, state: Path) -> tuple[int, int]:
    """One cycle of a process of its own."""
    async with open_house(state) as house:
        return await house.cycle(list(sources_from(urls)))


async def bare(urls: list[str], known: dict[str, str], session: aiohttp.ClientSession) -> None:
    """The floor: the same requests, nothing read and nothing kept."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(url: str) -> None:
        headers = {"If-None-Match": known[url]} if url in known else {}
        async with turns, session.get(url, headers=headers) as answer:
            await answer.read()
            known[url] = answer.headers.get("ETag", known.get(url, ""))

    await asyncio.gather(*(one(url) for url in urls))


def _control(server: str, path: str) -> None:
    from urllib.request import Request, urlopen  # noqa: PLC0415 - a cycle of its own process does not need it

    with urlopen(Request(server + path, method="POST"), timeout=60):  # noqa: S310 - the bench's own server
        pass


def start_of(statement: str) -> float:
    """CPU seconds that a new interpreter takes for `statement`; the median of five."""
    taken = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", statement], check=True)  # noqa: S603 - our own interpreter
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return median(taken)


async def resident(urls: Path, state: Path, server: str) -> None:
    """Three cycles in one process that stays up, each beside the bare fetch; prints CPU seconds and ratios.

    The second ratio counts what the bare fetch takes to start on both sides, as that of whole processes does.
    """
    start = start_of("import aiohttp")
    wanted = list(sources_from(urls))
    addresses = [source.url for source in wanted]
    print(f"start: bare {start:.3f} s, ours {time.process_time():.3f} s CPU; {len(wanted)} feeds")
    async with aiohttp.ClientSession() as session, open_house(state) as house:
        etags = dict[str, str]()
        for number in (1, 2, 3):
            if number == 3:
                await asyncio.to_thread(_control, server, "/control/publish?percent=10")
            before = time.process_time()
            await bare(addresses, etags, session)
            floor = time.process_time() - before
            before = time.process_time()
            new, failed = await house.cycle(wanted)
            ours = time.process_time() - before
            print(
                f"cycle {number}: {new} new, {failed} failed, bare {floor:.3f} s, ours {ours:.3f} s CPU: "
                f"{ours / floor:.2f} x, with the start of the bare one {(start + ours) / (start + floor):.2f} x; "
                f"{ours * 1000 / len(wanted):.3f} ms a feed"
            )
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def main() -> None:
    """Runs one cycle and adds its new entries to STATE/items.txt; or, with --resident, three and compares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls", type=Path)
    parser.add_argument("state", type=Path)
    parser.add_argument("cycle", nargs="?", default="", help="only named in what is printed")
    parser.add_argument("--resident", metavar="SERVER", help="three cycles in one process; address of the feed server")
    args = parser.parse_args()
    args.state.mkdir(parents=True, exist_ok=True)
    if args.resident:
        asyncio.run(resident(args.urls, args.state, args.resident))
        return
    counter = args.state / "items.txt"
    before = int(counter.read_text(encoding="ascii")) if counter.exists() else 0
    new, failed = asyncio.run(once(args.urls, args.state))
    counter.write_text(str(before + new), encoding="ascii")
    print(f"cycle {args.cycle}: {new} new, {before + new} stored, {failed} sources failed")


if __name__ == "__main__":
    main()
