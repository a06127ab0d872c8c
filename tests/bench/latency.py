"""From the answer of a source to the message in Slack: how long a new entry takes. See README.md beside it."""

import argparse
import asyncio
import os
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import inf
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from aiohttp import web

from monitor.clock import now, today
from monitor.config import Settings
from monitor.domain import FactKind
from monitor.render.dutch import long_day
from monitor.store import Store, address_of, facts, items, open_store
from tests.bench.kill import database_of
from tests.fakes import CATALOGUE, ENTRY, RSS
from tests.fakes_slack import TOKEN, FakeSlack, serving

PLACES = (
    "Grote Markt", "Vismarkt", "Ossenmarkt", "Hereplein", "Guyotplein", "Akerkhof", "Damsterplein", "Emmaplein",
    "Stationsplein", "Zuiderdiep",
)  # fmt: skip
WELL = 2.0
"""Seconds that 95 of 100 entries may take (the goal)."""
PATIENCE = 120.0
"""Seconds that the last entries get to come through; one that does not counts as slower than any."""


class Clocked(FakeSlack):
    """A Slack that knows when it took each message, by its key."""

    def __init__(self) -> None:
        super().__init__({"#openbare-orde": "C0123456789"}, {}, frozenset({"channels:read"}))
        self.taken: dict[str, float] = {}

    async def carry_out(self, request: web.Request) -> web.StreamResponse:
        """Notes what is new in `posts`."""
        answer = await super().carry_out(request)
        if request.match_info["method"] == "chat.postMessage" and self.posts:
            metadata = self.posts[-1]["metadata"]
            assert isinstance(metadata, dict)
            self.taken.setdefault(str(metadata["event_payload"]["key"]), time.monotonic())
        return answer


@dataclass
class Site:
    """One source: its entries, newest last."""

    entries: list[str] = field(default_factory=list)
    asked: int = 0


class Sites:
    """Many sources, each on an address of its own, that publish something now and then."""

    def __init__(self, number: int, share: float, chance: Random) -> None:
        self.hosts = [f"127.0.{1 + n // 250}.{1 + n % 250}" for n in range(number)]
        self.served: dict[str, float] = {}
        """When each new entry first went out, by the address of its page."""
        self.statuses = Counter[int]()
        self._share, self._chance = share, chance
        self._sites = {host: Site() for host in self.hosts}
        self._days = [today(now()) + timedelta(days=n) for n in range(3, 63)]
        self._left = [(day, place) for day in self._days for place in PLACES]
        chance.shuffle(self._left)

    @property
    def asked(self) -> int:
        """How many sources were asked at least once."""
        return sum(site.asked > 0 for site in self._sites.values())

    async def answer(self, request: web.Request) -> web.Response:
        """The feed; from the second time on, and by chance, with something new in it."""
        if request.path != "/rss":
            return web.Response(status=404)
        host = request.host.partition(":")[0]
        site = self._sites[host]
        site.asked += 1
        if site.asked == 1:
            site.entries.append(_entry(f"{host}-0", "Het weer", "Het wordt zonnig en droog."))
        elif self._left and self._chance.random() < self._share:
            key = f"{host}-{len(site.entries)}"
            site.entries.append(_entry(key, *_words(*self._left.pop())))
            self.served[f"https://krant.example/{key}"] = 0
        etag = f'"{len(site.entries)}"'
        same = request.headers.get("If-None-Match") == etag
        self.statuses[304 if same else 200] += 1
        if same:
            return web.Response(status=304, headers={"ETag": etag})
        newest = f"https://krant.example/{host}-{len(site.entries) - 1}"
        if self.served.get(newest) == 0:
            self.served[newest] = time.monotonic()
        body = RSS.format(items="".join(reversed(site.entries)))
        return web.Response(text=body, content_type="application/rss+xml", headers={"ETag": etag})


def _entry(key: str, title: str, text: str) -> str:
    return ENTRY.format(title=title, text=text, key=key, date=now())


def _words(day: date, place: str) -> tuple[str, str]:
    when = long_day(day)
    return (
        f"Protestmars op {when}: {place}",
        f"Op {when} vertrekt om 14.00 uur een protestmars vanaf de {place} in Groningen. "
        "De organisatie verwacht 1.500 deelnemers. De politie begeleidt de mars, en bussen rijden om.",
    )


def settings_of(folder: Path, urls: list[str], slack: FakeSlack, database: str) -> Settings:
    """Writes the three tables."""
    rows = [CATALOGUE.format(id=f"s{n}", name=f"Bron {n}", url=url, kind="feed", more="") for n, url in enumerate(urls)]
    (folder / "sources.toml").write_text("".join(rows).replace('"15m"', '"5m"'), encoding="utf-8")
    (folder / "channels.toml").write_text(
        '[[channel]]\nname = "adviseurs"\nkind = "slack"\ntopics = ["niveau"]\nfrom_urgency = 1\n'
        f'options = {{ channel = "#openbare-orde", token = "env:SLACK", base_url = "{slack.base_url}" }}\n',
        encoding="utf-8",
    )
    (folder / "rules.toml").write_text(
        '[[rule]]\nname = "nieuw"\nchange = ["nieuw"]\nurgency = 2\n[bundle]\nmore_than = 1000\nminutes = 15\n',
        encoding="utf-8",
    )
    return Settings(data=folder, database=database)


async def serve(folder: Path, database: str, port: int) -> asyncio.subprocess.Process:
    """The real house, as an operator starts it; its log in house.log."""
    environment = {
        **os.environ,
        "TORENWACHT_DATA": str(folder),
        "TORENWACHT_DATABASE": database,
        "TORENWACHT_SOURCES": str(folder / "sources.toml"),
        "TORENWACHT_CHANNELS": str(folder / "channels.toml"),
        "TORENWACHT_RULES": str(folder / "rules.toml"),
        "TORENWACHT_ALLOW_PRIVATE_HOSTS": "127.0.0.0/8",
        "TORENWACHT_HOST_PAUSE": "0",
        "TORENWACHT_PORT": str(port),
        "SLACK": TOKEN,
    }
    with (folder / "house.log").open("wb") as log:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "monitor", "serve", env=environment, stdout=log, stderr=log
        )


def waits(store: Store, sites: Sites, slack: Clocked) -> tuple[list[float], int]:
    """Seconds from answer to message, of each entry that opened an event; and how many did not."""
    found = []
    with store.read() as session:
        for row in facts.deliveries(session):
            fact = facts.get(session, row.fact)
            if fact.kind is FactKind.EVENT_OPENED and row.event is not None:
                served = [sites.served.get(item.url) for item in items.items_of(session, row.event)]
                took = slack.taken.get(f"feit-{row.fact}")
                found += [took - at for at in served[:1] if at and took]
    return sorted(found), len(sites.served) - len(found)


async def run(args: argparse.Namespace, folder: Path, database: str) -> None:
    """One run, and its figures."""
    sites, slack = Sites(args.sources, args.share, Random(args.seed)), Clocked()  # noqa: S311 - no secret
    app = web.Application()
    app.router.add_get("/{path:.*}", sites.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        port = 0
        for host in sites.hosts:
            await web.TCPSite(runner, host, port).start()
            port = port or runner.addresses[0][1]
        async with serving(slack):
            settings = settings_of(folder, [f"http://{host}:{port}/rss" for host in sites.hosts], slack, database)
            with open_store(address_of(settings)):
                pass
            house = await serve(folder, database, args.port)
            began = time.monotonic()
            with suppress(TimeoutError):
                async with asyncio.timeout(args.minutes * 60):
                    while len(sites.served) < args.entries:
                        await asyncio.wait_for(asyncio.sleep(30), 60)
                        told = f"{sites.asked} asked, {len(sites.served)} new, {len(slack.posts)} posts"
                        print(f"  {time.monotonic() - began:.0f} s: {told}", flush=True)
            with suppress(TimeoutError):  # what was served may still be on its way
                async with asyncio.timeout(PATIENCE):
                    while len(slack.taken) < len(sites.served):
                        await asyncio.wait_for(asyncio.sleep(1), 60)
            house.terminate()
            await house.wait()
        with open_store(address_of(settings)) as store:
            found, others = waits(store, sites, slack)
    finally:
        await runner.cleanup()
    print(f"{args.database}, {args.sources} sources, {dict(sites.statuses)}; {len(found)} entries told, {others} not")
    if every := [*found, *[inf] * others]:
        p50, p95, p99 = (every[int(len(every) * share)] for share in (0.5, 0.95, 0.99))
        print(f"p50 {p50:.2f} s, p95 {p95:.2f} s, p99 {p99:.2f} s, longest {every[-1]:.2f} s; goal: p95 {WELL:.0f} s")


def main() -> None:
    """Runs once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=500)
    parser.add_argument("--entries", type=int, default=100)
    parser.add_argument(
        "--share", type=float, default=0.25, help="of the polls after the first that find something new"
    )
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with TemporaryDirectory(prefix="torenwacht-") as name, database_of(args.database) as database:
        asyncio.run(run(args, Path(name), database))


if __name__ == "__main__":
    main()
