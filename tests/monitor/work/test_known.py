"""An entry whose source gives it another id is known by its page."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from classifiers import Reader, Voice
from monitor.domain import RawItem
from monitor.rules.normalise import entry_of, mark_of, normalise
from monitor.work.ingest import take_in
from monitor.work.known import known_entries
from tests.build import NOON, a_raw
from tests.fakes import FixedClock, a_house, house_settings

WORDS = "Zaterdag 28 november om 14.00 uur vertrekt een protestmars vanaf de Grote Markt in Groningen."
MARCH = a_raw("Mars over de Grote Markt", WORDS, key="7", url="https://krant.example/mars")
RENAMED = replace(MARCH, key="post-7")


def known(folder: Path, url: str, reader: Reader, before: Sequence[RawItem], listed: Sequence[RawItem]) -> list[str]:
    """What the entries of a list are known as, once those of `before` were taken in."""

    async def walk() -> list[str]:
        async with a_house(house_settings(folder, url), reader, FixedClock()) as app:
            take_in(app, before)
            return list(known_entries(app, listed, listed).values())

    return asyncio.run(walk())


def test_another_id_for_the_same_page_is_the_same_entry(tmp_path: Path, database_url: str, reader: Reader) -> None:
    assert known(tmp_path, database_url, reader, [MARCH], [RENAMED]) == [entry_of(MARCH)]


def test_a_page_that_moved_to_https_is_still_the_same(tmp_path: Path, sqlite_url: str, reader: Reader) -> None:
    plain = replace(MARCH, url="http://krant.example/mars")
    renamed = replace(RENAMED, url="https://krant.example/mars?utm_source=rss")
    assert known(tmp_path, sqlite_url, reader, [plain], [renamed]) == [entry_of(MARCH)]


@pytest.mark.parametrize(
    "listed",
    [
        [MARCH],
        [RENAMED, replace(MARCH, key="8")],
        [RENAMED, MARCH],
        [replace(RENAMED, url="https://krant.example/andere-mars")],
        [replace(RENAMED, title="Mars van volgende week")],
        [replace(RENAMED, source="omroep")],
        [replace(RENAMED, url="")],
        [replace(RENAMED, voice=Voice.SOCIAL)],
        [],
    ],
    ids=[
        "same id", "two entries on the page", "both listed", "another page", "other words", "another source", "no page",
        "a platform, not a page", "nothing",
    ],
)  # fmt: skip
def test_where_the_page_proves_nothing_the_id_decides(
    tmp_path: Path, sqlite_url: str, reader: Reader, listed: list[RawItem]
) -> None:
    assert known(tmp_path, sqlite_url, reader, [MARCH], listed) == []


def test_who_is_known_is_the_same_version_under_both_ids() -> None:
    first, again = normalise(MARCH, now=NOON), normalise(RENAMED, now=NOON, entry=entry_of(MARCH))
    assert (first.entry, first.fingerprint) == (again.entry, again.fingerprint)
    assert mark_of(MARCH) != mark_of(RENAMED)
