"""One POST to an address of the municipality's choice: taken, TryLater or Refused. Follows no redirect."""

import asyncio
from collections.abc import Callable, Mapping
from http import HTTPStatus

import aiohttp

from alerts.errors import Refused, TryLater
from alerts.retry_after import retry_after

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
        raise TryLater(f"{name} answered {status}", retry_after(answered))
    raise Refused(f"{name} answered {status}", advice(status))
