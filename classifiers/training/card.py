"""Labelled texts -> the tables of the model card: `python -m classifiers.training.card [FILES…] [--write]`.

Runs the reader as it is shipped over what was set aside, or over FILES, and shows figures only, never a word of a text.
`--seeds 1 2 3` trains all that is learned with each seed, on a copy of this folder, and tells how far they lie apart.
Fusion into events is not judged here: `torenwacht evaluate` does that.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import mean

from classifiers import Category, PersonalKind, Phase, Reader, Voice, load
from classifiers.training.evaluate import Figures, Gold, Prediction, as_prediction, evaluate
from classifiers.training.texts import ASIDE, items_of

ROOM = Path(__file__).parents[1]
CARD = ROOM / "MODEL_CARD.md"
LEARN = (
    ("classifiers.training.names", "--seed", "{seed}"),
    ("classifiers.training.periods",),
    ("classifiers.training.judgement", "--seed", "{seed}"),
)
"""What `make train` does, in its order. The weights of periods have no chance in them, so no seed."""
BINS = 5
PERSON = f"pii_{PersonalKind.PERSON.value}_recall"

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled text, and what the reader made of it."""

    gold: Gold
    phase: Phase
    prediction: Prediction
    phase_read: Phase
    confidence: float
    """Share of the category that was chosen, 0 to 1."""


def cases(reader: Reader, files: Iterable[Path]) -> Iterator[Case]:
    """Every text of `files`, redacted and then read, as the house does it."""
    for file in files:
        for item in items_of(file):
            voice = Voice(item["source_kind"])
            redacted = reader.redact(item["title"], item["text"], voice=voice)
            published = datetime.fromisoformat(item["published"])
            reading = reader.read(redacted.title, redacted.text, published=published, voice=voice)
            prediction = as_prediction(reading, redacted)
            yield Case(item, Phase(item["phase"]), prediction, reading.phase, reading.confidence)


def figures_of(found: Iterable[Case]) -> Figures:
    """The figures of `evaluate`, but for those of fusion; and the share of phases that is right."""
    chosen = list(found)
    figures = evaluate([case.gold for case in chosen], {case.gold["id"]: case.prediction for case in chosen})
    right = sum(case.phase is case.phase_read for case in chosen) / len(chosen)
    return {name: value for name, value in figures.items() if "cluster" not in name} | {"phase_accuracy": right}


def table(head: Row, rows: Iterable[Row]) -> str:
    """A table of Markdown; shares with three decimals."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def scores(right: int, read: int, labelled: int) -> tuple[object, object, object]:
    """Precision, recall and F1; a dash where nothing was read or labelled."""
    return (
        right / read if read else "–",
        right / labelled if labelled else "–",
        2 * right / (read + labelled) if read + labelled else "–",
    )


def by_category(found: Sequence[Case]) -> str:
    pairs = Counter((case.gold["category"], case.prediction["category"]) for case in found)
    rows = []
    for name in (category.value for category in Category):
        labelled = sum(n for (wanted, _), n in pairs.items() if wanted == name)
        read = sum(n for (_, got), n in pairs.items() if got == name)
        rows.append((name, labelled, *scores(pairs[name, name], read, labelled)))
    return table(("category", "items", "precision", "recall", "F1"), rows)


def confusion(found: Sequence[Case]) -> str:
    """A row for each label, a column for what the reader made of it."""
    pairs = Counter((case.gold["category"], case.prediction["category"]) for case in found)
    names = [category.value for category in Category]
    rows = [(wanted, *(pairs[wanted, got] for got in names)) for wanted in names]
    return table(("labelled ↓, read →", *names), rows)


def by_indicator(found: Sequence[Case]) -> str:
    judged = [case for case in found if case.gold.get("risk")]
    right, read, labelled = Counter[str](), Counter[str](), Counter[str]()
    for case in judged:
        wanted, got = set(case.gold.get("indicators", [])), set(case.prediction["indicators"])
        right.update(wanted & got)
        read.update(got)
        labelled.update(wanted)
    rows = [
        (code, labelled[code], *scores(right[code], read[code], labelled[code])) for code in sorted(labelled | read)
    ]
    return table(("indicator", "items", "precision", "recall", "F1"), rows)


def by_source(found: Sequence[Case]) -> str:
    rows = []
    for voice in (voice.value for voice in Voice):
        chosen = [case for case in found if case.gold.get("source_kind") == voice]
        if chosen:
            figures = figures_of(chosen)
            rows.append(
                (voice, len(chosen), figures["category_accuracy"], figures["phase_accuracy"], figures.get(PERSON, "–"))
            )
    return table(("source", "items", "category right", "phase right", "PERSOON recall"), rows)


def by_phase(found: Sequence[Case]) -> str:
    pairs = Counter((case.phase, case.phase_read) for case in found)
    names = list(Phase)
    rows = [(wanted.value, *(pairs[wanted, got] for got in names)) for wanted in names]
    return table(("labelled ↓, read →", *(name.value for name in names)), rows)


def reliability(found: Sequence[Case]) -> str:
    """How often the category is right where the reader is so sure of it."""
    rows: list[Row] = []
    for at in range(BINS):
        low, high = at / BINS, (at + 1) / BINS
        chosen = [case for case in found if low <= case.confidence < high or (case.confidence >= high == 1.0)]
        if chosen:
            right = mean(float(case.gold["category"] == case.prediction["category"]) for case in chosen)
            rows.append((f"{low:.1f} to {high:.1f}", len(chosen), mean(case.confidence for case in chosen), right))
    return table(("confidence", "items", "mean confidence", "category right"), rows)


def tables(found: Sequence[Case], files: Iterable[Path], version: str) -> str:
    """All tables of one measurement."""
    figures = figures_of(found)
    parts = (
        f"Model `{version}`, {len(found)} items of {', '.join(f'`{file.name}`' for file in files)}.",
        "### All figures", table(("figure", "value"), ((f"`{name}`", value) for name, value in figures.items())),
        "### Category", by_category(found), confusion(found),
        "### Phase", by_phase(found),
        "### Indicators", by_indicator(found),
        "### Kind of source", by_source(found),
        "### Confidence", reliability(found),
    )  # fmt: skip
    return "\n\n".join(parts)


def of_seed(seed: int, files: Sequence[Path]) -> Figures:
    """The figures of a reader that learned with this seed. What is shipped stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOM, Path(folder) / ROOM.name, ignore=shutil.ignore_patterns("__pycache__"))
        for step in LEARN:
            _run([part.format(seed=seed) for part in step], folder)
        told = _run(["classifiers.training.card", "--json", *(str(file.resolve()) for file in files)], folder)
    figures: Figures = json.loads(told)
    return figures


def _run(command: Sequence[str], folder: str) -> str:
    """What a module of the copy in `folder` tells. Raises CalledProcessError."""
    done = subprocess.run(  # noqa: S603 - the commands of LEARN and our own
        [sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": folder},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def seeds_table(by_seed: dict[int, Figures]) -> str:
    """A row for each figure, a column for each seed; the spread is the highest less the lowest."""
    names = [name for name in next(iter(by_seed.values())) if name != "items"]
    rows: list[Row] = []
    for name in names:
        values = [float(figures[name]) for figures in by_seed.values()]
        rows.append((f"`{name}`", *values, mean(values), max(values) - min(values)))
    return table(("figure", *(f"seed {seed}" for seed in by_seed), "mean", "spread"), rows)


def written(card: str, mark: str, text: str) -> str:
    """`card` with `text` between the marks of `mark`. Raises ValueError when they are not there."""
    begin, end = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
    before, found, rest = card.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"the card has no marks for {mark}")
    return f"{before}{begin}\n\n{text}\n\n{end}{after}"


def main() -> int:
    """Prints the tables; with `--write` puts them in the card instead."""
    parser = argparse.ArgumentParser(description="Make the tables of the model card.")
    parser.add_argument("files", nargs="*", type=Path, help="labelled jsonl files; without, what was set aside")
    parser.add_argument("--seeds", nargs="+", type=int, default=[], help="train with each of these, and compare")
    parser.add_argument("--write", action="store_true", help=f"put the tables in {CARD.name}")
    parser.add_argument("--json", action="store_true", help="the bare figures, as JSON")
    args = parser.parse_args()
    files: list[Path] = args.files or [ASIDE]
    if args.seeds:
        mark, text = "seeds", seeds_table({seed: of_seed(seed, files) for seed in args.seeds})
    else:
        reader = load()
        found = list(cases(reader, files))
        if args.json:
            print(json.dumps(figures_of(found)))
            return 0
        mark, text = "figures", tables(found, files, reader.version)
    if args.write:
        CARD.write_text(written(CARD.read_text(encoding="utf-8"), mark, text), encoding="utf-8")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
