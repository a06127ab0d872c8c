"""The form of the police liaison: what a person knows, ready for the same road as any entry."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from classifiers import Weight
from monitor.clock import local
from monitor.domain import Handling
from monitor.errors import InvalidInput
from monitor.web.access import Right, Visitor, needs
from monitor.web.shell import house, is_part, show
from monitor.work.signal_form import BASES, BASIS_WORDS, HANDLING_WORDS, PROVIDER_WORDS, Signal, signal_of
from monitor.work.signals import Foreseen, add_signal, foresee

router = APIRouter(prefix="/signalen")

Liaison = Annotated[Visitor, needs(Right.ADD_SIGNAL)]

_FIELDS = (
    "title", "text", "place", "starts", "ends", "category", "provision_basis", "provided_by", "handling", "expires",
)  # fmt: skip
_WEIGHTS = {
    "Doorslaggevend": (Weight.EMERGENCY, Weight.VIOLENCE),
    "Zwaar": (Weight.HEAVY,),
    "Licht": (Weight.LIGHT,),
    "Verlagend": (Weight.LOWERS,),
}


def _form(
    request: Request,
    visitor: Visitor,
    typed: Mapping[str, object],
    problems: Mapping[str, str] | None = None,
    foreseen: Foreseen | None = None,
) -> HTMLResponse:
    app = house(request)
    return show(
        request,
        "signal.html",
        visitor,
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        typed=typed,
        problems=problems or {},
        foreseen=foreseen,
        bases={code: BASIS_WORDS.get(code, code) for code in BASES},
        handlings=HANDLING_WORDS,
        providers=PROVIDER_WORDS,
        indicators={
            heading: [row for row in app.reader.indicators if row.weight in weights]
            for heading, weights in _WEIGHTS.items()
        },
    )


@router.get("/nieuw", name="new_signal")
def get_form(request: Request, visitor: Liaison) -> HTMLResponse:
    """An empty form; it proposes the narrowest circle, and the last end date that the retention allows."""
    app = house(request)
    last = local(app.clock() + timedelta(days=app.settings.retention.police_days)).date()
    empty: dict[str, object] = dict.fromkeys(_FIELDS, "")
    return _form(request, visitor, empty | {"codes": [], "expires": last, "handling": Handling.CONFIDENTIAL.value})


def _typed(form: FormData) -> dict[str, object]:
    """What stands in the form, to show it again."""
    return {name: form.get(name, "") for name in _FIELDS} | {"codes": form.getlist("codes")}


def _read(request: Request, form: FormData) -> Signal:
    """The form as a Signal. Raises InvalidInput."""
    fields = {name: [text for text in form.getlist(name) if isinstance(text, str)] for name in (*_FIELDS, "codes")}
    return signal_of(fields, now=house(request).clock())


def _take(request: Request, visitor: Visitor, form: FormData) -> Response:
    app = house(request)
    try:
        signal = _read(request, form)
    except InvalidInput as error:
        return _form(request, visitor, _typed(form), error.problems)
    try:
        event = add_signal(app, visitor.actor, signal)
    except InvalidInput as error:
        foreseen = foresee(app, visitor.actor, signal) if error.suggested else None
        return _form(request, visitor, _typed(form) | error.suggested, error.problems, foreseen)
    return RedirectResponse(f"/gebeurtenissen/{event}", HTTPStatus.SEE_OTHER)


@router.post("/nieuw", name="add_signal")
async def post_signal(request: Request, visitor: Liaison) -> Response:
    """Takes the signal in and shows its event; a form with a problem comes back, and nothing was kept."""
    return await asyncio.to_thread(_take, request, visitor, await request.form())


def _foresee(request: Request, visitor: Visitor, form: FormData) -> HTMLResponse:
    problems, foreseen = dict[str, str](), None
    try:
        foreseen = foresee(house(request), visitor.actor, _read(request, form))
    except InvalidInput as error:
        problems = error.problems
    if is_part(request):
        return show(request, "_foreseen.html", visitor, foreseen=foreseen, problems=problems)
    return _form(request, visitor, _typed(form), problems, foreseen)


@router.post("/vooraf", name="foresee_signal")
async def post_foresee(request: Request, visitor: Liaison) -> HTMLResponse:
    """What would be refused and which event it would join, beside the form as it was typed; nothing of it is kept."""
    return await asyncio.to_thread(_foresee, request, visitor, await request.form())
