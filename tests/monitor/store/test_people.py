"""Questions about staff and what they did."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlmodel import col

from monitor.domain import AuditEntry, Login, Role, User
from monitor.store import Store, people
from tests.build import NOON, at


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
                purpose="openbare orde",
            )


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
        assert people.chain_is_whole(session)


@pytest.mark.parametrize(
    "tamper",
    [
        update(AuditEntry).where(col(AuditEntry.what) == "event:21").values(who="ander"),
        update(AuditEntry).where(col(AuditEntry.what) == "event:21").values(at=at(1)),
        delete(AuditEntry).where(col(AuditEntry.what) == "event:21"),
    ],
)
def test_a_changed_or_missing_entry_breaks_the_chain(store: Store, tamper: object) -> None:
    look(store, 20, 21, 22)
    with store.begin() as session:
        session.exec(tamper)  # type: ignore[call-overload]  # an update or a delete

    with store.read() as session:
        assert not people.chain_is_whole(session)
