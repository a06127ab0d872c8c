"""One collection cycle with the real collector and store, without reading. See README.md beside it."""

import argparse
import asyncio
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from classifiers import Voice
from monitor.clock import now
from monitor.collect import open_fetcher, parse
from monitor.config import Retention
from monitor.domain import Fetched, Seen, Source, SourceState
from monitor.errors import CollectError
from monitor.rules.normalise import normalise
from monitor.store import Store, items, open_store, sources

AT_ONCE = 100
SOURCES_A_TRANSACTION = 50


def sources_from(file: Path) -> Iterator[Source]:
    """A source per line of `file`."""
    for number, line in enumerate(file.read_text(encoding="utf-8").split(), start=1):
        host = (urlsplit(line).hostname or "").lower()
        yield Source(
            id=f"s{number}", name=line, publisher="bench", kind="feed", url=line, voice=Voice.NEWS,
            every=timedelta(minutes=5), hosts=(host,), enabled=True, legal=None,
        )  # fmt: skip


def read_entries(fetched: Fetched, source: Source, state: SourceState) -> tuple[SourceState, list[Seen]]:
    """What one answer holds, as fingerprints; and what to remember of the answer."""
    state.etag, state.last_modified, state.body_hash = fetched.etag, fetched.last_modified, fetched.body_hash
    until = fetched.at + timedelta(days=Retention().seen_days)
    plain = (normalise(raw, now=fetched.at) for raw in parse(fetched, source))
    return state, [Seen(fingerprint=p.fingerprint, source=source.id, at=fetched.at, delete_after=until) for p in plain]


def write(store: Store, batch: list[tuple[SourceState, list[Seen]]]) -> int:
    """Keeps the fingerprints of many sources in one transaction; how many were new."""
    with store.begin() as session:
        new = items.remember(session, [seen for _, found in batch for seen in found])
        for state, _ in batch:
            sources.save(session, state)
    return new


async def cycle(urls: Path, folder: Path) -> tuple[int, int]:
    """One cycle; how many entries were new, and how many sources failed."""
    failed = new = 0
    turns = asyncio.Semaphore(AT_ONCE)
    pause = float(os.environ.get("TORENWACHT_HOST_PAUSE", "0"))
    with open_store(f"sqlite:///{folder / 'bench.sqlite'}") as store:
        with store.read() as session:
            known = sources.states(session)
        async with open_fetcher(
            contact="bench@torenwacht.example", allow_private=("127.0.0.0/8",), pause=pause, clock=now
        ) as fetch:

            async def one(source: Source) -> tuple[SourceState, list[Seen]] | None:
                state = known.get(source.id) or SourceState(source=source.id)
                async with turns:
                    fetched = await fetch(source, state)
                return await asyncio.to_thread(read_entries, fetched, source, state) if fetched else None

            batch: list[tuple[SourceState, list[Seen]]] = []
            for done in asyncio.as_completed([one(source) for source in sources_from(urls)]):
                try:
                    found = await done
                except CollectError:
                    failed += 1
                    continue
                if found:
                    batch.append(found)
                if len(batch) >= SOURCES_A_TRANSACTION:
                    new += await asyncio.to_thread(write, store, batch)
                    batch = []
            if batch:
                new += await asyncio.to_thread(write, store, batch)
    return new, failed


def main() -> None:
    """Runs one cycle and adds its new entries to STATE/items.txt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls", type=Path)
    parser.add_argument("state", type=Path)
    parser.add_argument("cycle", help="only named in what is printed")
    args = parser.parse_args()
    args.state.mkdir(parents=True, exist_ok=True)
    counter = args.state / "items.txt"
    before = int(counter.read_text(encoding="ascii")) if counter.exists() else 0
    new, failed = asyncio.run(cycle(args.urls, args.state))
    counter.write_text(str(before + new), encoding="ascii")
    print(f"cycle {args.cycle}: {new} new, {before + new} stored, {failed} sources failed")


if __name__ == "__main__":
    main()
