"""A channel that no longer lets us listen: the maintainers hear it, once."""

import asyncio
from datetime import timedelta
from pathlib import Path

from alerts import Answerer, Refused
from classifiers import Reader
from monitor.domain import MACHINE, FactKind, Role, User
from monitor.store import facts, people
from monitor.work.from_slack import hear
from monitor.work.staff import link_slack, save_user
from tests.fakes import Boards, FixedClock, a_house, house_settings


class Revoked:
    """The desk of an app whose token was revoked."""

    has_socket = True

    def is_signed(self, body: bytes, *, timestamp: str, signature: str, now: object) -> bool:
        return False

    async def take_request(self, body: bytes, answer: Answerer) -> dict[str, object]:
        return {}

    async def listen(self, answer: Answerer) -> None:
        raise Refused("Slack answered token_revoked", "Maak een nieuw token.")


def test_a_revoked_token_is_told_once_with_the_way_out(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        clock, boards = FixedClock(), Boards()
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock, boards) as app:
            await hear(app, "adviseurs", Revoked())

            with app.store.read() as session:
                told = facts.facts_between(session, clock() - timedelta(1), clock() + timedelta(1))
            assert [(fact.kind, fact.data) for fact in told] == [(FactKind.CHANNEL_DEAF, {"channel": "adviseurs"})]

    asyncio.run(walk())


def test_a_new_password_leaves_the_link_with_slack_as_it_was(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    async def walk() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock) as app:
            with app.store.begin() as session:
                people.add_user(session, User(name="anna", role=Role.ADVISOR, password_hash="", created_at=clock()))
            link_slack(app, MACHINE, "anna", "U0ANNA001")

            save_user(app, MACHINE, "anna", Role.ADVISOR, password_hash="another")

            with app.store.read() as session:
                found = people.user_in_slack(session, "U0ANNA001")
            assert found is not None
            assert found.name == "anna"

    asyncio.run(walk())
