"""Counts of a month -> Figures: what the house accounts for to everyone (R46)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """One month, in counts: nobody can be found in them. seen = kept + dropped."""

    seen: int
    kept: int
    dropped: Mapping[str, int]
    """By reason of `rules.door`."""
    alerts: int
    corrections: int
    """How often a person judged otherwise: another level, merged, split, or taken off before anyone was alerted."""
    false_alarms: int
    """Events that a person took off after people were alerted."""
    redactions: Mapping[str, int]
    """Personal data taken out before anything was stored, by kind."""

    def as_json(self) -> dict[str, object]:
        """The same by name."""
        return asdict(self)


def figures_of(counts: Mapping[str, int]) -> Figures:
    """`counts`: name -> figure, as `store.facts.counts` gives them; what was never counted is 0."""
    return Figures(
        seen=counts.get("items_seen", 0),
        kept=counts.get("items_kept", 0),
        dropped=_under(counts, "items_dropped:"),
        alerts=counts.get("alerts", 0),
        corrections=counts.get("corrections", 0),
        false_alarms=counts.get("false_alarms", 0),
        redactions=_under(counts, "redactions:"),
    )


def _under(counts: Mapping[str, int], prefix: str) -> dict[str, int]:
    return {name.removeprefix(prefix): n for name, n in sorted(counts.items()) if name.startswith(prefix)}
