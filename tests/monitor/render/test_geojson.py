"""A feed as GeoJSON: what RFC 7946 asks, and properties that a map can show as they are."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from classifiers import Level
from monitor.domain import Event, EventState
from monitor.render.geojson import to_geojson
from tests.build import an_event, at
from tests.monitor.feeds import a_feed


def features(*events: Event) -> list[dict[str, Any]]:
    """The features that a map gets of these events."""
    told = json.loads(to_geojson(a_feed(*events)))
    assert (told.keys(), told["type"]) == ({"type", "features"}, "FeatureCollection")
    found: list[dict[str, Any]] = told["features"]
    return found


def test_an_event_becomes_a_point_with_plain_properties() -> None:
    event = an_event(id=12, level=Level.B, machine_level=Level.B, size_min=40, size_max=80, sources=2)

    [feature] = features(event)

    told = feature["properties"].pop("toelichting")
    assert told.splitlines()[0] == "Niveau: B – aandacht"
    assert feature == {
        "type": "Feature",
        "id": "gebeurtenis-12",
        "geometry": {"type": "Point", "coordinates": [6.567, 53.219]},
        "properties": {
            "titel": "[B – aandacht] Demonstratie, Grote Markt",
            "soort": "demonstratie",
            "niveau": "B",
            "niveau_in_woorden": "aandacht",
            "beoordeeld": False,
            "wanneer": "za 28 nov 14.00–16.00 uur",
            "begin": "2026-11-28T14:00:00+01:00",
            "einde": "2026-11-28T16:00:00+01:00",
            "precisie": "minuut",
            "plek": "Grote Markt",
            "buurt": "Binnenstad-Noord",
            "buurtcode": "BU00140000",
            "mensen_minstens": 40,
            "mensen_hoogstens": 80,
            "bronnen": 2,
            "bevestigd": True,
            "afgelast": False,
            "kennisgeving": "controleer intern; kan nog gemeld worden tot do 26 nov 00.00 uur",
            "gewijzigd": "2026-11-22T12:00:00+01:00",
            "adres": "https://torenwacht.example/gebeurtenissen/12",
        },
    }


def test_what_is_not_known_is_null() -> None:
    event = an_event(starts=None, ends=None, precision=None, place="", area="")

    [feature] = features(event)

    unknown = ("begin", "einde", "precisie", "plek", "buurt", "buurtcode", "mensen_minstens", "kennisgeving")
    assert [feature["properties"][name] for name in unknown] == [None] * len(unknown)


def test_only_what_is_still_to_come_and_has_a_point_stands_on_the_map() -> None:
    coming = an_event(id=12)
    others = [
        an_event(latitude=None, longitude=None),
        an_event(state=EventState.WITHDRAWN),
        an_event(starts=at(20, 10), ends=at(20, 11)),
    ]

    assert [feature["id"] for feature in features(coming, *others)] == ["gebeurtenis-12"]
    assert features() == []


@given(
    title=st.text(max_size=200),
    longitude=st.floats(-180, 180),
    latitude=st.floats(-90, 90),
)
def test_any_title_and_point_make_json_that_can_be_read(title: str, longitude: float, latitude: float) -> None:
    [feature] = features(an_event(title=title, longitude=longitude, latitude=latitude))

    x, y = feature["geometry"]["coordinates"]
    assert (abs(x - longitude) < 1e-6, abs(y - latitude) < 1e-6) == (True, True)
    known = [sign for sign in title if " " < sign <= "~"]
    assert [sign for sign in feature["properties"]["titel"] if " " < sign <= "~"] == [*"[Aregulier]", *known]
