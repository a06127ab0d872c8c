"""Sources and what people decided about them -> those that may be asked today (R1, R10)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from monitor.domain import Approval, Source


def active(sources: Iterable[Source], approvals: Mapping[str, Sequence[Approval]], today: date) -> list[Source]:
    """Those without any hindrance, in order of name."""
    found = [source for source in sources if source.hindrance(today, approvals.get(source.id, ())) is None]
    return sorted(found, key=lambda source: source.name.casefold())
