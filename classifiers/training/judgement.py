"""Own texts -> the learned judge (classifiers/judgement.npz): `python -m classifiers.training.judgement`.

Seeded: the same texts give the same file. One logistic regression for each answer. How sharp shares are and from which
share an indicator counts is measured on parts of the texts that the regression did not see, split by event.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags_array, hstack
from sklearn.linear_model import LogisticRegression

from classifiers.bag import ROWS, Bag, Floats, bag_of
from classifiers.clues import Clues, strongest
from classifiers.judgement import ANSWER_NAMES, ARTEFACT, Weights, agreed, found_row, shares_of
from classifiers.observer import Observer
from classifiers.training.texts import DATA, Text, own_texts
from classifiers.vocabulary import Category, Phase, Weight

SEED = 1
STRENGTH = 10.0
"""Inverse of the regularisation; between 3 and 30 the figures do not move."""
CLUES, CLUES_OF_A_CODE = 0.15, 0.2
"""What a clue weighs at first beside all words together (1): with more, the words are no longer read."""
EVEN = 0.7
"""The part of their weight that all words have alike for an answer; the rest goes to the words that tell it."""
DOUBT = 2.0
"""Texts added to those with and to those without a word: one that was seen once tells little."""
FOLDS = 5
SELDOM = 3
"""A word or clue in fewer texts is left out."""
STEPS = 127
OFF = 0.3 * np.array([-1.8, -1.2, -0.9, -0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.9, 1.2, 1.8])
"""How far points of a text are off, as a bell curve has it: the sharpest threshold on the texts at hand is luck."""
BETA = {Weight.VIOLENCE: 2.0, Weight.EMERGENCY: 2.0}
"""How many times recall counts for precision when the share is chosen from which a code counts (F-beta)."""

Answers = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sample:
    """What the judge learns from one text."""

    bag: Bag
    names: Mapping[str, float]
    clues: Clues
    text: Text


def samples_of(texts: Iterable[Text], observer: Observer) -> Iterator[Sample]:
    """Texts as the judge meets them: redacted by the reader, with the clues of its rules."""
    for text in texts:
        redacted = observer.redact(text.title, text.text, voice=text.voice)
        clues = observer.clues(redacted.title, redacted.text, published=text.published, voice=text.voice)
        yield Sample(bag_of(clues.seen), strongest(clues.names()), clues, text)


class Lesson:
    """Samples as a matrix, and the right answers beside it."""

    def __init__(self, samples: Sequence[Sample], codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        seen = np.bincount(
            np.concatenate([row for s in samples for row in (s.bag.words[0], s.bag.parts[0])]), minlength=ROWS
        )
        self.rarity: Floats = (np.log((1 + len(samples)) / (1 + seen)) + 1).astype(np.float32)
        self.rarity[seen < SELDOM] = 0
        known = Counter(clue for s in samples for clue in s.names)
        self.clues = tuple(sorted(clue for clue, times in known.items() if times >= SELDOM))
        self.kept = np.flatnonzero(seen >= SELDOM)
        self.matrix = hstack([self._words(samples)[:, self.kept], self._clues(samples)]).tocsr()
        self.concrete = np.array([s.text.is_concrete for s in samples])
        self.answers = np.array([[*_answers(s.text, self.codes)] for s in samples])

    def _words(self, samples: Sequence[Sample]) -> csr_matrix:
        weighed = [s.bag.weighed(self.rarity) for s in samples]
        ends = np.cumsum([0, *(len(rows) for rows, _ in weighed)])
        rows, values = (np.concatenate(parts) for parts in zip(*weighed, strict=True))
        return csr_matrix((values, rows, ends), shape=(len(samples), ROWS))

    def _clues(self, samples: Sequence[Sample]) -> csr_matrix:
        columns = {clue: at for at, clue in enumerate(self.clues)}
        table = np.zeros((len(samples), len(self.clues)), np.float32)
        for line, sample in enumerate(samples):
            for clue, strength in sample.names.items():
                if clue in columns:
                    table[line, columns[clue]] = strength
        return csr_matrix(table)

    def learn(self, answers: range, lines: Answers, seed: int, more: Floats | None = None) -> tuple[Floats, Floats]:
        """Weights (features x answers) and bias of some answers, from the samples of `lines`.

        `more` has further features. Indicators learn from concrete events only.
        """
        matrix = self.matrix if more is None else hstack([self.matrix, csr_matrix(more)]).tocsr()

        def fit(answer: int) -> tuple[Floats, float]:
            chosen = lines & self.concrete if answer >= _FIRST_CODE else lines
            seen, right = matrix[chosen], self.answers[chosen, answer]
            scale = np.full(seen.shape[1], CLUES if answer < _FIRST_CODE else CLUES_OF_A_CODE, np.float32)
            scale[: len(self.kept)] = EVEN + (1 - EVEN) * telling(seen[:, : len(self.kept)], right)
            model = LogisticRegression(
                C=STRENGTH, solver="liblinear", dual=True, tol=1e-2, max_iter=200, random_state=seed
            )
            model.fit(seen @ diags_array(scale), right)
            return (model.coef_[0] * scale).astype(np.float32), float(model.intercept_[0])

        # One after another: liblinear draws from one source of chance for the whole process.
        fitted = [fit(answer) for answer in answers]
        return np.stack([row for row, _ in fitted], axis=1), np.array([bias for _, bias in fitted], np.float32)

    def unseen(self, answers: range, folds: NDArray[np.int64], seed: int, more: Floats | None = None) -> Floats:
        """Points of every sample by a judge that did not learn from its event."""
        points = np.zeros((len(folds), len(answers)), np.float32)
        for fold in range(FOLDS):
            table, bias = self.learn(answers, folds != fold, seed, more)
            seen = self.matrix[folds == fold]
            further = 0.0 if more is None else more[folds == fold] @ table[seen.shape[1] :]
            points[folds == fold] = seen @ table[: seen.shape[1]] + further + bias
        return points


_FIRST_CODE = len(Category) + len(Phase)
_SIDES = (slice(0, len(Category)), slice(len(Category), _FIRST_CODE))
"""The columns of categories and of phases."""


def _answers(text: Text, codes: Sequence[str]) -> Iterator[bool]:
    yield from (text.category is category for category in Category)
    yield from (text.phase is phase for phase in Phase)
    yield from (code in text.codes for code in codes)


def telling(words: csr_matrix, right: Answers) -> Floats:
    """How much oftener or seldomer each word stands in texts with an answer than in those without; 1 on average.

    As naive Bayes weighs words (Wang and Manning, "Baselines and Bigrams", 2012), the sign left out.
    """
    there = (words > 0).astype(np.float32)
    with_it, in_all = there.T @ right.astype(np.float32), there.T @ np.ones(len(right), np.float32)
    share = right.sum() / max((~right).sum(), 1)
    oddness = np.abs(np.log((with_it + DOUBT) / ((in_all - with_it) * share + DOUBT)))
    told: Floats = oddness / oddness.mean()
    return told


def _fold(event: str, seed: int) -> int:
    return blake2b(f"{seed} {event}".encode(), digest_size=4).digest()[0] % FOLDS


def sharpness_of(points: Floats, answers: Answers) -> Floats:
    """The two numbers that make shares as high as they are right: those under which the answers were likeliest."""

    def surprise(sharpness: Floats) -> float:
        return float(-np.log(shares_of(points, sharpness)[answers] + 1e-9).mean())

    found: Floats = minimize(surprise, (1.0, 0.0), method="Nelder-Mead").x.astype(np.float32)
    return found


def needed_of(points: Floats, answers: Answers, beta: float) -> float:
    """The share from which one code counts: where F-beta is highest if the points are a little off, as they will be."""
    shares = np.array([0.02 * step for step in range(1, 36)])
    likely = 1 / (1 + np.exp(-(points + OFF[:, np.newaxis]).ravel()))
    found, there = likely >= shares[:, np.newaxis], np.tile(answers, len(OFF))
    right = (found & there).sum(axis=1)
    wrong, missed = (found & ~there).sum(axis=1), (~found & there).sum(axis=1)
    worth = (1 + beta**2) * right / np.maximum((1 + beta**2) * right + beta**2 * missed + wrong, 1)
    return float(shares[np.argmax(worth)])


def shares_in(points: Floats, sharpness: Floats) -> Floats:
    """Shares of categories and phases, in the order of ANSWER_NAMES."""
    categories, phases = (shares_of(points[:, side], sharp) for side, sharp in zip(_SIDES, sharpness, strict=True))
    return np.concatenate(agreed(categories, phases), axis=1)


def finds_of(samples: Sequence[Sample], shares: Floats, observer: Observer, codes: Sequence[str]) -> Floats:
    """What the table of indicators shows in each sample, in its likeliest category and phase."""
    rows = []
    for sample, row in zip(samples, shares, strict=True):
        category = list(Category)[int(np.argmax(row[: len(Category)]))]
        phase = list(Phase)[int(np.argmax(row[len(Category) :]))]
        published = sample.text.published
        period = observer.period(sample.clues, published=published, phase=phase)
        found = observer.found(sample.clues, published=published, category=category, phase=phase, period=period)
        rows.append(found_row(found, codes))
    return np.stack(rows)


def train(samples: Sequence[Sample], observer: Observer, seed: int) -> Weights:
    """The judge that these samples make."""
    weight_of = {row.code: row.weight for row in observer.indicators.rows}
    lesson = Lesson(samples, tuple(weight_of))
    first, codes = range(_FIRST_CODE), range(_FIRST_CODE, _FIRST_CODE + len(weight_of))
    folds = np.array([_fold(s.text.event, seed) for s in samples])
    everything = np.ones(len(samples), bool)

    judged = lesson.unseen(first, folds, seed)
    sharpness = np.stack([sharpness_of(judged[:, side], lesson.answers[:, side]) for side in _SIDES])
    shares = shares_in(judged, sharpness)
    finds = finds_of(samples, shares, observer, lesson.codes)
    # What follows from the answers themselves is learned apart from what the words say.
    more = np.concatenate((finds, shares), axis=1)
    points = lesson.unseen(codes, folds, seed, more)
    needed = [
        needed_of(points[lesson.concrete, at], lesson.answers[lesson.concrete, column], BETA.get(weight_of[code], 1.0))
        for at, (column, code) in enumerate(zip(codes, lesson.codes, strict=True))
    ]

    by_word = lesson.learn(first, everything, seed)
    by_code = lesson.learn(codes, everything, seed, more)
    features = lesson.matrix.shape[1]
    learned = np.concatenate((by_word[0], by_code[0][:features]), axis=1)
    words, clues = learned[: len(lesson.kept)], learned[len(lesson.kept) :]
    by_find, by_answer = np.split(by_code[0][features:], [finds.shape[1]])
    step = np.abs(words).max(axis=0) / STEPS
    table = np.zeros((ROWS, learned.shape[1]), np.int8)
    table[lesson.kept] = np.rint(words / step)
    return Weights(
        rarity=lesson.rarity,
        table=table,
        step=step,
        clues=(*lesson.clues, *ANSWER_NAMES),
        by_clue=np.concatenate((clues, np.pad(by_answer, ((0, 0), (_FIRST_CODE, 0))))),
        by_find=by_find,
        bias=np.concatenate((by_word[1], by_code[1])),
        sharpness=sharpness,
        codes=lesson.codes,
        needed=np.array(needed, np.float32),
    )


def main() -> int:
    """Trains on all own texts but those set aside, and writes the artefact."""
    parser = argparse.ArgumentParser(description="Train the learned judge on texts of our own.")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--texts", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=ARTEFACT)
    args = parser.parse_args()
    observer = Observer()
    samples = list(samples_of(own_texts(args.texts), observer))
    train(samples, observer, args.seed).save(args.out)
    size = args.out.stat().st_size / 1e6
    print(f"{len(samples)} texts, seed {args.seed}: {args.out.name}, {size:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
