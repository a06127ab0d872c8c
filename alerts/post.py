"""One POST to an address of the municipality's choice: taken, TryLater or Refused. Follows no redirect."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import aiohttp

from alerts.errors import Refused, TryLater

PATIENCE = 30.0
"""Seconds to wait for the whole answer."""

_PATIENT: set[int] = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


async def post(
    http: aiohttp.ClientSession,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    name: str,
    advice: Callable[[int], str],
) -> None:
    """Returns when the receiver took it. No error names the address, which may be a secret.

    `name` is what errors call the receiver; `advice` gives, for the status of a refusal, what the operator can do.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            # A redirect would carry the headers and the message to an address that nobody chose.
            async with http.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                status, answered = answer.status, answer.headers
    except (aiohttp.ClientError, OSError) as error:
        raise TryLater(f"{name} does not answer: {type(error).__name__}") from error
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _PATIENT:
        raise TryLater(f"{name} answered {status}", pause(answered))
    raise Refused(f"{name} answered {status}", advice(status))


def pause(headers: Mapping[str, str]) -> float | None:
    """Seconds that Retry-After asks for; None when it says nothing usable.

    A moment is compared with the Date of the same answer, so that a wrong clock on this side does no harm.
    """
    asked = headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        return float(asked)
    until, sent = _moment(asked), _moment(headers.get("Date", ""))
    if until is None or sent is None:
        return None
    return max(0.0, (until - sent).total_seconds())


def _moment(text: str) -> datetime | None:
    """An HTTP date, aware; None when it is none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a year too long for a number is no year either
        return None
    return moment if moment.tzinfo else None
