"""Words and clues together -> how likely each category, phase and indicator is: the learned judge.

A linear model: every row of the table adds its weight, so that any answer can be traced to words (R22). Trained by
training/judgement.py on texts of our own; MODEL_CARD.md tells what it can and cannot do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from classifiers.bag import ROWS, Bag, Floats, bag_of
from classifiers.clues import Clues, strongest
from classifiers.errors import ModelMissing
from classifiers.reading import Evidence
from classifiers.vocabulary import Category, Phase

ARTEFACT = Path(__file__).parent / "judgement.npz"

ANSWER_NAMES = tuple(f"judged {answer.value}" for answer in (*Category, *Phase))
"""Clues for the indicators, that follow from category and phase: what is rare at a market is common in a riot."""

_AT_ODDS = 0.4
"""How likely, beside answers that agree, it is that only one of the two says that there is no concrete event."""
_AGREE = np.array(
    [
        [1.0 if (category is Category.NONE) is (phase is Phase.OTHER) else _AT_ODDS for phase in Phase]
        for category in Category
    ],
    np.float32,
)
_AGREE[list(Category).index(Category.NEW_YEAR), list(Phase).index(Phase.OTHER)] = 1.0
"""A debate about a New Year belongs to it without being one (guideline, decision 2)."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Shares of one text, 0 to 1: of the categories together 1, of the phases together 1."""

    categories: tuple[tuple[Category, float], ...]
    """Highest first."""
    phases: Mapping[Phase, float]
    leaning: Floats
    """Towards each indicator, before it is asked what the table shows in this category and phase."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers behind a judge. Columns of the tables are the answers: categories, phases, codes, in that order."""

    rarity: Floats
    """How rare a row of the bag was in the texts that were learned from; 0 where it was not seen."""
    table: NDArray[np.int8]
    """Weight of each row for each answer, in steps of `step`."""
    step: Floats
    """One for each answer."""
    clues: tuple[str, ...]
    by_clue: Floats
    by_find: Floats
    """Weight of what the table of indicators shows, a row for each code and one for `decisive`, for each code."""
    bias: Floats
    sharpness: Floats
    """What makes shares of categories and of phases honest, a row for each: a factor for the points, and what is then
    added to them. Measured on texts that were not learned from."""
    codes: tuple[str, ...]
    needed: Floats
    """The share from which each code counts, in the order of `codes`."""

    def save(self, file: Path) -> None:
        """One file, without a date: the same numbers give the same bytes."""
        np.savez_compressed(
            file,
            rarity=self.rarity.astype(np.float16),
            table=self.table,
            step=self.step,
            clues=np.array(self.clues),
            by_clue=self.by_clue.astype(np.float16),
            by_find=self.by_find.astype(np.float16),
            bias=self.bias,
            sharpness=self.sharpness,
            codes=np.array(self.codes),
            needed=self.needed,
        )

    @classmethod
    def load(cls, file: Path) -> Self:
        """Raises ModelMissing when the file is not there or not right."""
        try:
            with np.load(file, allow_pickle=False) as saved:
                weights = cls(
                    rarity=saved["rarity"].astype(np.float32),
                    table=saved["table"],
                    step=saved["step"],
                    clues=tuple(saved["clues"].tolist()),
                    by_clue=saved["by_clue"].astype(np.float32),
                    by_find=saved["by_find"].astype(np.float32),
                    bias=saved["bias"],
                    sharpness=saved["sharpness"],
                    codes=tuple(saved["codes"].tolist()),
                    needed=saved["needed"],
                )
        except (OSError, ValueError, KeyError) as error:
            raise ModelMissing(file.name) from error
        answers = len(Category) + len(Phase) + len(weights.codes)
        expected = ((ROWS, answers), (len(weights.clues), answers), (2, 2))
        if (weights.table.shape, weights.by_clue.shape, weights.sharpness.shape) != expected:
            raise ModelMissing(file.name)
        return weights


class Judge:
    """The learned judge. Safe to share between threads."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._clue_rows = {clue: row for row, clue in enumerate(weights.clues)}
        self._column = {code: len(Category) + len(Phase) + at for at, code in enumerate(weights.codes)}
        # A sentence is asked for each indicator that no phrase shows.
        self._of_sentence = lru_cache(maxsize=64)(lambda sentence: self._of_words(bag_of(sentence)))
        self.needed: Mapping[str, float] = dict(zip(weights.codes, weights.needed.tolist(), strict=True))
        """The share from which each code counts."""

    @classmethod
    def load(cls, file: Path = ARTEFACT) -> Self:
        """The judge as it is shipped. Raises ModelMissing."""
        return cls(Weights.load(file))

    def judge(self, clues: Clues) -> Judgement:
        """How likely each answer is for a text in which the rules saw `clues`."""
        points = self._of_words(bag_of(clues.seen)) + self._of_clues(clues.names()) + self._weights.bias
        by_category, by_phase = len(Category), len(Category) + len(Phase)
        of_category, of_phase = self._weights.sharpness
        by_itself = shares_of(points[:by_category], of_category), shares_of(points[by_category:by_phase], of_phase)
        of_each, phases = (shares.tolist() for shares in agreed(*by_itself))
        categories = sorted(zip(Category, of_each, strict=True), key=lambda row: -row[1])
        return Judgement(tuple(categories), dict(zip(Phase, phases, strict=True)), points[by_phase:])

    def likely(self, judged: Judgement, found: Sequence[Evidence]) -> Mapping[str, float]:
        """How likely each indicator is, 0 to 1; `found` is what the table shows in the category and phase as judged."""
        shown = found_row(found, self._weights.codes) @ self._weights.by_find
        points = judged.leaning + shown + self._of_clues(answers_of(judged))[len(Category) + len(Phase) :]
        return dict(zip(self._weights.codes, (1.0 / (1.0 + np.exp(-points))).tolist(), strict=True))

    def telling(self, sentences: Sequence[str], code: str) -> int:
        """The number of the sentence that speaks most for `code`."""
        column = self._column[code]
        return int(np.argmax([self._of_sentence(sentence)[column] for sentence in sentences]))

    def _of_words(self, bag: Bag) -> Floats:
        rows, values = bag.weighed(self._weights.rarity)
        points: Floats = (values @ self._weights.table.take(rows, axis=0).astype(np.float32)) * self._weights.step
        return points

    def _of_clues(self, names: Iterable[tuple[str, float]]) -> Floats:
        known = [(self._clue_rows[n], s) for n, s in strongest(names).items() if n in self._clue_rows]
        if not known:
            return np.zeros(len(self._weights.bias), np.float32)
        rows, strengths = zip(*known, strict=True)
        points: Floats = np.array(strengths, np.float32) @ self._weights.by_clue.take(rows, axis=0)
        return points


def answers_of(judged: Judgement) -> Iterator[tuple[str, float]]:
    """Category and phase as judged, each with its share: clues for the indicators."""
    shares = dict(judged.categories)
    in_order = [shares[category] for category in Category] + [judged.phases[phase] for phase in Phase]
    return zip(ANSWER_NAMES, in_order, strict=True)


def found_row(found: Sequence[Evidence], codes: Sequence[str]) -> Floats:
    """One for each code that was found, in the order of `codes`, and one at the end where a find decides by itself."""
    shown = {evidence.code for evidence in found}
    decided = any(evidence.decisive for evidence in found)
    return np.array([*(code in shown for code in codes), decided], np.float32)


def shares_of(points: Floats, sharpness: Floats) -> Floats:
    """How likely each answer is by itself, so divided that the answers (the last axis) are 1 together."""
    factor, more = sharpness
    likely = -np.logaddexp(0.0, -(factor * points + more))
    powers = np.exp(likely - likely.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def agreed(categories: Floats, phases: Floats) -> tuple[Floats, Floats]:
    """Shares of categories and of phases (the last axis), each with what the other has to say of it.

    A short text gives few signs of a phase: that it is surely of a protest tells that there is one.
    """
    both = categories[..., :, np.newaxis] * phases[..., np.newaxis, :] * _AGREE
    both /= both.sum(axis=(-2, -1), keepdims=True)
    return both.sum(axis=-1), both.sum(axis=-2)
