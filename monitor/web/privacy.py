"""What everyone may see: the explanation for the public, the signs of life, and where to report a leak."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from monitor.clock import today
from monitor.render.dutch import moment
from monitor.render.public_list import to_csv
from monitor.rules.active import active
from monitor.store import sources
from monitor.web.access import Visitor, anyone
from monitor.web.shell import house, show
from monitor.work.account import account_of
from monitor.work.purge import purge_late

router = APIRouter()

_SECURITY_GOOD_FOR = timedelta(days=180)


@router.get("/privacy", name="privacy")
def get_privacy(request: Request, visitor: Annotated[Visitor | None, Depends(anyone)]) -> HTMLResponse:
    """The public explanation, made from the running configuration (R10, R45, R46)."""
    app = house(request)
    contact = app.settings.contact
    return show(request, "privacy.html", visitor, account=account_of(app), contact=contact, paper=False)


@router.get("/privacy/bronnen.csv", name="public_list")
def get_public_list(request: Request) -> Response:
    """The sources that run now, for anyone to take along (R10)."""
    app = house(request)
    with app.store.read() as session:
        approvals = sources.approvals(session)
    found = to_csv(active(app.sources.values(), approvals, today(app.clock())))
    return Response(found, media_type="text/csv", headers={"Content-Disposition": 'attachment; filename="bronnen.csv"'})


@router.get("/gezond", name="alive")
def get_alive() -> PlainTextResponse:
    """The process lives."""
    return PlainTextResponse("gezond")


@router.get("/gereed", name="ready")
def get_ready(request: Request) -> PlainTextResponse:
    """The database answers and the reader is loaded; 503 with advice otherwise (StoreError).

    A late purge is told and costs no readiness: taking the page away would not mend it.
    """
    app = house(request)
    with app.store.read() as session:
        late = purge_late(session, app.clock())
    told = f". Het opschonen van oude gegevens is te laat sinds {moment(late)}." if late else ""
    return PlainTextResponse(f"gereed, lezer {app.reader.version}{told}")


@router.get("/.well-known/security.txt", name="security")
def get_security(request: Request) -> PlainTextResponse:
    """Where to report a leak (RFC 9116)."""
    app = house(request)
    expires = app.clock() + _SECURITY_GOOD_FOR
    return PlainTextResponse(
        f"Contact: mailto:{app.settings.contact}\n"
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}\n"
        "Preferred-Languages: nl, en\n"
        f"Canonical: {app.settings.link_base}/.well-known/security.txt\n"
    )
