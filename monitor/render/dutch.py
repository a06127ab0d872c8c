"""Moments, numbers and codes -> plain Dutch: the filters of every template. Knows no HTML."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache

import pyphen

from classifiers import Category, Evidence, Indicator, Level, Precision, Weight
from monitor.clock import local
from monitor.domain import Event, Load

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_SHORT_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_LONG_WORD = 10
"""Letters from which a word gets soft hyphens."""

SHY = "\u00ad"

_CONFIRMED = 2
"""Sources from which a report counts as confirmed."""


def _day_of(moment: date | datetime) -> date:
    return local(moment).date() if isinstance(moment, datetime) else moment


def weekday(moment: date | datetime) -> str:
    """`za`."""
    return _DAYS[_day_of(moment).weekday()][:2]


def day(moment: date | datetime, *, year: bool = False) -> str:
    """`za 21 nov`, with `year` `za 21 nov 2026`."""
    it = _day_of(moment)
    return f"{_DAYS[it.weekday()][:2]} {it.day} {_SHORT_MONTHS[it.month - 1]}" + (f" {it.year}" if year else "")


def long_day(moment: date | datetime, *, year: bool = False) -> str:
    """`zaterdag 21 november`."""
    it = _day_of(moment)
    return f"{_DAYS[it.weekday()]} {it.day} {_MONTHS[it.month - 1]}" + (f" {it.year}" if year else "")


def month(moment: date | datetime) -> str:
    """`november 2026`."""
    it = _day_of(moment)
    return f"{_MONTHS[it.month - 1]} {it.year}"


def clock(moment: datetime) -> str:
    """`14.00`, as clocks in the Netherlands show it."""
    return f"{local(moment):%H.%M}"


def moment(value: datetime, *, year: bool = False) -> str:
    """`za 21 nov 14.00 uur`."""
    return f"{day(value, year=year)} {clock(value)} uur"


def days(start: datetime, end: datetime) -> str:
    """The days of `[start, end)`: `maandag 23 t/m zondag 29 november 2026`."""
    first, last = _day_of(start), _day_of(end - timedelta(microseconds=1))
    if first == last:
        return long_day(first, year=True)
    if (first.year, first.month) == (last.year, last.month):
        return f"{_DAYS[first.weekday()]} {first.day} t/m {long_day(last, year=True)}"
    return f"{long_day(first, year=first.year != last.year)} t/m {long_day(last, year=True)}"


def _last_day(event: Event) -> date | None:
    """The last day that the event touches; None without an end."""
    return _day_of(event.ends - timedelta(microseconds=1)) if event.ends else None


def times(event: Event) -> str:
    """The hours of an event on its first day, for a line that already tells the day."""
    if event.starts is None:
        return "dag niet bekend"
    match event.precision:
        case Precision.WEEKEND:
            return "dit weekend"
        case Precision.WEEK:
            return "deze week"
        case Precision.DAY:
            last = _last_day(event)
            return f"t/m {day(last)}" if last and last > _day_of(event.starts) else "tijd niet bekend"
    if event.ends is None:
        return clock(event.starts)
    last = _last_day(event)
    night = last is not None and (last - _day_of(event.starts)).days <= 1
    return f"{clock(event.starts)}–{clock(event.ends) if night else day(event.ends)}"


def period(event: Event) -> str:
    """When an event takes place, complete: `za 21 nov 14.00–16.00 uur`."""
    if event.starts is None:
        return "dag niet bekend"
    first, last = _day_of(event.starts), _last_day(event)
    match event.precision:
        case Precision.WEEKEND:
            return f"weekend van {day(first)}" + (f" en {day(last)}" if last and last != first else "")
        case Precision.WEEK:
            return f"week van {day(first)}"
        case Precision.DAY if last is None or last == first:
            return f"{day(first)}, tijd niet bekend"
        case Precision.DAY:
            return f"{day(first)} t/m {day(last or first)}"
    if event.ends is None:
        return f"{day(first)} {clock(event.starts)} uur, einde niet bekend"
    if last is not None and (last - first).days > 1:
        return f"{moment(event.starts)} t/m {moment(event.ends)}"
    return f"{day(first)} {clock(event.starts)}–{clock(event.ends)} uur"


def number(value: int) -> str:
    """`1.500`."""
    return f"{value:,}".replace(",", ".")


def size(event: Event) -> str:
    """How many people, as told: `400–700 mensen`; `niet bekend` when no source tells."""
    low, high = event.size_min, event.size_max
    if low is None and high is None:
        return "niet bekend"
    if low is None or high is None or low == high:
        return f"{number(high if high is not None else low or 0)} mensen"
    return f"{number(low)}–{number(high)} mensen"


def crowd(load: Load) -> str:
    """How many people a day brings, and how much of that is known.

    `minstens 12.500 mensen, van 3 van de 7 is de omvang bekend`; empty when nothing takes place.
    """
    known, events = load.known, load.events
    if not known:
        return "aantal mensen niet bekend" if events else ""
    if known == events:
        low, high = number(load.least), number(load.most)
        return f"{low if load.least == load.most else f'{low}–{high}' if load.least else f'tot {high}'} mensen"
    told = f"van {number(known)} van de {number(events)} is de omvang bekend"
    if not load.least:
        return f"{told}: tot {number(load.most)} mensen"
    upto = f" (hoogstens {number(load.most)} bij wat bekend is)" if load.most > load.least else ""
    return f"minstens {number(load.least)} mensen{upto}, {told}"


def busiest(load: Load) -> str:
    """`15.00–16.00 uur: 3 tegelijk`, `hele dag: 2 tegelijk`; empty when no two events are known to meet."""
    rush = load.rush
    if rush is None:
        return ""
    if rush.ends is None:
        return f"vanaf {clock(rush.starts)} uur: {rush.events} tegelijk"
    whole = clock(rush.starts) == clock(rush.ends) == "00.00"
    hours = "hele dag" if whole else f"{clock(rush.starts)}–{clock(rush.ends)} uur"
    return f"{hours}: {rush.events} tegelijk"


def make_up(load: Load) -> str:
    """`1 × C, 2 × B`: the levels of a day, the heaviest first, without what it has none of."""
    levels = (Level.C, Level.B, Level.A)
    return ", ".join(f"{load.counts[level]} × {level.value}" for level in levels if load.counts.get(level))


def count(value: int, one: str, more: str) -> str:
    """`1 bron`, `4 bronnen`."""
    return f"{number(value)} {one if value == 1 else more}"


def level_word(level: Level) -> str:
    """`B – aandacht`: the letter never stands without its word."""
    return f"{level.value} – {level.label}"


def category_word(category: Category) -> str:
    """`Demonstratie`; what fits no category is `Overig`."""
    return "Overig" if category is Category.NONE else category.value.capitalize()


@cache
def _hyphenator() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL")


def hyphens(text: str) -> str:
    """The text with soft hyphens in its long words; Chromium knows no Dutch hyphenation of its own."""
    return " ".join(_hyphenator().inserted(w, SHY) if len(w) >= _LONG_WORD else w for w in text.split())


def dots(weight: Weight) -> str:
    """How much an indicator weighs, as three dots; the word always stands beside them."""
    return {Weight.LIGHT: "●○○", Weight.HEAVY: "●●○", Weight.LOWERS: "▼"}.get(weight, "●●●")


def because(level: Level, evidence: Iterable[Evidence], indicators: dict[str, Indicator]) -> str:
    """One sentence that says how these indicators made this level; the rule is `classifiers.risk`."""
    evidence = tuple(evidence)
    weights = [indicators[e.code].weight for e in evidence if e.code in indicators]
    heavy, light = weights.count(Weight.HEAVY), weights.count(Weight.LIGHT)
    if Weight.LOWERS in weights:
        return "Een bron meldt dat het is afgelast, verplaatst of verboden. Daarom is het niveau A."
    match level:
        case Level.A if not weights:
            return "Er zijn geen indicatoren gevonden."
        case Level.A:
            return "Er is één lichte indicator. Dat is te weinig voor niveau B."
        case Level.B if heavy:
            return "Eén zware indicator maakt hier niveau B van."
        case Level.B:
            return f"{count(light, 'lichte indicator', 'lichte indicatoren')} samen maken hier niveau B van."
        case _ if any(e.decisive for e in evidence):
            return "De bron zelf noemt het een hoog risico. Dat is genoeg voor niveau C."
        case _ if Weight.VIOLENCE in weights or Weight.EMERGENCY in weights:
            return "Eén doorslaggevende indicator is genoeg voor niveau C."
        case _:
            return f"{count(heavy, 'zware indicator', 'zware indicatoren')} samen maken hier niveau C van."


def headline(event: Event) -> str:
    """The title without its day, for a line that stands below that day."""
    return event.title.removesuffix(f", {day(event.starts)}" if event.starts else ", dag onbekend")


def review(event: Event) -> str:
    """What a person has done with the level (R24): a C is a signal until someone has looked."""
    if event.reviewed:
        return "beoordeeld"
    return "signaal, nog niet beoordeeld" if event.level is Level.C else "nog niet beoordeeld"


def unknowns(event: Event) -> tuple[str, ...]:
    """What no source tells of an event, and a reader will ask."""
    open_questions = (
        ("de dag", event.starts is None),
        ("de tijd", event.starts is not None and event.precision is not Precision.MINUTE),
        ("het einde", event.precision is Precision.MINUTE and event.ends is None),
        ("de plek", not event.place),
        ("hoeveel mensen er komen", event.size_min is None and event.size_max is None),
        ("of een tweede bron het bevestigt", event.sources < _CONFIRMED),
    )
    return tuple(words for words, unknown in open_questions if unknown)


def week_number(moment: datetime) -> int:
    """By ISO 8601."""
    return local(moment).isocalendar().week


def week_code(moment: datetime) -> str:
    """`2026-W48`, as addresses have it."""
    year, week, _ = local(moment).isocalendar()
    return f"{year}-W{week:02d}"


def lead(span: timedelta) -> str:
    """How long before: `6 dagen`, `1 dag`, `5 uur`; under an hour `minder dan een uur`."""
    if span >= timedelta(days=1):
        return count(span.days, "dag", "dagen")
    hours = span // timedelta(hours=1)
    return f"{hours} uur" if hours else "minder dan een uur"


FILTERS = {
    function.__name__: function
    for function in (
        *(weekday, day, long_day, month, clock, moment, times, period, number, size, crowd, busiest, make_up),
        *(level_word, category_word, headline, hyphens, dots, review, week_number, week_code, lead),
    )
}
