"""samples/*.toml and a moment -> what each sample source has to say at that moment.

Everything in samples/ is invented. An item names its days from the moment of the demonstration, so the coming two
weeks are always filled: `+3` is three days later, `za` the first Saturday at least two days ahead, `za+1` the Sunday
after it. Between braces a day is written as Dutch people write it: {dag:za}, {kort:+3}.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources

from classifiers import Category, Level, PersonalKind, Voice
from monitor.clock import local
from monitor.errors import ConfigError

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_SATURDAY = 5
_SOON = 6
"""Within so many days of publication a bare weekday can mean one day only."""
_PLACEHOLDER = re.compile(r"\{(\w+):([^}]*)\}")
_OFFSET = re.compile(r"(za)?([+-]\d+)?")


@dataclass(frozen=True, slots=True)
class Planted:
    """One piece of invented personal data that a sample holds, exactly as it stands there."""

    source: str
    kind: PersonalKind
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One invented item, its dates filled in."""

    id: str
    event: str
    """The event that its author meant it to report; pieces of one event share it, empty when there is none."""
    category: Category
    level: Level | None
    """As its author meant it, by docs/guideline.md; None without a concrete event."""
    title: str
    text: str
    published: datetime
    wave: int
    """1 from the start, 2 after `Site.later`."""
    planted: tuple[Planted, ...]
    author: str
    """Private name in the author field; empty where the source gives none."""
    mail: str
    start: datetime | None
    """When the event begins, Europe/Amsterdam; told as data by the kinds that do so."""
    end: datetime | None
    whole_day: bool
    place: str
    repeats: str
    """RFC 5545 recurrence rule; empty for once."""
    cancelled: bool
    type: str
    """Kind of document in the gazette."""
    opponent: tuple[str, str]
    """Home and away, for fixtures; two empty names elsewhere."""


@dataclass(frozen=True, slots=True)
class Stall:
    """One sample source: where it listens, how it looks and how it misbehaves."""

    id: str
    name: str
    publisher: str
    kind: str
    voice: Voice
    host: str
    path: str
    form: str
    """How a body is written: a key of `formats.FORMS`."""
    manner: str
    """etag, last-modified, recovers, moved, or empty for a plain answer every time."""
    risk: str
    purpose: str
    options: Mapping[str, object]
    pieces: tuple[Piece, ...]

    def at(self, wave: int) -> tuple[Piece, ...]:
        """What is out after so many waves, newest first."""
        out = (piece for piece in self.pieces if piece.wave <= wave)
        return tuple(sorted(out, key=lambda piece: (piece.published, piece.id), reverse=True))


def day_of(spec: str, today: date) -> date:
    """The day that `+3`, `-2`, `za` or `za+1` means, seen from `today`. Raises ValueError for anything else."""
    match = _OFFSET.fullmatch(spec)
    if not spec or match is None:
        raise ValueError(f"no day: {spec!r}")
    anchor, offset = match.groups()
    ahead = (_SATURDAY - today.weekday() - 2) % 7 + 2 if anchor else 0
    return today + timedelta(days=ahead + int(offset or 0))


def moment_of(spec: str, now: datetime) -> datetime:
    """`+3 14:00` as a moment in Europe/Amsterdam; without a time the start of that day."""
    day, _, clock = spec.partition(" ")
    zone = local(now).tzinfo
    return datetime.combine(day_of(day, local(now).date()), time.fromisoformat(clock) if clock else time.min, zone)


def fill_in(text: str, now: datetime, published: datetime) -> str:
    """`text` with every placeholder written out in Dutch.

    `dag` is "zaterdag 28 november", `datum` "28 november 2026", `dagmaand` "28 november", `kort` "28-11-2026" and
    `iso` "2026-11-28". `weekdag` is the bare "zaterdag" where that can mean one day only, counted from publication,
    and the whole `dag` elsewhere. Raises ValueError for an unknown placeholder.
    """
    today, told = local(now).date(), local(published).date()

    def written(match: re.Match[str]) -> str:
        day = day_of(match[2], today)
        weekday, month = _DAYS[day.weekday()], _MONTHS[day.month - 1]
        near = 0 < abs((day - told).days) <= _SOON
        match match[1]:
            case "weekdag" if near:
                return weekday
            case "dag" | "weekdag":
                return f"{weekday} {day.day} {month}"
            case "dagmaand":
                return f"{day.day} {month}"
            case "datum":
                return f"{day.day} {month} {day.year}"
            case "kort":
                return f"{day:%d-%m-%Y}"
            case "iso":
                return day.isoformat()
            case unknown:
                raise ValueError(f"no placeholder: {unknown!r}")

    return _PLACEHOLDER.sub(written, " ".join(text.split()))


def _piece(row: Mapping[str, object], source: str, now: datetime) -> Piece:
    def words(key: str) -> str:
        return str(row.get(key, ""))

    def at(key: str) -> datetime | None:
        return moment_of(words(key), now) if key in row else None

    published = local(now.astimezone(UTC) - timedelta(hours=float(words("ago") or 0)))
    category, _, level = words("label").partition(" ")
    plant = row.get("plant", [])
    teams = [*words("teams").split(" - "), ""]
    return Piece(
        id=words("id"),
        event=words("event"),
        category=Category(category),
        level=Level(level) if level else None,
        title=fill_in(words("title"), now, published),
        text=fill_in(words("text"), now, published),
        published=published.replace(second=0, microsecond=0),
        wave=int(words("wave") or 1),
        planted=tuple(Planted(source, PersonalKind(kind), text) for kind, text in plant)
        if isinstance(plant, list)
        else (),
        author=words("author"),
        mail=words("mail"),
        start=at("start"),
        end=at("end"),
        whole_day=" " not in words("start"),
        place=words("place"),
        repeats=words("repeats"),
        cancelled=bool(row.get("cancelled", False)),
        type=words("type"),
        opponent=(teams[0], teams[1]),
    )


def _stall(table: Mapping[str, object], rows: list[Mapping[str, object]], now: datetime) -> Stall:
    def words(key: str) -> str:
        return str(table.get(key, ""))

    options = table.get("options", {})
    return Stall(
        id=words("id"),
        name=words("name"),
        publisher=words("publisher"),
        kind=words("kind"),
        voice=Voice(words("voice")),
        host=words("host"),
        path=words("path"),
        form=words("form"),
        manner=words("manner"),
        risk=words("risk"),
        purpose=words("purpose"),
        options=options if isinstance(options, dict) else {},
        pieces=tuple(_piece(row, words("id"), now) for row in rows),
    )


def stalls_at(now: datetime) -> tuple[Stall, ...]:
    """Every sample source with its items as they stand at `now` (aware), in the order of their hosts.

    The same moment gives the same values. Raises ConfigError when a sample file is wrong.
    """
    stalls = []
    for file in resources.files("monitor.demo").joinpath("samples").iterdir():
        if not file.name.endswith(".toml"):
            continue
        try:
            data = tomllib.loads(file.read_text(encoding="utf-8"))
            stalls.append(_stall(data["source"], data.get("item", []), now))
        except (KeyError, ValueError) as error:
            advice = f"Het voorbeeldbestand {file.name} klopt niet: {error}. Zet het bestand van deze versie terug."
            raise ConfigError(file.name, "samples", advice=advice) from error
    return tuple(sorted(stalls, key=lambda stall: tuple(int(part) for part in stall.host.split("."))))
