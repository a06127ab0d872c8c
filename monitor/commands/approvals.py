"""sources list, approve, second, review, withdraw, pause and resume: who decides about a source, and how it stands."""

import argparse
from datetime import date

from monitor.app import App, open_app
from monitor.clock import now
from monitor.collect.sources import read_sources
from monitor.config import Settings
from monitor.domain import Actor, Approval, Decision, Source
from monitor.errors import ConfigError
from monitor.render.dutch import day
from monitor.rules.health import diagnose
from monitor.store import address_of, open_store, people, sources
from monitor.work.approvals import decide_source, pause_source

DECISIONS = {
    "approve": Decision.APPROVED,
    "second": Decision.SECONDED,
    "review": Decision.REVIEWED,
    "withdraw": Decision.WITHDRAWN,
}
"""Name of an act behind `sources` -> the decision that it is."""
PAUSES = {"pause": True, "resume": False}


def listed(settings: Settings) -> int:
    """Every source of the catalogue: its state, what keeps it from starting, and who decided what about it."""
    found = read_sources(settings.sources)
    with open_store(address_of(settings)) as store, store.read() as session:
        states, approvals = sources.states(session), sources.approvals(session)
    for source in found:
        about = approvals.get(source.id, ())
        diagnosis = diagnose(source, states.get(source.id), about, now())
        print(f"{source.id}: {diagnosis.word}." + (f" {diagnosis.advice}" if diagnosis.advice else ""))
        for approval in about:
            print(f"  {_line(source, approval)}")
    return 0


def _line(source: Source, approval: Approval) -> str:
    """One decision: what, until when, by whom, when and why."""
    until = f" tot en met {day(approval.until, year=True)}" if approval.until else ""
    void = "" if approval.record == source.record else " (de rij is sindsdien veranderd)"
    by = f"{approval.by} ({approval.role.label})"
    return f"{day(approval.at, year=True)}: {approval.decision}{until}{void}, door {by}: {approval.reason}"


async def decided(settings: Settings, args: argparse.Namespace) -> int:
    """Does the act as the user that `--as` names, and says what now keeps the source from starting."""
    until = _day(getattr(args, "until", None))
    async with open_app(settings, works=False) as app:
        actor = actor_of(app, args.actor)
        if args.sources_command in PAUSES:
            pause_source(app, actor, args.source, paused=PAUSES[args.sources_command], reason=args.reason)
        else:
            decision = DECISIONS[args.sources_command]
            decide_source(app, actor, args.source, decision, reason=args.reason, until=until)
        with app.store.read() as session:
            state, about = sources.state_of(session, args.source), sources.approvals_of(session, args.source)
        diagnosis = diagnose(app.sources[args.source], state, about, app.clock())
    print(f"{args.source}: {diagnosis.word}." + (f" {diagnosis.advice}" if diagnosis.advice else ""))
    return 0


def actor_of(app: App, name: str) -> Actor:
    """The user with that name, who may still log in."""
    with app.store.read() as session:
        user = people.user(session, name)
    if user is None or not user.active:
        advice = f"Er is geen actieve gebruiker '{name}'. Wie er zijn, zegt: torenwacht user list."
        raise ConfigError("opdracht", "--as", advice=advice)
    return Actor(user.name, user.role)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        advice = f"'{text}' is geen dag. Schrijf jaar, maand en dag, zoals 2027-01-31."
        raise ConfigError("opdracht", "--until", advice=advice) from error
