"""Whatever reports come and whatever people decide: only a person makes a C an assessment (R24, R25)."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import Category, Level, Reader
from monitor.app import App
from monitor.commands.serve import acts_of
from monitor.domain import Actor, RawItem, Role
from monitor.errors import Conflict
from monitor.rules.announce import NOT_REVIEWED
from monitor.rules.assess import assess
from monitor.store import events, items
from monitor.work.decisions import correct, lapse, override_level, undo
from monitor.work.ingest import take_in
from tests.build import a_raw
from tests.fakes import Boards, FixedClock, a_house, house_settings

ADVISOR = Actor("adviseur", Role.ADVISOR)
WHY = "Besproken in het overleg."
DAY = "Zaterdag 28 november om 14.00 uur is de demonstratie op de Grote Markt in Groningen. "


def reports() -> list[RawItem]:
    """Of one demonstration: quiet, larger, with a confrontation, called off, and after all."""
    told = (
        "Er zijn toespraken.",
        "Er worden 1.500 deelnemers verwacht en er is een tegendemonstratie.",
        "De politie verwacht een confrontatie tussen beide groepen.",
        "De demonstratie gaat niet door: zij is afgelast.",
        "De demonstratie gaat toch door.",
    )
    return [
        a_raw("Demonstratie op de Grote Markt", DAY + words, source="krant" if n % 2 else "omroep", key=f"bericht-{n}")
        for n, words in enumerate(told)
    ]


Step = Callable[[App, FixedClock, int], object]
CODES = ("blokkade", "tegendemonstratie", "verplaatsing", "geweldsoproep", "nachtelijk")


def a_report(n: int) -> Step:
    return lambda app, _clock, _id: take_in(app, [reports()[n]])


def a_level(level: Level | None) -> Step:
    return lambda app, _clock, id: override_level(app, ADVISOR, id, level=level, reason=WHY)


def a_correction(category: Category | None, added: set[str], struck: set[str]) -> Step:
    return lambda app, _clock, id: correct(
        app, ADVISOR, id, category=category, added=added - struck, struck=struck, reason=WHY
    )


def back(app: App, _clock: FixedClock, id: int) -> None:
    try:
        undo(app, ADVISOR, id, reason=WHY)
    except Conflict:
        assert not standing(app, id)


def an_hour(app: App, clock: FixedClock, _id: int) -> None:
    clock.forward(hours=1)
    lapse(app)


def standing(app: App, id: int) -> int:
    with app.store.read() as session:
        return len(events.overrides_of(session, id))


STEPS = st.one_of(
    st.builds(a_report, st.integers(0, 4)),
    st.builds(a_level, st.sampled_from([*Level, None])),
    st.builds(
        a_correction,
        st.sampled_from([None, Category.EVENT, Category.DEMONSTRATION]),
        st.sets(st.sampled_from(CODES)),
        st.sets(st.sampled_from(CODES)),
    ),
    st.sampled_from([back, an_hour]),
)


def check(app: App, id: int) -> bool:
    """What holds of the event after every step; whether a person stands behind its level."""
    with app.store.read() as session:
        event, decided = events.get(session, id), events.newest_override(session, event=events.get(session, id))
        found = items.items_of(session, id)
        near = events.neighbours(session, event)
    level = decided.level if decided else None
    assert event.reviewed == (level is not None)
    assert event.level == (level or app.reader.level_of(event.evidence))
    assert event.machine_level == assess(found, near, None, app.reader).level
    assert event.category == ((decided.category if decided else None) or event.machine_category)
    return event.reviewed


@settings(max_examples=15)
@given(steps=st.lists(STEPS, min_size=1, max_size=8))
def test_no_message_calls_it_c_before_a_person_did(reader: Reader, steps: list[Step]) -> None:
    async def walk(folder: Path) -> None:
        boards, clock = Boards(), FixedClock()
        async with a_house(house_settings(folder, "sqlite"), reader, clock, boards) as app:
            [id] = take_in(app, [reports()[0]]).events
            rows, heard = 0, 0
            for step in steps:
                step(app, clock, id)
                reviewed = check(app, id)
                await app.queue.drain(acts_of(app))
                for title in boards.open.titles[heard:]:
                    assert not title.startswith("[C") or reviewed or NOT_REVIEWED in title
                heard = len(boards.open.titles)
                assert standing(app, id) >= rows
                rows = standing(app, id)

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(walk(Path(folder)))
