"""Builders: a source and an answer, every field defaulted, the interesting one named."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from classifiers import Voice
from monitor.clock import AMSTERDAM
from monitor.domain import Fetched, Handling, Source

SAMPLES = Path(__file__).parents[2] / "data" / "collect"
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def a_source(
    kind: str = "feed",
    *,
    url: str = "https://nieuws.example/feed",
    hosts: tuple[str, ...] = ("nieuws.example",),
    voice: Voice = Voice.NEWS,
    handling: Handling = Handling.OPEN,
    options: Mapping[str, object] | None = None,
) -> Source:
    return Source(
        id="bron",
        name="Bron",
        publisher="Uitgever",
        kind=kind,
        url=url,
        voice=voice,
        every=timedelta(minutes=15),
        hosts=hosts,
        enabled=True,
        legal=None,
        handling=handling,
        options=options or {},
    )


def a_fetched(
    body: bytes | str,
    *,
    content_type: str = "",
    url: str = "https://nieuws.example/feed",
    at: datetime = NOW,
    reserved: bool = False,
) -> Fetched:
    raw = body.encode() if isinstance(body, str) else body
    return Fetched("bron", url, content_type, raw, etag="", last_modified="", body_hash="", at=at, reserved=reserved)


def sample(name: str) -> Fetched:
    """An answer with one of the sample files as its body."""
    return a_fetched((SAMPLES / name).read_bytes())


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)
