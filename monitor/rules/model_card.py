"""The model card that comes with the reader -> the figures in it."""

import re
from importlib.resources import files

from monitor.domain.account import ModelFigures
from monitor.errors import ConfigError

_CARD = "MODEL_CARD.md"
_MEASURED = re.compile(r"^Model `([^`]+)`, (\d+) items", re.MULTILINE)
_FIGURE = re.compile(r"^\| `(\w+)` \| ([\d.]+) \|$", re.MULTILINE)


def shipped() -> ModelFigures:
    """Of the card in the package of the reader. Raises ConfigError where it tells of no measurement."""
    return figures_of(files("classifiers").joinpath(_CARD).read_text(encoding="utf-8"))


def figures_of(card: str) -> ModelFigures:
    """Of a card as `classifiers/training/card.py` writes it."""
    measured = _MEASURED.search(card)
    if measured is None:
        advice = "De kaart van de lezer noemt geen meting. Haal Torenwacht opnieuw op, of meet opnieuw."
        raise ConfigError(_CARD, "figures", advice=advice)
    return ModelFigures(measured[1], int(measured[2]), {name: float(value) for name, value in _FIGURE.findall(card)})
