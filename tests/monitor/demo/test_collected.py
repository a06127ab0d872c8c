"""The real collectors on the sample site: each source gives its entries, or the fault that it is there to show."""

import asyncio
from datetime import datetime
from pathlib import Path

from monitor.clock import AMSTERDAM
from monitor.collect import open_fetcher, parse
from monitor.collect.sources import read_sources
from monitor.demo import Request, open_site
from monitor.demo.site import ELSEWHERE
from monitor.domain import RawItem, Source
from monitor.errors import CollectError

SUNDAY = datetime(2026, 11, 22, 8, 30, tzinfo=AMSTERDAM)


async def collect(folder: Path) -> tuple[dict[str, list[RawItem]], dict[str, list[str]], list[Request]]:
    """Two polls of every source: its entries of the last one, the names of the errors of both, and all requests."""
    entries: dict[str, list[RawItem]] = {}
    errors: dict[str, list[str]] = {}

    async with (
        open_site(SUNDAY, folder=folder) as site,
        open_fetcher(
            contact="beheer@torenwacht.example", allow_private=site.hosts, pause=0, clock=lambda: SUNDAY
        ) as fetch,
    ):

        async def poll(source: Source) -> None:
            try:
                fetched = await fetch(source, None)
                assert fetched is not None
                entries[source.id] = parse(fetched, source)
            except CollectError as error:
                errors.setdefault(source.id, []).append(type(error).__name__)

        for _ in range(2):
            for source in read_sources(site.catalogue):
                assert source.high_risk or source.hindrance(SUNDAY.date(), ()) is None
                await poll(source)
        return entries, errors, site.requests


def test_the_collectors_read_every_sample_source_or_report_its_fault(tmp_path: Path) -> None:
    entries, errors, requests = asyncio.run(collect(tmp_path))

    assert errors == {
        "demo-veiligheidsregio": ["Unreachable"],
        "demo-kapotte-bron": ["NotAFeed", "NotAFeed"],
        "demo-verhuisde-bron": ["Declined", "Declined"],
    }
    assert {name: len(found) for name, found in entries.items()} == {
        "demo-gemeente": 9,
        "demo-gemeenteblad": 8,
        "demo-politie": 9,
        "demo-omroep": 8,
        "demo-stadsomroep": 6,
        "demo-courant": 7,
        "demo-studentenblad": 5,
        "demo-fcgroningen": 4,
        "demo-wedstrijden": 2,  # the third match is played elsewhere
        "demo-stadsagenda": 15,  # eight entries, of which one comes back seven times
        "demo-poppodium": 4,
        "demo-buurt": 5,
        "demo-actieplatform": 5,
        "demo-hashtag": 8,
        "demo-veiligheidsregio": 3,
        "demo-stille-bron": 2,
    }
    assert [request for request in requests if request.host == ELSEWHERE] == []


def test_the_collectors_understand_the_wrong_charset_the_untidy_feed_and_the_page(tmp_path: Path) -> None:
    entries, _, _ = asyncio.run(collect(tmp_path))

    by_title = {item.title: item for found in entries.values() for item in found}
    assert (
        "tweeëntwintig muziekkorpsen"
        in by_title["Intocht: stoomboot legt zaterdag 28 november aan in de Oosterhaven"].text
    )
    assert "Red lijn 8 & lijn 12: actie op de Vismarkt" in by_title
    concert = by_title["De Kwelders – uitverkocht"]
    assert concert.told.period is not None
    assert (concert.told.place, concert.told.period.start, concert.published) == (
        "De Oosterpoort, Groningen",
        datetime(2026, 11, 24, 20, 30, tzinfo=AMSTERDAM),
        datetime(2026, 11, 18, 8, 30, tzinfo=AMSTERDAM),
    )
    cancelled = [item.title for item in entries["demo-stadsagenda"] if item.told.cancelled]
    assert cancelled == ["Opening ijsbaan"]
