"""The sources that are shipped."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from monitor.collect.sources import read_sources

SHIPPED = Path(__file__).parents[3] / "sources.toml"
TODAY = date(2026, 11, 22)


def test_shipped_sources_wait_for_approval_and_for_nothing_else() -> None:
    shipped = read_sources(SHIPPED)

    assert [source.id for source in shipped] == [
        "koop-sru",
        "gr-nieuws",
        "gr-jaarplanning",
        "politie-nieuws",
        "oog",
        "rtvnoord",
        "dvhn",
        "sikkom",
        "gic",
        "nos",
        "omrop",
        "rtvdrenthe",
        "openfootball",
        "footballdata",
        "schoolvakanties",
        "mastodon-tag",
        "ndw-plan",
        "knmi",
    ]
    assert {source.missing for source in shipped} == {("approved_by_role",)}
    assert [source.id for source in shipped if not source.enabled] == [
        "gr-jaarplanning",
        "footballdata",
        "mastodon-tag",
    ]
    assert all(source.hindrance(TODAY) for source in shipped)
    approved = [
        replace(
            source, missing=(), enabled=True, ends_at=TODAY + timedelta(days=90) if source.voice == "sociaal" else None
        )
        for source in shipped
    ]
    assert [source.hindrance(TODAY) for source in approved] == [None] * len(shipped)
