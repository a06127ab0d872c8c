"""CleanItem -> Item: the only maker of Item. What a source tells as data stands above what its words say."""

from dataclasses import replace
from datetime import datetime, timedelta

from classifiers import PERSON, Category, Evidence, Level, Phase, Reader, Reading, Scope
from monitor.config import Retention
from monitor.domain import EXTRACT_LENGTH, CleanItem, Handling, Item, Told

CANCELLED = "afgelast_verboden"


def extract(text: str) -> str:
    """At most EXTRACT_LENGTH characters, cut at a word (R18)."""
    if len(text) <= EXTRACT_LENGTH:
        return text
    return text[: EXTRACT_LENGTH - 1].rsplit(maxsplit=1)[0] + "…"


def _phase(told: Told, read: Phase, now: datetime) -> Phase:
    """A dated entry of a calendar is announced, under way or over by its dates, whatever its words."""
    if told.period is None:
        # Whoever names the kind of happening speaks of one, also when the words do not.
        return Phase.ANNOUNCED if told.category and read is Phase.OTHER else read
    if told.period.start > now:
        return Phase.ANNOUNCED
    end = told.period.end or told.period.start + timedelta(hours=3)
    return Phase.UNDER_WAY if end > now else Phase.OVER


def _with_told(reading: Reading, told: Told, reader: Reader, now: datetime) -> Reading:
    by_hand = tuple(Evidence(code, "", PERSON) for code in told.codes)
    evidence = by_hand + tuple(e for e in reading.evidence if e.code not in told.codes)
    if told.cancelled:
        evidence = (*(e for e in evidence if e.code != CANCELLED), Evidence(CANCELLED, ""))
    category = told.category or reading.category
    phase = _phase(told, reading.phase, now)
    concrete = category is not Category.NONE and phase is not Phase.OTHER
    level: Level | None = reader.level_of(evidence) if concrete else None
    # A short entry of a calendar tells its day as data; that its words tell none makes it no less an event.
    dated = told.period is not None and reading.scope is not Scope.ELSEWHERE
    return replace(
        reading,
        category=category,
        confidence=1.0 if told.category else reading.confidence,
        phase=phase,
        evidence=evidence,
        period=told.period or reading.period,
        level=level,
        relevant=reading.relevant or (concrete and (told.category is not None or dated)),
    )


def classify(item: CleanItem, reader: Reader, *, now: datetime, retention: Retention) -> Item:
    """The item as it is kept, with its reading; the text is cut to an extract after it was read whole."""
    reading = reader.read(item.title, item.text, published=item.published, voice=item.voice)
    if item.told != Told():
        reading = _with_told(reading, item.told, reader, now)
    days = retention.police_days if item.handling is Handling.POLICE else retention.unmatched_days
    latest = now + timedelta(days=days)
    return Item(
        fingerprint=item.fingerprint,
        entry=item.entry,
        source=item.source,
        title=item.title,
        extract=extract(item.text),
        url=item.url,
        published=item.published,
        taken_in=now,
        voice=item.voice,
        handling=item.handling,
        reading=reading,
        expires=item.told.expires,
        provision=item.told.provision,
        delete_after=min(latest, item.told.expires or latest),
    )
