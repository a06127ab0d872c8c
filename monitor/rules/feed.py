"""Events and what changed in them -> Feed: what programs outside the house may know, in plain Dutch."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from classifiers import Category, Indicator, Level, Precision
from monitor.clock import midnight, today
from monitor.config import Notice
from monitor.domain import Audience, Entry, Event, EventState, Fact, Feed, areas, in_the_open
from monitor.rules.announce import footer, level_words, notification_line, period_of, size_words, unknowns, why
from monitor.rules.digest import sentence
from monitor.rules.picture import short_day, short_moment, when
from monitor.rules.stage import was_called_off

BACK, AHEAD = timedelta(days=28), timedelta(days=366)
"""The days that a feed tells of: so long a cancelled or past event stays."""
_CONFIRMED = 2
"""Sources from which a report counts as confirmed."""
_NEWS_AT_MOST = 3
_TAKEN_BACK = "Ingetrokken: deze melding geldt niet meer."
_MERGED = "Samengevoegd met een andere gebeurtenis: daar gaat zij verder."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a subscriber asks for within the own audience; empty means everything."""

    categories: frozenset[Category] = frozenset()
    levels: frozenset[Level] = frozenset()

    def lets_through(self, event: Event) -> bool:
        """Whether the event is among what was asked for."""
        return (not self.categories or event.category in self.categories) and (
            not self.levels or event.level in self.levels
        )


def feed_of(
    audience: Audience,
    found: Iterable[Event],
    facts: Sequence[Fact],
    *,
    wanted: Wanted,
    indicators: Mapping[str, Indicator],
    notice: Notice,
    organisation: str,
    link_base: str,
    began: datetime,
    now: datetime,
) -> Feed:
    """What this audience hears of these events. What is confidential is left out here too, whoever asks (R31)."""
    news: dict[int | None, list[Fact]] = {}
    for fact in facts:
        if fact.public and sentence(fact):
            news.setdefault(fact.event, []).append(fact)
    names = {area.code: area.name for area in areas()}
    entries = [
        _entry(
            event,
            news.get(event.id, ()),
            indicators=indicators,
            notice=notice,
            area=names.get(event.area, ""),
            link_base=link_base,
            now=now,
        )
        for event in map(in_the_open, found)
        if event is not None and event.category in audience.categories and wanted.lets_through(event)
    ]
    entries.sort(key=lambda e: (e.withdrawn, e.event.starts is None, e.event.starts or e.updated, e.event.id or 0))
    return Feed(audience, organisation, link_base, began, midnight(today(now)), tuple(entries))


def _entry(
    event: Event,
    news: Collection[Fact],
    *,
    indicators: Mapping[str, Indicator],
    notice: Notice,
    area: str,
    link_base: str,
    now: datetime,
) -> Entry:
    address = f"{link_base}/gebeurtenissen/{event.id}"
    withdrawn = event.state is EventState.WITHDRAWN
    cancelled = was_called_off(event)
    notification = "" if withdrawn else notification_line(event, now, notice)
    latest = sorted(news, key=lambda fact: (fact.at, fact.id or 0))[-_NEWS_AT_MOST:]
    told = (f"{short_moment(fact.at)}: {sentence(fact)}" for fact in reversed(latest))
    gone = _TAKEN_BACK if event.merged_into is None else _MERGED
    known = (gone,) if withdrawn else _lines(event, notification, indicators)
    return Entry(
        event=event,
        headline=_headline(event, cancelled=cancelled, withdrawn=withdrawn),
        lines=(*known, *told, footer(event, confidential=False, now=now), address),
        period=when(period_of(event)),
        area=area,
        notice=notification.removeprefix("Kennisgeving: "),
        address=address,
        confirmed=event.sources >= _CONFIRMED or bool(event.notification or event.permit),
        cancelled=cancelled,
        withdrawn=withdrawn,
        updated=max([event.changed_at, *(fact.at for fact in latest)]),
    )


def _headline(event: Event, *, cancelled: bool, withdrawn: bool) -> str:
    day = short_day(event.starts) if event.starts else "dag onbekend"
    what = event.title.removesuffix(f", {day}")
    if withdrawn:
        return f"[{'Ingetrokken' if event.merged_into is None else 'Samengevoegd'}] {what}"
    return f"[{'Afgelast · ' if cancelled else ''}{level_words(event)}] {what}"


def _lines(event: Event, notification: str, indicators: Mapping[str, Indicator]) -> tuple[str, ...]:
    """What is known, in the order in which a reader asks for it."""
    sources = "1 bron" if event.sources == 1 else f"{event.sources} bronnen"
    loose = event.precision is Precision.MINUTE and event.ends is None
    questions = [*unknowns(event), *(["eindtijd"] if loose else [])]
    return tuple(
        line
        for line in (
            f"Niveau: {level_words(event)}{', beoordeeld door een adviseur' if event.reviewed else ''}",
            why(event, indicators),
            f"Wanneer: {when(period_of(event))}",
            f"Omvang: {size_words(event)}" if event.size_max is not None else "",
            f"Gemeld door {sources}",
            notification,
            f"Nog niet bekend: {', '.join(questions)}" if questions else "",
        )
        if line
    )
