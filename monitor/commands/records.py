"""records: approved briefings for the archive, and whether they are still what was approved (R41)."""

import argparse
import sys
from pathlib import Path

from monitor.app import open_app
from monitor.config import Settings
from monitor.errors import ConfigError
from monitor.render.dutch import count
from monitor.render.pdf import to_pdf
from monitor.work.records import Record, broken_records
from monitor.work.records import records as approved

FAILED = 1


async def records(settings: Settings, args: argparse.Namespace) -> int:
    """The act that was named behind `records`."""
    async with open_app(settings, works=False) as app:
        if args.records_command == "verify":
            return _verified(broken_records(app))
        return _written(approved(app), args.out)


def _verified(broken: list[int]) -> int:
    if not broken:
        print("Alle goedgekeurde briefings zijn zoals zij werden goedgekeurd.")
        return 0
    for id in broken:
        print(f"Briefing {id} is na de goedkeuring gewijzigd.", file=sys.stderr)
    print("Meld dit bij de privacyfunctionaris en bewaar een kopie van de database.", file=sys.stderr)
    return FAILED


def _written(found: list[Record], folder: Path) -> int:
    """Three files for each record. Raises ConfigError when `folder` cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for record in found:
            (folder / f"{record.name}.html").write_text(record.html, encoding="utf-8")
            (folder / f"{record.name}.json").write_text(record.metadata, encoding="utf-8")
            (folder / f"{record.name}.pdf").write_bytes(to_pdf(record.html))
    except OSError as error:
        advice = f"De map is niet te schrijven ({error.strerror}). Kies een map die van u is."
        raise ConfigError("opdracht", "--out", advice=advice) from error
    print(f"Geschreven in {folder.resolve()}: {count(len(found), 'briefing', 'briefings')}.")
    return 0
