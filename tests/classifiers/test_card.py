"""The tables of the model card: made from labels and readings, and put where the card has marks for them."""

import pytest

from classifiers import Phase
from classifiers.training.card import CARD, Case, by_category, confusion, reliability, seeds_table, written
from classifiers.training.evaluate import Gold, Prediction


def case(labelled: str, read: str, *, confidence: float = 0.9) -> Case:
    gold = Gold(id=f"{labelled} {read}", text="Verzonnen.", category=labelled, relevant=True)
    prediction = Prediction(category=read, relevant=True, indicators=[])
    return Case(gold, Phase.ANNOUNCED, prediction, Phase.ANNOUNCED, confidence)


FOUND = [case("voetbal", "voetbal"), case("voetbal", "onrust", confidence=0.5), case("onrust", "onrust")]


def test_each_category_has_its_precision_recall_and_f1() -> None:
    rows = by_category(FOUND).splitlines()

    assert "| voetbal | 2 | 1.000 | 0.500 | 0.667 |" in rows
    assert "| onrust | 1 | 0.500 | 1.000 | 0.667 |" in rows
    assert "| geen | 0 | – | – | – |" in rows


def test_confusion_has_a_row_for_each_label_and_a_column_for_each_reading() -> None:
    rows = confusion(FOUND).splitlines()

    assert rows[0] == "| labelled ↓, read → | demonstratie | voetbal | jaarwisseling | evenement | onrust | geen |"
    assert "| voetbal | 0 | 1 | 0 | 0 | 1 | 0 |" in rows


def test_confidence_stands_beside_how_often_it_was_right() -> None:
    full = [*FOUND, case("geen", "geen", confidence=1.0)]

    assert reliability(full).splitlines()[2:] == [
        "| 0.4 to 0.6 | 1 | 0.500 | 0.000 |",
        "| 0.8 to 1.0 | 3 | 0.933 | 1.000 |",
    ]


def test_seeds_stand_beside_each_other_with_mean_and_spread() -> None:
    told = seeds_table({1: {"risk_kappa": 0.75}, 2: {"risk_kappa": 0.25}})

    assert told.splitlines()[0] == "| figure | seed 1 | seed 2 | mean | spread |"
    assert told.splitlines()[2] == "| `risk_kappa` | 0.750 | 0.250 | 0.500 | 0.500 |"


@pytest.mark.parametrize("mark", ["figures", "seeds"])
def test_a_measurement_takes_the_place_of_the_last_one(mark: str) -> None:
    card = CARD.read_text(encoding="utf-8")

    once = written(card, mark, "first")
    twice = written(once, mark, "second")

    assert twice == written(card, mark, "second")


def test_a_card_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="no marks for figures"):
        written("# Card", "figures", "text")
