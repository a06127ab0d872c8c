"""State after trouble: what a server says of an answer that we could not read never makes its source look well."""

import asyncio
from datetime import timedelta
from pathlib import Path

from classifiers import Reader
from monitor.domain import Outcome
from monitor.store import sources
from monitor.work.poll import poll
from tests.build import NOON
from tests.fakes import ENTRY, RSS, FixedClock, a_catalogue, a_house, house_settings
from tests.monitor.collect.site import Page, a_site

ITEM = ENTRY.format(title="Markt", text="Op het plein.", key=1, date=NOON - timedelta(hours=1))
GOOD = RSS.format(items=ITEM).encode()
BROKEN = b"<html><body>Onderhoud</body></html>"


def test_validators_of_a_broken_answer_are_never_sent(tmp_path: Path, database_url: str, reader: Reader) -> None:
    """The server gives 304 to the new ETag only: had we sent that, the source would look well and stay broken."""

    async def follow() -> tuple[list[Outcome | None], list[str | None], str]:
        clock = FixedClock()
        async with a_site({"/feed": Page(GOOD, headers={"ETag": '"goed"'})}) as site:
            catalogue = a_catalogue(tmp_path / "bronnen.toml", {"krant": site.url()})
            async with a_house(house_settings(tmp_path, database_url, catalogue), reader, clock) as app:
                outcomes = []
                for page in (GOOD, BROKEN, BROKEN, GOOD, GOOD):
                    etag = '"goed"' if page is GOOD else '"stuk"'
                    site.pages["/feed"] = Page(page, headers={"ETag": etag})
                    outcomes.append((await poll(app, "krant")).outcome)
                    clock.forward(hours=36)
                with app.store.read() as session:
                    state = sources.state_of(session, "krant")
                sent = [asked.headers.get("If-None-Match") for asked in site.asked if asked.path == "/feed"]
                return outcomes, sent, state.etag if state else ""

    outcomes, sent, kept = asyncio.run(follow())

    assert outcomes == [
        Outcome.OK,
        Outcome.NOT_A_FEED,
        Outcome.NOT_A_FEED,
        Outcome.NOT_MODIFIED,
        Outcome.NOT_MODIFIED,
    ]
    assert sent == [None, '"goed"', '"goed"', '"goed"', '"goed"']
    assert kept == '"goed"'


def test_body_that_could_not_be_read_is_not_taken_for_known(tmp_path: Path, database_url: str, reader: Reader) -> None:
    """The same for a server without validators, where the hash of the body counts."""

    async def follow() -> list[Outcome | None]:
        clock = FixedClock()
        async with a_site({}) as site:
            catalogue = a_catalogue(tmp_path / "bronnen.toml", {"krant": site.url()})
            async with a_house(house_settings(tmp_path, database_url, catalogue), reader, clock) as app:
                outcomes = []
                for page in (GOOD, GOOD, BROKEN, BROKEN, GOOD):
                    site.pages["/feed"] = Page(page)
                    outcomes.append((await poll(app, "krant")).outcome)
                    clock.forward(hours=36)
                return outcomes

    assert asyncio.run(follow()) == [
        Outcome.OK,
        Outcome.NOT_MODIFIED,
        Outcome.NOT_A_FEED,
        Outcome.NOT_A_FEED,
        Outcome.NOT_MODIFIED,
    ]
