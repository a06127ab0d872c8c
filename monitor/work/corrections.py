"""What people corrected, as labelled items for someone to review. Nothing learns from it by itself (R25)."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from monitor.app import App
from monitor.clock import today
from monitor.domain import MACHINE, MANUAL, Event, Handling, Item, Purpose
from monitor.store import events, items, people
from monitor.work.journal import audit
from monitor.work.steps import step

Correction = dict[str, object]
"""One report, what the machine saw in it, and what a person made of its event."""

WITHDRAWN = "event_withdrawn"
"""The act, in the audit trail, of taking an event off: "geen gebeurtenis"."""


def corrections(app: App) -> list[Correction]:
    """One line per open report of every event that a person judged, oldest event first; told in the audit trail.

    It holds the redacted extract as it is kept, and names nobody. Left out are what the compartment knows (R31), what a
    person typed (R26), and reports without text, of which the publisher may have reserved text mining (R5).
    """
    with app.store.begin() as session, step(app, "nakijken", "export_corrections") as did:
        found = [*_decisions(session), *_withdrawals(session)]
        found.sort(key=lambda one: str(one["id"]))
        did.count({"items.exported": len(found)})
        audit(app, session, MACHINE, "corrections_exported", what=f"corrections:{len(found)}", purpose=Purpose.QUALITY)
    return found


def _decisions(session: Session) -> Iterator[Correction]:
    """Levels that a person set or confirmed, and what they corrected; what was taken back is none."""
    for event in events.with_override(session):
        decided = events.newest_override(session, event)
        if decided is None:
            continue
        person: dict[str, object] = {"decision": "niveau", "level": decided.level.value} if decided.level else {}
        if decided.category or decided.added or decided.struck:
            person["decision"] = "verbeterd"
            person["category"] = event.category.value
            person["added"], person["struck"] = decided.added, decided.struck
        if person:
            yield from _labelled(session, event, person, decided.reason, decided.at)


def _withdrawals(session: Session) -> Iterator[Correction]:
    """Events that a person took off. The reason is gone when the audit trail no longer goes back so far."""
    for event, at in events.withdrawn_by_people(session):
        told = people.audit_of(session, WITHDRAWN, f"event:{event.id}")
        yield from _labelled(session, event, {"decision": "geen_gebeurtenis"}, told[-1].reason if told else "", at)


def _labelled(
    session: Session, event: Event, person: dict[str, object], reason: str, decided: datetime
) -> Iterator[Correction]:
    reports = items.items_of(session, event.id) if event.id else []
    # A decision about what the compartment knows too may rest on that: neither it nor its reason goes out (R31).
    if not event.public or event.remembered or any(report.handling.confidential for report in reports):
        return
    for report in reports:
        if report.handling is Handling.OPEN and report.source != MANUAL and report.extract:
            yield {
                "id": f"gebeurtenis-{event.id:08}-bericht-{report.id:08}",
                "source_kind": report.voice.value,
                "published": report.published.isoformat(),
                "title": report.title,
                "text": report.extract,
                "machine": _seen_by_machine(event, report),
                "person": person,
                "reason": reason,
                "decided": today(decided).isoformat(),
                "reviewed": False,
            }


def _seen_by_machine(event: Event, report: Item) -> dict[str, object]:
    reading = report.reading
    return {
        "category": reading.category.value,
        "confidence": round(reading.confidence, 3),
        "phase": reading.phase.value,
        "level": reading.level.value if reading.level else None,
        "indicators": sorted(reading.codes),
        "event_level": event.machine_level.value,
        "model": reading.model,
    }
