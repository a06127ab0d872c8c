"""The figures of the model card, as the papers quote them."""

import pytest

from monitor.errors import ConfigError
from monitor.rules.model_card import figures_of, shipped


def test_the_figures_of_a_card_are_read() -> None:
    card = (
        "Model `2026.11-a`, 12 items of `aside.jsonl`.\n\n| figure | value |\n| --- | --- |\n| `pii_recall` | 0.986 |\n"
    )

    figures = figures_of(card)

    assert (figures.model, figures.items, figures.values) == ("2026.11-a", 12, {"pii_recall": 0.986})


def test_the_shipped_card_has_what_the_papers_quote() -> None:
    assert {"category_accuracy", "grave_missed", "pii_recall"} <= shipped().values.keys()


def test_a_card_without_a_measurement_is_refused() -> None:
    with pytest.raises(ConfigError):
        figures_of("# Model card")
