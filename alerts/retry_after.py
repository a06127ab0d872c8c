"""The headers of an answer -> the pause that they ask for."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime


def retry_after(headers: Mapping[str, str]) -> float | None:
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
