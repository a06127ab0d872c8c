"""Every alert names on its face for whom it is, how it may be shared and when it lapses (R33)."""

import re

import pytest

from classifiers import Level, Reader
from monitor.domain import Event, Fact, FactKind
from monitor.rules.announce import Told, announce_house
from tests.build import NOON, an_event
from tests.monitor.rules.announcing import announced

FACE = re.compile(r"Doelgroep: [\w ]+ · (intern|vertrouwelijk) · vervalt (ma|di|wo|do|vr|za|zo) \d+ \w{3}")
DATA: dict[str, str | int | None] = {
    "from": "A", "to": "B", "was": "Vismarkt", "sees": "C", "week": "48 (2026)", "briefing": 3, "channel": "slack",
}  # fmt: skip


@pytest.mark.parametrize("public", [True, False], ids=["open", "confidential"])
@pytest.mark.parametrize("kind", list(FactKind))
def test_every_alert_has_its_face(reader: Reader, kind: FactKind, public: bool) -> None:
    told = Told(indicators={i.code: i for i in reader.indicators}, link_base="https://torenwacht.example", now=NOON)
    fact = Fact(id=5, kind=kind, event=1, source="krant", at=NOON, by="machine", public=public, data=DATA)
    event = an_event(id=1, level=Level.B, machine_level=Level.B, public=public)

    messages = [announced(fact, event, told), announce_house(fact, told, name="Krant", advice="Kijk.")]

    for message in (m for m in messages if m is not None):
        assert FACE.fullmatch(message.footer), message.footer
        assert ("vertrouwelijk" in message.footer) is message.confidential


def columns(table: str) -> set[str]:
    return {column.name for column in Event.metadata.tables[table].columns}


def test_what_is_observed_and_what_is_decided_are_kept_in_tables_of_their_own() -> None:
    """R36: reports fill an event, people add decisions beside it, and neither writes over the other."""
    assert {"level", "category", "added", "struck", "reason", "by"} <= columns("override")
    assert columns("event").isdisjoint({"reason", "by", "added", "struck"})
    assert {"machine_level", "machine_category"} <= columns("event")
