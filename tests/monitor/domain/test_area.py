"""Which neighbourhood a point lies in."""

import pytest

from monitor.domain import Area, area_at, areas, metres

SQUARE = Area("BU1", "Vierkant", (((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)),))
RING = Area("BU2", "Ring", (*SQUARE.rings, ((0.5, 0.5), (1.5, 0.5), (1.5, 1.5), (0.5, 1.5), (0.5, 0.5))))


@pytest.mark.parametrize(
    ("area", "point", "inside"),
    [
        (SQUARE, (1.0, 1.0), True),
        (SQUARE, (3.0, 1.0), False),
        (SQUARE, (-0.1, 1.9), False),
        (RING, (1.0, 1.0), False),
        (RING, (0.2, 1.0), True),
    ],
)
def test_a_point_lies_inside_or_not(area: Area, point: tuple[float, float], inside: bool) -> None:
    assert area.holds(*point) is inside


def test_the_shipped_areas_know_the_town() -> None:
    assert len(areas()) == 150
    found = [area_at(longitude, latitude) for longitude, latitude in ((6.567, 53.219), (6.591, 53.206))]
    assert [area.name if area else None for area in found] == ["Binnenstad-Noord", "Europapark"]


def test_no_point_and_a_point_elsewhere_have_no_area() -> None:
    assert area_at(None, None) is None
    assert area_at(4.9, 52.37) is None


def test_the_squares_of_the_town_are_some_hundred_metres_apart() -> None:
    assert 250 < metres((6.567, 53.219), (6.563, 53.217)) < 400
