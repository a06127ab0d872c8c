"""channels.toml -> who hears a message, and its sending. Knows channels by name; knows no events and no outbox."""

import os
import re
import tomllib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path

import aiohttp

from alerts import console
from alerts.conversation import Desk, ListeningChannel
from alerts.errors import ChannelConfigError, Refused
from alerts.message import Channel, EditableChannel, EnclosingChannel, Enclosure, Message, Topic, Urgency
from alerts.opening import Means, Opener
from alerts.options import Options

Enclose = Callable[[Message], Awaitable[Enclosure | None]]


def _opener(kind: str) -> Opener:
    """The opener in the file of that name, loaded when the table names it: each brings a library of its own."""

    def open_channel(options: Options, means: Means) -> Channel:
        opener: Opener = import_module(f"alerts.{kind}").open_channel
        return opener(options, means)

    return open_channel


KINDS: dict[str, Opener] = {kind: _opener(kind) for kind in ("console", "slack", "mail", "webhook", "teams", "apprise")}

NEVER_CONFIDENTIAL = frozenset({"slack", "teams", "apprise"})
"""Kinds run by others: no setting lets them carry what is confidential (R31)."""

SHIPPED = Path(__file__).with_name("channels.toml")

_KEYS = ("name", "kind", "topics", "from_urgency", "confidential", "enabled", "options")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class Line:
    """One channel that is switched on, and what it wants to hear."""

    name: str
    channel: Channel
    topics: frozenset[Topic]
    from_urgency: Urgency
    confidential: bool
    lock: str
    """Lines with the same lock send one at a time. Its first part is the kind: `slack:#openbare-orde`."""

    @property
    def kind(self) -> str:
        """A key of KINDS."""
        return self.lock.partition(":")[0]


class Switchboard:
    """All channels that are switched on, in the order of the table."""

    def __init__(self, lines: Iterable[Line], *, off: Iterable[str] = ()) -> None:
        """The names of the lines are unique; `off` names the channels that are in the table and switched off."""
        self._lines = {line.name: line for line in lines}
        self.known = frozenset({*self._lines, *off})
        """The name of every channel in the table."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every channel that is switched on."""
        return tuple(self._lines.values())

    @property
    def names(self) -> tuple[str, ...]:
        """Of every channel that is switched on."""
        return tuple(self._lines)

    def addressees(self, message: Message) -> tuple[str, ...]:
        """The names of the channels that want this message and may have it; empty when there is none."""
        return self.hearers(message.topic, message.urgency, confidential=message.confidential)

    def hearers(self, topic: Topic, urgency: Urgency, *, confidential: bool) -> tuple[str, ...]:
        """The names of the channels that want messages of this kind and may have them."""
        return tuple(
            line.name
            for line in self._lines.values()
            if topic in line.topics and urgency >= line.from_urgency and (line.confidential or not confidential)
        )

    async def send(
        self, name: str, message: Message, *, attempt: int, thread: str | None, enclose: Enclose | None = None
    ) -> str:
        """Sends by the channel of this name; see Channel.send. Raises TryLater or Refused.

        `enclose` gives the file that a message names, when the channel can carry it; None when it may not go along.
        The table may have changed since the message was put in the outbox, so what may not be sent is looked at again.
        """
        channel = self._line(name, message).channel
        if enclose and message.encloses and isinstance(channel, EnclosingChannel):
            enclosure = await enclose(message)
            if enclosure:
                return await channel.send_with(message, enclosure, attempt=attempt, thread=thread)
        return await channel.send(message, attempt=attempt, thread=thread)

    async def edit(self, name: str, message: Message, *, receipt: str) -> None:
        """Makes the first message of a thread show `message`, where the channel can; see EditableChannel.edit.

        Raises TryLater or Refused.
        """
        channel = self._line(name, message).channel
        if isinstance(channel, EditableChannel):
            await channel.edit(message, receipt=receipt)

    def _line(self, name: str, message: Message) -> Line:
        """The line of this name, when it may carry the message; raises Refused."""
        line = self._lines.get(name)
        if line is None:
            raise Refused(
                f"no channel named {name} is switched on",
                f"Het kanaal '{name}' staat niet (meer) aan. Zet het weer in alerts/channels.toml als dit bericht "
                "nog weg moet.",
            )
        if message.confidential and not line.confidential:
            raise Refused(
                f"channel {name} may not carry this message",
                f"Het kanaal '{name}' krijgt geen vertrouwelijke berichten (meer). Deel dit bericht op een andere weg.",
            )
        return line

    @property
    def desks(self) -> tuple[tuple[str, Desk], ...]:
        """Where people are heard, each with the name of a channel; rows that share an app share its desk."""
        found: dict[object, tuple[str, Desk]] = {}
        for line in self._lines.values():
            if isinstance(line.channel, ListeningChannel) and line.channel.desk is not None:
                found.setdefault(line.channel.desk, (line.name, line.channel.desk))
        return tuple(found.values())

    def lock(self, name: str) -> str:
        """What the queue locks on while it sends by this channel: `slack:#openbare-orde`, `mail:kernteam`.

        Two rows that post to one Slack channel share their lock. A name that is not (any more) there is its own lock.
        """
        line = self._lines.get(name)
        return line.lock if line else name


def open_switchboard(
    path: Path | None,
    http: aiohttp.ClientSession,
    *,
    clock: Callable[[], datetime],
    environment: Mapping[str, str] | None = None,
    print_line: Callable[[str], None] | None = None,
) -> Switchboard:
    """The switchboard of one table; `path` None is the table that comes with the program.

    Channels that are switched off are checked too, but for their options: their secrets may be missing.
    `clock` gives the present moment. `environment` None is that of this process; `print_line` None prints on the
    standard output.
    `http` stays the caller's, and must stay open as long as the switchboard is used.
    Raises ChannelConfigError.
    """
    kinds = dict(KINDS)
    if print_line is not None:
        kinds["console"] = partial(console.open_channel, print_line=print_line)
    table = _Table(path or SHIPPED, kinds, os.environ if environment is None else environment)
    lines = table.lines(Means(http, clock))
    return Switchboard(lines, off=table.names)


class _Table:
    """Reads one table, strictly."""

    def __init__(self, path: Path, kinds: Mapping[str, Opener], environment: Mapping[str, str]) -> None:
        self._path, self._kinds, self._environment = path, kinds, environment
        self._file = "alerts/channels.toml" if path == SHIPPED else str(path)
        self.names: set[str] = set()
        """Of every row that was read."""

    def lines(self, means: Means) -> list[Line]:
        """Of the rows that are switched on; every row is checked."""
        lines: list[Line] = []
        for number, row in enumerate(self._rows(), start=1):
            name = self._name(row, number)
            if name in self.names:
                raise self._wrong(
                    f"channel[{name}].name", f"De naam '{name}' komt twee keer voor. Kies een andere naam."
                )
            self.names.add(name)
            line = self._line(row, name, means)
            if line is not None:
                lines.append(line)
        return lines

    def _rows(self) -> list[dict[str, object]]:
        try:
            table = tomllib.loads(self._path.read_text(encoding="utf-8"))
        except OSError as error:
            raise self._wrong(
                "", "Het bestand is niet te lezen. Controleer of het bestaat en gelezen mag worden."
            ) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise self._wrong("", f"Dit is geen geldige TOML: {error}. Verbeter de genoemde regel.") from error
        for key in table:
            if key != "channel":
                raise self._wrong(key, f"Onbekend onderdeel '{key}'. Toegestaan: alleen [[channel]].")
        rows = table.get("channel")
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            raise self._wrong("channel", "De tabel noemt geen kanaal. Begin elk kanaal met een regel [[channel]].")
        return rows

    def _name(self, row: dict[str, object], number: int) -> str:
        name = row.get("name")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise self._wrong(
                f"channel[{number}].name",
                'Geef elk kanaal een naam van hoogstens 40 kleine letters, cijfers en streepjes, zoals "adviseurs".',
            )
        return name

    def _line(self, row: dict[str, object], name: str, means: Means) -> Line | None:
        """None when the row is switched off."""
        where = f"channel[{name}]"
        for key in row:
            if key not in _KEYS:
                raise self._wrong(f"{where}.{key}", f"Onbekend veld '{key}'. Toegestaan: {', '.join(_KEYS)}.")
        kind = row.get("kind")
        if not isinstance(kind, str) or kind not in self._kinds:
            raise self._wrong(f"{where}.kind", f"Onbekend soort {kind!r}. Kies uit: {', '.join(self._kinds)}.")
        topics, from_urgency = self._topics(row, where), self._urgency(row, where)
        confidential = self._flag(row, "confidential", where, default=False)
        if confidential and kind in NEVER_CONFIDENTIAL:
            raise self._wrong(
                f"{where}.confidential",
                f"Een kanaal van het soort {kind} mag nooit vertrouwelijke berichten krijgen. Haal confidential weg.",
            )
        options = row.get("options", {})
        if not isinstance(options, dict):
            raise self._wrong(f"{where}.options", 'Schrijf de opties zo: options = { naam = "waarde" }.')
        if not self._flag(row, "enabled", where, default=True):
            return None
        channel = self._kinds[kind](Options(options, self._environment, file=self._file, row=where), means)
        # The option `channel` names a room that several rows may share; without it the row is a room of its own.
        lock = f"{kind}:{options.get('channel', name)}"
        return Line(name, channel, topics, from_urgency, confidential, lock)

    def _topics(self, row: dict[str, object], where: str) -> frozenset[Topic]:
        allowed = ", ".join(f'"{topic}"' for topic in Topic)
        topics = row.get("topics")
        if not isinstance(topics, list) or not topics:
            raise self._wrong(f"{where}.topics", f"Geef een lijst van één of meer onderwerpen. Kies uit: {allowed}.")
        for topic in topics:
            if topic not in list(Topic):
                raise self._wrong(f"{where}.topics", f"Onbekend onderwerp {topic!r}. Kies uit: {allowed}.")
        return frozenset(Topic(topic) for topic in topics)

    def _urgency(self, row: dict[str, object], where: str) -> Urgency:
        urgency = row.get("from_urgency")
        if not isinstance(urgency, int) or isinstance(urgency, bool) or urgency not in list(Urgency):
            raise self._wrong(
                f"{where}.from_urgency",
                "Kies vanaf welke urgentie: 1 (alles), 2 (gewoon en hoger) of 3 (alleen haast).",
            )
        return Urgency(urgency)

    def _flag(self, row: dict[str, object], key: str, where: str, *, default: bool) -> bool:
        value = row.get(key, default)
        if not isinstance(value, bool):
            raise self._wrong(f"{where}.{key}", f"Geef bij '{key}' true of false, zonder aanhalingstekens.")
        return value

    def _wrong(self, key: str, advice: str) -> ChannelConfigError:
        return ChannelConfigError(self._file, key, advice)
