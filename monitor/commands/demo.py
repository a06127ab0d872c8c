"""demo: the whole house at work on the shipped sample sources, offline, over real HTTP."""

import argparse
import asyncio
import json
import socket
import tempfile
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from pathlib import Path

import aiohttp
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from alerts import Switchboard, open_switchboard
from monitor.app import App, open_app
from monitor.clock import now, today
from monitor.commands.house import promise_polls, round_of_polls, write_briefing
from monitor.commands.serve import acts_of, listen, show_page, stop_on_signal
from monitor.commands.summary import in_dutch, summary_of
from monitor.config import Settings
from monitor.demo.site import Site, open_site
from monitor.domain import HIGH_RISK_AT_MOST, Actor, Decision, Role, User
from monitor.domain.columns import to_json
from monitor.log import set_up
from monitor.store import briefings, facts, people, sources
from monitor.web import create_web
from monitor.work.approvals import decide_source
from monitor.work.briefings import make_briefing

SECOND_WAVE_AFTER = 60.0
"""Seconds after the first round in which the sample sources publish what happened since."""
GUEST = "demo"
_SAMPLE = "Een voorbeeld: alles in deze bron is verzonnen."
NO_PASSWORD = "-"  # noqa: S105  # no hash has this form, so nobody can log in as the guest


def demo_settings(settings: Settings, site: Site, folder: Path) -> Settings:
    """The same house on the sample sources and a data folder of its own; loopback is allowed, nothing else private."""
    return replace(
        settings,
        data=folder / "data",
        sources=site.catalogue,
        allow_private_hosts=("127.0.0.0/8",),
        organisation="Gemeente Groningen (demonstratie)",
        fingerprint_key="de voorbeelden zijn verzonnen: hier valt niets te verbergen",
    )


async def demo(settings: Settings, args: argparse.Namespace) -> int:
    """One round with `--once`; otherwise the page stays open and the sources publish a second wave."""
    console = Console()
    # The summary tells of sources that fail; between the alerts a log would only stand in the way.
    set_up("ERROR", secrets=settings.secrets)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="torenwacht-demo-")))
        site = await stack.enter_async_context(open_site(now(), folder=folder))
        house = demo_settings(settings, site, folder)
        taken = None if args.once else stack.enter_context(closing(listen(house.host, house.port)))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        with Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console, transient=True
        ) as progress:
            board = _board(house, http, progress.console)
            app = await stack.enter_async_context(open_app(house, switchboard=board))
            approve_samples(app)
            await _first_round(app, progress)
        await _finish(app, console, args.out)
        if taken is not None:
            await _stay_open(app, site, taken, console)
    return 0


def _board(settings: Settings, http: aiohttp.ClientSession, console: Console) -> Switchboard:
    # soft_wrap: the channel has already laid the message out for a narrow terminal.
    return open_switchboard(
        settings.channels,
        http,
        clock=now,
        environment=settings.environment,
        print_line=lambda line: console.print(line, markup=False, highlight=False, soft_wrap=True),
    )


async def _first_round(app: App, progress: Progress) -> None:
    task = progress.add_task("Bronnen bevragen", total=len(app.sources))
    done = asyncio.Event()

    async def watch() -> None:
        while not done.is_set():
            with app.store.read() as session:
                asked = sum(s.outcome is not None for s in sources.states(session).values())
            progress.update(task, completed=asked)
            try:
                await asyncio.wait_for(done.wait(), timeout=0.2)
            except TimeoutError:
                continue

    async with asyncio.TaskGroup() as both:
        both.create_task(watch())
        await round_of_polls(app, list(app.sources))
        done.set()


async def _finish(app: App, console: Console, out: Path | None) -> None:
    """Makes the briefing, tells what the round gave, and writes it down where asked."""
    id = await asyncio.to_thread(make_briefing, app)
    await app.queue.drain(acts_of(app))
    with app.store.read() as session:
        html = briefings.get(session, id).html
        messages = [to_json(d.message) for d in facts.deliveries(session)]
    found = summary_of(app)
    for line in in_dutch(app, found):
        console.print(line, markup=False, highlight=False)
    folder = out or Path("demo-uit")
    for file in write_briefing(html, folder):
        console.print(f"Briefing: {file}", markup=False, highlight=False)
    if out is not None:
        (out / "summary.json").write_text(json.dumps(found.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
        lines = "".join(json.dumps(message, ensure_ascii=False) + "\n" for message in messages)
        (out / "alerts.jsonl").write_text(lines, encoding="utf-8")


def approve_samples(app: App) -> None:
    """Two invented people approve the samples of high risk, as they must anywhere (R9)."""
    first, second = Actor("voorbeeld-beheerder", Role.ADMIN), Actor("voorbeeld-functionaris", Role.PRIVACY)
    until = today(app.clock()) + HIGH_RISK_AT_MOST
    for source in app.sources.values():
        if source.high_risk:
            decide_source(app, first, source.id, Decision.APPROVED, reason=_SAMPLE)
            decide_source(app, second, source.id, Decision.SECONDED, reason=_SAMPLE, until=until)


def add_guest(app: App) -> None:
    """The one visitor of the demonstration, who cannot log in."""
    with app.store.begin() as session:
        people.add_user(session, User(name=GUEST, role=Role.ADVISOR, password_hash=NO_PASSWORD, created_at=app.clock()))


async def _stay_open(app: App, site: Site, taken: socket.socket, console: Console) -> None:
    """The page until Ctrl-C; after a minute the sources publish what happened since."""
    stop = stop_on_signal()
    add_guest(app)
    console.print(f"De pagina staat op {app.settings.link_base}. Stoppen: Ctrl-C.", markup=False, highlight=False)

    async def second_wave() -> None:
        try:
            await asyncio.wait_for(stop.wait(), timeout=SECOND_WAVE_AFTER)
        except TimeoutError:
            site.later()
            promise_polls(app, list(app.sources))

    async with asyncio.TaskGroup() as house:
        house.create_task(show_page(create_web(app, login_as=GUEST), taken, stop))
        house.create_task(app.queue.run(acts_of(app), stop))
        house.create_task(second_wave())
