"""What people see, look for and take out, in the audit trail with its purpose (R44, R48)."""

from datetime import timedelta

from monitor.app import App
from monitor.domain import Actor, Purpose
from monitor.store import people
from monitor.work.journal import audit

ONE_LOOK = timedelta(minutes=15)
"""Who looks at the same thing again within it, is still looking."""


def look(app: App, actor: Actor, act: str, *, what: str, purpose: Purpose) -> None:
    """Someone is about to see something: one entry for each person, thing and quarter of an hour.

    Called before it is shown: what cannot be written down is not shown.
    """
    now = app.clock()
    with app.store.read() as session:
        if people.has_audited(session, actor.name, act, what, since=now - ONE_LOOK):
            return
    with app.store.begin() as session:
        audit(app, session, actor, act, what=what, purpose=purpose)


def search(app: App, actor: Actor, *, where: str, found: int, purpose: Purpose) -> None:
    """Someone searched: where, and how much they saw. The words are not kept, nor a hash of them: it may be a name."""
    with app.store.begin() as session:
        audit(app, session, actor, "searched", what=f"{where}:{found}", purpose=purpose)


def take_out(app: App, actor: Actor, act: str, *, what: str, purpose: Purpose) -> None:
    """Something is about to leave the house as a file: every time counts."""
    with app.store.begin() as session:
        audit(app, session, actor, act, what=what, purpose=purpose)
