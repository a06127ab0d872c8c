"""Reports, neighbours and a person's decision -> level; and what readers must hear of it."""

from datetime import timedelta

import pytest

from classifiers import Evidence, Level, Phase, Reader
from monitor.domain import Event, EventState, FactKind, Handling, Neighbour, Override
from monitor.rules.assess import asked_in_compartment, assess, changes
from monitor.rules.classify import CANCELLED
from monitor.rules.picture import picture_of
from tests.build import EUROBORG, NOON, a_day, a_period, a_reading, an_event, an_item, at

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
    assert (found.level, found.machine_level) == (Level.A, Level.B)
    assert changes(known(), picture_of(items), found, reviewed=True)[-1] is FactKind.REVIEW_ASKED
    withdrawn = assess(items, [], override(None), reader)
    assert changes(known(), picture_of(items), withdrawn) == [FactKind.LEVEL_CHANGED]


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


def a_correction(added: list[str], struck: list[str]) -> Override:
    """What an advisor made of the indicators."""
    return Override(
        event=1, level=None, added=added, struck=struck, reason="overleg", by="adviseur", role="adviseur", at=NOON
    )


@pytest.mark.parametrize(
    ("reported", "added", "struck", "cancelled"),
    [
        ([], [CANCELLED], [], True),
        ([CANCELLED], [], [CANCELLED], False),
        ([CANCELLED], [], ["blokkade"], True),
        ([], [], [CANCELLED], False),
    ],
)
def test_a_person_decides_whether_it_is_called_off(
    reported: list[str], added: list[str], struck: list[str], cancelled: bool, reader: Reader
) -> None:
    items = [an_item(reading=a_reading(codes=["blokkade", *reported]))]

    found = assess(items, [], a_correction(added, struck), reader)

    assert (found.cancelled, CANCELLED in {e.code for e in found.evidence}) == (cancelled, cancelled)


def test_a_report_that_is_gone_does_not_call_an_event_off(reader: Reader) -> None:
    secret = an_item(handling=Handling.POLICE)

    found = assess([secret], [], None, reader, remembered=[Evidence(CANCELLED, ""), Evidence("blokkade", "")])

    assert (found.cancelled, [e.code for e in found.evidence]) == (False, ["blokkade"])


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
    items = [an_item(), an_item(extract="Actievoerders lopen zaterdagmiddag door het centrum, meldt de organisatie.")]
    found = assess(items, [], None, reader)
    assert changes(known(sources=1), picture_of(items), found) == [FactKind.CONFIRMED]
    assert changes(known(sources=2), picture_of(items), found) == []


def test_a_copy_confirms_nothing(reader: Reader) -> None:
    items = [an_item(), an_item()]
    assert changes(known(sources=1), picture_of(items), assess(items, [], None, reader)) == []


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


def test_confidential_signals_neither_show_nor_set_the_level_of_an_open_event(reader: Reader) -> None:
    """R31: the compartment is asked, once, when they make the machine see more."""
    secret = an_item(handling=Handling.POLICE, reading=a_reading(codes=["verwachte_confrontatie"]))
    found = assess([an_item(), secret], [], None, reader)
    assert (found.level, found.sees, found.evidence) == (Level.A, Level.C, ())
    assert asked_in_compartment(known(), found, joined=True) is FactKind.REVIEW_ASKED
    assert asked_in_compartment(known(sees=Level.C), found, joined=True) is FactKind.SIGNAL_ADDED
    assert asked_in_compartment(known(sees=Level.C), found, joined=False) is None
    assert changes(known(sources=2), picture_of([an_item(), secret]), found) == []


def test_a_confidential_signal_keeps_its_compartment_like_a_police_one() -> None:
    picture = picture_of([an_item(handling=Handling.CONFIDENTIAL)])
    assert not picture.public
    assert picture_of([an_item(handling=Handling.INTERNAL)]).public


def test_a_level_does_not_sink_when_a_confidential_report_reaches_its_term(reader: Reader) -> None:
    rest = an_item(handling=Handling.POLICE)
    gone = [Evidence("geweldsoproep", "")]
    assert assess([rest], [], None, reader, remembered=gone).level is Level.C
    assert assess([an_item()], [], None, reader, remembered=gone).level is Level.A


def test_a_corrected_report_takes_its_evidence_back(reader: Reader) -> None:
    first = an_item(reading=a_reading(codes=["blokkade", "inzet_me"]))
    later = an_item(entry=first.entry, source=first.source, published=NOON + timedelta(hours=1))
    assert assess([first, later], [], None, reader).level is Level.A
    assert picture_of([first, later]).reports == 1


def test_a_newer_version_that_cancels_is_no_move(reader: Reader) -> None:
    """ "AFGELAST: zaterdag" names the day without the hour: vaguer, not other."""
    first = an_item(reading=a_reading(codes=["blokkade"]))
    off = an_item(
        entry=first.entry,
        source=first.source,
        published=NOON + timedelta(hours=1),
        reading=a_reading(period=a_day(28), codes=["afgelast_verboden"]),
    )
    picture = picture_of([first, off])
    found = assess([first, off], [], None, reader, moved=picture.moved)
    assert (picture.moved, found.cancelled) == (False, True)
    assert FactKind.CANCELLED in changes(known(level=Level.B, machine_level=Level.B), picture, found)


def test_what_was_cancelled_and_goes_on_is_told(reader: Reader) -> None:
    found = assess([an_item()], [], None, reader)
    assert changes(known(state=EventState.CANCELLED), picture_of([an_item()]), found) == [FactKind.RESUMED]


def test_a_confirmed_level_is_told(reader: Reader) -> None:
    items = [an_item(reading=a_reading(codes=["geweldsoproep"]))]
    before = known(level=Level.C, machine_level=Level.C)
    found = assess(items, [], override(Level.C), reader)
    assert changes(before, picture_of(items), found, reviewed=True) == [FactKind.REVIEWED]


def test_another_place_is_a_move(reader: Reader) -> None:
    first = an_item()
    later = an_item(
        entry=first.entry,
        source=first.source,
        published=NOON + timedelta(hours=1),
        reading=a_reading(places=(EUROBORG,)),
    )
    picture = picture_of([first, later])
    assert changes(known(), picture, assess([first, later], [], None, reader)) == [FactKind.MOVED]
