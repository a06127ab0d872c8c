"""What lies outside the house, played: the clock, the people who are told, and a site that publishes."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web
from sqlmodel import Session, col, select

from alerts import Line, Message, Switchboard, Topic, Urgency
from classifiers import Reader
from monitor.app import App, open_app
from monitor.collect import in_thread
from monitor.config import Retention, Settings
from monitor.domain import Actor, Event
from monitor.store import briefings
from monitor.work.approvals import approve_briefing
from tests.build import NOON


class FixedClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        """Moves on by a timedelta's arguments."""
        self.moment += timedelta(**by)


@dataclass
class Board:
    """One channel that remembers what was sent, in order, with the thread it joined."""

    sent: list[tuple[Message, str | None]] = field(default_factory=list)

    async def send(self, message: Message, *, attempt: int, thread: str | None) -> str:
        """Takes everything; the receipt is the thread's, or the message's own key."""
        self.sent.append((message, thread))
        return thread or message.key

    @property
    def titles(self) -> list[str]:
        """What the titles were."""
        return [message.title for message, _ in self.sent]

    @property
    def words(self) -> str:
        """Everything that was told, as one text."""
        return "\n".join(f"{m.title}\n" + "\n".join(m.lines) + f"\n{m.footer}" for m, _ in self.sent)


@dataclass
class Boards:
    """Two channels: an open one, and a confidential one."""

    open: Board = field(default_factory=Board)
    closed: Board = field(default_factory=Board)

    def switchboard(self) -> Switchboard:
        """A real switchboard with these two."""
        every = frozenset(Topic)
        return Switchboard(
            [
                Line("adviseurs", self.open, every, Urgency.LOW, False, "board:open"),
                Line("besloten", self.closed, every, Urgency.LOW, True, "board:closed"),
            ]
        )


CATALOGUE = """
[[source]]
id = "{id}"
name = "{name}"
publisher = "Uitgever van {name}"
kind = "{kind}"
url = "{url}"
voice = "nieuws"
every = "15m"
enabled = true
{more}
[source.legal]
controller = "De burgemeester"
purpose = "Openbare orde voorbereiden"
lawful_basis = "Gemeentewet art. 172"
dpia_reference = "DPIA-2026-01"
personal_data_risk = "midden"
retention_days = 30
approved_by_role = "privacyfunctionaris"
review_date = 2027-11-01
"""


def a_catalogue(file: Path, urls: Mapping[str, str], kind: str = "feed", more: str = "") -> Path:
    """Writes a sources.toml with one approved source per id -> address."""
    rows = [CATALOGUE.format(id=id, name=id.title(), url=url, kind=kind, more=more) for id, url in urls.items()]
    file.write_text("".join(rows), encoding="utf-8")
    return file


def house_settings(folder: Path, database_url: str, sources: Path | None = None) -> Settings:
    """Settings for a house in `folder` on that database, which may reach loopback without a pause."""
    return Settings(
        data=folder,
        database="" if database_url.startswith("sqlite") else database_url,
        sources=sources or a_catalogue(folder / "sources.toml", {"krant": "https://krant.example/rss"}),
        allow_private_hosts=("127.0.0.0/8",),
        host_pause=0,
        public_url="https://torenwacht.example",
        retention=Retention(),
    )


@asynccontextmanager
async def a_house(
    settings: Settings, reader: Reader, clock: FixedClock, boards: Boards | None = None
) -> AsyncIterator[App]:
    """The real house, with the clock and the people it tells replaced."""
    switchboard = (boards or Boards()).switchboard()
    async with open_app(settings, reader=reader, clock=clock, cell=in_thread, switchboard=switchboard) as app:
        yield app


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Voorbeeld</title><link>https://krant.example/</link>
<description>Nieuws</description>{items}</channel></rss>"""

ENTRY = """<item><title>{title}</title><description>{text}</description><guid>{key}</guid>
<link>https://krant.example/{key}</link><pubDate>{date:%a, %d %b %Y %H:%M:%S %z}</pubDate></item>"""


CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Voorbeeld//NL\r\n{}END:VCALENDAR\r\n"


class Press:
    """An RSS feed, or a calendar, on loopback whose entries a test chooses; speaks real HTTP with ETags."""

    def __init__(self) -> None:
        self.entries: dict[int, tuple[str, str, datetime]] = {}
        self.statuses: list[int] = []
        self.url = ""
        self.calendar = ""
        """Given instead of the feed when there is one."""
        self.prefix = ""
        """Before every id."""
        self.gone = False
        """The feed was taken off the web for good."""
        self._changes = 0

    def publish(self, title: str, text: str, date: datetime = NOON - timedelta(hours=1)) -> int:
        """Adds an entry on top; its id."""
        self._changes += 1
        self.entries[self._changes] = title, text, date
        return self._changes

    def edit(self, key: int, title: str, text: str) -> None:
        """Gives an entry other words; id, place and date stay."""
        self._changes += 1
        self.entries[key] = title, text, self.entries[key][2]

    def take_back(self, key: int) -> None:
        """Removes an entry."""
        self._changes += 1
        del self.entries[key]

    def plan(self, *appointments: str) -> None:
        """Gives a calendar from now on, with these appointments."""
        self._changes += 1
        self.calendar = CALENDAR.format("".join(f"BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n" for lines in appointments))

    def _body(self) -> str:
        items = "".join(
            ENTRY.format(title=title, text=text, key=key, date=date)
            for key, (title, text, date) in reversed(self.entries.items())
        )
        return RSS.format(items=items.replace("<guid>", f"<guid>{self.prefix}"))

    async def answer(self, request: web.Request) -> web.Response:
        """The feed, 304 when nothing changed; 404 for anything else, such as robots.txt."""
        if request.path != "/rss":
            return web.Response(status=404)
        etag = f'"{self._changes}"'
        if self.gone:
            self.statuses.append(410)
            return web.Response(status=410)
        if request.headers.get("If-None-Match") == etag:
            self.statuses.append(304)
            return web.Response(status=304, headers={"ETag": etag})
        self.statuses.append(200)
        body, kind = (self.calendar, "text/calendar") if self.calendar else (self._body(), "application/rss+xml")
        return web.Response(text=body, content_type=kind, headers={"ETag": etag})


@asynccontextmanager
async def presses(*hosts: str) -> AsyncIterator[list[Press]]:
    """One Press per loopback address, open."""
    runners = []
    found = []
    try:
        for host in hosts:
            press = Press()
            app = web.Application()
            app.router.add_get("/{path:.*}", press.answer)
            runner = web.AppRunner(app)
            await runner.setup()
            runners.append(runner)
            await web.TCPSite(runner, host, 0).start()
            port = runner.addresses[0][1]
            press.url = f"http://{host}:{port}/rss"
            found.append(press)
        yield found
    finally:
        for runner in runners:
            await runner.cleanup()


def approve(app: App, actor: Actor, briefing: int) -> None:
    """Somebody reads an edition as it is now, and approves what was read."""
    with app.store.read() as session:
        seen = briefings.get(session, briefing).sha256
    approve_briefing(app, actor, briefing, seen=seen)


def every_event(session: Session) -> list[Event]:
    """All events there are, in order of opening."""
    return list(session.exec(select(Event).order_by(col(Event.id))))
