"""What stands around every page: menu, visitor, banners; and how a template becomes an answer."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import HTMLResponse

from monitor import render
from monitor.app import App
from monitor.domain import Actor, Switch
from monitor.errors import StoreError
from monitor.store import sources
from monitor.web.access import Right, Visitor
from monitor.work.purge import purge_late

_MENU = (
    ("Weekbeeld", "/", Right.SEE_EVENTS),
    ("Briefings", "/briefings", Right.SEE_BRIEFINGS),
    ("Terugblik", "/terugblik", Right.SEE_EVENTS),
    ("Bronnen", "/bronnen", Right.SEE_SOURCES),
    ("Logboek", "/logboek", Right.SEE_AUDIT),
    ("Gebruikers", "/gebruikers", Right.SEE_USERS),
    ("Abonnementen", "/abonnementen", Right.SEE_SUBSCRIPTIONS),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu."""

    label: str
    path: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """The values of `base.html`."""

    version: str
    organisation: str
    actor: Actor | None
    token: str
    menu: tuple[Entry, ...]
    home: str
    stopped: Switch | None
    """Who stopped all collection, and when; None while it goes on (R47)."""
    may_stop: bool
    late: datetime | None
    """Since when a purge is late (R37), for those who may stop the house; None for others, and when all is well."""
    demo: bool


def house(request: Request) -> App:
    """The parts of the house."""
    app: App = request.app.state.house
    return app


def is_part(request: Request) -> bool:
    """The browser asks for a part of the page that it has already."""
    return request.headers.get("hx-request") == "true"


def home_of(visitor: Visitor) -> str:
    """The first page of the menu that this visitor may see."""
    return next((path for _, path, right in _MENU if visitor.may(right)), "/privacy")


def _current(path: str, here: str) -> bool:
    return here == path if path == "/" else here.startswith(path)


def _shell(request: Request, visitor: Visitor | None) -> Shell:
    app = house(request)
    may_stop = visitor is not None and visitor.may(Right.STOP)
    try:
        with app.store.read() as session:
            switch = sources.switch(session)
            late = purge_late(session, app.clock()) if may_stop else None
    except StoreError:
        switch, late = None, None  # the page that tells of this fault must still be shown
    return Shell(
        version=request.app.state.version,
        organisation=app.settings.organisation,
        actor=visitor.actor if visitor else None,
        token=visitor.token if visitor else "",
        menu=tuple(
            Entry(label, path, _current(path, request.url.path))
            for label, path, right in _MENU
            if visitor is not None and visitor.may(right)
        ),
        home=home_of(visitor) if visitor else "/inloggen",
        stopped=switch if switch and switch.on else None,
        may_stop=may_stop,
        late=late,
        demo=request.app.state.doorkeeper.login_as is not None,
    )


def show(
    request: Request, template: str, visitor: Visitor | None, *, status: HTTPStatus = HTTPStatus.OK, **values: object
) -> HTMLResponse:
    """The template as an answer; the same address gives page or part, so caches must tell them apart."""
    html = render.page(template, shell=_shell(request, visitor), **values)
    return HTMLResponse(html, status, headers={"Vary": "HX-Request"})
