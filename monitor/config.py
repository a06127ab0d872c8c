"""Settings and Retention: from TORENWACHT_* and nothing else."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from monitor.errors import ConfigError

PREFIX = "TORENWACHT_"
SECRET_AT_LEAST = 32
"""Characters of a secret of our own."""
_SECRETS = ("_TOKEN", "_PASSWORD", "_KEY", "_SECRET", "_WEBHOOK_URL")
_IN_FILE = "_FILE"
DATABASE = PREFIX + "DATABASE"
"""Its address holds a password."""
FINGERPRINT_KEY = PREFIX + "FINGERPRINT_KEY"
CLIENT_SECRET = PREFIX + "OIDC_CLIENT_SECRET"
_OURS = (FINGERPRINT_KEY, CLIENT_SECRET)
"""Secrets of the house itself; other names that end like one belong to the tables."""
HERE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days something may exist after it is of no more use (R38); the municipality decides."""

    unmatched_days: int = 7
    """An item without an event, after it was taken in."""
    matched_days: int = 30
    """An item of an event, after that event ended; never before the event closed."""
    closes_after_days: int = 7
    """An event closes so many days after it ended."""
    event_days: int = 365
    """The record of an event, after it ended."""
    police_days: int = 28
    """A manual signal with police data, after it was added, however long its event lives."""
    seen_days: int = 730
    """The bare fingerprint that keeps an old entry from coming in again."""
    message_days: int = 30
    """The text of a delivered message."""
    new_year: bool = True
    """What tells of New Year stays until its evaluation is adopted, 1 April at the latest."""
    evaluation_adopted: date | None = None
    """The day on which the evaluation of the last New Year was adopted; None: not yet."""
    audit_days: int = 1095
    """The journal, the audit trail and briefings."""
    logbook_days: int = 1095
    """The record of processing, a file a day."""
    figure_days: int = 1825
    """Counts per month, without personal data."""
    staff_days: int = 365
    """Someone of the staff, after their last login or change."""
    state_days: int = 30
    """How a source did, after it was asked last and left the catalogue."""
    host_days: int = 7
    """What a host asks of visitors, after we were there last."""
    block_days: int = 1095
    """So long a text that someone asked us to leave out is kept from coming in again (R42)."""
    tick_days: int = 7
    """The mark of a promise that was kept."""
    job_days: int = 30
    """A job that was given up, or that nobody could do, after it was due."""
    backup_days: int = 28
    """How long whoever makes copies of the database keeps them: the proof of deletion tells it (R39)."""


PERIODS = tuple(field.name for field in fields(Retention) if field.name.endswith("_days"))
"""The periods, in days: TORENWACHT_KEEP_ and the name in capitals."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Until when a demonstration can be notified (R49): the municipality's own by-law says so."""

    hours: int = 48
    """Hours before the start, of days that count. Groningen: APVG art. 2:4."""
    counts_weekends: bool = False
    """Saturdays and Sundays count."""
    counts_holidays: bool = False
    """Generally recognised holidays count (Algemene termijnenwet art. 3)."""
    counts_good_friday: bool = True
    """Good Friday counts; it is no generally recognised holiday, but that law puts it on a par (art. 3(2))."""
    before: tuple[int, time] | None = None
    """Instead of hours: weekday, Monday being 0, and hour by which all of the days after it must be notified."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between installations; each field is TORENWACHT_ and its name in capitals."""

    data: Path
    """Folder for the embedded database, its lock and the log; made when absent."""
    sources: Path = HERE / "sources.toml"
    """The catalogue of sources."""
    channels: Path = HERE / "alerts" / "channels.toml"
    """The table of channels."""
    rules: Path = HERE / "alerts" / "rules.toml"
    """The table of send rules."""
    database: str = field(default="", repr=False)
    """SQLAlchemy address, with its password; empty means SQLite in `data`. PostgreSQL: postgresql+psycopg://…"""
    anchors: Path | None = None
    """File to which the trail of each day is added with its hash; None means `anchors.jsonl` in `data`."""
    host: str = "127.0.0.1"
    """Address the page listens on."""
    port: int = 8080
    """Port of the page."""
    public_url: str = ""
    """Address people use, for links in alerts; empty means http://host:port."""
    contact: str = "beheer@torenwacht.example"
    """Address in the User-Agent, so that a publisher can reach us (R4)."""
    organisation: str = "Gemeente Groningen"
    """Stands on pages and briefings."""
    allow_private_hosts: tuple[str, ...] = ()
    """Hosts and ranges (CIDR) that collectors may reach although private; for demo, tests and measuring only."""
    host_pause: int = 5
    """Seconds between two requests to one host; less than 5 is for measuring on loopback only."""
    log_level: str = "INFO"
    secure_cookies: bool = False
    """`ja` behind TLS: the session cookie then travels over https only."""
    fingerprint_key: str = field(default="", repr=False)
    """Secret of this installation, 32 characters or more: ids of social posts are kept as a hash with it (R12)."""
    oidc_issuer: str = ""
    """Address of the identity provider, exactly as it names itself; empty: staff log in with a password only."""
    oidc_client_id: str = ""
    """By what name the identity provider knows this installation."""
    oidc_client_secret: str = field(default="", repr=False)
    """What this installation shows to the identity provider."""
    oidc_roles: Mapping[str, str] = field(default_factory=dict)
    """Role at the identity provider -> role here; empty: they have the same names."""
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Where "env:NAME" in a table is looked up; hidden from repr, for it holds secrets."""
    retention: Retention = field(default_factory=Retention)
    notice: Notice = field(default_factory=Notice)

    @property
    def link_base(self) -> str:
        """Address in front of every path in an alert, without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secrets(self) -> frozenset[str]:
        """Every secret that is known here, for the log to keep silent about."""
        of_names = {value.strip() for name, value in self.environment.items() if name.endswith(_SECRETS)}
        password = urlsplit(self.database).password or ""
        return frozenset(secret for secret in {*of_names, self.fingerprint_key, unquote(password), password} if secret)

    @property
    def anchors_file(self) -> Path:
        """The anchor file; on another disk than the database it tells more."""
        return self.anchors or self.data / "anchors.jsonl"


def _number(name: str, value: str, low: int, high: int) -> int:
    if not value.isdecimal() or not low <= int(value) <= high:
        raise ConfigError(
            "omgeving", name, advice=f"{name} is '{value}'. Geef een heel getal van {low} tot en met {high}."
        )
    return int(value)


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ConfigError("omgeving", name, advice=f"{name} is '{value}'. Kies uit: {', '.join(allowed)}.")
    return value


def _secret(name: str, value: str) -> str:
    if len(value.strip()) < SECRET_AT_LEAST:
        # The value itself is not told: it is a secret, however short.
        raise ConfigError("omgeving", name, advice=f"{name} is te kort. Geef {SECRET_AT_LEAST} tekens of meer.")
    return value.strip()


def _yes_or_no(name: str, value: str) -> bool:
    return _one_of(name, value.lower(), ("ja", "nee")) == "ja"


_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def _weekly(name: str, value: str) -> tuple[int, time]:
    weekday, _, hour = value.strip().lower().partition(" ")
    try:
        return _WEEKDAYS.index(weekday), time.fromisoformat(hour.strip())
    except ValueError as error:
        advice = f"{name} is '{value}'. Schrijf een dag van de week en een tijd, zoals: vrijdag 12:00."
        raise ConfigError("omgeving", name, advice=advice) from error


def _notice(key: str, name: str, value: str) -> object:
    """The value of one field of Notice."""
    match key:
        case "hours":
            return _number(name, value, 1, 720)
        case "before":
            return _weekly(name, value)
        case _:
            return _yes_or_no(name, value)


def _day(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        advice = f"{name} is '{value}'. Schrijf een dag als 2027-02-17."
        raise ConfigError("omgeving", name, advice=advice) from error


def _path(name: str, value: str) -> Path:
    try:
        return Path(value).expanduser()
    except RuntimeError as error:
        advice = f"{name} is '{value}', maar die gebruiker bestaat niet. Schrijf het hele pad."
        raise ConfigError("omgeving", name, advice=advice) from error


def _web_address(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:
        fine = False
    if value and not fine:
        advice = f"{name} is '{value}'. Schrijf een volledig adres dat met https:// begint, of laat het leeg."
        raise ConfigError("omgeving", name, advice=advice)
    return value


def _hosts(name: str, value: str) -> tuple[str, ...]:
    hosts = tuple(part.strip().strip("[]") for part in value.split(",") if part.strip())  # [::1] is ::1
    for host in hosts:
        if "/" in host:
            try:
                ipaddress.ip_network(host)
            except ValueError as error:
                advice = f"{name}: '{host}' is geen adresreeks. Schrijf bijvoorbeeld 127.0.0.0/8."
                raise ConfigError("omgeving", name, advice=advice) from error
    return hosts


def _from_files(env: Mapping[str, str]) -> dict[str, str]:
    """The environment, with the secrets for which it names a file: X_FILE gives X, as container platforms do it."""
    found = dict(env)
    for name, path in sorted(env.items()):
        secret = name.removesuffix(_IN_FILE)
        if secret == name or not name.startswith(PREFIX) or not secret.endswith((*_SECRETS, DATABASE)):
            continue
        if secret in env:
            advice = f"{secret} en {name} zijn allebei gezet. Laat er één weg, zodat duidelijk is welke geldt."
            raise ConfigError("omgeving", name, advice=advice)
        found[secret] = _secret_in(name, path)
        del found[name]
    return found


def _secret_in(name: str, path: str) -> str:
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        advice = f"{name} wijst naar '{path}', maar dat bestand is niet te lezen. Controleer het pad en de rechten."
        raise ConfigError("omgeving", name, advice=advice) from error
    if not value:
        raise ConfigError("omgeving", name, advice=f"{name} wijst naar '{path}', maar dat bestand is leeg.")
    return value


def _issuer(name: str, value: str) -> str:
    """Over https; plain http only on this machine, to try things out."""
    at_home = urlsplit(_web_address(name, value)).hostname in ("127.0.0.1", "::1", "localhost")
    if value and not value.startswith("https://") and not at_home:
        advice = f"{name} is '{value}'. Schrijf het adres van de aanmelddienst met https://."
        raise ConfigError("omgeving", name, advice=advice)
    return value


def _role_names(name: str, value: str) -> Mapping[str, str]:
    pairs = [part.partition("=") for part in value.split(",") if part.strip()]
    if not all(theirs.strip() and ours.strip() for theirs, _, ours in pairs):
        advice = f"{name} is '{value}'. Schrijf paren zoals: Torenwacht.Adviseur=adviseur, Torenwacht.Beheer=beheerder."
        raise ConfigError("omgeving", name, advice=advice)
    return {theirs.strip(): ours.strip() for theirs, _, ours in pairs}


def _complete(settings: Settings) -> Settings:
    """The same settings; raises ConfigError for half an identity provider."""
    parts = {
        "ISSUER": settings.oidc_issuer, "CLIENT_ID": settings.oidc_client_id,
        "CLIENT_SECRET": settings.oidc_client_secret,
    }  # fmt: skip
    missing = [f"{PREFIX}OIDC_{part}" for part, value in parts.items() if not value]
    if (any(parts.values()) or settings.oidc_roles) and missing:
        advice = f"Voor een aanmelddienst ontbreekt {missing[0]}. Zet alle drie: issuer, client id en client secret."
        raise ConfigError("omgeving", missing[0], advice=advice)
    return settings


def settings_from(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environment`, or from that of the process.

    Raises ConfigError, also for an unknown TORENWACHT_ name; those that end like a secret belong to the tables,
    which refer to them as "env:NAME", and TORENWACHT_TEST_ to the tests.
    """
    env = _from_files(os.environ if environment is None else environment)
    values: dict[str, object] = {"environment": env}
    retention: dict[str, int | bool | date] = {}
    notice: dict[str, object] = {}
    for name, value in sorted(env.items()):
        of_tables = name.endswith(_SECRETS) and name not in _OURS
        if not name.startswith(PREFIX) or name.startswith(PREFIX + "TEST_") or of_tables:
            continue
        key = name.removeprefix(PREFIX).lower()
        match key:
            case "fingerprint_key":
                values[key] = _secret(name, value)
            case "data" | "sources" | "channels" | "rules" | "anchors":
                values[key] = _path(name, value)
            case "oidc_issuer":
                values[key] = _issuer(name, value)
            case "oidc_roles":
                values[key] = _role_names(name, value)
            case "database" | "host" | "contact" | "organisation" | "oidc_client_id" | "oidc_client_secret":
                values[key] = value
            case "public_url":
                values[key] = _web_address(name, value)
            case "port":
                values[key] = _number(name, value, 1, 65535)
            case "host_pause":
                values[key] = _number(name, value, 0, 3600)
            case "allow_private_hosts":
                values[key] = _hosts(name, value)
            case "secure_cookies":
                values[key] = _yes_or_no(name, value)
            case "log_level":
                values[key] = _one_of(name, value.upper(), ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
            case "keep_new_year":
                retention["new_year"] = _yes_or_no(name, value)
            case "evaluation_adopted":
                retention[key] = _day(name, value)
            case _ if key.startswith("keep_") and key.removeprefix("keep_") in PERIODS:
                retention[key.removeprefix("keep_")] = _number(name, value, 1, 3650)
            case _ if key.startswith("notice_") and key.removeprefix("notice_") in Notice.__dataclass_fields__:
                notice[key.removeprefix("notice_")] = _notice(key.removeprefix("notice_"), name, value)
            case _:
                advice = f"De instelling {name} bestaat niet. Alle instellingen staan in docs/settings.md."
                raise ConfigError("omgeving", name, advice=advice)
    if {"hours", "before"} <= set(notice):
        name = PREFIX + "NOTICE_BEFORE"
        raise ConfigError("omgeving", name, advice=f"{name} en {PREFIX}NOTICE_HOURS gaan niet samen. Kies er één.")
    values.setdefault("data", Path("data"))
    values["notice"] = Notice(**notice)  # type: ignore[arg-type]  # _notice gives each field its type
    return _complete(Settings(**values, retention=Retention(**retention)))  # type: ignore[arg-type]  # each case above gives its field's type
