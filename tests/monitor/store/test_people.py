"""Questions about staff and what they did."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from monitor.config import Retention
from monitor.domain import AuditEntry, Login, Purpose, Role, User
from monitor.rules.trail import Flaw
from monitor.store import Store, people
from monitor.work.trail import verify
from tests.build import NOON, at

TERM = timedelta(days=Retention().audit_days)


def a_user(name: str = "advies", role: Role = Role.ADVISOR) -> User:
    """Someone of the staff, invented."""
    return User(name=name, role=role, password_hash="$argon2id$", created_at=NOON)


def a_login(id: str, name: str = "advies") -> Login:
    """A login of eight hours."""
    return Login(id=id, name=name, created_at=NOON, used_at=NOON, expires_at=NOON + timedelta(hours=8))


def look(store: Store, *days: int) -> None:
    """Someone looks at an event, once on each of these days."""
    with store.begin() as session:
        for day in days:
            people.add_audit(
                session,
                at=at(day),
                who="advies",
                role="adviseur",
                act="event_viewed",
                what=f"event:{day}",
                purpose=Purpose.PUBLIC_ORDER,
            )


def verify_now(store: Store, now: datetime = NOON) -> tuple[Flaw, ...]:
    """What is wrong with the trail."""
    return verify(store, now).flaws


def test_a_user_is_added_and_then_changed(store: Store) -> None:
    with store.begin() as session:
        assert people.user(session, "advies") is None
        people.add_user(session, a_user("redactie", Role.EDITOR))
        people.add_user(session, a_user())
        people.add_user(session, a_user(role=Role.LIAISON))

    with store.read() as session:
        assert [(u.name, u.role) for u in people.users(session)] == [
            ("advies", Role.LIAISON),
            ("redactie", Role.EDITOR),
        ]


def test_a_login_is_good_until_it_expires(store: Store) -> None:
    with store.begin() as session:
        people.add_user(session, a_user())
        people.add_login(session, a_login("one"))

    with store.begin() as session:
        found = people.login(session, "one", NOON)
        assert found is not None
        assert found.name == "advies"
        assert people.login(session, "two", NOON) is None
        assert people.login(session, "one", NOON + timedelta(hours=8)) is None
        assert people.delete_logins(session, NOON) == 0
        assert people.delete_logins(session, NOON + timedelta(hours=8)) == 1


def test_logging_out_ends_one_login_or_all_of_a_person(store: Store) -> None:
    with store.begin() as session:
        for name, ids in (("advies", "abc"), ("redactie", "d")):
            people.add_user(session, a_user(name))
            for id in ids:
                people.add_login(session, a_login(id, name))

        people.end_login(session, "a")
        people.end_login(session, "a")
        assert people.login(session, "a", NOON) is None
        assert people.end_logins_of(session, "advies") == 2
        assert people.login(session, "d", NOON) is not None


def test_the_audit_trail_is_read_newest_first(store: Store) -> None:
    look(store, 20, 21, 22)

    with store.read() as session:
        assert [entry.what for entry in people.audit(session, 2)] == ["event:22", "event:21"]


@pytest.mark.parametrize(
    "tamper",
    [
        update(AuditEntry).where(col(AuditEntry.what) == "event:21").values(who="ander"),
        delete(AuditEntry).where(col(AuditEntry.what) == "event:21"),
        delete(AuditEntry),
    ],
)
def test_the_database_itself_refuses_to_change_an_entry_or_take_it_out(store: Store, tamper: object) -> None:
    """R43: append-only, also for who comes by another road than the house."""
    look(store, 20, 21, 22)

    with pytest.raises(DBAPIError, match="audit_entry: rows"), store.begin() as session:
        session.exec(tamper)  # type: ignore[call-overload]  # an update or a delete

    with store.read() as session:
        assert [(entry.id, entry.who) for entry in people.trail(session)] == [
            (1, "advies"),
            (2, "advies"),
            (3, "advies"),
        ]


def test_old_entries_go_by_the_day_and_the_chain_goes_on_from_the_anchor(store: Store) -> None:
    look(store, 19, 19, 20, 21)

    with store.begin() as session:
        assert people.delete_audit(session, at(19) + TERM) == (2, (at(19) + TERM, at(19) + TERM), 0)
        assert people.delete_audit(session, at(19) + TERM) == (0, None, 0)
        assert people.delete_audit(session, at(22) + TERM)[0] == 2
    look(store, 22)

    with store.read() as session:
        assert [(entry.id, entry.what) for entry in people.audit(session, 9)] == [(5, "event:22")]
    assert verify_now(store, at(22) + TERM) == ()


def test_no_entry_goes_before_one_that_is_held(store: Store) -> None:
    look(store, 19, 20, 21)

    with store.begin() as session:
        held = col(AuditEntry.what) == "event:20"
        assert people.delete_audit(session, at(22) + TERM, held)[0] == 1

    with store.read() as session:
        assert [entry.what for entry in people.audit(session, 9)] == ["event:21", "event:20"]


def test_the_anchor_on_which_the_chain_hangs_outlives_the_others(store: Store) -> None:
    """R37: with nobody at work for years, one line stays that names nobody."""
    look(store, 20, 21, 22)

    with store.begin() as session:
        people.delete_audit(session, at(22) + TERM)
        assert people.delete_audit(session, at(1, year=2040)) == (0, None, 2)

    with store.read() as session:
        assert [anchor.day.day for anchor in people.anchors(session)] == [22]
    assert verify_now(store, at(1, year=2040)) == ()


def test_entries_of_a_clock_that_was_set_back_count_with_the_newest_day(store: Store) -> None:
    look(store, 22, 21, 22)

    with store.read() as session:
        assert [(a.day.day, a.last, a.count) for a in people.anchors(session)] == [(22, 3, 3)]
    assert verify_now(store) == ()
