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
    "category_macro_f1": 0.835, "relevant_f1": 0.945, "risk_kappa": 0.79, "risk_C_recall": 0.85,
    "risk_C_precision": 0.82, "indicator_micro_f1": 0.81, "when_day": 0.905, "when_minute": 0.775,
    "where_first": 0.89, "size_right": 0.84,
    "cluster_b3_f1": 0.90, "cluster_precision": 0.92, "pii_recall": 0.975, "pii_PERSOON_recall": 0.98,
    "pii_ADRES_recall": 0.90, "pii_KENTEKEN_recall": 0.94, "pii_char_precision": 0.90,
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
