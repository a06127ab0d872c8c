"""Two events -> whether they are told side by side, and why."""

import ast
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from classifiers import Category, Evidence, Level, Place, Precision
from monitor.domain import Event, Handling
from monitor.rules.approach import shipped
from monitor.rules.concurrence import Concurrent, concurrents, meeting_kinds, remark, standing
from tests.build import CITY, EUROBORG, GROTE_MARKT, VISMARKT, a_reading, an_event, an_item, at
from tests.house.tree import modules, tree

HEREPLEIN = Place("Hereplein", "plein", "Groningen", 53.213, 6.570)
NORTH = {"place": "Paddepoel", "area": "BU00141100", "latitude": 53.232, "longitude": 6.541}
AT_EUROBORG = {"place": "Euroborg", "area": "BU00140400", "latitude": 53.206, "longitude": 6.591}


def a_match(**told: Any) -> Event:
    known: dict[str, Any] = {"category": Category.FOOTBALL, "title": "Voetbal, Euroborg, za 28 nov", **AT_EUROBORG}
    return an_event(**known | told)


def beside(one: Event, other: Event, mine: tuple[Place, ...] = (), theirs: tuple[Place, ...] = ()) -> tuple[str, ...]:
    """Where and when, as the page of `one` tells them; nothing when it does not tell of `other`."""
    own, others = (
        standing(event, [an_item(reading=a_reading(places=places))] if places else [])
        for event, places in ((one, mine), (other, theirs))
    )
    return next(((found.where, found.when) for found in concurrents(own, [others], shipped())), ())


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({}, "op dezelfde plek"),
        ({"latitude": 53.2205, "longitude": 6.567}, "in dezelfde buurt"),
        ({"area": "BU00140001", "latitude": 53.2225}, "vlakbij"),
        (NORTH, None),
        ({"area": "", "latitude": None, "longitude": None}, None),
    ],
    ids=["one square", "one neighbourhood", "400 metres on", "another part of town", "nobody knows where"],
)
def test_it_tells_how_near_another_event_is(told: dict[str, Any], where: str | None) -> None:
    found = beside(an_event(), an_event(**told))

    assert found == ((where, "tegelijk") if where else ())


@pytest.mark.parametrize(
    ("told", "when"),
    [
        ({"starts": at(28, 15), "ends": None}, "tegelijk"),
        ({"starts": at(28, 16), "ends": at(28, 17)}, "tegelijk"),
        ({"starts": at(28, 16, 30), "ends": at(28, 17)}, "minder dan een uur ertussen"),
        ({"starts": at(28, 18), "ends": at(28, 19)}, "2 uur ertussen"),
        ({"starts": at(28, 10), "ends": at(28, 11, 30)}, "ruim 2 uur ertussen"),
        ({"starts": at(28, 20, 1), "ends": at(28, 21)}, None),
        ({"starts": at(28), "ends": at(29), "precision": Precision.DAY}, "dezelfde dag"),
        ({"starts": at(28), "ends": at(30), "precision": Precision.WEEKEND}, "misschien op dezelfde dag"),
        ({"starts": at(29), "ends": at(30), "precision": Precision.DAY}, None),
        ({"starts": None, "ends": None, "precision": None}, None),
    ],
)
def test_it_tells_how_near_in_time(told: dict[str, Any], when: str | None) -> None:
    found = beside(an_event(), an_event(**told))

    assert found == (("op dezelfde plek", when) if when else ())


@pytest.mark.parametrize(
    ("starts", "there", "back"),
    [
        (at(28, 14), "tegelijk", "tegelijk"),
        (at(28, 14, 30), "begint minder dan een uur later", "begint minder dan een uur eerder"),
        (at(28, 16), "begint 2 uur later", "begint 2 uur eerder"),
        (at(28, 16, 30), "begint ruim 2 uur later", "begint ruim 2 uur eerder"),
    ],
)
def test_of_an_event_without_an_end_only_the_beginnings_are_compared(starts: datetime, there: str, back: str) -> None:
    march, fair = an_event(ends=None), an_event(starts=starts, ends=at(28, 20))

    assert (beside(march, fair)[1], beside(fair, march)[1]) == (there, back)


def test_hours_count_across_midnight() -> None:
    late = an_event(starts=at(28, 22), ends=at(28, 23, 30))
    early = an_event(starts=at(29, 0, 30), ends=at(29, 3))

    assert beside(late, early) == ("op dezelfde plek", "1 uur ertussen")


def test_a_march_passes_what_takes_place_along_its_way_and_is_told_there_too() -> None:
    march = an_event(evidence=(Evidence("verplaatsing", "via de Vismarkt naar het Hereplein"),))
    fair = an_event(place="Hereplein", area="BU00140100", latitude=53.213, longitude=6.57)
    route = (GROTE_MARKT, VISMARKT, HEREPLEIN)

    assert beside(march, fair, mine=route) == ("langs de route: Hereplein", "tegelijk")
    assert beside(fair, march, theirs=route) == ("langs de route: Hereplein", "tegelijk")


def test_a_second_place_of_what_stands_still_is_no_route() -> None:
    fair = an_event(place="Hereplein", area="BU00140100", latitude=53.213, longitude=6.57)

    assert beside(an_event(), fair, mine=(GROTE_MARKT, HEREPLEIN)) == ("ook op deze plek: Hereplein", "tegelijk")


def test_the_town_is_no_place_to_meet_at() -> None:
    """A report that says no more than "in Groningen" has the point of the town, which lies on a square."""
    somewhere = an_event(place="Groningen", latitude=CITY.latitude, longitude=CITY.longitude)

    found = beside(an_event(), somewhere, theirs=(CITY,))

    assert found == ("misschien vlakbij: een van de plekken is niet precies bekend", "tegelijk")
    assert beside(somewhere, a_match(), mine=(CITY,)) == ()


@pytest.mark.parametrize(
    ("one", "where"),
    [
        (a_match(), "looproute van en naar de Euroborg: Grote Markt"),
        (a_match(category=Category.EVENT), "looproute van en naar de Euroborg: Grote Markt"),
        (a_match(category=Category.DEMONSTRATION), None),
        (a_match(**NORTH), None),
    ],
    ids=["a match", "a concert in the stadium", "a demonstration at the stadium", "a match elsewhere"],
)
def test_crowds_walk_from_the_inner_city_to_the_stadium_and_back(one: Event, where: str | None) -> None:
    demonstration = an_event(starts=at(28, 13), ends=at(28, 14))

    expected = (where, "tegelijk") if where else ()
    assert (beside(one, demonstration), beside(demonstration, one)) == (expected, expected)


def test_an_open_event_knows_no_confidential_one() -> None:
    """R31."""
    secret, plain = an_event(public=False), an_event()

    assert beside(plain, secret) == ()
    assert beside(secret, plain) == ("op dezelfde plek", "tegelijk")


def test_a_confidential_report_of_an_open_event_tells_no_place() -> None:
    """R31."""
    police = an_item(handling=Handling.POLICE, reading=a_reading(places=(EUROBORG,)))

    found = standing(an_event(), [an_item(), police])

    assert found.others == ()
    assert standing(an_event(public=False), [police]).others == (EUROBORG,)


def test_the_nearest_stands_first_and_then_the_gravest() -> None:
    near, grave, along = an_event(), an_event(level=Level.C), a_match()
    far = an_event(starts=at(28, 18), ends=at(28, 19))

    found = concurrents(standing(an_event(), []), [standing(e, []) for e in (along, far, near, grave)], shipped())

    assert [concurrent.event.id for concurrent in found] == [grave.id, near.id, far.id, along.id]


def test_no_event_stands_beside_itself() -> None:
    event = an_event()

    assert concurrents(standing(event, []), [standing(event, [])], shipped()) == ()


def test_the_kinds_that_meet_are_told_once_each_and_only_when_they_differ() -> None:
    march, market = an_event(), an_event(category=Category.EVENT)
    found = [Concurrent(event, "vlakbij", "tegelijk") for event in (market, a_match(), an_event())]

    assert meeting_kinds(march, found) == (Category.DEMONSTRATION, Category.EVENT, Category.FOOTBALL)
    assert meeting_kinds(march, found[2:]) == ()


def test_a_message_has_one_line_at_most() -> None:
    match = Concurrent(a_match(starts=at(28, 20), ends=None), "vlakbij", "4 uur ertussen")
    vague = Concurrent(a_match(starts=at(28), ends=at(29), precision=Precision.DAY), "vlakbij", "dezelfde dag")

    assert remark([]) == ()
    assert remark([match, vague]) == (
        "Tegelijk in de buurt: Voetbal, Euroborg, za 28 nov, 20.00 uur (vlakbij, 4 uur ertussen), en nog 1",
    )
    assert remark([vague]) == ("Tegelijk in de buurt: Voetbal, Euroborg, za 28 nov (vlakbij, dezelfde dag)",)


def test_nothing_that_sets_a_level_knows_of_it() -> None:
    """What weighs is `samenloop` by the guideline, and no more."""

    def imports(path: Path) -> set[str]:
        return {node.module or "" for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)}

    assert {path.as_posix() for path in modules() if "monitor.rules.concurrence" in imports(path)} == {
        "monitor/work/beside.py",
        "monitor/work/journal.py",
        "monitor/web/events.py",
    }
