"""Questions about hosts: what they ask, and whose turn it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from monitor.domain import Host
from monitor.store import Store, hosts, open_store
from tests.build import NOON
from tests.databases import set_clock
from tests.monitor.store.test_races import together

LEASE, PAUSE, LONGEST_PAUSE = timedelta(seconds=40), 5.0, 60.0


def a_host(site: str = "https://a.example", *, delay: float = 0.0, until: datetime = NOON) -> Host:
    return Host(site=site, allows=[["/x", False]], reserves=[["/", True]], delay=delay, known_until=until)


def test_what_a_host_asks_is_kept_in_place_of_what_it_asked_before(store: Store) -> None:
    with store.begin() as session:
        hosts.keep_manners(session, [a_host(), a_host("https://b.example")])
    with store.begin() as session:
        hosts.keep_manners(session, [a_host(delay=9.0), a_host("https://c.example")])

    with store.read() as session:
        found = {
            host.site: (host.allows, host.reserves, host.delay, host.known_until) for host in hosts.manners(session)
        }
        one = hosts.manners_of(session, "https://a.example")
        none = hosts.manners_of(session, "https://d.example")

    rows = ([["/x", False]], [["/", True]])
    assert found == {
        "https://a.example": (*rows, 9.0, NOON),
        "https://b.example": (*rows, 0.0, NOON),
        "https://c.example": (*rows, 0.0, NOON),
    }
    assert one is not None
    assert one.delay == 9.0
    assert none is None


def test_five_thousand_hosts_are_kept_twice_over(store: Store) -> None:
    rows = [a_host(f"https://{number}.example") for number in range(5_000)]

    for _ in range(2):
        with store.begin() as session:
            hosts.keep_manners(session, rows)

    with store.read() as session:
        assert len(hosts.manners(session)) == 5_000


# Turns


@pytest.fixture
def shared(postgres_url: str) -> Iterator[Store]:
    """A store that several processes may use, at noon."""
    set_clock(postgres_url, NOON)
    with open_store(postgres_url) as store:
        yield store


@contextmanager
def after(store: Store, seconds: float) -> Iterator[Session]:
    """A transaction so many seconds after noon."""
    set_clock(store.url, NOON + timedelta(seconds=seconds))
    with store.begin() as session:
        yield session


def take(session: Session, host: str = "a.example") -> hosts.Turn:
    return hosts.take_turn(session, host, lease=LEASE, pause=PAUSE, longest_pause=LONGEST_PAUSE)


def test_a_turn_is_for_one_until_it_is_given_back_and_the_pause_is_over(shared: Store) -> None:
    with after(shared, 0) as session:
        mine = take(session)
    with after(shared, 1) as session:
        assert take(session) == hosts.Turn(None, PAUSE)  # sooner it cannot be free
        assert take(session, "b.example").until is not None
    with after(shared, 2) as session:
        assert mine.until is not None
        hosts.give_turn_back(session, "a.example", mine.until, pause=PAUSE)
    with after(shared, 4) as session:
        assert take(session) == hosts.Turn(None, 3.0)
    with after(shared, 7) as session:
        assert take(session) == hosts.Turn(NOON + timedelta(seconds=47))


def test_the_lease_of_who_was_stopped_half_way_ends_by_itself(shared: Store) -> None:
    with after(shared, 0) as session:
        mine = take(session)
    with after(shared, 38) as session:
        assert take(session) == hosts.Turn(None, 2.0)
    with after(shared, 40) as session:
        other = take(session)
        assert other.until == NOON + timedelta(seconds=80)

    with after(shared, 41) as session:  # the first one was only slow, and ends now
        assert mine.until is not None
        hosts.give_turn_back(session, "a.example", mine.until, pause=PAUSE)
    with after(shared, 60) as session:
        assert take(session).until is None  # it is still the other's


def test_the_longest_pause_that_a_host_may_ask_is_kept_whole(shared: Store) -> None:
    with after(shared, 0) as session:
        mine = take(session)
        assert mine.until is not None
        hosts.give_turn_back(session, "a.example", mine.until, pause=LONGEST_PAUSE)
    with after(shared, 1) as session:
        assert take(session) == hosts.Turn(None, 59.0)
    with after(shared, 60) as session:
        assert take(session).until is not None


def test_a_clock_that_was_set_back_holds_nobody_up(shared: Store) -> None:
    with after(shared, 3600) as session:
        take(session)
    with after(shared, 0) as session:
        assert take(session).until == NOON + LEASE


def test_of_twelve_who_want_the_turn_one_gets_it(shared: Store) -> None:
    def try_it(_number: int) -> bool:
        with shared.begin() as session:
            return take(session).until is not None

    assert sorted(together(12, try_it), key=bool) == [False] * 11 + [True]
