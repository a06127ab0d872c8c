"""What a running house tells of itself: from settings, tables and counters, and nothing that is nobody's business."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from classifiers import Reader
from monitor.app import App
from monitor.commands.accountability import papers_of
from monitor.domain import MANUAL, Approval, Decision, Handling, Role, User
from monitor.domain.account import Outlet, Publisher, Share
from monitor.rules.door import IN_DUTCH, NOT_RELEVANT, TOO_OLD
from monitor.store import facts, items, people, sources
from monitor.work.account import account_of
from tests.build import NOON, an_item
from tests.fakes import FixedClock, a_catalogue, a_house, house_settings

PLANTED = ("vandijk", "10.1.2.3", "kanarie", "board:open")


@asynccontextmanager
async def house(folder: Path, url: str, reader: Reader, **told: Any) -> AsyncIterator[App]:
    """A house with one approved source and one that is not."""
    file = a_catalogue(folder / "sources.toml", {"krant": "https://krant.example/rss"})
    second = a_catalogue(folder / "more.toml", {"omroep": "https://omroep.example/rss"}).read_text(encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8") + second.replace('"privacyfunctionaris"', '""'), encoding="utf-8")
    async with a_house(replace(house_settings(folder, url, file), **told), reader, FixedClock()) as app:
        yield app


@pytest.fixture
def ask(tmp_path: Path, database_url: str, reader: Reader) -> Callable[..., Any]:
    """Opens a house with these settings and gives what the function makes of it."""

    def ask(make: Callable[[App], Any], **told: Any) -> Any:
        async def asked() -> Any:
            async with house(tmp_path, database_url, reader, **told) as app:
                return make(app)

        return asyncio.run(asked())

    return ask


def test_what_is_counted_and_approved_comes_from_the_store(ask: Callable[..., Any]) -> None:
    def told(app: App) -> Any:
        with app.store.begin() as session:
            for source in ("krant", "krant", "omroep", MANUAL):
                items.add(session, an_item(id=None, source=source))
            facts.count(session, NOON.date(), "items_seen", 9)
            facts.count(session, NOON.date(), f"items_dropped:{TOO_OLD}", 4)
            facts.count(session, NOON.date(), f"items_dropped:{NOT_RELEVANT}", 1)
            origin = app.sources["omroep"]
            sources.add_approval(
                session,
                Approval(
                    source="omroep", decision=Decision.APPROVED, by="vandijk-inlog", role=Role.PRIVACY, reason="goed",
                    at=NOON, record=origin.record,
                ),
            )  # fmt: skip
        return account_of(app)

    account = ask(told)

    assert [source.id for source in account.running] == ["krant", "omroep"]
    assert account.approved == {"krant": "privacyfunctionaris", "omroep": "Privacyfunctionaris"}
    assert [share for share in account.shares if share.configured] == [Share(Publisher.MEDIA, 2, 2, 3)]
    assert (account.by_hand, account.figures.seen) == (1, 9)
    assert account.dropped_for == {IN_DUTCH[NOT_RELEVANT]: 1, IN_DUTCH[TOO_OLD]: 4}
    assert account.outlets == (
        Outlet("board", ("beheer", "briefing", "bron", "niveau"), False),
        Outlet("board", ("beheer", "briefing", "bron", "niveau"), True),
    )


def test_a_source_that_nobody_approved_does_not_run_and_names_no_role(ask: Callable[..., Any]) -> None:
    account = ask(account_of)

    assert ([s.id for s in account.running], account.approved) == (["krant"], {"krant": "privacyfunctionaris"})


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("privacy@voorbeeld.nl", "privacy@voorbeeld.nl"),
        ("j.vandijk@voorbeeld.nl", ""),
        ("beheer@torenwacht.example", ""),
    ],
)
def test_only_the_mailbox_of_an_office_is_told(ask: Callable[..., Any], contact: str, told: str) -> None:
    assert ask(account_of, contact=contact).contact == told


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://torenwacht.voorbeeld.nl/", "https://torenwacht.voorbeeld.nl"),
        ("", ""),
        ("https://10.1.2.3:8080", ""),
        ("https://torenwacht", ""),
        ("https://tw.gemeente.local", ""),
        ("https://torenwacht.example", ""),
    ],
)
def test_only_an_address_outside_the_walls_is_told(ask: Callable[..., Any], address: str, told: str) -> None:
    assert ask(account_of, public_url=address).site == told


def test_nothing_confidential_stands_in_any_paper(ask: Callable[..., Any]) -> None:
    def made(app: App) -> dict[str, str]:
        with app.store.begin() as session:
            people.add_user(session, User(name="vandijk-inlog", role=Role.ADMIN, password_hash="", created_at=NOON))
            items.add(session, an_item(id=None, source=MANUAL, title="Kanarie", handling=Handling.POLICE))
        return dict(papers_of(app))

    papers = ask(made, contact="j.vandijk@voorbeeld.nl", public_url="https://10.1.2.3")

    assert [(name, word) for name, text in papers.items() for word in PLANTED if word in text.lower()] == []


def test_the_same_house_at_the_same_moment_gives_the_same_bytes(ask: Callable[..., Any]) -> None:
    assert ask(papers_of) == ask(papers_of)
