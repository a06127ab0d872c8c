"""Collecting alone: the real fetcher, parsers and store, without reading. See README.md beside it."""

import argparse
import asyncio
import gc
import os
import resource
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

gc.set_threshold(100_000, 50, 50)  # as monitor/__main__.py does before it loads anything large

import aiohttp  # noqa: E402  # after the line above: loading is what it makes cheaper
from sqlalchemy.dialects.sqlite import insert  # noqa: E402

from classifiers import Voice  # noqa: E402
from monitor.clock import now  # noqa: E402
from monitor.collect import Fetch, gather, in_thread, open_fetcher  # noqa: E402
from monitor.config import Retention  # noqa: E402
from monitor.domain import Fetched, Source, SourceState  # noqa: E402
from monitor.errors import CollectError  # noqa: E402
from monitor.rules.normalise import mark_of  # noqa: E402
from monitor.store import Store, open_store, seen, sources  # noqa: E402

AT_ONCE = 100
SOURCES_A_TRANSACTION = 100


def sources_from(file: Path) -> Iterator[Source]:
    """A source per line of `file`."""
    for number, line in enumerate(file.read_text(encoding="utf-8").split(), start=1):
        host = (urlsplit(line).hostname or "").lower()
        yield Source(
            id=f"s{number}", name=line, publisher="bench", kind="feed", url=line, voice=Voice.NEWS,
            every=timedelta(minutes=5), hosts=(host,), enabled=True, legal=None,
        )  # fmt: skip


Answer = tuple[str, Fetched, list[str]]
"""A source, its first answer, and the marks of its entries."""

_FRESH = SourceState(source="").model_dump()


def write(store: Store, batch: list[Answer]) -> int:
    """Keeps what many sources gave in one transaction; how many entries were new."""
    until = now() + timedelta(days=Retention().seen_days)
    with store.begin() as session:
        new = seen.unseen(session, [mark for _, _, marks in batch for mark in marks])
        prints = [(mark, source) for source, _, marks in batch for mark in marks if mark in new]
        seen.remember(session, prints, delete_after=until)
        keep = insert(SourceState)
        learnt = ("etag", "last_modified", "body_hash")
        keep = keep.on_conflict_do_update(
            index_elements=["source"], set_={name: keep.excluded[name] for name in learnt}
        )
        rows = [_FRESH | {"source": s, **{name: getattr(first, name) for name in learnt}} for s, first, _ in batch]
        session.execute(keep, rows)
    return len(new)


class House:
    """What stays open between two cycles."""

    def __init__(self, store: Store, fetch: Fetch, urls: Path) -> None:
        self.store, self.fetch, self.sources = store, fetch, list(sources_from(urls))

    async def cycle(self) -> tuple[int, int]:
        """One cycle; how many entries were new, and how many sources failed."""
        failed = new = 0
        turns = asyncio.Semaphore(AT_ONCE)
        with self.store.read() as session:
            known = sources.states(session)

        async def one(source: Source) -> Answer | None:
            async with turns:
                found = await gather(self.fetch, in_thread, source, known.get(source.id))
            return (source.id, found.first, [mark_of(raw) for raw in found.raws]) if found else None

        batch: list[Answer] = []
        for done in asyncio.as_completed([one(source) for source in self.sources]):
            try:
                found = await done
            except CollectError:
                failed += 1
                continue
            if found is not None:
                batch.append(found)
            if len(batch) >= SOURCES_A_TRANSACTION:
                new += write(self.store, batch)
                batch = []
        if batch:
            new += write(self.store, batch)
        return new, failed


async def once(urls: Path, state: Path) -> tuple[int, int]:
    """One cycle of a process of its own."""
    pause = float(os.environ.get("TORENWACHT_HOST_PAUSE", "0"))
    with open_store(f"sqlite:///{state / 'bench.sqlite'}") as store:
        async with open_fetcher(
            contact="bench@torenwacht.example", allow_private=("127.0.0.0/8",), pause=pause, clock=now
        ) as fetch:
            return await House(store, fetch, urls).cycle()


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
    with urlopen(Request(server + path, method="POST"), timeout=60):  # noqa: S310 - the bench's own server
        pass


async def resident(urls: Path, addresses: list[str], state: Path, server: str) -> None:
    """Three cycles in one process that stays up, each beside the bare fetch; prints CPU seconds and ratios."""
    floor: list[float] = []
    ours: list[float] = []
    with open_store(f"sqlite:///{state / 'bench.sqlite'}") as store:
        async with (
            aiohttp.ClientSession() as session,
            open_fetcher(
                contact="bench@torenwacht.example", allow_private=("127.0.0.0/8",), pause=0, clock=now
            ) as fetch,
        ):
            house, etags = House(store, fetch, urls), dict[str, str]()
            for number in (1, 2, 3):
                if number == 3:
                    _control(server, "/control/publish?percent=10")
                before = time.process_time()
                await bare(addresses, etags, session)
                floor.append(time.process_time() - before)
                before = time.process_time()
                new, failed = await house.cycle()
                ours.append(time.process_time() - before)
                print(f"cycle {number}: {new} new, {failed} failed, bare {floor[-1]:.3f} s, ours {ours[-1]:.3f} s CPU")
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
        asyncio.run(resident(args.urls, args.urls.read_text(encoding="utf-8").split(), args.state, args.resident))
        return
    counter = args.state / "items.txt"
    before = int(counter.read_text(encoding="ascii")) if counter.exists() else 0
    new, failed = asyncio.run(once(args.urls, args.state))
    counter.write_text(str(before + new), encoding="ascii")
    print(f"cycle {args.cycle}: {new} new, {before + new} stored, {failed} sources failed")


if __name__ == "__main__":
    main()
