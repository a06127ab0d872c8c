"""What a person decides about an event: level, correction, seen, withdrawn, merged, split; and back again (walk C)."""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from classifiers import Category, Level, Voice
from monitor.app import App
from monitor.clock import midnight, today
from monitor.domain import (
    MACHINE,
    Actor,
    Event,
    EventState,
    FactKind,
    Override,
    Purpose,
    Role,
    Sighting,
    in_the_open,
    open_face,
)
from monitor.errors import Conflict, InvalidInput, NotAllowed, NotFound
from monitor.rules.agreement import Ground
from monitor.rules.announce import ELSEWHERE
from monitor.rules.picture import speaking
from monitor.store import events, facts, holds, items
from monitor.work.deliver import empty_unsent
from monitor.work.history import revising
from monitor.work.ingest import open_event
from monitor.work.journal import audit, reason_of, record, retract, tell_parted
from monitor.work.leaving import left_by_reports
from monitor.work.reassess import end, reassess, told_moved
from monitor.work.steps import step

_LONGEST = timedelta(days=365)
_NUMBERS = ("notification", "permit")
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9./ -]{1,39}")


@contextmanager
def _deciding(app: App) -> Iterator[Session]:
    """One transaction, recorded as one step of assessing."""
    with app.store.begin(lane="events") as session, step(app, "beoordeling", "decide"):
        yield session


def there(event: Event) -> Event:
    """The event, when it was not taken back for whoever knows it so; raises Conflict."""
    if event.state is EventState.WITHDRAWN:
        raise Conflict(f"Gebeurtenis {event.id} is {event.state.value} en verandert niet meer")
    return event


def _open_event(session: Session, event: int) -> Event:
    """The event, when it can still change; raises NotFound or Conflict."""
    found = there(events.get(session, event))
    if found.state is EventState.CLOSED:
        raise Conflict(f"Gebeurtenis {event} is {found.state.value} en verandert niet meer")
    return found


def _for_the_trail(why: str, *concerned: Event) -> str:
    """The reason as the audit trail keeps it: who reads that is outside the compartment, and it outlives a signal."""
    return why if all(event.public for event in concerned) else "vertrouwelijk"


def _decided(app: App, session: Session, actor: Actor, act: str, *, event: int | None, why: str) -> None:
    audit(app, session, actor, act, what=f"event:{event}", purpose=Purpose.ASSESSMENT, reason=why)


def _count(app: App, session: Session, name: str) -> None:
    """One more in the figures of this month (R46)."""
    facts.count(session, today(app.clock()), name, 1)


def _judged(row: Override | None) -> dict[str, Any]:
    """What a decision holds besides who made it, when and why; None leaves all to the machine."""
    if row is None:
        return {"level": None, "until": None, "category": None, "added": [], "struck": []}
    return row.model_dump(include={"level", "until", "category", "added", "struck"})


def _decide(app: App, session: Session, actor: Actor, event: Event, why: str, **decided: object) -> None:
    """Adds what a person holds now: what stood before, with what is `decided` now; and weighs the event anew."""
    stood = _judged(events.newest_override(session, event))
    stands = stood | decided
    role = actor.role.value if actor.role else ""
    row = Override(
        **stands, event=event.id or 0, reason=why, public=event.public, by=actor.name, role=role, at=app.clock()
    )
    events.add_override(session, row)
    if any(stood[part] != stands[part] for part in ("category", "added", "struck")):
        record(app, session, FactKind.CORRECTED, by=actor, event=event, aloud=False)
    reassess(app, session, event, by=actor)


def override_level(
    app: App, actor: Actor, event: int, *, level: Level | None, reason: str, until: date | None = None
) -> None:
    """Sets a person's level, which stands above the machine's; None gives the machine its word back.

    With the level that stands it confirms that; only so does a C become an assessment (R24). `until` is the last local
    day on which it holds.
    """
    actor.must_be(Role.ADVISOR, act="het niveau vaststellen")
    why = reason_of(app, reason)
    day = today(app.clock())
    if until is not None and not day <= until <= day + _LONGEST:
        problem = f"Kies een einddatum van vandaag tot en met {day + _LONGEST:%d-%m-%Y}, of laat het veld leeg."
        raise InvalidInput({"until": problem})
    last = midnight(until + timedelta(days=1)) if until and level else None
    with _deciding(app) as session:
        found = _open_event(session, event)
        _decide(app, session, actor, found, why, level=level, until=last)
        if level not in (None, found.machine_level):
            _count(app, session, "corrections")
        chosen = f"niveau {level.value}" if level else "niveau van de machine"
        _decided(app, session, actor, "level_set", event=event, why=f"{chosen}: {_for_the_trail(why, found)}")


def correct(
    app: App,
    actor: Actor,
    event: int,
    *,
    category: Category | None,
    added: Collection[str],
    struck: Collection[str],
    reason: str,
) -> None:
    """Corrects what the machine made of the reports (R25): the category, or None for the machine's own, and indicators.

    Given as a whole: what is left out is no longer corrected. The level follows from the indicators then, unless a
    person set it; what the machine saw stays in the reports and as its level.
    """
    actor.must_be(Role.ADVISOR, act="een gebeurtenis verbeteren")
    why = reason_of(app, reason)
    known = [row.code for row in app.reader.indicators]
    if category is Category.NONE:
        raise InvalidInput({"category": "Is dit geen gebeurtenis? Trek haar dan in."})
    if unknown := sorted({*added, *struck} - {*known}):
        raise InvalidInput({"codes": f"Onbekende indicator: {', '.join(unknown)}."})
    if both := sorted({*added} & {*struck}):
        raise InvalidInput({"codes": f"Een indicator is er wel of niet: {', '.join(both)}."})
    with _deciding(app) as session:
        found = _open_event(session, event)
        lists = {"added": [c for c in known if c in added], "struck": [c for c in known if c in struck]}
        _decide(app, session, actor, found, why, category=category, **lists)
        _count(app, session, "corrections")
        _decided(app, session, actor, "event_corrected", event=event, why=_for_the_trail(why, found))


def undo(app: App, actor: Actor, event: int, *, reason: str) -> None:
    """Takes a person's last decision about level, category or indicators back; once more brings it in again."""
    actor.must_be(Role.ADVISOR, act="een beslissing terugdraaien")
    why = reason_of(app, reason)
    with _deciding(app) as session:
        found = _open_event(session, event)
        decided = events.standing_overrides(session, found)
        if not decided:
            raise Conflict(f"Bij gebeurtenis {event} is er geen beslissing om terug te draaien")
        _decide(app, session, actor, found, why, **_judged(decided[1] if len(decided) > 1 else None))
        _decided(app, session, actor, "decision_undone", event=event, why=_for_the_trail(why, found))


def lapse(app: App) -> int:
    """Gives the machine its word back where a person's level held until a day that is over; how many events."""
    with _deciding(app) as session:
        over = events.lapsed(session, app.clock())
        for event in over:
            _decide(app, session, MACHINE, event, "de einddatum van het niveau is voorbij", level=None, until=None)
    return len(over)


def acknowledge(app: App, actor: Actor, event: int) -> None:
    """Remembers that someone saw the event as it is now; twice is once. What was taken back, nobody has to see."""
    act = "een gebeurtenis als gezien markeren"
    role = actor.must_be(Role.ADVISOR, Role.PROJECT, Role.LIAISON, Role.EDITOR, act=act)
    with app.store.begin() as session, step(app, "beoordeling", "acknowledge"):
        found = events.get(session, event)
        known = found if role in (Role.ADVISOR, Role.LIAISON) else in_the_open(found)
        if known is None:
            raise NotAllowed(actor.name, act)
        there(known)
        events.acknowledge(session, found, actor.name, app.clock())
        audit(app, session, actor, "event_acknowledged", what=f"event:{event}", purpose=Purpose.PUBLIC_ORDER)


def doubt(app: App, actor: Actor, event: int, *, reason: str) -> None:
    """Someone who may not decide says that it is wrong; the reason stands in the trail, the doubt with the event."""
    actor.must_be(Role.ADVISOR, Role.PROJECT, Role.LIAISON, Role.EDITOR, act="zeggen dat een gebeurtenis niet klopt")
    why = reason_of(app, reason)
    with app.store.begin(lane="events") as session:
        found = _open_event(session, event)
        record(app, session, FactKind.DOUBTED, by=actor, event=found, aloud=False)
        _decided(app, session, actor, "event_doubted", event=event, why=_for_the_trail(why, found))


def withdraw(app: App, actor: Actor, event: int, *, reason: str) -> None:
    """Takes an event off the page: it is no happening, or not one for this house."""
    actor.must_be(Role.ADVISOR, act="een gebeurtenis intrekken")
    why = reason_of(app, reason)
    with _deciding(app) as session:
        found = _open_event(session, event)
        _count(app, session, "false_alarms" if facts.was_told(session, event) else "corrections")
        end(app, session, found, by=actor)
        record(app, session, FactKind.WITHDRAWN, by=actor, event=found)
        _decided(app, session, actor, "event_withdrawn", event=event, why=_for_the_trail(why, found))


def restore(app: App, actor: Actor, event: int, *, reason: str) -> None:
    """Takes a withdrawal by a person back."""
    actor.must_be(Role.ADVISOR, act="een intrekking terugdraaien")
    why = reason_of(app, reason)
    with _deciding(app) as session:
        found = events.get(session, event)
        if found.state is not EventState.WITHDRAWN or found.merged_into is not None:
            raise Conflict(f"Gebeurtenis {event} is niet ingetrokken")
        reports = items.items_of(session, event)
        if not reports:
            raise Conflict(f"Van gebeurtenis {event} zijn geen berichten meer over")
        with revising(app, session, found, by=actor):
            found.state = EventState.OPEN
            if found.public and all(report.handling.confidential for report in reports):
                found.public, found.left_open = False, open_face(found)  # only the compartment has it back (R31)
        reassess(app, session, found, by=actor)
        record(app, session, FactKind.RESTORED, by=actor, event=found)
        _decided(app, session, actor, "event_restored", event=event, why=_for_the_trail(why, found))


def merge_events(app: App, actor: Actor, keep: int, gone: int, *, reason: str) -> None:
    """Two events are one happening: the reports of `gone` go to `keep`, and its level when that has none of its own."""
    actor.must_be(Role.ADVISOR, act="gebeurtenissen samenvoegen")
    why = reason_of(app, reason)
    if keep == gone:
        raise InvalidInput({"gone": "Kies een andere gebeurtenis om mee samen te voegen."})
    with _deciding(app) as session:
        kept, merged = _open_event(session, keep), _open_event(session, gone)
        both_open, told = kept.public and merged.public, _for_the_trail(why, kept, merged)
        decided = events.newest_override(session, merged)
        if decided and decided.level and events.newest_override(session, kept) is None:
            again = decided.model_dump(exclude={"id", "event", "delete_after"})
            events.add_override(session, Override(**again, event=keep))
        if events.took_in_others(session, gone):
            raise Conflict(f"In gebeurtenis {gone} is al een andere samengevoegd: draai dat eerst terug")
        leaves = merged.public and not kept.public
        took = "" if leaves else _take_over(app, session, kept, merged, by=actor)
        kept.remembered = tuple({e.code: e for e in (*merged.remembered, *kept.remembered)}.values())
        events.move_sightings(session, gone, keep)
        merged.merged_into = keep
        end(app, session, merged, but=keep, by=actor)
        reassess(app, session, kept, by=actor)
        if leaves:
            took = _take_over(app, session, kept, merged, by=actor)
        fact = record(
            app, session, FactKind.EVENTS_MERGED, by=actor, event=kept, data={"gone": gone, "took": took},
            confidential=not both_open, aloud=False,
        )  # fmt: skip
        retract(app, session, fact, merged)
        _count(app, session, "corrections")
        _decided(app, session, actor, "events_merged", event=keep, why=told)


def _take_over(app: App, session: Session, kept: Event, merged: Event, *, by: Actor) -> str:
    """Gives `kept` what people knew of `merged`; which numbers it took, by name. The open takes nothing (R31).

    What leaves the compartment by the merge takes it over afterwards: it leaves behind what was known of it there.
    """
    if kept.public and not merged.public:
        return ""
    seen = [event.first_seen for event in (kept, merged) if event.first_seen is not None]
    kept.first_seen, kept.moved = min(seen, default=None), kept.moved or merged.moved
    took = [name for name in _NUMBERS if not getattr(kept, name) and getattr(merged, name)]
    with revising(app, session, kept, by=by):
        for name in took:
            setattr(kept, name, getattr(merged, name))
    session.add(kept)
    return " ".join(took)


def _hand_back(app: App, session: Session, kept: Event, merged: Event, *, by: Actor) -> None:
    """Takes from `kept` the numbers and the moment that `_take_over` gave it, as far as they are still those."""
    journal = facts.facts_of(session, kept.id or 0)
    joined = [fact for fact in journal if fact.kind is FactKind.EVENTS_MERGED and fact.data.get("gone") == merged.id]
    took = str(joined[-1].data.get("took", "")).split() if joined else []
    with revising(app, session, kept, by=by):
        for name in took:
            if getattr(kept, name) == getattr(merged, name):
                setattr(kept, name, "")
    if kept.first_seen == merged.first_seen:
        reports = speaking(items.items_of(session, kept.id or 0))
        kept.first_seen = min((report.taken_in for report in reports), default=kept.first_seen)
    session.add(kept)


def part_events(app: App, actor: Actor, gone: int, *, reason: str) -> int:
    """Takes a merge back: `gone` gets its reports again; the id of the event that they were merged into."""
    actor.must_be(Role.ADVISOR, act="een samenvoeging terugdraaien")
    why = reason_of(app, reason)
    with _deciding(app) as session:
        merged = events.get(session, gone)
        if merged.merged_into is None:
            raise Conflict(f"Gebeurtenis {gone} is niet samengevoegd")
        kept = _open_event(session, merged.merged_into)
        if kept.id is None or not events.give_back_sightings(session, kept.id, gone):
            raise Conflict(f"Van gebeurtenis {gone} zijn geen berichten meer over om terug te geven")
        with revising(app, session, merged, by=actor):
            merged.merged_into, merged.state = None, EventState.OPEN
        session.flush()
        empty_unsent(app, session, gone)  # that it was merged is news no more
        _hand_back(app, session, kept, merged, by=actor)
        with left_by_reports(app, session, kept, {"why": ELSEWHERE}):
            stands = events.newest_override(session, kept)
            if stands and any((stands.at, stands.by) == (one.at, one.by) for one in events.overrides_of(session, gone)):
                # It came along when they were merged, and was never said of this one.
                _decide(app, session, actor, kept, why, **_judged(None))
            for event in (kept, merged):
                reassess(app, session, event, by=actor)
        kept.moved = kept.moved and told_moved(session, kept)
        secret = not (kept.public and merged.public)
        for event in (kept, merged):
            fact = record(app, session, FactKind.EVENTS_PARTED, by=actor, event=event, confidential=secret, aloud=False)
        tell_parted(app, session, fact, merged)
        _count(app, session, "corrections")
        _decided(app, session, actor, "events_parted", event=kept.id, why=_for_the_trail(why, kept, merged))
        return kept.id


def split_event(app: App, actor: Actor, event: int, item: int, *, reason: str) -> int:
    """One report of an event is about another happening: it opens an event of its own, whose id is returned."""
    actor.must_be(Role.ADVISOR, act="een gebeurtenis splitsen")
    why = reason_of(app, reason)
    with _deciding(app) as session:
        old = _open_event(session, event)
        sightings = events.sightings_of(session, event)
        sighting = next((s for s in sightings if s.item == item), None)
        if sighting is None:
            raise NotFound("bericht", item)
        if len(sightings) == 1:
            raise InvalidInput({"item": "Dit is het enige bericht over deze gebeurtenis: er valt niets te splitsen."})
        report = items.get(session, item)
        new = open_event(app, session, report)
        if new.id is None:
            raise Conflict("De nieuwe gebeurtenis kon niet worden gemaakt")
        session.delete(sighting)
        session.flush()
        events.add_sighting(session, Sighting(event=new.id, item=item, why=Ground.SPLIT, at=app.clock()))
        holds.take_along(session, sighting, new.id, app.clock())
        with left_by_reports(app, session, old, {"why": ELSEWHERE}):
            reassess(app, session, old, by=actor)
        reassess(app, session, new, by=actor, opened=True)
        secret = not (old.public and new.public)
        record(
            app, session, FactKind.EVENT_SPLIT, by=actor, event=old, data={"new": new.id}, confidential=secret,
            aloud=False,
        )  # fmt: skip
        _count(app, session, "corrections")
        _decided(app, session, actor, "event_split", event=event, why=_for_the_trail(why, old, new))
        return new.id


def link_notification(app: App, actor: Actor, event: int, *, notification: str, permit: str) -> None:
    """Links the numbers under which the municipality knows the event; an empty one takes the link away.

    With a notification the question whether it is notified is answered (R49). Raises InvalidInput for anything else.
    """
    actor.must_be(Role.ADVISOR, act="een kennisgeving koppelen")
    numbers = {"notification": notification.strip(), "permit": permit.strip()}
    problems = {
        name: "Vul een nummer in van 2 tot 40 letters, cijfers, punten, streepjes of schuine strepen."
        for name, number in numbers.items()
        if number and not _NUMBER.fullmatch(number)
    }
    for name, number in numbers.items():
        if number and app.reader.redact("", f"nummer {number}", voice=Voice.MUNICIPALITY).findings:
            problems[name] = "Dit lijkt op een persoonsgegeven, en is niet bewaard. Vul alleen het zaaknummer in."
    if problems:
        raise InvalidInput(problems)
    with _deciding(app) as session:
        found = _open_event(session, event)
        was = (found.notification, found.permit)
        with revising(app, session, found, by=actor):
            found.notification, found.permit = numbers["notification"], numbers["permit"]
        if was == (found.notification, found.permit):
            return
        found.revision += 1
        found.changed_at = app.clock()
        session.add(found)
        words = (("kennisgeving", found.notification), ("vergunning", found.permit))
        linked = " en ".join(f"{word} {number}" for word, number in words if number) or "geen nummer"
        record(app, session, FactKind.NOTIFICATION_LINKED, by=actor, event=found, data={"linked": linked}, aloud=False)
        audit(app, session, actor, "notification_linked", what=f"event:{event}", purpose=Purpose.PUBLIC_ORDER)
