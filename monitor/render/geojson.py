"""Feed -> GeoJSON, for the map of the municipality: a point for each event of which the place is known (RFC 7946)."""

import json
from datetime import datetime
from typing import Any

from monitor.clock import local
from monitor.domain import Entry, Feed

MEDIA_TYPE = "application/geo+json"

_DECIMALS = 6
"""Of a degree: some ten centimetres, which is more than a centre of a square needs."""


def to_geojson(feed: Feed) -> bytes:
    """Every event with a point that is not over, in WGS 84, longitude first. The same feed gives the same bytes.

    Properties have plain Dutch names; null says that it is not known. Moments are local, in ISO 8601.
    """
    features = [feature for entry in feed.coming if (feature := _feature(entry)) is not None]
    told = {"type": "FeatureCollection", "features": features}
    return json.dumps(told, ensure_ascii=False, allow_nan=False).encode(errors="replace")


def _feature(entry: Entry) -> dict[str, Any] | None:
    event = entry.event
    if event.longitude is None or event.latitude is None:
        return None
    return {
        "type": "Feature",
        "id": f"gebeurtenis-{event.id}",
        "geometry": {
            "type": "Point",
            "coordinates": [round(event.longitude, _DECIMALS), round(event.latitude, _DECIMALS)],
        },
        "properties": {
            "titel": entry.headline,
            "soort": event.category.value,
            "niveau": event.level.value,
            "niveau_in_woorden": event.level.label,
            "beoordeeld": event.reviewed,
            "wanneer": entry.period,
            "begin": _moment(event.starts),
            "einde": _moment(event.ends),
            "precisie": event.precision.value if event.precision else None,
            "plek": event.place or None,
            "buurt": entry.area or None,
            "buurtcode": event.area or None,
            "mensen_minstens": event.size_min,
            "mensen_hoogstens": event.size_max,
            "bronnen": event.sources,
            "bevestigd": entry.confirmed,
            "afgelast": entry.cancelled,
            "kennisgeving": entry.notice or None,
            "gewijzigd": _moment(entry.updated),
            "toelichting": "\n".join(entry.lines),
            "adres": entry.address,
        },
    }


def _moment(moment: datetime | None) -> str | None:
    return local(moment).isoformat(timespec="seconds") if moment else None
