"""What programs come for with a key instead of a login: the open events of one audience, as they read them."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import Headers
from starlette.responses import Response

from classifiers import Category, Level
from monitor.clock import Clock
from monitor.domain import Feed, Subscription
from monitor.errors import Lapsed
from monitor.render import atom, geojson, ics
from monitor.rules.feed import Wanted
from monitor.web.limits import FEEDS, TryLimit
from monitor.web.shell import house
from monitor.work.subscriptions import read_feed, subscription_of

router = APIRouter(prefix="/abonnementen/{key}")

_READ = ["GET", "HEAD"]
_SECOND = timedelta(seconds=1)
_REMEMBERED = 1_000
"""Answers of which we remember since when they are as they are."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a feed."""

    file: str
    """The last part of its address."""
    name: str
    used_by: str
    """Programs that read it, in Dutch."""
    media_type: str
    write: Callable[[Feed], bytes]


CALENDAR = Form("agenda.ics", "Agenda", "Outlook en andere agenda’s", ics.MEDIA_TYPE, ics.to_ics)
NEWS = Form("wijzigingen.atom", "Wijzigingen", "nieuwslezers", atom.MEDIA_TYPE, atom.to_atom)
MAP = Form("kaart.geojson", "Kaartlaag", "QGIS en andere kaarten", geojson.MEDIA_TYPE, geojson.to_geojson)
FORMS = (CALENDAR, NEWS, MAP)
"""In the order in which a new subscription shows their addresses."""


class Feeds:
    """How often each key was used, and since when each answer is as it is."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.limit = TryLimit(clock, tries=FEEDS)
        self._answers: OrderedDict[str, tuple[str, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def since(self, question: str, tag: str) -> datetime:
        """Since when this question has this answer, in whole seconds; never the same moment for two answers.

        The moments of the events do not tell it: an answer changes too when a day begins or a term is over.
        """
        with self._lock:
            known = self._answers.pop(question, None)
            if known is None or known[0] != tag:
                now = self._clock().astimezone(UTC).replace(microsecond=0)
                known = (tag, max(now, known[1] + _SECOND) if known else now)
            self._answers[question] = known
            if len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
            return known[1]


def _feeds(request: Request) -> Feeds:
    found: Feeds = request.app.state.feeds
    return found


def _subscription(request: Request, key: str) -> Subscription:
    """The guard of these doors: what this key opens. Raises Lapsed or TooManyTries."""
    try:
        found = subscription_of(house(request), key)
    except Lapsed:
        # Only keys that open nothing count here: an office, or a service that polls for many, shares one address.
        request.app.state.knocks.hit(f"sleutel:{request.client.host if request.client else ''}")
        raise
    _feeds(request).limit.hit(found.id)
    return found


def _wanted(
    soort: Annotated[list[Category] | None, Query()] = None, niveau: Annotated[list[Level] | None, Query()] = None
) -> Wanted:
    return Wanted(frozenset(soort or ()), frozenset(niveau or ()))


Opened = Annotated[Subscription, Depends(_subscription)]
Asked = Annotated[Wanted, Depends(_wanted)]


def _answer(request: Request, opened: Subscription, wanted: Wanted, form: Form) -> Response:
    """The feed, or 304 when this program has it already. Both count as a reading."""
    body = form.write(read_feed(house(request), opened, wanted))
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    since = _feeds(request).since(f"{opened.id} {form.file} {request.url.query}", tag)
    headers = {
        "ETag": tag,
        "Last-Modified": format_datetime(since, usegmt=True),
        "Cache-Control": "private, no-cache",
    }
    if _has_it(request.headers, tag, headers["Last-Modified"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers |= {"Content-Disposition": f'inline; filename="{form.file}"', "Content-Length": str(len(body))}
    return Response(b"" if request.method == "HEAD" else body, media_type=form.media_type, headers=headers)


def _has_it(asked: Headers, tag: str, since: str) -> bool:
    """By the tag where one is given, as RFC 9110 asks; a moment must be the very one that we told."""
    if told := asked.get("if-none-match"):
        return told.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in told.split(","))
    return asked.get("if-modified-since") == since


@router.api_route("/agenda.ics", methods=_READ, name="calendar")
def get_calendar(request: Request, opened: Opened, wanted: Asked) -> Response:
    """For Outlook and other calendars."""
    return _answer(request, opened, wanted, CALENDAR)


@router.api_route("/wijzigingen.atom", methods=_READ, name="news")
def get_news(request: Request, opened: Opened, wanted: Asked) -> Response:
    """For news readers: what is new or changed."""
    return _answer(request, opened, wanted, NEWS)


@router.api_route("/kaart.geojson", methods=_READ, name="map")
def get_map(request: Request, opened: Opened, wanted: Asked) -> Response:
    """For the map of the municipality: what is still to come, or under way."""
    return _answer(request, opened, wanted, MAP)
