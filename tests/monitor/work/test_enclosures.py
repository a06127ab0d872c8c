"""What may go along with a message as a file, at the moment that it is sent."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from alerts import Message
from classifiers import Reader
from monitor.app import App
from monitor.domain import Briefing, Purpose
from monitor.domain.briefing import hash_of
from monitor.render.pdf import PdfUnavailable
from monitor.store import briefings, people
from monitor.work.briefings import make_briefing
from monitor.work.enclosures import edition_of, enclosure_of
from tests.alerts.build import a_message
from tests.fakes import FixedClock, a_house, approve, house_settings
from tests.walks.test_c_override import ADVISOR


def walk(tmp_path: Path, url: str, reader: Reader, act: Callable[[App], None]) -> None:
    """Does `act` in a house of its own."""

    async def run() -> None:
        async with a_house(house_settings(tmp_path, url), reader, FixedClock()) as app:
            act(app)

    asyncio.run(run())


def change(app: App, id: int, what: Callable[[Briefing], None]) -> None:
    with app.store.begin() as session:
        found = briefings.get(session, id)
        what(found)
        session.add(found)


def goes_along(app: App, message: Message) -> bool:
    """Whether its edition may; as told to the sender and in the trail, where this machine can make a PDF at all."""
    edition = edition_of(app, message)
    enclosure = enclosure_of(app, message)
    with app.store.read() as session:
        told = people.audit_of(session, "briefing_exported", message.encloses)
    assert len(told) == (enclosure is not None)
    assert edition is not None or enclosure is None
    return edition is not None


def test_a_confidential_edition_goes_along_with_a_confidential_message(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    """R31: what the refusals below are held against."""

    def act(app: App) -> None:
        id = make_briefing(app, confidential=True)
        approve(app, ADVISOR, id)

        assert goes_along(app, a_message(encloses=f"briefing:{id}", confidential=True))

    walk(tmp_path, sqlite_url, reader, act)


def test_an_open_edition_goes_along_with_an_open_message(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def act(app: App) -> None:
        id = make_briefing(app)
        approve(app, ADVISOR, id)

        assert goes_along(app, a_message(encloses=f"briefing:{id}"))

    walk(tmp_path, sqlite_url, reader, act)


def test_an_approved_edition_goes_along_and_the_trail_tells(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def act(app: App) -> None:
        id = make_briefing(app)
        approve(app, ADVISOR, id)

        found = enclosure_of(app, a_message(encloses=f"briefing:{id}"))

        if found is None:
            pytest.skip(PdfUnavailable.advice)
        with app.store.read() as session:
            [told] = people.audit_of(session, "briefing_exported", f"briefing:{id}")
        assert (found.name, found.media_type, found.content[:5]) == (
            "weekbriefing-2026-w47.pdf",
            "application/pdf",
            b"%PDF-",
        )
        assert (told.who, told.purpose) == ("machine", Purpose.BRIEFING)

    walk(tmp_path, sqlite_url, reader, act)


def test_a_draft_does_not_go_along(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    """R35."""

    def act(app: App) -> None:
        assert not goes_along(app, a_message(encloses=f"briefing:{make_briefing(app)}"))

    walk(tmp_path, sqlite_url, reader, act)


def test_a_confidential_edition_does_not_go_along_with_an_open_message(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    """R31."""

    def act(app: App) -> None:
        id = make_briefing(app, confidential=True)
        approve(app, ADVISOR, id)

        assert not goes_along(app, a_message(encloses=f"briefing:{id}"))

    walk(tmp_path, sqlite_url, reader, act)


def test_an_edition_that_is_not_what_was_approved_does_not_go_along(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    """R41."""

    def act(app: App) -> None:
        id = make_briefing(app)
        approve(app, ADVISOR, id)
        change(app, id, lambda found: setattr(found, "html", found.html + " "))

        assert not goes_along(app, a_message(encloses=f"briefing:{id}"))

    walk(tmp_path, sqlite_url, reader, act)


def test_an_edition_of_which_the_hash_was_changed_too_does_not_go_along(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    """R41: the trail keeps what was sealed at the approval."""

    def rewritten(found: Briefing) -> None:
        found.html += " "
        found.sha256 = hash_of(found.html)

    def act(app: App) -> None:
        id = make_briefing(app)
        approve(app, ADVISOR, id)
        change(app, id, rewritten)

        assert not goes_along(app, a_message(encloses=f"briefing:{id}"))

    walk(tmp_path, sqlite_url, reader, act)


def test_an_edition_that_is_gone_is_no_fault(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def act(app: App) -> None:
        assert not goes_along(app, a_message(encloses="briefing:7"))

    walk(tmp_path, sqlite_url, reader, act)
