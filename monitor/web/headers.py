"""What every answer carries, and what no request may be: the rim of the page, as pure ASGI."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; worker-src 'self' blob:; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_FIXED = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_YEAR = 31_536_000
SIGNED = "/slack/"
"""Requests to these doors come from no browser; the door itself checks who signed them."""
LARGEST_BODY = 65_536
"""Bytes of a request; the longest form has some thousands."""


class Rim:
    """Sets the safety headers, keeps pages out of caches, and refuses forms from other sites and large bodies.

    `secure`: the page stands behind TLS, so browsers are told to keep to it. Static files are cached for a year:
    their address holds a hash of them all.
    """

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app, self._secure = app, secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        static = scope["path"].startswith("/static/")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _FIXED.items():
                    headers[name] = value
                if self._secure:
                    headers["Strict-Transport-Security"] = f"max-age={_YEAR}; includeSubDomains"
                kept = static and message["status"] == 200  # noqa: PLR2004  # HTTP: OK
                headers.setdefault("Cache-Control", f"public, max-age={_YEAR}, immutable" if kept else "no-store")
            await send(message)

        refusal = _refusal(scope)
        await (refusal or self._app)(scope, receive, send_with_headers)


def _refusal(scope: Scope) -> PlainTextResponse | None:
    """The answer to a request that is refused before anyone reads it; None for the others."""
    if scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return None
    headers = Headers(scope=scope)
    if not scope["path"].startswith(SIGNED) and not _same_site(headers):
        return PlainTextResponse("Dit verzoek komt van een andere website en is geweigerd.", 403)
    length = headers.get("content-length", "")
    if not length.isdecimal():
        return PlainTextResponse("Het verzoek noemt zijn lengte niet.", 411)
    if int(length) > LARGEST_BODY:
        return PlainTextResponse("Het verzoek is te groot.", 413)
    return None


def _same_site(headers: Headers) -> bool:
    """Browsers say where a form comes from; one that says nothing is not believed."""
    if fetched := headers.get("sec-fetch-site"):
        return fetched in ("same-origin", "none")
    origin = headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc == headers.get("host")
