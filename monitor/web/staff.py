"""Logging in and out, who the users are, and who saw or changed what."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from monitor.domain import Purpose
from monitor.errors import InvalidInput
from monitor.store import people
from monitor.web.access import LONGEST, Doorkeeper, Right, TooManyTries, Visitor, anyone, needs
from monitor.web.purposes import purpose_of
from monitor.web.shell import home_of, house, show
from monitor.work.looks import look
from monitor.work.trail import verify

router = APIRouter()

_SHOWN = 200
Anyone = Annotated[Visitor | None, Depends(anyone)]


def _inside(target: str) -> str:
    """Where to go after logging in: a path of this site, never another one."""
    return target if target.startswith("/") and not target.startswith(("//", "/\\")) else "/"


def _form(request: Request, target: str, name: str = "", error: str = "") -> HTMLResponse:
    status = HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK
    problems = {"naam": error} if error else {}
    return show(request, "login.html", None, status=status, target=_inside(target), name=name, problems=problems)


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
    """Lets someone in with a new cookie; the one they came with, if any, is no longer good."""
    app = house(request)
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    address = request.client.host if request.client else ""
    try:
        cookie = doorkeeper.let_in(naam.strip().lower(), wachtwoord, address=address)
    except InvalidInput as error:
        return _form(request, naar, naam, error.advice)
    except TooManyTries as error:
        answer = _form(request, naar, naam, error.advice)
        answer.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return answer
    doorkeeper.let_out(request.cookies.get(doorkeeper.cookie, ""))
    visitor = doorkeeper.visitor(cookie)
    target = _inside(naar)
    if target == "/" and visitor is not None:
        target = home_of(visitor)
    inside = RedirectResponse(target, HTTPStatus.SEE_OTHER)
    inside.set_cookie(
        doorkeeper.cookie,
        cookie,
        max_age=int(LONGEST.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=app.settings.secure_cookies,
        path="/",
    )
    return inside


@router.post("/uitloggen", name="logout")
def post_logout(request: Request, _visitor: Anyone) -> Response:
    """Ends this login, here and in the database."""
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    doorkeeper.let_out(request.cookies.get(doorkeeper.cookie, ""))
    answer = RedirectResponse("/inloggen", HTTPStatus.SEE_OTHER)
    answer.delete_cookie(doorkeeper.cookie, path="/", secure=house(request).settings.secure_cookies, httponly=True)
    return answer


@router.get("/gebruikers", name="users")
def get_users(request: Request, visitor: Annotated[Visitor, needs(Right.SEE_USERS)]) -> HTMLResponse:
    """Who may log in, and as what."""
    app = house(request)
    look(app, visitor.actor, "users_viewed", what="users", purpose=purpose_of(request))
    with app.store.read() as session:
        found = people.users(session)
    return show(request, "users.html", visitor, users=found)


@router.get("/logboek", name="audit")
def get_audit(request: Request, visitor: Annotated[Visitor, needs(Right.SEE_AUDIT)]) -> HTMLResponse:
    """The last entries of the trail, and whether all of it is whole. Of what was decided about an event, not why.

    That is content, which those who look here need not know (R29, R31).
    """
    app = house(request)
    look(app, visitor.actor, "audit_viewed", what="audit", purpose=purpose_of(request))
    with app.store.read() as session:
        entries = people.audit(session, _SHOWN)
    file = app.settings.anchors_file
    verdict = verify(app.store, app.clock(), file if file.exists() else None)
    return show(
        request, "audit.html", visitor, entries=entries, verdict=verdict, withheld=Purpose.ASSESSMENT.value,
        purposes=list(Purpose),
    )  # fmt: skip
