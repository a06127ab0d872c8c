"""The shares of the learned judge: together one, in the order of the points, and as high as they are right."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from classifiers.errors import ModelMissing
from classifiers.judgement import ARTEFACT, Judge, Judgement, Weights, agreed, shares_of
from classifiers.training.judgement import needed_of, sharpness_of, telling
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


def test_a_text_that_is_surely_of_a_protest_has_a_phase() -> None:
    categories, phases = np.full(len(Category), 0.02, np.float32), np.full(len(Phase), 0.2, np.float32)
    categories[list(Category).index(Category.DEMONSTRATION)] = 0.9
    phases[list(Phase).index(Phase.OTHER)], phases[list(Phase).index(Phase.ANNOUNCED)] = 0.4, 0.3

    of_categories, of_phases = agreed(categories, phases / phases.sum())

    assert list(Category)[int(of_categories.argmax())] is Category.DEMONSTRATION
    assert list(Phase)[int(of_phases.argmax())] is Phase.ANNOUNCED
    assert (of_categories.sum(), of_phases.sum()) == pytest.approx((1, 1))


def test_a_debate_about_new_year_keeps_its_category_without_a_phase() -> None:
    categories, phases = np.full(len(Category), 0.02, np.float32), np.full(len(Phase), 0.2, np.float32)
    categories[list(Category).index(Category.NEW_YEAR)] = 0.9
    phases[list(Phase).index(Phase.OTHER)] = 0.4

    _, of_phases = agreed(categories, phases)

    assert list(Phase)[int(of_phases.argmax())] is Phase.OTHER


def test_a_word_weighs_more_the_more_it_tells() -> None:
    # three words in eight texts: in all, in those that are right, in one of either kind
    words = csr_matrix(
        np.array([[1, 1, 1], [1, 1, 0], [1, 1, 0], [1, 1, 0], [1, 0, 1], [1, 0, 0], [1, 0, 0], [1, 0, 0]])
    )
    right = np.array([True] * 4 + [False] * 4)

    told = telling(words, right)

    assert told.mean() == pytest.approx(1)
    assert told[1] > told[0] == pytest.approx(0)
    assert told[2] == pytest.approx(0)


def test_a_threshold_does_not_stand_in_a_gap_by_luck() -> None:
    # right from 0 points on; one text far below is right too
    points = np.array([-2.5, *np.linspace(-2.4, -0.1, 24), *np.linspace(0.1, 2.4, 24)], np.float32)
    answers = np.array([True, *[False] * 24, *[True] * 24])

    assert needed_of(points, answers, beta=1.0) == pytest.approx(0.5, abs=0.05)


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
