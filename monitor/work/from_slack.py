"""answer(app, asked): what somebody asks in Slack -> the same act as on the page, and what Slack may show of it.

Who somebody is stands in our own table, what they may do in the act; Slack decides neither. What is confidential gets
no answer but the way to the page (R31).
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256

from alerts import Ask, Asked, Desk, FieldKind, Form, FormField, Linked, Noted, Private, Problems, Refused, Reply
from classifiers import Category, Level
from monitor.app import App
from monitor.clock import local, midnight, today
from monitor.domain import Actor, ChatAsk, Event, EventState, FactKind, Purpose, Role, in_the_open
from monitor.errors import InvalidInput, MonitorError
from monitor.log import log
from monitor.render.dutch import week_code
from monitor.rules.announce import level_words
from monitor.rules.picture import CATEGORY_WORDS, short_day
from monitor.store import events, people
from monitor.work.decisions import acknowledge, doubt, override_level, there, withdraw
from monitor.work.journal import record
from monitor.work.looks import look
from monitor.work.signal_form import BASES, BASIS_WORDS, HANDLING_WORDS, POLICE_BASES, PROVIDER_WORDS, signal_of
from monitor.work.signals import add_signal

SIGNAL, WEEK = "/signaal", "/week"
_REPEATS = timedelta(minutes=10)
"""How long a repeat may come: a signed request is good for five minutes, an envelope is sent again within one."""
_DAYS = 7
_CONFIDENTIAL = "Over deze gebeurtenis laat Slack niets meer zien. Kijk op de pagina."
_REVIEWERS = (Role.ADVISOR, Role.PROJECT, Role.LIAISON, Role.EDITOR)
_OPEN_BASES = tuple(basis for basis in BASES if basis not in POLICE_BASES)
_OPEN_HANDLINGS = {handling.value: words for handling, words in HANDLING_WORDS.items() if not handling.confidential}
_PROVIDERS = {provider.value: words for provider, words in PROVIDER_WORDS.items()}
_UNKNOWN = "Deze knop of opdracht kent Torenwacht niet (meer). Gebruik de pagina."
_NEVER_HERE = "Dit gaat nooit via Slack. Vul het signaal in op de pagina."


async def answer(app: App, asked: Asked) -> Reply:
    """Does what is asked, once; None for a repeat. Every fault that a person can mend is in the answer."""
    return await asyncio.to_thread(_answer, app, asked)


async def hear(app: App, channel: str, desk: Desk) -> None:
    """Listens until it is cancelled; where the channel will never let us, the maintainers hear that once."""
    try:
        await desk.listen(partial(answer, app))
    except Refused as error:
        log.error("channel does not let us listen", channel=channel, reason=error.reason)
        await asyncio.to_thread(_tell_deaf, app, channel, error)


def _tell_deaf(app: App, channel: str, error: Refused) -> None:
    with app.store.begin() as session:
        record(app, session, FactKind.CHANNEL_DEAF, data={"channel": channel}, advice=error.advice)


def _answer(app: App, asked: Asked) -> Reply:
    now = app.clock()
    with app.store.begin() as session:
        ask = ChatAsk(id=sha256(asked.key.encode()).hexdigest(), expires_at=now + _REPEATS)
        if not people.is_new_ask(session, ask, now):
            return None
        user = people.user_in_slack(session, asked.who)
        if user is not None and user.active and not user.subject:
            people.stays(session, user)
        actor = Actor(user.name, user.role) if user and user.active else None
    if actor is None:
        return Private(
            (
                f"Torenwacht kent u nog niet in Slack. Uw nummer hier is {asked.who}.",
                "Geef dat nummer aan de beheerder, die het aan uw naam koppelt. Er is niets gedaan.",
            )
        )
    act = _ACTS.get(asked.act)
    if act is None:
        log.warning("unknown ask from slack")
        return Private(
            ("Deze knop of opdracht kent Torenwacht niet (meer). Gebruik de pagina.",), app.settings.link_base
        )
    try:
        return act(app, actor, asked)
    except InvalidInput as error:
        return Problems(_at_fields(error, asked.fields)) if asked.fields is not None else Private((error.advice,))
    except MonitorError as error:
        return Private((error.advice,))


def _at_fields(error: InvalidInput, typed: Mapping[str, tuple[str, ...]] | None) -> dict[str, str]:
    """Each problem at its field, followed by what may stand there instead."""
    found = dict(error.problems)
    for name, clean in error.suggested.items():
        if clean and (clean,) != (typed or {}).get(name):
            found[name] = " ".join(part for part in (found.get(name, "Zonder die gegevens:"), clean) if part)
    return found


def _page(app: App, event: int | None) -> str:
    return f"{app.settings.link_base}/gebeurtenissen/{event}"


def _event(app: App, asked: Asked) -> Event | None:
    """The event that it is about, as the open knows it, whoever asks; None when Slack may not show any of it.

    Raises NotFound, and Conflict for what was taken back: only the page tells who may know that something remains.
    """
    number = int(asked.about) if asked.about.isdecimal() and len(asked.about) < _LONGEST_NUMBER else 0
    with app.store.read() as session:
        event = in_the_open(events.get(session, number))
    return event and there(event)


_LONGEST_NUMBER = 10


def _hidden(app: App, asked: Asked) -> Private:
    return Private((_CONFIDENTIAL,), _page(app, int(asked.about)))


def _seen(app: App, actor: Actor, asked: Asked) -> Reply:
    role = actor.must_be(*_REVIEWERS, act="een gebeurtenis als gezien markeren")
    event = _event(app, asked)
    if event is None or event.id is None:
        return _hidden(app, asked)
    acknowledge(app, actor, event.id)
    return Noted(f"Gezien door: {role.label}")


def _wrong(app: App, actor: Actor, asked: Asked) -> Reply:
    """The button opens the form; the form is an advisor's withdrawal, and anyone else's question for one."""
    role = actor.must_be(*_REVIEWERS, act="zeggen dat een gebeurtenis niet klopt")
    event = _event(app, asked)
    if event is None or event.id is None:
        return _hidden(app, asked)
    if asked.fields is None:
        effect = (
            "De gebeurtenis gaat van de pagina af. Op de pagina kunt u dat terugdraaien."
            if role is Role.ADVISOR
            else "Een adviseur kijkt ernaar. Uw reden staat straks in de draad onder het bericht."
        )
        hint = "Schrijf geen persoonsgegevens en geen politie-informatie op."
        reason = FormField("reason", "Waarom klopt dit niet?", FieldKind.TEXT, hint=hint, at_most=500)
        return Form(Ask.WRONG, Ask.WRONG.label, (reason,), about=asked.about, intro=(effect,))
    why = _one(asked.fields, "reason")
    if role is Role.ADVISOR:
        withdraw(app, actor, event.id, reason=why)
        return Noted(f"Ingetrokken door: {role.label}", without=tuple(Ask))
    doubt(app, actor, event.id, reason=why)
    return Noted(f"Klopt niet volgens: {role.label}. Een adviseur kijkt ernaar.", remark=f"Reden: {why}")


def _confirm(app: App, actor: Actor, asked: Asked) -> Reply:
    role = actor.must_be(Role.ADVISOR, act="het niveau vaststellen")
    event = _event(app, asked)
    if event is None or event.id is None:
        return _hidden(app, asked)
    if event.level is not Level.C or event.reviewed:
        return Private((f"Er valt niets te bevestigen: het niveau is nu {level_words(event)}.",), _page(app, event.id))
    override_level(app, actor, event.id, level=Level.C, reason="Bevestigd vanuit het bericht.")
    # The thread hears it by the road of all alerts.
    return Noted(f"Niveau C bevestigd door: {role.label}", without=(Ask.CONFIRM,), aloud=False)


def _week(app: App, actor: Actor, asked: Asked) -> Reply:
    """The coming seven days: open events only, whatever the asker may see on the page."""
    actor.must_be(*_REVIEWERS, act="gebeurtenissen bekijken")
    first = today(app.clock())
    until = midnight(first + timedelta(days=_DAYS))
    look(app, actor, "week_viewed", what=f"week:{week_code(midnight(first))}", purpose=Purpose.PUBLIC_ORDER)
    with app.store.read() as session:
        found = events.events_between(session, midnight(first), until, public_only=True)
    lines = [Linked(_in_a_line(event), _page(app, event.id)) for event in found]
    head = (
        f"De komende zeven dagen, van {short_day(midnight(first))} tot en met {short_day(until - timedelta(days=1))}:"
    )
    foot = f"Doelgroep: openbare orde · intern · vervalt {short_day(until)}"
    nothing = () if lines else ("Er staan geen gebeurtenissen in het weekbeeld.",)
    return Private((head, *nothing, *lines, foot), app.settings.link_base)


def _in_a_line(event: Event) -> str:
    cancelled = " · AFGELAST" if event.state is EventState.CANCELLED else ""
    return f"[{level_words(event)}{cancelled}] {event.title}"


def _signal(app: App, actor: Actor, asked: Asked) -> Reply:
    actor.must_be(Role.LIAISON, act="een signaal toevoegen")
    if asked.fields is None:
        return _signal_form(app)
    add_signal_to = f"{app.settings.link_base}/signalen/nieuw"
    basis, handling = _one(asked.fields, "provision_basis"), _one(asked.fields, "handling")
    if basis not in _OPEN_BASES:
        return Problems({"provision_basis": f"{_NEVER_HERE} {add_signal_to}"})
    if handling not in _OPEN_HANDLINGS:
        return Problems({"handling": f"{_NEVER_HERE} {add_signal_to}"})
    event = add_signal(app, actor, signal_of(asked.fields, now=app.clock(), moment=_moment))
    # Not a word of what it says: the answer stays in Slack longer than the form.
    return Private(("Het signaal is opgenomen. Wat erin staat, ziet u op de pagina.",), _page(app, event))


def _signal_form(app: App) -> Form:
    """The form of the page, but for what may never pass through Slack: police data, and what is confidential (R31)."""
    last = today(app.clock()) + timedelta(days=app.settings.retention.police_days)
    kinds = {kind.value: words for kind, words in CATEGORY_WORDS.items() if kind is not Category.NONE}
    indicators = {row.code: row.label for row in app.reader.indicators}
    return Form(
        SIGNAL,
        "Signaal toevoegen",
        (
            FormField("title", "Korte omschrijving", FieldKind.LINE, at_most=150),
            FormField("text", "Toelichting", FieldKind.TEXT, optional=True, at_most=2000),
            FormField("category", "Soort gebeurtenis", FieldKind.CHOICE, kinds),
            FormField("place", "Plaats", FieldKind.LINE, optional=True, at_most=150),
            FormField("starts", "Begin", FieldKind.MOMENT, optional=True),
            FormField("ends", "Einde", FieldKind.MOMENT, optional=True),
            FormField("codes", "Indicatoren", FieldKind.CHOICES, indicators, optional=True),
            FormField("provision_basis", "Grondslag", FieldKind.CHOICE, {b: BASIS_WORDS[b] for b in _OPEN_BASES}),
            FormField("provided_by", "Van wie komt het?", FieldKind.CHOICE, _PROVIDERS),
            FormField(
                "handling", "Vertrouwelijkheid", FieldKind.CHOICE, _OPEN_HANDLINGS, initial=next(iter(_OPEN_HANDLINGS))
            ),
            FormField("expires", "Bewaren tot en met", FieldKind.DAY, initial=last.isoformat()),
        ),
        intro=(
            "Schrijf geen persoonsgegevens op. Politiegegevens en wat vertrouwelijk is, gaan nooit via Slack: "
            "daarvoor is het formulier op de pagina.",
        ),
        link=f"{app.settings.link_base}/signalen/nieuw",
    )


def _one(fields: Mapping[str, tuple[str, ...]], name: str) -> str:
    return "".join(fields.get(name, ())[:1]).strip()


def _moment(text: str) -> datetime:
    """As Slack writes it: the seconds since 1970."""
    return local(datetime.fromtimestamp(int(text), UTC))


_ACTS: Mapping[str, Callable[[App, Actor, Asked], Reply]] = {
    Ask.SEEN: _seen,
    Ask.WRONG: _wrong,
    Ask.CONFIRM: _confirm,
    SIGNAL: _signal,
    WEEK: _week,
}
"""Everything that can be asked; what is not here is refused."""
