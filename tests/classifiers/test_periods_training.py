"""The weights for day and hour: learned from labelled texts, the same each time."""

import tomllib
from pathlib import Path

from classifiers.training.periods import Choice, Softmax, textbook, train
from classifiers.vocabulary import Phase


def test_a_feature_of_what_was_right_gets_a_weight_above_zero() -> None:
    choices = [Choice([["near court"], ["right behind"]], [False, True], 1.0) for _ in range(20)]

    weights = Softmax(choices).fitted()

    assert weights["right behind"] > 0 > weights["near court"]


def test_a_feature_seen_once_or_twice_gets_no_weight() -> None:
    choices = [Choice([["often"], ["else"]], [True, False], 1.0) for _ in range(20)]
    choices += [Choice([["seldom"], ["else"]], [True, False], 1.0)]

    assert "seldom" not in Softmax(choices).fitted()


def test_the_same_texts_give_the_same_table(tmp_path: Path) -> None:
    lessons = [lesson for lesson in textbook() if lesson.phase is not Phase.OTHER][:40]

    first = train(lessons, tmp_path / "first.toml")
    second = train(lessons, tmp_path / "second.toml")

    assert first == second
    assert (tmp_path / "first.toml").read_text() == (tmp_path / "second.toml").read_text()
    assert set(tomllib.loads((tmp_path / "first.toml").read_text())) == {"day", "clock"}
