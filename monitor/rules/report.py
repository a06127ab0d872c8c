"""Item -> Report: what one item says of a happening, in the form in which two are compared."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from classifiers import MUNICIPALITY, Category, Period, PersonalKind, Phase, Place, Precision
from monitor.clock import local, midnight
from monitor.domain import Item
from monitor.domain.area import Point
from monitor.rules.moving import says_it_moves

GENERAL_KINDS = frozenset({"stad", "gemeente", "provincie", "land", "regio"})
"""Kinds of place that say too little to show as the place of an event."""

PLAUSIBLE = 0.2
"""Least share at which the reader holds a second category possible."""

NEARBY_DAYS = 8
"""How far from its own day a report is compared: a week, for reports that tell a weekend or a week."""
MOVED_REACH = timedelta(days=21)
"""A cancelled or moved happening is looked for this far from its new day."""

_SEASON_DAYS = 184
"""Reports of a whole season of New Year's Eve are compared with each other."""
_SEASON_OPENS = 7
"""July: talk of New Year's Eve is from then on about the coming one."""
_MOST_DAYS = 14
"""Of a longer period the first days count."""
_FEW_DAYS = 3
"""A period of more days says little of the day: two happenings may share the week of a fair."""
_LOOKS_BACK = 8
"""Days before it that a look back without a date may be about."""
_EVENING, _MORNING = 22, 6
"""Hours between which it is night: before the second it is still the night of the day before."""

_MARK = re.compile("|".join(re.escape(kind.placeholder) for kind in PersonalKind))
"""What stands where personal data stood: two posts share "[account]" whatever they tell of."""
_TOKEN = re.compile(r"[^\W\d_]{4,}|\d{3,}")
_STOP = frozenset(
    "aangaan aantal afgelopen allemaal alleen alles alweer andere anders avond bekend bent bijna binnen blijft boven "
    "buiten daar daarna daarom deze diverse door doordat draait echt eens eerder eerste enkele erbij ergens gaan gaat "
    "geen gemeente gewoon goed groningen groninger graag groot grote haar hebben heeft hele hier hierbij hoewel "
    "hoeveel iedereen iets inmiddels jaar jullie kan kans keer komen komende komt kunnen kunt laat laten later leden "
    "liggen maakt maar maken mensen mocht moeten moment morgen naar naam niet niets nieuw nieuwe nodig nooit omdat "
    "onder ongeveer onze ook over overal paar plaats plek politie ruim rond samen sinds soms staan staat steeds stad "
    "steun straks tegen tevens tijd tijdens toch toen tussen vaak vanaf vandaag vanavond vanmiddag vanuit vanwege veel "
    "verder verschillende vindt volgende volgens vooral voor voordat waar waarbij waardoor waarin waarom wanneer want "
    "waren wegens welke werd werden wordt worden wilden willen woensdag donderdag vrijdag zaterdag zondag maandag "
    "dinsdag zeggen zegt zelf zich zien zijn zodat zonder zoals zorgen zouden zullen januari februari maart april juni "
    "juli augustus september oktober november december weekend week middag ochtend nacht".split()
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that tells two happenings apart."""

    name: str
    """In lower case."""
    kind: str
    town: str | None
    """The municipality; None when that is not known."""
    point: Point | None


@dataclass(frozen=True, slots=True)
class Report:
    """What one item says of a happening, in the form in which two are compared."""

    category: Category
    kinds: frozenset[Category]
    """Its category, and those that the reader holds possible too."""
    period: Period | None
    days: frozenset[date]
    """Local days it may be about; empty when it names none."""
    vague: bool
    """Its days are a reach, or many: a day in common says little."""
    at_night: bool
    """Around midnight, where one report tells the day before and another the day after."""
    spots: tuple[Spot, ...]
    """Its specific places."""
    towns: frozenset[str]
    """The municipalities that its places lie in, as far as known."""
    words: frozenset[str]
    published: datetime
    entry: str
    moves: bool
    """It says that the happening got another day, hour or place."""
    over: bool
    """It looks back."""


def _new_years_eve(moment: datetime) -> date:
    """The New Year's Eve whose run-up or aftermath a moment belongs to: from July it is the coming one."""
    day = local(moment).date()
    return date(day.year if day.month >= _SEASON_OPENS else day.year - 1, 12, 31)


def _on_the_eve(item: Item) -> bool:
    """Reports on the whole town in one season are about one night, whatever day of it they dwell on."""
    if item.reading.category is not Category.NEW_YEAR:
        return False
    return not specific(item.reading.places) or (item.reading.period is None and item.reading.phase is Phase.ANNOUNCED)


def _days(item: Item) -> tuple[frozenset[date], bool]:
    """The days an item may be about, and whether that is vague."""
    period, published = item.reading.period, local(item.published)
    if _on_the_eve(item):
        return frozenset({_new_years_eve(period.start if period else item.published)}), False
    live = {published.date()}
    if item.reading.phase is Phase.UNDER_WAY and published.hour < _MORNING:
        live.add(published.date() - timedelta(days=1))
    if period is None:
        match item.reading.phase:
            case Phase.UNDER_WAY:
                return frozenset(live), False
            case Phase.OVER:
                return frozenset(published.date() - timedelta(days=n) for n in range(_LOOKS_BACK)), True
        return frozenset(), True
    start = local(period.start)
    # An end at midnight belongs to the day before: periods are half-open.
    last = local(period.end - timedelta(microseconds=1)).date() if period.end else start.date()
    length = min((last - start.date()).days, _MOST_DAYS - 1) + 1
    days = {start.date() + timedelta(days=n) for n in range(length)}
    if period.precision is Precision.MINUTE and start.hour < _MORNING:
        days.add(start.date() - timedelta(days=1))
    if days & live:
        days |= live
    return frozenset(days), length > _FEW_DAYS or period.precision is Precision.WEEK


def searched_days(item: Item) -> tuple[datetime | None, int]:
    """Around which moment, and how many days to either side, events are looked for that this item may report."""
    period = item.reading.period
    if _on_the_eve(item):
        return midnight(_new_years_eve(period.start if period else item.published)), _SEASON_DAYS
    days = MOVED_REACH.days if says_it_moves(item) else NEARBY_DAYS
    return (period.start if period else None), days


def searched_kinds(item: Item) -> frozenset[Category]:
    """The categories of the events that this item may report."""
    if item.reading.category is Category.UNREST:
        return frozenset(Category)
    return _kinds(item) | {Category.UNREST}


def _kinds(item: Item) -> frozenset[Category]:
    possible = {kind for kind, share in item.reading.scores if share >= PLAUSIBLE}
    return frozenset(possible - {Category.NONE}) | {item.reading.category}


def words_of(text: str) -> frozenset[str]:
    """The telling words of a text, each cut to six letters: Dutch endings and compounds then often meet."""
    return frozenset(w[:6] for w in _TOKEN.findall(_MARK.sub(" ", text).casefold()) if w not in _STOP)


def specific(places: Iterable[Place]) -> list[Place]:
    """The places that tell two happenings apart: a town elsewhere does, the city that is watched does not."""
    return [
        p
        for p in places
        if p.kind not in GENERAL_KINDS or (p.kind == "stad" and p.municipality not in (MUNICIPALITY, None))
    ]


def _at_night(item: Item) -> bool:
    period = item.reading.period
    if period is not None and period.precision is Precision.MINUTE:
        return not _MORNING <= local(period.start).hour < _EVENING
    return "nachtelijk" in item.reading.codes


def report_of(item: Item) -> Report:
    """An item as a report."""
    reading = item.reading
    days, vague = _days(item)
    return Report(
        category=reading.category,
        kinds=_kinds(item),
        period=reading.period,
        days=days,
        vague=vague,
        at_night=_at_night(item),
        spots=tuple(_spot(place) for place in specific(reading.places)),
        towns=frozenset(p.municipality for p in reading.places if p.municipality is not None),
        words=words_of(f"{item.title} {item.extract}"),
        published=item.published,
        entry=item.entry,
        moves=says_it_moves(item),
        over=reading.phase is Phase.OVER,
    )


def _spot(place: Place) -> Spot:
    longitude, latitude = place.longitude, place.latitude
    point = None if longitude is None or latitude is None else (longitude, latitude)
    return Spot(place.name.casefold(), place.kind, place.municipality, point)
