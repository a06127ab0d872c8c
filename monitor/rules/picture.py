"""Items -> Picture: what, where, when and how many, as the reports of an event together tell; and its title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from classifiers import UNCERTAIN_BELOW, Category, Period, Phase, Place, Precision, Scope, Size
from monitor.clock import local
from monitor.domain import Item, Source, area_at, metres
from monitor.rules.agreement import NEAR_METRES
from monitor.rules.classify import CANCELLED
from monitor.rules.copies import originals, publisher_of
from monitor.rules.moving import tells_the_new_day
from monitor.rules.report import GENERAL_KINDS

CATEGORY_WORDS = {
    Category.DEMONSTRATION: "Demonstratie",
    Category.FOOTBALL: "Voetbal",
    Category.NEW_YEAR: "Jaarwisseling",
    Category.EVENT: "Evenement",
    Category.UNREST: "Onrust",
    Category.NONE: "Overig",
}
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")

_EXACTNESS = {Precision.WEEK: 0, Precision.WEEKEND: 1, Precision.DAY: 2, Precision.MINUTE: 3}


@dataclass(frozen=True, slots=True)
class Picture:
    """The observed side of an event; its assessment stands apart (R36)."""

    category: Category
    period: Period | None
    place: Place | None
    area: str
    scope: Scope
    phase: Phase
    size: Size | None
    public: bool
    reports: int
    sources: int
    """Publishers that report it on their own: copies and a second feed of one publisher add nothing."""
    uncertain: bool
    model: str
    moved: bool
    """Its time or place was changed: by a newer version of one entry, or by a report that says so."""


def short_day(moment: datetime) -> str:
    """`za 21 nov`."""
    day = local(moment)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def short_moment(moment: datetime) -> str:
    """`za 21 nov 14.00 uur`."""
    return f"{short_day(moment)} {local(moment):%H.%M} uur"


def when(period: Period | None) -> str:
    """A period as an advisor reads it; `dag onbekend` when there is none."""
    if period is None:
        return "dag onbekend"
    last = period.end - timedelta(microseconds=1) if period.end else period.start
    one_day = local(period.start).date() == local(last).date()
    match period.precision:
        case Precision.MINUTE if period.end and one_day:
            return f"{short_day(period.start)} {local(period.start):%H.%M}–{local(period.end):%H.%M} uur"
        case Precision.MINUTE if period.end:
            return f"{short_moment(period.start)} – {short_moment(period.end)}"
        case Precision.MINUTE:
            return short_moment(period.start)
        case Precision.WEEKEND:
            return f"weekend van {short_day(period.start)}"
        case Precision.WEEK:
            return f"week van {short_day(period.start)}"
    return short_day(period.start) if one_day else f"{short_day(period.start)} t/m {short_day(last)}"


def title_of(category: Category, place: str, period: Period | None) -> str:
    """Composed, never quoted: a confidential signal must not leak through a headline."""
    parts = [CATEGORY_WORDS[category], place, short_day(period.start) if period else "dag onbekend"]
    return ", ".join(part for part in parts if part)


def speaking(items: Sequence[Item]) -> list[Item]:
    """The items that speak for the event: the open ones when there are any; the rest keeps its compartment (R31)."""
    return [i for i in items if not i.handling.confidential] or list(items)


def telling(items: Sequence[Item]) -> list[Item]:
    """Of each entry its newest version, the newest entry first: what was corrected tells no more."""
    newest: dict[str, Item] = {}
    for item in sorted(items, key=_age, reverse=True):
        newest.setdefault(item.entry, item)
    return list(newest.values())


def _age(item: Item) -> tuple[datetime, datetime, int]:
    return item.published, item.taken_in, item.id or 0


def _other_time(new: Period | None, old: Period | None) -> bool:
    """Another day, or on the same day another hour where both tell it. A day in the weekend told before is no other."""
    if new is None or old is None:
        return False
    if old.end is not None and _EXACTNESS[old.precision] < min(_EXACTNESS[new.precision], _EXACTNESS[Precision.DAY]):
        return not old.start <= new.start < old.end
    exact = new.precision is Precision.MINUTE and old.precision is Precision.MINUTE
    return new.start != old.start if exact else local(new.start).date() != local(old.start).date()


def _other_place(new: Place | None, old: Place | None) -> bool:
    if new is None or old is None or new.name.casefold() == old.name.casefold():
        return False
    if new.longitude is None or new.latitude is None or old.longitude is None or old.latitude is None:
        return True
    return metres((new.longitude, new.latitude), (old.longitude, old.latitude)) > NEAR_METRES


def _place(items: Sequence[Item]) -> Place | None:
    places = [place for item in items for place in item.reading.places]
    return next((p for p in places if p.kind not in GENERAL_KINDS), places[0] if places else None)


def _moved(items: Sequence[Item]) -> bool:
    """The newest report names another time or place than its own version before, or says that it was moved."""
    newest, *others = sorted(items, key=_age, reverse=True)
    before = next((i for i in others if i.entry == newest.entry), None)
    if any(e.code == CANCELLED and not e.words for e in newest.reading.evidence):
        return False  # a status without words says that it is off: the day beside it is no promise
    if before is not None:
        new, old = newest.reading, before.reading
        return _other_time(new.period, old.period) or _other_place(_place([newest]), _place([before]))
    days = {local(i.reading.period.start).date() for i in others if i.reading.period}
    period = newest.reading.period
    if CANCELLED not in newest.reading.codes or period is None:
        return False
    # When it is heard of first, there is no old day to hold the new one against: then its words tell.
    return local(period.start).date() not in days if days else tells_the_new_day(newest)


def _period(items: Sequence[Item]) -> Period | None:
    """The newest of the most exact: a later, vaguer report ("zaterdag") does not blur an exact one."""
    told = [i.reading.period for i in items if i.reading.period is not None]
    if not told:
        return None
    newest = told[0]
    same_day = [p for p in told if local(p.start).date() == local(newest.start).date()]
    exact = max(same_day, key=lambda p: _EXACTNESS[p.precision])
    if _EXACTNESS[exact.precision] < _EXACTNESS[Precision.DAY]:
        return max(told, key=lambda p: _EXACTNESS[p.precision])
    return exact


def _category(items: Sequence[Item]) -> Category:
    """What most reports say, weighed by how sure the reader was; `onrust` only when nothing else is said.

    Of copies one has a say: a text does not become truer by being printed often.
    """
    weights: dict[Category, float] = {}
    for item in items:
        weights[item.reading.category] = weights.get(item.reading.category, 0.0) + item.reading.confidence
    return max(weights, key=lambda c: (c is not Category.UNREST, weights[c]))


def sized_by(items: Sequence[Item]) -> Item | None:
    """The report that tells how many: the newest that does; None when none does."""
    return next((item for item in telling(speaking(items)) if item.reading.size), None)


def picture_of(items: Sequence[Item], sources: Mapping[str, Source] | None = None) -> Picture:
    """The event that these items report; at least one item. An open event shows nothing of its confidential ones.

    `sources` tells who publishes what; without it each source is a publisher of its own.
    """
    known = sources or {}
    public = any(not i.handling.confidential for i in items)
    items = speaking(items)
    told = telling(items)
    firsts = originals(told, known)
    place = _place(told)
    area = area_at(place.longitude, place.latitude) if place else None
    newest = told[0].reading
    return Picture(
        category=_category(firsts),
        period=_period(told),
        place=place,
        area=area.code if area else "",
        scope=newest.scope,
        phase=newest.phase,
        size=sized.reading.size if (sized := sized_by(items)) else None,
        public=public,
        reports=len(told),
        # A publisher counts once, and only for a text that it was first with.
        sources=len({publisher_of(i, known) for i in firsts}),
        uncertain=all(i.reading.confidence < UNCERTAIN_BELOW for i in told),
        model=newest.model,
        moved=_moved(items),
    )
