"""Questions about fingerprints."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from monitor.domain import Seen
from monitor.store import Store, seen
from tests.build import NOON


def remember(session: Session, prints: Iterable[str], *, delete_after: datetime = NOON, dropped: str = "") -> None:
    seen.remember(session, [(p, "krant") for p in prints], delete_after=delete_after, dropped=dropped)


def test_only_fingerprints_that_were_never_kept_are_unseen(store: Store) -> None:
    with store.begin() as session:
        remember(session, ["a", "b"])

    with store.read() as session:
        assert seen.unseen(session, ["a", "b", "c", "c"]) == {"c"}
        assert seen.unseen(session, []) == set()


def test_more_fingerprints_than_one_statement_holds_are_asked_in_parts(store: Store) -> None:
    many = [f"{number:06}" for number in range(1_300)]

    with store.begin() as session:
        remember(session, many)
        assert seen.unseen(session, [*many, "new"]) == {"new"}


def test_remembering_again_changes_nothing(store: Store) -> None:
    with store.begin() as session:
        remember(session, ["a"], dropped="oud")
        remember(session, ["a", "b", "b"])
        remember(session, [])

    with store.read() as session:
        first, second = session.get(Seen, "a"), session.get(Seen, "b")
    assert first is not None
    assert second is not None
    assert (first.dropped, second.dropped, second.delete_after) == ("oud", "", NOON)
