"""Walk D: the weekly briefing is made once, as a draft; police events count in it and show in one edition only."""

import asyncio
from hashlib import sha256
from pathlib import Path

import pytest
from aiohttp import ClientSession

from alerts import Line, Switchboard, Topic, Urgency
from alerts.mail import open_channel
from alerts.opening import Means
from alerts.options import Options
from classifiers import Reader
from monitor.app import open_app
from monitor.commands.serve import acts_of
from monitor.domain import Actor, Role
from monitor.errors import Conflict, NotAllowed
from monitor.render.pdf import PdfUnavailable
from monitor.store import briefings
from monitor.work.briefings import make_briefing
from monitor.work.ingest import take_in
from monitor.work.signals import add_signal
from tests.alerts.postmaster import Postmaster, a_mail_server
from tests.build import a_raw
from tests.fakes import Boards, FixedClock, a_house, approve, house_settings
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

            approve(app, ADVISOR, id)
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
                approve(app, Actor("liaison", Role.LIAISON), id)
            approve(app, ADVISOR, id)
            with pytest.raises(Conflict):
                approve(app, ADVISOR, id)
            with app.store.read() as session:
                assert briefings.get(session, id).approved_by == "adviseur"

    asyncio.run(walk())


def test_an_approved_edition_goes_out_as_pdf_by_mail_and_the_confidential_one_to_the_closed_circle_only(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    """R31, R35: nothing goes along before a person approved it."""
    public, closed = Postmaster(), Postmaster()

    async def walk() -> None:
        async with a_mail_server(public) as port, a_mail_server(closed) as other, ClientSession() as http:
            lines = [mail_line("open", port, http), mail_line("besloten", other, http, confidential=True)]
            settings = house_settings(tmp_path, database_url)
            async with open_app(settings, reader=reader, clock=FixedClock(), switchboard=Switchboard(lines)) as app:
                editions = [make_briefing(app), make_briefing(app, confidential=True)]
                await app.queue.drain(acts_of(app))
                assert enclosed(public) == enclosed(closed) == []
                for edition in editions:
                    approve(app, ADVISOR, edition)
                await app.queue.drain(acts_of(app))

    asyncio.run(walk())
    if not enclosed(public):
        pytest.skip(PdfUnavailable.advice)
    assert enclosed(public) == [("Weekbriefing week 47 (2026) is goedgekeurd", "weekbriefing-2026-w47.pdf", b"%PDF-")]
    assert enclosed(closed) == [
        *enclosed(public),
        (
            "Weekbriefing week 47 (2026), vertrouwelijke editie, is goedgekeurd",
            "weekbriefing-2026-w47-vertrouwelijk.pdf",
            b"%PDF-",
        ),
    ]


def mail_line(name: str, port: int, http: ClientSession, *, confidential: bool = False) -> Line:
    """A channel by this mail server, that wants briefings."""
    row = {"host": "127.0.0.1", "port": port, "start_tls": False, "sender": "t@stad.example", "to": ["p@stad.example"]}
    channel = open_channel(Options(row, {}, file="channels.toml", row=name), Means(http, FixedClock()))
    return Line(name, channel, frozenset({Topic.BRIEFING}), Urgency.LOW, confidential, f"mail:{name}")


def enclosed(postmaster: Postmaster) -> list[tuple[str, str | None, bytes]]:
    """Of each file that came by mail: the subject of its mail, its name, and how it begins."""
    files = [(mail["Subject"], file) for mail in postmaster.mails for file in mail.iter_attachments()]
    return [(subject, file.get_filename(), file.get_content()[:5]) for subject, file in files]
