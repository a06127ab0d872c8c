"""Level and category -> shapes and icons, the same on page, map, briefing and PDF."""

import re
from base64 import b64encode
from functools import cache
from pathlib import Path

from markupsafe import Markup

from classifiers import Category, Level

ASSETS = Path(__file__).with_name("assets")
"""Font, icons and the style of the briefing; the web room serves the folder too."""

FONT = "'Source Sans 3', sans-serif"
"""In every SVG; the inner quotes are needed, for a name may not begin a word with a digit."""

SIDE = 28
"""Width and height of a shape."""

_OUTLINES = {
    Level.A: '<circle cx="14" cy="14" r="12"{}/>',
    Level.B: '<path d="M14 1.5 26.5 14 14 26.5 1.5 14Z"{}/>',
    Level.C: '<path d="M8.8 1.5h10.4l7.3 7.3v10.4l-7.3 7.3H8.8l-7.3-7.3V8.8Z"{}/>',
}
_PAINT = {
    Level.A: ' fill="#fff" stroke="#2c6a5a" stroke-width="2.4"',
    Level.B: ' fill="#f2b134" stroke="#8a5300" stroke-width="1.6"',
    Level.C: ' fill="#a11a2e" stroke="#a11a2e" stroke-width="1.6"',
}
_INK = {Level.A: "#2c6a5a", Level.B: "#2d1b00", Level.C: "#fff"}
_SIGNAL_PAINT = ' fill="#fff" stroke="#a11a2e" stroke-width="2.4" stroke-dasharray="4.2 2.2"'
_SIGNAL_INK = "#a11a2e"

_ICONS = {
    Category.DEMONSTRATION: "megaphone",
    Category.FOOTBALL: "volleyball",
    Category.NEW_YEAR: "flame",
    Category.EVENT: "tent",
    Category.UNREST: "circle-alert",
    Category.NONE: "circle-help",
}


def outline(level: Level) -> Markup:
    """The bare shape of a level, to be painted by the style sheet; its box is 28 by 28."""
    return Markup(_OUTLINES[level].format(""))  # noqa: S704  # fixed shapes, nothing of a stranger in it


def painted(level: Level, *, signal: bool = False) -> Markup:
    """Shape and letter with their colours, for where no style sheet reaches.

    `signal`: a C that nobody has reviewed yet has an open, dashed shape (R24).
    """
    paint, ink = (_SIGNAL_PAINT, _SIGNAL_INK) if signal else (_PAINT[level], _INK[level])
    return Markup(  # noqa: S704  # fixed shapes, nothing of a stranger in it
        f'{_OUTLINES[level].format(paint)}<text x="14" y="19" text-anchor="middle" font-family="{FONT}" '
        f'font-size="14" font-weight="700" fill="{ink}">{level.value}</text>'
    )


def picture(svg: str) -> str:
    """An SVG as the address of an `<img>`: the one form to which WeasyPrint ties an alternative text."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


@cache
def badge_picture(level: Level, *, signal: bool = False) -> str:
    """The address of a level's picture."""
    body = painted(level, signal=signal)
    return picture(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">{body}</svg>')


@cache
def icon(name: str) -> Markup:
    """A line icon of Lucide, inline and hidden from screen readers: text always stands beside it."""
    svg = (ASSETS / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    body = re.sub(r"\s*\n\s*", "", re.sub(r"(?s)^.*?<svg[^>]*>|</svg>.*$", "", svg))
    return Markup(  # noqa: S704  # a file of this repository
        '<svg class="tw-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{body}</svg>'
    )


def category_icon(category: Category) -> Markup:
    """The icon of a category."""
    return icon(_ICONS[category])
