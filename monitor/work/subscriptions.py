"""Subscriptions: keys by which a calendar, a news reader or a map reads open events, and what they get (R29, R31)."""

import secrets

from monitor.app import App
from monitor.clock import midnight, today
from monitor.domain import GOOD_FOR, MACHINE, Actor, Audience, Feed, Purpose, Role, Subscription, audiences_of, id_of
from monitor.errors import InvalidInput, Lapsed, NotFound
from monitor.rules.feed import AHEAD, BACK, Wanted, feed_of
from monitor.store import events, facts, looking_back, people, subscriptions
from monitor.work.journal import audit
from monitor.work.steps import step

AT_MOST = 10
"""Keys of one person that work at the same time."""

_LANE = "subscriptions"
"""Whoever makes a key waits for the others, so that two at once cannot pass the limit."""
_READERS = (Role.ADVISOR, Role.PROJECT, Role.LIAISON, Role.EDITOR)
_NO_KEY = "Dit abonnement werkt niet of niet meer. Maak in Torenwacht onder Abonnementen een nieuw adres."


def subscribe(app: App, actor: Actor, audience: Audience) -> str:
    """The key of a new subscription of one's own: shown once, kept as a hash. Raises InvalidInput.

    Nobody makes one for somebody else: who holds it reads along, and an administrator may not (R29).
    """
    role = actor.must_be(*_READERS, act="een abonnement maken")
    if audience not in audiences_of(role):
        raise InvalidInput({"doelgroep": "Uw rol kan dit abonnement niet maken. Kies een ander."})
    now, key = app.clock(), secrets.token_urlsafe(32)
    with app.store.begin(lane=_LANE) as session, step(app, "abonnementen", "manage_subscriptions"):
        if people.user(session, actor.name) is None:
            raise NotFound("gebruiker", actor.name)
        if subscriptions.count_of(session, actor.name, now) >= AT_MOST:
            full = f"U hebt al {AT_MOST} abonnementen. Trek eerst een abonnement in dat u niet meer gebruikt."
            raise InvalidInput({"doelgroep": full})
        made = Subscription(
            id=id_of(key), owner=actor.name, audience=audience, created_at=now, expires_at=now + GOOD_FOR
        )
        subscriptions.add(session, made)
        what = f"subscription:{made.mark}:{audience.value}"
        audit(app, session, actor, "subscription_made", what=what, purpose=Purpose.PUBLIC_ORDER)
    return key


def withdraw_subscription(app: App, actor: Actor, id: str) -> None:
    """Ends a key at once: one's own, or for an administrator anybody's. Raises NotFound."""
    if actor is not MACHINE:  # the operator at the command line, who could also change the database
        actor.must_be(*_READERS, Role.ADMIN, act="een abonnement intrekken")
    with app.store.begin(lane=_LANE) as session, step(app, "abonnementen", "manage_subscriptions"):
        found = subscriptions.get(session, id, app.clock())
        if found is None or (found.owner != actor.name and actor.role in _READERS):
            raise NotFound("abonnement", id[:12])
        subscriptions.end(session, id)
        what = f"subscription:{found.mark}:{found.owner}"
        audit(app, session, actor, "subscription_withdrawn", what=what, purpose=Purpose.PUBLIC_ORDER)


def subscription_of(app: App, key: str) -> Subscription:
    """The subscription that this key opens, as long as its owner may read what stands in it. Raises Lapsed."""
    with app.store.read() as session:
        found = subscriptions.get(session, id_of(key), app.clock())
        owner = people.user(session, found.owner) if found else None
    if found is None or found.rests(owner):
        raise Lapsed(_NO_KEY)
    return found


def standing(app: App, owner: str | None = None) -> list[tuple[Subscription, str]]:
    """Keys that have not ended, of one person or of all, newest first; each with why it rests, empty when it works."""
    with app.store.read() as session:
        found = subscriptions.standing(session, app.clock(), owner)
        return [(one, one.rests(people.user(session, one.owner))) for one in found]


def read_feed(app: App, subscription: Subscription, wanted: Wanted) -> Feed:
    """What its audience may know now. Each reading counts, and the first of a day stands in the audit trail (R44).

    Counted before anything is shown: what cannot be written down is not shown. Raises Lapsed when the key was
    withdrawn meanwhile.
    """
    now = app.clock()
    first = midnight(today(now))
    what = f"subscription:{subscription.mark}"
    with app.store.begin() as session, step(app, "abonnementen", "share_feed") as did:
        owner = people.user(session, subscription.owner)
        if owner is None or not subscriptions.count_read(session, subscription.id, now):
            raise Lapsed(_NO_KEY)
        if subscription.used_at is None or subscription.used_at < first:
            by = Actor(owner.name, owner.role)
            audit(app, session, by, "subscription_read", what=what, purpose=Purpose.PUBLIC_ORDER)
        found = [
            *events.events_between(session, first - BACK, first + AHEAD, public_only=True),
            *events.undated(session, first - BACK, public_only=True),
            *looking_back.withdrawn_since(session, first - BACK),
        ]
        feed = feed_of(
            subscription.audience,
            found,
            facts.facts_between(session, first - BACK, now),
            wanted=wanted,
            indicators={row.code: row for row in app.reader.indicators},
            notice=app.settings.notice,
            organisation=app.settings.organisation,
            link_base=app.settings.link_base,
            began=subscription.created_at,
            now=now,
        )
        did.count({"events.shared": len(feed.entries)})
    return feed
