"""Walk A: one entry of a feed becomes an event, and reaches the advisors; a second source confirms it."""

import asyncio
from pathlib import Path

from aiohttp import ClientSession

from alerts import Line, Switchboard, Topic, Urgency
from alerts.opening import Means
from alerts.options import Options
from alerts.slack import open_channel
from classifiers import Level, Reader
from monitor.app import open_app
from monitor.commands.house import round_of_polls
from monitor.domain import FactKind, Outcome
from monitor.store import events, facts, items, sources
from tests.build import at
from tests.fakes import Boards, FixedClock, a_catalogue, a_house, house_settings, presses
from tests.fakes_slack import TOKEN, fake_slack

TITLE = "Actiegroep kondigt mars aan op de Grote Markt"
TEXT = (
    "Zaterdag 28 november om 14.00 uur vertrekt een protestmars vanaf de Grote Markt in Groningen. "
    "Woordvoerder Hilbrand Oosterwijk verwacht 1.500 deelnemers. Bel hem op 06-12345678."
)
AGAIN = "Protestmars zaterdag: drukte verwacht op de Grote Markt"
MORE = (
    "Op zaterdag 28 november is er om 14.00 uur een protestmars op de Grote Markt in Groningen. "
    "Er worden 1.500 deelnemers verwacht."
)


def test_an_entry_becomes_an_event_and_an_alert(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        async with presses("127.0.0.31") as [press]:
            press.publish(TITLE, TEXT)
            settings = house_settings(
                tmp_path, database_url, a_catalogue(tmp_path / "sources.toml", {"krant": press.url})
            )
            boards = Boards()
            async with a_house(settings, reader, FixedClock(), boards) as app:
                await round_of_polls(app, ["krant"])

                with app.store.read() as session:
                    [event] = events.events_between(session, at(28), at(29), public_only=True)
                    [item] = items.items_of(session, event.id or 0)
                    [fact] = facts.facts_of(session, event.id or 0)
                    state = sources.state_of(session, "krant")
                assert event.title == "Demonstratie, Grote Markt, za 28 nov"
                assert (at(28, 14), Level.B) == (event.starts, event.level)
                assert {"verplaatsing", "grote_opkomst"} <= {e.code for e in event.evidence}
                assert "Oosterwijk" not in f"{item.title} {item.extract}"
                assert "06-12345678" not in item.extract
                assert FactKind.EVENT_OPENED is fact.kind
                assert state is not None
                assert (state.outcome, state.etag) == (Outcome.OK, '"1"')
                assert boards.open.titles == ["[B – aandacht] Demonstratie, Grote Markt, za 28 nov"]
                assert "Oosterwijk" not in boards.open.words

    asyncio.run(walk())


def test_an_entry_that_the_feed_still_lists_is_not_taken_in_again(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    async def walk() -> None:
        async with presses("127.0.0.31") as [press]:
            press.publish(TITLE, TEXT)
            catalogue = a_catalogue(tmp_path / "sources.toml", {"krant": press.url})
            clock, boards = FixedClock(), Boards()
            async with a_house(house_settings(tmp_path, database_url, catalogue), reader, clock, boards) as app:
                await round_of_polls(app, ["krant"])
                clock.forward(hours=1)
                await round_of_polls(app, ["krant"])
                press.publish("Weerbericht: zonnig weekend", "Het wordt zonnig en droog.")
                clock.forward(hours=1)
                await round_of_polls(app, ["krant"])

                assert press.statuses == [200, 304, 200]
                assert len(boards.open.sent) == 1

    asyncio.run(walk())


def test_a_second_source_joins_the_event_and_answers_in_its_thread(
    tmp_path: Path, database_url: str, reader: Reader
) -> None:
    """Against a Slack that speaks its real protocol: one thread per event."""

    async def walk() -> None:
        async with (
            presses("127.0.0.31", "127.0.0.32") as [first, second],
            fake_slack() as slack,
            ClientSession() as http,
        ):
            first.publish(TITLE, TEXT)
            catalogue = a_catalogue(tmp_path / "sources.toml", {"krant": first.url, "omroep": second.url})
            values = {"channel": "#openbare-orde", "token": "env:SLACK", "base_url": slack.base_url}
            options = Options(values, {"SLACK": TOKEN}, file="channels.toml", row="adviseurs")
            clock = FixedClock()
            slack_channel = open_channel(options, Means(http, clock))
            line = Line("adviseurs", slack_channel, frozenset(Topic), Urgency.NORMAL, False, "slack:openbare-orde")
            settings = house_settings(tmp_path, database_url, catalogue)
            async with open_app(settings, reader=reader, clock=clock, switchboard=Switchboard([line])) as app:
                await round_of_polls(app, ["krant"])
                second.publish(AGAIN, MORE)
                await round_of_polls(app, ["omroep"])

                with app.store.read() as session:
                    [event] = events.events_between(session, at(28), at(29), public_only=True)
                assert (event.reports, event.sources) == (2, 2)
                root, answer = slack.posts
                assert "thread_ts" not in root or root["thread_ts"] is None
                assert root["ts"] == answer["thread_ts"]
                assert "een tweede bron meldt dit ook" in str(answer)
                assert "Oosterwijk" not in str(slack.posts)

    asyncio.run(walk())
