"""Football: a home match keeps one event from its weekend until it is played; what is elsewhere comes by hand."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from classifiers import Category, Level, Precision, Reader
from monitor.app import App
from monitor.collect import parse
from monitor.commands.serve import acts_of
from monitor.domain import Actor, Event, EventState, Handling, Item, ProvidedBy, Role
from monitor.store import events, facts, items
from monitor.work.ingest import take_in
from monitor.work.purge import purge
from monitor.work.signal_form import Signal
from monitor.work.signals import add_signal
from tests.build import NOON, at
from tests.fakes import Board, Boards, FixedClock, a_house, house_settings
from tests.monitor.collect.build import a_fetched, a_source

SEASON = a_source("json", options={"preset": "openfootball"})
MATCH = {"round": "Matchday 16", "date": "2026-12-12", "team1": "FC Groningen", "team2": "PEC Zwolle"}
AWAY = {"round": "Matchday 16", "date": "2026-12-12", "team1": "PEC Zwolle", "team2": "FC Groningen"}


@dataclass
class Season:
    """The house, and the list of fixtures that it reads day after day."""

    app: App
    clock: FixedClock
    board: Board
    told: int = field(default=0)

    async def reads(self, *matches: Mapping[str, object], after: float = 0) -> tuple[int, ...]:
        """The list as it is some days later; the events of what is new in it."""
        self.clock.forward(days=after)
        body = json.dumps({"name": "Eredivisie 2026/27", "matches": [AWAY, *matches]})
        taken = take_in(self.app, parse(a_fetched(body, at=self.clock()), SEASON))
        await self.app.queue.drain(acts_of(self.app))
        return taken.events

    def event(self, id: int) -> Event:
        """The match as it is known now."""
        with self.app.store.read() as session:
            return events.get(session, id)

    def kinds(self, id: int) -> list[str]:
        """What was decided about it, oldest first."""
        with self.app.store.read() as session:
            return [fact.kind.value for fact in facts.facts_of(session, id)]

    def reports(self, id: int) -> list[Item]:
        """What was reported of it."""
        with self.app.store.read() as session:
            return items.items_of(session, id)

    def news(self) -> list[str]:
        """The first lines of what was told since the last time."""
        fresh = self.board.sent[self.told :]
        self.told = len(self.board.sent)
        return [message.lines[0] for message, _ in fresh]


def test_a_match_keeps_its_event_from_its_weekend_until_it_is_played(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        clock, boards = FixedClock(), Boards()
        async with a_house(house_settings(tmp_path, database_url), reader, clock, boards) as app:
            season = Season(app, clock, boards.open)

            [id] = await season.reads(MATCH)
            drawn = season.event(id)
            assert (drawn.category, drawn.place, drawn.level) == (Category.FOOTBALL, "Euroborg", Level.A)
            assert (drawn.starts, drawn.ends, drawn.precision) == (
                at(12, month=12),
                at(14, month=12),
                Precision.WEEKEND,
            )
            assert season.news() == ["Wat is nieuw: nieuw gesignaleerd"]

            scheduled = {**MATCH, "time": "20:00"}
            assert await season.reads(scheduled, after=1) == (id,)
            timed = season.event(id)
            assert (timed.starts, timed.precision) == (at(12, 20, month=12), Precision.MINUTE)
            assert timed.revision > drawn.revision
            assert season.news() == []

            moved = {**MATCH, "date": "2026-12-13", "time": "14:30"}
            assert await season.reads(moved, after=1) == (id,)
            assert season.event(id).starts == at(13, 14, 30, month=12)
            assert season.news() == ["Wat is nieuw: verplaatst; was za 12 dec 20.00 uur"]

            assert await season.reads({**moved, "status": "POSTPONED"}, after=1) == (id,)
            assert season.event(id).state is EventState.CANCELLED
            assert season.news() == ["Wat is nieuw: afgelast of verboden volgens een bron"]

            again = {**MATCH, "date": "2027-01-20", "time": "20:00"}
            assert await season.reads(again, after=5) == (id,)
            assert (season.event(id).state, season.event(id).starts) == (
                EventState.OPEN,
                at(20, 20, month=1, year=2027),
            )
            assert season.news() == [
                "Wat is nieuw: gaat volgens een bron toch door · verplaatst; was zo 13 dec 14.30 uur"
            ]

            assert await season.reads({**again, "score": {"ht": [0, 1], "ft": [1, 1]}}, after=60) == ()
            assert season.news() == []
            assert season.kinds(id) == ["event_opened", "moved", "cancelled", "resumed", "moved"]
            assert len(season.reports(id)) == 5

    asyncio.run(walk())


def test_a_postponed_match_that_gets_no_more_than_a_weekend_resumes(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        clock, boards = FixedClock(), Boards()
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock, boards) as app:
            season = Season(app, clock, boards.open)
            [id] = await season.reads({**MATCH, "time": "20:00"})
            await season.reads({**MATCH, "time": "20:00", "status": "POSTPONED"}, after=2)
            season.news()

            assert await season.reads({**MATCH, "date": "2027-01-23"}, after=2) == (id,)

            assert (season.event(id).state, season.event(id).precision) == (EventState.OPEN, Precision.WEEKEND)
            assert season.news() == [
                "Wat is nieuw: gaat volgens een bron toch door · verplaatst; was za 12 dec 20.00 uur"
            ]

    asyncio.run(walk())


def test_a_duel_with_a_history_is_pointed_at_and_keeps_its_level(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        clock, boards = FixedClock(), Boards()
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock, boards) as app:
            season = Season(app, clock, boards.open)
            plain = {**MATCH, "time": "20:00"}
            derby = {**plain, "round": "Matchday 17", "date": "2026-12-19", "team2": "SC Heerenveen"}

            [one] = await season.reads(plain)
            [other] = await season.reads(plain, derby)

            lines = ["\n".join(message.lines) for message, _ in boards.open.sent]
            assert ["Let op: Derby van het Noorden." in text for text in lines] == [False, True]
            weighed = [season.event(id) for id in (one, other)]
            assert len({(e.level, e.machine_level, e.sees, e.evidence) for e in weighed}) == 1
            assert len({message.urgency for message, _ in boards.open.sent}) == 1

    asyncio.run(walk())


BY_HAND = Signal(
    title="Uitwedstrijd van FC Groningen op schermen in de binnenstad",
    text="De kwartfinale van de beker is te zien op de Grote Markt. Veel supporters worden verwacht.",
    category=Category.FOOTBALL,
    starts=at(16, 20, month=12),
    ends=at(16, 23, month=12),
    place="Grote Markt",
    codes=(),
    provision_basis="geen_politiegegevens",
    provided_by=ProvidedBy.BASE_TEAM,
    handling=Handling.INTERNAL,
    expires=NOON + timedelta(days=25),
)


@pytest.mark.parametrize("place", ["Grote Markt", "Vismarkt", "Poelestraat", "binnenstad"])
def test_a_match_elsewhere_that_fills_the_city_is_entered_by_hand(
    tmp_path: Path, sqlite_url: str, reader: Reader, place: str
) -> None:
    async def walk() -> None:
        clock, boards = FixedClock(), Boards()
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock, boards) as app:
            season = Season(app, clock, boards.open)
            [home] = await season.reads({**MATCH, "time": "20:00"})
            text = BY_HAND.text.replace("Grote Markt", place)
            signal = replace(BY_HAND, place=place, text=text)

            id = add_signal(app, Actor("liaison", Role.LIAISON), signal)

            event = season.event(id)
            assert id != home
            assert (event.category, event.starts, event.place.casefold(), event.public) == (
                Category.FOOTBALL,
                at(16, 20, month=12),
                place.casefold(),
                True,
            )

    asyncio.run(walk())


def test_a_match_entered_by_hand_outlives_its_signal(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    """A signal is kept for four weeks; a cup round further ahead stays on the calendar."""

    async def walk() -> None:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            signal = replace(BY_HAND, starts=at(10, 20, month=2, year=2027), ends=at(10, 22, month=2, year=2027))

            id = add_signal(app, Actor("liaison", Role.LIAISON), signal)

            with app.store.read() as session:
                event, [item] = events.get(session, id), items.items_of(session, id)
            assert item.delete_after <= BY_HAND.expires
            assert event.delete_after > at(10, 22, month=2, year=2027)

    asyncio.run(walk())


def test_a_weekend_that_becomes_a_sunday_is_not_told_as_a_move(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        clock, boards = FixedClock(), Boards()
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock, boards) as app:
            season = Season(app, clock, boards.open)
            [id] = await season.reads(MATCH)
            season.news()

            await season.reads({**MATCH, "date": "2026-12-13", "time": "14:30"}, after=1)
            assert (season.event(id).starts, season.news()) == (at(13, 14, 30, month=12), [])

            await season.reads({**MATCH, "date": "2026-12-16", "time": "20:00"}, after=1)
            assert season.news() == ["Wat is nieuw: verplaatst; was zo 13 dec 14.30 uur"]

    asyncio.run(walk())


def test_a_postponed_match_is_off_whatever_day_stands_beside_it(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        clock, boards = FixedClock(), Boards()
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock, boards) as app:
            season = Season(app, clock, boards.open)
            [id] = await season.reads({**MATCH, "time": "20:00"})

            await season.reads({**MATCH, "date": "2027-01-01", "time": "20:00", "status": "POSTPONED"}, after=1)
            assert season.event(id).state is EventState.CANCELLED

            await season.reads({**MATCH, "date": "2027-01-10", "time": "14:30"}, after=1)
            assert season.event(id).state is EventState.OPEN

    asyncio.run(walk())


def test_a_match_that_goes_on_after_all_on_its_own_day_resumes_once(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        clock, boards = FixedClock(), Boards()
        async with a_house(house_settings(tmp_path, database_url), reader, clock, boards) as app:
            season = Season(app, clock, boards.open)
            timed = {**MATCH, "time": "20:00"}
            [id] = await season.reads(timed)
            await season.reads({**timed, "status": "POSTPONED"}, after=1)
            season.news()

            await season.reads(timed, after=1)
            assert season.event(id).state is EventState.OPEN
            assert season.news() == ["Wat is nieuw: gaat volgens een bron toch door"]

            await season.reads(timed, after=1)
            assert season.news() == []

            await season.reads({**timed, "status": "POSTPONED"}, after=1)
            assert season.event(id).state is EventState.CANCELLED

    asyncio.run(walk())


def test_a_fixture_that_is_listed_twice_does_not_go_to_and_fro(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        clock, boards = FixedClock(), Boards()
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock, boards) as app:
            season = Season(app, clock, boards.open)
            one, other = {**MATCH, "time": "20:00"}, {**MATCH, "time": "21:00"}
            await season.reads(one, other)
            season.news()

            for _ in range(3):
                await season.reads(one, other, after=1)
            assert season.news() == []

    asyncio.run(walk())


def test_a_match_that_gets_its_new_day_after_its_event_was_closed_opens_another(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        clock, boards = FixedClock(), Boards()
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock, boards) as app:
            season = Season(app, clock, boards.open)
            timed = {**MATCH, "time": "20:00"}
            [id] = await season.reads(timed)
            await season.reads({**timed, "status": "POSTPONED"}, after=19)
            clock.forward(days=20)
            purge(app)
            assert season.event(id).state is EventState.CLOSED

            [other] = await season.reads({**timed, "date": "2027-02-10"}, after=1)

            assert other != id
            assert (season.event(other).state, season.event(other).starts) == (
                EventState.OPEN,
                at(10, 20, month=2, year=2027),
            )
            assert await season.reads({**timed, "date": "2027-02-11"}, after=1) == (other,)

    asyncio.run(walk())
