"""user: who may log in, by hand. The operator at the command line stands outside the roles: they own the database."""

import argparse
import getpass
import sys
from datetime import date

from monitor.app import App, open_app
from monitor.config import Settings
from monitor.domain import MACHINE, Role
from monitor.errors import ConfigError
from monitor.render.dutch import count, days
from monitor.store import absences, people
from monitor.web import create_user
from monitor.work import staff
from monitor.work.absence import come_back, go_away


def _role(text: str) -> Role:
    if text not in list(Role):
        advice = f"De rol '{text}' bestaat niet. Kies uit: {', '.join(Role)}."
        raise ConfigError("opdracht", "ROL", advice=advice)
    return Role(text)


def _password() -> str:
    """From a script it comes by standard input, never on the command line, where others can see it."""
    return getpass.getpass("Wachtwoord: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _list(app: App) -> None:
    with app.store.read() as session:
        for found in people.users(session):
            print(f"{found.name}: {found.role.label}{'' if found.active else ' (geblokkeerd)'}")
        for one in absences.absences(session, app.clock()):
            print(f"{one.name} is afwezig {days(one.starts, one.ends)}, en wordt vervangen door {one.deputy}.")


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        advice = f"'{text}' is geen dag. Schrijf jaar, maand en dag, zoals 2027-01-31."
        raise ConfigError("opdracht", option, advice=advice) from error


def _told(app: App, act: str, name: str, role: Role | None) -> str:
    """Does one act; what came of it, in Dutch."""
    if act == "logout":
        ended = staff.log_out_user(app, MACHINE, name)
        return f"{name} is overal uitgelogd: {count(ended, 'aanmelding', 'aanmeldingen')}."
    if act in ("block", "unblock"):
        staff.block_user(app, MACHINE, name, blocked=act == "block")
        return f"{name} mag niet meer inloggen." if act == "block" else f"{name} mag weer inloggen."
    if role is None:
        raise ConfigError("opdracht", "ROL", advice="Noem een rol.")
    if act == "invite":
        link = staff.link_of(app, staff.invite(app, MACHINE, name, role))
        return f"Geef deze link aan {name}, en aan niemand anders. Hij werkt 24 uur, en één keer:\n{link}"
    if act == "role":
        staff.change_role(app, MACHINE, name, role)
        return f"{name} is nu {role.label}."
    create_user(app, name, role, _password())
    return f"{name} mag inloggen als {role.label}."


async def user(settings: Settings, args: argparse.Namespace) -> int:
    """Invites, adds or changes someone of the staff, or lists who may log in."""
    role = _role(args.role) if "role" in args else None
    async with open_app(settings, works=False) as app:
        if args.user_command == "list":
            _list(app)
        elif args.user_command == "slack":
            staff.link_slack(app, MACHINE, args.name, args.id)
            print(f"{args.name} {'mag vanuit Slack werken' if args.id else 'werkt niet meer vanuit Slack'}.")
        elif args.user_command == "away":
            first, last = _day(args.first, "--from"), _day(args.last, "--to")
            go_away(app, MACHINE, args.name, deputy=args.deputy, first=first, last=last)
            print(f"{args.deputy} vervangt {args.name}.")
        elif args.user_command == "back":
            come_back(app, MACHINE, args.name)
            print(f"{args.name} is er weer.")
        else:
            print(_told(app, args.user_command, args.name, role))
    return 0
