"""rectify, erase, restrict, lift: what someone asked about data on themselves is done in every store (R42).

Each is one transaction. What cannot be changed is told: approved briefings are records, for the archivist to decide
about, and the audit trail is a chain. A report under a legal hold is not changed either (art. 17(3)(e)): it is used for
nothing from then on, and one that is to be erased goes when the hold is over.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from classifiers import Voice
from monitor.app import App
from monitor.clock import week_of
from monitor.domain import (
    RESTRICTED,
    Approval,
    Briefing,
    Delivery,
    Event,
    EventState,
    Fact,
    FactKind,
    Item,
    Override,
    Revision,
    SourceState,
)
from monitor.errors import InvalidInput
from monitor.rules.picture import speaking
from monitor.rules.sought import MARK, Sought, quote, without
from monitor.rules.withheld import clean_event, clean_item, clean_message, clean_revision
from monitor.store import blocks, events, facts, holds, items
from monitor.store.residue import residue
from monitor.store.search import JOBS, Row, delete_rows, rows_of
from monitor.work.blocks import block, key_of
from monitor.work.briefings import renew_drafts
from monitor.work.history import revising
from monitor.work.leaving import left_by_reports
from monitor.work.reassess import reassess
from monitor.work.removal import forget_words
from monitor.work.rights import Find, Request, account, case_of, finds, officer_of
from monitor.work.steps import step

RULE = "R42"
RESTRICT_DAYS = 90
"""So long something is restricted when nobody says until when: time enough to decide about a request."""
_CORRECT_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Done:
    """What a request came to."""

    found: tuple[Find, ...]
    changed: Mapping[str, int]
    """Table -> rows that were changed or taken away; `block` counts the forms that are blocked from now on."""
    left: tuple[Find, ...]
    """Where it still stands: records, accounts, files."""
    scrubbed: bool = True
    """The file of the database holds no trace; False when it was busy: the next request, or a quiet hour, does it."""


def rectify(app: App, request: Request, *, correct: str = "") -> Done:
    """Puts a correct text in the place of what was found; without one a mark. Raises InvalidInput."""
    instead = _checked(app, correct, request.sought) if correct else MARK
    return _take_out(app, request, "rectify", instead=instead)


def erase(app: App, request: Request, *, whole: bool, until: datetime | None = None) -> Done:
    """Takes the words out, or with `whole` every report that holds them; if they come again, the words stay out.

    Raises ConfigError where the installation has no key to remember them by; then nothing changes.
    """
    key_of(app)
    return _take_out(app, request, "erase", whole=whole, blocks_too=True, until=until)


def object_to(app: App, request: Request, *, until: datetime | None = None) -> Done:
    """Erases every report that holds the words, and keeps every new one out. Raises ConfigError as `erase`."""
    key_of(app)
    return _take_out(app, request, "object", whole=True, blocks_too=True, drops=True, until=until)


def restrict(app: App, request: Request, *, until: datetime | None = None) -> Done:
    """Keeps the reports that hold the words, and uses them for nothing until a moment (art. 18 AVG)."""
    last = until or app.clock() + timedelta(days=RESTRICT_DAYS)
    with app.store.begin(lane="events") as session, step(app, "rechten", "answer_request"):
        found = finds(app, session, request.sought)
        named = [items.get(session, id) for id in _ids(found, "item")]
        # One without an end is out of use already, and to get an end would bring it back.
        aside = [item for item in named if not item.restricted or item.restricted_until]
        for item in aside:
            item.restricted, item.restricted_until = RESTRICTED, last
            item.delete_after = max(item.delete_after, last)
            session.add(item)
        session.flush()
        _weigh_without(app, session, aside, why=RESTRICTED)
        renew_drafts(app, session)
        account(app, session, request, "restrict", found, done={RESTRICTED: len(aside)})
        return Done(tuple(found), {"item": len(aside)}, ())


def lift(app: App, request: Request) -> Done:
    """Uses the reports that hold the words again."""
    with app.store.begin(lane="events") as session, step(app, "rechten", "answer_request"):
        found = finds(app, session, request.sought)
        ids = set(_ids(found, "item"))
        # One without an end waits for the end of a legal hold, and then goes.
        back = [item for item in items.restricted(session) if item.id in ids and item.restricted_until]
        _use_again(app, session, back)
        account(app, session, request, "lift", found, done={"lifted": len(back)})
        return Done(tuple(found), {"item": len(back)}, ())


def lift_what_is_over(app: App) -> int:
    """Uses reports again whose restriction is over; how many. Before a purge, which may then delete them."""
    with app.store.begin(lane="events") as session, step(app, "rechten", "lift_restrictions"):
        back = items.restricted(session, app.clock())
        _use_again(app, session, back)
    return len(back)


def lift_block(app: App, *, officer: str, case: str, number: int) -> None:
    """Takes one block away, by its number. Raises NotAllowed, InvalidInput or NotFound."""
    request = Request(officer_of(app, officer), case_of(app, case), Sought(frozenset()))
    with app.store.begin() as session, step(app, "rechten", "answer_request"):
        blocks.lift(session, number)
        account(app, session, request, "unblock", (), done={"block": 1})


def _take_out(
    app: App,
    request: Request,
    act: str,
    *,
    instead: str = MARK,
    whole: bool = False,
    blocks_too: bool = False,
    drops: bool = False,
    until: datetime | None = None,
) -> Done:
    sought = request.sought
    with app.store.begin(lane="events") as session, step(app, "rechten", "answer_request"):
        found = finds(app, session, sought)
        changed = _of_events(app, session, found, sought, instead, whole=whole, goes=blocks_too)
        session.flush()
        # Looked for again, for what just changed was told of in new rows.
        told = finds(app, session, sought)
        changed += _of_words(session, told, sought, instead)
        changed["briefing"] = _of_drafts(app, session, told)
        if blocks_too:
            changed["block"] = len(block(app, session, sought, drops=drops, until=until))
        session.flush()
        left = finds(app, session, sought)
        account(app, session, request, act, found, done={f"{name}_changed": count for name, count in changed.items()})
    return Done(tuple(found), changed, tuple(left), app.store.scrub())


def _of_events(
    app: App, session: Session, found: Sequence[Find], sought: Sought, instead: str, *, whole: bool, goes: bool
) -> Counter[str]:
    """Reports and their events: cleaned or gone, and weighed anew. What is held is set aside; `goes`: it goes after.

    Nothing is weighed while a report in use still holds the words: they would come back into its event, and be told.
    """
    held = holds.held_items(session, app.clock())
    named_in = [items.get(session, id) for id in _ids(found, "item")]
    reports = [item for item in named_in if item.id not in held]
    for item in (aside := [item for item in named_in if item.id in held]):
        item.restricted, item.restricted_until = RESTRICTED, None
        item.delete_after = app.clock() if goes else item.delete_after
        session.add(item)
    named = [events.get(session, id) for id in _ids(found, "event")]
    for event in named:
        clean_event(event, sought, instead)
        session.add(event)
    go, stay = (reports, []) if whole else ([], reports)
    for item in stay:
        clean_item(item, sought, instead)
        session.add(item)
    session.flush()
    _weigh_without(app, session, go, why="gewist", delete=True)
    _weigh_without(app, session, aside, why=RESTRICTED)
    for id in sorted({*items.reported_by(session, [item.id or 0 for item in stay]), *(e.id or 0 for e in named)}):
        reassess(app, session, events.get(session, id))
    return Counter(item=len(named_in), event=len(named))


def _of_words(session: Session, found: Sequence[Find], sought: Sought, instead: str) -> Counter[str]:
    """Reasons that people gave, what the journal and the states of sources quote, and messages.

    A message that was sent is emptied. One that waits goes out without the words: it may tell of other events too.
    """

    def told(kind: type[Row]) -> list[Row]:
        keys = {one.row for one in found if one.table == kind.__tablename__}
        changed[str(kind.__tablename__)] = len(keys)
        return rows_of(session, kind, sorted(keys))

    changed = Counter[str]()
    for decided in told(Override):
        decided.reason = without(decided.reason, sought, instead)
    for revision in told(Revision):
        clean_revision(revision, sought, instead)
    for approval in told(Approval):
        approval.reason = without(approval.reason, sought, instead)
    for fact in told(Fact):
        fact.data = {k: without(v, sought, instead) if isinstance(v, str) else v for k, v in fact.data.items()}
    for delivery in told(Delivery):
        waits = delivery.sent_at is None and not delivery.refused
        delivery.message = clean_message(delivery.message, sought, instead) if delivery.message and waits else None
        delivery.refused = without(delivery.refused, sought, instead)
    for state in told(SourceState):
        state.reason, state.advice = (without(text, sought, instead) for text in (state.reason, state.advice))
    for queue in JOBS:
        # Its arguments are ids, so a promise with words in it is none that could be kept.
        if keys := {one.row for one in found if one.table == queue}:
            changed["job"] += delete_rows(session, queue, keys)
    return changed


def _of_drafts(app: App, session: Session, found: Sequence[Find]) -> int:
    """Drafts in which it stands: this week's is made anew, one of another week was never told and goes. How many."""
    session.flush()
    named = rows_of(session, Briefing, sorted({one.row for one in found if one.table == "briefing"}))
    drafts = [made for made in named if not made.approved_by]
    for draft in drafts:
        if (draft.start, draft.end) != week_of(app.clock()):
            session.delete(draft)
    renew_drafts(app, session)
    return len(drafts)


def _weigh_without(app: App, session: Session, gone: Sequence[Item], *, why: str, delete: bool = False) -> None:
    """Events after some of their reports went, or may be used no more. One that nothing is left of is taken off."""
    by_event = items.reported_by(session, [item.id or 0 for item in gone])
    if delete:
        items.delete_these(session, [item.id or 0 for item in gone])
    session.flush()
    for id, ids in by_event.items():
        event, theirs = events.get(session, id), [item for item in gone if item.id in ids]
        if event.state not in (EventState.OPEN, EventState.CANCELLED):
            forget_words(session, event, theirs)
        else:
            with left_by_reports(app, session, event, {"rule": RULE, "why": why}):
                reassess(app, session, event, turned=None if delete else _newest(theirs))


def _use_again(app: App, session: Session, back: Collection[Item]) -> None:
    for item in back:
        item.restricted, item.restricted_until = "", None
        session.add(item)
    session.flush()
    for id, ids in items.reported_by(session, [item.id or 0 for item in back]).items():
        event, newest = events.get(session, id), _newest(speaking([item for item in back if item.id in ids]))
        if not _taken_off(session, event):
            reassess(app, session, event, turned=newest)
            continue
        with revising(app, session, event, cause=newest):
            event.state = EventState.OPEN
            reassess(app, session, event, opened=True, turned=newest)


def _newest(reports: Sequence[Item]) -> Item:
    """The one that an event heeds most, and so most likely the one that made the difference."""
    return max(reports, key=lambda item: (item.published, item.taken_in, item.id or 0))


def _taken_off(session: Session, event: Event) -> bool:
    """Whether it was a restriction that took the event off, and nothing since."""
    if event.state is not EventState.WITHDRAWN or event.merged_into is not None:
        return False
    ended = [fact for fact in facts.facts_of(session, event.id or 0) if fact.kind in _ENDS]
    return bool(ended) and ended[-1].data.get("why") == RESTRICTED


_ENDS = (FactKind.WITHDRAWN, FactKind.SOURCE_WITHDREW, FactKind.EVENTS_MERGED)


def _checked(app: App, correct: str, sought: Sought) -> str:
    """The correct text, when it may be kept. Raises InvalidInput, which does not quote it."""
    clean = app.reader.redact("", correct, voice=Voice.MUNICIPALITY)
    if clean.findings or residue(correct) or quote(correct, sought) is not None or len(correct) > _CORRECT_AT_MOST:
        problem = (
            f"De juiste tekst mag geen persoonsgegevens of het gezochte bevatten, en hoogstens {_CORRECT_AT_MOST} "
            "tekens. Er is niets gewijzigd."
        )
        raise InvalidInput({"correct": problem})
    return " ".join(correct.split())


def _ids(found: Sequence[Find], table: str) -> list[int]:
    return sorted({int(one.row) for one in found if one.table == table})
