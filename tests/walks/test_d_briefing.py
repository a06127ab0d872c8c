"""Walk D: the weekly briefing is made once, as a draft; police events count in it and show in one edition only."""

import asyncio
from hashlib import sha256
from pathlib import Path

import pytest

from classifiers import Reader
from monitor.commands.serve import acts_of
from monitor.domain import Actor, Role
from monitor.errors import Conflict, NotAllowed
from monitor.store import briefings
from monitor.work.approvals import approve_briefing
from monitor.work.briefings import make_briefing
from monitor.work.ingest import take_in
from monitor.work.signals import add_signal
from tests.build import a_raw
from tests.fakes import Boards, FixedClock, a_house, house_settings
from tests.walks.test_b_manual_signal import LIAISON, SIGNAL
from tests.walks.test_c_override import ADVISOR, MARCH


def test_the_briefing_of_a_week_is_made_once(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        boards = Boards()
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock(), boards) as app:
            take_in(app, [MARCH])
            id = make_briefing(app)
            assert id == make_briefing(app)
            await app.queue.drain(acts_of(app))

            with app.store.read() as session:
                briefing = briefings.get(session, id)
            assert "Demonstratie, Grote Markt, za 28 nov" in briefing.html
            assert sha256(briefing.html.encode()).hexdigest() == briefing.sha256
            [message] = [m for m, _ in boards.open.sent if "Weekbriefing" in m.title]
            assert f"https://torenwacht.example/briefings/{id}" == message.link

    asyncio.run(walk())


def test_police_events_show_in_the_confidential_edition_only(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            add_signal(app, LIAISON, SIGNAL)
            open_one, closed = make_briefing(app), make_briefing(app, confidential=True)

            with app.store.read() as session:
                assert "Onrust, Euroborg" not in briefings.get(session, open_one).html
                assert "Onrust, Euroborg" in briefings.get(session, closed).html

    asyncio.run(walk())


def test_a_person_brings_a_draft_up_to_date_until_it_is_approved(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, FixedClock()) as app:
            id = make_briefing(app)
            take_in(app, [MARCH])
            assert make_briefing(app) == make_briefing(app, by=ADVISOR) == id
            with app.store.read() as session:
                html = briefings.get(session, id).html
            assert "Demonstratie, Grote Markt, za 28 nov" in html

            approve_briefing(app, ADVISOR, id)
            take_in(
                app, [a_raw("Kerstmarkt op de Vismarkt", "Zondag 29 november is er een kerstmarkt op de Vismarkt.")]
            )
            assert make_briefing(app, by=ADVISOR) == id
            with app.store.read() as session:
                assert briefings.get(session, id).html == html

    asyncio.run(walk())


def test_a_draft_goes_on_when_a_person_says_so_once(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, sqlite_url), reader, FixedClock()) as app:
            id = make_briefing(app)
            with pytest.raises(NotAllowed):
                approve_briefing(app, Actor("liaison", Role.LIAISON), id)
            approve_briefing(app, ADVISOR, id)
            with pytest.raises(Conflict):
                approve_briefing(app, ADVISOR, id)
            with app.store.read() as session:
                assert briefings.get(session, id).approved_by == "adviseur"

    asyncio.run(walk())
