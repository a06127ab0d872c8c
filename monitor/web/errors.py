"""MonitorError -> a Dutch page with its advice and the right status."""

from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from monitor.errors import Conflict, InvalidInput, Lapsed, MonitorError, NotAllowed, NotFound, StoreError
from monitor.log import log
from monitor.web.access import Forged, NotLoggedIn
from monitor.web.limits import WINDOW, TooManyTries
from monitor.web.shell import is_part, show

_STATUS: dict[type[MonitorError], tuple[HTTPStatus, str]] = {
    InvalidInput: (HTTPStatus.BAD_REQUEST, "Dit klopt nog niet"),
    Forged: (HTTPStatus.FORBIDDEN, "Deze pagina is verlopen"),
    NotAllowed: (HTTPStatus.FORBIDDEN, "U mag deze pagina niet zien"),
    NotFound: (HTTPStatus.NOT_FOUND, "Niet gevonden"),
    Conflict: (HTTPStatus.CONFLICT, "Iemand was u voor"),
    Lapsed: (HTTPStatus.GONE, "Deze link werkt niet"),
    TooManyTries: (HTTPStatus.TOO_MANY_REQUESTS, "Te veel pogingen"),
    StoreError: (HTTPStatus.SERVICE_UNAVAILABLE, "Even niet beschikbaar"),
}
_UNKNOWN_PAGE = "Deze pagina bestaat niet. Ga terug of kies een onderdeel uit het menu."
_FAULT = "Er ging iets mis. De fout staat in het logboek van de beheerder. Probeer het later opnieuw."


def _answer(request: Request, status: HTTPStatus, title: str, advice: str) -> HTMLResponse:
    template = "_problem.html" if is_part(request) else "problem.html"
    return show(request, template, None, status=status, title=title, advice=advice)


def _door(request: Request) -> str:
    """The door as the house calls it, `/gebeurtenissen/{id}`: in the address itself may stand a key."""
    return getattr(request.scope.get("route"), "path", "")


def _ours(request: Request, error: Exception) -> Response:
    if not isinstance(error, MonitorError):
        raise TypeError(f"registered for MonitorError, called with {type(error).__name__}")
    for kind in type(error).__mro__:
        if kind in _STATUS:
            status, title = _STATUS[kind]
            answer = _answer(request, status, title, error.advice)
            if isinstance(error, TooManyTries):
                answer.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
            return answer
    log.error("act failed", error=type(error).__name__, path=_door(request))
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "Dat is niet gelukt", error.advice)


def _not_logged_in(request: Request, _error: Exception) -> Response:
    target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if is_part(request):
        return Response(status_code=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": "/inloggen"})
    if request.method != "GET":
        target = "/"
    return RedirectResponse(f"/inloggen?naar={quote(target, safe='')}", HTTPStatus.SEE_OTHER)


def _of_http(request: Request, error: Exception) -> Response:
    status = HTTPStatus(error.status_code) if isinstance(error, HTTPException) else HTTPStatus.NOT_FOUND
    return _answer(request, status, "Niet gevonden", _UNKNOWN_PAGE)


def _invalid(request: Request, _error: Exception) -> Response:
    """A path or query that cannot be read: there is no such page."""
    return _answer(request, HTTPStatus.NOT_FOUND, "Niet gevonden", _UNKNOWN_PAGE)


def _fault(request: Request, error: Exception) -> Response:
    log.critical("page failed", path=_door(request), exc_info=error)
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, "Er ging iets mis", _FAULT)


def add_error_pages(web: FastAPI) -> None:
    """Every error gets a page that says what the reader can do."""
    web.add_exception_handler(NotLoggedIn, _not_logged_in)
    web.add_exception_handler(MonitorError, _ours)
    web.add_exception_handler(HTTPException, _of_http)
    web.add_exception_handler(RequestValidationError, _invalid)
    web.add_exception_handler(Exception, _fault)
