"""Questions about polling."""

from monitor.domain import Outcome, SourceState, Switch
from monitor.store import Store, sources, turns
from tests.build import NOON, at


def test_the_state_of_a_source_is_kept_in_place_of_the_one_before(store: Store) -> None:
    with store.read() as session:
        assert sources.state_of(session, "krant") is None

    for failures in (1, 2):
        with store.begin() as session:
            state = SourceState(source="krant", outcome=Outcome.FAILING, failures=failures, polled_at=NOON)
            sources.save(session, state)

    with store.read() as session:
        kept = sources.state_of(session, "krant")
        assert kept is not None
        assert (kept.failures, kept.outcome, kept.polled_at, kept.news_at) == (2, Outcome.FAILING, NOON, None)
        assert sources.states(session).keys() == {"krant"}


def test_a_state_that_was_read_in_one_transaction_is_saved_in_another(store: Store) -> None:
    with store.begin() as session:
        sources.save(session, SourceState(source="krant", etag="1"))
    with store.read() as session:
        state = sources.state_of(session, "krant")
    assert state is not None

    state.etag = "2"
    with store.begin() as session:
        sources.save(session, state)

    with store.read() as session:
        assert {id: s.etag for id, s in sources.states(session).items()} == {"krant": "2"}


def test_a_poll_is_claimed_once_per_source_and_slot(store: Store) -> None:
    with store.begin() as session:
        claims = [turns.claim(session, slots, NOON) for slots in ([("a", 1)], [("a", 1), ("a", 2), ("b", 1)])]

    assert claims == [{("a", 1)}, {("a", 2), ("b", 1)}]


def test_the_switch_tells_who_turned_it_last(store: Store) -> None:
    with store.begin() as session:
        assert sources.switch(session) is None
        sources.set_switch(session, Switch(name="verzamelen", on=True, by="advies", at=at(20)))
        sources.set_switch(session, Switch(name="verzamelen", on=False, by="beheer", at=at(21)))

    with store.read() as session:
        switch = sources.switch(session)
        assert switch is not None
        assert (switch.on, switch.by, switch.at) == (False, "beheer", at(21))
