"""The bench of each engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.config import Settings
from monitor.store import open_store
from tests.monitor.queue.bench import Bench


@pytest.fixture
def bench(database_url: str, tmp_path: Path) -> Iterator[Bench]:
    """A fresh bench; the test runs once on each engine."""
    with open_store(database_url) as store:
        bench = Bench(Settings(data=tmp_path, database=database_url), store)
        yield bench
        bench.close()
