"""The fixed and movable days of the Dutch year that texts call by name -> dates."""

import re
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

_FIXED = {
    r"nieuwjaars(?:dag|duik|ochtend|middag)": (1, 1),
    r"valentijnsdag": (2, 14),
    r"(?:internationale )?vrouwendag": (3, 8),
    r"dag van de arbeid": (5, 1),
    r"dodenherdenking": (5, 4),
    r"bevrijdingsdag|bevrijdingsfestival|bevrijdingspop": (5, 5),
    r"keti ?koti": (7, 1),
    r"gronings? ontzet|bommen berend": (8, 28),
    r"halloween(?:nacht|avond)?": (10, 31),
    r"sint[- ]maarten(?:avond|optocht)?|sintermerte": (11, 11),
    r"pakjesavond|sinterklaasavond": (12, 5),
    r"kerstavond|kerstnacht": (12, 24),
    r"eerste kerstdag|1e kerstdag": (12, 25),
    r"tweede kerstdag|2e kerstdag": (12, 26),
    r"(?:oude?jaars|oude?jaar)(?:avond|dag|middag|ochtend)?": (12, 31),
}
_NEW_YEAR = r"oudejaarsnacht|oudjaarsnacht|oud (?:en|&) nieuw|oud-en-nieuw|jaarwisseling|nieuwjaarsnacht|oudennieuw"
_EASTER = {
    r"carnavalszondag": -49,
    r"witte donderdag": -3,
    r"goede vrijdag": -2,
    r"paaszaterdag|stille zaterdag": -1,
    r"eerste paasdag|1e paasdag|pasen": 0,
    r"tweede paasdag|2e paasdag|paasmaandag": 1,
    r"hemelvaartsdag|hemelvaart": 39,
    r"eerste pinksterdag|1e pinksterdag|pinksteren": 49,
    r"tweede pinksterdag|2e pinksterdag|pinkstermaandag": 50,
    r"pinksterzaterdag": 48,
}
_KINGS = r"koningsnacht|koningsdag"
_OTHER = (
    r"prinsjesdag|moederdag|vaderdag|kerstmis|kerst(?:dagen)?|paasweekend|pinksterweekend"
    r"|(?:eerste en tweede |beide )?(?:paasdagen|pinksterdagen)|eerste en tweede (?:paas|pinkster|kerst)dag"
)
FEAST = (
    r"\b(?<!vorige )(?<!volgende )(?:"
    + "|".join([_NEW_YEAR, *_FIXED, _OTHER, *_EASTER, rf"(?:{_KINGS})[a-z]*"])
    + r")\b(?!-)"
)
"""Lower-case names. A New Year that is not the one next door ("vorige jaarwisseling") names no moment."""

_TELLING = ("koningsnacht", "koningsdag", "dodenherdenking", "bevrijdingsdag", "gronings ontzet", "sint maarten")
"""Days on which most of what is written is about the day itself."""
_FROM, _UNTIL = (12, 26), (1, 6)
"""Month and day: around the turn of the year."""

_FIXED_RULES = tuple((re.compile(names), day) for names, day in _FIXED.items())
_EASTER_RULES = tuple((re.compile(names), days) for names, days in _EASTER.items())
_NEW_YEAR_RULE = re.compile(_NEW_YEAR)


@lru_cache(maxsize=128)
def _public_day(name: str, year: int) -> date | None:
    """None where the table has none: there was no King's Day before 2014, and it ends some way from our years."""
    return next(iter(country_holidays("NL", years=year, language="nl").get_named(name)), None)


@lru_cache(maxsize=4096)
def feast_day(name: str, year: int) -> tuple[date, date] | None:
    """First and last day, both included, of the feast `name` (lower case) in `year`; None for an unknown name.

    New Year's Eve as a whole ("jaarwisseling") belongs to the year that ends in it and lasts into 1 January.
    """
    if _NEW_YEAR_RULE.fullmatch(name):
        return date(year, 12, 31), date(year + 1, 1, 1)
    for rule, (month, number) in _FIXED_RULES:
        if rule.fullmatch(name):
            day = date(year, month, number)
            return day, day
    if name.startswith("koning"):
        kings = _public_day("Koningsdag", year)
        if kings is None:
            return None
        day = kings - timedelta(days=1) if name.startswith("koningsnacht") else kings
        return day, day
    easter = _public_day("Eerste paasdag", year)
    if easter is None:
        return None
    for rule, days in _EASTER_RULES:
        if rule.fullmatch(name):
            return easter + timedelta(days=days), easter + timedelta(days=days)
    return _counted(name, year, easter)


@lru_cache(maxsize=1024)
def telling_days(day: date) -> tuple[str, ...]:
    """Names of the feasts that `day` is, for those that say much about what is written or happens then.

    The days around the turn of the year have a name of their own beside it: bonfires and loose fireworks come early.
    """
    here = day.month, day.day
    names = [name for name in _TELLING if feast_day(name, day.year) == (day, day)]
    if here in {(12, 31), (1, 1)}:
        names.append("jaarwisseling")
    if here >= _FROM or here <= _UNTIL:
        names.append("dagen rond jaarwisseling")
    return tuple(names)


def _counted(name: str, year: int, easter: date) -> tuple[date, date] | None:
    match name:
        case "kerst" | "kerstmis" | "kerstdagen" | "eerste en tweede kerstdag":
            return date(year, 12, 25), date(year, 12, 26)
        case "paasweekend":
            return easter - timedelta(days=1), easter + timedelta(days=1)
        case "pinksterweekend":
            return easter + timedelta(days=48), easter + timedelta(days=50)
        case _ if name.endswith(("paasdag", "paasdagen")):
            return easter, easter + timedelta(days=1)
        case _ if name.endswith(("pinksterdag", "pinksterdagen")):
            return easter + timedelta(days=49), easter + timedelta(days=50)
        case "prinsjesdag":
            day = _nth(year, 9, weekday=1, nth=3)
        case "moederdag":
            day = _nth(year, 5, weekday=6, nth=2)
        case "vaderdag":
            day = _nth(year, 6, weekday=6, nth=3)
        case _:
            return None
    return day, day


def _nth(year: int, month: int, *, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
