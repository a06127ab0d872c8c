"""analyse and evaluate: the reader at work on lines of text, without database or network."""

import argparse
import json
import sys
from pathlib import Path
from typing import cast

import classifiers
from classifiers.training.evaluate import Gold, Prediction
from classifiers.training.evaluate import evaluate as figures_of
from monitor.config import Settings
from monitor.errors import ConfigError
from monitor.work.analyse import analyse as analysed


def _lines_of(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        advice = f"Het bestand is niet te lezen ({error.strerror}). Controleer de naam."
        raise ConfigError(str(path), "bestand", advice=advice) from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), "bestand", advice="Het bestand is geen UTF-8. Sla het zo op.") from error


async def analyse(_settings: Settings, args: argparse.Namespace) -> int:
    """Writes one JSON line per line read, in the same order; bad lines are told and do not stop the rest."""
    lines = _lines_of(args.file) if args.file else sys.stdin
    bad = 0
    for line in analysed(classifiers.load(), lines):
        bad += "error" in line
        print(json.dumps(line, ensure_ascii=False))
    if bad:
        print(f"{bad} regel(s) konden niet worden gelezen; zie het veld 'error'.", file=sys.stderr)
    return 0


async def evaluate(_settings: Settings, args: argparse.Namespace) -> int:
    """Prints every figure of a gold set, by the same formulas as its scorer."""
    lines = [line for line in _lines_of(args.gold) if line.strip()]
    predicted: dict[str, Prediction] = {}
    for line in analysed(classifiers.load(), lines):
        if "error" in line:
            raise ConfigError(str(args.gold), f"regel {line['line']}", advice=str(line["error"]))
        predicted[str(line["id"])] = cast(Prediction, line)
    gold = [cast(Gold, json.loads(line)) for line in lines]
    figures = figures_of(gold, predicted)
    if args.json:
        print(json.dumps(figures, indent=1))
    else:
        for name, value in figures.items():
            print(f"{name:26} {value if isinstance(value, int) else format(value, '.3f')}")
    return 0
