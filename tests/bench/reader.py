"""How fast the reader reads, beside a floor that tells the category only. See README.md beside it.

The floor is what a first version would be: words by a blank spaCy tokenizer, TF-IDF, logistic regression.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import classifiers
from classifiers.training.texts import Text, own_texts
from monitor.work.analyse import analyse

BATCH = 32
WORDS = 90
"""Words of a text in the measure, on average: short and long ones are joined until they are."""
LEARNED_FROM = 600
"""Texts that the floor learns from, and that both have read before anything is measured."""
LOAD_READER = "import classifiers; classifiers.load()"
LOAD_FLOOR = "import sklearn.linear_model, sklearn.feature_extraction.text, spacy; spacy.blank('nl')"
"""Without its weights, which are small."""

Read = Callable[[Sequence[str]], object]


@dataclass(frozen=True, slots=True)
class Speed:
    """What one side took. Seconds and items by CPU, so that what else the machine does counts less."""

    items: list[float]
    """A second, of each batch."""
    alone: list[float]
    """Milliseconds of each item by itself."""


def speed_of(read: Read, batches: Sequence[Sequence[str]]) -> Speed:
    items, alone = [], []
    for batch in batches:
        began = time.process_time()
        read(batch)
        items.append(len(batch) / (time.process_time() - began))
    for line in batches[-1]:
        began = time.process_time()
        read([line])
        alone.append((time.process_time() - began) * 1000)
    return Speed(items, alone)


def lines_of(texts: Sequence[Text], words: int) -> list[str]:
    """One JSON line a text; too short ones go on with what the next has, until their mean length is `words`."""
    lines: list[str] = []
    told = 0
    left = iter(texts)
    for text in left:
        body = text.text
        while told + len(body.split()) < words * (len(lines) + 1):
            more = next(left, None)
            if more is None:
                break
            body = f"{body} {more.text}"
        told += len(body.split())
        row = {"id": str(len(lines)), "title": text.title, "text": body, "source_kind": text.voice}
        lines.append(json.dumps({**row, "published": text.published.isoformat()}))
    return lines


def floor_of(texts: Sequence[Text]) -> Read:
    # Here, for the memory of the reader is measured without them.
    import spacy  # noqa: PLC0415 - as told above
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - as told above
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - as told above

    cut = spacy.blank("nl").tokenizer

    def words(text: str) -> list[str]:
        return [token.lower_ for token in cut(text)]

    table = TfidfVectorizer(tokenizer=words, token_pattern=None, lowercase=False, ngram_range=(1, 2), min_df=2)
    model = LogisticRegression(max_iter=300)
    model.fit(table.fit_transform(f"{text.title}\n{text.text}" for text in texts), [text.category for text in texts])

    def read(lines: Sequence[str]) -> object:
        rows = [json.loads(line) for line in lines]
        return model.predict_proba(table.transform(f"{row['title']}\n{row['text']}" for row in rows))

    return read


def reader_of() -> Read:
    reader = classifiers.load()
    return lambda lines: list(analyse(reader, lines))


def measure_here(which: str, seed: int, batches: int) -> Speed:
    texts = list(own_texts())
    random.Random(seed).shuffle(texts)  # noqa: S311 - which texts are read is no secret
    known, fresh = texts[:LEARNED_FROM], texts[LEARNED_FROM:]
    lines = lines_of(fresh, WORDS)[: batches * BATCH]
    read = reader_of() if which == "reader" else floor_of(known)
    read(lines_of(known, WORDS))
    return speed_of(read, [lines[at : at + BATCH] for at in range(0, len(lines), BATCH)])


def in_a_process(*arguments: str) -> tuple[str, float, float]:
    """What a new Python prints, its seconds of CPU and its peak of memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True)  # noqa: S603 - ours
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, used, after.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batches", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("reader", "floor"), help="measure in this process, and write JSON")
    args = parser.parse_args()
    if args.only:
        speed = measure_here(args.only, args.seed, args.batches)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**asdict(speed), "peak": peak}))
        return
    found: dict[str, list[tuple[float, float, float, float, float]]] = {"floor": [], "reader": []}
    # By turns, so that a busy minute hits both.
    for turn in range(args.rounds):
        for which, load in (("floor", LOAD_FLOOR), ("reader", LOAD_READER)):
            _, loading, _ = in_a_process("-c", load)
            options = ("--seed", str(args.seed + turn), "--batches", str(args.batches))
            told, _, _ = in_a_process("-m", "tests.bench.reader", "--only", which, *options)
            speed = json.loads(told)
            alone = sorted(speed["alone"])
            p95 = alone[int(len(alone) * 0.95)]
            found[which].append((median(speed["items"]), median(alone), p95, loading, speed["peak"]))
    names = ("items a second", "one item, ms", "one item, p95 ms", "load, s", "peak, MB")
    print(f"{Path(__file__).stem}: {args.rounds} rounds, batches of {BATCH}; median (lowest-highest)")
    for at, name in enumerate(names):
        floor, reader = ([row[at] for row in found[which]] for which in ("floor", "reader"))
        spread = [f"{median(side):8.1f} ({min(side):.1f}-{max(side):.1f})" for side in (reader, floor)]
        ratios = [a / b for a, b in zip(reader, floor, strict=True)]
        print(f"{name:18} reader {spread[0]:28} floor {spread[1]:28} ratio {median(ratios):.2f}")


if __name__ == "__main__":
    main()
