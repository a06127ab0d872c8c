"""Which event an item reports: vetoes on kind, day and place come before any likeness."""

from datetime import timedelta

import pytest

from classifiers import Category, Evidence, Phase, Place
from monitor.domain import Item
from monitor.rules.fuse import Candidate, clusters, fuse
from monitor.rules.report import report_of
from tests.build import CITY, EUROBORG, NOON, VISMARKT, a_day, a_period, a_reading, an_event, an_item, at

MARCH = an_item()


def candidate(*items: Item) -> Candidate:
    """An event that these items reported."""
    return Candidate(an_event(), tuple(report_of(item) for item in items))


def joined(item: Item, *known: Item) -> tuple[str, ...]:
    """Why the item joins the event of `known`; empty when it opens an event of its own."""
    fusion = fuse(item, [candidate(*known)])
    assert fusion is not None
    return () if fusion.opened else fusion.why


def test_same_day_place_and_kind_join() -> None:
    other = an_item(title="Mars zaterdag op de Grote Markt", extract="Een protestmars trekt door de stad.")
    assert joined(other, MARCH) == ("dag", "plaats", "soort")


def test_a_place_around_the_corner_is_the_same_place() -> None:
    church = Place("Martinikerk", "gebouw", "Groningen", 53.219, 6.568)
    assert "plaats" in joined(an_item(reading=a_reading(places=(church,))), MARCH)


@pytest.mark.parametrize(
    "reading",
    [
        a_reading(period=a_period(at(29, 14))),
        a_reading(places=(EUROBORG,)),
        a_reading(category=Category.EVENT, scores=((Category.EVENT, 1.0),)),
        a_reading(period=a_period(at(28, 21))),
    ],
    ids=["another day", "another place", "another kind", "hours apart"],
)
def test_a_veto_stands_against_words_that_are_alike(reading: object) -> None:
    words = "Een andere zaak met andere telling en weinig gelijke woorden."
    other = an_item(title="Protestmars over de Grote Markt", extract=words, reading=reading)
    assert joined(other, MARCH) == ()


def test_an_undated_report_needs_likeness_and_nearness_in_time() -> None:
    undated = a_reading(period=None)
    near = an_item(reading=undated, published=NOON + timedelta(days=1))
    far = an_item(reading=undated, published=NOON + timedelta(days=20))
    assert joined(near, MARCH) == ("plaats", "soort", "woorden")
    assert joined(far, MARCH) == ()


def test_a_moved_event_is_the_same_event() -> None:
    moved = a_reading(period=a_period(at(29, 14)), evidence=(Evidence("afgelast_verboden", "verplaatst"),))
    assert joined(an_item(reading=moved), MARCH) == ("verplaatst", "plaats", "soort", "woorden")


def test_a_newer_version_of_one_entry_joins_whatever_its_day() -> None:
    later = an_item(entry=MARCH.entry, reading=a_reading(period=a_day(5, month=12)))
    assert joined(later, MARCH) == ("zelfde_bericht",)


def test_disorder_joins_the_match_it_grew_out_of_by_day_and_place() -> None:
    match = an_item(reading=a_reading(category=Category.FOOTBALL, places=(EUROBORG,)))
    riot = an_item(reading=a_reading(category=Category.UNREST, places=(EUROBORG,), phase=Phase.UNDER_WAY))
    assert joined(riot, match) == ("dag", "plaats", "woorden")


def test_reports_on_new_years_eve_for_the_whole_town_are_one_event_all_season() -> None:
    plan = an_item(
        title="Maatregelen jaarwisseling bekend",
        extract="Projectteam presenteert plan voor vuurwerk en vreugdevuren.",
        reading=a_reading(category=Category.NEW_YEAR, period=None, places=(CITY,)),
    )
    night = an_item(
        title="Plan jaarwisseling: vuurwerk en vreugdevuren",
        extract="Het projectteam licht de maatregelen toe.",
        published=NOON + timedelta(days=25),
        reading=a_reading(category=Category.NEW_YEAR, period=a_day(31, month=12), places=(CITY,)),
    )
    assert "dag" in joined(night, plan)


@pytest.mark.parametrize("reading", [a_reading(category=Category.NONE), a_reading(phase=Phase.OTHER)])
def test_what_is_no_event_joins_none(reading: object) -> None:
    assert fuse(an_item(reading=reading), [candidate(MARCH)]) is None


def test_the_best_candidate_wins_and_the_earliest_wins_a_draw() -> None:
    vismarkt = an_item(reading=a_reading(places=(VISMARKT,)))
    first, second, other = candidate(MARCH), candidate(MARCH), candidate(vismarkt)
    fusion = fuse(an_item(), [other, first, second])
    assert fusion is not None
    assert fusion.event is first.event


def test_clusters_follow_the_order_of_publication() -> None:
    again = an_item(published=NOON + timedelta(hours=1))
    apart = an_item(reading=a_reading(period=a_period(at(30, 14))))
    nothing = an_item(reading=a_reading(category=Category.NONE))
    found = clusters([again, apart, nothing, MARCH])
    assert found[again.fingerprint] == found[MARCH.fingerprint]
    assert found[apart.fingerprint] != found[MARCH.fingerprint]
    assert nothing.fingerprint not in found
