"""The real house with a week of invented events, and desks in front of its pages."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from classifiers import Reader
from monitor.app import App
from monitor.domain import Role
from monitor.web import create_web
from tests.fakes import FixedClock, a_house, house_settings
from tests.monitor.web.desk import Desk, seat
from tests.monitor.web.invented import Week, fill

Seats = Callable[[Role], Desk]


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """The event loop of this test."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def clock() -> FixedClock:
    """Sunday 22 November 2026, noon."""
    return FixedClock()


@pytest.fixture
def app(tmp_path: Path, sqlite_url: str, reader: Reader, clock: FixedClock, runner: asyncio.Runner) -> Iterator[App]:
    """The house on SQLite, with one approved source, `krant`."""
    opened = a_house(house_settings(tmp_path, sqlite_url), reader, clock)
    yield runner.run(opened.__aenter__())
    runner.run(opened.__aexit__(None, None, None))


@pytest.fixture
def week(app: App) -> Week:
    """The invented events."""
    return fill(app)


@pytest.fixture
def web(app: App) -> FastAPI:
    """The pages."""
    return create_web(app)


@pytest.fixture
def guest(web: FastAPI, runner: asyncio.Runner) -> Desk:
    """Someone who is not logged in."""
    return Desk(web, runner)


@pytest.fixture
def desk(app: App, web: FastAPI, runner: asyncio.Runner) -> Seats:
    """Gives a desk for a role."""
    return lambda role: seat(app, web, runner, role)
