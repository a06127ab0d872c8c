"""Whatever reports come, whatever people do and however time goes: an event goes from stage to stage as declared."""

import asyncio
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import Level, Reader
from monitor.app import App
from monitor.commands.serve import acts_of
from monitor.domain import Actor, EventState, RawItem, Role, Stage
from monitor.rules.classify import CANCELLED
from monitor.rules.load import load_of
from monitor.rules.stage import ALLOWED, By, stage_of
from monitor.store import events
from monitor.work.decisions import correct, lapse, link_notification, override_level, restore, withdraw
from monitor.work.ingest import take_in
from monitor.work.purge import purge
from tests.build import a_raw
from tests.fakes import Boards, FixedClock, a_house, house_settings

ADVISOR = Actor("adviseur", Role.ADVISOR)
WHY = "Besproken in het overleg."
TITLE = "Demonstratie op de Grote Markt"
DAY = "Dinsdag 24 november om 14.00 uur is de demonstratie op de Grote Markt in Groningen. "
LOCAL_DAY = date(2026, 11, 24)
LATER = DAY.replace("Dinsdag 24", "Woensdag 25")


def versions() -> list[RawItem]:
    """Of one report: as it was, a day later, called off, after all, under way, looking back, and called off then."""
    told = (
        DAY,
        LATER,
        DAY + "De demonstratie gaat niet door: zij is afgelast.",
        DAY + "De demonstratie gaat toch door.",
        LATER + "De demonstratie gaat toch door.",
        "Op de Grote Markt in Groningen is nu een demonstratie aan de gang.",
        "De demonstratie van dinsdag 24 november op de Grote Markt in Groningen verliep rustig.",
        LATER + "De demonstratie gaat niet door: zij is afgelast.",
    )
    return [a_raw(TITLE, words, key="mars") for words in told]


Step = tuple[By, Callable[[App, FixedClock, int], object]]


def a_report(n: int) -> Step:
    return By.REPORT, lambda app, _clock, _id: take_in(app, [versions()[n]])


def a_link(notification: str, permit: str) -> Step:
    def link(app: App, _clock: FixedClock, id: int) -> None:
        if state_of(app, id) in (EventState.OPEN, EventState.CANCELLED):
            link_notification(app, ADVISOR, id, notification=notification, permit=permit)

    return By.STAFF, link


def off(app: App, _clock: FixedClock, id: int) -> None:
    """An advisor takes it off, or puts it back."""
    match state_of(app, id):
        case EventState.WITHDRAWN:
            restore(app, ADVISOR, id, reason=WHY)
        case EventState.OPEN | EventState.CANCELLED:
            withdraw(app, ADVISOR, id, reason=WHY)


def a_level(app: App, _clock: FixedClock, id: int) -> None:
    if state_of(app, id) in (EventState.OPEN, EventState.CANCELLED):
        override_level(app, ADVISOR, id, level=Level.C, reason=WHY)


def a_correction(added: list[str], struck: list[str]) -> Step:
    """An advisor says that it is called off, that it is not, or leaves that to the reports."""

    def decide(app: App, _clock: FixedClock, id: int) -> None:
        if state_of(app, id) in (EventState.OPEN, EventState.CANCELLED):
            correct(app, ADVISOR, id, category=None, added=added, struck=struck, reason=WHY)

    return By.STAFF, decide


SAYS_OFF, SAYS_ON, SAYS_NOTHING = a_correction([CANCELLED], []), a_correction([], [CANCELLED]), a_correction([], [])


def some_time(hours: int) -> Step:
    def pass_by(app: App, clock: FixedClock, _id: int) -> None:
        clock.forward(hours=hours)
        lapse(app)
        purge(app)

    return By.TIME, pass_by


def state_of(app: App, id: int) -> EventState:
    with app.store.read() as session:
        return events.get(session, id).state


def stage_now(app: App, id: int) -> Stage:
    with app.store.read() as session:
        return stage_of(events.get(session, id), app.clock())


STEPS = st.one_of(
    st.builds(a_report, st.integers(0, 7)),
    st.builds(a_link, st.sampled_from(["", "Z-1"]), st.sampled_from(["", "V-1"])),
    st.sampled_from([(By.STAFF, off), (By.STAFF, a_level), SAYS_OFF, SAYS_ON, SAYS_NOTHING]),
    st.builds(some_time, st.sampled_from([1, 30, 72])),
)


@settings(max_examples=25)
@given(steps=st.lists(STEPS, min_size=2, max_size=9))
def test_an_event_goes_from_stage_to_stage_as_the_table_allows(reader: Reader, steps: list[Step]) -> None:
    async def walk(folder: Path) -> None:
        clock = FixedClock()
        async with a_house(house_settings(folder, "sqlite"), reader, clock) as app:
            [id] = take_in(app, [versions()[0]]).events
            stage = stage_now(app, id)
            assert stage is Stage.ANNOUNCED
            for by, step in steps:
                step(app, clock, id)
                now = stage_now(app, id)
                assert now is stage or now in ALLOWED[by][stage], f"{stage} → {now} by {by}"
                stage = now

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(walk(Path(folder)))


def test_a_march_from_its_announcement_to_its_end(tmp_path: Path, database_url: str, reader: Reader) -> None:
    async def walk() -> None:
        clock = FixedClock()
        async with a_house(house_settings(tmp_path, database_url), reader, clock) as app:
            [id] = take_in(app, [versions()[0]]).events
            stages = [stage_now(app, id)]

            def go(step: Step) -> None:
                step[1](app, clock, id)
                stages.append(stage_now(app, id))

            go(a_link("Z-1", ""))
            go(a_link("Z-1", "V-1"))
            go(a_report(1))
            go(a_report(7))
            go(a_report(4))
            go((By.STAFF, off))
            go((By.STAFF, off))
            go(some_time(75))
            go(some_time(30))
            go(some_time(24 * 20))

        assert stages == [
            Stage.ANNOUNCED, Stage.NOTIFIED, Stage.PERMITTED, Stage.MOVED, Stage.CANCELLED, Stage.MOVED,
            Stage.WITHDRAWN, Stage.MOVED, Stage.UNDER_WAY, Stage.OVER, Stage.OVER,
        ]  # fmt: skip

    asyncio.run(walk())


def test_a_person_calls_it_off_and_on_for_every_reader_alike(tmp_path: Path, database_url: str, reader: Reader) -> None:
    boards = Boards()

    async def walk() -> None:
        async with a_house(house_settings(tmp_path, database_url), reader, clock := FixedClock(), boards) as app:
            [id] = take_in(app, [versions()[0]]).events
            for step, says in ((SAYS_OFF, True), (SAYS_ON, False), (SAYS_NOTHING, False)):
                step[1](app, clock, id)
                with app.store.read() as session:
                    event = events.get(session, id)
                read.append((stage_now(app, id) is Stage.CANCELLED, load_of(LOCAL_DAY, [event]).events == 0))
                expected.append((says, says))
            await app.queue.drain(acts_of(app))

    read: list[tuple[bool, bool]] = []
    expected: list[tuple[bool, bool]] = []
    asyncio.run(walk())

    assert read == expected
    assert "afgelast of verboden volgens een adviseur" in boards.open.words
    assert "gaat volgens een adviseur toch door" in boards.open.words
    assert "AFGELAST" in boards.open.words
