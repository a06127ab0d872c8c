"""KNMI's data platform: from a list of files to the newest one, and its own JSON of warnings -> PublicWarnings."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote, urlsplit, urlunsplit

from monitor.collect.formats.box import Box, box_of
from monitor.collect.formats.public_warning import (
    COLOURS,
    MOST_POINTS,
    PublicWarning,
    is_test,
    moment_in,
    named,
    names_of,
    point_of,
)
from monitor.domain import Fetched, Source

LISTING_AT_MOST = 262_144
"""Bytes: an answer that leads to a file is small, and is looked at where others wait."""

_FILE_NAME = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9][\w.+-]{0,250}", re.ASCII)

_WEATHER = {
    "thunderstorm": "onweer", "thunderstorms": "onweer", "rain": "zware regen", "wind": "zware windstoten",
    "windgusts": "zware windstoten", "gust": "zware windstoten", "gusts": "zware windstoten",
    "visibility": "slecht zicht", "fog": "dichte mist", "snow": "sneeuw", "ice": "gladheid", "iciness": "gladheid",
    "slipperiness": "gladheid", "freezing-rain": "ijzel", "heat": "hitte", "heatstress": "hitte",
    "high-temperature": "hitte", "cold": "kou", "low-temperature": "kou", "tornado": "windhozen",
    "waterspout": "waterhozen", "waterspouts": "waterhozen", "coastal": "hoogwater aan de kust",
}  # fmt: skip
"""What KNMI calls a kind of weather, in its JSON."""


Json = dict[str, object]


def more(fetched: Fetched, source: Source) -> str | None:
    """From a list of files to the newest, and from there to its temporary address; None for any other answer.

    Only the source's own host leads on, so a file cannot send us anywhere.
    """
    if len(fetched.body) > LISTING_AT_MOST or fetched.body.lstrip()[:1] != b"{":
        return None
    try:
        ours = urlsplit(fetched.url).hostname == urlsplit(source.url).hostname
        told = json.loads(fetched.body)
    except (ValueError, RecursionError):
        return None
    if not ours or not isinstance(told, dict):
        return None
    temporary = told.get("temporaryDownloadUrl")
    if isinstance(temporary, str):
        return temporary if temporary.startswith("https://") or source.url.startswith("http://") else None
    name = _newest(told.get("files"))
    if name is None:
        return None
    parts = urlsplit(fetched.url)
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{quote(name, safe='')}/url", "", ""))


def _newest(files: object) -> str | None:
    """The newest file; of several the newest JSON, for that holds all warnings at once."""
    names = [
        (str(file.get("lastModified") or file.get("created") or ""), name)
        for file in (files if isinstance(files, list) else ())
        if isinstance(file, dict) and isinstance(name := file.get("filename"), str) and _FILE_NAME.fullmatch(name)
    ]
    for ending in (".json", ".xml", ""):
        if fitting := [pair for pair in names if pair[1].lower().endswith(ending)]:
            return max(fitting, key=lambda pair: pair[0])[1]
    return None


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _table(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _tables(value: object) -> Iterator[Json]:
    return (one for one in (value if isinstance(value, list) else ()) if isinstance(one, dict))


def of_knmi(told: Json, fetched: Fetched, source: Source) -> Iterator[PublicWarning]:
    """KNMI's own JSON: warnings for one kind of weather, in parts that each have an area, a colour and hours."""
    metadata = _table(told.get("metadata"))
    if is_test((value for value in metadata.values() if isinstance(value, str)), ()):
        return
    sent = moment_in(_text(metadata.get("generated_at")), fetched)
    for warning in _tables(told.get("warnings")):
        dutch = _table(_table(warning.get("texts")).get("nl"))
        words = [_text(dutch.get(name)) for name in ("headline", "description", "detailed_description")]
        if _text(warning.get("operational_status")).lower() == "actual" and not is_test((), words):
            for part in _tables(warning.get("parts")):
                if found := _of_part(warning, part, words, fetched, source):
                    yield replace(found, sent=sent)


def _of_part(warning: Json, part: Json, words: Sequence[str], fetched: Fetched, source: Source) -> PublicWarning | None:
    """None when it does not concern our area, is over or not issued yet, or has no colour."""
    states = {_text(one.get("status")).lower() or "active" for one in (warning, part)}
    cancelled = bool(states & {"cancelled", "canceled", "withdrawn"})
    colour = COLOURS.get(_text(part.get("color")).lower(), "")
    place = _text(_table(part.get("area_description")).get("nl"))
    near = named(place, names_of(source)) or _meets(part.get("area"), box_of(source.options))
    if not near or not colour or not (cancelled or states == {"active"}):
        return None
    what = _text(warning.get("phenomenon")).lower()
    start = _text(part.get("onset")) or _text(warning.get("onset"))
    own = next((id for name in ("warning_uuid", "uuid", "id") if (id := _text(warning.get(name)))), "")
    guidance = _table(_table(part.get("guidance")).get("nl"))
    text = [*words[1:], _text(guidance.get("impact")), _text(guidance.get("instruction"))]
    return PublicWarning(
        key=f"{own or start[:10]} {what} {place}",
        colour=colour,
        what=_WEATHER.get(what, what.replace("-", " ")),
        headline=words[0],
        text="\n".join(dict.fromkeys(one for one in text if one)),
        place=place,
        sent=None,
        start=moment_in(start, fetched),
        end=moment_in(_text(part.get("expires")) or _text(warning.get("expires")), fetched),
        cancelled=cancelled,
    )


def _meets(area: object, box: Box) -> bool:
    """Whether a Polygon or MultiPolygon (longitude first) meets the box; holes count as filled."""
    shape = _table(area)
    coordinates = shape.get("coordinates")
    polygons = [coordinates] if shape.get("type") == "Polygon" else coordinates
    for polygon in polygons if isinstance(polygons, list) else ():
        outline = polygon[0] if isinstance(polygon, list) and polygon else ()
        pairs = outline[:MOST_POINTS] if isinstance(outline, list) else ()
        ring = [p for pair in pairs if isinstance(pair, list) and len(pair) > 1 and (p := point_of(pair[0], pair[1]))]
        if ring and box.meets_ring(ring):
            return True
    return False
