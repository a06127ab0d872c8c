"""What became otherwise of an event, as its page tells it: newest first, each with who told it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.app import App
from monitor.domain import MACHINE, MANUAL, Revision
from monitor.rules.history import told


@dataclass(frozen=True, slots=True)
class Changed:
    """One line."""

    at: datetime
    part: str
    words: str
    teller: str
    """Name of the source, `een adviseur` or `de machine`."""
    report: int | None
    """The report that told it, when that stands on the same page."""


def changes_of(app: App, revisions: Sequence[Revision], *, reports: Collection[int]) -> list[Changed]:
    """One line for each revision, in that order; `reports` are the ids of those that stand on the page."""
    indicators = {row.code: row for row in app.reader.indicators}
    return [
        Changed(
            row.at,
            row.part.value.capitalize(),
            told(row, indicators),
            _teller(app, row),
            row.report if row.report in reports else None,
        )
        for row in revisions
    ]


def _teller(app: App, row: Revision) -> str:
    if row.source:
        return source_name(app, row.source)
    return "de machine" if row.by == MACHINE.name else "een adviseur"


def source_name(app: App, id: str) -> str:
    """What readers call a source; its id when it is in the catalogue no more."""
    if id == MANUAL:
        return "Signaal van de politieliaison"
    return app.sources[id].name if id in app.sources else id
