"""logboek: the record of processing, for those who oversee the house."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from monitor.app import open_app
from monitor.config import Settings
from monitor.domain import MACHINE, Purpose
from monitor.errors import ConfigError
from monitor.logbook import Status, open_logbook, parse
from monitor.render.dutch import count
from monitor.work.looks import take_out

FAILED = 1


async def logboek(settings: Settings, args: argparse.Namespace) -> int:
    """The act that was named behind `logboek`."""
    if args.logboek_command == "check":
        return _check(settings)
    return await _export(settings, _day("--from", args.first), _day("--to", args.last), args.out)


async def _export(settings: Settings, first: date, last: date, file: Path) -> int:
    """Copies the records of these days as they stand; that they were taken out is in the audit trail first."""
    if last < first:
        advice = "De laatste dag ligt voor de eerste. Draai --from en --to om."
        raise ConfigError("opdracht", "--to", advice=advice)
    async with open_app(settings, works=False) as app:
        take_out(app, MACHINE, "logbook_exported", what=f"logbook:{first}:{last}", purpose=Purpose.OVERSIGHT)
        lines = [line for _, _, line in app.logbook.lines(first, last)]
    _write(lines, file)
    return 0


def _write(lines: Sequence[str], file: Path) -> None:
    """Raises ConfigError when `file` cannot be written."""
    try:
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        advice = f"Het bestand is niet te schrijven ({error.strerror}). Kies een map die bestaat en van u is."
        raise ConfigError("opdracht", "--out", advice=advice) from error
    print(f"Geschreven: {file.resolve()} ({count(len(lines), 'verwerking', 'verwerkingen')}).")


def _check(settings: Settings) -> int:
    """Reads every line there is; 1 when one is no full record."""
    found, failed, wrong = Counter[str](), Counter[str](), 0
    for file, number, line in open_logbook(settings.data, settings.retention.logbook_days).lines():
        try:
            record = parse(line)
        except ValueError:
            wrong += 1
            print(f"{file}, regel {number}: geen volledige verwerking.", file=sys.stderr)
            continue
        activity = record.activity.rpartition("#verwerking-")[2]
        found[activity] += 1
        failed[activity] += record.status is Status.ERROR
    for activity, number in sorted(found.items()):
        print(f"{activity}: {count(number, 'verwerking', 'verwerkingen')}, {failed[activity]} mislukt")
    if wrong:
        print(
            f"{count(wrong, 'regel klopt', 'regels kloppen')} niet. Een regel kan half zijn door een volle schijf. "
            "Meld dit bij de privacyfunctionaris en bewaar het bestand.",
            file=sys.stderr,
        )
        return FAILED
    print(f"Het logboek van verwerkingen klopt: {count(found.total(), 'regel', 'regels')}.")
    return 0


def _day(option: str, told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError as error:
        advice = f"'{told}' is geen dag. Schrijf jaar, maand en dag, zoals 2026-11-22."
        raise ConfigError("opdracht", option, advice=advice) from error
