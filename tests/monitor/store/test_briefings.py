"""Questions about editions of the briefing."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from monitor.domain import Briefing
from monitor.domain.briefing import hash_of
from monitor.errors import Conflict, NotFound
from monitor.store import Store, briefings
from tests.build import NOON, at
from tests.monitor.store.rows import id_of


def an_edition(day: int = 16, *, confidential: bool = False) -> Briefing:
    """The edition of the week that starts on that day of November."""
    return Briefing(
        start=at(day),
        end=at(day) + timedelta(days=7),
        confidential=confidential,
        html="<p>Rustige week</p>",
        sha256="0" * 64,
        made_at=NOON,
        delete_after=at(day) + timedelta(days=10),
    )


def test_an_edition_is_found_by_its_week_and_its_kind(store: Store) -> None:
    with store.begin() as session:
        made = briefings.add(session, an_edition())

    with store.read() as session:
        found = briefings.briefing_of(session, at(16), False)
        assert found is not None
        assert found.id == made.id
        assert briefings.briefing_of(session, at(16), True) is None
        assert briefings.briefing_of(session, at(9), False) is None
        assert briefings.get(session, id_of(made)).html == "<p>Rustige week</p>"
        with pytest.raises(NotFound, match="briefing 99"):
            briefings.get(session, 99)


def test_an_edition_is_made_once(store: Store) -> None:
    with pytest.raises(IntegrityError), store.begin() as session:
        briefings.add(session, an_edition())
        briefings.add(session, an_edition())


def test_an_approved_edition_is_never_rewritten_also_not_by_who_read_it_as_a_draft(store: Store) -> None:
    """R35, R41."""
    with store.begin() as session:
        draft, other = briefings.add(session, an_edition()), briefings.add(session, an_edition(9))
    with store.begin() as session:
        briefings.get(session, id_of(draft)).approved_by = "adviseur"

    with pytest.raises(Conflict), store.begin() as session:
        briefings.rewrite(session, draft, "<p>Anders</p>", NOON + timedelta(days=1))
    with store.begin() as session:
        briefings.rewrite(session, briefings.get(session, id_of(other)), "<p>Anders</p>", NOON + timedelta(days=1))

    with store.read() as session:
        kept, anew = briefings.get(session, id_of(draft)), briefings.get(session, id_of(other))
    assert (kept.html, kept.sha256, kept.made_at) == ("<p>Rustige week</p>", "0" * 64, NOON)
    assert (anew.html, anew.sha256, anew.made_at) == (
        "<p>Anders</p>",
        hash_of("<p>Anders</p>"),
        NOON + timedelta(days=1),
    )
    assert anew.delete_after == kept.delete_after + timedelta(days=1)


def test_confidential_editions_are_listed_only_for_who_may_read_them(store: Store) -> None:
    with store.begin() as session:
        for day, confidential in ((9, False), (16, True), (16, False), (2, False)):
            briefings.add(session, an_edition(day, confidential=confidential))

    with store.read() as session:
        everything = briefings.newest(session, 3, confidential=True)
        open_ones = briefings.newest(session, 3, confidential=False)

    assert [(b.start, b.confidential) for b in everything] == [(at(16), False), (at(16), True), (at(9), False)]
    assert [b.start for b in open_ones] == [at(16), at(9), at(2)]
