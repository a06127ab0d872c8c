"""Subscriptions of oneself: made, shown once and withdrawn; an administrator sees and withdraws those of all."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from monitor.domain import Audience, Role, audiences_of
from monitor.errors import InvalidInput
from monitor.web.access import Right, Visitor, needs
from monitor.web.feeds import FORMS
from monitor.web.shell import house, show
from monitor.work.subscriptions import standing, subscribe, withdraw_subscription

router = APIRouter(prefix="/abonnementen")

Viewer = Annotated[Visitor, needs(Right.SEE_SUBSCRIPTIONS)]


def _page(request: Request, visitor: Visitor, problems: dict[str, str] | None = None) -> HTMLResponse:
    app, everyone = house(request), visitor.actor.role is Role.ADMIN
    return show(
        request,
        "subscriptions.html",
        visitor,
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        subscriptions=standing(app, None if everyone else visitor.actor.name),
        everyone=everyone,
        audiences=audiences_of(visitor.actor.role),
        problems=problems or {},
    )


@router.get("", name="subscriptions")
def get_subscriptions(request: Request, visitor: Viewer) -> HTMLResponse:
    """Which keys work, and how often programs came by with them."""
    return _page(request, visitor)


@router.post("", name="subscribe")
def post_subscribe(
    request: Request,
    visitor: Annotated[Visitor, needs(Right.SUBSCRIBE)],
    doelgroep: Annotated[str, Form(max_length=40)] = "",
) -> HTMLResponse:
    """Makes a key, and shows its addresses once: the house keeps no more than its hash."""
    app = house(request)
    try:
        if doelgroep not in list(Audience):
            raise InvalidInput({"doelgroep": "Kies wat u wilt volgen."})
        key = subscribe(app, visitor.actor, Audience(doelgroep))
    except InvalidInput as error:
        return _page(request, visitor, error.problems)
    base = f"{app.settings.link_base}/abonnementen/{key}"
    addresses = [(form, f"{base}/{form.file}") for form in FORMS]
    return show(request, "subscribed.html", visitor, audience=Audience(doelgroep), addresses=addresses)


@router.post("/einde", name="withdraw_subscription")
def post_withdraw(request: Request, visitor: Viewer, abonnement: Annotated[str, Form(max_length=64)] = "") -> Response:
    """Ends one key, at once."""
    withdraw_subscription(house(request), visitor.actor, abonnement)
    return RedirectResponse("/abonnementen", HTTPStatus.SEE_OTHER)
