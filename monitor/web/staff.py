"""Who may log in and as what, where you are logged in yourself, and who saw or changed what."""

import asyncio
from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from monitor.app import App
from monitor.domain import Purpose, Role, id_of
from monitor.errors import InvalidInput, NotFound
from monitor.store import absences, people
from monitor.web.access import Right, Visitor, needs
from monitor.web.purposes import purpose_of
from monitor.web.shell import house, show
from monitor.work import staff
from monitor.work.absence import come_back, go_away
from monitor.work.looks import look
from monitor.work.trail import Proof

router = APIRouter()

_SHOWN = 200
Manager = Annotated[Visitor, needs(Right.MANAGE_USERS)]
Viewer = Annotated[Visitor, needs(Right.SEE_USERS)]
Own = Annotated[Visitor, needs(Right.OWN_LOGINS)]


def _users(
    request: Request, visitor: Visitor, problems: dict[str, str] | None = None, *, name: str = "", role: str = ""
) -> HTMLResponse:
    app = house(request)
    with app.store.read() as session:
        found, away = people.users(session), absences.absences(session, app.clock())
    return show(
        request,
        "users.html",
        visitor,
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        users=found,
        absences=away,
        roles=list(Role),
        problems=problems or {},
        name=name,
        role=role,
    )


def _user(request: Request, visitor: Visitor, name: str, problems: dict[str, str] | None = None) -> HTMLResponse:
    app = house(request)
    with app.store.read() as session:
        found = people.user(session, name)
        logins = people.logins_of(session, name, app.clock())
    if found is None:
        raise NotFound("gebruiker", name)
    away = _away(app, found.name, found.role)
    return show(
        request,
        "user.html",
        visitor,
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        user=found,
        logins=len(logins),
        roles=list(Role),
        oneself=name == visitor.actor.name,
        problems=problems or {},
        **away,
    )


def _away(app: App, name: str, role: Role | None) -> dict[str, object]:
    """What the part on absence shows of someone."""
    with app.store.read() as session:
        every = absences.absences(session, app.clock())
        same = [user.name for user in people.users(session) if user.role is role and user.active and user.name != name]
    return {
        "name": name,
        "absence": next((one for one in every if one.name == name), None),
        "stands_in": [one for one in every if one.deputy == name],
        "colleagues": same,
    }


def _role(text: str) -> Role:
    if text not in list(Role):
        raise InvalidInput({"rol": "Kies een rol."})
    return Role(text)


@router.get("/gebruikers", name="users")
def get_users(request: Request, visitor: Viewer) -> HTMLResponse:
    """Who may log in, and as what."""
    look(house(request), visitor.actor, "users_viewed", what="users", purpose=purpose_of(request))
    return _users(request, visitor)


@router.post("/gebruikers", name="invite")
def post_invite(
    request: Request,
    visitor: Manager,
    naam: Annotated[str, Form(max_length=80)] = "",
    rol: Annotated[str, Form(max_length=40)] = "",
) -> HTMLResponse:
    """Makes a link for someone, and shows it once: the house keeps no more than its hash."""
    app, name = house(request), naam.strip().lower()
    try:
        role = _role(rol)
        secret = staff.invite(app, visitor.actor, name, role)
    except InvalidInput as error:
        return _users(request, visitor, error.problems, name=name, role=rol)
    link = staff.link_of(app, secret)
    return show(request, "invited.html", visitor, name=name, role=role, link=link)


@router.get("/gebruikers/{name}", name="user")
def get_user(request: Request, visitor: Viewer, name: str) -> HTMLResponse:
    """One user, and what an administrator can do."""
    look(house(request), visitor.actor, "users_viewed", what=f"user:{name}", purpose=purpose_of(request))
    return _user(request, visitor, name)


@router.post("/gebruikers/{name}/rol", name="change_role")
def post_role(request: Request, visitor: Manager, name: str, rol: Annotated[str, Form(max_length=40)] = "") -> Response:
    """Gives someone else another role."""
    try:
        staff.change_role(house(request), visitor.actor, name, _role(rol))
    except InvalidInput as error:
        return _user(request, visitor, name, error.problems)
    return RedirectResponse(f"/gebruikers/{name}", HTTPStatus.SEE_OTHER)


@router.post("/gebruikers/{name}/toegang", name="block_user")
def post_block(request: Request, visitor: Manager, name: str, blocked: Annotated[bool, Form()] = True) -> Response:
    """Takes access away at once, or gives it back."""
    try:
        staff.block_user(house(request), visitor.actor, name, blocked=blocked)
    except InvalidInput as error:
        return _user(request, visitor, name, error.problems)
    return RedirectResponse(f"/gebruikers/{name}", HTTPStatus.SEE_OTHER)


@router.post("/gebruikers/{name}/uitloggen", name="log_out_user")
def post_log_out(request: Request, visitor: Manager, name: str) -> Response:
    """Ends every login of someone."""
    staff.log_out_user(house(request), visitor.actor, name)
    return RedirectResponse(f"/gebruikers/{name}", HTTPStatus.SEE_OTHER)


def _own(request: Request, visitor: Visitor, problems: dict[str, str] | None = None) -> HTMLResponse:
    app, actor = house(request), visitor.actor
    with app.store.read() as session:
        found = people.logins_of(session, actor.name, app.clock())
    return show(
        request,
        "logins.html",
        visitor,
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        logins=found,
        here=id_of(visitor.key),
        oneself=True,
        problems=problems or {},
        **_away(app, actor.name, actor.role),
    )


@router.get("/aanmeldingen", name="own_logins")
def get_logins(request: Request, visitor: Own) -> HTMLResponse:
    """Where you are logged in, and when you are away."""
    return _own(request, visitor)


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput({field: "Kies een dag."}) from error


def _page_of(visitor: Visitor, name: str) -> str:
    return "/aanmeldingen#afwezig" if name == visitor.actor.name else f"/gebruikers/{name}#afwezig"


def _set_absence(request: Request, visitor: Visitor, form: FormData) -> Response:
    name, deputy, first, last = (str(form.get(field, "")) for field in ("naam", "vervanger", "eerste", "laatste"))
    try:
        days = {"first": _day(first, "eerste"), "last": _day(last, "laatste")}
        go_away(house(request), visitor.actor, name, deputy=deputy, **days)
    except InvalidInput as error:
        if name == visitor.actor.name:
            return _own(request, visitor, error.problems)
        visitor.actor.must_be(Role.ADMIN, act="de afwezigheid van een ander vastleggen")
        return _user(request, visitor, name, error.problems)
    return RedirectResponse(_page_of(visitor, name), HTTPStatus.SEE_OTHER)


@router.post("/afwezigheid", name="go_away")
async def post_absence(request: Request, visitor: Own) -> Response:
    """You are away, and a colleague stands in; an administrator says so for someone else."""
    return await asyncio.to_thread(_set_absence, request, visitor, await request.form())


@router.post("/afwezigheid/einde", name="come_back")
def post_back(request: Request, visitor: Own, naam: Annotated[str, Form(max_length=80)] = "") -> Response:
    """You are there again."""
    come_back(house(request), visitor.actor, naam)
    return RedirectResponse(_page_of(visitor, naam), HTTPStatus.SEE_OTHER)


@router.post("/aanmeldingen/einde", name="end_own_logins")
def post_end(request: Request, visitor: Own, login: Annotated[str, Form(max_length=64)] = "") -> Response:
    """Ends one of your logins, or all of them when none is named; this one too."""
    staff.end_own_logins(house(request), visitor.actor, login)
    return RedirectResponse("/aanmeldingen", HTTPStatus.SEE_OTHER)


@router.get("/logboek", name="audit")
def get_audit(request: Request, visitor: Annotated[Visitor, needs(Right.SEE_AUDIT)]) -> HTMLResponse:
    """The last entries of the trail, and whether all of it was whole a moment ago. Of what was decided, not why.

    That is content, which those who look here need not know (R29, R31).
    """
    app = house(request)
    look(app, visitor.actor, "audit_viewed", what="audit", purpose=purpose_of(request))
    with app.store.read() as session:
        entries = people.audit(session, _SHOWN)
    proof: Proof = request.app.state.proof
    verdict, proven = proof.verdict()
    return show(
        request, "audit.html", visitor, entries=entries, verdict=verdict, proven=proven,
        withheld=Purpose.ASSESSMENT.value, purposes=list(Purpose),
    )  # fmt: skip
