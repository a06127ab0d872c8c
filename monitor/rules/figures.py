"""Counts of a month -> Figures: what the house accounts for to everyone (R46)."""

from collections.abc import Mapping

from monitor.domain.account import Figures


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
