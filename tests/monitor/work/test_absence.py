"""Whoever is away leaves someone who is there: who may stand in, and who is called when nobody saw a C."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from alerts import Message
from classifiers import Level, Reader
from monitor.app import App
from monitor.commands.serve import acts_of
from monitor.domain import Absence, Actor, Role, User
from monitor.errors import InvalidInput, NotAllowed
from monitor.store import absences, people
from monitor.work.absence import come_back, go_away
from monitor.work.decisions import override_level
from monitor.work.ingest import take_in
from monitor.work.purge import purge
from monitor.work.staff import block_user
from tests.build import NOON, at
from tests.fakes import Boards, FixedClock, a_house, house_settings
from tests.monitor.work.test_remind import MARCH, PIKET

ANNA, BOSS = Actor("anna", Role.ADVISOR), Actor("baas", Role.ADMIN)
STAFF = {"anna": Role.ADVISOR, "boris": Role.ADVISOR, "carla": Role.ADVISOR, "piet": Role.PROJECT, "baas": Role.ADMIN}
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)

Story = Callable[[App, FixedClock], None]


def told(folder: Path, url: str, reader: Reader, story: Story) -> list[Message]:
    """A house with some staff, all linked in Slack as U0 and their name; what its closed channel heard."""
    boards, clock = Boards(), FixedClock()
    (folder / "rules.toml").write_text(PIKET, encoding="utf-8")

    async def walk() -> None:
        settings = replace(house_settings(folder, url), rules=folder / "rules.toml")
        async with a_house(settings, reader, clock, boards) as app:
            with app.store.begin() as session:
                for name, role in STAFF.items():
                    user = User(name=name, role=role, password_hash="", created_at=NOON, slack=f"U0{name.upper():0<6}")
                    people.add_user(session, user)
            story(app, clock)
            await app.queue.drain(acts_of(app))

    asyncio.run(walk())
    return [message for message, _ in boards.closed.sent]


def away(app: App) -> list[Absence]:
    with app.store.read() as session:
        return absences.absences(session, app.clock())


def test_an_absence_names_who_stands_in_and_ends_by_itself(tmp_path: Path, database_url: str, reader: Reader) -> None:
    def story(app: App, clock: FixedClock) -> None:
        go_away(app, ANNA, "anna", deputy="boris", first=MONDAY, last=FRIDAY)
        go_away(app, BOSS, "anna", deputy="carla", first=MONDAY, last=FRIDAY)
        with app.store.read() as session:
            during = [user.name for user in absences.at_work(session, Role.ADVISOR, at(27, 23))]
            after = [user.name for user in absences.at_work(session, Role.ADVISOR, at(28))]
            trail = [(entry.who, entry.act, entry.what) for entry in people.trail(session)]

        assert [(one.name, one.deputy, one.starts, one.ends) for one in away(app)] == [
            ("anna", "carla", at(23), at(28)),
        ]  # fmt: skip
        assert (during, after) == (["boris", "carla"], ["anna", "boris", "carla"])
        assert trail == [
            ("anna", "absence_set", "user:anna:boris"), ("baas", "absence_set", "user:anna:carla"),
        ]  # fmt: skip
        clock.moment = at(29)
        purge(app)
        assert away(app) == []

    told(tmp_path, database_url, reader, story)


@pytest.mark.parametrize(
    ("deputy", "first", "last", "field"),
    [
        ("anna", MONDAY, FRIDAY, "vervanger"),
        ("piet", MONDAY, FRIDAY, "vervanger"),
        ("niemand", MONDAY, FRIDAY, "vervanger"),
        ("carla", FRIDAY, FRIDAY + timedelta(days=9), "vervanger"),
        ("boris", FRIDAY, MONDAY, "laatste"),
        ("boris", date(2026, 11, 1), date(2026, 11, 2), "laatste"),
        ("boris", MONDAY, date(2028, 1, 1), "laatste"),
    ],
)
def test_a_deputy_is_another_of_the_same_role_who_is_there(  # noqa: PLR0917  # a table and three fixtures
    tmp_path: Path, sqlite_url: str, reader: Reader, deputy: str, first: date, last: date, field: str
) -> None:
    def story(app: App, _clock: FixedClock) -> None:
        go_away(app, BOSS, "carla", deputy="boris", first=FRIDAY, last=FRIDAY)

        with pytest.raises(InvalidInput) as refused:
            go_away(app, ANNA, "anna", deputy=deputy, first=first, last=last)

        assert refused.value.problems.keys() == {field}
        assert [one.name for one in away(app)] == ["carla"]

    told(tmp_path, sqlite_url, reader, story)


def test_whoever_stands_in_cannot_go_before_another_does(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def story(app: App, _clock: FixedClock) -> None:
        go_away(app, BOSS, "boris", deputy="anna", first=MONDAY, last=FRIDAY)
        with pytest.raises(InvalidInput, match="vervanger"):
            go_away(app, ANNA, "anna", deputy="carla", first=FRIDAY, last=FRIDAY)

        go_away(app, BOSS, "boris", deputy="carla", first=MONDAY, last=FRIDAY)
        go_away(app, ANNA, "anna", deputy="carla", first=FRIDAY, last=FRIDAY)

        assert {one.name: one.deputy for one in away(app)} == {"boris": "carla", "anna": "carla"}

    told(tmp_path, sqlite_url, reader, story)


def test_only_you_or_an_administrator_say_that_you_are_away(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def story(app: App, _clock: FixedClock) -> None:
        with pytest.raises(NotAllowed):
            go_away(app, ANNA, "boris", deputy="carla", first=MONDAY, last=FRIDAY)
        go_away(app, BOSS, "boris", deputy="carla", first=MONDAY, last=FRIDAY)
        with pytest.raises(NotAllowed):
            come_back(app, ANNA, "boris")
        come_back(app, Actor("boris", Role.ADVISOR), "boris")

        assert away(app) == []

    told(tmp_path, sqlite_url, reader, story)


def test_a_c_that_nobody_saw_calls_the_advisors_who_are_there(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def story(app: App, clock: FixedClock) -> None:
        go_away(app, ANNA, "anna", deputy="boris", first=date(2026, 11, 22), last=FRIDAY)
        block_user(app, BOSS, "carla", blocked=True)
        [event] = take_in(app, [MARCH]).events
        override_level(app, Actor("baas", Role.ADVISOR), event, level=Level.C, reason="Overleg")
        clock.forward(minutes=16)

    [message] = told(tmp_path, sqlite_url, reader, story)

    assert message.calls == ("U0BORIS0",)
    assert "boris" not in " ".join((message.title, *message.lines, message.footer))
