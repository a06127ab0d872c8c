"""Three years in seconds: at every step nothing outlives its rule, on both databases (R37, R38)."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text
from sqlmodel import Session

from classifiers import Category, Reader
from monitor.app import App
from monitor.clock import AMSTERDAM
from monitor.config import Retention
from monitor.domain import Actor, FactKind, Handling, Item, Login, Purpose, Role, SourceState, User
from monitor.domain.term import TERMS, term_of
from monitor.rules.agreement import Ground
from monitor.rules.fuse import Fusion
from monitor.schedule import promise_daily
from monitor.store import deletions, events, facts, items, people, seen, sources
from monitor.store.schema import TABLES
from monitor.work.briefings import make_briefing
from monitor.work.decisions import acknowledge, override_level
from monitor.work.ingest import join, open_event
from monitor.work.journal import audit
from monitor.work.purge import purge
from monitor.work.reassess import reassess
from monitor.work.trail import verify
from tests.build import a_period, a_reading, an_item
from tests.databases import set_clock
from tests.fakes import FixedClock, a_house, approve, house_settings
from tests.walks.test_c_override import ADVISOR

START = datetime(2026, 9, 1, 3, tzinfo=AMSTERDAM)
STEP = timedelta(days=13)
TERM = Retention()
LONGEST = {table: term_of(term, TERM) for table, term in TERMS.items()} | {
    # What an act decides: an item of New Year may come in half a year before 1 April, and an event long ahead.
    "item": timedelta(days=250),
    "event": timedelta(days=TERM.event_days + 60),
    "anchor": timedelta(days=TERM.audit_days + TERM.figure_days),
    **dict.fromkeys((name for name, term in TERMS.items() if term.with_event), timedelta(days=TERM.audit_days)),
}
"""So long before its last day a row can have been written at most."""


PLAYED = set(
    "closed messages items seen events sightings overrides acknowledgements facts deliveries ticks states staff logins "
    "audit deletions briefings figures".split()
)
"""The rules that had something to take."""


def live(app: App, now: datetime) -> None:
    """Some days of a house: reports, a signal, decisions, logins, a source that is asked."""
    for ahead, handling in ((2, Handling.OPEN), (40, Handling.OPEN), (20, Handling.POLICE)):
        starts = now + timedelta(days=ahead)
        category = Category.NEW_YEAR if now.month in (11, 12) else Category.DEMONSTRATION
        reading = a_reading(category=category, period=a_period(starts))
        expires = now + timedelta(days=14) if handling is Handling.POLICE else None
        report = an_item(
            id=None, source="krant", taken_in=now, published=now, handling=handling, reading=reading, expires=expires
        )
        _take_in(app, report, now)
    with app.store.begin() as session:
        items.add(session, an_item(id=None, taken_in=now, delete_after=now + timedelta(days=TERM.unmatched_days)))
        for source in ("krant", "opgeheven"):
            if source == "krant" or now < START + timedelta(days=90):
                sources.save(session, SourceState(source=source, polled_at=now))
        people.add_user(session, User(name=f"u{now:%Y%m}", role=Role.ADVISOR, password_hash="", created_at=now))
        login = Login(
            id=f"{now:%Y%m%d}", name=f"u{now:%Y%m}", created_at=now, used_at=now, expires_at=now + timedelta(hours=8)
        )
        people.add_login(session, login)
        audit(app, session, ADVISOR, "logged_in", what="user:advies", purpose=Purpose.ACCESS)
        facts.count(session, now.date(), "items_seen", 4)
        app.queue.put(session, "nobody", {}, key=f"{now:%Y%m%d}")
    promise_daily(app, "purge")
    if now.month in (1, 7) and now.day <= STEP.days:
        id = make_briefing(app)
        with app.store.read() as session:
            known = facts.facts_between(session, now, now + timedelta(seconds=1), [FactKind.BRIEFING_READY])
        if known:
            approve(app, Actor("redactie", Role.EDITOR), id)


def _take_in(app: App, report: Item, now: datetime) -> None:
    with app.store.begin(lane="events") as session:
        item = items.add(session, report)
        assert item is not None
        seen.remember(session, [(item.fingerprint, item.source)], delete_after=now + timedelta(days=TERM.seen_days))
        event = open_event(app, session, item)
        join(app, session, item, event, Fusion(None, (Ground.NEW,)))
        reassess(app, session, event, cause=item, opened=True)
        id = event.id or 0
    if report.handling is Handling.OPEN:
        acknowledge(app, ADVISOR, id)
        override_level(app, ADVISOR, id, level=None, reason="Terug naar de machine.")


def overdue(session: Session, now: datetime) -> dict[str, int]:
    """Table -> how many of its rows are past their last day."""
    found = {}
    for table in TABLES.sorted_tables:
        # The trail goes by whole days, and its last anchor waits for the next.
        margin = timedelta(days=1) if table.name == "audit_entry" else timedelta()
        late = table.c.delete_after <= now - margin
        asked = select(func.count()).select_from(table).where(late)
        if number := session.execute(asked).scalar_one():
            found[table.name] = number
    return found


def too_long(session: Session, now: datetime) -> set[str]:
    """Tables with a row that may stay longer than its rule allows for one that was written now."""
    return {
        table.name
        for table in TABLES.sorted_tables
        if (last := session.execute(select(func.max(table.c.delete_after))).scalar_one()) is not None
        and last > now + LONGEST[table.name] + timedelta(days=42)
    }


def test_nothing_outlives_its_rule_in_three_years(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> tuple[Counter[str], dict[str, int]]:
        clock, went = FixedClock(START), Counter[str]()
        settings = house_settings(tmp_path, database_url)
        async with a_house(settings, reader, clock) as app:
            while clock() < START + timedelta(days=3 * 365):
                if not database_url.startswith("sqlite"):
                    set_clock(database_url, clock())
                live(app, clock())
                went.update(purge(app))
                with app.store.read() as session:
                    assert (overdue(session, clock()), too_long(session, clock())) == ({}, set()), clock()
                clock.forward(days=STEP.days)
            clock.forward(days=max(term.days for term in LONGEST.values()) + 60)
            if not database_url.startswith("sqlite"):
                set_clock(database_url, clock())
            went.update(purge(app))
            with app.store.read() as session:
                left = {
                    table.name: number
                    for table in TABLES.sorted_tables
                    if (number := session.execute(select(func.count()).select_from(table)).scalar_one())
                }
                assert deletions.broken_at(session) is None
                if not database_url.startswith("sqlite"):
                    assert session.execute(text("select count(*) from procrastinate_jobs")).scalar_one() == 0
            assert verify(app.store, clock()).whole
            return went, left

    went, left = asyncio.run(walk())

    # The account of the last purge itself, how the one source of the catalogue did, and the last link of each chain.
    assert left.pop("deletion") <= len(TERMS) + 3
    assert left == {"fact": 1, "source_state": 1, "anchor": 1}
    assert {name for name, number in went.items() if number} >= PLAYED


def test_events_of_the_three_years_were_really_played(reader: Reader, tmp_path: Path, sqlite_url: str) -> None:
    """The walk above would also pass if its house stood empty."""

    async def walk() -> int:
        clock = FixedClock(START)
        async with a_house(house_settings(tmp_path, sqlite_url), reader, clock) as app:
            live(app, clock())
            with app.store.read() as session:
                return events.count(session)

    assert asyncio.run(walk()) == 3
