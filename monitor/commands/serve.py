"""serve and worker: timetable, queue and page in one process, until someone says stop."""

import argparse
import asyncio
import contextlib
import signal
import socket
from collections.abc import Iterator, Mapping
from functools import partial

import uvicorn
from fastapi import FastAPI

from alerts import Desk
from monitor.app import App, open_app
from monitor.clock import today
from monitor.config import Settings
from monitor.errors import ConfigError
from monitor.log import log
from monitor.queue import Act, given_up
from monitor.rules.active import active
from monitor.schedule import make_up, timetable
from monitor.store import sources
from monitor.web import create_web
from monitor.work.briefings import make_briefing
from monitor.work.decisions import lapse
from monitor.work.deliver import deliver, give_up
from monitor.work.from_slack import hear
from monitor.work.poll import poll
from monitor.work.purge import purge, watch
from monitor.work.remind import escalate, remind
from monitor.work.staff import invite_first, link_of
from monitor.work.trail import anchor_trail


def acts_of(app: App) -> Mapping[str, Act]:
    """The table of acts that the queue may be asked to do; the queue, below, never imports an act, above."""

    async def poll_source(source: str, *, attempt: int) -> None:
        await poll(app, source, attempt=attempt)

    async def brief(*, attempt: int) -> None:
        for confidential in (False, True):
            await asyncio.to_thread(partial(make_briefing, app, confidential=confidential))

    async def clean(*, attempt: int) -> None:
        await asyncio.to_thread(purge, app)

    async def look_out(*, attempt: int) -> None:
        await asyncio.to_thread(watch, app)

    async def give_back(*, attempt: int) -> None:
        await asyncio.to_thread(lapse, app)

    async def anchor(*, attempt: int) -> None:
        await asyncio.to_thread(anchor_trail, app.store, app.clock(), app.settings.anchors_file)

    async def look_at_terms(*, attempt: int) -> None:
        await asyncio.to_thread(remind, app)

    async def look_again(fact: int, *, attempt: int) -> None:
        await asyncio.to_thread(escalate, app, fact)

    return {
        "poll": poll_source,
        "deliver": partial(deliver, app),
        given_up("deliver"): partial(give_up, app),
        "brief": brief,
        "escalate": look_again,
        "lapse": give_back,
        "purge": clean,
        "remind": look_at_terms,
        "anchor": anchor,
        "watch": look_out,
    }


class _Page(uvicorn.Server):
    """uvicorn without signal handlers of its own: one place decides when the house stops."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """A socket for the page, taken before anything starts; raises ConfigError when the port is in use."""
    taken = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        advice = f"Poort {port} op {host} is niet vrij ({error.strerror}). Kies een andere met TORENWACHT_PORT."
        raise ConfigError("omgeving", "TORENWACHT_PORT", advice=advice) from error
    return taken


def stop_on_signal() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    return stop


async def show_page(web: FastAPI, taken: socket.socket, stop: asyncio.Event) -> None:
    """Serves the page until `stop`; open requests get three seconds."""
    config = uvicorn.Config(
        web, log_config=None, access_log=False, server_header=False, lifespan="off", timeout_graceful_shutdown=3
    )
    server = _Page(config)

    async def watch() -> None:
        await stop.wait()
        server.should_exit = True

    async with asyncio.TaskGroup() as both:
        both.create_task(watch())
        await server.serve(sockets=[taken])
        # A page that ends by itself takes the house with it: an operator sees that, half a house nobody sees.
        stop.set()


async def hear_until(stop: asyncio.Event, app: App, channel: str, desk: Desk) -> None:
    """Hears what people ask on a channel, until `stop`."""
    hearing = asyncio.create_task(hear(app, channel, desk))
    await stop.wait()
    hearing.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await hearing


async def serve(settings: Settings, _args: argparse.Namespace) -> int:
    """Runs until SIGTERM; then takes nothing new, ends what runs, and keeps the rest for the next start."""
    stop = stop_on_signal()
    with contextlib.closing(listen(settings.host, settings.port)) as taken:
        async with open_app(settings) as app:
            _welcome(app)
            log.info("ready", command="serve")
            scheduler = timetable(app)
            scheduler.start()
            make_up(app)
            try:
                async with asyncio.TaskGroup() as house:
                    house.create_task(show_page(create_web(app), taken, stop))
                    house.create_task(app.queue.run(acts_of(app), stop))
                    for channel, desk in app.switchboard.desks:
                        if desk.has_socket:
                            house.create_task(hear_until(stop, app, channel, desk))
            finally:
                scheduler.shutdown(wait=False)
    log.info("stopped")
    return 0


async def worker(settings: Settings, _args: argparse.Namespace) -> int:
    """Does jobs only, beside one or more `serve` on the same PostgreSQL database."""
    if not settings.database.startswith("postgresql"):
        advice = "Een losse werker kan alleen met PostgreSQL. Op SQLite doet 'torenwacht serve' al het werk zelf."
        raise ConfigError("omgeving", "TORENWACHT_DATABASE", advice=advice)
    stop = stop_on_signal()
    async with open_app(settings) as app:
        log.info("ready", command="worker")
        await app.queue.run(acts_of(app), stop)
    return 0


def _welcome(app: App) -> None:
    with app.store.read() as session:
        started = active(app.sources.values(), sources.approvals(session), today(app.clock()))
    print(
        f"Torenwacht draait op {app.settings.link_base}. {len(started)} van {len(app.sources)} bronnen mogen starten."
    )
    if len(started) < len(app.sources):
        print("Zie 'torenwacht sources list' voor wat er per bron ontbreekt.")
    # To whoever stands at the console, and nowhere else: a log is read by more people, and kept.
    if secret := invite_first(app):
        print("Er zijn nog geen gebruikers. Word de eerste beheerder; deze link werkt 24 uur, en één keer:")
        print(link_of(app, secret))
