"""App: the parts of the house, opened in order and closed in reverse. The composition root."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

import aiohttp

import classifiers
from alerts import Switchboard, open_switchboard
from classifiers import Reader
from monitor.clock import Clock, now
from monitor.collect import Cell, Fetch, open_cell
from monitor.collect.questions import no_person_asked_for
from monitor.collect.sources import read_sources
from monitor.config import Settings
from monitor.domain import Source
from monitor.hosts import Brake, open_house_fetcher
from monitor.logbook import Logbook, open_logbook
from monitor.queue import Queue, open_queue
from monitor.rules import approach, football
from monitor.rules.send_table import names_channels, read_rules
from monitor.rules.sending import SendRules
from monitor.store import Store, address_of, open_store


@dataclass(frozen=True, slots=True)
class App:
    """The parts, open. The first argument of every act."""

    settings: Settings
    clock: Clock
    sources: dict[str, Source]
    reader: Reader
    store: Store
    queue: Queue
    fetch: Fetch
    cell: Cell
    brake: Brake
    switchboard: Switchboard
    send_rules: SendRules
    logbook: Logbook


@asynccontextmanager
async def open_app(
    settings: Settings,
    *,
    clock: Clock = now,
    reader: Reader | None = None,
    fetch: Fetch | None = None,
    cell: Cell | None = None,
    switchboard: Switchboard | None = None,
    works: bool = True,
) -> AsyncIterator[App]:
    """Opens every part; one that is passed in takes the place of the real one.

    `works` False is for a command beside a running service: it may promise jobs, and leaves the doing to the service.

    Raises ConfigError, ChannelConfigError, TableError or StoreError, with everything closed again.
    """
    async with AsyncExitStack() as stack:
        sources = {source.id: source for source in read_sources(settings.sources)}
        # A fault in their tables stops the house here, and not a poll that brings a match.
        football.shipped()
        approach.shipped()
        reader = reader or classifiers.load()
        for source in sources.values():
            no_person_asked_for(settings.sources.name, source, reader)
        if switchboard is None:
            http = await stack.enter_async_context(aiohttp.ClientSession())
            switchboard = open_switchboard(settings.channels, http, clock=clock, environment=settings.environment)
        send_rules = read_rules(settings.rules)
        names_channels(settings.rules.name, send_rules, switchboard.known)
        store = stack.enter_context(open_store(address_of(settings), settings.retention, clock))
        brake = Brake(store)
        if fetch is None:
            fetcher = fetch = await stack.enter_async_context(open_house_fetcher(settings, store, clock, brake))
            brake.also(partial(asyncio.get_running_loop().call_soon_threadsafe, fetcher.halt))
        if cell is None:
            cell = await stack.enter_async_context(open_cell())
        queue = stack.enter_context(open_queue(settings, store, clock, works=works))
        logbook = open_logbook(settings.data, settings.retention.logbook_days)
        yield App(
            settings, clock, sources, reader, store, queue, fetch, cell, brake, switchboard, send_rules, logbook,
        )  # fmt: skip
