"""Box: the rectangle around what we watch, and what of a map lies in it or touches it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from monitor.domain.area import Area, Point, areas, metres

MARGIN = 0.02
"""Degrees around the municipality: some two kilometres to the north and south, a bit more than one to the sides."""


@dataclass(frozen=True, slots=True)
class Box:
    """South, west, north and east, in degrees (WGS 84)."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether the point lies in it."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def meets_ring(self, ring: Sequence[Point]) -> bool:
        """Whether the outline, or what it encloses, has a point in common with the box."""
        centre = ((self.west + self.east) / 2, (self.south + self.north) / 2)
        closed = (*ring, *ring[:1])
        crossed = any(self._meets_line(a, b) for a, b in pairwise(closed))
        return crossed or Area("", "", (closed,)).holds(*centre)

    def meets_circle(self, longitude: float, latitude: float, radius: float) -> bool:
        """Whether a circle of `radius` metres has a point in common with the box."""
        nearest = (min(max(longitude, self.west), self.east), min(max(latitude, self.south), self.north))
        return metres((longitude, latitude), nearest) <= radius

    def _meets_line(self, a: Point, b: Point) -> bool:
        """Liang and Barsky: clips the line to each side in turn, and sees whether anything is left."""
        enters, leaves = 0.0, 1.0
        for axis, low, high in ((0, self.west, self.east), (1, self.south, self.north)):
            way = b[axis] - a[axis]
            for room, towards in ((a[axis] - low, -way), (high - a[axis], way)):
                if towards == 0:
                    if room < 0:
                        return False
                elif towards < 0:
                    enters = max(enters, room / towards)
                else:
                    leaves = min(leaves, room / towards)
        return enters <= leaves


@cache
def home() -> Box:
    """The box around every neighbourhood of the municipality, with a margin."""
    points = [point for area in areas() for ring in area.rings for point in ring]
    longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
    return Box(min(latitudes) - MARGIN, min(longitudes) - MARGIN, max(latitudes) + MARGIN, max(longitudes) + MARGIN)


def box_of(options: Mapping[str, object]) -> Box:
    """The option `box`, or that of the municipality; `box_option` has seen to its type."""
    value = options.get("box")
    return Box(*value) if isinstance(value, list) else home()


def box_option(value: object) -> str | None:
    """Four degrees: south, west, north, east."""
    wrong = "moet vier getallen zijn, [zuid, west, noord, oost], zoals [53.09, 6.44, 53.33, 6.79]"
    if not isinstance(value, list) or len(value) != 4:  # noqa: PLR2004 - as said above
        return wrong
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in value):
        return wrong
    south, west, north, east = value
    return None if -90 <= south < north <= 90 and -180 <= west < east <= 180 else wrong  # noqa: PLR2004 - the globe
