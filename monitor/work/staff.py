"""Who may log in, and as what: links to come in by, roles, blocks, and the end of logins (R29)."""

import re
import secrets
from datetime import timedelta

from sqlmodel import Session

from monitor.app import App
from monitor.domain import MACHINE, Actor, Invitation, Purpose, Role, User, id_of
from monitor.errors import InvalidInput, Lapsed, NotFound
from monitor.store import people
from monitor.work.journal import audit
from monitor.work.steps import step

LINK_GOOD_FOR = timedelta(hours=24)
_NAME = re.compile(r"[a-z][a-z0-9.-]{1,39}")
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{6,19}")
LANE = "staff"
"""Whoever changes who may log in waits for the others, so that two administrators cannot block each other at once."""

_MISSPELT = "Kies een naam van 2 tot 40 kleine letters, cijfers, punten of streepjes."
_ONESELF = "Uw eigen rol of toegang kunt u niet wijzigen. Vraag een andere beheerder."
_LAST = "Dit is de laatste beheerder die kan inloggen. Maak eerst iemand anders beheerder."
_ELSEWHERE = (
    "De rol van deze gebruiker komt van de aanmelddienst. Wijzig de rol daar; zij geldt vanaf de volgende keer."
)
_NO_LINK = "Deze gebruiker logt in via de aanmelddienst en heeft hier geen wachtwoord."


def _must_manage(actor: Actor, act: str) -> None:
    """The house itself is the operator at the command line, who could also change the database."""
    if actor is not MACHINE:
        actor.must_be(Role.ADMIN, act=act)


def _known(session: Session, name: str) -> User:
    found = people.user(session, name)
    if found is None:
        raise NotFound("gebruiker", name)
    return found


def _must_not_be_last(session: Session, user: User, field: str) -> None:
    if user.role is Role.ADMIN and user.active and not people.other_administrators(session, user.name):
        raise InvalidInput({field: _LAST})


def name_problem(name: str) -> str | None:
    """What is wrong with a login name, in Dutch; None when it is fine."""
    # What the house does by itself stands under that name: no person may hide behind it.
    return None if _NAME.fullmatch(name) and name != MACHINE.name else _MISSPELT


def save_user(app: App, actor: Actor, name: str, role: Role, *, password_hash: str) -> User:
    """Adds someone, or gives them another role and password; their logins end. Raises InvalidInput."""
    _must_manage(actor, "een gebruiker toevoegen")
    if problem := name_problem(name):
        raise InvalidInput({"naam": problem})
    with app.store.begin(lane=LANE) as session, step(app, "toegang", "manage_staff"):
        old = people.user(session, name)
        if name == actor.name:
            raise InvalidInput({"naam": _ONESELF})
        if old and old.subject:
            raise InvalidInput({"naam": _NO_LINK})
        if old and role is not Role.ADMIN:
            _must_not_be_last(session, old, "rol")
        user = User(
            name=name,
            role=role,
            password_hash=password_hash,
            created_at=old.created_at if old else app.clock(),
            slack=old.slack if old else None,
        )
        kept = people.add_user(session, user)
        people.end_logins_of(session, name)
        audit(app, session, actor, "user_saved", what=f"user:{name}:{role.value}", purpose=Purpose.ACCESS)
    return kept


def invite(app: App, actor: Actor, name: str, role: Role) -> str:
    """The secret of a link, good for a day and once, by which `name` chooses a password; nobody else gets to know it.

    For someone who is known it replaces a lost password, and their role must be the one they have. Raises InvalidInput.
    """
    _must_manage(actor, "iemand uitnodigen")
    if problem := name_problem(name):
        raise InvalidInput({"naam": problem})
    with app.store.begin(lane=LANE) as session, step(app, "toegang", "manage_staff"):
        known = people.user(session, name)
        if known and known.subject:
            raise InvalidInput({"naam": _NO_LINK})
        if known and known.role is not role:
            problem = f"{name} is al {known.role.label}. Wijzig eerst de rol, of kies een andere naam."
            raise InvalidInput({"rol": problem})
        secret = _new_link(app, session, name, role)
        audit(app, session, actor, "user_invited", what=f"user:{name}:{role.value}", purpose=Purpose.ACCESS)
    return secret


def invite_first(app: App) -> str | None:
    """The secret of a link by which the first administrator comes in; None where somebody may log in already."""
    with app.store.begin(lane=LANE) as session, step(app, "toegang", "manage_staff"):
        return _new_link(app, session, "", Role.ADMIN) if people.is_empty(session) else None


def _new_link(app: App, session: Session, name: str, role: Role) -> str:
    secret = secrets.token_urlsafe(32)
    expires = app.clock() + LINK_GOOD_FOR
    people.add_invitation(session, Invitation(id=id_of(secret), name=name, role=role, expires_at=expires))
    return secret


def link_of(app: App, secret: str) -> str:
    """The address of an invitation, to give to the one it is for."""
    return f"{app.settings.link_base}/uitnodiging?sleutel={secret}"


def invitation_of(app: App, secret: str) -> Invitation:
    """The invitation that this link is for. Raises Lapsed, with the reason, when it is no longer good."""
    with app.store.read() as session:
        return _good(app, session, secret)


def _good(app: App, session: Session, secret: str) -> Invitation:
    found = people.invitation(session, id_of(secret))
    if found is None:
        raise Lapsed("Deze link klopt niet. Kopieer de hele link, of vraag de beheerder om een nieuwe.")
    if found.used_at is not None:
        raise Lapsed("Deze link is al gebruikt. Was u dat niet? Meld het meteen aan de beheerder.")
    if found.expires_at <= app.clock():
        raise Lapsed("Deze link is verlopen. Een link werkt 24 uur. Vraag de beheerder om een nieuwe.")
    if not found.name and not people.is_empty(session):
        raise Lapsed("Er is al een beheerder. Vraag die om een eigen link.")
    return found


def accept(app: App, secret: str, *, name: str, password_hash: str) -> User:
    """Uses up a link: the invited person may log in with the chosen password, and earlier logins end.

    `name` is what the first administrator chose; it counts for nobody else. Raises Lapsed or InvalidInput.
    """
    with app.store.begin(lane=LANE) as session, step(app, "toegang", "manage_staff"):
        invitation = _good(app, session, secret)
        chosen = invitation.name or name
        if problem := name_problem(chosen):
            raise InvalidInput({"naam": problem})
        user = people.user(session, chosen)
        if user is None:
            user = User(name=chosen, role=invitation.role, password_hash=password_hash, created_at=app.clock())
        # Who came in by the identity provider since, gets no second way in that the provider cannot close.
        if user.subject or not user.active or user.role is not invitation.role:
            raise Lapsed("Deze link klopt niet meer met uw rol of toegang. Vraag de beheerder om een nieuwe.")
        user.password_hash = password_hash
        kept = people.add_user(session, user)
        invitation.used_at = app.clock()
        people.end_logins_of(session, chosen)
        who = Actor(chosen, user.role)
        audit(app, session, who, "invitation_used", what=f"user:{chosen}:{user.role.value}", purpose=Purpose.ACCESS)
    return kept


def change_role(app: App, actor: Actor, name: str, role: Role) -> None:
    """Gives someone else another role; their logins end, so that no page keeps the old rights."""
    _must_manage(actor, "een rol wijzigen")
    with app.store.begin(lane=LANE) as session, step(app, "toegang", "manage_staff"):
        user = _known(session, name)
        if name == actor.name:
            raise InvalidInput({"rol": _ONESELF})
        if user.subject:
            raise InvalidInput({"rol": _ELSEWHERE})
        if role is not Role.ADMIN:
            _must_not_be_last(session, user, "rol")
        user.role = role
        session.add(user)
        people.end_logins_of(session, name)
        audit(app, session, actor, "role_changed", what=f"user:{name}:{role.value}", purpose=Purpose.ACCESS)


def block_user(app: App, actor: Actor, name: str, *, blocked: bool) -> None:
    """Takes away someone's access at once, or gives it back."""
    _must_manage(actor, "iemand blokkeren")
    with app.store.begin(lane=LANE) as session, step(app, "toegang", "manage_staff"):
        user = _known(session, name)
        if name == actor.name:
            raise InvalidInput({"toegang": _ONESELF})
        if blocked:
            _must_not_be_last(session, user, "toegang")
        user.active = not blocked
        session.add(user)
        people.end_logins_of(session, name)
        act = "user_blocked" if blocked else "user_unblocked"
        audit(app, session, actor, act, what=f"user:{name}", purpose=Purpose.ACCESS)


def link_slack(app: App, actor: Actor, name: str, id: str | None) -> None:
    """Lets someone act from Slack by their id there, with the role they have here; None takes that away."""
    _must_manage(actor, "iemand aan Slack koppelen")
    if id is not None and not _SLACK_ID.fullmatch(id):
        raise InvalidInput({"slack": "Geef het nummer uit Slack, dat met U of W begint, zoals U0123ABCD."})
    with app.store.begin(lane=LANE) as session:
        user = _known(session, name)
        holder = people.user_in_slack(session, id) if id else None
        if holder is not None and holder.name != name:
            raise InvalidInput({"slack": f"Dit nummer hoort al bij {holder.name}. Haal het daar eerst weg."})
        user.slack = id
        session.add(user)
        act = "slack_linked" if id else "slack_unlinked"
        audit(app, session, actor, act, what=f"user:{name}", purpose=Purpose.ACCESS)


def log_out_user(app: App, actor: Actor, name: str) -> int:
    """Ends every login of someone, who may come in again; returns how many ended."""
    _must_manage(actor, "iemand overal uitloggen")
    with app.store.begin() as session, step(app, "toegang", "manage_staff"):
        _known(session, name)
        ended = people.end_logins_of(session, name)
        audit(app, session, actor, "logins_ended", what=f"user:{name}", purpose=Purpose.ACCESS)
    return ended


def end_own_logins(app: App, actor: Actor, login: str = "") -> None:
    """Ends one login of your own, or all of them when none is named; that of another is not yours to end."""
    actor.must_be(*Role, act="uw eigen aanmeldingen afsluiten")
    with app.store.begin() as session, step(app, "toegang", "manage_staff"):
        if login:
            if login not in (own.id for own in people.logins_of(session, actor.name, app.clock())):
                raise NotFound("aanmelding", login[:8])
            people.end_login(session, login)
        else:
            people.end_logins_of(session, actor.name)
        audit(app, session, actor, "logins_ended", what=f"user:{actor.name}", purpose=Purpose.ACCESS)


def admit(app: App, subject: str, role: Role, *, called: str) -> User:
    """Whom the identity provider vouches for, with the role that it gives today; new people are added.

    `subject` is the hash that tells people apart; `called` only proposes a login name, which becomes `anna-2` when
    another has it: a name never opens the account of someone else. Raises Lapsed for who is blocked here.
    """
    with app.store.begin(lane=LANE) as session, step(app, "toegang", "manage_staff"):
        user = people.user_of(session, subject)
        if user is None:
            name = _free_name(session, called)
            user = User(name=name, role=role, password_hash="", created_at=app.clock(), subject=subject)
            audit(app, session, MACHINE, "user_saved", what=f"user:{name}:{role.value}", purpose=Purpose.ACCESS)
        if not user.active:
            raise Lapsed("Uw toegang tot Torenwacht is geblokkeerd. Vraag de beheerder waarom.")
        if user.role is not role:
            user.role = role
            people.end_logins_of(session, user.name)
            audit(app, session, MACHINE, "role_changed", what=f"user:{user.name}:{role.value}", purpose=Purpose.ACCESS)
        return people.add_user(session, user)


def _free_name(session: Session, called: str) -> str:
    letters = re.sub(r"[^a-z0-9.-]", "", called.partition("@")[0].lower()).lstrip("0123456789.-")[:36]
    stem = letters if name_problem(letters) is None else "medewerker"
    taken = {user.name for user in people.users(session)}
    return next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem}-{n}") not in taken)
