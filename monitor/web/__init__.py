"""People ask: the pages. create_web() ties doors, rim and error pages together."""

import hashlib
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

import monitor
from monitor import render
from monitor.app import App
from monitor.web import (
    briefings,
    entrance,
    events,
    feeds,
    lookback,
    privacy,
    signals,
    slack,
    sources,
    staff,
    subscriptions,
    week,
)
from monitor.web.access import Doorkeeper
from monitor.web.errors import add_error_pages
from monitor.web.feeds import Feeds
from monitor.web.headers import Rim
from monitor.web.limits import KNOCKS, TryLimit
from monitor.web.passwords import Passwords, create_user
from monitor.web.provider import Provider
from monitor.work.trail import Proof

__all__ = ["create_user", "create_web"]

_STATIC = Path(__file__).with_name("static")

ROUTERS = tuple(
    page.router
    for page in (
        *(week, events, signals, briefings, lookback, sources, staff, subscriptions, feeds, entrance, privacy, slack),
    )
)
"""Every door of the house; a test walks them and knows who may open which."""


def _version() -> str:
    """A short hash of every static file: it stands in their address, so they may be cached for ever."""
    found = hashlib.sha256(monitor.__version__.encode())
    for folder in (_STATIC, render.ASSETS):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                found.update(file.read_bytes())
    return found.hexdigest()[:12]


def create_web(app: App, *, login_as: str | None = None) -> FastAPI:
    """The pages of the house.

    `login_as`: every visitor is this user, for the demonstration on loopback; a banner says so. Raises ConfigError when
    the identity provider is to give a role that does not exist.
    """
    # The machine-readable description belongs to the interface for machines, not to the pages.
    web = FastAPI(title="Torenwacht", openapi_url=None, docs_url=None, redoc_url=None)
    web.state.house = app
    web.state.version = _version()
    web.state.doorkeeper = Doorkeeper(app, login_as=login_as)
    web.state.passwords = Passwords(app)
    web.state.knocks = TryLimit(app.clock, tries=KNOCKS)
    web.state.feeds = Feeds(app.clock)
    web.state.proof = Proof(app.store, app.clock, app.settings.anchors_file)
    web.state.provider = Provider(app.settings, app.clock) if app.settings.oidc_issuer else None
    static = f"/static/{web.state.version}"
    web.mount(f"{static}/gedeeld", StaticFiles(directory=render.ASSETS))
    web.mount(static, StaticFiles(directory=_STATIC))
    for router in ROUTERS:
        web.include_router(router)
    add_error_pages(web)
    web.add_middleware(Rim, secure=app.settings.secure_cookies)
    return web
