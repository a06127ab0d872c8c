"""What the privacy officer keeps that would go: a legal hold with a reason and an end (R39)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.app import App
from monitor.clock import today
from monitor.domain import MANUAL, Actor, Hold, Purpose, Role
from monitor.errors import Conflict, InvalidInput
from monitor.store import events, holds
from monitor.work.journal import audit, reason_of

LONGEST = timedelta(days=365)
_ACT = "een bewaarplicht instellen of opheffen"


@dataclass(frozen=True, slots=True)
class Held:
    """What must be kept: one event, one source, or a period `[starts, ends)`; exactly one of the three."""

    event: int | None = None
    source: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    police: bool = False
    """The police signals among it too."""


def add_hold(app: App, actor: Actor, held: Held, *, reason: str, until: datetime) -> int:
    """Keeps what would go until `until`, a year at most; the id of the hold. Raises InvalidInput, NotFound, NotAllowed.

    Police signals go at their own term unless `held.police`: then the reason says that they stay longer than that.
    """
    actor.must_be(Role.PRIVACY, act=_ACT)
    why = reason_of(app, reason)
    problems = _problems(app, held, until)
    if problems:
        raise InvalidInput(problems)
    if held.police:
        days = app.settings.retention.police_days
        why = f"{why} Politiesignalen blijven hierdoor langer dan de {days} dagen waarvoor zij zijn gegeven."
    role = actor.role.value if actor.role else ""
    # By the lane of whoever changes events: a purge under way is over first, and the next one sees the hold.
    with app.store.begin(lane="events") as session:
        if held.event is not None:
            events.get(session, held.event)
        hold = Hold(
            event=held.event,
            source=held.source,
            starts=held.starts,
            ends=held.ends,
            police=held.police,
            reason=why,
            by=actor.name,
            role=role,
            at=app.clock(),
            until=until,
        )
        id = holds.add(session, hold).id or 0
        audit(app, session, actor, "hold_added", what=f"hold:{id}", purpose=Purpose.RETENTION, reason=why)
    return id


def end_hold(app: App, actor: Actor, id: int) -> None:
    """What was held goes at the next purge, when its term is over. Raises Conflict when it held nothing any more."""
    actor.must_be(Role.PRIVACY, act=_ACT)
    now = app.clock()
    with app.store.begin() as session:
        hold = holds.get(session, id)
        if hold.ended_at is not None or hold.until <= now:
            raise Conflict(f"Bewaarplicht {id} is al voorbij")
        hold.ended_at = now
        session.add(hold)
        audit(app, session, actor, "hold_ended", what=f"hold:{id}", purpose=Purpose.RETENTION)


def _problems(app: App, held: Held, until: datetime) -> dict[str, str]:
    found, now = {}, app.clock()
    period = held.starts is not None and held.ends is not None
    if [held.event is not None, bool(held.source), held.starts is not None or held.ends is not None].count(True) != 1:
        found["what"] = "Kies een gebeurtenis, een bron of een periode: één van de drie."
    elif not held.source and held.event is None and not period:
        found["what"] = "Geef van een periode het begin en het einde."
    elif held.starts is not None and held.ends is not None and held.ends <= held.starts:
        found["what"] = "Het einde van de periode moet na het begin liggen."
    elif held.source and held.source != MANUAL and held.source not in app.sources:
        found["what"] = f"De bron '{held.source}' staat niet in sources.toml."
    if not now < until or today(until) > today(now + LONGEST):
        found["until"] = f"Kies een einddatum na vandaag, uiterlijk {today(now + LONGEST):%d-%m-%Y}."
    return found
