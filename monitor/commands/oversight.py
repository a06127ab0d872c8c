"""audit and counters: what the house accounts for, to those who oversee it and to everyone."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from monitor.clock import now, today
from monitor.commands.summary import counted
from monitor.config import Settings
from monitor.errors import ConfigError
from monitor.render.dutch import count
from monitor.rules.figures import figures_of
from monitor.store import address_of, facts, open_store
from monitor.work.trail import anchor_trail, verify

FAILED = 1


async def audit(settings: Settings, args: argparse.Namespace) -> int:
    """The act that was named behind `audit`."""
    return _anchor(settings) if args.audit_command == "anchor" else _verify(settings, args.anchors)


def _verify(settings: Settings, named: Path | None) -> int:
    """Says what is wrong, entry by entry; 1 when anything is."""
    if named is not None and not named.exists():
        raise ConfigError("opdracht", "--anchors", advice=f"Er is geen bestand {named}. Noem het ankerbestand.")
    file = named or (settings.anchors_file if settings.anchors_file.exists() else None)
    with open_store(address_of(settings)) as store:
        verdict = verify(store, now(), file)
    lines = count(verdict.entries, "regel", "regels")
    if file is None:
        print("Er is geen ankerbestand. Wie de hele database in handen heeft, kan dan ongezien alles herschrijven.")
    if verdict.whole:
        print(f"Het logboek klopt: {lines}, niets gewijzigd, weggehaald of erbij gezet.")
        return 0
    for flaw in verdict.flaws:
        print(flaw.sentence, file=sys.stderr)
    print(
        f"Het logboek klopt niet ({lines} gelezen). Meld dit bij de privacyfunctionaris en bewaar een kopie van de "
        "database en van het ankerbestand.",
        file=sys.stderr,
    )
    return FAILED


def _anchor(settings: Settings) -> int:
    with open_store(address_of(settings)) as store:
        days = anchor_trail(store, now(), settings.anchors_file)
    print(f"{count(days, 'dag', 'dagen')} bijgeschreven in {settings.anchors_file}.")
    return 0


async def counters(settings: Settings, args: argparse.Namespace) -> int:
    """The figures of a month (R46)."""
    month = _month(args.month)
    with open_store(address_of(settings)) as store, store.read() as session:
        found = figures_of(facts.counts(session, month))
    if args.json:
        print(json.dumps({"month": f"{month:%Y-%m}"} | found.as_json(), ensure_ascii=False, indent=1))
        return 0
    print(f"{month:%Y-%m}")
    print("\n".join(counted(found)))
    print(
        f"{count(found.alerts, 'waarschuwing', 'waarschuwingen')}, "
        f"{count(found.corrections, 'verbetering', 'verbeteringen')} door een mens, "
        f"{found.false_alarms} keer vals alarm"
    )
    return 0


def _month(told: str | None) -> date:
    if told is None:
        return today(now())
    try:
        return date.fromisoformat(f"{told}-01")
    except ValueError as error:
        advice = f"'{told}' is geen maand. Schrijf een jaar en een maand, zoals 2026-11."
        raise ConfigError("opdracht", "--month", advice=advice) from error
