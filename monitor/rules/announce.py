"""Fact -> Message or None: every Dutch sentence that leaves by a channel. Quotes no item, names no person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from alerts import Ask, Message, Topic, Urgency
from classifiers import PERSON, Category, Indicator, Level, Period, Precision
from monitor.clock import local
from monitor.config import Notice
from monitor.domain import MACHINE, Event, EventState, Fact, FactKind, Notification, Notified, Outcome
from monitor.rules.classify import CANCELLED
from monitor.rules.health import Health
from monitor.rules.outlook import notification_of, outlook
from monitor.rules.picture import CATEGORY_WORDS, short_day, short_moment, when
from monitor.rules.sending import Sending

NOT_REVIEWED = "signaal, nog niet beoordeeld"
"""What an unconfirmed C is called; it is never sent as an assessment (R24)."""

_TOLD = (Notified.DONE, Notified.IN_TIME, Notified.TOO_LATE)
"""What a message says of the notification; for the rest there is nothing to do."""
ELSEWHERE = "elsewhere"
"""Why an event was withdrawn whose reports went to another one."""
_CHECKS_AT_MOST = 2
_NEWS = "Wat is nieuw: "
_A_YEAR = timedelta(days=300)
"""From here on a day without its year may be misread."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a message may use besides the fact and its event; all of it free of personal data."""

    indicators: Mapping[str, Indicator]
    link_base: str
    now: datetime
    source_names: tuple[str, ...] = ()
    """Names of the open sources that report the event, newest first."""
    also: tuple[FactKind, ...] = ()
    """What else the same act brought about: told in the same message."""
    remarks: tuple[str, ...] = ()
    """Background, in whole lines which weigh nothing: of a match (`rules.football`), and what else is going on."""
    calls: tuple[str, ...] = ()
    """Ids in Slack of those who are asked, when nobody saw it."""
    notice: Notice = field(default_factory=Notice)
    """Until when a demonstration can be notified here."""


def level_words(event: Event) -> str:
    """`B – aandacht`; an unreviewed C only as a signal."""
    words = f"{event.level} – {event.level.label}"
    if event.level is Level.C and not event.reviewed:
        return f"C – {NOT_REVIEWED}"
    return words


def period_of(event: Event) -> Period | None:
    """The period of an event as it is kept; None when its day is not known."""
    if event.starts is None:
        return None
    return Period(local(event.starts), event.ends and local(event.ends), event.precision or Precision.DAY)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def size_words(event: Event) -> str:
    """`300–500`, `tot 2.000`, `1.500`; `niet bekend` when no report tells."""
    if event.size_min is None or event.size_max is None:
        return "niet bekend"
    return crowd(event.size_min, event.size_max)


def crowd(low: int, high: int) -> str:
    """How many people: `300–500`, `tot 2.000`, `1.500`."""
    if low == high:
        return _number(low)
    return f"tot {_number(high)}" if low == 0 else f"{_number(low)}–{_number(high)}"


def why(event: Event, indicators: Mapping[str, Indicator]) -> str:
    """`Waarom B: verplaatsing · geen kennisgeving bekend`, heaviest first; says so when nothing was found."""
    order = {"emergency": 0, "violence": 1, "heavy": 2, "light": 3, "lowers": 4}
    found = [indicators[e.code] for e in event.evidence if e.code in indicators]
    labels = [i.label for i in sorted(found, key=lambda i: (order[i.weight], i.code))]
    shown = " · ".join(labels) if labels else "geen indicatoren gevonden"
    if event.level is event.machine_level:
        return f"Waarom {event.level}: {shown}"
    if event.reviewed:
        return f"Waarom {event.level}: vastgesteld door een adviseur (de machine zag {event.machine_level})"
    return f"Waarom {event.level}: {shown}, verbeterd door een adviseur (de machine zag {event.machine_level})"


def unknowns(event: Event) -> list[str]:
    """What no report tells yet, as short Dutch words."""
    found = []
    if event.starts is None:
        found.append("dag")
    elif event.precision is not Precision.MINUTE:
        found.append("tijd")
    if not event.place:
        found.append("plaats")
    if event.size_min is None:
        found.append("omvang")
    return found


def notification_line(event: Event, now: datetime, notice: Notice) -> str:
    """Whether it is notified, or until when that can be done; empty where nothing is asked (R49)."""
    return _notification_line(notification_of(event, now, notice))


def _notification_line(found: Notification) -> str:
    return f"Kennisgeving: {found.words}" if found.state in _TOLD else ""


def _checks(event: Event, indicators: Mapping[str, Indicator]) -> list[str]:
    weights = {"emergency": 0, "violence": 0, "heavy": 1, "light": 2, "lowers": 1}
    found = [indicators[e.code] for e in event.evidence if e.code in indicators]
    chosen = sorted(found, key=lambda i: (weights[i.weight], i.code))[:_CHECKS_AT_MOST]
    return [i.check for i in chosen if i.check]


def footer(event: Event, confidential: bool, now: datetime) -> str:
    """Audience, handling and expiry (R33)."""
    ended = event.ends or event.starts or now + timedelta(days=14)
    audience = "openbare orde en politieliaison" if confidential else "openbare orde"
    handling = "vertrouwelijk" if confidential else "intern"
    return f"Doelgroep: {audience} · {handling} · vervalt {short_day(ended + timedelta(days=3))}"


def _doubts(fact: Fact, event: Event, indicators: Mapping[str, Indicator]) -> list[str]:
    """In what the machine no longer agrees with a person."""
    found = []
    sees = str(fact.data.get("sees") or event.level)
    if sees != event.level or not {"reads", "shows"} & fact.data.keys():
        found.append(f"de machine ziet nu {sees}, het niveau is {event.level}")
    if reads := fact.data.get("reads"):
        read, kept = CATEGORY_WORDS[Category(str(reads))], CATEGORY_WORDS[event.category]
        found.append(f"de machine leest nu '{read}', vastgesteld is '{kept}'")
    if (code := fact.data.get("shows")) in indicators:
        found.append(f"een nieuw bericht noemt '{indicators[str(code)].label}', dat was weggehaald")
    return found


def _news(kind: FactKind, fact: Fact, event: Event, indicators: Mapping[str, Indicator]) -> str:
    """What is new, in some words."""
    match kind:
        case FactKind.EVENT_OPENED:
            return "nieuw gesignaleerd"
        case FactKind.LEVEL_CHANGED if fact.by != "machine":
            return f"niveau van {fact.data['from']} naar {fact.data['to']} gezet door een adviseur"
        case FactKind.LEVEL_CHANGED:
            return f"niveau van {fact.data['from']} naar {fact.data['to']}"
        case FactKind.REVIEWED:
            return f"niveau {event.level} bevestigd door een adviseur"
        case FactKind.MOVED:
            return f"verplaatst; was {fact.data['was']}"
        case FactKind.CANCELLED:
            return f"afgelast of verboden volgens een {_who_called_it_off(event)}"
        case FactKind.RESUMED if fact.by != MACHINE.name:
            return "gaat volgens een adviseur toch door"
        case FactKind.RESUMED:
            return "gaat volgens een bron toch door"
        case FactKind.CONFIRMED:
            return "een tweede bron meldt dit ook"
        case FactKind.REVIEW_ASKED:
            return f"{'; '.join(_doubts(fact, event, indicators))}. Klopt dat nog?"
        case FactKind.SIGNAL_ADDED:
            return "er is een vertrouwelijk signaal bij gekomen"
        case FactKind.WITHDRAWN if fact.data.get("why") == ELSEWHERE:
            return "ingetrokken: het bericht hoort bij een andere gebeurtenis"
        case FactKind.WITHDRAWN if fact.by == MACHINE.name:
            return "ingetrokken: het bericht wordt niet meer gebruikt"
        case FactKind.WITHDRAWN:
            return "ingetrokken door een adviseur"
        case FactKind.RESTORED:
            return "staat weer op het weekbeeld: een adviseur draaide de intrekking terug"
        case FactKind.SOURCE_WITHDREW if event.state is EventState.WITHDRAWN:
            return "ingetrokken: de bron heeft het bericht verwijderd"
        case FactKind.SOURCE_WITHDREW:
            return "de bron heeft het bericht verwijderd"
        case FactKind.EVENTS_MERGED:
            return "samengevoegd met een andere gebeurtenis"
        case FactKind.EVENTS_PARTED:
            return "toch een eigen gebeurtenis: een adviseur draaide de samenvoeging terug"
        case FactKind.LEFT_THE_OPEN:
            return "de open berichten hierover zijn weg; er is nog wel een vertrouwelijk signaal"
        case FactKind.EVENT_SPLIT:
            return "één bericht ging over iets anders en staat nu apart"
        case FactKind.NOTICE_DUE:
            return "begint binnenkort, en er is geen kennisgeving bekend"
        case FactKind.NOT_SEEN:
            return f"nog door niemand gezien, na {fact.data['minutes']} minuten. Kijkt u?"
    return ""


def _who_called_it_off(event: Event) -> str:
    said = {piece.by for piece in event.evidence if piece.code == CANCELLED}
    return "adviseur" if said == {PERSON} else "bron"


def _sources_line(event: Event, told: Told) -> str:
    if not event.public:
        return "Bron: handmatig signaal"
    shown = ", ".join(told.source_names[:3])
    # More names than sources: some took their text over from another, or are of one publisher.
    label = "Bronnen" if len(told.source_names) <= event.sources else "Onafhankelijke bronnen"
    if not shown:
        return f"{label}: {event.sources}"
    more = max(event.sources, len(told.source_names)) - len(told.source_names[:3])
    return f"{label}: {event.sources} ({shown}{f' en {more} andere' if more > 0 else ''})"


def asks(event: Event) -> tuple[Ask, ...]:
    """What a reader can answer about the event as it is now; nothing once it is closed or withdrawn."""
    if event.state not in (EventState.OPEN, EventState.CANCELLED):
        return ()
    unreviewed = event.level is Level.C and not event.reviewed
    return (Ask.SEEN, Ask.WRONG, Ask.CONFIRM) if unreviewed else (Ask.SEEN, Ask.WRONG)


_STATES = {EventState.CANCELLED: "AFGELAST", EventState.WITHDRAWN: "INGETROKKEN"}


def announce_event(fact: Fact, event: Event, told: Told, sending: Sending) -> Message:
    """The message of a fact about an event, and of `told.also`; confidential when the fact is."""
    kinds = (fact.kind, *told.also)
    news = " · ".join(words for kind in kinds if (words := _news(kind, fact, event, told.indicators)))
    confidential = not fact.public
    stands = outlook(event, told.now, told.notice)
    lines = [
        f"{_NEWS}{news}",
        f"Wanneer: {when(period_of(event))}{f' ({stands.lead})' if stands.lead else ''}",
        f"Waar: {event.place}" if event.place else "",
        why(event, told.indicators),
        _notification_line(stands.notification),
        f"Eerst gezien: {stands.first_seen}" if stands.first_seen and FactKind.EVENT_OPENED not in kinds else "",
        f"Omvang: {size_words(event)}" if event.size_min is not None else "",
        _sources_line(event, told),
        "Nog onbekend: " + ", ".join(missing) if (missing := unknowns(event)) else "",
        *told.remarks,
        *(f"Ga na: {check}" for check in _checks(event, told.indicators)),
    ]
    if event.uncertain:
        lines.append("Onzeker: de machine twijfelt over de soort. Kijk zelf mee.")
    state = f" · {_STATES[event.state]}" if event.state in _STATES else ""
    return Message(
        key=f"feit-{fact.id}",
        topic=Topic.LEVEL,
        urgency=sending.urgency,
        title=f"[{level_words(event)}{state}] {event.title}",
        lines=tuple(line for line in lines if line),
        link=f"{told.link_base}/gebeurtenissen/{event.id}",
        footer=footer(event, confidential, told.now),
        confidential=confidential,
        about=str(event.id),
        asks=asks(event),
        calls=told.calls,
        at=fact.at,
    )


def also_tells(message: Message, other: Message) -> Message:
    """The message with what is new in another one of the same act about the same event, and as urgent as both."""
    news, *lines = message.lines
    too = other.lines[0].removeprefix(_NEWS)
    return replace(message, lines=(f"{news} · {too}", *lines), urgency=max(message.urgency, other.urgency))


def belated(message: Message) -> Message:
    """The same message for a channel that took newer news first: it says so, and of which moment it is."""
    of = f" van {short_moment(local(message.at))}" if message.at else ""
    return replace(message, lines=(f"Let op: dit oudere bericht{of} kwam te laat aan.", *message.lines))


def announce_house(fact: Fact, told: Told, *, name: str = "", advice: str = "") -> Message | None:
    """The message of a fact about a source, a briefing or the house itself; None when there is nothing to tell.

    `name` is that of the source; `advice` what the operator can do, in Dutch.
    """
    week = fact.data.get("week", "")
    still, since = _still(fact)
    edition = "" if fact.public else ", vertrouwelijke editie,"
    table: dict[FactKind, tuple[Topic, Urgency, str, Sequence[str], str]] = {
        FactKind.SOURCE_FAILING: (
            Topic.SOURCE, Urgency.NORMAL, f"Bron '{name}' geeft {still}geen bruikbaar antwoord{_state_word(fact)}",
            (since, advice), "/bronnen",
        ),
        FactKind.SOURCE_SILENT: (
            Topic.SOURCE, Urgency.NORMAL, f"Bron '{name}' is {still}stil", (since, advice), "/bronnen",
        ),
        FactKind.SOURCE_RECOVERED: (
            Topic.SOURCE, Urgency.LOW, f"Bron '{name}' werkt weer", (since, "U hoeft niets te doen."), "/bronnen",
        ),
        FactKind.BRIEFING_READY: (
            Topic.BRIEFING, Urgency.NORMAL, f"Weekbriefing week {week}{edition} staat klaar als concept",
            ("Een redacteur of adviseur keurt de briefing goed voordat hij verder gaat.",),
            f"/briefings/{fact.data.get('briefing', '')}",
        ),
        FactKind.BRIEFING_APPROVED: (
            Topic.BRIEFING, Urgency.NORMAL, f"Weekbriefing week {week}{edition} is goedgekeurd",
            ("Een redacteur of adviseur heeft de briefing goedgekeurd. De tekst ligt nu vast.",),
            f"/briefings/{fact.data.get('briefing', '')}",
        ),
        FactKind.COLLECTION_STOPPED: (
            Topic.OPERATION, Urgency.HIGH, "Alle verzameling is gestopt",
            ("Er komen geen nieuwe berichten binnen tot iemand dit weer aanzet.",), "/bronnen",
        ),
        FactKind.COLLECTION_RESUMED: (
            Topic.OPERATION, Urgency.NORMAL, "De verzameling loopt weer", ("U hoeft niets te doen.",), "/bronnen",
        ),
        FactKind.PURGE_LATE: (
            Topic.OPERATION, Urgency.HIGH, "Het opschonen van oude gegevens is te laat",
            (since, "Kijk in het log waarom, en draai 'torenwacht purge'."), "/bronnen",
        ),
        FactKind.PURGED: (
            Topic.OPERATION, Urgency.NORMAL, "Het opschonen van oude gegevens loopt weer", ("U hoeft niets te doen.",),
            "/bronnen",
        ),
        FactKind.DELIVERY_REFUSED: (
            Topic.OPERATION, Urgency.HIGH, f"Een bericht op kanaal '{name}' komt niet aan", (advice,), "/bronnen",
        ),
        FactKind.CHANNEL_DEAF: (
            Topic.OPERATION, Urgency.HIGH, f"Knoppen en opdrachten van kanaal '{name}' werken niet", (advice,),
            "/bronnen",
        ),
    }  # fmt: skip
    if fact.kind not in table:
        return None
    topic, urgency, title, lines, path = table[fact.kind]
    return Message(
        key=f"feit-{fact.id}",
        topic=topic,
        urgency=urgency,
        title=title,
        lines=tuple(line for line in lines if line),
        link=told.link_base + path,
        footer=_house_footer(topic, fact),
        confidential=not fact.public,
        encloses=f"briefing:{fact.data.get('briefing', '')}" if fact.kind is FactKind.BRIEFING_APPROVED else "",
        at=fact.at,
    )


def _state_word(fact: Fact) -> str:
    """`: achter een betaalmuur`, when the outcome is known and says more than that it failed."""
    outcome = fact.data.get("outcome")
    if not isinstance(outcome, str) or outcome == Outcome.FAILING:
        return ""
    return f": {Health(outcome).word}"


def _still(fact: Fact) -> tuple[str, str]:
    """`nog steeds ` when people heard of this trouble before, and the line that says since when it lasts."""
    began = fact.data.get("since")
    if not isinstance(began, str):
        return "", ""
    moment = local(datetime.fromisoformat(began))
    since = f"sinds {short_moment(moment) if fact.at - moment < _A_YEAR else f'{moment:%d-%m-%Y}'}"
    line = f"De bron zag niets {since}." if fact.kind is FactKind.SOURCE_RECOVERED else f"{since.capitalize()}."
    return "nog steeds " if fact.data.get("again") else "", line


def _house_footer(topic: Topic, fact: Fact) -> str:
    audience = "openbare orde en redactie" if topic is Topic.BRIEFING else "beheer Torenwacht"
    handling = "intern" if fact.public else "vertrouwelijk"
    return f"Doelgroep: {audience} · {handling} · vervalt {short_day(fact.at + timedelta(days=7))}"
