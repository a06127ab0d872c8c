"""What begins soon without a known notification is told once; what nobody saw goes to a second channel."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from classifiers import Level, Reader
from monitor.app import App
from monitor.commands.serve import acts_of
from monitor.domain import Actor, FactKind, Role
from monitor.store import events, facts
from monitor.work.decisions import acknowledge, link_notification, override_level
from monitor.work.ingest import take_in
from monitor.work.journal import record
from monitor.work.remind import escalate, remind
from tests.build import a_raw, at
from tests.fakes import Boards, FixedClock, a_house, house_settings

ADVISOR = Actor("adviseur", Role.ADVISOR)
MARCH = a_raw(
    "Mars over de Grote Markt",
    "Zaterdag 28 november om 14.00 uur vertrekt een protestmars vanaf de Grote Markt in Groningen. "
    "Er worden 1.500 deelnemers verwacht.",
)
PIKET = """
[[rule]]
name = "nieuw"
change = ["nieuw", "niveau_omhoog"]
to = ["adviseurs"]
urgency = 2
[[rule]]
name = "piket"
change = ["niet_gezien"]
level = ["C"]
minutes = 15
to = ["besloten"]
urgency = 3
"""


def walk(
    tmp_path: Path, url: str, reader: Reader, act: Callable[[App, FixedClock, Boards, int], None], rules: str = ""
) -> Boards:
    """A house that knows one march; does `act`, then sends what there is to send."""
    boards, clock = Boards(), FixedClock()
    settings = house_settings(tmp_path, url)
    if rules:
        (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
        settings = replace(settings, rules=tmp_path / "rules.toml")

    async def run() -> None:
        async with a_house(settings, reader, clock, boards) as app:
            [event] = take_in(app, [MARCH]).events
            override_level(app, ADVISOR, event, level=Level.B, reason="Overleg")
            await app.queue.drain(acts_of(app))
            act(app, clock, boards, event)
            await app.queue.drain(acts_of(app))

    asyncio.run(run())
    return boards


def test_demonstration_without_known_notification_is_told_once(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards, event: int) -> None:
        clock.moment = at(25, 23)
        assert remind(app) == 0
        clock.moment = at(26)
        assert [remind(app), remind(app)] == [1, 0]

    boards = walk(tmp_path, database_url, reader, act)

    message, thread = boards.open.sent[-1]
    assert message.lines[0] == "Wat is nieuw: begint binnenkort, en er is geen kennisgeving bekend"
    assert thread == boards.open.sent[0][0].key


def test_linked_notification_makes_the_reminder_silent(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    def act(app: App, clock: FixedClock, boards: Boards, event: int) -> None:
        link_notification(app, ADVISOR, event, notification="Z-2026-1", permit="")
        clock.moment = at(26)
        assert remind(app) == 0

    walk(tmp_path, sqlite_url, reader, act)


@pytest.mark.parametrize("seen", [False, True])
def test_c_that_nobody_sees_goes_to_a_second_channel(
    tmp_path: Path, sqlite_url: str, reader: Reader, seen: bool
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards, event: int) -> None:
        clock.forward(minutes=1)
        override_level(app, ADVISOR, event, level=Level.C, reason="Overleg")
        if seen:
            acknowledge(app, ADVISOR, event)
        clock.forward(minutes=16)

    boards = walk(tmp_path, sqlite_url, reader, act, PIKET)

    told = [m.lines[0] for m, _ in boards.closed.sent]
    assert told == ([] if seen else ["Wat is nieuw: nog door niemand gezien, na 16 minuten. Kijkt u?"])


def test_a_new_c_is_looked_after_when_the_one_before_it_was_seen(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards, event: int) -> None:
        override_level(app, ADVISOR, event, level=Level.C, reason="Overleg")
        clock.forward(minutes=1)
        acknowledge(app, ADVISOR, event)
        override_level(app, ADVISOR, event, level=Level.B, reason="Overleg")
        clock.forward(minutes=1)
        override_level(app, ADVISOR, event, level=Level.C, reason="Overleg")
        clock.forward(minutes=16)

    boards = walk(tmp_path, sqlite_url, reader, act, PIKET)

    assert [m.lines[0] for m, _ in boards.closed.sent] == [
        "Wat is nieuw: nog door niemand gezien, na 16 minuten. Kijkt u?"
    ]


def test_what_nobody_sees_is_called_once_and_only_while_a_rule_asks_it(
    tmp_path: Path, sqlite_url: str, reader: Reader
) -> None:
    def act(app: App, clock: FixedClock, boards: Boards, event: int) -> None:
        def becomes(level: Level) -> int:
            with app.store.begin() as session:
                changed = events.get(session, event)
                changed.level = level
                session.add(changed)
                return record(app, session, FactKind.LEVEL_CHANGED, event=changed).id or 0

        first, second = becomes(Level.C), becomes(Level.C)
        clock.forward(minutes=16)
        escalate(app, first)
        escalate(app, second)
        clock.forward(minutes=1)
        third = becomes(Level.C)
        escalate(app, becomes(Level.B))
        escalate(app, third)

        with app.store.read() as session:
            kinds = [fact.kind for fact in facts.facts_of(session, event)]
        assert kinds.count(FactKind.NOT_SEEN) == 1

    walk(tmp_path, sqlite_url, reader, act, PIKET)


def test_nothing_is_escalated_of_what_was_purged(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    walk(tmp_path, sqlite_url, reader, lambda app, clock, boards, event: escalate(app, 4711))
