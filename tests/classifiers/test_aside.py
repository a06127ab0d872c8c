"""The reader on texts that no rule was written from: what it can, it keeps."""

import json
from pathlib import Path
from typing import cast

import pytest

from classifiers import Reader
from classifiers.training.evaluate import Gold, Prediction, evaluate
from monitor.work.analyse import analyse

ASIDE = Path(__file__).parents[2] / "classifiers" / "training" / "data" / "aside.jsonl"

FLOORS = {
    "category_macro_f1": 0.87, "relevant_f1": 0.95, "risk_kappa": 0.83, "risk_C_recall": 0.905,
    "risk_C_precision": 0.84, "indicator_micro_f1": 0.83, "when_day": 0.91, "when_minute": 0.785,
    "where_first": 0.895, "size_right": 0.87,
    "cluster_b3_f1": 0.91, "cluster_precision": 0.935, "pii_recall": 0.98, "pii_PERSOON_recall": 0.98,
    "pii_ADRES_recall": 0.95, "pii_KENTEKEN_recall": 0.95, "pii_char_precision": 0.91,
}  # fmt: skip
"""A little under what was reached when the newest texts came in (classifiers/training/README.md)."""


@pytest.fixture(scope="module")
def figures(reader: Reader) -> dict[str, float]:
    lines = ASIDE.read_text(encoding="utf-8").splitlines()
    found = {str(line["id"]): cast(Prediction, line) for line in analyse(reader, lines)}
    return evaluate([cast(Gold, json.loads(line)) for line in lines], found)


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_falls_under_its_floor(name: str, figures: dict[str, float]) -> None:
    assert figures[name] >= FLOORS[name]
