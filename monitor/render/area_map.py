"""Events -> an SVG map of the neighbourhoods; the fallback of the page's map, and the map of the briefing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians
from statistics import quantiles

from markupsafe import Markup, escape

from classifiers import Level
from monitor.domain import Area, Event, areas
from monitor.render.dutch import count
from monitor.render.marks import FONT, SIDE, painted

CREDIT = "Buurtgrenzen: CBS, Kadaster (Wijk- en Buurtkaart 2022)"

_WIDTH, _HEIGHT = 720, 560
_CLEARANCE = 27
"""Least distance between two pins, in units of the picture."""
_ROUNDS = 60
_PIN = 0.93
_LINE = 12
"""Height of a name."""
_MARGIN = 0.006
"""Degrees around what must be visible."""
_SMALLEST_LABEL = 34.0
"""Least width of a neighbourhood that gets its name without an event."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What part of the world is drawn, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass
class _Pin:
    x: float
    y: float
    event: Event


def _centre(area: Area) -> tuple[float, float]:
    xs = [x for ring in area.rings for x, _ in ring]
    ys = [y for ring in area.rings for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def frame(events: Iterable[Event] = ()) -> Frame:
    """The built-up heart of the municipality, and every event around it.

    The heart is where the middle of the neighbourhoods' centres lie: they are small and many where people live.
    """
    centres = [_centre(area) for area in areas()]
    xs, ys = (quantiles(values, n=10) for values in zip(*centres, strict=True))
    points = [(e.longitude, e.latitude) for e in events if e.longitude is not None and e.latitude is not None]
    return Frame(
        min([xs[0], *(x for x, _ in points)]) - _MARGIN,
        min([ys[1], *(y for _, y in points)]) - _MARGIN,
        max([xs[7], *(x for x, _ in points)]) + _MARGIN,
        max([ys[8], *(y for _, y in points)]) + _MARGIN,
    )


class _Projection:
    """Equirectangular, true to scale at the middle latitude; fits a frame into the picture."""

    def __init__(self, shown: Frame) -> None:
        self.squeeze = cos(radians((shown.south + shown.north) / 2))
        self.scale = min(_WIDTH / ((shown.east - shown.west) * self.squeeze), _HEIGHT / (shown.north - shown.south))
        self.west = (shown.west + shown.east) / 2 - _WIDTH / 2 / self.scale / self.squeeze
        self.north = (shown.south + shown.north) / 2 + _HEIGHT / 2 / self.scale

    def __call__(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = (longitude - self.west) * self.squeeze * self.scale
        return round(x, 1), round((self.north - latitude) * self.scale, 1)


def _push_apart(pins: Sequence[_Pin]) -> None:
    """Moves pins that overlap, in place, until each can be seen."""
    for _ in range(_ROUNDS):
        for i, one in enumerate(pins):
            for other in pins[i + 1 :]:
                dx, dy = other.x - one.x, other.y - one.y
                distance = hypot(dx, dy)
                if distance < 1:
                    dx, dy, distance = 1.0, 0.5, 1.1
                if distance < _CLEARANCE:
                    share = (_CLEARANCE - distance) / 2 / distance
                    one.x, one.y = one.x - dx * share, one.y - dy * share
                    other.x, other.y = other.x + dx * share, other.y + dy * share


@cache
def _outlines(shown: Frame) -> tuple[tuple[Area, str, float, float, float], ...]:
    """Per neighbourhood its path, the middle of it and its width, in units of the picture."""
    project = _Projection(shown)
    drawn = []
    for area in areas():
        rings = [[project(x, y) for x, y in ring] for ring in area.rings]
        xs = [x for ring in rings for x, _ in ring]
        ys = [y for ring in rings for _, y in ring]
        if max(xs) < 0 or min(xs) > _WIDTH or max(ys) < 0 or min(ys) > _HEIGHT:
            continue
        path = "".join("M" + "L".join(f"{x:g},{y:g}" for x, y in ring) + "Z" for ring in rings)
        drawn.append((area, path, (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, max(xs) - min(xs)))
    return tuple(drawn)


def _labels(shown: Frame, hit: set[str], pins: Sequence[_Pin]) -> list[str]:
    """Names of the neighbourhoods with an event, then of large ones, each where it covers nothing else."""
    taken = [(pin.x, pin.y, 30.0, 26.0) for pin in pins]
    parts = []
    for area, _, x, y, width in sorted(_outlines(shown), key=lambda o: (o[0].code not in hit, -o[4])):
        length = len(area.name) * 5.4
        if area.code not in hit and (width < _SMALLEST_LABEL or length > width * 1.1):
            continue
        if not length / 2 < x < _WIDTH - length / 2 or not _LINE < y < _HEIGHT - _LINE:
            continue
        for below in (4, 22, -16):
            here = (x, y + below - 4, length, 13.0)
            if all(
                abs(here[0] - t[0]) * 2 >= here[2] + t[2] or abs(here[1] - t[1]) * 2 >= here[3] + t[3] for t in taken
            ):
                taken.append(here)
                name = escape(area.name)
                place = f'x="{x:.1f}" y="{y + below:.1f}" text-anchor="middle" font-size="10.5"'
                # Halo first, then the name: WeasyPrint knows no paint-order.
                parts.append(f'<text {place} fill="#fff" stroke="#fff" stroke-width="2.6">{name}</text>')
                parts.append(f'<text {place} fill="#414a4f">{name}</text>')
                break
    return parts


def area_map(events: Sequence[Event]) -> Markup:
    """The neighbourhoods with a shape per event that has a point. An SVG of its own, without outside parts."""
    placed = [e for e in events if e.longitude is not None and e.latitude is not None]
    shown = frame(placed)
    project = _Projection(shown)
    # The heaviest last: what lies on top is seen first.
    pins = [_Pin(*project(e.longitude or 0, e.latitude or 0), e) for e in sorted(placed, key=lambda e: e.level)]
    _push_apart(pins)
    hit = {e.area for e in placed if e.area}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="{FONT}">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#e9ebe6"/>',
    ]
    for area, path, *_ in _outlines(shown):
        fill = "#d5e6ea" if area.code in hit else "#fbfaf6"
        parts.append(f'<path d="{path}" fill="{fill}" stroke="#b9b5a6" stroke-width=".8"/>')
    parts += _labels(shown, hit, pins)
    for pin in pins:
        corner = f"{pin.x - SIDE / 2 * _PIN:.1f} {pin.y - SIDE / 2 * _PIN:.1f}"
        shape = painted(pin.event.level, signal=pin.event.level is Level.C and not pin.event.reviewed)
        parts.append(f'<g transform="translate({corner}) scale({_PIN})">{shape}</g>')
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704  # numbers, fixed shapes and escaped names


def in_words(events: Sequence[Event]) -> str:
    """What the map shows, for who does not see it."""
    placed = [e for e in events if e.longitude is not None and e.latitude is not None]
    if not placed:
        return "Kaart van de buurten. Geen van de gebeurtenissen heeft een bekende plek in de gemeente."
    per_level = [
        f"{count(n, 'gebeurtenis', 'gebeurtenissen')} van niveau {level.value}"
        for level in reversed(Level)
        if (n := sum(e.level is level for e in placed))
    ]
    return f"Kaart van de buurten met {', '.join(per_level)}. De lijst noemt dezelfde plekken."
