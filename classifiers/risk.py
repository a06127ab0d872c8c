"""Indicators -> Level. Pure; sees codes, weights and the mark `decisive`, never words and never a cause (R21)."""

from collections.abc import Iterable

from classifiers.reading import Evidence, Indicator
from classifiers.vocabulary import Level, Weight

HEAVY_FOR_C = 2
LIGHT_FOR_B = 2


def level_of(evidence: Iterable[Evidence], indicators: Iterable[Indicator]) -> Level:
    """The level that these indicators make together; unknown codes weigh nothing, a code counts once.

    Rule: guideline, Risk. Cancelled or banned comes first and gives A, whatever else was found.
    """
    evidence = tuple(evidence)  # an iterator may be read once only, and it is read twice
    weights = {row.code: row.weight for row in indicators}
    seen = {e.code: weights[e.code] for e in evidence if e.code in weights}
    decisive = any(e.decisive for e in evidence if e.code in weights)
    found = list(seen.values())
    if Weight.LOWERS in found:
        return Level.A
    if decisive or Weight.VIOLENCE in found or Weight.EMERGENCY in found or found.count(Weight.HEAVY) >= HEAVY_FOR_C:
        return Level.C
    if Weight.HEAVY in found or found.count(Weight.LIGHT) >= LIGHT_FOR_B:
        return Level.B
    return Level.A
