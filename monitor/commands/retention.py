"""purge, deletions, hold and backup: what goes, the proof that it went, what stays longer, and a copy of all."""

import argparse
from datetime import date, datetime, timedelta

from monitor.app import App, open_app
from monitor.clock import midnight
from monitor.commands.approvals import actor_of
from monitor.config import Settings
from monitor.domain import Deletion, Hold
from monitor.domain.term import TERMS
from monitor.errors import ConfigError
from monitor.render.dutch import count, day, moment
from monitor.store import address_of, holds, open_store
from monitor.store.deletions import NOTHING, broken_at, of_batches
from monitor.work.holds import Held, add_hold, end_hold
from monitor.work.purge import purge as purge_now

FAILED = 1
_LABELS = {term.name: f"{term.label} verwijderd" for term in TERMS.values()} | {
    "closed": "gebeurtenissen gesloten",
    "messages": "meldingen leeggemaakt",
    "logbook": "dagen uit het logboek van verwerkingen verwijderd",
    "queue": "opdrachten uit de wachtrij verwijderd",
    NOTHING: "niets te verwijderen",
}


async def purge(settings: Settings, _args: argparse.Namespace) -> int:
    """Deletes what is past its retention, as happens every night, and prints the proof."""
    async with open_app(settings, works=False) as app:
        for kind, number in purge_now(app).items():
            print(f"{_LABELS[kind]}: {number}")
        with app.store.read() as session:
            _print_proof(of_batches(session, 1), settings)
    return 0


async def deletions(settings: Settings, args: argparse.Namespace) -> int:
    """The proof of the last purges, and whether nobody changed it."""
    with open_store(address_of(settings)) as store, store.read() as session:
        _print_proof(of_batches(session, args.last), settings)
        broken = broken_at(session)
    if broken is not None:
        print(f"Het bewijs klopt niet: vanaf ronde {broken} is er iets veranderd of weggehaald.")
        return FAILED
    print("Het bewijs is heel: er is niets veranderd of weggehaald.")
    return 0


def _print_proof(rows: list[Deletion], settings: Settings) -> None:
    for row in rows:
        due = f", aan de beurt van {moment(row.first)} tot {moment(row.last)}" if row.first and row.last else ""
        print(f"Ronde {row.batch}, {moment(row.at)}: {_LABELS[row.rule]}: {row.count}{due}. Bewijs {row.hash}")
    if rows:
        gone = rows[-1].at + timedelta(days=settings.retention.backup_days)
        print(f"In reservekopieën kan dit nog staan tot {day(gone, year=True)}.")


async def hold(settings: Settings, args: argparse.Namespace) -> int:
    """Adds, lists or ends a legal hold."""
    async with open_app(settings, works=False) as app:
        match args.hold_command:
            case "list":
                with app.store.read() as session:
                    for found in holds.every(session):
                        print(_line(found, app.clock()))
            case "end":
                end_hold(app, actor_of(app, args.actor), args.id)
                print(f"Bewaarplicht {args.id} is voorbij: wat zijn tijd had, gaat weg bij de volgende ronde.")
            case _:
                _add(app, args)
    return 0


def _add(app: App, args: argparse.Namespace) -> None:
    held = Held(
        event=args.event,
        source=args.source or "",
        starts=_start_of("--from", args.starts),
        ends=_start_of("--to", args.ends),
        police=args.police,
    )
    until = _start_of("--until", args.until) or app.clock()
    id = add_hold(app, actor_of(app, args.actor), held, reason=args.reason, until=until)
    with app.store.read() as session:
        signals = holds.police_signals(session, holds.get(session, id))
    print(f"Bewaarplicht {id} geldt tot {day(until, year=True)}.")
    if signals:
        print(
            f"Let op: {count(signals, 'politiesignaal blijft', 'politiesignalen blijven')} hierdoor langer dan de "
            "termijn waarvoor de politie dit gaf. Zeg dat de liaison."
        )


def _line(hold: Hold, now: datetime) -> str:
    if hold.event is not None:
        what = f"gebeurtenis {hold.event}"
    elif hold.starts and hold.ends:
        what = f"{day(hold.starts, year=True)} tot {day(hold.ends, year=True)}"
    else:
        what = f"bron {hold.source}"
    over = hold.ended_at or (hold.until if hold.until <= now else None)
    state = f"voorbij sinds {day(over, year=True)}" if over else f"tot {day(hold.until, year=True)}"
    police = ", ook politiesignalen" if hold.police else ""
    return f"{hold.id}: {what}{police}, {state}, door {hold.by}: {hold.reason}"


def _start_of(option: str, text: str | None) -> datetime | None:
    try:
        return midnight(date.fromisoformat(text)) if text else None
    except ValueError as error:
        advice = f"'{text}' is geen dag. Schrijf jaar, maand en dag, zoals 2027-01-31."
        raise ConfigError("opdracht", option, advice=advice) from error


async def backup(settings: Settings, args: argparse.Namespace) -> int:
    """Writes a copy of the embedded database, while the service goes on."""
    with open_store(address_of(settings)) as store:
        store.copy_to(args.out)
    days = count(settings.retention.backup_days, "dag", "dagen")
    print(f"Geschreven: {args.out.resolve()}.")
    print(f"Verwijder deze kopie binnen {days}: de bewaartermijnen gelden er ook voor.")
    return 0
