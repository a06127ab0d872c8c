"""Store: the doors to the database. A room full of named questions lies behind them, session first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine
from sqlmodel import Session

from monitor.clock import Clock, now
from monitor.config import Retention, Settings
from monitor.errors import StoreError
from monitor.store import engine as database
from monitor.store.keeping import Keeper, KeepingSession
from monitor.store.schema import bring_to_head

__all__ = ["Store", "address_of", "open_store"]


class Store:
    """One database. Sessions live in one thread and one transaction; rows stay usable after the door closes."""

    def __init__(self, url: str, engine: Engine, keeper: Keeper) -> None:
        self.url = url
        self._keeper = keeper
        self._engine = engine
        self._reading = database.for_reading(engine)
        self._writing = database.for_writing(engine)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to look with: sees one moment, never waits for a writer, keeps nothing.

        Raises StoreError.
        """
        with database.told_in_dutch(), Session(self._reading, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def begin(self, lane: str | None = None) -> Iterator[Session]:
        """A session to change with: all is kept at the end, nothing after an error.

        Who begins in the same `lane` waits for the one before. Raises StoreError.
        """
        with (
            database.told_in_dutch(),
            KeepingSession(self._writing, keeper=self._keeper, expire_on_commit=False) as session,
            session.begin(),
        ):
            session.connection()  # waits at the door, not half-way: without it the first question would
            if lane is not None:
                database.take_lane(session, lane)
            yield session

    def migrate(self) -> None:
        """Brings the tables to the shape that this version knows; does nothing when they have it.

        Raises StoreError, also when a newer version made the tables.
        """
        with database.told_in_dutch():
            bring_to_head(self._engine)

    def scrub(self, *, at_once: bool = True) -> bool:
        """Writes over what was deleted or changed in the file of the database and its log; False when it was busy.

        Without it the words of a row that went may stand in the file until their place is used again (R39). With
        `at_once` False PostgreSQL, which would have to lock its tables, is left to do that in its own time.
        Raises StoreError.
        """
        with database.told_in_dutch():
            return database.scrub(self._engine, at_once=at_once)

    def copy_to(self, file: Path) -> None:
        """Writes a copy of the SQLite database to a new file. Raises StoreError, also on PostgreSQL."""
        if not database.is_sqlite(self._engine):
            advice = "Dit is PostgreSQL: maak daar reservekopieën met pg_dump, of met die van uw databaseserver."
            raise StoreError("not sqlite", advice=advice)
        if file.exists():
            raise StoreError("file exists", advice=f"{file} bestaat al. Kies een nieuw bestand.")
        with database.told_in_dutch():
            file.touch(mode=0o600)  # before it holds anything: it is for its owner only
            database.copy_to(self._engine, str(file))

    def close(self) -> None:
        """Lets go of every connection."""
        self._engine.dispose()


def address_of(settings: Settings) -> str:
    """The SQLAlchemy address of the database: what the settings name, else the SQLite file in the data folder."""
    if settings.database:
        return settings.database
    # Made, not written: a folder may hold a question mark, which in an address begins something else.
    file = URL.create("sqlite", database=str(settings.data / "torenwacht.sqlite"))
    return file.render_as_string(hide_password=False)


@contextmanager
def open_store(url: str, retention: Retention | None = None, clock: Clock = now) -> Iterator[Store]:
    """The database at `url`, brought up to date; closed at the end.

    What is written there gets its last day by `retention` (None: the defaults) and, where nothing else counts, `clock`.
    Makes the folder of a SQLite file, for its owner only. Raises StoreError or ConfigError.
    """
    engine = database.make_engine(url)
    file = engine.url.database
    if database.is_sqlite(engine) and file and not file.startswith("file:"):  # such an address names what is there
        _make_folder(Path(file).parent)
    store = Store(url, engine, Keeper(retention or Retention(), clock))
    try:
        store.migrate()
        yield store
    finally:
        store.close()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        advice = f"De map {folder} kan niet worden gemaakt. Controleer de schijf en de rechten."
        raise StoreError("folder cannot be made", advice=advice) from error
