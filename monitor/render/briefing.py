"""Digest -> the values of the briefing's template; and what is done to a briefing that exists."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache

from markupsafe import Markup, escape

from classifiers import Category, Indicator
from monitor.domain import Digest, Event
from monitor.render.area_map import area_map
from monitor.render.dutch import moment
from monitor.render.marks import ASSETS, picture

_ARTICLE = ("<!-- briefing -->", "<!-- /briefing -->")
_STATUS = ("<!-- status -->", "<!-- /status -->")
_HEADINGS = {
    Category.DEMONSTRATION: "Demonstraties",
    Category.FOOTBALL: "Voetbal",
    Category.NEW_YEAR: "Jaarwisseling",
    Category.EVENT: "Evenementen",
    Category.UNREST: "Onrust",
    Category.NONE: "Overig",
}


@cache
def style() -> Markup:
    """The style of the briefing with its font inside."""
    font = b64encode((ASSETS / "source-sans-3.woff2").read_bytes()).decode()
    css = (ASSETS / "briefing.css").read_text(encoding="utf-8")
    return Markup(css.replace("source-sans-3.woff2", f"data:font/woff2;base64,{font}"))  # noqa: S704  # own files


def briefing_values(digest: Digest, indicators: Mapping[str, Indicator]) -> dict[str, object]:
    """Everything that `briefing.html` names; in the open edition without a trace of a confidential event."""

    def seen(events: Iterable[Event]) -> tuple[Event, ...]:
        return tuple(e for e in events if digest.confidential or e.public)

    days = [(day.date, seen(day.events)) for day in digest.days]
    shown = {e.id: e for _, events in days for e in events}
    hidden = {e.id for day in digest.days for e in day.events} - shown.keys()
    return {
        "digest": digest,
        "days": days,
        "undated": seen(digest.undated),
        "sections": [
            (_HEADINGS[category], category, events)
            for category in Category
            if (events := seen(digest.by_category.get(category, ())))
        ],
        "past": seen(digest.past),
        "changes": [c for c in digest.changes if c.event not in hidden],
        "map": picture(area_map(tuple(shown.values()))),
        "mapped": tuple(shown.values()),
        "indicators": indicators,
        "style": style(),
        "blind": [s for s in digest.sources if s.blind],
        "audience": "Adviseurs openbare orde, politieliaison" if digest.confidential else "Team openbare orde",
        "handling": "vertrouwelijk" if digest.confidential else "intern",
    }


def article_of(html: str) -> Markup:
    """The briefing without its head, to be shown inside a page; `html` comes from `to_html`."""
    return Markup(_between(html, _ARTICLE))  # noqa: S704  # our own document, escaped when it was made


def with_approval(html: str, *, by: str, at: datetime | None) -> str:
    """The briefing with its status on the front; the stored text stays as it was made (R35, R41).

    `by` empty: nobody approved it yet.
    """
    if not by or at is None:
        return html
    before, after = html.split(_STATUS[0], 1)[0], html.split(_STATUS[1], 1)[1]
    words = escape(f"Goedgekeurd door {by}, {moment(at, year=True)}")
    return f"{before}{_STATUS[0]}<strong>{words}</strong>{_STATUS[1]}{after}"


def _between(html: str, marks: tuple[str, str]) -> str:
    return html.split(marks[0], 1)[1].split(marks[1], 1)[0]
