"""Who is asking, and what may they do: roles and rights, login, cookie, and the guard of every door."""

import asyncio
import hashlib
import hmac
import re
import secrets
import threading
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from fastapi import Depends, Request
from pwdlib import PasswordHash

from monitor.app import App
from monitor.clock import Clock
from monitor.domain import MACHINE, Actor, Login, Purpose, Role, User
from monitor.errors import InvalidInput, MonitorError, NotAllowed
from monitor.store import people
from monitor.work.journal import audit

LONGEST = timedelta(hours=8)
"""How long one login is good, at most."""
IDLE = timedelta(hours=1)
"""How long a login without a visit is good."""
_TOUCH = timedelta(minutes=1)
"""A visit is written down at most this often."""
TRIES, WINDOW = 5, timedelta(minutes=1)
"""Login attempts per address and per name."""
_SHORTEST_PASSWORD = 12
_SAFE = ("GET", "HEAD", "OPTIONS")
_LOGIN_NAME = re.compile(r"[a-z][a-z0-9.-]{1,39}")


class Right(StrEnum):
    """One thing that somebody may do, as an error page says it."""

    SEE_EVENTS = "gebeurtenissen bekijken"
    SEE_CONFIDENTIAL = "vertrouwelijke gebeurtenissen bekijken"
    ACKNOWLEDGE = "een gebeurtenis als gezien markeren"
    DECIDE = "een gebeurtenis beoordelen"
    ADD_SIGNAL = "een signaal toevoegen"
    SEE_BRIEFINGS = "briefings bekijken"
    MAKE_BRIEFING = "een briefing maken"
    APPROVE_BRIEFING = "een briefing goedkeuren"
    SEE_SOURCES = "bronnen bekijken"
    PAUSE_SOURCE = "een bron pauzeren"
    APPROVE_SOURCE = "een bron goedkeuren"
    STOP = "het verzamelen stoppen"
    SEE_AUDIT = "het logboek bekijken"
    SEE_USERS = "gebruikers bekijken"


_READS = {Right.SEE_EVENTS, Right.ACKNOWLEDGE, Right.SEE_BRIEFINGS, Right.SEE_SOURCES}
_GUARDS = {Right.SEE_SOURCES, Right.PAUSE_SOURCE, Right.APPROVE_SOURCE, Right.STOP}
_BRIEFS = {Right.MAKE_BRIEFING, Right.APPROVE_BRIEFING}

RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.ADVISOR: frozenset(_READS | _BRIEFS | {Right.SEE_CONFIDENTIAL, Right.DECIDE, Right.STOP}),
    Role.PROJECT: frozenset(_READS),
    Role.LIAISON: frozenset(_READS | {Right.SEE_CONFIDENTIAL, Right.ADD_SIGNAL, Right.MAKE_BRIEFING}),
    Role.EDITOR: frozenset(_READS | _BRIEFS),
    Role.PRIVACY: frozenset(_GUARDS | {Right.SEE_AUDIT}),
    # Administrators run the house; they do not read what is in it (R29).
    Role.ADMIN: frozenset(_GUARDS | {Right.SEE_AUDIT, Right.SEE_USERS}),
}
"""Least privilege (R29): what is not named here is refused."""


class NotLoggedIn(MonitorError):
    """The page is for staff, and this visitor has no login that is still good."""

    advice = "Log eerst in."


class Forged(MonitorError):
    """A form came without the token of this login: from another site, or from a page left open too long."""

    advice = "Deze pagina was te lang open. Ga terug, ververs de pagina en probeer het opnieuw."


class TooManyTries(MonitorError):
    """More login attempts than the limit allows."""

    advice = "Te veel pogingen achter elkaar. Wacht een minuut en probeer het dan opnieuw."


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking, and the secret that ties their forms to their login."""

    actor: Actor
    key: str = field(repr=False)

    @property
    def token(self) -> str:
        """What every form of this visitor carries; it cannot be made without the cookie."""
        return hashlib.sha256(f"form:{self.key}".encode()).hexdigest()

    def may(self, right: Right) -> bool:
        """Whether the matrix gives this right to the role."""
        return self.actor.role is not None and right in RIGHTS[self.actor.role]


class TryLimit:
    """Counts attempts per name in a moving window, by the clock of the house."""

    def __init__(self, clock: Clock, *, tries: int = TRIES, window: timedelta = WINDOW) -> None:
        self._clock, self._tries, self._window = clock, tries, window
        self._seen: dict[str, deque[datetime]] = defaultdict(deque)
        self._lock = threading.Lock()

    def hit(self, *keys: str) -> None:
        """Counts one attempt for each key. Raises TooManyTries when one of them is over its limit."""
        now = self._clock()
        with self._lock:
            for key in list(self._seen):
                while self._seen[key] and self._seen[key][0] <= now - self._window:
                    self._seen[key].popleft()
                if not self._seen[key]:
                    del self._seen[key]
            for key in keys:
                if len(self._seen[key]) >= self._tries:
                    raise TooManyTries
                self._seen[key].append(now)


@cache
def _hash_of_nobody() -> str:
    """The hash of a password that nobody has."""
    return PasswordHash.recommended().hash(secrets.token_urlsafe())


def _id_of(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()


class Doorkeeper:
    """Knows staff by their cookie, and lets them in by name and password."""

    def __init__(self, app: App, *, login_as: str | None = None) -> None:
        self._app = app
        self._passwords = PasswordHash.recommended()
        self._limit = TryLimit(app.clock)
        # Argon2 takes 64 MiB a time: two at once are enough.
        self._slots = threading.BoundedSemaphore(2)
        self.login_as = login_as
        self._demo_key = secrets.token_urlsafe(32)
        # The prefix makes browsers refuse a cookie that another host or plain http tries to set.
        self.cookie = "__Host-torenwacht" if app.settings.secure_cookies else "torenwacht"

    def visitor(self, cookie: str) -> Visitor | None:
        """Who holds this cookie; None when the login is over, idle too long, or its user no longer active."""
        if self.login_as is not None:
            with self._app.store.read() as session:
                user = people.user(session, self.login_as)
            return Visitor(Actor(user.name, user.role), self._demo_key) if user and user.active else None
        if not cookie:
            return None
        now = self._app.clock()
        with self._app.store.read() as session:
            login = people.login(session, _id_of(cookie), now)
            user = people.user(session, login.name) if login else None
        if login is None or user is None or not user.active or login.used_at <= now - IDLE:
            return None
        if login.used_at <= now - _TOUCH:
            with self._app.store.begin() as session:
                if kept := people.login(session, login.id, now):
                    kept.used_at = now
        return Visitor(Actor(user.name, user.role), cookie)

    def let_in(self, name: str, password: str, *, address: str) -> str:
        """The value of a new cookie. Raises TooManyTries, or InvalidInput when name and password do not match."""
        self._limit.hit(f"address:{address}", f"name:{name}")
        with self._app.store.read() as session:
            user = people.user(session, name)
        # Someone unknown costs the same work, so that time does not tell which names exist.
        known = user.password_hash if user and user.active else _hash_of_nobody()
        with self._slots:
            good = self._passwords.verify(password, known)
        if not good or user is None or not user.active:
            raise InvalidInput({"naam": "De naam en het wachtwoord horen niet bij elkaar. Probeer het opnieuw."})
        now, cookie = self._app.clock(), secrets.token_urlsafe(32)
        with self._app.store.begin() as session:
            people.delete_logins(session, now)
            login = Login(id=_id_of(cookie), name=name, created_at=now, used_at=now, expires_at=now + LONGEST)
            people.add_login(session, login)
            audit(
                self._app,
                session,
                Actor(user.name, user.role),
                "logged_in",
                what=f"user:{name}",
                purpose=Purpose.ACCESS,
            )
        return cookie

    def let_out(self, cookie: str) -> None:
        """Ends the login of this cookie, if there is one."""
        with self._app.store.begin() as session:
            people.end_login(session, _id_of(cookie))


def create_user(app: App, name: str, role: Role, password: str) -> User:
    """Adds someone of the staff, or gives them a new role and password; their logins end. Raises InvalidInput."""
    problems = {}
    if not _LOGIN_NAME.fullmatch(name):
        problems["naam"] = "Kies een naam van 2 tot 40 kleine letters, cijfers, punten of streepjes."
    if len(password) < _SHORTEST_PASSWORD:
        problems["wachtwoord"] = f"Kies een wachtwoord van ten minste {_SHORTEST_PASSWORD} tekens."
    if problems:
        raise InvalidInput(problems)
    secret = PasswordHash.recommended().hash(password)
    with app.store.begin() as session:
        user = people.add_user(session, User(name=name, role=role, password_hash=secret, created_at=app.clock()))
        people.end_logins_of(session, name)
        audit(app, session, MACHINE, "user_saved", what=f"user:{name}", purpose=Purpose.ACCESS)
    return user


async def _visitor(request: Request) -> Visitor | None:
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    return await asyncio.to_thread(doorkeeper.visitor, request.cookies.get(doorkeeper.cookie, ""))


def needs(right: Right) -> Any:  # what Depends gives has no public type
    """The guard of a door: gives its Visitor, who has `right`, and whose form carries their own token.

    Raises NotLoggedIn, NotAllowed or Forged.
    """
    return Depends(_guard(right))


def _guard(right: Right) -> Callable[[Request], Awaitable[Visitor]]:
    async def guard(request: Request) -> Visitor:
        visitor = await _visitor(request)
        if visitor is None:
            raise NotLoggedIn
        if not visitor.may(right):
            raise NotAllowed(visitor.actor.name, right.value)
        await _check_token(request, visitor)
        return visitor

    return guard


async def _check_token(request: Request, visitor: Visitor) -> None:
    if request.method in _SAFE:
        return
    given = request.headers.get("x-csrf-token") or str((await request.form()).get("token", ""))
    if not hmac.compare_digest(given.encode(), visitor.token.encode()):
        raise Forged


async def anyone(request: Request) -> Visitor | None:
    """For the few doors that stand open to all: the visitor when logged in, else None; a form's token is checked."""
    visitor = await _visitor(request)
    if visitor is not None and request.url.path != "/inloggen":
        await _check_token(request, visitor)
    return visitor
