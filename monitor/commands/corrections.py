"""corrections: what people corrected, in a file for someone to review."""

import argparse
import json
from pathlib import Path

from monitor.app import open_app
from monitor.config import Settings
from monitor.errors import ConfigError
from monitor.render.dutch import count
from monitor.work.corrections import corrections as corrected


async def corrections(settings: Settings, args: argparse.Namespace) -> int:
    """Writes one JSON line per corrected report; nothing is trained on it."""
    async with open_app(settings, works=False) as app:
        lines = [json.dumps(line, ensure_ascii=False) for line in corrected(app)]
    _write(lines, args.out)
    print("Lees elke regel na voordat iemand hem gebruikt: Torenwacht leert hier niet vanzelf van.")
    return 0


def _write(lines: list[str], file: Path) -> None:
    """Raises ConfigError when `file` cannot be written."""
    try:
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        advice = f"Het bestand is niet te schrijven ({error.strerror}). Kies een map die bestaat en van u is."
        raise ConfigError("opdracht", "--out", advice=advice) from error
    print(f"Geschreven: {file.resolve()} ({count(len(lines), 'bericht', 'berichten')}).")
