"""Ready-made settings of kind "json": `preset = "politie"` stands for all that is known of how that service answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from classifiers import Category, Precision
from monitor.collect.formats.options import chosen

Fields: TypeAlias = Mapping[str, "Fields"]
"""Names of fields that stay, each with those that stay inside it; an empty table stands for a text or a number."""


@dataclass(frozen=True, slots=True)
class Preset:
    """What is known of one service. What a row says itself stands above it."""

    options: Mapping[str, object]
    keeps: Fields | None = None
    """Of such an answer nothing else is looked at; None where the paths alone decide."""


_CLUB: Fields = {"name": {}, "shortName": {}}
_FIXTURE: Fields = {name: {} for name in "id utcDate status stage matchday venue".split()} | {
    "homeTeam": _CLUB,
    "awayTeam": _CLUB,
}

SOCIAL = "mastodon-tag"
"""The one preset whose entries are written by people about themselves (see `social`)."""

PRESETS: Mapping[str, Preset] = {
    # API v4. Nothing found is 204 without a body. The date is spelled in two ways, with and without a time.
    "politie": Preset(
        {
            "list": "nieuwsberichten[]",
            "id": "uid",
            "title": "titel",
            "text": "introductie",
            "published": "publicatiedatum | publicatieDatum",
            "place": "gebied",
            "link": "url",
            "last": "iterator.last",
            "offset": "offset",
            "step": "maxnumberofitems",
            "pages": 4,
        }
    ),
    # No ids: season, round and teams tell a match apart, so that it stays the same one when its day changes. While a
    # round is not scheduled, its matches share one Saturday without a time. Times are local. Scores are not read.
    "openfootball": Preset(
        {
            "team": "FC Groningen",
            "list": "matches[]",
            "id": "{^name} {round} {team1} {team2}",
            "home": "team1",
            "title": "{team1} - {team2}",
            "start": "{date} {time}",
            "precision": Precision.WEEKEND.value,
            "cancelled": "status",
            "fixed_place": "Euroborg",
            "fixed_link": "https://github.com/openfootball/football.json",
            "category": Category.FOOTBALL.value,
        }
    ),
    # Version 4. SCHEDULED is not TIMED yet: its hour holds a place, no more. The referees come along, and are dropped.
    "football-data": Preset(
        {
            "team": "FC Groningen",
            "list": "matches[]",
            "id": "id",
            "home": "homeTeam.name | homeTeam.shortName",
            "title": "{homeTeam.name | homeTeam.shortName} - {awayTeam.name | awayTeam.shortName}",
            "start": "utcDate",
            "tentative": {"status": ["SCHEDULED"]},
            "precision": Precision.WEEKEND.value,
            "cancelled": "status",
            "fixed_place": "Euroborg",
            "fixed_link": "https://www.football-data.org",
            "category": Category.FOOTBALL.value,
            "headers": {"X-Auth-Token": "env:TORENWACHT_FOOTBALLDATA_KEY"},
        },
        keeps={"matches": _FIXTURE},
    ),
    # Days are written as the midnight they begin, in UTC: 2026-10-09T22:00Z is 10 October. The last day is included.
    "schoolvakanties": Preset(
        {
            "list": "[].content[].vacations[].regions[]",
            "only": {"region": ["noord", "heel Nederland"]},
            "id": "{^^schoolyear} {^type} {region}",
            "title": "{^type}, regio {region}",
            "start": "startdate",
            "end": "enddate",
            "category": Category.NONE.value,
            "fixed_link": "https://www.rijksoverheid.nl/onderwerpen/schoolvakanties",
        }
    ),
    SOCIAL: Preset(
        {
            "list": "[]",
            "id": "id",
            "title": "Openbaar bericht: {tags[].name}",
            "text": "content",
            "published": "created_at",
        },
        keeps={"id": {}, "created_at": {}, "language": {}, "content": {}, "tags": {"name": {}}},
    ),
}


def preset_of(options: Mapping[str, object]) -> Preset | None:
    """The ready-made settings that a row asks for; None when it asks for none."""
    return PRESETS.get(chosen(options, "preset"))


def completed(options: Mapping[str, object]) -> Mapping[str, object]:
    """`options` with what their preset knows filled in; what a row says itself stands. Twice gives the same."""
    preset = preset_of(options)
    return options if preset is None else {**preset.options, **options}


def known_preset(value: object) -> str | None:
    """The name of ready-made settings."""
    return None if value in PRESETS else f"kent '{value}' niet; kies uit: {', '.join(PRESETS)}"


def pruned(value: object, keeps: Fields) -> object:
    """Decoded JSON with only the fields of `keeps`, at every depth; None where something else stands than was meant.

    Lists stay lists, but for a list in a list, which no service here gives. The answer is never searched for what must
    go: what is not named does not come along.
    """
    if isinstance(value, list):
        return [pruned(entry, keeps) for entry in value if not isinstance(entry, list)]
    if isinstance(value, Mapping):
        return {name: pruned(value[name], inside) for name, inside in keeps.items() if name in value} if keeps else None
    return None if keeps else value
