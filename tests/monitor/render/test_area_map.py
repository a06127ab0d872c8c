"""The drawn map: every event with a place, nothing from outside, nothing hidden."""

import re
from itertools import combinations
from math import dist
from xml.etree import ElementTree

from classifiers import Level
from monitor.domain import areas
from monitor.render import area_map, frame, in_words
from tests.build import an_event

NAMESPACE = "{http://www.w3.org/2000/svg}"


def _corners(svg: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"translate\(([\d.]+) ([\d.]+)\)", svg)]


def test_the_map_is_one_svg_with_a_shape_per_event_that_has_a_place() -> None:
    events = [an_event(level=level, reviewed=True) for level in Level] + [an_event(latitude=None, longitude=None)]

    drawn = ElementTree.fromstring(area_map(events))  # noqa: S314  # our own drawing

    letters = [node.text for node in drawn.iterfind(f"{NAMESPACE}g/{NAMESPACE}text")]
    assert letters == ["A", "B", "C"]
    assert not [a for node in drawn.iter() for a in node.attrib if "href" in a or a == "style"]


def test_events_on_one_spot_are_pushed_apart_until_each_can_be_seen() -> None:
    corners = _corners(area_map([an_event() for _ in range(6)]))

    assert len(corners) == 6
    assert min(dist(a, b) for a, b in combinations(corners, 2)) > 24


def test_an_unreviewed_c_has_an_open_dashed_shape() -> None:
    signal, judged = (area_map([an_event(level=Level.C, reviewed=reviewed)]) for reviewed in (False, True))

    assert ("stroke-dasharray" in signal, "stroke-dasharray" in judged) == (True, False)


def test_an_event_far_out_widens_the_frame() -> None:
    heart = frame()
    wide = frame([an_event(longitude=6.75, latitude=53.30)])

    assert (wide.east > 6.75, wide.north > 53.30) == (True, True)
    assert (heart.east < wide.east, heart.west == wide.west) == (True, True)


def test_the_frame_holds_the_heart_of_the_municipality() -> None:
    shown = frame()
    middle = [(sum(v) / len(v)) for v in zip(*(p for a in areas() for r in a.rings for p in r), strict=True)]

    assert shown.west < middle[0] < shown.east
    assert shown.south < middle[1] < shown.north


def test_who_does_not_see_the_map_hears_what_is_on_it() -> None:
    events = [an_event(level=Level.C), an_event(level=Level.A), an_event(level=Level.A)]

    assert in_words(events) == (
        "Kaart van de buurten met 1 gebeurtenis van niveau C, 2 gebeurtenissen van niveau A. "
        "De lijst noemt dezelfde plekken."
    )
    assert in_words([]).startswith("Kaart van de buurten. Geen van de gebeurtenissen")
