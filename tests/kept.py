"""Everything that a house keeps or tells, as one text per place: to look for what should stand nowhere."""

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
from sqlalchemy import MetaData, create_engine, inspect

from classifiers import PersonalKind
from monitor.app import App
from monitor.commands.demo import GUEST
from monitor.store import Store
from monitor.web import create_web
from tests.fakes import every_event
from tests.planted import Plant

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_opened: list[list[str]] = []


def _note(event: str, args: tuple[object, ...]) -> None:
    if event == "open" and _opened and isinstance(args[-1], int) and args[-1] & _WRITING:
        for names in _opened:
            names.append(str(args[0]))


sys.addaudithook(_note)


@contextmanager
def files_written() -> Iterator[list[str]]:
    """Grows by the name of every file that this process opens to write in, temporary ones too.

    Meanwhile Python keeps no compiled modules: a library met here for the first time would write its own beside itself.
    """
    names: list[str] = []
    compiling, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    _opened.append(names)
    try:
        yield names
    finally:
        _opened.remove(names)
        sys.dont_write_bytecode = compiling


def every_row(store: Store) -> dict[str, str]:
    """All rows of all tables, ours and those of the queue: table -> its rows."""
    engine = create_engine(store.url)
    try:
        tables = MetaData()
        with engine.connect() as connection:
            names = inspect(connection).get_table_names()
            tables.reflect(connection, resolve_fks=False)
            return {
                name: "\n".join(str(tuple(row)) for row in connection.execute(tables.tables[name].select()))
                for name in names
            }
    finally:
        engine.dispose()


def every_byte(folder: Path) -> dict[str, str]:
    """All files of a folder, however deep: database, WAL, lock and what else there is."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.name: path.read_bytes().decode("utf-8", errors="replace") for path in files}


async def every_page(app: App) -> str:
    """Every page that an advisor can open."""
    with app.store.read() as session:
        ids = [event.id for event in every_event(session)]
    paths = ["/", "/bronnen", "/briefings", "/privacy", *(f"/gebeurtenissen/{id}" for id in ids)]
    transport = httpx.ASGITransport(create_web(app, login_as=GUEST))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        answers = [await client.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(answer.text for answer in answers)


def slug(plant: Plant) -> str:
    """The words as they stand in the address of a message: `geeske-ter-veen`."""
    return re.sub(r"[^a-z0-9]+", "-", plant.words.lower()).strip("-")


def found(plants: Sequence[Plant], kept: dict[str, str]) -> list[tuple[str, PersonalKind, str]]:
    """Place, kind and words of everything planted that stands somewhere, also as JSON and HTML write it."""
    hits = []
    for place, text in kept.items():
        for plant in plants:
            spelled = {plant.words, json.dumps(plant.words)[1:-1], plant.words.replace("+", "&#43;"), slug(plant)}
            if any(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) for words in spelled if words in text):
                hits.append((place, plant.kind, plant.words))
    return hits
