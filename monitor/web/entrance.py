"""The ways in and out: a name with a password, a link that works once, an identity provider; and logging out."""

import secrets
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from monitor.domain import SignIn, User, id_of
from monitor.errors import InvalidInput, Lapsed
from monitor.log import log
from monitor.store import people
from monitor.web.access import Doorkeeper, Visitor, anyone
from monitor.web.limits import TooManyTries, TryLimit
from monitor.web.passwords import SHORTEST, Passwords, hashed, password_problem
from monitor.web.provider import CALLBACK, STRAY, Provider, SignInFailed
from monitor.web.shell import home_of, house, show
from monitor.work.staff import accept, admit, invitation_of

router = APIRouter()

AWAY_AT_MOST = timedelta(minutes=10)
"""How long somebody may be at the identity provider."""
_AWAY = "-dienst"
"""Tells the cookie of someone who is away from that of a login."""
Anyone = Annotated[Visitor | None, Depends(anyone)]


def _inside(target: str) -> str:
    """Where to go after logging in: a path of this site, never another one."""
    return target if target.startswith("/") and not target.startswith(("//", "/\\")) else "/"


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _doorkeeper(request: Request) -> Doorkeeper:
    found: Doorkeeper = request.app.state.doorkeeper
    return found


def _provider(request: Request) -> Provider:
    """The identity provider; raises SignInFailed where none is set."""
    found: Provider | None = request.app.state.provider
    if found is None:
        raise SignInFailed("no provider is set", advice="Deze installatie heeft geen aanmelddienst.")
    return found


def _form(
    request: Request, target: str, name: str = "", error: str = "", status: HTTPStatus = HTTPStatus.BAD_REQUEST
) -> HTMLResponse:
    return show(
        request,
        "login.html",
        None,
        status=status if error else HTTPStatus.OK,
        target=_inside(target),
        name=name,
        problems={"naam": error} if error else {},
        provider=request.app.state.provider is not None,
    )


def _enter(request: Request, user: User, target: str = "/") -> Response:
    """Lets someone in with a new cookie; the login they came with, if any, is no longer good."""
    doorkeeper = _doorkeeper(request)
    cookie = doorkeeper.open_login(user)
    doorkeeper.let_out(request.cookies.get(doorkeeper.cookie, ""))
    visitor = doorkeeper.visitor(cookie)
    target = _inside(target)
    if target == "/" and visitor is not None:
        target = home_of(visitor)
    inside = RedirectResponse(target, HTTPStatus.SEE_OTHER)
    doorkeeper.give(inside, cookie)
    return inside


@router.get("/inloggen", name="login")
def get_login(request: Request, visitor: Anyone, naar: str = "/") -> Response:
    """The form; who is in already goes on."""
    if visitor is not None:
        return RedirectResponse(home_of(visitor), HTTPStatus.SEE_OTHER)
    return _form(request, naar)


@router.post("/inloggen", name="let_in")
def post_login(
    request: Request,
    naam: Annotated[str, Form(max_length=80)] = "",
    wachtwoord: Annotated[str, Form(max_length=200)] = "",
    naar: Annotated[str, Form(max_length=500)] = "/",
) -> Response:
    """By name and password."""
    passwords: Passwords = request.app.state.passwords
    try:
        user = passwords.user(naam.strip().lower(), wachtwoord, address=_address(request))
    except InvalidInput as error:
        return _form(request, naar, naam, error.advice)
    except TooManyTries as error:
        return _form(request, naar, naam, error.advice, HTTPStatus.TOO_MANY_REQUESTS)
    return _enter(request, user, naar)


def _invited(request: Request, secret: str, problems: dict[str, str] | None = None, name: str = "") -> HTMLResponse:
    return show(
        request,
        "invitation.html",
        None,
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        invitation=invitation_of(house(request), secret),
        secret=secret,
        name=name,
        shortest=SHORTEST,
        problems=problems or {},
    )


@router.get("/uitnodiging", name="invitation")
def get_invitation(request: Request, _visitor: Anyone, sleutel: str = "") -> HTMLResponse:
    """Where the link of an invitation leads: choose a password. The secret is in the query, which no log holds."""
    limit: TryLimit = request.app.state.knocks
    limit.hit(f"link:{_address(request)}")
    return _invited(request, sleutel)


@router.post("/uitnodiging", name="accept_invitation")
def post_invitation(
    request: Request,
    sleutel: Annotated[str, Form(max_length=100)] = "",
    naam: Annotated[str, Form(max_length=80)] = "",
    wachtwoord: Annotated[str, Form(max_length=200)] = "",
    nogmaals: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Uses up the link, and lets the person in."""
    limit: TryLimit = request.app.state.knocks
    limit.hit(f"link:{_address(request)}")
    app = house(request)
    invitation = invitation_of(app, sleutel)
    name = invitation.name or naam.strip().lower()
    if problem := password_problem(wachtwoord, nogmaals, name):
        return _invited(request, sleutel, {"wachtwoord": problem}, name)
    try:
        user = accept(app, sleutel, name=name, password_hash=hashed(wachtwoord))
    except InvalidInput as error:
        return _invited(request, sleutel, error.problems, name)
    return _enter(request, user)


@router.get("/inloggen/dienst", name="sign_in")
async def get_sign_in(request: Request, naar: str = "/") -> Response:
    """Sends the browser to the identity provider, with a secret of its own to come back with."""
    app, doorkeeper, secret = house(request), _doorkeeper(request), secrets.token_urlsafe(32)
    limit: TryLimit = request.app.state.knocks
    try:
        limit.hit(f"sign-in:{_address(request)}")
        address = await _provider(request).address(secret)
    except (SignInFailed, TooManyTries) as error:
        return await run_in_threadpool(_not_in, request, error)

    def remember() -> None:
        with app.store.begin() as session:
            expires = app.clock() + AWAY_AT_MOST
            people.add_sign_in(
                session, SignIn(id=id_of(secret), target=urlsplit(_inside(naar)).path, expires_at=expires)
            )

    await run_in_threadpool(remember)
    answer = RedirectResponse(address, HTTPStatus.SEE_OTHER)
    doorkeeper.give(answer, secret, name=_AWAY, lasts=AWAY_AT_MOST)
    return answer


def _not_in(request: Request, error: SignInFailed | TooManyTries | Lapsed) -> HTMLResponse:
    log.warning("sign-in failed", reason=str(error))
    status = HTTPStatus.TOO_MANY_REQUESTS if isinstance(error, TooManyTries) else HTTPStatus.FORBIDDEN
    return _form(request, "/", "", error.advice, status)


@router.get(CALLBACK, name="signed_in")
async def get_signed_in(request: Request) -> Response:
    """Lets in whom the identity provider vouches for; what the browser came back with works once."""
    app, doorkeeper = house(request), _doorkeeper(request)
    secret = request.cookies.get(doorkeeper.cookie + _AWAY, "")
    limit: TryLimit = request.app.state.knocks

    def take() -> str:
        with app.store.begin() as session:
            found = people.take_sign_in(session, id_of(secret), app.clock())
        if found is None:
            raise SignInFailed("nobody left for the provider with this cookie", advice=STRAY)
        return found.target

    try:
        limit.hit(f"sign-in:{_address(request)}")
        target = await run_in_threadpool(take)
        person = await _provider(request).person(secret, dict(request.query_params))
        user = await run_in_threadpool(admit, app, person.subject, person.role, called=person.called)
    except (SignInFailed, TooManyTries, Lapsed) as error:
        refused: Response = await run_in_threadpool(_not_in, request, error)
        doorkeeper.take_back(refused, name=_AWAY)
        return refused
    answer = await run_in_threadpool(_enter, request, user, target)
    doorkeeper.take_back(answer, name=_AWAY)
    return answer


@router.post("/uitloggen", name="logout")
def post_logout(request: Request, visitor: Anyone) -> Response:
    """Ends this login, here and in the database."""
    doorkeeper = _doorkeeper(request)
    with house(request).store.read() as session:
        user = people.user(session, visitor.actor.name) if visitor else None
    doorkeeper.let_out(request.cookies.get(doorkeeper.cookie, ""))
    answer = RedirectResponse("/uitgelogd" if user and user.subject else "/inloggen", HTTPStatus.SEE_OTHER)
    doorkeeper.take_back(answer)
    return answer


@router.get("/uitgelogd", name="logged_out")
async def get_logged_out(request: Request) -> HTMLResponse:
    """Says so, and offers to log out at the identity provider too, which would otherwise let the next one in."""
    provider: Provider | None = request.app.state.provider
    goodbye = await provider.goodbye() if provider else None
    return await run_in_threadpool(show, request, "logged_out.html", None, goodbye=goodbye)
