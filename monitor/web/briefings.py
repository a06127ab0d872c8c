"""Briefings: the list, one edition as page, file and PDF; making and approving."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from monitor import render
from monitor.clock import local
from monitor.domain import Briefing
from monitor.errors import NotAllowed, NotFound
from monitor.render.pdf import to_pdf
from monitor.store import briefings
from monitor.web.access import Right, Visitor, needs
from monitor.web.purposes import purpose_of
from monitor.web.shell import house, show
from monitor.work.approvals import approve_briefing
from monitor.work.briefings import make_briefing
from monitor.work.looks import look, take_out

router = APIRouter(prefix="/briefings")

Reader = Annotated[Visitor, needs(Right.SEE_BRIEFINGS)]
_LISTED = 60


def _edition(request: Request, visitor: Visitor, id: int, *, export: bool = False) -> Briefing:
    """The edition, when this visitor may know that it exists; that it was seen, or taken out, is written down.

    Raises NotFound.
    """
    app = house(request)
    with app.store.read() as session:
        found = briefings.get(session, id)
    if found.confidential and not visitor.may(Right.SEE_CONFIDENTIAL):
        raise NotFound("briefing", id)
    what, purpose = f"briefing:{id}", purpose_of(request)
    if export:
        take_out(app, visitor.actor, "briefing_exported", what=what, purpose=purpose)
    else:
        look(app, visitor.actor, "briefing_viewed", what=what, purpose=purpose)
    return found


def _html(briefing: Briefing) -> str:
    return render.with_approval(briefing.html, by=briefing.approved_by, at=briefing.approved_at)


@router.get("", name="briefings")
def get_list(request: Request, visitor: Reader) -> HTMLResponse:
    """The last editions."""
    confidential = visitor.may(Right.SEE_CONFIDENTIAL)
    with house(request).store.read() as session:
        found = briefings.newest(session, _LISTED, confidential=confidential)
    return show(
        request,
        "briefings.html",
        visitor,
        briefings=[(b, local(b.start).isocalendar().week) for b in found],
        may_make=visitor.may(Right.MAKE_BRIEFING),
        may_confidential=confidential,
    )


@router.post("", name="make_briefing")
def post_make(
    request: Request,
    visitor: Annotated[Visitor, needs(Right.MAKE_BRIEFING)],
    edition: Annotated[str, Form()] = "open",
) -> Response:
    """Makes this week's edition, or shows the one that was made already."""
    confidential = edition == "vertrouwelijk"
    if confidential and not visitor.may(Right.SEE_CONFIDENTIAL):
        raise NotAllowed(visitor.actor.name, "de vertrouwelijke briefing maken")
    id = make_briefing(house(request), confidential=confidential, by=visitor.actor)
    return RedirectResponse(f"/briefings/{id}", HTTPStatus.SEE_OTHER)


@router.get("/{id}.pdf", name="briefing_pdf")
def get_pdf(request: Request, visitor: Reader, id: int) -> Response:
    """The edition as tagged PDF."""
    found = _edition(request, visitor, id, export=True)
    headers = {"Content-Disposition": f'attachment; filename="{found.file_name}.pdf"'}
    return Response(to_pdf(_html(found)), media_type="application/pdf", headers=headers)


@router.get("/{id}.html", name="briefing_file")
def get_file(request: Request, visitor: Reader, id: int) -> Response:
    """The edition as one file, to mail or to keep."""
    found = _edition(request, visitor, id, export=True)
    headers = {"Content-Disposition": f'attachment; filename="{found.file_name}.html"'}
    return Response(_html(found), media_type="text/html; charset=utf-8", headers=headers)


@router.get("/{id}", name="briefing")
def get_briefing(request: Request, visitor: Reader, id: int) -> HTMLResponse:
    """The edition inside a page, with what can be done to it."""
    found = _edition(request, visitor, id)
    return show(
        request,
        "briefing_page.html",
        visitor,
        briefing=found,
        week=local(found.start).isocalendar().week,
        article=render.article_of(_html(found)),
        may_approve=visitor.may(Right.APPROVE_BRIEFING) and not found.approved_by,
    )


@router.post("/{id}/goedkeuren", name="approve_briefing")
def post_approve(
    request: Request,
    visitor: Annotated[Visitor, needs(Right.APPROVE_BRIEFING)],
    id: int,
    sha256: Annotated[str, Form()] = "",
) -> Response:
    """A named person lets the edition go on (R35): the text with this hash, which stood on the page."""
    _edition(request, visitor, id)
    approve_briefing(house(request), visitor.actor, id, seen=sha256)
    return RedirectResponse(f"/briefings/{id}", HTTPStatus.SEE_OTHER)
