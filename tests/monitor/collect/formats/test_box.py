"""Box: what lies in it, or touches it."""

import pytest

from monitor.collect.formats.box import Box, box_of, box_option, home
from monitor.domain.area import areas

BOX = Box(south=53.0, west=6.0, north=54.0, east=7.0)
FAR = ((1.0, 50.0), (2.0, 50.0), (2.0, 51.0))


def test_home_holds_every_neighbourhood_with_room_to_spare() -> None:
    corners = [point for area in areas() for ring in area.rings for point in ring]

    assert all(home().holds(x - 0.01, y + 0.01) for x, y in corners)
    assert not home().holds(5.3, 53.2)


@pytest.mark.parametrize(
    ("ring", "meets"),
    [
        (((6.5, 53.5), (8.0, 53.5), (8.0, 55.0)), True),  # a corner inside
        (((5.0, 52.0), (9.0, 52.0), (9.0, 56.0), (5.0, 56.0)), True),  # around it
        (((5.0, 53.5), (8.0, 53.5), (8.0, 53.6), (5.0, 53.6)), True),  # right through it
        (((7.0, 54.0), (8.0, 54.0), (8.0, 55.0)), True),  # touches a corner
        (FAR, False),
        (((5.0, 53.9), (6.5, 55.4), (5.0, 55.4)), False),  # past a corner
        (((6.5, 53.5),), True),
        ((), False),
    ],
)
def test_outline_meets_the_box_wherever_its_corners_are(ring: tuple[tuple[float, float], ...], meets: bool) -> None:
    assert BOX.meets_ring(ring) is meets


def test_circle_meets_the_box_when_its_edge_reaches_it() -> None:
    assert BOX.meets_circle(6.5, 52.9, 11_500)
    assert not BOX.meets_circle(6.5, 52.9, 10_500)
    assert BOX.meets_circle(6.5, 53.5, 0)


def test_option_gives_the_box_and_its_absence_the_municipality() -> None:
    assert box_of({"box": [53.0, 6.0, 54.0, 7.0]}) == BOX
    assert box_of({}) == home()


@pytest.mark.parametrize(
    "value",
    [[53, 6, 54], "53 6 54 7", [54, 6, 53, 7], [53, 7, 54, 6], [53, 6, 54, "7"], [True, 6, 54, 7], [1, 2, 99, 4]],
)
def test_what_is_no_box_is_told(value: object) -> None:
    assert "[zuid, west, noord, oost]" in (box_option(value) or "")


def test_four_degrees_are_a_box() -> None:
    assert box_option([53.09, 6.44, 53.33, 6.79]) is None
