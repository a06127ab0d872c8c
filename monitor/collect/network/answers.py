"""What a server answered -> the error that its status means, with what a person can do. Reads no body."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from monitor.domain import Source
from monitor.errors import TEMPORARY, Changed, CollectError, Declined, Gone, Paywalled, Unreachable

LONGEST_WAIT = 7 * 24 * 3600.0
"""Seconds; what a server asks beyond this is taken as this."""

FRESH_AT_MOST = timedelta(hours=24)

_DECLINED = {
    HTTPStatus.UNAUTHORIZED: "vraagt om in te loggen",
    HTTPStatus.PAYMENT_REQUIRED: "vraagt om een abonnement",
    HTTPStatus.FORBIDDEN: "weigert ons de toegang",
    HTTPStatus.PROXY_AUTHENTICATION_REQUIRED: "vraagt om in te loggen",
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS: "mag dit om juridische redenen niet geven",
}

_PAYWALL = (HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait that the server asks for, from a number or an HTTP date; None when it asks nothing readable."""
    value = headers.get("Retry-After", "").strip()
    if _whole(value):
        return min(float(value), LONGEST_WAIT)
    moment = _moment(value)
    return None if moment is None else min(max((moment - now).total_seconds(), 0.0), LONGEST_WAIT)


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long asking again gives the same, says the server (RFC 9111 §4.2), a day at most; None when it says nothing.

    `s-maxage` is for shared caches, and we are none. What lay in such a cache is as old as its `Age`.
    """
    control = headers.get("Cache-Control", "")
    if control:
        asked = dict(part.strip().lower().partition("=")[::2] for part in control.split(","))
        if "no-store" in asked or "no-cache" in asked:
            return None
        if "max-age" in asked:
            return _lasting(_seconds(asked["max-age"]) - _seconds(headers.get("Age", "")))
    if (expires := headers.get("Expires")) and (until := _moment(expires)):
        return _lasting((until - (_moment(headers.get("Date", "")) or now)).total_seconds())
    return None


def _whole(value: str) -> bool:
    return value.isascii() and value.isdecimal()


def _seconds(value: str) -> float:
    value = value.strip().strip('"')
    return float(value) if _whole(value) else 0.0


def _lasting(seconds: float) -> timedelta | None:
    return timedelta(seconds=min(seconds, FRESH_AT_MOST.total_seconds())) if seconds > 0 else None


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def error_of(source: Source, host: str, status: int, headers: Mapping[str, str], now: datetime) -> CollectError:
    """The error that `status`, which is no success, stands for."""
    reason, who = f"{host} answers {status}", f"Bron '{source.id}': {host}"
    if status in _DECLINED:
        advice = (
            f"{who} {_DECLINED[HTTPStatus(status)]} ({status}); vraag de uitgever om toestemming of zet de bron uit."
        )
        error = Paywalled if status in _PAYWALL else Declined
        return error(source.id, reason, advice=advice, retry_after=retry_after(headers, now))
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        advice = f"{who} vindt dat wij te vaak komen ({status}); zet bij 'every' in sources.toml een langere tijd."
        wait = retry_after(headers, now)
        return Declined(source.id, reason, advice=advice, retry_after=wait, weight=TEMPORARY)
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        advice = f"{who} heeft niets meer op dit adres ({status}); zoek het nieuwe adres en zet het in sources.toml."
        return Gone(source.id, reason, advice=advice, for_good=status == HTTPStatus.GONE)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        advice = f"{who} heeft een storing ({status}); wacht af, wij proberen het bij de volgende beurt opnieuw."
        wait = retry_after(headers, now)
        weight = TEMPORARY if wait is not None or status == HTTPStatus.SERVICE_UNAVAILABLE else None
        return Unreachable(source.id, reason, advice=advice, retry_after=wait, weight=weight)
    advice = f"{who} geeft een onverwacht antwoord ({status}); controleer het adres in sources.toml."
    return Changed(source.id, reason, advice=advice)
