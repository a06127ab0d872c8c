"""Area: the neighbourhoods of the municipality (CBS), and which of them a point lies in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path

Point = tuple[float, float]
"""Longitude and latitude, in degrees (WGS 84)."""
Ring = tuple[Point, ...]

_DEGREE = 111_195.0
"""Metres in a degree of latitude."""

AREAS = Path(__file__).with_name("areas.geojson")
"""CBS Wijk- en Buurtkaart; source and licence in LICENCES.md beside it."""


@dataclass(frozen=True, slots=True)
class Area:
    """One neighbourhood: CBS code, name, and its outline as rings of (longitude, latitude)."""

    code: str
    name: str
    rings: tuple[Ring, ...]

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether the point lies inside: even-odd rule over all rings."""
        inside = False
        for ring in self.rings:
            for (x1, y1), (x2, y2) in pairwise(ring):
                if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1:
                    inside = not inside
        return inside


@cache
def areas() -> tuple[Area, ...]:
    """Every neighbourhood of the municipality, in the order of the file."""
    features = json.loads(AREAS.read_text(encoding="utf-8"))["features"]
    found = []
    for feature in features:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        rings = tuple(tuple((x, y) for x, y in ring) for polygon in polygons for ring in polygon)
        found.append(Area(feature["properties"]["buurtcode"], feature["properties"]["naam"], rings))
    return tuple(found)


def metres(a: Point, b: Point) -> float:
    """The distance between two points; flat, which within a province is good to a metre or so."""
    east = (a[0] - b[0]) * cos(radians((a[1] + b[1]) / 2)) * _DEGREE
    return hypot(east, (a[1] - b[1]) * _DEGREE)


def area_at(longitude: float | None, latitude: float | None, among: Sequence[Area] | None = None) -> Area | None:
    """The neighbourhood that holds the point; None outside the municipality or without a point."""
    if longitude is None or latitude is None:
        return None
    return next((a for a in (areas() if among is None else among) if a.holds(longitude, latitude)), None)
