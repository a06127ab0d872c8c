"""check, poll and brief: what an operator does by hand."""

import argparse
import asyncio
import json
import sys
from contextlib import AsyncExitStack
from datetime import date, datetime
from functools import partial
from pathlib import Path

import aiohttp

import classifiers
from alerts import open_switchboard
from monitor.app import App, open_app
from monitor.clock import midnight, now, today
from monitor.collect.questions import no_person_asked_for
from monitor.collect.sources import read_sources
from monitor.commands.rules import shadows
from monitor.commands.serve import acts_of
from monitor.commands.summary import in_dutch, summary_of
from monitor.config import Settings
from monitor.domain import MACHINE, Purpose, Source, SourceState
from monitor.errors import ConfigError
from monitor.render.dutch import clock, count, moment
from monitor.render.pdf import PdfUnavailable, to_pdf
from monitor.rules import approach, football
from monitor.rules.active import active
from monitor.rules.pace import due_of
from monitor.rules.send_table import names_channels, read_rules
from monitor.store import address_of, briefings, open_store, sources
from monitor.work.briefings import make_briefing
from monitor.work.looks import take_out
from monitor.work.poll import put_poll

FAILED = 1


async def check(settings: Settings, args: argparse.Namespace) -> int:
    """Loads every table and says per source why it does not start; asks no source."""
    found = read_sources(settings.sources)
    duels, ways = football.shipped(), approach.shipped()
    reader = classifiers.load()
    for source in found:
        no_person_asked_for(settings.sources.name, source, reader)
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession())
        board = open_switchboard(settings.channels, http, clock=now, environment=settings.environment)
    rules = read_rules(settings.rules)
    names_channels(settings.rules.name, rules, board.known)
    print(
        f"{settings.sources.name}: {count(len(found), 'bron', 'bronnen')}. "
        f"{settings.channels.name}: {count(len(board.names), 'kanaal', 'kanalen')}."
    )
    print(f"{football.FILE.name}: {count(len(duels.opponents), 'duel', 'duels')}.")
    print(f"{approach.FILE.name}: {count(len(ways), 'looproute', 'looproutes')}.")
    print(f"{settings.rules.name}: {count(len(rules.rules), 'verzendregel', 'verzendregels')}.")
    for line in shadows(rules):
        print(f"- {line}")
    print(f"De lezer is versie {reader.version} met {count(len(reader.indicators), 'indicator', 'indicatoren')}.")
    if settings.allow_private_hosts:
        hosts = ", ".join(settings.allow_private_hosts)
        print(
            f"Let op: TORENWACHT_ALLOW_PRIVATE_HOSTS laat interne adressen toe ({hosts}). "
            "Gebruik dit alleen om te meten."
        )
    if settings.host_pause < _POLITE:
        print(
            f"Let op: TORENWACHT_HOST_PAUSE is {settings.host_pause} s. "
            f"Minder dan {_POLITE} s is onbeleefd voor een site."
        )
    with open_store(address_of(settings)) as store, store.read() as session:
        approvals = sources.approvals(session)
    day = today(now())
    hindered = [reason for source in found if (reason := source.hindrance(day, approvals.get(source.id, ())))]
    for reason in hindered:
        print(f"- {reason}")
    if hindered:
        print(
            f"{len(found) - len(hindered)} van {len(found)} bronnen mogen starten. "
            "Hoe u een bron goedkeurt: docs/sources.md."
        )
    else:
        print("Alles in orde: alle bronnen mogen starten.")
    return FAILED if hindered and args.strict else 0


_POLITE = 5


def promise_polls(app: App, chosen: list[str]) -> None:
    """Puts a job to poll each source."""
    with app.store.begin() as session:
        for source in chosen:
            put_poll(app, session, source)


async def round_of_polls(app: App, chosen: list[str]) -> None:
    """Polls each source and does all that follows, deliveries included."""
    await asyncio.to_thread(promise_polls, app, chosen)
    await app.queue.drain(acts_of(app))


def not_asked(app: App, chosen: list[str], begun: datetime) -> list[str]:
    """For each of the chosen sources that was left alone since `begun`: that it was, why, and the way out."""
    with app.store.read() as session:
        states, stopped = sources.states(session), sources.is_stopped(session)
        approvals = sources.approvals(session)
    found = []
    for id in chosen:
        state, source = states.get(id), app.sources[id]
        if state is None or state.polled_at is None or state.polled_at < begun:
            hindrance = source.hindrance(today(begun), approvals.get(id, ()))
            found.append(_why_not(source, state, hindrance, begun, stopped=stopped))
    return found


def _why_not(
    source: Source, state: SourceState | None, hindrance: str | None, begun: datetime, *, stopped: bool
) -> str:
    """In the order in which a poll asks itself whether it may go on."""
    told = f"Bron {source.id} is niet bevraagd"
    if hindrance:
        return f"{told}: zij mag niet starten. {hindrance}"
    if state is not None and state.paused:
        return f"{told}: zij is gepauzeerd. Hervat haar op de pagina Bronnen."
    if stopped:
        return f"{told}: al het verzamelen is gestopt. Hervat het op de pagina Bronnen."
    due = due_of(source, state.due_at, state.polled_at, begun) if state else None
    if due is not None and due > begun:
        again = f"{clock(due)} uur" if today(due) == today(begun) else moment(due)
        return (
            f"{told}: te vroeg. Weer vanaf {again}. Wilt u nu zien wat zij geeft: torenwacht sources test {source.id}."
        )
    return f"{told}: haar beurt is nog niet gekomen. Probeer het over een paar minuten opnieuw."


async def poll(settings: Settings, args: argparse.Namespace) -> int:
    """One round over the named sources, or over all that may start."""
    async with AsyncExitStack() as stack:
        board = None
        if args.json:
            # Standard output is for the JSON alone; what the console channel tells goes beside it.
            http = await stack.enter_async_context(aiohttp.ClientSession())
            board = open_switchboard(
                settings.channels,
                http,
                clock=now,
                environment=settings.environment,
                print_line=partial(print, file=sys.stderr),
            )
        app = await stack.enter_async_context(open_app(settings, switchboard=board))
        chosen = _active(app) if args.all else args.source
        if not chosen:
            raise ConfigError("opdracht", "BRON", advice="Noem een of meer bronnen, of gebruik --all.")
        for source in chosen:
            if source not in app.sources:
                advice = f"Er is geen bron '{source}'. Noem een id uit {settings.sources.name}."
                raise ConfigError("opdracht", "BRON", advice=advice)
        begun = app.clock()
        await round_of_polls(app, chosen)
        for line in not_asked(app, chosen, begun):
            print(line, file=sys.stderr)
        found = summary_of(app)
        if args.json:
            print(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        else:
            print("\n".join(in_dutch(app, found)))
    return 0


def _active(app: App) -> list[str]:
    """The sources that may start."""
    with app.store.read() as session:
        approvals = sources.approvals(session)
    return [source.id for source in active(app.sources.values(), approvals, today(app.clock()))]


def _monday(week: str | None) -> datetime | None:
    if week is None:
        return None
    try:
        return midnight(date.fromisoformat(f"{week}-1"))
    except ValueError as error:
        advice = f"'{week}' is geen week. Schrijf een jaar en een weeknummer, zoals 2026-W48."
        raise ConfigError("opdracht", "--week", advice=advice) from error


def write_briefing(html: str, folder: Path) -> list[Path]:
    """Writes briefing.html and, when Pango is there, briefing.pdf; says in Dutch why not when it is not."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / "briefing.html"]
    made[0].write_text(html, encoding="utf-8")
    try:
        pdf = to_pdf(html)
    except PdfUnavailable as error:
        print(error.advice, file=sys.stderr)
        return made
    made.append(folder / "briefing.pdf")
    made[1].write_bytes(pdf)
    return made


async def brief(settings: Settings, args: argparse.Namespace) -> int:
    """Makes the briefing of a week, once, and writes it as HTML and PDF."""
    monday = _monday(args.week)
    async with open_app(settings, works=False) as app:
        id = make_briefing(app, monday, confidential=args.confidential)
        with app.store.read() as session:
            html = briefings.get(session, id).html
        take_out(app, MACHINE, "briefing_exported", what=f"briefing:{id}", purpose=Purpose.BRIEFING)
    for file in write_briefing(html, args.out):
        print(f"Geschreven: {file.resolve()}")
    return 0
