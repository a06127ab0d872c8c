"""What is past its last day goes, with all that belongs to it, and nothing else does (R37)."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, SQLModel, col, select

from classifiers import Level
from monitor.config import Retention
from monitor.domain import (
    AuditEntry,
    Delivery,
    Event,
    EventState,
    Fact,
    FactKind,
    Host,
    Job,
    Kpi,
    Login,
    Override,
    Purpose,
    Role,
    Seen,
    SourceState,
    Switch,
    Tick,
    User,
)
from monitor.domain.term import TERMS
from monitor.store import Store, events, facts, hosts, items, people, seen, sources, turns
from monitor.store.purge import Gone, delete_expired
from monitor.work.trail import verify
from tests.build import NOON, an_event, an_item, at
from tests.monitor.store.rows import a_sighting, id_of
from tests.monitor.store.test_briefings import an_edition

TERM = Retention()


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


def a_fact(event: Event | None = None, moment: datetime = NOON) -> Fact:
    """A line of the journal."""
    return Fact(kind=FactKind.EVENT_OPENED, event=event.id if event else None, at=moment, by="machine")


def purged(session: Session, now: datetime) -> dict[str, int]:
    """Table -> how many rows went, where any did."""
    return {table: gone.count for table, gone in delete_expired(session, now).items() if gone.count}


@pytest.mark.parametrize(
    ("row", "term"),
    [
        (AuditEntry(at=NOON, who="a", role="", act="b", what="c", purpose="d", before="", hash="e"), TERM.audit_days),
        (Fact(kind=FactKind.PURGED, at=NOON, by="machine"), TERM.audit_days),
        (Tick(source="krant", slot=1, at=NOON), TERM.tick_days),
        (Switch(name="verzamelen", on=True, by="advies", at=NOON - days(3)), TERM.state_days),
        (SourceState(source="krant", polled_at=NOON - days(3)), TERM.state_days),
        (SourceState(source="krant", paused=True), TERM.state_days),
        (Host(site="https://krant.example"), TERM.host_days),
        (Job(act="poll", due=NOON), TERM.job_days),
        (User(name="advies", role=Role.ADVISOR, password_hash="", created_at=NOON - days(99)), TERM.staff_days),
        (an_edition(21), TERM.audit_days),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_row_gets_its_last_day_from_the_policy(store: Store, row: SQLModel, term: int) -> None:
    kept = type(row)(**row.model_dump())

    with store.begin() as session:
        session.add(kept)

    base = kept.made_at if TERMS[str(row.__tablename__)].base == ("made_at",) else NOON  # type: ignore[attr-defined]  # of a briefing
    assert kept.delete_after == base + days(term)  # type: ignore[attr-defined]  # every table has it


def test_figures_stay_five_years_from_the_month_they_are_of(store: Store) -> None:
    with store.begin() as session:
        facts.count(session, date(2026, 11, 22), "alerts", 1)

        assert purged(session, at(1) + days(1825) - timedelta(seconds=1)) == {}
        assert purged(session, at(1) + days(1825)) == {"kpi": 1}
        assert session.exec(select(Kpi)).all() == []


def test_who_logs_in_stays_for_another_year(store: Store) -> None:
    with store.begin() as session:
        people.add_user(session, User(name="advies", role=Role.ADVISOR, password_hash="", created_at=at(1, year=2026)))
        session.exec(select(User)).one().delete_after = NOON
        login = Login(id="a", name="advies", created_at=NOON, used_at=NOON, expires_at=NOON + timedelta(hours=8))
        people.add_login(session, login)

    with store.begin() as session:
        assert purged(session, NOON + timedelta(hours=8)) == {"login": 1}
        assert purged(session, NOON + days(365)) == {"staff": 1}


def test_an_event_goes_with_all_that_tells_of_it(store: Store) -> None:
    with store.begin() as session:
        gone = events.add(session, an_event(id=None, state=EventState.CLOSED, delete_after=NOON))
        merged = events.add(session, an_event(id=None, state=EventState.WITHDRAWN, merged_into=gone.id))
        item = items.add(session, an_item(id=None))
        events.add_sighting(session, a_sighting(gone, item))
        events.acknowledge(session, gone, "advies", NOON)
        session.add(Override(event=id_of(gone), level=Level.B, reason="druk", by="advies", role="adviseur", at=NOON))
        for event in (gone.id, merged.id):
            fact = facts.add(session, Fact(kind=FactKind.EVENT_OPENED, event=event, at=NOON, by="machine"))
            facts.add_deliveries(
                session, [Delivery(fact=id_of(fact), event=event, channel="adviseurs", created_at=NOON)]
            )

    with store.begin() as session:
        assert purged(session, NOON) == dict.fromkeys(
            ("event", "sighting", "acknowledgement", "override", "fact", "delivery"), 1
        )

    with store.read() as session:
        assert events.get(session, id_of(merged)).merged_into is None
        assert (events.count(session), items.count(session)) == (1, 1)
        assert len(facts.facts_of(session, id_of(merged))) == 1
        assert [d.event for d in facts.deliveries(session)] == [merged.id]


def test_what_tells_of_an_event_stays_as_long_as_that_also_when_its_term_moves(store: Store) -> None:
    with store.begin() as session:
        event = events.add(session, an_event(id=None))
        facts.add(session, a_fact(event))
        events.acknowledge(session, event, "advies", NOON)
    with store.begin() as session:
        events.get(session, id_of(event)).delete_after = at(1, year=2030)

    with store.read() as session:
        [fact], [seen_by] = facts.facts_of(session, id_of(event)), events.acknowledgements_of(session, id_of(event))
        assert fact.delete_after == seen_by.delete_after == at(1, year=2030)


def test_reports_that_go_to_another_event_get_its_term(store: Store) -> None:
    with store.begin() as session:
        one = events.add(session, an_event(id=None))
        other = events.add(session, an_event(id=None, delete_after=at(1, year=2030)))
        events.add_sighting(session, a_sighting(one, items.add(session, an_item(id=None))))
        events.move_sightings(session, id_of(one), id_of(other))

    with store.read() as session:
        assert [s.delete_after for s in events.sightings_of(session, id_of(other))] == [at(1, year=2030)]


def test_items_go_with_their_sighting_and_leave_their_fingerprint(store: Store) -> None:
    with store.begin() as session:
        event = events.add(session, an_event(id=None))
        for title, delete_after in (("old", NOON), ("young", NOON + timedelta(seconds=1))):
            item = items.add(session, an_item(id=None, title=title, delete_after=delete_after))
            events.add_sighting(session, a_sighting(event, item))
        seen.remember(session, [("gone", "krant")], delete_after=NOON)
        seen.remember(session, [("kept", "krant")], delete_after=NOON + days(1))

    with store.begin() as session:
        assert purged(session, NOON) == {"item": 1, "sighting": 1, "seen": 1}
        assert purged(session, NOON) == {}

    with store.read() as session:
        assert [item.title for item in items.newest(session, 9)] == ["young"]
        assert len(events.sightings_of(session, id_of(event))) == 1
        assert seen.unseen(session, ["gone", "kept"]) == {"gone"}


def test_facts_of_no_event_go_with_their_deliveries(store: Store) -> None:
    with store.begin() as session:
        event = events.add(session, an_event(id=None))
        old = facts.add(session, a_fact(moment=at(20)))
        facts.add_deliveries(session, [Delivery(fact=id_of(old), channel="beheer", created_at=at(21))])
        facts.add(session, a_fact(moment=at(21)))
        facts.add(session, a_fact(event, moment=at(20)))
        event.delete_after = at(1, year=2040)

    with store.begin() as session:
        assert purged(session, at(20) + days(TERM.audit_days)) == {"fact": 1, "delivery": 1}


def test_the_audit_trail_loses_its_oldest_entries_and_its_chain_stays_whole(store: Store) -> None:
    for day in (19, 20, 21):
        look(store, day)

    with store.begin() as session:
        assert purged(session, at(20) + days(TERM.audit_days)) == {"audit_entry": 2}
        assert purged(session, at(30) + days(TERM.audit_days)) == {"audit_entry": 1}
    look(store, 22)

    with store.read() as session:
        assert [entry.what for entry in people.audit(session, 9)] == ["event:22"]
    assert verify(store, at(30) + days(TERM.audit_days)).whole


def look(store: Store, day: int) -> None:
    """Someone looks at an event."""
    with store.begin() as session:
        people.add_audit(
            session,
            at=at(day),
            who="a",
            role="adviseur",
            act="event_viewed",
            what=f"event:{day}",
            purpose=Purpose.PUBLIC_ORDER,
        )


def test_what_is_still_true_of_a_source_and_the_switch_does_not_lapse(store: Store) -> None:
    with store.begin() as session:
        for source in ("weg", "blijft"):
            sources.save(session, SourceState(source=source, paused=True))
        sources.set_switch(session, Switch(name="verzamelen", on=True, by="advies", at=at(1)))
        turns.claim(session, [("a", 1)], at(20))
        for state in (*session.exec(select(SourceState)), *session.exec(select(Switch))):
            session.expunge(state)

    with store.begin() as session:
        session.connection().exec_driver_sql("update source_state set delete_after = '2026-11-01 00:00:00+00:00'")
        session.connection().exec_driver_sql("update switch set delete_after = '2026-11-01 00:00:00+00:00'")
        sources.renew(session, ["blijft"])

        assert purged(session, NOON) == {"source_state": 1}
        assert sources.states(session)["blijft"].paused
        assert sources.is_stopped(session)


def test_hosts_go_when_we_were_not_there_for_a_week(store: Store) -> None:
    with store.begin() as session:
        hosts.keep_manners(session, [Host(site="https://a.example", known_until=NOON + timedelta(hours=1))])

    with store.begin() as session:
        assert purged(session, NOON + days(7) - timedelta(seconds=1)) == {}
        assert purged(session, NOON + days(7)) == {"host": 1}


def test_what_went_is_told_with_the_days_on_which_it_was_due(store: Store) -> None:
    with store.begin() as session:
        for day in (19, 20, 23):
            seen.remember(session, [(f"{day}", "krant")], delete_after=at(day))

        assert delete_expired(session, NOON)["seen"] == Gone(2, at(19), at(20))
        assert session.exec(select(Seen.fingerprint).order_by(col(Seen.fingerprint))).all() == ["23"]
