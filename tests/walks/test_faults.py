"""Whatever breaks on the road of the data, its words stay in memory: not in log, database, queue, files or on screen.

Each fault is brought about from outside: by what a source sends, by a part that is passed in, by the database.
"""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn, cast

import pytest
from aiohttp import web
from sqlalchemy import create_engine, text

from alerts import Line, Message, Switchboard, Topic, Urgency
from classifiers import Reader
from monitor.app import open_app
from monitor.collect import in_thread
from monitor.commands.serve import acts_of
from monitor.domain import Fetched, Source, SourceState
from monitor.log import set_up
from monitor.work.poll import put_poll
from tests.build import NOON
from tests.fakes import RSS, FixedClock, a_catalogue, house_settings
from tests.kept import every_byte, every_row, files_written, found
from tests.overheard import Overheard
from tests.planted import planted

PLANTS = planted("fout", 18)
WORDS = " ".join(plant.sentence for plant in PLANTS)
TITLE = "Betoging zaterdag op de Grote Markt"
ENTRY = f"""<item><title>{TITLE}</title><guid>1</guid><link>https://krant.example/1</link>
<description>Zaterdag 28 november om 14.00 uur komen 80 mensen. {WORDS}</description>
<pubDate>Sun, 22 Nov 2026 11:00:00 +0100</pubDate></item>"""
FEED = RSS.format(items=ENTRY)


def fail(*_args: object, **_named: object) -> NoReturn:
    """Raises as a careless library would: with all that it was reading in its message."""
    raise ValueError(WORDS)


class Failing:
    """A part of the house that works, but for one thing that it does."""

    def __init__(self, part: object, act: str) -> None:
        self._part, self._act = part, act

    def __getattr__(self, name: str) -> Any:
        act = getattr(self._part, name)
        if name != self._act:
            return act
        # What the house asks while it opens, of its own tables, holds nobody's words.
        return lambda *args, **named: fail() if TITLE in args else act(*args, **named)

    @property
    def indicators(self) -> Any:
        """Fails at once when it is what fails: it is asked for, not called."""
        return fail() if self._act == "indicators" else cast(Any, self._part).indicators


class Deaf:
    """A channel that fails with the whole message in its words."""

    async def send(self, message: Message, *, attempt: int, thread: str | None) -> str:
        raise ValueError(f"{message.title} {WORDS}")


@dataclass(frozen=True)
class Fault:
    """What goes wrong in a house that polls one source."""

    body: bytes = FEED.encode()
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/rss+xml"),)
    kind: str = "feed"
    more: str = ""
    reads: str = ""
    """What the reader cannot do."""
    fetches: bool = True
    parses: bool = True
    lost: str = ""
    """The table that is gone when the job begins."""


RSS_TYPE = ("Content-Type", "application/rss+xml")
FAULTS = {
    "fetch": Fault(fetches=False),
    "unpack": Fault(body=b"\x1f\x8b\x08" + WORDS.encode(), headers=(RSS_TYPE, ("Content-Encoding", "gzip"))),
    "unpack half": Fault(body=gzip.compress(FEED.encode())[:-40], headers=(RSS_TYPE, ("Content-Encoding", "gzip"))),
    "content type": Fault(headers=(("Content-Type", "image/png"),)),
    "parse XML": Fault(body=f"<rss><channel><item><title>{WORDS}</item>&".encode()),
    "parse JSON": Fault(
        body=f'{{"items": [{{"title": "{WORDS}", }}]'.encode(),
        kind="json",
        more='[source.options]\npreset = "politie"',
    ),
    "parse calendar": Fault(
        body=f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:{WORDS}\r\nSUMMARY:{WORDS}\r\nEND:VEVENT\r\n".encode(),
        kind="ics",
    ),
    "parse in a cell": Fault(parses=False),
    "normalise": Fault(body=FEED.replace("https://krant.example/1", f"http://[{WORDS}").encode()),
    "validators": Fault(headers=(RSS_TYPE, ("ETag", f'"{PLANTS[2].words}"'), ("Last-Modified", PLANTS[1].words))),
    "redact": Fault(reads="redact"),
    "classify": Fault(reads="read"),
    "assess": Fault(reads="level_of"),
    "announce": Fault(reads="indicators"),
    "known": Fault(lost="seen"),
    "store": Fault(lost="item"),
    "fuse": Fault(lost="event"),
    "tell": Fault(lost="fact"),
    "outbox": Fault(lost="delivery"),
    "deliver": Fault(),
}


@asynccontextmanager
async def a_source(fault: Fault) -> AsyncIterator[str]:
    """A server on loopback that answers every question with the fault; its address."""

    async def answer(request: web.Request) -> web.Response:
        if request.path != "/rss":
            return web.Response(status=404)
        return web.Response(body=fault.body, headers=dict(fault.headers))

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/rss"
    finally:
        await runner.cleanup()


async def no_fetch(_source: Source, _state: SourceState | None, **_more: object) -> Fetched | None:
    """The network is gone, and says so in too many words."""
    return fail()


async def no_cell(_function: Callable[..., Any], *_args: object, **_more: object) -> Any:
    """What should read breaks on what it reads."""
    return fail()


@contextmanager
def lost(url: str, table: str) -> Iterator[None]:
    """The database has no such table for a while, as if someone dropped it behind our back; nothing lost when empty."""
    if not table:
        yield
        return
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text(f'alter table "{table}" rename to "lost_{table}"'))
        yield
    finally:
        # The next test gets this database too.
        with engine.begin() as connection:
            connection.execute(text(f'alter table "lost_{table}" rename to "{table}"'))
        engine.dispose()


async def _break(fault: Fault, folder: Path, url: str, reader: Reader) -> dict[str, str]:
    """All that a house keeps and tells that polled its source and met the fault."""
    log = Overheard()
    set_up("DEBUG", log)
    board = Switchboard([Line("adviseurs", Deaf(), frozenset(Topic), Urgency.LOW, False, "doof")])
    more: dict[str, Any] = {} if fault.fetches else {"fetch": no_fetch}
    async with a_source(fault) as address:
        catalogue = a_catalogue(folder / "sources.toml", {"krant": address}, kind=fault.kind)
        rows = catalogue.read_text(encoding="utf-8")
        catalogue.write_text(rows.replace("[source.legal]", f"{fault.more}\n[source.legal]"), encoding="utf-8")
        async with open_app(
            replace(house_settings(folder, url, catalogue), sources=catalogue),
            reader=cast(Reader, Failing(reader, fault.reads)),
            clock=FixedClock(NOON),
            cell=in_thread if fault.parses else cast(Any, no_cell),
            switchboard=board,
            **more,
        ) as app:
            with app.store.begin() as session:
                put_poll(app, session, "krant")
            with lost(app.store.url, fault.lost):
                await app.queue.drain(acts_of(app))
            kept = {f"table {name}": rows for name, rows in every_row(app.store).items()}
            # While it is open: the WAL is there too.
            return kept | every_byte(folder) | {"log": log.getvalue()}


@pytest.mark.parametrize("step", FAULTS)
def test_a_fault_at_any_step_leaves_its_words_in_memory(
    tmp_path: Path, database_url: str, reader: Reader, capfd: pytest.CaptureFixture[str], step: str
) -> None:
    with files_written() as written:
        kept = asyncio.run(_break(FAULTS[step], tmp_path, database_url, reader))
    kept["screen"] = "".join(capfd.readouterr())
    kept["names of files"] = "\n".join(written)

    assert kept["log"] != ""
    assert found(PLANTS, kept) == []
    assert [name for name in written if not name.startswith((str(tmp_path), "/dev/"))] == []
