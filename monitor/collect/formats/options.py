"""What one kind asks of the `options` of its row in sources.toml: its meaning in Dutch, and how it is checked."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from classifiers import Category, Precision
from monitor.collect.formats.paths import problem_with
from monitor.collect.refused import person_asked_for

Check = Callable[[object], str | None]
"""What is wrong with a value, in Dutch, as the end of "De optie 'x' …"; None when it is right."""


def text(value: object) -> str | None:
    """A text that is not empty."""
    return None if isinstance(value, str) and value.strip() else "moet een tekst zijn, die niet leeg is"


def number(value: object) -> str | None:
    """A whole number from 1 to 365."""
    fine = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 365  # noqa: PLR2004 - said above
    return None if fine else "moet een heel getal zijn van 1 tot en met 365"


PAGES_AT_MOST = 10
"""Pages of one list that one poll may ask for."""


def pages(value: object) -> str | None:
    """A whole number from 1 to PAGES_AT_MOST."""
    fine = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= PAGES_AT_MOST
    return None if fine else f"moet een heel getal zijn van 1 tot en met {PAGES_AT_MOST}"


def texts(value: object) -> str | None:
    """One text or more."""
    fine = isinstance(value, list) and value and not any(text(one) for one in value)
    return None if fine else 'moet een lijst van teksten zijn, zoals ["a", "b"]'


def question(value: object) -> str | None:
    """Search words, none of which singles out a person (R8)."""
    words = [value] if isinstance(value, str) else value
    if problem := texts(words):
        return problem
    assert isinstance(words, list)  # noqa: S101 - for the type checker: texts() has just said so
    for word in words:
        if '"' in word or "\\" in word:
            return f"mag geen aanhalingsteken of schuine streep bevatten: {word}"
        if what := person_asked_for(word):
            return f"bevat {what}; zoek nooit naar personen, alleen naar verschijnselen"
    return None


def path(value: object) -> str | None:
    """A path or template of `paths`."""
    return text(value) or problem_with(str(value))


def selector(value: object) -> str | None:
    """A CSS selector, with `@name` behind it for an attribute."""
    if problem := text(value):
        return problem
    css = str(value).partition("@")[0].strip()
    try:
        LexborHTMLParser("<p></p>").css(css or "p")
    except SelectolaxError:
        return f"is geen CSS-selector: {value}"
    return None


def date_format(value: object) -> str | None:
    """A pattern of strptime that names a day and a month."""
    if problem := text(value):
        return problem
    pattern = str(value)
    try:
        time.strptime("", pattern)
    except ValueError as error:
        if "does not match" not in str(error):
            return f"is geen datumpatroon: {pattern}; schrijf bijvoorbeeld %d %B %Y"
    fine = re.search("%[cxs]", pattern) or (re.search("%[dj]", pattern) and re.search("%[mbBj]", pattern))
    return None if fine else f"noemt geen dag en maand: {pattern}; schrijf bijvoorbeeld %d %B %Y"


def category(value: object) -> str | None:
    """A code of Category."""
    return None if value in set(Category) else f"kent '{value}' niet; kies uit: {', '.join(Category)}"


def precision(value: object) -> str | None:
    """How exact a date without a time is."""
    allowed = (Precision.DAY, Precision.WEEKEND, Precision.WEEK)
    return None if value in allowed else f"kent '{value}' niet; kies uit: {', '.join(allowed)}"


def web_address(value: object) -> str | None:
    """An address to refer readers to."""
    fine = isinstance(value, str) and re.fullmatch(r"https?://[^\s/]+\S*", value)
    return None if fine else "moet een adres zijn dat met https:// begint"


def only(value: object) -> str | None:
    """A table: path -> the value, or the values, of which an entry must have one."""
    if not isinstance(value, dict) or not value:
        return 'moet een tabel zijn, zoals { team1 = "FC Groningen" }'
    for key, wanted in value.items():
        problem = problem_with(key) or (text(wanted) if isinstance(wanted, str) else texts(wanted))
        if problem:
            return f"heeft een fout bij '{key}': {problem}"
    return None


_OURS = frozenset(
    "accept-encoding connection content-length cookie host if-modified-since if-none-match range te transfer-encoding "
    "upgrade user-agent".split()
)
"""Headers that say who we are (R4), or how the wire works."""


def headers(value: object) -> str | None:
    """A table: name of a header -> `env:NAME`. The key itself never stands in the table (R3)."""
    if not isinstance(value, dict) or not value:
        return 'moet een tabel zijn, zoals { X-Auth-Token = "env:TORENWACHT_VOETBAL_KEY" }'
    for name, secret in value.items():
        if name.lower() in _OURS or not re.fullmatch(r"[A-Za-z0-9-]+", name):
            return f"mag de kop '{name}' niet zetten"
        if not isinstance(secret, str) or not re.fullmatch(r"env:TORENWACHT_[A-Z0-9_]+_(?:KEY|TOKEN|SECRET)", secret):
            return f"moet bij '{name}' naar de omgeving verwijzen, zoals env:TORENWACHT_VOETBAL_KEY"
    return None


@dataclass(frozen=True, slots=True)
class Option:
    """One key under `options`."""

    meaning: str
    """Dutch, as docs/sources.md prints it."""
    required: bool = False
    check: Check = text


Options = Mapping[str, Option]


def chosen(options: Mapping[str, object], name: str, default: str = "") -> str:
    """The text at `name`, or `default`; read_sources has seen to its type."""
    value = options.get(name, default)
    return value if isinstance(value, str) else default
