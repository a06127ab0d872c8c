"""Sources and what is kept of them -> how they are spread over kinds of publisher."""

from collections.abc import Iterable, Mapping

from monitor.domain import Source
from monitor.domain.account import PUBLISHER, Publisher, Share


def balance(sources: Iterable[Source], running: Iterable[Source], kept: Mapping[str, int]) -> tuple[Share, ...]:
    """One share for every kind of publisher, also for one that has no source at all: that is a finding too.

    `kept` is source -> items in the store; of sources that left the catalogue nothing is counted.
    """
    runs = {source.id for source in running}
    grouped: dict[Publisher, list[Source]] = {publisher: [] for publisher in Publisher}
    for source in sources:
        grouped[PUBLISHER[source.voice]].append(source)
    return tuple(
        Share(
            publisher,
            configured=len(group),
            running=sum(source.id in runs for source in group),
            kept=sum(kept.get(source.id, 0) for source in group),
        )
        for publisher, group in grouped.items()
    )
