"""Who approves a briefing approves the text that they saw, whatever happens at the same moment (R35)."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from classifiers import Reader
from monitor.app import App
from monitor.errors import Conflict
from monitor.store import briefings
from monitor.work.approvals import approve_briefing
from monitor.work.briefings import make_briefing, renew_drafts
from monitor.work.ingest import take_in
from monitor.work.records import broken_records
from tests.fakes import FixedClock, a_house, house_settings
from tests.walks.test_c_override import ADVISOR, MARCH

_WAITING = text("select count(*) from pg_locks where not granted")


def started(app: App, pool: Executor, act: Callable[[], object]) -> Future[object]:
    """`act`, begun in another thread, now that it waits for this one or is done."""
    going = pool.submit(act)
    while not going.done():
        with app.store.read() as session:
            if session.execute(_WAITING).scalar_one():
                break
    return going


def in_a_house(tmp_path: Path, url: str, reader: Reader, act: Callable[[App], None]) -> None:
    async def walk() -> None:
        async with a_house(house_settings(tmp_path, url), reader, FixedClock()) as app:
            act(app)

    asyncio.run(walk())


def test_an_approval_waits_for_who_renews_the_draft_and_then_sees_that_it_changed(
    tmp_path: Path, postgres_url: str, reader: Reader
) -> None:
    def act(app: App) -> None:
        id = make_briefing(app)
        with app.store.read() as session:
            seen = briefings.get(session, id).sha256
        take_in(app, [MARCH])

        with ThreadPoolExecutor(1) as pool:
            with app.store.begin(lane="events") as session:
                renew_drafts(app, session)
                approval = started(app, pool, lambda: approve_briefing(app, ADVISOR, id, seen=seen))
            with pytest.raises(Conflict):
                approval.result()

        with app.store.read() as session:
            assert briefings.get(session, id).approved_by == ""

    in_a_house(tmp_path, postgres_url, reader, act)


def test_who_renews_a_draft_waits_for_who_approves_it_and_then_leaves_it_alone(
    tmp_path: Path, postgres_url: str, reader: Reader
) -> None:
    def act(app: App) -> None:
        id = make_briefing(app)
        take_in(app, [MARCH])

        with ThreadPoolExecutor(1) as pool:
            with app.store.begin(lane="events") as session:
                found = briefings.get(session, id)
                before, found.approved_by, found.approved_at = found.html, ADVISOR.name, app.clock()
                session.flush()
                made = started(app, pool, lambda: make_briefing(app, by=ADVISOR))
            assert made.result() == id

        with app.store.read() as session:
            assert briefings.get(session, id).html == before
        assert broken_records(app) == []

    in_a_house(tmp_path, postgres_url, reader, act)
