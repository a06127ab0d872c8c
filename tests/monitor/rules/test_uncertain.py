"""What the reader is not sure of goes to a person, and is never silently level A (R23)."""

from datetime import timedelta

import pytest

from classifiers import UNCERTAIN_BELOW, Category, Level, Reader
from monitor.domain import Fact, FactKind
from monitor.rules.announce import Told
from monitor.rules.door import NOT_RELEVANT, refusal
from monitor.rules.picture import picture_of
from tests.build import NOON, a_reading, an_event, an_item
from tests.monitor.rules.announcing import announced

SURE, UNSURE = UNCERTAIN_BELOW, UNCERTAIN_BELOW - 0.01


@pytest.mark.parametrize(("confidence", "dropped"), [(SURE, NOT_RELEVANT), (UNSURE, None)])
def test_a_text_that_may_be_relevant_comes_in(confidence: float, dropped: str | None) -> None:
    item = an_item(reading=a_reading(relevant=False, level=Level.A, confidence=confidence))

    assert refusal(item, now=NOON + timedelta(hours=1)) == dropped


@pytest.mark.parametrize(("confidence", "uncertain"), [(SURE, False), (UNSURE, True)])
def test_an_event_that_rests_on_such_texts_alone_is_uncertain(confidence: float, uncertain: bool) -> None:
    items = [an_item(reading=a_reading(category=Category.EVENT, confidence=c)) for c in (UNSURE, confidence)]

    assert picture_of(items).uncertain is uncertain


@pytest.mark.parametrize("level", list(Level))
def test_its_alert_asks_a_person_to_look(reader: Reader, level: Level) -> None:
    told = Told(indicators={i.code: i for i in reader.indicators}, link_base="https://torenwacht.example", now=NOON)
    event = an_event(uncertain=True, level=level, machine_level=level)

    fact = Fact(id=5, kind=FactKind.EVENT_OPENED, event=event.id, at=NOON, by="machine")

    message = announced(fact, event, told)

    assert message is not None
    assert "Onzeker: de machine twijfelt over de soort. Kijk zelf mee." in message.lines
