"""Walk B: the police liaison adds a signal; it takes the road of every entry, and stays in its compartment."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from classifiers import Category, Level, Reader
from monitor.commands.serve import acts_of
from monitor.domain import Actor, FactKind, Handling, ProvidedBy, Provision, Role
from monitor.errors import InvalidInput, NotAllowed
from monitor.store import events, facts, items, people
from monitor.work.ingest import take_in
from monitor.work.signal_form import Signal
from monitor.work.signals import add_signal
from tests.build import NOON, a_raw, at
from tests.fakes import Boards, FixedClock, a_house, house_settings

LIAISON = Actor("liaison", Role.LIAISON)

SIGNAL = Signal(
    title="Twee groepen willen elkaar treffen",
    text="Twee groepen supporters spreken af bij de Euroborg. Verwacht wordt een vechtpartij.",
    category=Category.UNREST,
    starts=at(27, 22),
    ends=at(27, 23),
    place="Euroborg",
    codes=("verwachte_confrontatie",),
    provision_basis="wpg_16",
    provided_by=ProvidedBy.BASE_TEAM,
    handling=Handling.POLICE,
    expires=NOON + timedelta(days=14),
)


def test_a_signal_opens_a_confidential_event(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        boards = Boards()
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock(), boards) as app:
            id = add_signal(app, LIAISON, SIGNAL)
            await app.queue.drain(acts_of(app))

            with app.store.read() as session:
                event = events.get(session, id)
                [item] = items.items_of(session, id)
                [entry] = [e for e in people.audit(session, 10) if e.act == "signal_added"]
            assert (event.public, event.level, event.title) == (False, Level.C, "Onrust, Euroborg, vr 27 nov")
            assert item.provision == Provision("wpg_16", ProvidedBy.BASE_TEAM)
            assert ("mens", "verwachte_confrontatie") in {(e.by, e.code) for e in event.evidence}
            assert NOON + timedelta(days=14) == item.delete_after
            assert (entry.who, entry.reason, entry.what) == ("liaison", "wpg_16", f"item:{item.fingerprint}")
            assert entry.purpose == "politiesignaal"
            assert boards.open.sent == []
            [title] = boards.closed.titles
            assert title.startswith("[C – signaal, nog niet beoordeeld]")
            assert "supporters spreken af" not in boards.closed.words

    asyncio.run(walk())


def test_a_police_report_of_an_open_event_shows_in_no_open_message(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        boards = Boards()
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock(), boards) as app:
            take_in(
                app,
                [
                    a_raw(
                        "FC Groningen ontvangt Willem II in de Euroborg",
                        "Vrijdag 27 november om 20.00 uur speelt FC Groningen thuis in de Euroborg. "
                        "Supporters lopen samen naar het stadion. De politie houdt rekening met vuurwerk.",
                    )
                ],
            )
            await app.queue.drain(acts_of(app))
            with app.store.read() as session:
                [before] = events.events_between(session, at(27), at(28), public_only=True)
            told = len(boards.open.sent)
            add_signal(app, LIAISON, replace(SIGNAL, category=Category.FOOTBALL, starts=at(27, 20), ends=at(27, 22)))
            await app.queue.drain(acts_of(app))

            assert len(boards.open.sent) == told
            # The compartment hears of it; the event itself shows nothing of the signal (R31).
            assert "Klopt dat nog?" in boards.closed.words
            with app.store.read() as session:
                [after] = events.events_between(session, at(27), at(28), public_only=True)
                kinds = [(fact.kind, fact.public) for fact in facts.facts_of(session, after.id or 0)]
            shown = ("level", "machine_level", "evidence", "title", "sources", "reports", "size_min", "revision")
            assert [getattr(after, name) for name in shown] == [getattr(before, name) for name in shown]
            assert kinds[-1] == (FactKind.REVIEW_ASKED, False)

    asyncio.run(walk())


def test_an_open_report_of_a_police_event_opens_it_and_tells_nothing_of_before(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        boards = Boards()
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock(), boards) as app:
            signal = replace(SIGNAL, category=Category.FOOTBALL, starts=at(27, 20), ends=at(27, 22))
            id = add_signal(app, LIAISON, signal)
            text = "Vrijdag 27 november om 20.00 uur speelt FC Groningen in de Euroborg."
            assert take_in(app, [a_raw("FC Groningen speelt in de Euroborg", text)]).events == (id,)
            await app.queue.drain(acts_of(app))

            with app.store.read() as session:
                event = events.get(session, id)
            assert (event.public, event.level) == (True, Level.A)
            assert "verwachte_confrontatie" not in {e.code for e in event.evidence}
            [title] = boards.open.titles
            assert title.startswith("[A – regulier] Voetbal, Euroborg")
            assert "nieuw gesignaleerd" in boards.open.words

    asyncio.run(walk())


def test_only_the_liaison_may_add_a_signal(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            for role in set(Role) - {Role.LIAISON}:
                with pytest.raises(NotAllowed):
                    add_signal(app, Actor("iemand", role), SIGNAL)
            with app.store.read() as session:
                assert items.newest(session, 10) == []

    asyncio.run(walk())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("category", Category.NONE),
        ("ends", at(27, 21)),
        ("provision_basis", "zomaar"),
        ("provided_by", None),
        ("expires", at(21, month=12)),
        ("expires", NOON - timedelta(days=1)),
        ("codes", ("bestaat_niet",)),
    ],
)
def test_a_signal_that_misses_something_is_refused_by_name(
    tmp_path: Path, sqlite_url: str, reader: Reader, field: str, value: object
) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            with pytest.raises(InvalidInput) as refused:
                add_signal(app, LIAISON, replace(SIGNAL, **{field: value}))  # type: ignore[arg-type]  # on purpose
            assert {field} == refused.value.problems.keys()

    asyncio.run(walk())


def test_a_signal_with_personal_data_is_refused_and_not_kept(tmp_path: Path, database_url: str, reader: Reader) -> None:
    """R32: the explanation names the kinds, and carries the text without them."""

    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            with pytest.raises(InvalidInput) as refused:
                add_signal(app, LIAISON, replace(SIGNAL, text="De oproep komt van 06-12345678."))
            assert "een telefoonnummer" in refused.value.problems["text"]
            assert refused.value.suggested["text"] == "De oproep komt van [telefoonnummer]."
            with app.store.read() as session:
                assert items.newest(session, 10) == []

    asyncio.run(walk())


def test_the_last_day_that_the_form_offers_can_be_taken(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            assert add_signal(app, LIAISON, replace(SIGNAL, expires=at(20, 23, 59, month=12))) > 0

    asyncio.run(walk())
