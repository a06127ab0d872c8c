"""Questions about the journal, the outbox and the figures."""

from datetime import date, datetime, timedelta

import pytest

from alerts import Message, Topic, Urgency
from monitor.domain import Delivery, Event, Fact, FactKind
from monitor.errors import NotFound
from monitor.store import Store, events, facts
from tests.build import NOON, an_event, at
from tests.monitor.store.rows import a_delivery, id_of

MESSAGE = Message(
    key="torenwacht-1",
    topic=Topic.LEVEL,
    urgency=Urgency.HIGH,
    title="B – aandacht: demonstratie, Grote Markt",
    lines=("Wanneer: za 28 nov 14.00 uur",),
    link="https://torenwacht.example/gebeurtenis/1",
    footer="Alleen voor adviseurs",
    confidential=False,
)


def a_fact(event: Event | None = None, *, moment: datetime = NOON, kind: FactKind = FactKind.EVENT_OPENED) -> Fact:
    """A line of the journal."""
    return Fact(kind=kind, event=event.id if event else None, at=moment, by="machine", data={"level": "B"})


@pytest.fixture
def event(store: Store) -> Event:
    """An event in the store."""
    with store.begin() as session:
        return events.add(session, an_event(id=None))


def deliver(store: Store, event: Event, channel: str = "adviseurs", **told: object) -> int:
    """A delivery about the event; its id."""
    with store.begin() as session:
        fact = facts.add(session, a_fact(event))
        row = a_delivery(fact, event, channel)
        row.message = MESSAGE
        for name, value in told.items():
            setattr(row, name, value)
        return id_of(facts.add_deliveries(session, [row])[0])


def test_the_journal_of_an_event_is_told_in_order(store: Store, event: Event) -> None:
    with store.begin() as session:
        first = facts.add(session, a_fact(event))
        second = facts.add(session, a_fact(event, kind=FactKind.LEVEL_CHANGED))
        facts.add(session, a_fact())

    with store.read() as session:
        told = facts.facts_of(session, id_of(event))
        assert [(f.id, f.kind, f.data) for f in told] == [
            (first.id, FactKind.EVENT_OPENED, {"level": "B"}),
            (second.id, FactKind.LEVEL_CHANGED, {"level": "B"}),
        ]
        assert facts.get(session, id_of(second)).kind is FactKind.LEVEL_CHANGED
        with pytest.raises(NotFound, match="feit 99"):
            facts.get(session, 99)


def test_facts_of_a_period_are_half_open_and_of_the_kinds_asked(store: Store) -> None:
    with store.begin() as session:
        for day in (23, 21, 22):
            facts.add(session, a_fact(moment=at(day)))
        facts.add(session, a_fact(moment=at(21, 12), kind=FactKind.PURGED))

    with store.read() as session:
        assert [f.at for f in facts.facts_between(session, at(21), at(23))] == [at(21), at(21, 12), at(22)]
        purges = facts.facts_between(session, at(21), at(23), [FactKind.PURGED, FactKind.MOVED])
        assert [f.kind for f in purges] == [FactKind.PURGED]


def test_a_fact_is_told_to_a_channel_once(store: Store, event: Event) -> None:
    def rows(*channels: str) -> list[Delivery]:
        return [a_delivery(fact, event, channel) for channel in channels]

    with store.begin() as session:
        fact = facts.add(session, a_fact(event))
        first = facts.add_deliveries(session, rows("adviseurs", "post"))
        second = facts.add_deliveries(session, rows("adviseurs", "post", "piket"))

    assert [d.channel for d in first] == ["adviseurs", "post"]
    assert [d.channel for d in second] == ["piket"]
    with store.read() as session:
        kept = facts.delivery(session, id_of(first[0]))
        assert (kept.channel, kept.sent_at, kept.refused, kept.receipt) == ("adviseurs", None, "", "")
        with pytest.raises(NotFound, match="melding 99"):
            facts.delivery(session, 99)


def test_a_thread_is_the_receipt_of_the_first_message_sent_about_the_event(store: Store, event: Event) -> None:
    unsent = deliver(store, event)
    first = deliver(store, event, sent_at=NOON, receipt="thread-1")
    second = deliver(store, event, sent_at=NOON, receipt="thread-2")
    elsewhere = deliver(store, event, "post", sent_at=NOON, receipt="thread-3")

    with store.read() as session:
        assert facts.first_told(session, id_of(event), "adviseurs", before=first) is None
        for later in (second, elsewhere + 1):
            told = facts.first_told(session, id_of(event), "adviseurs", before=later)
            assert told is not None
            assert (told.id, told.receipt) == (first, "thread-1")
        assert [d.id for d in facts.deliveries(session)] == [unsent, first, second, elsewhere]


def test_old_messages_lose_their_text_and_stay_as_a_line(store: Store, event: Event) -> None:
    old = deliver(store, event, created_at=at(20))
    young = deliver(store, event, created_at=at(21))

    with store.begin() as session:
        assert facts.empty_messages(session, at(21)) == 1
        assert facts.empty_messages(session, at(21)) == 0

    with store.read() as session:
        assert facts.delivery(session, old).message is None
        assert facts.delivery(session, young).message == MESSAGE


def test_figures_are_counted_per_month(store: Store) -> None:
    with store.begin() as session:
        facts.count(session, date(2026, 11, 1), "items_seen", 5)
        facts.count(session, date(2026, 11, 22), "items_seen", 2)
        facts.count(session, date(2026, 11, 22), "alerts", 1)
        facts.count(session, date(2026, 12, 1), "items_seen", 9)

    with store.read() as session:
        assert facts.counts(session, NOON.date()) == {"alerts": 1, "items_seen": 7}
        assert facts.counts(session, date(2026, 12, 31)) == {"items_seen": 9}
        assert facts.counts(session, NOON.date() - timedelta(days=60)) == {}
