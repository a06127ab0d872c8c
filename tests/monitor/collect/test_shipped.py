"""The sources that are shipped."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from monitor.collect.sources import read_sources
from tests.build import an_approval, at, four_eyes_on

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
    assert all(source.hindrance(TODAY, ()) for source in shipped)


def test_shipped_sources_start_when_people_approve_them() -> None:
    shipped = [replace(source, enabled=True) for source in read_sources(SHIPPED)]

    pairs = [four_eyes_on(source, at(22)) if source.high_risk else (an_approval(source),) for source in shipped]

    assert [s.hindrance(TODAY, pair) for s, pair in zip(shipped, pairs, strict=True)] == [None] * len(shipped)
    assert [source.id for source in shipped if source.high_risk] == ["mastodon-tag"]
