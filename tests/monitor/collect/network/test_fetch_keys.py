"""Keys of the municipality: from the environment, and for the source's own scheme, host and port only."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import pytest

from monitor.collect.formats.options import headers
from monitor.domain import Source
from monitor.errors import Declined
from tests.monitor.collect.fetching import a_fetcher, source_at
from tests.monitor.collect.site import Page, Site, a_site

KEY = {"TORENWACHT_X_KEY": "geheim"}


def with_key(source: Source, name: str = "X-Key") -> Source:
    return replace(source, options={"headers": {name: "env:TORENWACHT_X_KEY"}})


def sent(site: Site, name: str = "X-Key") -> dict[str, str | None]:
    return {asked.path: asked.headers.get(name) for asked in site.asked}


@pytest.mark.parametrize("name", ["X-Auth-Token", "Authorization"])
def test_key_comes_from_the_environment_and_robots_txt_needs_none(name: str) -> None:
    async def ask() -> Site:
        async with a_site({"/feed": Page()}) as site, a_fetcher(environment=KEY) as fetch:
            await fetch(with_key(source_at(site), name), None)
            return site

    site = asyncio.run(ask())

    assert sent(site, name) == {"/robots.txt": None, "/.well-known/tdmrep.json": None, "/feed": "geheim"}


@pytest.mark.parametrize("environment", [{}, {"TORENWACHT_X_KEY": " "}, {"TORENWACHT_X_KEY": "a\r\nX-Evil: 1"}])
def test_key_that_is_not_there_or_cannot_be_sent_is_an_error(environment: Mapping[str, str]) -> None:
    async def ask() -> Site:
        async with a_site({"/feed": Page()}) as site, a_fetcher(environment=environment) as fetch:
            with pytest.raises(Declined, match="TORENWACHT_X_KEY is not set"):
                await fetch(with_key(source_at(site)), None)
            return site

    assert asyncio.run(ask()).asked == []


def test_key_stays_with_its_host_when_that_redirects() -> None:
    async def ask() -> tuple[Site, Site]:
        async with a_site({"/new": Page()}, host="127.0.0.2") as other:
            pages = {"/feed": Page(b"", 302, {"Location": "/b"}), "/b": Page(b"", 302, {"Location": other.url("/new")})}
            async with a_site(pages, port=other.port) as site, a_fetcher(environment=KEY) as fetch:
                await fetch(with_key(source_at(site, hosts=("127.0.0.2",))), None)
                return site, other

    site, other = asyncio.run(ask())

    assert (sent(site)["/feed"], sent(site)["/b"]) == ("geheim", "geheim")
    assert set(sent(other).values()) == {None}


def test_key_stays_with_its_port() -> None:
    """Behind another port of a machine sits another server."""

    async def ask() -> Site:
        async with a_site({"/new": Page()}) as other:
            pages = {"/feed": Page(b"", 302, {"Location": other.url("/new")})}
            async with a_site(pages) as site, a_fetcher(environment=KEY) as fetch:
                with pytest.raises(Declined, match="has another port"):
                    await fetch(with_key(source_at(site)), None)
                return other

    assert asyncio.run(ask()).asked == []


def test_key_does_not_go_along_to_the_page_behind_an_entry() -> None:
    async def ask() -> tuple[Site, Site]:
        async with (
            a_site({"/page": Page()}, host="127.0.0.2") as other,
            a_site({"/next": Page()}, port=other.port) as site,
            a_fetcher(environment=KEY) as fetch,
        ):
            source = with_key(source_at(site, hosts=("127.0.0.2",)))
            await fetch(source, None, site.url("/next"))
            await fetch(source, None, other.url("/page"))
            return site, other

    site, other = asyncio.run(ask())

    assert sent(site)["/next"] == "geheim"
    assert set(sent(other).values()) == {None}


@pytest.mark.parametrize("name", ["X-Auth-Token", "Authorization", "apikey"])
def test_header_with_a_key_refers_to_the_environment(name: str) -> None:
    assert headers({name: "env:TORENWACHT_X_KEY"}) is None
    assert headers({name: "Bearer abc"}) is not None
    assert headers({name: "env:HOME"}) is not None


@pytest.mark.parametrize("name", ["Cookie", "User-Agent", "Host", "If-None-Match", "Content-Length", "X Y", ""])
def test_header_that_is_ours_is_refused(name: str) -> None:
    assert headers({name: "env:TORENWACHT_X_KEY"}) == f"mag de kop '{name}' niet zetten"
