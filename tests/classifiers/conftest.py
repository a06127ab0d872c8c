"""One reader for all tests of this room: it takes seconds to load, and reading changes nothing in it."""

import pytest

from classifiers import Reader, load


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with the tables of this house."""
    return load()
