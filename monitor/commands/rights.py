"""rights: what someone may ask about data on themselves, carried out by the privacy officer.

What is sought is typed without echo, or comes by standard input: never on the command line, where others can see it.
"""

import argparse
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from monitor.app import App, open_app
from monitor.clock import midnight
from monitor.commands.asking import Ask, asking
from monitor.config import Settings
from monitor.errors import ConfigError
from monitor.render import page
from monitor.render.briefing import style
from monitor.render.dutch import count, day
from monitor.render.pdf import PdfUnavailable, to_pdf
from monitor.render.rights import Answer, answer, as_text, label_of
from monitor.rules.sought import sought_of
from monitor.store import blocks
from monitor.store.search import tables
from monitor.work.rights import FILES, Find, Request, access, counts, officer_of, request_of
from monitor.work.withhold import Done, erase, lift, lift_block, object_to, rectify, restrict

_Act = Callable[[App, Request, argparse.Namespace, Ask], Done]

_HIDDEN = "(besloten deel: overleg met de politieliaison)"
_ASKED = "Tekst, elke vorm op een eigen regel; lege regel als u klaar bent: "
_CORRECT = "Juiste tekst: "


async def rights(settings: Settings, args: argparse.Namespace) -> int:
    """Carries out one request, or shows the blocks that there are."""
    async with open_app(settings, works=False) as app:
        if args.rights_command == "blocks":
            return _blocks(app, args)
        officer_of(app, args.officer)  # who may not do this is told before anyone types a name
        ask = asking(stdin=args.stdin, shown=False)
        changes = args.rights_command != "access"
        sought = sought_of(_forms(ask), to_change=changes)
        request = request_of(app, officer=args.officer, case=args.case, sought=sought)
        if not changes:
            return _access(app, request, args.out)
        _tell(app, _ACTS[args.rights_command](app, request, args, ask))
    return 0


def _forms(ask: Ask) -> Iterator[str]:
    while line := ask(_ASKED):
        yield line


def _until(app: App, args: argparse.Namespace) -> datetime | None:
    if args.until is None:
        return None
    try:
        found = midnight(date.fromisoformat(args.until))
    except ValueError as error:
        advice = "Schrijf de datum als jaar-maand-dag, zoals 2027-03-01."
        raise ConfigError("opdracht", "--until", advice=advice) from error
    if found <= app.clock():
        raise ConfigError("opdracht", "--until", advice="Die dag is voorbij. Kies een dag na vandaag.")
    return found


def _rectify(app: App, request: Request, args: argparse.Namespace, ask: Ask) -> Done:
    return rectify(app, request, correct=ask(_CORRECT) if args.correct else "")


def _erase(app: App, request: Request, args: argparse.Namespace, _ask: Ask) -> Done:
    return erase(app, request, whole=args.whole, until=_until(app, args))


def _restrict(app: App, request: Request, args: argparse.Namespace, _ask: Ask) -> Done:
    return lift(app, request) if args.lift else restrict(app, request, until=_until(app, args))


def _object(app: App, request: Request, args: argparse.Namespace, _ask: Ask) -> Done:
    return object_to(app, request, until=_until(app, args))


_ACTS: dict[str, _Act] = {"rectify": _rectify, "erase": _erase, "restrict": _restrict, "object": _object}


def _access(app: App, request: Request, folder: Path | None) -> int:
    found = access(app, request)
    with app.store.read() as session:
        looked_in = tables(session)
    told = answer(
        organisation=app.settings.organisation,
        contact=app.settings.contact,
        case=request.case,
        moment=app.clock(),
        looked_in=looked_in,
        # The law on police data decides what may be told of the compartment: not this answer (R31).
        found=counts([one for one in found if not one.closed]),
        sources=tuple(app.sources.values()),
        retention=app.settings.retention,
    )
    if folder is None:
        print(as_text(told))
        print("\n".join(_places(found)))
    else:
        _write(told, found, folder)
    return 0


def _places(found: Sequence[Find]) -> list[str]:
    """For the privacy officer: where it stands, and the sentence."""
    return [f"Vindplaatsen: {len(found)}", *(f"- {_where(one)}: {_said(one)}" for one in found)]


def _where(one: Find) -> str:
    if one.table == FILES:
        return f"{one.column}, regel {one.row}"
    return f"{label_of(one.table)} ({one.table}) {one.row}, {one.column}"


def _said(one: Find) -> str:
    return _HIDDEN if one.closed else one.sentence


def _write(told: Answer, found: Sequence[Find], folder: Path) -> None:
    """Every file for its owner only. Raises ConfigError when they cannot be written."""
    html = page("rights.html", answer=told, style=style())
    files = {
        "antwoord.txt": as_text(told).encode(),
        "antwoord.html": html.encode(),
        "vindplaatsen.txt": "".join(f"{line}\n" for line in _places(found)).encode(),
    }
    try:
        files["antwoord.pdf"] = to_pdf(html)
    except PdfUnavailable as error:
        print(error.advice, file=sys.stderr)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).unlink(missing_ok=True)
            (folder / name).touch(mode=0o600, exist_ok=False)  # before there is anything to read in it
            (folder / name).write_bytes(content)
            print(f"Geschreven: {(folder / name).resolve()}")
    except OSError as error:
        advice = f"De map is niet te schrijven ({error.strerror}). Kies een map die van u is."
        raise ConfigError("opdracht", "--out", advice=advice) from error
    print("Vernietig vindplaatsen.txt als het verzoek is afgehandeld.")


def _tell(app: App, done: Done) -> None:
    print(f"Gevonden op {count(len(done.found), 'plaats', 'plaatsen')}.")
    for table, number in sorted(done.changed.items()):
        if number:
            print(f"- {label_of(table)}: {number} aangepast")
    if not done.scrubbed:
        print(
            "De database was bezet. Herhaal de opdracht als er niemand werkt: dan wordt ook de ruimte op schijf gewist."
        )
    if done.left:
        print("Dit blijft staan:")
        for where in dict.fromkeys(f"- {_where(one)}: {_why_left(one)}" for one in done.left):
            print(where)


def _why_left(one: Find) -> str:
    match one.table:
        case "item":
            return "er geldt een bewaarplicht. Het bericht wordt niet meer gebruikt, en gaat weg na die plicht."
        case "briefing":
            return "goedgekeurd, en dus een archiefstuk. De archivaris beslist."
        case "audit_entry":
            return "het logboek is een keten die niet mag wijzigen. Het verdwijnt na de bewaartermijn."
        case "staff" | "login":
            return "het account van een medewerker. De beheerder gaat daarover."
        case table if table == FILES:
            return "een bestand. Verwijder de regel met de hand."
    return "een technisch gegeven. Overleg met de beheerder."


def _blocks(app: App, args: argparse.Namespace) -> int:
    if args.lift is not None:
        lift_block(app, officer=args.officer, case=args.case, number=args.lift)
        print(f"Blokkade {args.lift} is opgeheven.")
        return 0
    officer_of(app, args.officer)
    with app.store.read() as session:
        kept: Collection[str] = [
            f"{block.id}: {'het hele bericht' if block.drops else 'de woorden'}, tot {day(block.until, year=True)}"
            for block in blocks.every(session)
        ]
    print("\n".join(kept) or "Er zijn geen blokkades.")
    return 0
