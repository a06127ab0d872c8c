"""The shares of the learned judge: together one, in the order of the points, and as high as they are right."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifiers.errors import ModelMissing
from classifiers.judgement import ARTEFACT, Judge, Judgement, Weights, shares_of
from classifiers.training.judgement import sharpness_of
from classifiers.vocabulary import Category, Phase


def test_shares_are_one_together_and_keep_the_order_of_the_points() -> None:
    points = np.array([[-2.0, 3.0, 0.5], [-90.0, -80.0, -100.0]], np.float32)

    shares = shares_of(points, np.array([1.2, -0.5], np.float32))

    assert shares.sum(axis=1) == pytest.approx([1, 1])
    assert (shares.argsort(axis=1) == points.argsort(axis=1)).all()


def test_a_judge_that_is_too_sure_learns_how_often_it_is_right() -> None:
    # it gives each answer in turn many points, and is right seven times in ten
    chosen, right = np.arange(3000) % 3, np.arange(3000) % 10 < 7
    points = np.where(np.eye(3, dtype=bool)[chosen], 6.0, -6.0).astype(np.float32)
    answers = np.eye(3, dtype=bool)[np.where(right, chosen, (chosen + 1) % 3)]

    shares = shares_of(points, sharpness_of(points, answers))

    assert shares.max(axis=1).mean() == pytest.approx(0.7, abs=0.01)


def test_weights_of_another_make_are_refused(tmp_path: Path) -> None:
    shipped, file = Weights.load(ARTEFACT), tmp_path / "judgement.npz"

    replace(shipped, sharpness=np.ones(2, np.float32)).save(file)

    with pytest.raises(ModelMissing):
        Judge.load(file)


def test_an_indicator_is_as_likely_as_the_category_makes_it() -> None:
    shipped = Weights.load(ARTEFACT)
    # as shipped, but that football speaks for the sixth indicator: two points
    named = (*(clue for clue in shipped.clues if not clue.startswith("judged ")), "judged voetbal")
    rows = [*shipped.by_clue[: len(named) - 1], np.eye(shipped.by_clue.shape[1])[len(Category) + len(Phase) + 5] * 2]
    judge = Judge(replace(shipped, clues=named, by_clue=np.array(rows, np.float32)))

    def points(football: float) -> list[float]:
        categories = tuple((answer, football if answer is Category.FOOTBALL else 0.0) for answer in Category)
        judged = Judgement(categories, dict.fromkeys(Phase, 0.25), np.zeros(len(shipped.codes), np.float32))
        return [float(np.log(share / (1 - share))) for share in judge.likely(judged, ()).values()]

    assert points(0.0) == pytest.approx([0.0] * len(shipped.codes))
    assert points(0.75) == pytest.approx([1.5 * (at == 5) for at in range(len(shipped.codes))])
