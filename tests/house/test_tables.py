"""The tables that a municipality edits load as they are shipped, and say the same as the code."""

import asyncio
from datetime import date

import aiohttp

import classifiers
from alerts import open_switchboard
from classifiers import Weight
from monitor.clock import now
from monitor.collect import KINDS
from monitor.collect.sources import read_sources
from monitor.config import Settings, settings_from
from monitor.domain import Source

DAY = date(2026, 11, 22)
"""Any day will do: a legal record that is not there is missing on every day."""


def shipped() -> Settings:
    """The settings of an installation that set nothing."""
    return settings_from({})


def sources() -> list[Source]:
    """The catalogue as it is shipped."""
    return list(read_sources(shipped().sources))


def test_catalogue_loads_and_each_source_has_its_own_name() -> None:
    found = sources()

    assert found
    assert len({source.id for source in found}) == len(found)
    assert {source.kind for source in found} <= set(KINDS)


def test_no_source_starts_before_a_municipality_has_approved_it() -> None:
    """R1: the legal record names the municipality's own approval, so a shipped catalogue cannot hold it."""
    assert [source.id for source in sources() if source.hindrance(DAY, ()) is None] == []


def test_indicators_load_and_each_has_what_a_reader_needs() -> None:
    found = classifiers.load().indicators

    assert len({indicator.code for indicator in found}) == len(found)
    assert [row.code for row in found if not (row.label and row.meaning and row.check)] == []
    assert {row.weight for row in found} == set(Weight)


def test_channels_load_without_any_secret_of_an_installation() -> None:
    async def names() -> tuple[str, ...]:
        async with aiohttp.ClientSession() as http:
            board = open_switchboard(shipped().channels, http, clock=now, environment={})
            return tuple(board.names)

    assert asyncio.run(names())
