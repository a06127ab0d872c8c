"""A table of weights -> how likely a candidate is, by the features that it shows."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from classifiers.errors import TableError


class Scale:
    """Weights by the name of a feature; a feature without a weight says nothing. Not changed after it was made."""

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights

    def weigh(self, features: Iterable[str]) -> float:
        known = self.weights
        return sum([known[feature] for feature in features if feature in known])


def read_scales(file: Path) -> dict[str, Scale]:
    """The scales of `file`, by name. Raises TableError for what the table may not hold."""
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise TableError(file.name, "het bestand", "", f"Het bestand is niet te lezen: {error}") from error
    scales = {}
    for name, weights in raw.items():
        if not isinstance(weights, dict) or not all(isinstance(w, int | float) for w in weights.values()):
            raise TableError(file.name, name, "", 'Schrijf per regel een kenmerk en een getal: "kenmerk" = 1.5')
        scales[name] = Scale({feature: float(weight) for feature, weight in weights.items()})
    return scales
