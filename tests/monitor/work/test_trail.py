"""The audit trail: whatever someone does to it is found and located, and an untouched one stays whole (R43)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from monitor.config import Retention
from monitor.domain import Purpose
from monitor.rules.trail import Flaw
from monitor.store import Store, open_store, people
from monitor.work.trail import anchor_trail, verify
from tests.build import at
from tests.databases import Postgres
from tests.intruders import intruder
from tests.monitor.work.tampering import CASES, FILES, REWRITES

LOOKS = {16: 3, 17: 4, 18: 4, 19: 4, 22: 3}
"""Day of November -> how many entries: 1-3, 4-7, 8-11, 12-15 and, today, 16-18."""
NOW = at(22, 12)


@dataclass(frozen=True)
class Trail:
    """A trail of five days, of which the first was purged at its time, and its anchor file."""

    url: str
    file: Path

    def flaws(self, now: datetime = NOW) -> tuple[Flaw, ...]:
        """What is found in the database and the file together."""
        with open_store(self.url) as store:
            return verify(store, now, self.file).flaws

    def flaws_without_file(self, now: datetime = NOW) -> tuple[Flaw, ...]:
        """What is found in the database alone."""
        with open_store(self.url) as store:
            return verify(store, now).flaws


def look(store: Store, day: int, number: int, year: int = 2026) -> None:
    """Someone looks at so many events on one day."""
    with store.begin() as session:
        for n in range(number):
            people.add_audit(
                session,
                at=at(day, 9, n, year=year),
                who=("advies", "redactie")[n % 2],
                role="adviseur",
                act="event_viewed",
                what=f"event:{day}{n}",
                purpose=Purpose.PUBLIC_ORDER,
                reason="Op verzoek." if n == 1 else "",
            )


@pytest.fixture(params=["sqlite", "postgresql"])
def spoilt_url(request: pytest.FixtureRequest) -> str:
    """A database that no other test gets afterwards."""
    if request.param == "sqlite":
        url: str = request.getfixturevalue("sqlite_url")
        return url
    postgres: Postgres = request.getfixturevalue("postgres")
    return postgres.database_to_spoil()


@pytest.fixture
def trail(spoilt_url: str, tmp_path: Path) -> Iterator[Trail]:
    """As described above; each night its day was written in the file."""
    file = tmp_path / "anchors.jsonl"
    for day, number in LOOKS.items():
        with open_store(spoilt_url, Retention(audit_days=4 if day == 16 else 1000)) as store:
            anchor_trail(store, at(day, 1), file)
            look(store, day, number)
            if day == 19:
                with store.begin() as session:
                    assert people.delete_audit(session, at(21))[0] == 3
    yield Trail(spoilt_url, file)


@pytest.mark.parametrize("case", CASES)
def test_tampering_is_found_where_it_was_done(trail: Trail, case: str) -> None:
    act, entry = CASES[case]
    with intruder(trail.url) as them:
        act(them)

    found = trail.flaws_without_file()

    assert found, "nothing was noticed"
    assert found[0].entry == entry, [flaw.sentence for flaw in found]
    assert all(flaw.sentence.endswith(".") for flaw in found)


@pytest.mark.parametrize("case", REWRITES)
def test_who_rewrites_the_whole_database_is_betrayed_by_the_file_outside_it(trail: Trail, case: str) -> None:
    act, entry = REWRITES[case]
    with intruder(trail.url) as them:
        act(them)

    assert trail.flaws_without_file() == ()
    found = trail.flaws()

    assert entry in [flaw.entry for flaw in found], [flaw.sentence for flaw in found]


@pytest.mark.parametrize("case", FILES)
def test_a_change_of_the_anchor_file_is_found_too(trail: Trail, case: str) -> None:
    lines = trail.file.read_text(encoding="utf-8").splitlines()
    trail.file.write_text("".join(f"{line}\n" for line in FILES[case](lines)), encoding="utf-8")

    assert trail.flaws() != ()


def test_at_least_sixty_ways_of_tampering_are_tried() -> None:
    assert len(CASES) + len(REWRITES) + len(FILES) >= 60


def test_an_untouched_trail_is_whole_also_after_its_first_day_was_purged(trail: Trail) -> None:
    assert trail.flaws() == ()
    with open_store(trail.url) as store:
        assert verify(store, NOW, trail.file).entries == 15


def test_a_trail_without_a_single_entry_is_whole(store: Store) -> None:
    assert verify(store, NOW).flaws == ()


def test_each_day_that_is_over_is_written_once(trail: Trail) -> None:
    with open_store(trail.url) as store:
        assert anchor_trail(store, NOW, trail.file) == 0
        assert anchor_trail(store, at(23, 0, 10), trail.file) == 1

    days = [json.loads(line)["day"] for line in trail.file.read_text(encoding="utf-8").splitlines()]
    assert days == [date(2026, 11, day).isoformat() for day in LOOKS]


def test_years_of_purges_leave_the_trail_whole(trail: Trail) -> None:
    """R37, R43: what goes at its time is no tampering, and the lines of the file outlive it."""
    with open_store(trail.url, Retention(audit_days=1000)) as store:
        for year in (2027, 2028, 2029, 2030, 2031):
            look(store, 25, 2, year=year - 1)
            with store.begin() as session:
                people.delete_audit(session, at(1, month=1, year=year))
            anchor_trail(store, at(2, month=1, year=year), trail.file)
            assert verify(store, at(2, month=1, year=year), trail.file).flaws == ()
        with store.read() as session:
            assert [entry.at.year for entry in people.trail(session)] == [2028, 2028, 2029, 2029, 2030, 2030]


def test_with_nobody_at_work_only_the_newest_anchor_is_left(trail: Trail) -> None:
    with open_store(trail.url) as store:
        with store.begin() as session:
            people.delete_audit(session, at(1, year=2030))
            people.delete_audit(session, at(1, year=2040))
        with store.read() as session:
            assert [anchor.day for anchor in people.anchors(session)] == [date(2026, 11, 22)]
    assert trail.flaws_without_file(at(1, year=2040)) == ()
