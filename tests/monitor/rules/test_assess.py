"""Reports, neighbours and a person's decision -> level; and what readers must hear of it."""

from datetime import timedelta

import pytest

from classifiers import Evidence, Level, Phase, Reader
from monitor.domain import Event, EventState, FactKind, Neighbour, Override
from monitor.rules.assess import assess, changes
from monitor.rules.picture import picture_of
from tests.build import NOON, a_day, a_period, a_reading, an_event, an_item, at

FAIR = Neighbour(7, "Evenement, Vismarkt, za 28 nov", public=True)


def override(level: Level | None) -> Override:
    """An advisor's decision."""
    return Override(event=1, level=level, reason="overleg", by="adviseur", role="adviseur", at=NOON)


def test_indicators_of_all_reports_count_together(reader: Reader) -> None:
    items = [an_item(reading=a_reading(codes=["verplaatsing"])), an_item(reading=a_reading(codes=["nachtelijk"]))]
    assert assess(items, [], None, reader).level is Level.B


def test_a_neighbour_adds_concurrence(reader: Reader) -> None:
    found = assess([an_item(reading=a_reading(codes=["verplaatsing"]))], [FAIR], None, reader)
    assert found.level is Level.B
    assert Evidence("samenloop", "Ook hier: Evenement, Vismarkt, za 28 nov") in found.evidence


def test_a_person_stands_above_the_machine_and_is_asked_when_it_rises(reader: Reader) -> None:
    items = [an_item(reading=a_reading(codes=["verplaatsing", "nachtelijk"]))]
    found = assess(items, [], override(Level.A), reader)
    assert (found.level, found.machine_level, found.review_asked) == (Level.A, Level.B, True)
    withdrawn = assess(items, [], override(None), reader)
    assert (withdrawn.level, withdrawn.review_asked) == (Level.B, False)


def test_the_newest_report_that_looks_ahead_says_whether_it_is_cancelled(reader: Reader) -> None:
    heavy = an_item(reading=a_reading(codes=["blokkade", "tegendemonstratie"]))
    off = an_item(reading=a_reading(codes=["afgelast_verboden"]), published=NOON + timedelta(hours=1))
    on = an_item(reading=a_reading(), published=NOON + timedelta(hours=2))
    past = an_item(reading=a_reading(phase=Phase.OVER), published=NOON + timedelta(hours=3))
    assert (assess([heavy, off], [], None, reader).level, assess([heavy, off], [], None, reader).cancelled) == (
        Level.A,
        True,
    )
    assert assess([heavy, off, on], [], None, reader).level is Level.C
    assert assess([heavy, off, past], [], None, reader).cancelled


def test_a_moved_event_is_not_cancelled(reader: Reader) -> None:
    items = [an_item(reading=a_reading(codes=["blokkade", "afgelast_verboden"]))]
    found = assess(items, [], None, reader, moved=True)
    assert (found.cancelled, found.level) == (False, Level.B)


def known(**told: object) -> Event:
    """An event as readers last knew it."""
    return an_event(**told)


@pytest.mark.parametrize(
    ("before", "codes", "told"),
    [
        (known(), [], []),
        (known(), ["blokkade"], [FactKind.LEVEL_CHANGED]),
        (known(machine_level=Level.B, level=Level.B), [], [FactKind.LEVEL_CHANGED]),
        (known(), ["afgelast_verboden"], [FactKind.CANCELLED]),
        (known(state=EventState.CANCELLED), ["afgelast_verboden"], []),
    ],
)
def test_readers_hear_what_changed_and_nothing_else(
    before: Event, codes: list[str], told: list[FactKind], reader: Reader
) -> None:
    items = [an_item(reading=a_reading(codes=codes))]
    assert changes(before, picture_of(items), assess(items, [], None, reader)) == told


def test_a_second_source_confirms_once(reader: Reader) -> None:
    items = [an_item(), an_item()]
    found = assess(items, [], None, reader)
    assert changes(known(sources=1), picture_of(items), found) == [FactKind.CONFIRMED]
    assert changes(known(sources=2), picture_of(items), found) == []


def test_a_changed_entry_moves_the_event(reader: Reader) -> None:
    first = an_item()
    later = an_item(
        entry=first.entry,
        source=first.source,
        published=NOON + timedelta(hours=1),
        reading=a_reading(period=a_period(at(29, 15))),
    )
    picture = picture_of([first, later])
    assert picture.period == a_period(at(29, 15))
    assert changes(known(), picture, assess([first, later], [], None, reader)) == [FactKind.MOVED]


def test_a_vaguer_report_does_not_blur_an_exact_time() -> None:
    exact = an_item()
    vague = an_item(published=NOON + timedelta(hours=1), reading=a_reading(period=a_day(28)))
    assert picture_of([exact, vague]).period == exact.reading.period
