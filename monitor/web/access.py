"""Who is asking, and what may they do: roles and rights, cookie, and the guard of every door."""

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from fastapi import Depends, Request
from starlette.responses import Response

from monitor.app import App
from monitor.domain import Actor, Login, Purpose, Role, User, id_of
from monitor.errors import MonitorError, NotAllowed
from monitor.store import people
from monitor.web.limits import PAGES, TryLimit
from monitor.work.journal import audit
from monitor.work.steps import step

LONGEST = timedelta(hours=8)
"""How long one login is good, at most."""
IDLE = timedelta(hours=1)
"""How long a login without a visit is good."""
_TOUCH = timedelta(minutes=1)
"""A visit is written down at most this often."""
_SAFE = ("GET", "HEAD", "OPTIONS")
_WAYS_IN = ("/inloggen", "/uitnodiging")
"""Forms of people who may have no login yet; the rim refuses them when they come from another site."""


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
    MANAGE_USERS = "gebruikers beheren"
    SUBSCRIBE = "een abonnement maken"
    SEE_SUBSCRIPTIONS = "abonnementen bekijken en intrekken"
    OWN_LOGINS = "uw eigen aanmeldingen bekijken"


_STAFF = {Right.OWN_LOGINS}
_SUBSCRIBES = {Right.SUBSCRIBE, Right.SEE_SUBSCRIPTIONS}
_READS = _STAFF | _SUBSCRIBES | {Right.SEE_EVENTS, Right.ACKNOWLEDGE, Right.SEE_BRIEFINGS, Right.SEE_SOURCES}
_GUARDS = _STAFF | {Right.SEE_SOURCES, Right.PAUSE_SOURCE, Right.APPROVE_SOURCE, Right.STOP}
_BRIEFS = {Right.MAKE_BRIEFING, Right.APPROVE_BRIEFING}

RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.ADVISOR: frozenset(_READS | _BRIEFS | {Right.SEE_CONFIDENTIAL, Right.DECIDE, Right.STOP}),
    Role.PROJECT: frozenset(_READS),
    Role.LIAISON: frozenset(_READS | {Right.SEE_CONFIDENTIAL, Right.ADD_SIGNAL, Right.MAKE_BRIEFING}),
    Role.EDITOR: frozenset(_READS | _BRIEFS),
    Role.PRIVACY: frozenset(_GUARDS | {Right.SEE_AUDIT}),
    # Administrators run the house; they do not read what is in it (R29).
    Role.ADMIN: frozenset(_GUARDS | {Right.SEE_AUDIT, Right.SEE_USERS, Right.MANAGE_USERS, Right.SEE_SUBSCRIPTIONS}),
}
"""Least privilege (R29): what is not named here is refused."""


class NotLoggedIn(MonitorError):
    """The page is for staff, and this visitor has no login that is still good."""

    advice = "Log eerst in."


class Forged(MonitorError):
    """A form came without the token of this login: from another site, or from a page left open too long."""

    advice = "Deze pagina was te lang open. Ga terug, ververs de pagina en probeer het opnieuw."


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


class Doorkeeper:
    """Knows staff by their cookie; gives one to whoever showed who they are, and takes it back."""

    def __init__(self, app: App, *, login_as: str | None = None) -> None:
        self._app = app
        self._pages = TryLimit(app.clock, tries=PAGES)
        self.login_as = login_as
        self._demo_key = secrets.token_urlsafe(32)
        # The prefix makes browsers refuse a cookie that another host or plain http tries to set.
        self.cookie = "__Host-torenwacht" if app.settings.secure_cookies else "torenwacht"

    def visitor(self, cookie: str) -> Visitor | None:
        """Who holds this cookie; None when the login is over, idle too long, or its user no longer active.

        Raises TooManyTries for a login that asks for more pages than anyone can read.
        """
        if self.login_as is not None:
            with self._app.store.read() as session:
                user = people.user(session, self.login_as)
            return Visitor(Actor(user.name, user.role), self._demo_key) if user and user.active else None
        if not cookie:
            return None
        now = self._app.clock()
        with self._app.store.read() as session:
            login = people.login(session, id_of(cookie), now)
            user = people.user(session, login.name) if login else None
        if login is None or user is None or not user.active or login.used_at <= now - IDLE:
            return None
        self._pages.hit(login.id)
        if login.used_at <= now - _TOUCH:
            with self._app.store.begin() as session:
                if kept := people.login(session, login.id, now):
                    kept.used_at = now
        return Visitor(Actor(user.name, user.role), cookie)

    def open_login(self, user: User) -> str:
        """The value of a new cookie for someone who showed who they are; no login that was there before is used."""
        now, cookie = self._app.clock(), secrets.token_urlsafe(32)
        with self._app.store.begin() as session, step(self._app, "toegang", "log_in"):
            people.delete_logins(session, now)
            login = Login(id=id_of(cookie), name=user.name, created_at=now, used_at=now, expires_at=now + LONGEST)
            people.add_login(session, login)
            who = Actor(user.name, user.role)
            audit(self._app, session, who, "logged_in", what=f"user:{user.name}", purpose=Purpose.ACCESS)
        return cookie

    def let_out(self, cookie: str) -> None:
        """Ends the login of this cookie, if there is one."""
        with self._app.store.begin() as session:
            people.end_login(session, id_of(cookie))

    def give(self, answer: Response, cookie: str, *, name: str = "", lasts: timedelta = LONGEST) -> None:
        """Puts a secret in the browser, where no script and no other site can read it; `name` sets it apart."""
        secure = self._app.settings.secure_cookies
        answer.set_cookie(
            self.cookie + name, cookie, max_age=int(lasts.total_seconds()), httponly=True, samesite="lax",
            secure=secure, path="/",
        )  # fmt: skip

    def take_back(self, answer: Response, *, name: str = "") -> None:
        """Removes what `give` put there."""
        answer.delete_cookie(self.cookie + name, path="/", secure=self._app.settings.secure_cookies, httponly=True)


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
    if visitor is not None and request.url.path not in _WAYS_IN:
        await _check_token(request, visitor)
    return visitor
