"""add_signal(app, actor, signal): what the police liaison knows takes the same road as any entry (walk B)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from secrets import token_hex

from classifiers import Category, Period, PersonalKind, Precision, Voice
from monitor.app import App
from monitor.clock import AMSTERDAM, today
from monitor.domain import MANUAL, Actor, Handling, ProvidedBy, Provision, Purpose, RawItem, Role, Told
from monitor.errors import InvalidInput
from monitor.rules.normalise import normalise, plain
from monitor.store.residue import residue
from monitor.work.blocks import is_blocked
from monitor.work.ingest import take_in
from monitor.work.journal import audit
from monitor.work.steps import step

POLICE_BASES = ("wpg_16", "wpg_18", "wpg_19", "wpg_20")
"""Grounds on which police data may be given to the municipality."""
BASES = (*POLICE_BASES, "geen_politiegegevens")

BASIS_WORDS = {
    "wpg_16": "Wpg artikel 16: gezag en openbare orde",
    "wpg_18": "Wpg artikel 18: in het besluit genoemd doel",
    "wpg_19": "Wpg artikel 19: incidenteel, zwaarwegend belang",
    "wpg_20": "Wpg artikel 20: samenwerkingsverband",
    "geen_politiegegevens": "Geen politiegegevens",
}
HANDLING_WORDS = {
    Handling.CONFIDENTIAL: "Vertrouwelijk: alleen adviseurs en politieliaison",
    Handling.INTERNAL: "Intern: het team openbare orde",
}
PROVIDER_WORDS = {
    ProvidedBy.LIAISON: "Politieliaison",
    ProvidedBy.BASE_TEAM: "Basisteam van de politie",
    ProvidedBy.INFORMATION: "Informatieorganisatie van de politie",
    ProvidedBy.PROSECUTION: "Openbaar Ministerie",
    ProvidedBy.SAFETY_REGION: "Veiligheidsregio",
    ProvidedBy.MUNICIPALITY: "Gemeente",
}

_TITLE_AT_MOST = 150
_TEXT_AT_MOST = 2000

_WORDS = {
    PersonalKind.PERSON: "een naam",
    PersonalKind.PHONE: "een telefoonnummer",
    PersonalKind.EMAIL: "een e-mailadres",
    PersonalKind.HANDLE: "een account",
    PersonalKind.ADDRESS: "een adres",
    PersonalKind.PLATE: "een kenteken",
    PersonalKind.BSN: "een burgerservicenummer",
    PersonalKind.IBAN: "een rekeningnummer",
    PersonalKind.BIRTH_DATE: "een geboortedatum",
}


def end_of(day: date | None, now: datetime) -> datetime:
    """Until when a signal with this last day is kept: its last second; without a day `now`, which the act refuses."""
    return datetime.combine(day, time(23, 59, 59), AMSTERDAM) if day else now


@dataclass(frozen=True, slots=True)
class Signal:
    """A manual signal as the form gives it; moments aware, texts hidden from repr until they are known to be clean."""

    title: str
    text: str
    category: Category
    starts: datetime | None
    ends: datetime | None
    place: str
    codes: tuple[str, ...]
    """Indicators that the liaison ticked."""
    provision_basis: str
    """One of BASES (R30)."""
    provided_by: ProvidedBy | None
    """None when the form did not tell; then it is refused."""
    handling: Handling
    expires: datetime

    def __repr__(self) -> str:
        return f"Signal({self.category.value})"


def add_signal(app: App, actor: Actor, signal: Signal) -> int:
    """Takes a manual signal in; the id of the event it reports, or opened.

    Raises NotAllowed for anyone but the liaison, and InvalidInput when a field is missing or holds personal data
    (R30, R32): then nothing is kept, and the error carries the text without it.
    """
    actor.must_be(Role.LIAISON, act="een signaal toevoegen")
    with step(app, "politiesignaal", "signal"):
        return _added(app, actor, signal)


def _added(app: App, actor: Actor, signal: Signal) -> int:
    signal = replace(signal, title=plain(signal.title), text=plain(signal.text), place=plain(signal.place))
    problems, suggested = _problems(app, signal)
    if problems:
        raise InvalidInput(problems, suggested)
    police = signal.provision_basis in POLICE_BASES
    now = app.clock()
    raw = RawItem(
        source=MANUAL,
        key=token_hex(16),
        title=signal.title,
        text=signal.text,
        url="",
        published=now,
        told=Told(
            period=_period(signal),
            place=signal.place,
            category=signal.category,
            codes=signal.codes,
            expires=signal.expires,
            provision=Provision(signal.provision_basis, signal.provided_by) if signal.provided_by else None,
        ),
        handling=Handling.POLICE if police else signal.handling,
        voice=Voice.POLICE,
    )
    fingerprint = normalise(raw, now=now).fingerprint
    with app.store.begin() as session:
        # First: a trail of a signal that was never taken in does no harm, a signal without a trail does.
        audit(
            app, session, actor, "signal_added", what=f"item:{fingerprint}", purpose=Purpose.SIGNAL,
            reason=signal.provision_basis,
        )  # fmt: skip
    return take_in(app, [raw]).events[0]


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
    if signal.ends is not None and (signal.starts is None or signal.ends <= signal.starts):
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
    suggested = {}
    clean = app.reader.redact(signal.title, signal.text, voice=Voice.POLICE)
    place = app.reader.redact("", signal.place, voice=Voice.POLICE)
    words = f"{signal.title}\n{signal.text}\n{signal.place}"
    if clean.findings or place.findings:
        kinds = dict.fromkeys(_WORDS[f.kind] for f in (*clean.findings, *place.findings))
        suggested = {"title": clean.title, "text": clean.text, "place": place.text}
        found["text"] = (
            f"In uw signaal staat {' en '.join(kinds)}. Er is niets bewaard. "
            "Hieronder staat uw tekst zonder die gegevens: controleer hem en verstuur hem opnieuw."
        )
    elif is_blocked(app, words):
        found["text"] = (
            "In uw signaal staat een naam, nummer of account dat wij op verzoek niet gebruiken. Er is niets bewaard. "
            "Haal dat uit de tekst."
        )
    elif kind := residue(words):
        found["text"] = f"In uw signaal staat iets dat op een {kind} lijkt. Er is niets bewaard. Haal dat uit de tekst."
    return found, suggested
