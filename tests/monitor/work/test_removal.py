"""What a source takes back is taken back here (R40)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from classifiers import Level, Reader
from monitor.app import App
from monitor.domain import MANUAL, Actor, Event, EventState, FactKind, Handling, RawItem, Role, Source, Told
from monitor.store import events, facts, items
from monitor.work.decisions import override_level
from monitor.work.ingest import new_of, take_in
from monitor.work.removal import follow_removal, page_gone, source_gone, welcome_back
from tests.build import NOON, a_period, a_raw, at
from tests.fakes import Boards, FixedClock, a_catalogue, a_house, every_event, house_settings

ADVISOR = Actor("adviseur", Role.ADVISOR)
WORDS = "Zaterdag 28 november om 14.00 uur vertrekt een protestmars vanaf de Grote Markt in Groningen."
OTHER_WORDS = (
    "Actievoerders lopen zaterdag 28 november vanaf twee uur van de Grote Markt naar het Zuiderdiep in Groningen. "
    "Er worden 1.500 mensen bij de protestmars verwacht."
)
RAW = {
    "march": a_raw("Mars over de Grote Markt", WORDS, key="mars"),
    "concert": a_raw(
        "Kerstmarkt op de Vismarkt", "Zondag 13 december is er een kerstmarkt op de Vismarkt.", key="markt",
        url="https://krant.example/markt", published=NOON - timedelta(hours=3),
    ),
    "old": a_raw(
        "Braderie in Haren", "Zondag 13 december is er een braderie in Haren.", key="oud", url="https://krant.example/oud",
        published=NOON - timedelta(days=2),
    ),
}  # fmt: skip
MARCH, FAIR, OLD = RAW.values()
CONFIRMED = a_raw("Duizenden mensen op de been", OTHER_WORDS, source="omroep", key="o1")

Act = Callable[[App, FixedClock, Boards], None]


def in_house(folder: Path, url: str, reader: Reader, act: Act, *, rule: str = "volgen", kind: str = "feed") -> None:
    """Does `act` in a house with two sources that both follow that rule."""

    async def walk() -> None:
        names = {"krant": "https://krant.example/rss", "omroep": "https://omroep.example/rss"}
        catalogue = a_catalogue(folder / "sources.toml", names, kind, f'removed = "{rule}"\n')
        clock, boards = FixedClock(), Boards()
        async with a_house(house_settings(folder, url, catalogue), reader, clock, boards) as app:
            await asyncio.to_thread(act, app, clock, boards)

    asyncio.run(walk())


def polled(app: App, *listed: RawItem, whole: bool = True, source: str = "krant") -> int:
    """What a poll does with a list; how many entries were taken back."""
    origin = app.sources[source]
    welcome_back(app, origin, listed)
    take_in(app, listed)
    return follow_removal(app, origin, listed, whole=whole)


def events_now(app: App) -> list[Event]:
    """All events, in order of opening."""
    with app.store.read() as session:
        return every_event(session)


def kinds(app: App, event: int | None) -> list[FactKind]:
    """What became of an event."""
    with app.store.read() as session:
        return [fact.kind for fact in facts.facts_of(session, event or 0)]


def messages(app: App) -> list[str]:
    """What was new, in all messages in the outbox that every advisor may read."""
    with app.store.read() as session:
        told = [d.message for d in facts.deliveries(session) if d.message and d.channel == "adviseurs"]
    return [message.lines[0] for message in told]


def all_heard(app: App) -> None:
    """Every channel took what is in the outbox."""
    with app.store.begin() as session:
        for row in facts.deliveries(session):
            row.sent_at = app.clock()
            session.add(row)


def count(app: App) -> int:
    """How many items there are."""
    with app.store.read() as session:
        return items.count(session)


def test_an_entry_that_is_listed_no_more_leaves_with_its_event(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards) -> None:
        assert polled(app, MARCH, FAIR, OLD) == 0
        all_heard(app)

        assert polled(app, FAIR, OLD) == 1

        [gone] = [e for e in events_now(app) if e.state is EventState.WITHDRAWN]
        assert gone.place == "Grote Markt"
        assert all(piece.words == "" for piece in gone.evidence)
        assert kinds(app, gone.id) == [FactKind.EVENT_OPENED, FactKind.SOURCE_WITHDREW]
        assert "Wat is nieuw: ingetrokken: de bron heeft het bericht verwijderd" in messages(app)
        with app.store.read() as session:
            assert items.items_of(session, gone.id or 0) == []
            [line] = facts.facts_between(session, NOON, NOON + timedelta(1), [FactKind.SOURCE_WITHDREW])[:1]
        assert (line.source, line.event) == ("krant", None)
        assert line.data == {"count": 1, "rule": "R40", "why": "removed"}

    in_house(tmp_path, database_url, reader, act)


def test_what_fell_off_the_end_of_the_list_stays(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def act(app: App, clock: FixedClock, boards: Boards) -> None:
        pinned = a_raw("Welkom op onze site", "Lees hier over onze site.", key="welkom", published=at(1, year=2024))
        polled(app, MARCH, FAIR, OLD)
        before = count(app)

        assert polled(app, pinned, MARCH, FAIR) == 0
        assert polled(app, FAIR, MARCH) == 0

        assert count(app) == before

    in_house(tmp_path, sqlite_url, reader, act)


def test_nothing_goes_without_the_rule_from_a_part_or_from_an_empty_list(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards) -> None:
        polled(app, MARCH, FAIR)
        keeps = replace(app.sources["krant"], follows_removal=False)

        assert polled(app, FAIR, whole=False) == 0
        assert polled(app) == 0
        assert follow_removal(app, keeps, [FAIR], whole=True) == 0
        assert page_gone(app, keeps, [FAIR]) == 0
        assert source_gone(app, keeps) == 0
        assert count(app) == len((MARCH, FAIR))

    in_house(tmp_path, sqlite_url, reader, act)


def test_an_entry_whose_page_is_listed_under_another_id_is_still_there(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards) -> None:
        polled(app, MARCH, FAIR)
        renamed = replace(
            MARCH, key="https://krant.example/?p=7", url="http://www.krant.example/bericht/?utm_source=rss"
        )

        assert polled(app, renamed, FAIR) == 0

    in_house(tmp_path, sqlite_url, reader, act)


def test_an_agenda_takes_back_what_is_to_come_and_not_what_was(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def act(app: App, clock: FixedClock, boards: Boards) -> None:
        march = replace(MARCH, told=Told(a_period(at(28, 14)), "Grote Markt"))
        later = replace(FAIR, told=Told(a_period(at(30, 14)), "Vismarkt"))
        polled(app, march, later)
        assert polled(app, march) == 1
        clock.forward(days=7)
        assert polled(app, replace(OLD, told=Told(a_period(at(13, 14, month=12)), "Haren"))) == 0

    in_house(tmp_path, sqlite_url, reader, act, kind="ics")


def test_every_version_goes_and_the_event_lives_on_by_its_other_reports(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards) -> None:
        polled(app, MARCH, FAIR)
        polled(app, CONFIRMED, source="omroep")
        polled(app, replace(MARCH, text=f"{WORDS} Er worden 2.000 deelnemers verwacht."), FAIR)
        [event] = [e for e in events_now(app) if e.place == "Grote Markt"]
        assert (event.reports, event.sources, event.size_max) == (2, 2, 2000)

        assert polled(app, FAIR) == 1

        [event] = [e for e in events_now(app) if e.place == "Grote Markt"]
        assert (event.state, event.reports, event.sources, event.size_max) == (EventState.OPEN, 1, 1, 1500)
        with app.store.read() as session:
            assert {item.source for item in items.items_of(session, event.id or 0)} == {"omroep"}
        assert FactKind.SOURCE_WITHDREW in kinds(app, event.id)

    in_house(tmp_path, database_url, reader, act)


def test_an_entry_that_is_listed_again_comes_back_and_then_must_stay_away_for_a_day(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards) -> None:
        polled(app, MARCH, FAIR)
        all_heard(app)
        assert polled(app, FAIR) == 1
        assert new_of(app, [MARCH]) == []

        polled(app, MARCH, FAIR)
        assert [e.place for e in events_now(app) if e.state is EventState.OPEN].count("Grote Markt") == 1
        for _ in range(3):
            assert polled(app, FAIR) == 0
            polled(app, MARCH, FAIR)
        assert len([line for line in messages(app) if "verwijderd" in line]) == 1

        clock.forward(days=1, minutes=1)
        assert polled(app, FAIR) == 1

    in_house(tmp_path, database_url, reader, act)


def test_an_entry_whose_own_page_is_gone_goes_though_the_list_still_names_it(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards) -> None:
        polled(app, MARCH, FAIR)

        assert page_gone(app, app.sources["krant"], [MARCH]) == 1
        assert polled(app, MARCH, FAIR) == 0

        assert count(app) == 1
        assert page_gone(app, app.sources["krant"], [MARCH]) == 0

    in_house(tmp_path, database_url, reader, act)


def test_a_source_that_is_gone_for_good_takes_all_its_copies_and_no_others(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards) -> None:
        polled(app, MARCH, FAIR)
        polled(app, CONFIRMED, source="omroep")

        assert source_gone(app, app.sources["krant"]) == 2

        with app.store.read() as session:
            assert {item.source for item in items.newest(session, 9)} == {"omroep"}
        assert source_gone(app, app.sources["krant"]) == 0

    in_house(tmp_path, database_url, reader, act)


def test_an_event_without_any_report_goes_whatever_level_a_person_set(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards) -> None:
        polled(app, MARCH, FAIR)
        march = next(e for e in events_now(app) if e.place == "Grote Markt")
        override_level(app, ADVISOR, march.id or 0, level=Level.C, reason="Overleg met de politie")
        all_heard(app)

        assert polled(app, FAIR) == 1

        march = next(e for e in events_now(app) if e.place == "Grote Markt")
        assert (march.state, march.level, march.reviewed) == (EventState.WITHDRAWN, Level.C, True)
        assert kinds(app, march.id)[-1] is FactKind.SOURCE_WITHDREW
        assert messages(app)[-1] == "Wat is nieuw: ingetrokken: de bron heeft het bericht verwijderd"

    in_house(tmp_path, database_url, reader, act)


def test_an_event_left_with_confidential_signals_goes_back_into_its_compartment(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    """R31: others hear that the source took its report back, and nothing of what is left."""

    def act(app: App, clock: FixedClock, boards: Boards) -> None:
        polled(app, MARCH, FAIR)
        secret = replace(
            CONFIRMED, source=MANUAL, handling=Handling.POLICE, told=Told(codes=("verwachte_confrontatie",))
        )
        take_in(app, [secret])
        all_heard(app)

        assert polled(app, FAIR) == 1

        march = next(e for e in events_now(app) if e.place == "Grote Markt")
        assert (march.public, march.level, march.state) == (False, Level.C, EventState.OPEN)
        assert messages(app)[-1] == "Wat is nieuw: ingetrokken: de bron heeft het bericht verwijderd"
        with app.store.read() as session:
            last = [f for f in facts.facts_of(session, march.id or 0) if f.public][-1]
            open_messages = [d.message for d in facts.deliveries(session) if d.message and d.channel == "adviseurs"]
        assert last.kind is FactKind.SOURCE_WITHDREW
        assert "confrontatie" not in str(open_messages).lower()

    in_house(tmp_path, database_url, reader, act)


def test_a_confidential_source_that_takes_back_a_signal_is_not_heard_outside_the_compartment(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards) -> None:
        polled(app, MARCH)
        secret: Source = replace(app.sources["omroep"], handling=Handling.CONFIDENTIAL)
        take_in(app, [replace(CONFIRMED, handling=Handling.CONFIDENTIAL)])
        told = messages(app)

        assert source_gone(app, secret) == 1

        [march] = events_now(app)
        with app.store.read() as session:
            lines = facts.facts_between(session, NOON, NOON + timedelta(1), [FactKind.SOURCE_WITHDREW])
        assert [line.public for line in lines] == [False, False]
        assert (messages(app), march.sees, march.public) == (told, march.level, True)

    in_house(tmp_path, sqlite_url, reader, act)


def test_a_closed_event_stays_closed_and_keeps_no_word_of_what_was_taken_back(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards) -> None:
        polled(app, MARCH)
        with app.store.begin() as session:
            [event] = every_event(session)
            assert any(piece.words for piece in event.evidence)
            event.state = EventState.CLOSED
            session.add(event)

        assert source_gone(app, app.sources["krant"]) == 1

        with app.store.read() as session:
            closed = events.get(session, event.id or 0)
        assert closed.state is EventState.CLOSED
        assert not any(piece.words for piece in closed.evidence)
        assert "verwijderd" not in str(messages(app))

    in_house(tmp_path, sqlite_url, reader, act)
