"""Clear cases are fused alike in whatever order the sources answer."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations

import pytest

from classifiers import Category, Evidence, Phase
from monitor.domain import Event, Item
from monitor.rules.fuse import Candidate, fuse
from monitor.rules.report import report_of
from tests.build import EUROBORG, NOON, VISMARKT, a_day, a_period, a_reading, an_event, an_item, at

ANNOUNCED = an_item()
PERMIT = an_item(title="Kennisgeving betoging", extract="Tussen 14.00 en 16.00 uur op de Grote Markt.")
LIVE = an_item(
    title="live",
    extract="vol hier, trommels, niemand hoort mij",
    published=at(28, 14, 40),
    reading=a_reading(period=None, phase=Phase.UNDER_WAY),
)
LOOK_BACK = an_item(
    title="Duizend mensen op de been",
    extract="De tocht verliep rustig, aldus een woordvoerder.",
    published=at(29, 9),
    reading=a_reading(period=a_day(28), phase=Phase.OVER),
)
NEXT_WEEK = an_item(reading=a_reading(period=a_period(at(5, 14, month=12))))
ELSEWHERE = an_item(reading=a_reading(places=(VISMARKT,)))
MATCH = an_item(reading=a_reading(category=Category.FOOTBALL, scores=((Category.FOOTBALL, 1.0),), places=(EUROBORG,)))


def fused(items: Sequence[Item]) -> set[frozenset[str]]:
    """The events that these items make when they come in this order."""
    known: list[tuple[Event, list[Item]]] = []
    for item in items:
        candidates = [Candidate(event, tuple(report_of(i) for i in reports)) for event, reports in known]
        fusion = fuse(item, candidates)
        assert fusion is not None
        if fusion.event is None:
            known.append((an_event(), [item]))
        else:
            next(reports for event, reports in known if event is fusion.event).append(item)
    return {frozenset(item.fingerprint for item in reports) for _, reports in known}


def together(*groups: tuple[Item, ...]) -> set[frozenset[str]]:
    return {frozenset(item.fingerprint for item in group) for group in groups}


def test_announcement_permit_live_post_and_look_back_are_one_event_in_any_order() -> None:
    reports = (ANNOUNCED, PERMIT, LIVE, LOOK_BACK)
    for order in permutations(reports):
        assert fused(order) == together(reports)


def test_the_next_edition_another_square_and_a_match_stay_apart_in_any_order() -> None:
    for order in permutations((ANNOUNCED, PERMIT, NEXT_WEEK, ELSEWHERE, MATCH)):
        assert fused(order) == together((ANNOUNCED, PERMIT), (NEXT_WEEK,), (ELSEWHERE,), (MATCH,))


@pytest.mark.parametrize("hours", [1, 30])
def test_a_message_that_it_is_moved_joins_whichever_comes_first(hours: int) -> None:
    moved = an_item(
        title="Protestmars Grote Markt een dag later",
        extract="Door de storm vertrekt de optocht niet zaterdag maar zondag vanaf de Grote Markt.",
        published=NOON + timedelta(hours=hours),
        reading=a_reading(period=a_period(at(29, 14)), evidence=(Evidence("afgelast_verboden", "een dag later"),)),
    )
    for order in permutations((ANNOUNCED, moved)):
        assert fused(order) == together((ANNOUNCED, moved))
