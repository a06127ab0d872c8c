"""A digest with every field filled; the test names the one that matters."""

from datetime import date, timedelta
from typing import Any

from classifiers import Category, Evidence, Indicator, Level, Weight
from monitor.config import Notice
from monitor.domain import Change, Day, Digest, Load, Rush, SourceLine
from monitor.rules.outlook import outlook
from tests.build import NOON, an_event, at

INDICATORS = {
    "blokkade": Indicator("blokkade", Weight.HEAVY, "Blokkade", "Een weg is dicht.", "Welke omwegen zijn er?"),
}
CANARY = "kanarie in de kolenmijn"


def a_digest(**told: Any) -> Digest:
    """Fourteen days from Sunday 22 November 2026, with an open B, an unreviewed C and a confidential event."""
    blockade = an_event(
        id=1, level=Level.B, title="Demonstratie, Julianaplein, di 24 nov", starts=at(24, 8), ends=at(24, 9),
        evidence=(Evidence("blokkade", "rijden stapvoets de ring over"),),
    )  # fmt: skip
    signal = an_event(
        id=2, level=Level.C, title="Demonstratie, Grote Markt, di 24 nov", starts=at(24, 14), ends=at(24, 16)
    )
    secret = an_event(
        id=3, category=Category.UNREST, title=f"Onrust, {CANARY}, wo 25 nov", starts=at(25, 22), ends=at(25, 23),
        public=False, latitude=53.208, longitude=6.5,
    )  # fmt: skip
    events = {24: (blockade, signal), 25: (secret,)}
    first = date(2026, 11, 22)
    days = [first + timedelta(days=n) for n in range(14)]
    values: dict[str, Any] = {
        "organisation": "Gemeente Groningen",
        "start": at(16),
        "end": at(23),
        "made_at": NOON,
        "confidential": False,
        "in_short": ("Eerste zin.", "Tweede zin.", "Derde zin."),
        "days": tuple(Day(day, events.get(day.day, ()) if day.month == 11 else ()) for day in days),
        "loads": (Load(date(2026, 11, 24), {Level.C: 1, Level.B: 1}, 1, 300, 500, Rush(at(24, 14), at(24, 15), 2)),),
        "undated": (),
        "counts": {Level.A: 0, Level.B: 1, Level.C: 1},
        "by_category": {Category.DEMONSTRATION: (blockade, signal), Category.UNREST: (secret,)},
        "changes": (
            Change(NOON, 1, "Demonstratie, Julianaplein: verplaatst"),
            Change(NOON, 3, f"{CANARY}: verplaatst"),
        ),
        "past": (),
        "sources": (
            SourceLine("krant", "Krant", "stil", True, NOON, at(20, 9), "Controleer of de pagina nog bestaat."),
            SourceLine("club", "Club", "werkt", False, None),
        ),
        "police_signals": 1,
        "items_kept": 1212,
        "items_dropped": 30,
        "redactions": 340,
    }
    values |= told
    listed = [event for day in values["days"] for event in day.events]
    shown = [*listed, *values["undated"], *(event for those in values["by_category"].values() for event in those)]
    return Digest(**{"outlooks": {event.id: outlook(event, NOON, Notice()) for event in shown}} | values)
