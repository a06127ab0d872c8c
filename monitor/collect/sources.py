"""sources.toml -> Sources, checked; every fault names the file, the row and the key, and says what to do."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from yarl import URL

from classifiers import Voice
from monitor.collect.formats.options import chosen
from monitor.collect.formats.presets import SOCIAL
from monitor.collect.kinds import KINDS
from monitor.collect.network.addresses import is_loopback
from monitor.collect.refused import person_asked_for, person_behind
from monitor.domain import MANUAL, Handling, LegalBasis, PersonalDataRisk, Source
from monitor.errors import ConfigError

SHORTEST = timedelta(minutes=5)
"""The least time between two polls of a public source (R6)."""

_KEYS = "id name publisher kind url voice every hosts enabled handling detail removed ends_at options legal".split()
_LEGAL = (
    "controller purpose lawful_basis dpia_reference personal_data_risk retention_days approved_by_role review_date"
).split()
_EVERY = re.compile(r"([1-9]\d{0,4})([smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+")
_TYPES = {str: "een tekst tussen aanhalingstekens", bool: "true of false", int: "een heel getal", dict: "een tabel"}
LONGEST_RETENTION = 3650


class _Row:
    """One table of the file; every value is asked for by name and type."""

    def __init__(self, file: str, name: str, values: Mapping[str, object]) -> None:
        self._file, self._name, self.values = file, name, values

    def wrong(self, key: str, advice: str) -> ConfigError:
        """The error to raise about `key`; `advice` is Dutch."""
        return ConfigError(self._file, f"{self._name}.{key}", advice=advice)

    def only(self, allowed: Sequence[str]) -> None:
        """Raises ConfigError for a key that does not exist."""
        for key in self.values:
            if key not in allowed:
                raise self.wrong(key, f"'{key}' bestaat niet. Kies uit: {', '.join(allowed)}.")

    def text(self, key: str, default: str | None = None) -> str:
        """A text; `default` None means that the row must give one that is not empty."""
        value = self.values.get(key, default)
        if value is None or (default is None and value == ""):
            raise self.wrong(key, f"'{key}' ontbreekt. Vul '{key}' in.")
        if not isinstance(value, str):
            raise self.wrong(key, f"'{key}' moet {_TYPES[str]} zijn.")
        return value.strip()

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, f"'{key}' moet {_TYPES[bool]} zijn, zonder aanhalingstekens.")
        return value

    def day(self, key: str) -> date | None:
        """A date; None when the row has none."""
        value = self.values.get(key)
        if value is not None and (isinstance(value, datetime) or not isinstance(value, date)):
            raise self.wrong(key, f"'{key}' moet een datum zijn zonder aanhalingstekens, zoals 2027-11-01.")
        return value

    def table(self, key: str) -> Mapping[str, object]:
        """A table; empty when the row has none."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"'{key}' moet {_TYPES[dict]} zijn.")
        return value

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """One of `allowed`."""
        value = self.text(key, default)
        if value not in allowed:
            raise self.wrong(key, f"'{key}' is '{value}'. Kies uit: {', '.join(allowed)}.")
        return value


def read_sources(path: Path) -> tuple[Source, ...]:
    """Every source of the table, in its order; also those that are off or not approved yet.

    Raises ConfigError at the first fault. A key that the legal record lacks is no fault: it stands in `Source.missing`,
    and keeps the source from starting (R1).
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        advice = f"{path.name} is niet te lezen. Controleer of het bestand bestaat, en TORENWACHT_SOURCES."
        raise ConfigError(path.name, "bestand", advice=advice) from error
    except UnicodeDecodeError as error:
        raise ConfigError(path.name, "bestand", advice=f"Sla {path.name} op als UTF-8.") from error
    except RecursionError as error:
        advice = f"{path.name} heeft te veel haken in elkaar. Schrijf het eenvoudiger."
        raise ConfigError(path.name, "bestand", advice=advice) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"regel {line[1]}" if line else "laatste regel"
        advice = f"{path.name} is geen geldige TOML bij {where}. Kijk daar naar aanhalingstekens, haken en komma's."
        raise ConfigError(path.name, where, advice=advice) from error
    top = _Row(path.name, path.name, tables)
    top.only(["source"])
    rows = tables.get("source", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise top.wrong("source", "Schrijf elke bron onder [[source]], met dubbele haken.")
    if not rows:
        raise top.wrong("source", f"{path.name} noemt geen bron. Schrijf elke bron onder [[source]].")
    found: dict[str, Source] = {}
    for number, values in enumerate(rows, start=1):
        source = source_of(path.name, values, number)
        if source.id in found:
            advice = f"De id '{source.id}' komt twee keer voor. Geef elke bron een eigen id."
            raise ConfigError(path.name, f"source[{number}] '{source.id}'.id", advice=advice)
        found[source.id] = source
    return tuple(found.values())


def source_of(file: str, values: Mapping[str, object], number: int = 1) -> Source:
    """The source that a row describes, checked. Raises ConfigError; `file` and `number` say where the row stands."""
    row = _Row(file, f"source[{number}] '{values.get('id', '?')}'", values)
    row.only(_KEYS)
    id = row.text("id")
    if not _ID.fullmatch(id):
        raise row.wrong("id", f"De id '{id}' mag alleen kleine letters, cijfers en streepjes hebben.")
    if id == MANUAL:
        raise row.wrong("id", f"De id '{id}' is van meldingen die met de hand binnenkomen. Kies een andere id.")
    kind = row.choice("kind", list(KINDS))
    url = _url(row)
    legal, missing = _legal(_Row(file, f"source[{number}] '{id}'.legal", row.table("legal")))
    source = Source(
        id=id,
        name=row.text("name"),
        publisher=row.text("publisher"),
        kind=kind,
        url=row.text("url"),
        voice=Voice(row.choice("voice", list(Voice))),
        every=_every(row, url),
        hosts=_hosts(row, url),
        enabled=row.flag("enabled", True),
        legal=legal,
        missing=missing,
        # A source on the network is public; a police signal comes in by hand and never from here (R31).
        handling=Handling(row.choice("handling", [h for h in Handling if h is not Handling.POLICE], Handling.OPEN)),
        detail=row.flag("detail", False),
        follows_removal=row.choice("removed", ["houden", "volgen"], "houden") == "volgen",
        ends_at=row.day("ends_at"),
        options=_options(_Row(file, f"source[{number}] '{id}'.options", row.table("options")), kind),
    )
    _written_by_people(row, source)
    return source


def _written_by_people(row: _Row, source: Source) -> None:
    """Raises ConfigError where posts of people come in with less than a high risk and reviewed hashtags (R9)."""
    timeline = chosen(source.options, "preset") == SOCIAL
    if timeline and source.voice is not Voice.SOCIAL:
        raise row.wrong("voice", "Een hashtag geeft berichten van mensen. Zet 'voice' op sociaal.")
    if timeline and not source.options.get("tags"):
        raise row.wrong("options.tags", "Noem bij 'tags' de hashtags, van plaatsen of gebeurtenissen, zonder #.")
    risk = source.legal.personal_data_risk if source.legal else PersonalDataRisk.HIGH
    if source.voice is Voice.SOCIAL and risk is not PersonalDataRisk.HIGH:
        raise row.wrong("legal.personal_data_risk", "Berichten van mensen hebben altijd een hoog risico. Schrijf hoog.")


def _url(row: _Row) -> URL:
    text = row.text("url")
    try:
        url = URL(text)
        fine = url.scheme in ("http", "https") and bool(url.host) and not url.fragment and (url.port or 0) > 0
    except ValueError:
        fine = False
    if not fine:
        raise row.wrong("url", f"'{text}' is geen webadres. Schrijf een volledig adres dat met https:// begint.")
    if url.user or url.password:
        raise row.wrong("url", "Het adres bevat een naam of wachtwoord. Torenwacht logt nergens in; haal ze weg.")
    if url.scheme == "http" and not is_loopback(url.host or ""):
        raise row.wrong("url", "Het adres is niet beveiligd. Gebruik https://, of vraag de uitgever daarom.")
    if why := person_behind(url):
        raise row.wrong("url", f"{why[0].upper()}{why[1:]}. Torenwacht volgt geen personen; kies een andere bron.")
    if what := person_asked_for(text):
        raise row.wrong("url", f"Het adres bevat {what}. Zoek nooit naar personen, alleen naar verschijnselen.")
    return url


def _every(row: _Row, url: URL) -> timedelta:
    text = row.text("every")
    match = _EVERY.fullmatch(text)
    if not match:
        raise row.wrong("every", f"'{text}' is geen tijd. Schrijf bijvoorbeeld 15m, 2h of 1d.")
    every = timedelta(**{_UNITS[match[2]]: int(match[1])})
    if every < SHORTEST and not is_loopback(url.host or ""):
        raise row.wrong("every", f"'{text}' is te vaak. Kies 5m of langer; dat is beleefd tegenover de uitgever.")
    return every


def _hosts(row: _Row, url: URL) -> tuple[str, ...]:
    own = (url.host or "").lower()
    hosts = row.values.get("hosts", [own])
    if not isinstance(hosts, list) or not hosts or not all(isinstance(host, str) for host in hosts):
        raise row.wrong("hosts", f"'hosts' moet een lijst van namen zijn, zoals [\"{own}\"].")
    lower = tuple(dict.fromkeys(host.strip().lower() for host in hosts))
    for host in lower:
        if not _HOST.fullmatch(host):
            raise row.wrong("hosts", f"'{host}' is geen naam van een computer. Schrijf alleen de naam, zoals {own}.")
        if why := person_behind(URL.build(scheme="https", host=host)):
            raise row.wrong("hosts", f"{why[0].upper()}{why[1:]}. Haal '{host}' weg.")
    if own not in lower:
        raise row.wrong("hosts", f"'{own}' staat niet in 'hosts', maar wel in 'url'. Voeg '{own}' toe.")
    return lower


def _options(row: _Row, kind: str) -> Mapping[str, object]:
    known = KINDS[kind].options
    for key in row.values:
        if key not in known:
            choice = ", ".join(known) if known else "dit soort heeft geen opties"
            raise row.wrong(key, f"'{key}' hoort niet bij soort '{kind}'. Kies uit: {choice}.")
    values = KINDS[kind].complete(row.values)
    for key, option in known.items():
        if key not in values:
            if option.required:
                raise row.wrong(key, f"'{key}' ontbreekt. {option.meaning}")
        elif problem := option.check(values[key]):
            raise row.wrong(key, f"De optie '{key}' {problem}.")
    return dict(values)


def _legal(row: _Row) -> tuple[LegalBasis | None, tuple[str, ...]]:
    """The legal record, and the keys that it lacks; None while a risk, a term or a date is missing."""
    row.only(_LEGAL)
    texts = {key: row.text(key, "") for key in _LEGAL if key not in ("retention_days", "review_date")}
    if texts["personal_data_risk"]:
        row.choice("personal_data_risk", list(PersonalDataRisk))
    days, review = row.values.get("retention_days"), row.day("review_date")
    if days is not None and (isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= LONGEST_RETENTION):
        raise row.wrong("retention_days", f"'retention_days' moet {_TYPES[int]} zijn van 1 tot en met 3650.")
    missing = tuple(key for key in _LEGAL if not (texts[key] if key in texts else row.values.get(key)))
    if days is None or review is None or not texts["personal_data_risk"]:
        return None, missing
    risk = PersonalDataRisk(texts.pop("personal_data_risk"))
    return LegalBasis(**texts, personal_data_risk=risk, retention_days=days, review_date=review), missing
