"""go_away(app, actor, name, …): someone of the staff is away, and another with their role stands in; come_back()."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session

from monitor.app import App
from monitor.clock import midnight, today
from monitor.domain import MACHINE, Absence, Actor, Purpose, Role, User
from monitor.errors import InvalidInput, NotFound
from monitor.store import absences, people
from monitor.work.journal import audit
from monitor.work.staff import LANE
from monitor.work.steps import step

_AHEAD = timedelta(days=366)


def go_away(app: App, actor: Actor, name: str, *, deputy: str, first: date, last: date) -> None:
    """Says that someone is away from the first day to the last, and who stands in; an earlier word on it is replaced.

    For oneself, or by an administrator. Raises InvalidInput unless the deputy has the same role and is there on every
    one of those days: so whoever is away leaves someone who is asked in their place.
    """
    _must_be_own(actor, name)
    with app.store.begin(lane=LANE) as session, step(app, "toegang", "manage_staff"):
        user = people.user(session, name)
        if user is None:
            raise NotFound("gebruiker", name)
        now = app.clock()
        if problem := _wrong_days(first, last, today(now)):
            raise InvalidInput({"laatste": problem})
        absence = Absence(name=name, deputy=deputy, starts=midnight(first), ends=midnight(last + timedelta(days=1)))
        others = [one for one in absences.absences(session, now) if one.name != name]
        if problem := _wrong_deputy(session, user, absence, others):
            raise InvalidInput({"vervanger": problem})
        absences.put(session, absence)
        audit(app, session, actor, "absence_set", what=f"user:{name}:{deputy}", purpose=Purpose.ACCESS)


def come_back(app: App, actor: Actor, name: str) -> None:
    """Takes back that someone is or will be away; does nothing more where nobody said so."""
    _must_be_own(actor, name)
    with app.store.begin(lane=LANE) as session, step(app, "toegang", "manage_staff"):
        absences.end(session, name)
        audit(app, session, actor, "absence_ended", what=f"user:{name}", purpose=Purpose.ACCESS)


def _must_be_own(actor: Actor, name: str) -> None:
    if actor is not MACHINE and (actor.role is None or actor.name != name):
        actor.must_be(Role.ADMIN, act="de afwezigheid van een ander vastleggen")


def _wrong_days(first: date, last: date, now: date) -> str:
    """Empty when they are fine."""
    if last < first:
        return "De laatste dag moet op of na de eerste dag liggen."
    if last < now or last > now + _AHEAD:
        return f"Kies een laatste dag van vandaag tot en met {now + _AHEAD:%d-%m-%Y}."
    return ""


def _wrong_deputy(session: Session, user: User, absence: Absence, others: Sequence[Absence]) -> str:
    """Empty when the deputy can stand in for all of the absence."""
    found = people.user(session, absence.deputy)
    if found is None or not found.active or found.role is not user.role or found.name == user.name:
        return f"Kies een vervanger die kan inloggen als {user.role.label}."
    at_once = [one for one in others if one.starts < absence.ends and absence.starts < one.ends]
    if any(one.name == absence.deputy for one in at_once):
        return f"{absence.deputy} is zelf afwezig in die dagen. Kies een andere vervanger."
    if waits := next((one.name for one in at_once if one.deputy == user.name), None):
        return f"{user.name} vervangt in die dagen {waits}. Laat eerst een ander {waits} vervangen."
    return ""
