"""The form of the police liaison: what a person knows, ready for the same road as any entry."""

import asyncio
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from classifiers import Category, Weight
from monitor.clock import AMSTERDAM, local
from monitor.domain import Handling, ProvidedBy
from monitor.errors import InvalidInput
from monitor.web.access import Right, Visitor, needs
from monitor.web.shell import house, show
from monitor.work.signals import BASES, BASIS_WORDS, HANDLING_WORDS, PROVIDER_WORDS, Signal, add_signal, end_of

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
    request: Request, visitor: Visitor, typed: dict[str, object], problems: dict[str, str] | None = None
) -> HTMLResponse:
    app = house(request)
    return show(
        request,
        "signal.html",
        visitor,
        status=HTTPStatus.BAD_REQUEST if problems else HTTPStatus.OK,
        typed=typed,
        problems=problems or {},
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


def _moment(text: str, field: str, problems: dict[str, str]) -> datetime | None:
    """What a datetime-local or date field holds, as clocks here show it."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)
    except ValueError:
        problems[field] = "Schrijf dag en tijd als 2026-11-28T14:00."
        return None


def _signal(form: FormData, now: datetime) -> tuple[Signal, dict[str, str]]:
    """The form as a Signal, and what of it cannot be read."""
    problems: dict[str, str] = {}

    def text(name: str) -> str:
        return str(form.get(name, "")).strip()

    day = _moment(text("expires"), "expires", problems)
    category = text("category")
    handling, provider = text("handling"), text("provided_by")
    if handling not in HANDLING_WORDS:
        problems["handling"] = "Kies hoe vertrouwelijk het signaal is."
    signal = Signal(
        title=text("title"),
        text=text("text"),
        category=Category(category) if category in list(Category) else Category.NONE,
        starts=_moment(text("starts"), "starts", problems),
        ends=_moment(text("ends"), "ends", problems),
        place=text("place"),
        codes=tuple(str(code) for code in form.getlist("codes")),
        provision_basis=text("provision_basis"),
        provided_by=ProvidedBy(provider) if provider in PROVIDER_WORDS else None,
        handling=Handling(handling) if handling in HANDLING_WORDS else Handling.CONFIDENTIAL,
        expires=end_of(day.date() if day else None, now),
    )
    return signal, problems


def _take(request: Request, visitor: Visitor, form: FormData) -> Response:
    app = house(request)
    signal, problems = _signal(form, app.clock())
    typed: dict[str, object] = {name: form.get(name, "") for name in _FIELDS} | {"codes": form.getlist("codes")}
    try:
        event = add_signal(app, visitor.actor, signal) if not problems else 0
    except InvalidInput as error:
        problems, typed = error.problems, typed | error.suggested
    if problems:
        return _form(request, visitor, typed, problems)
    return RedirectResponse(f"/gebeurtenissen/{event}", HTTPStatus.SEE_OTHER)


@router.post("/nieuw", name="add_signal")
async def post_signal(request: Request, visitor: Liaison) -> Response:
    """Takes the signal in and shows its event; a form with a problem comes back, and nothing was kept."""
    return await asyncio.to_thread(_take, request, visitor, await request.form())
