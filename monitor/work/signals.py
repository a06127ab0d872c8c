"""add_signal(app, actor, signal): what the police liaison knows takes the same road as any entry (walk B)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from secrets import token_hex

from classifiers import Category, Period, Precision, Voice
from monitor.app import App
from monitor.clock import today
from monitor.domain import MANUAL, Actor, Event, Handling, Provision, Purpose, RawItem, Role, Told
from monitor.errors import InvalidInput
from monitor.rules.normalise import normalise, plain
from monitor.work.ingest import expected, take_in
from monitor.work.journal import audit
from monitor.work.looks import look
from monitor.work.marking import Marked, kinds_of, mark, without
from monitor.work.signal_form import BASES, POLICE_BASES, Signal
from monitor.work.steps import step

_TITLE_AT_MOST = 150
_TEXT_AT_MOST = 2000


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of a signal that is not sent yet, for the eyes of its writer."""

    marked: Mapping[str, Marked] = field(repr=False)
    """Title, text and place, with the words marked that may not be kept."""
    event: Event | None
    """The event that it would join, or open; None when that cannot be told yet."""
    joins: bool

    @property
    def kinds(self) -> tuple[str, ...]:
        """What may not be kept, in Dutch; with any of these the signal is refused."""
        return kinds_of(self.marked)


def foresee(app: App, actor: Actor, signal: Signal) -> Foreseen:
    """What `add_signal` would refuse of it, and which event it would join or open; nothing of it is kept or logged.

    Raises NotAllowed for anyone but the liaison. That an event was shown stands in the trail.
    """
    actor.must_be(Role.LIAISON, act="een signaal toevoegen")
    with step(app, "politiesignaal", "foresee"):
        signal = _plain(signal)
        event, joins = _expected(app, signal) or (None, False)
        if event is not None and joins:
            look(app, actor, "event_viewed", what=f"event:{event.id}", purpose=Purpose.SIGNAL)
        return Foreseen(mark(app, signal.title, signal.text, signal.place), event, joins)


def add_signal(app: App, actor: Actor, signal: Signal) -> int:
    """Takes a manual signal in; the id of the event it reports, or opened.

    Raises NotAllowed for anyone but the liaison, and InvalidInput when a field is missing or holds personal data
    (R30, R32): then nothing is kept, and the error carries the text without it.
    """
    actor.must_be(Role.LIAISON, act="een signaal toevoegen")
    with step(app, "politiesignaal", "signal"):
        return _added(app, actor, signal)


def _expected(app: App, signal: Signal) -> tuple[Event, bool] | None:
    """None while what tells an event apart is missing or wrong."""
    if not signal.title or signal.category is Category.NONE or _ends_before_it_starts(signal):
        return None
    return expected(app, _raw(app, signal))


def _ends_before_it_starts(signal: Signal) -> bool:
    return signal.ends is not None and (signal.starts is None or signal.ends <= signal.starts)


def _added(app: App, actor: Actor, signal: Signal) -> int:
    signal = _plain(signal)
    problems, suggested = _problems(app, signal)
    if problems:
        raise InvalidInput(problems, suggested)
    raw = _raw(app, signal)
    fingerprint = normalise(raw, now=app.clock()).fingerprint
    with app.store.begin() as session:
        # First: a trail of a signal that was never taken in does no harm, a signal without a trail does.
        audit(
            app, session, actor, "signal_added", what=f"item:{fingerprint}", purpose=Purpose.SIGNAL,
            reason=signal.provision_basis,
        )  # fmt: skip
    taken = take_in(app, [raw])
    if not taken.events:
        # What the two looks above missed, or what someone asked to leave out a moment ago (R13, R42).
        raise InvalidInput({"text": "Hierin staat iets dat wij niet mogen bewaren. Er is niets bewaard. Kijk het na."})
    return taken.events[0]


def _plain(signal: Signal) -> Signal:
    return replace(signal, title=plain(signal.title), text=plain(signal.text), place=plain(signal.place))


def _raw(app: App, signal: Signal) -> RawItem:
    """The signal as an entry, under an id that no other has."""
    return RawItem(
        source=MANUAL,
        key=token_hex(16),
        title=signal.title,
        text=signal.text,
        url="",
        published=app.clock(),
        told=Told(
            period=_period(signal),
            place=signal.place,
            category=signal.category,
            codes=signal.codes,
            expires=signal.expires,
            provision=Provision(signal.provision_basis, signal.provided_by) if signal.provided_by else None,
        ),
        handling=Handling.POLICE if signal.provision_basis in POLICE_BASES else signal.handling,
        voice=Voice.POLICE,
    )


def _period(signal: Signal) -> Period | None:
    if signal.starts is None:
        return None
    return Period(signal.starts, signal.ends, Precision.MINUTE)


def _problems(app: App, signal: Signal) -> tuple[dict[str, str], dict[str, str]]:
    """Field -> what is wrong, and field -> text without personal data."""
    found: dict[str, str] = {}
    now = app.clock()
    if not signal.title.strip():
        found["title"] = "Vul een korte omschrijving in."
    elif len(signal.title) > _TITLE_AT_MOST:
        found["title"] = f"De omschrijving mag hoogstens {_TITLE_AT_MOST} tekens lang zijn."
    if len(signal.text) > _TEXT_AT_MOST:
        found["text"] = f"De toelichting mag hoogstens {_TEXT_AT_MOST} tekens lang zijn."
    if signal.category is Category.NONE:
        found["category"] = "Kies een soort gebeurtenis."
    if _ends_before_it_starts(signal):
        found["ends"] = "Het einde moet na het begin liggen."
    if signal.provision_basis not in BASES:
        found["provision_basis"] = "Kies de grondslag waarop u dit signaal deelt."
    if signal.provided_by is None:
        found["provided_by"] = "Kies van wie dit signaal komt: een onderdeel, nooit een persoon."
    # By local days: who is offered a last day on the form may take it, at whatever hour it is now.
    longest = today(now) + timedelta(days=app.settings.retention.police_days)
    if signal.expires <= now or today(signal.expires) > longest:
        found["expires"] = f"Kies een einddatum van vandaag tot en met {longest:%d-%m-%Y}."
    unknown = set(signal.codes) - {i.code for i in app.reader.indicators}
    if unknown:
        found["codes"] = f"Onbekende indicator: {', '.join(sorted(unknown))}."
    marked = mark(app, signal.title, signal.text, signal.place)
    if not (kinds := kinds_of(marked)):
        return found, {}
    found["text"] = (
        f"In uw signaal staat {' en '.join(kinds)}. Er is niets bewaard. "
        "Hieronder staat uw tekst zonder die gegevens: controleer hem en verstuur hem opnieuw."
    )
    return found, {name: without(parts) for name, parts in marked.items()}
