"""The doors of the store: what is kept, what is not, and what people are told when it fails."""

import sqlite3
import stat
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import select

from monitor.domain import Item, Tick
from monitor.errors import ConfigError, StoreError
from monitor.store import Store, open_store
from tests.build import NOON, an_item


def a_tick(slot: int = 1) -> Tick:
    """A row of the simplest table."""
    return Tick(source="krant", slot=slot, at=NOON)


def slots(store: Store) -> list[int]:
    """The slots that the store has."""
    with store.read() as session:
        return list(session.exec(select(Tick.slot).order_by("slot")))


def test_what_was_begun_is_kept_at_the_end(store: Store) -> None:
    with store.begin() as session:
        session.add(a_tick())

    assert slots(store) == [1]


def test_nothing_is_kept_after_an_error(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.begin() as session:
        session.add(a_tick())
        session.flush()
        _ = 1 // 0

    assert slots(store) == []


def test_the_reading_door_cannot_write(store: Store) -> None:
    with pytest.raises((DBAPIError, StoreError)), store.read() as session:
        session.add(a_tick())
        session.flush()

    assert slots(store) == []


def test_a_connection_that_read_can_write_the_next_time(store: Store) -> None:
    for slot in (1, 2, 3):
        assert len(slots(store)) == slot - 1
        with store.begin() as session:
            session.add(a_tick(slot))

    assert slots(store) == [1, 2, 3]


def test_a_reader_does_not_wait_for_a_writer_and_does_not_see_what_is_not_kept(store: Store) -> None:
    with store.begin(lane="events") as session:
        session.add(a_tick())
        session.flush()

        assert slots(store) == []


def test_rows_stay_usable_after_the_door_is_closed(store: Store) -> None:
    with store.begin() as session:
        item = an_item(id=None)
        session.add(item)

    with store.read() as session:
        read = session.exec(select(Item)).one()

    assert (item.id, item.title) == (read.id, "Protestmars over de Grote Markt")
    assert read.reading == an_item().reading
    assert read.published == NOON


def test_the_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path / 'deep' / 'data' / 'torenwacht.sqlite'}"):
        pass

    assert stat.S_IMODE((tmp_path / "deep" / "data").stat().st_mode) == 0o700


def test_a_store_can_be_opened_while_another_process_writes(sqlite_url: str) -> None:
    with open_store(sqlite_url) as writing, writing.begin() as session:
        session.add(a_tick())
        session.flush()

        with open_store(f"{sqlite_url}?timeout=0") as reading:
            assert slots(reading) == []


def test_the_text_of_a_refused_row_is_in_no_error(store: Store) -> None:
    item = an_item(id=None, title="Omwonenden Fictiefstraat", source=None)

    with pytest.raises(IntegrityError) as refused, store.begin() as session:
        session.add(item)

    assert "Fictiefstraat" not in f"{refused.value} {refused.value.orig} {refused.value.args}"


def test_a_full_disk_is_told_in_dutch(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store, pytest.raises(StoreError) as told, store.begin() as session:
        pages = session.connection().exec_driver_sql("pragma page_count").scalar_one()
        session.connection().exec_driver_sql(f"pragma max_page_count={pages}")
        session.add_all(an_item(id=None, extract="x" * 5000) for _ in range(20))

    assert told.value.advice == "De schijf is vol. Maak ruimte vrij en probeer het opnieuw."


def test_a_locked_database_is_told_in_dutch(sqlite_url: str) -> None:
    with (
        open_store(sqlite_url) as first,
        first.begin(),
        open_store(f"{sqlite_url}?timeout=0") as second,
        pytest.raises(StoreError, match="database locked"),
        second.begin(),
    ):
        pass


def test_a_database_that_may_not_be_written_is_told_in_dutch(migrated_file: Path) -> None:
    url = f"sqlite:///file:{migrated_file}?mode=ro&uri=true"

    with open_store(url) as store, pytest.raises(StoreError) as told, store.begin() as session:
        session.add(a_tick())

    assert told.value.advice == (
        "Torenwacht mag de database niet openen of wijzigen. Controleer de rechten op de map met gegevens."
    )
    assert not Path(f"file:{migrated_file}").parent.exists()


def test_a_damaged_database_is_told_in_dutch(tmp_path: Path) -> None:
    (tmp_path / "torenwacht.sqlite").write_bytes(b"this is no database at all, but a text" * 100)

    with pytest.raises(StoreError, match="database damaged"), open_store(f"sqlite:///{tmp_path / 'torenwacht.sqlite'}"):
        pass


def test_a_server_that_does_not_answer_is_told_in_dutch() -> None:
    with (
        pytest.raises(StoreError, match="database does not answer"),
        open_store("postgresql+psycopg://torenwacht@127.0.0.1:1/torenwacht"),
    ):
        pass


def test_a_server_that_goes_away_is_told_in_dutch(postgres_url: str) -> None:
    with open_store(postgres_url) as store, pytest.raises(StoreError), store.begin() as session:
        pid = session.connection().exec_driver_sql("select pg_backend_pid()").scalar_one()
        with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as other:
            other.execute("select pg_terminate_backend(%s)", [pid])
        session.add(a_tick())


@pytest.mark.parametrize(
    "url",
    [
        "mysql://a/b",
        "postgresql://a/b",
        "postgresql+asyncpg://a/b",
        "sqlite+aiosqlite:///a",
        "sqlite://",
        "geen adres",
        "postgresql+psycopg://u:geheim@h:abc/x",
        "sqlite:///x?timeout=abc",
    ],
)
def test_another_kind_of_database_is_a_wrong_setting(url: str) -> None:
    with pytest.raises(ConfigError, match="TORENWACHT_DATABASE"), open_store(url):
        pass


def test_a_database_of_a_newer_version_is_left_alone(sqlite_url: str) -> None:
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    connection.execute("update alembic_version set version_num = '9999'")
    connection.commit()
    connection.close()

    with pytest.raises(StoreError) as told, open_store(sqlite_url):
        pass

    assert told.value.advice == "Deze database is van een nieuwere versie van Torenwacht. Installeer die versie."
