"""Sources -> the public list of what is read, for which purpose and on which ground, as CSV (R10)."""

import csv
from collections.abc import Iterable
from io import StringIO

from monitor.domain import Source

COLUMNS = (
    "bron", "uitgever", "adres", "verantwoordelijk", "doel", "grondslag", "dpia", "risico", "bewaren_dagen",
    "beoordeeld_tot",
)  # fmt: skip


def to_csv(sources: Iterable[Source]) -> str:
    """One line for each source with a legal record, under `COLUMNS`; comma separated, lines end as RFC 4180 asks."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for source in sources:
        if legal := source.legal:
            ground = (legal.controller, legal.purpose, legal.lawful_basis, legal.dpia_reference)
            terms = (legal.personal_data_risk.value, legal.retention_days, legal.review_date.isoformat())
            table.writerow((source.name, source.publisher, source.url, *ground, *terms))
    return out.getvalue()
