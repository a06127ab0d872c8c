"""Approved briefings as records for the archive: frozen, sealed in the trail, given with their metadata (R41)."""

import json
from dataclasses import dataclass

from sqlmodel import Session

from monitor.app import App
from monitor.clock import local
from monitor.domain import MACHINE, Briefing, Purpose
from monitor.domain.briefing import hash_of
from monitor.render.dutch import days
from monitor.store import briefings, people
from monitor.work.looks import take_out

APPROVED = "briefing_approved"
"""The act, in the audit trail, that froze a record; its reason is the seal."""


@dataclass(frozen=True, slots=True)
class Record:
    """One approved edition."""

    name: str
    """Of its files, without an ending: `briefing-12`."""
    html: str
    """As it was made, byte for byte: the approval stands in the metadata."""
    metadata: str
    """JSON, by the names of MDTO."""


def seal_of(briefing: Briefing) -> str:
    """What the audit trail keeps of an edition when it is approved; a changed byte gives another."""
    return f"sha256 {hash_of(briefing.html)}"


def is_as_approved(session: Session, briefing: Briefing) -> bool:
    """Whether an approved edition is still, byte for byte, what the trail sealed.

    The trail goes after its own term, before a briefing does where the municipality chose so: then the hash beside the
    edition is all there is to compare with.
    """
    sealed = [entry.reason for entry in people.audit_of(session, APPROVED, f"briefing:{briefing.id}")]
    own = f"sha256 {briefing.sha256}"
    return seal_of(briefing) == own and (not sealed or sealed[-1] == own)


def broken_records(app: App) -> list[int]:
    """Ids of approved editions that are no longer what was approved."""
    with app.store.read() as session:
        return [row.id or 0 for row in briefings.approved(session) if not is_as_approved(session, row)]


def records(app: App) -> list[Record]:
    """Every approved edition with its metadata, oldest first; that they were taken out stands in the trail."""
    with app.store.read() as session:
        rows = briefings.approved(session)
    take_out(app, MACHINE, "records_exported", what=f"records:{len(rows)}", purpose=Purpose.BRIEFING)
    return [Record(f"briefing-{row.id}", row.html, _metadata(app, row)) for row in rows]


def _metadata(app: App, row: Briefing) -> str:
    """Who approved is told by role of office, not by name: the archive keeps it longer than we keep staff."""
    made = {
        "identificatie": {"identificatieKenmerk": f"briefing-{row.id}", "identificatieBron": "Torenwacht"},
        "naam": f"Weekbriefing openbare orde, {days(row.start, row.end)}",
        "aggregatieniveau": "Archiefstuk",
        "dekkingInTijd": {
            "begindatum": local(row.start).date().isoformat(),
            "einddatum": local(row.end).date().isoformat(),
        },
        "event": [
            {"eventType": "Creatie", "eventTijd": row.made_at.isoformat()},
            {"eventType": "Goedkeuring", "eventTijd": row.approved_at.isoformat() if row.approved_at else ""},
        ],
        "archiefvormer": app.settings.organisation,
        "activiteit": "Voorbereiden van de openbare orde: wekelijks overleg van gemeente en politie",
        "beperkingGebruik": "vertrouwelijk" if row.confidential else "intern",
        "waardering": "niet vastgesteld: de archivaris kiest de categorie van de selectielijst",
        "bewaartermijn": {"vernietigen na": row.delete_after.isoformat()},
        "checksum": {"checksumAlgoritme": "SHA-256", "checksumWaarde": row.sha256},
    }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
