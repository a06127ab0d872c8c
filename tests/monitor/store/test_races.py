"""Many at once: one gets it, the others see that it is there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import select

from monitor.domain import Event, Purpose
from monitor.store import Store, facts, people, turns
from monitor.work.trail import verify
from tests.build import NOON, an_event


def together(threads: int, act: Callable[[int], object]) -> list[object]:
    """Calls `act` in so many threads that start at the same moment."""
    barrier = Barrier(threads)

    def start(number: int) -> object:
        barrier.wait(60)
        return act(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(start, range(threads)))


def test_twelve_reports_in_one_lane_open_one_event(store: Store) -> None:
    def report(_number: int) -> bool:
        with store.begin(lane="events") as session:
            if session.exec(select(Event)).first() is not None:
                return False
            session.add(an_event(id=None))
            return True

    opened = together(12, report)

    assert sorted(opened, key=bool) == [False] * 11 + [True]


def test_one_of_eight_nodes_gets_the_tick(store: Store) -> None:
    def claim(_number: int) -> bool:
        with store.begin() as session:
            return bool(turns.claim(session, [("krant", 42)], NOON))

    claims = together(8, claim)

    assert sorted(claims, key=bool) == [False] * 7 + [True]


def test_figures_that_many_count_at_once_add_up(store: Store) -> None:
    def count(number: int) -> None:
        with store.begin() as session:
            facts.count(session, NOON.date(), "items_seen", number)

    together(8, count)

    with store.read() as session:
        assert facts.counts(session, NOON.date()) == {"items_seen": 28}


def test_the_audit_chain_stays_whole_when_many_add_at_once(store: Store) -> None:
    def look(number: int) -> None:
        with store.begin() as session:
            people.add_audit(
                session,
                at=NOON,
                who="advies",
                role="adviseur",
                act="event_viewed",
                what=f"event:{number}",
                purpose=Purpose.PUBLIC_ORDER,
            )

    together(8, look)

    with store.read() as session:
        assert len(people.audit(session, 100)) == 8
    assert verify(store, NOON).whole
