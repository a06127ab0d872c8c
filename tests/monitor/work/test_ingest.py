"""Polling: what a source does wrong is remembered and told, never raised; what it brings is taken in once."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from classifiers import Reader
from monitor.app import App, open_app
from monitor.domain import Actor, Fetched, Outcome, Role, Source, SourceState
from monitor.errors import (
    Changed,
    CollectError,
    Declined,
    InvalidInput,
    NotAFeed,
    Paywalled,
    RobotsDenied,
    SelectorMissing,
    Unreachable,
)
from monitor.store import events, facts, sources
from monitor.work.approvals import pause_source, resume_collection, stop_collection
from monitor.work.ingest import take_in
from monitor.work.poll import Polled, poll
from tests.build import NOON, a_raw, at
from tests.fakes import ENTRY, RSS, Boards, FixedClock, a_house, house_settings

ADMIN = Actor("beheerder", Role.ADMIN)


@dataclass
class Wire:
    """A fetcher that gives what a test puts in: an answer, None for 304, or an error."""

    answers: list[bytes | CollectError | None] = field(default_factory=list)

    async def __call__(self, source: Source, state: SourceState | None, address: str = "") -> Fetched | None:
        """The next answer."""
        answer = self.answers.pop(0)
        if isinstance(answer, CollectError):
            raise answer
        if answer is None:
            return None
        return Fetched(source.id, source.url, "application/rss+xml", answer, '"1"', "", "hash", NOON)


async def polled(
    tmp_path: Path,
    url: str,
    reader: Reader,
    wire: Wire,
    *,
    minutes: int = 0,
    look: Callable[[App], object] | None = None,
) -> tuple[list[Polled], Boards, object]:
    """Polls once per answer, some minutes apart."""
    clock, boards = FixedClock(), Boards()
    settings = house_settings(tmp_path, url)
    found = []
    async with open_app(settings, reader=reader, clock=clock, fetch=wire, switchboard=boards.switchboard()) as app:
        for _ in list(wire.answers):
            found.append(await poll(app, "krant"))
            clock.forward(minutes=minutes)
        return found, boards, look(app) if look else None


def fault(kind: type[CollectError]) -> CollectError:
    """An error as a collector raises it."""
    return kind("krant", "no answer", advice="Controleer het adres.")


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (RSS.format(items="").encode(), Outcome.EMPTY),
        (None, Outcome.NOT_MODIFIED),
        (fault(Unreachable), Outcome.FAILING),
        (fault(Declined), Outcome.BLOCKED),
        (fault(Changed), Outcome.FAILING),
        (fault(NotAFeed), Outcome.NOT_A_FEED),
        (fault(SelectorMissing), Outcome.SELECTOR_MISSING),
        (fault(RobotsDenied), Outcome.ROBOTS_DENIED),
        (fault(Paywalled), Outcome.PAYWALLED),
        (b"", Outcome.NOT_A_FEED),
        (b"<!doctype html><html><body><p>Hallo</p></body></html>", Outcome.NOT_A_FEED),
    ],
)
def test_every_poll_leaves_one_outcome(
    tmp_path: Path, sqlite_url: str, reader: Reader, answer: bytes | CollectError | None, outcome: Outcome
) -> None:
    def state(app: App) -> SourceState | None:
        with app.store.read() as session:
            return sources.state_of(session, "krant")

    [found], _, kept = asyncio.run(polled(tmp_path, sqlite_url, reader, Wire([answer]), look=state))

    assert isinstance(kept, SourceState)
    assert (found.outcome, kept.outcome) == (outcome, outcome)


def test_people_hear_of_a_failing_source_after_three_times_and_of_its_recovery(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    answers: list[bytes | CollectError | None] = [fault(Unreachable)] * 4
    answers.append(None)

    def told(app: App) -> list[str]:
        with app.store.read() as session:
            return [fact.kind.value for fact in facts.facts_between(session, NOON, at(30))]

    _, _, kinds = asyncio.run(polled(tmp_path, sqlite_url, reader, Wire(answers), minutes=600, look=told))

    assert kinds == ["source_failing", "source_recovered"]


def test_a_failing_source_is_left_alone_for_a_while(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    wire = Wire([fault(Unreachable), fault(Unreachable)])
    found, _, _ = asyncio.run(polled(tmp_path, sqlite_url, reader, wire, minutes=1))
    assert [one.outcome for one in found] == [Outcome.FAILING, None]


def test_an_error_keeps_the_validators_of_the_last_good_answer(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def state(app: App) -> str:
        with app.store.read() as session:
            kept = sources.state_of(session, "krant")
        return kept.etag if kept else ""

    entry = ENTRY.format(title="Recept", text="Snijd de prei.", key=1, date=NOON)
    wire = Wire([RSS.format(items=entry).encode(), fault(Unreachable)])
    _, _, etag = asyncio.run(polled(tmp_path, sqlite_url, reader, wire, minutes=30, look=state))
    assert etag == '"1"'


def test_the_kill_switch_stops_every_poll_at_once(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> list[Outcome | None]:
        settings = house_settings(tmp_path, sqlite_url)
        async with open_app(
            settings, reader=reader, clock=FixedClock(), fetch=Wire([None]), switchboard=Boards().switchboard()
        ) as app:
            stop_collection(app, ADMIN, reason="Oefening.")
            stopped = await poll(app, "krant")
            resume_collection(app, ADMIN, reason="Oefening voorbij.")
            pause_source(app, ADMIN, "krant", paused=True, reason="Oefening.")
            paused = await poll(app, "krant")
            pause_source(app, ADMIN, "krant", paused=False, reason="Oefening.")
            return [stopped.outcome, paused.outcome, (await poll(app, "krant")).outcome]

    assert asyncio.run(walk()) == [None, None, Outcome.NOT_MODIFIED]


def test_what_is_seen_is_kept_or_dropped_for_a_reason(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            taken = take_in(
                app,
                [
                    a_raw("Protestmars Grote Markt", "Zaterdag 28 november om 14.00 uur is er een protestmars."),
                    a_raw("Recept van de week: erwtensoep", "Snijd de prei en de wortel."),
                    a_raw("Vermist: man uit Beijum", "Wie heeft hem gezien?"),
                ],
            )
            assert (taken.seen, taken.kept, sum(taken.dropped.values())) == (3, 1, 2)
            assert "persoonsbericht" in taken.dropped
            with app.store.read() as session:
                counts = facts.counts(session, NOON.date())
            dropped = sum(n for name, n in counts.items() if name.startswith("items_dropped:"))
            assert counts["items_seen"] == counts["items_kept"] + dropped == 3

    asyncio.run(walk())


def test_twelve_reports_at_once_open_one_event(tmp_path: Path, database_url: str, reader: Reader) -> None:
    """Decision 0001: without the lane, twelve at once opened two events, three times out of three."""

    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            text = "Zaterdag 28 november om 14.00 uur is er een protestmars op de Grote Markt in Groningen."
            raws = [replace(a_raw("Protestmars op de Grote Markt", text), source=f"bron{n}") for n in range(12)]
            with ThreadPoolExecutor(12) as threads:
                list(threads.map(lambda raw: take_in(app, [raw]), raws))
            with app.store.read() as session:
                [event] = events.events_between(session, at(28), at(29), public_only=True)
            # One text, however many print it, is one source.
            assert (event.reports, event.sources) == (12, 1)

    asyncio.run(walk())


def test_neighbouring_events_raise_each_other(tmp_path: Path, database_url: str, reader: Reader) -> None:
    """`samenloop` is true of both, and an event loses it when its neighbour moves away."""

    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            market = a_raw(
                "Kerstmarkt op de Vismarkt",
                "Zaterdag 28 november van 12.00 tot 18.00 uur is er een kerstmarkt op de Vismarkt in Groningen.",
                key="markt",
            )
            march = a_raw(
                "Protestmars op de Grote Markt",
                "Zaterdag 28 november om 14.00 uur is er een protestmars op de Grote Markt in Groningen.",
            )
            [fair] = take_in(app, [market]).events
            take_in(app, [march])
            with app.store.read() as session:
                both = events.events_between(session, at(28), at(29), public_only=True)
            assert ["samenloop" in {e.code for e in event.evidence} for event in both] == [True, True]

            moved = replace(
                market,
                title="Kerstmarkt op de Vismarkt is verplaatst",
                text="De kerstmarkt op de Vismarkt in Groningen is verplaatst naar zondag 29 november, 12.00 uur.",
            )
            assert take_in(app, [moved]).events == (fair,)
            with app.store.read() as session:
                both = events.events_between(session, at(28), at(30), public_only=True)
            assert ["samenloop" in {e.code for e in event.evidence} for event in both] == [False, False]

    asyncio.run(walk())


def test_the_reason_of_the_kill_switch_holds_no_personal_data(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            with pytest.raises(InvalidInput):
                stop_collection(app, ADMIN, reason="Gebeld met 06-<b>1234</b>5678.")
            with app.store.read() as session:
                assert sources.switch(session) is None

    asyncio.run(walk())


def test_one_odd_entry_does_not_lose_the_rest(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            odd = replace(a_raw("Bericht"), published=NOON.replace(tzinfo=None))
            text = "Zaterdag 28 november om 14.00 uur is er een protestmars op de Grote Markt in Groningen."
            assert take_in(app, [odd, a_raw("Protestmars op de Grote Markt", text)]).kept == 1

    asyncio.run(walk())


def test_a_source_is_not_asked_before_its_period_is_over(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    """R6: two slots may lie closer together than the period of a source."""
    found, _, _ = asyncio.run(polled(tmp_path, sqlite_url, reader, Wire([None, None]), minutes=5))
    assert [one.outcome for one in found] == [Outcome.NOT_MODIFIED, None]
