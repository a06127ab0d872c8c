"""Two engines, one contract: the demonstration's work gives the same result on SQLite and on PostgreSQL."""

import asyncio
import signal
from dataclasses import replace
from pathlib import Path

from classifiers import Reader
from monitor.app import open_app
from monitor.commands.demo import approve_samples, demo_settings
from monitor.commands.house import round_of_polls
from monitor.commands.summary import Summary, summary_of
from monitor.config import Settings
from monitor.demo.site import open_site
from monitor.store import events, open_store
from tests.build import NOON, at
from tests.fakes import Boards, FixedClock, a_catalogue, every_event, presses
from tests.monitor.test_cli import EARLY, a_free_port, environment, start, until

Result = tuple[Summary, list[tuple[str, str, int]]]


async def demonstrate(folder: Path, database: str, reader: Reader) -> Result:
    """One round over the sample sources, one after another so that both engines meet them in the same order."""
    async with open_site(NOON, folder=folder) as site:
        settings = replace(
            demo_settings(Settings(data=folder), site, folder),
            host_pause=0,
            database="" if database.startswith("sqlite") else database,
        )
        boards = Boards()
        async with open_app(settings, reader=reader, clock=FixedClock(), switchboard=boards.switchboard()) as app:
            approve_samples(app)
            for source in app.sources:
                await round_of_polls(app, [source])
            with app.store.read() as session:
                found = [(e.title, e.level.value, e.reports) for e in every_event(session)]
            return summary_of(app), found


def test_the_demonstration_gives_the_same_on_both(
    tmp_path: Path, sqlite_url: str, postgres_url: str, reader: Reader
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()

    embedded = asyncio.run(demonstrate(one, sqlite_url, reader))
    cluster = asyncio.run(demonstrate(other, postgres_url, reader))

    assert embedded == cluster
    summary, found = embedded
    assert summary.figures.seen == summary.figures.kept + sum(summary.figures.dropped.values())
    assert len(summary.sources) >= 14
    assert len(found) > 20
    assert summary.deliveries > 0


def test_a_service_and_a_worker_share_the_work(tmp_path: Path, postgres_url: str) -> None:
    """`serve` on PostgreSQL with one `worker` beside it: the entry comes in once, and both stop when told."""

    async def walk() -> None:
        async with presses("127.0.0.34") as [press]:
            press.publish(
                "Protestmars op de Grote Markt",
                "Zaterdag 28 november 2026 om 14.00 uur is er een protestmars op de Grote Markt. "
                "De organisatie verwacht 1.500 deelnemers.",
            )
            env = environment(
                tmp_path,
                TORENWACHT_DATABASE=postgres_url,
                TORENWACHT_SOURCES=str(a_catalogue(tmp_path / "sources.toml", {EARLY: press.url})),
                TORENWACHT_ALLOW_PRIVATE_HOSTS="127.0.0.0/8",
                TORENWACHT_PORT=str(a_free_port()),
            )
            service = await start(env, "serve")
            worker = await start(env, "worker")
            both = (service, worker)
            try:
                await asyncio.gather(*(until(process, "ready") for process in both))
                heard = [asyncio.create_task(until(process, "source polled")) for process in both]
                await asyncio.wait(heard, return_when=asyncio.FIRST_COMPLETED)
                for process in both:
                    process.send_signal(signal.SIGTERM)
                codes = [await asyncio.wait_for(process.wait(), timeout=20) for process in both]
                assert codes == [0, 0]
                await asyncio.gather(*heard, return_exceptions=True)
            finally:
                for process in both:
                    if process.returncode is None:
                        process.kill()

    asyncio.run(walk())

    with open_store(postgres_url) as store, store.read() as session:
        [event] = events.events_between(session, at(28), at(29), public_only=True)
        assert event.reports == 1
