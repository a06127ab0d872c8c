"""Labelled texts -> classifiers/periods.toml: `python -m classifiers.training.periods [TEXTS.jsonl…]`.

Two choices are learned, each as a softmax over what a text offers: the event's day among the days named (or none),
and its hour among the times named (or none). A weight belongs to a feature that can be
named ("near court", "right behind"), so the table can be read and questioned. No feature holds a word of a text but
the cues and phrases of this room: what people demonstrate for is never seen (R21). Fitted with L-BFGS from zero, in
the order of the files: the same files give the same table.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from classifiers.event_days import EventDay
from classifiers.mentions import Direction
from classifiers.periods import AMSTERDAM, Told, told_in
from classifiers.training.evaluate import When
from classifiers.training.texts import DATA, files_to_learn, items_of
from classifiers.vocabulary import Category, Phase, Precision, Voice

TEXTBOOK = DATA / "moments.txt"
TABLE = Path(__file__).parents[1] / "periods.toml"

_STRENGTH = 2.0
"""Of the L2 penalty: how much a text must insist before a feature weighs. Chosen by four-fold cross-validation."""
_SEEN = 3
"""A feature seen in fewer texts has no weight of its own."""
_LEAST = 0.02
"""Weights below it are left out of the table."""
_TEXTBOOK, _NO_HINT = 2.0, 0.7
"""What a textbook sentence weighs, and a text whose phase is not told."""
_NIGHT_ENDS = "06"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One labelled text or textbook sentence."""

    title: str
    text: str
    published: datetime
    voice: Voice
    category: Category
    phase: Phase | None
    """None where a textbook sentence leaves it open."""
    when: When | None
    textbook: bool

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.when["start"][:10]) if self.when else None

    @property
    def told(self) -> Told:
        return told_in(self.title, self.text, self.published, self.voice)


@dataclass(frozen=True, slots=True)
class Choice:
    """What could be chosen, each with its features, and which of them would be right."""

    features: Sequence[Sequence[str]]
    right: Sequence[bool]
    weight: float


def lessons_in(file: Path) -> Iterator[Lesson]:
    """The items of a file in the format of the annotation guideline."""
    for item in items_of(file):
        yield Lesson(
            item["title"],
            item["text"],
            datetime.fromisoformat(item["published"]).astimezone(AMSTERDAM),
            Voice(item["source_kind"]),
            Category(item["category"]),
            Phase(item["phase"]),
            item["when"],
            textbook=False,
        )


def textbook(file: Path = TEXTBOOK) -> Iterator[Lesson]:
    """The sentences of moments.txt; its head says what stands in each column."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        published, told, written, text = (part.strip() for part in line.split("|", 3))
        phase, _, voice = told.partition(" ")
        moment = datetime.fromisoformat(published).replace(tzinfo=AMSTERDAM)
        yield Lesson(
            "Bericht",
            text,
            moment,
            Voice(voice or Voice.NEWS),
            Category.EVENT,
            None if phase == "-" else Phase(phase),
            _when(written),
            textbook=True,
        )


def _when(written: str) -> When | None:
    if written == "-":
        return None
    span, _, precision = written.partition(" ")
    start, _, end = span.partition("..")
    kind = Precision.MINUTE if "T" in start else Precision.DAY
    return When(start=start, end=end or None, precision=precision or kind.value)


def day_choices(lessons: Iterable[Lesson]) -> Iterator[Choice]:
    for lesson in lessons:
        if lesson.category is Category.NONE:
            continue
        hints = {lesson.phase, None} - {Phase.OTHER}
        for hint in sorted(hints, key=lambda phase: phase is None):
            candidates = list(lesson.told.days.candidates(hint))
            right = [_is_right(day, lesson) for day, _ in candidates]
            exact = [good and _is_exact(day, lesson.when) for good, (day, _) in zip(right, candidates, strict=True)]
            right = exact if any(exact) else right
            if any(right):
                weight = _TEXTBOOK if lesson.textbook else 1.0 if hint else _NO_HINT
                yield Choice([features for _, features in candidates], right, weight)


def _is_right(day: EventDay | None, lesson: Lesson) -> bool:
    wanted, when = lesson.day, lesson.when
    if day is None or wanted is None or when is None:
        return day is None and wanted is None
    if day.first == wanted:
        return True
    # "Vanavond 0.30" names the evening before the day of its clock.
    late = day.part in ("nacht", "avond") or (day.first.month, day.first.day) == (12, 31)
    small = when["precision"] == Precision.MINUTE and when["start"][11:13] < _NIGHT_ENDS
    return late and small and day.first + timedelta(days=1) == wanted


def _is_exact(day: EventDay | None, when: When | None) -> bool:
    """Whether the last day and the precision are right too; of a minute no more than the day is asked here."""
    if day is None or when is None or when["precision"] == Precision.MINUTE:
        return False
    return day.last == date.fromisoformat((when["end"] or when["start"])[:10]) and day.precision == when["precision"]


def clock_choices(lessons: Iterable[Lesson]) -> Iterator[Choice]:
    for lesson in lessons:
        if lesson.category is Category.NONE or lesson.phase is Phase.OTHER or lesson.when is None:
            continue
        told, when = lesson.told, lesson.when
        days = [day for day, _ in told.days.candidates(lesson.phase) if day is not None and _is_right(day, lesson)]
        day = next((day for day in days if day.first == lesson.day), next(iter(days), None))
        if day is None:
            continue
        mentions = told.mentions[Direction.BACK if lesson.phase is Phase.OVER else Direction.AHEAD]
        candidates = list(told.times.candidates(day, mentions, lesson.phase))
        if when["precision"] == Precision.MINUTE:
            begins, ends = when["start"][11:16], (when["end"] or "")[11:16]
            right = [clock is not None and f"{clock.begins:%H:%M}" == begins for clock, _ in candidates]
            whole = [
                good and clock is not None and clock.until is not None and f"{clock.until:%H:%M}" == ends
                for good, (clock, _) in zip(right, candidates, strict=True)
            ]
            right = whole if any(whole) else right
        else:
            right = [clock is None for clock, _ in candidates]
        if any(right):
            yield Choice([features for _, features in candidates], right, _TEXTBOOK if lesson.textbook else 1.0)


class Softmax:
    """The weights under which the right ones of all choices are likeliest."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        counted = Counter(f for choice in choices for f in {f for row in choice.features for f in row})
        self.names = sorted(name for name, count in counted.items() if count >= _SEEN)
        number = {name: index for index, name in enumerate(self.names)}
        rows = [
            (nth, row, right) for nth, c in enumerate(choices) for row, right in zip(c.features, c.right, strict=True)
        ]
        pairs = [(at, number[f]) for at, (_, row, _) in enumerate(rows) for f in sorted(set(row)) if f in number]
        self._row, self._name = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        self._choice = np.array([nth for nth, _, _ in rows], dtype=np.int64)
        self._right = np.array([right for _, _, right in rows], dtype=np.float64)
        self._weight = np.array([choice.weight for choice in choices])

    def fitted(self) -> dict[str, float]:
        weights = minimize(self.loss, np.zeros(len(self.names)), jac=True, method="L-BFGS-B").x
        return {n: round(float(w), 3) for n, w in zip(self.names, weights, strict=True) if abs(w) >= _LEAST}

    def loss(self, weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """What is to be made small, and the way it grows."""
        choices, rows = len(self._weight), len(self._choice)
        score = np.bincount(self._row, weights[self._name], rows)
        top = np.full(choices, -np.inf)
        np.maximum.at(top, self._choice, score)
        power = np.exp(score - top[self._choice])
        whole = np.bincount(self._choice, power, choices)
        good = np.bincount(self._choice, power * self._right, choices) + 1e-300
        share = power / whole[self._choice] - power * self._right / good[self._choice]
        loss = float((self._weight * (np.log(whole) - np.log(good))).sum() + _STRENGTH / 2 * (weights**2).sum())
        slope = np.bincount(self._name, (self._weight[self._choice] * share)[self._row], len(weights))
        return loss, slope + _STRENGTH * weights


def write(tables: dict[str, dict[str, float]], file: Path = TABLE) -> None:
    lines = [
        "# How much each feature of a day or a time speaks for its being the event's (event_days.py,",
        "# event_clocks.py). Fitted by classifiers/training/periods.py: above zero for, below zero against.",
    ]
    for name, weights in tables.items():
        lines += ["", f"[{name}]"]
        lines += [
            f"{json.dumps(feature, ensure_ascii=False)} = {weight}" for feature, weight in sorted(weights.items())
        ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def train(lessons: Sequence[Lesson], file: Path = TABLE) -> dict[str, int]:
    """Writes the table of weights; how many choices each part was fitted on."""
    choices = {"day": list(day_choices(lessons)), "clock": list(clock_choices(lessons))}
    write({name: Softmax(found).fitted() for name, found in choices.items()}, file)
    return {name: len(found) for name, found in choices.items()}


if __name__ == "__main__":
    files = [Path(name) for name in sys.argv[1:]] or files_to_learn()
    everything = [lesson for file in files for lesson in lessons_in(file)] + list(textbook())
    print(json.dumps(train(everything)))
