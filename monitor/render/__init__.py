"""Shows: values in, HTML out. Pages and briefing share one environment, its filters and its macros."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from classifiers import Category, Indicator, Level, PersonalKind
from monitor.domain import Digest
from monitor.domain.account import Account, Question, Risk
from monitor.domain.activity import ACTIVITIES
from monitor.render import dutch, marks
from monitor.render.area_map import CREDIT, area_map, frame, in_words
from monitor.render.briefing import article_of, briefing_values, with_approval
from monitor.render.marks import ASSETS
from monitor.render.papers import INDEX
from monitor.render.papers import papers as _papers
from monitor.render.trail import act_words, thing_words

__all__ = [
    "ASSETS", "CREDIT", "INDEX", "area_map", "article_of", "frame", "in_words", "page", "papers", "to_html",
    "with_approval",
]  # fmt: skip

_TEMPLATES = Path(__file__).with_name("templates")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(dutch.FILTERS, act_words=act_words, thing_words=thing_words)
    environment.globals.update(
        area_map=area_map,
        badge_picture=marks.badge_picture,
        because=dutch.because,
        category_icon=marks.category_icon,
        count=dutch.count,
        icon=marks.icon,
        in_words=in_words,
        map_credit=CREDIT,
        outline=marks.outline,
        span=dutch.days,
        unknowns=dutch.unknowns,
        Category=Category,
        Level=Level,
        PersonalKind=PersonalKind,
        activities=tuple(ACTIVITIES.values()),
    )
    return environment


def page(template: str, **values: object) -> str:
    """`template` of the folder templates, filled in. A name that is missing from `values` is an error."""
    return _environment().get_template(template).render(values)


def to_html(digest: Digest, *, indicators: Mapping[str, Indicator]) -> str:
    """The weekly briefing as one complete document: style, font and pictures inside, to be mailed or printed.

    `indicators`: code -> row of the reader's table, for labels and suggested checks. Confidential events are left
    out unless the digest is of the confidential edition (R31).
    """
    return page("briefing.html", **briefing_values(digest, indicators))


def papers(
    account: Account,
    *,
    entry: dict[str, Any],
    risks: Sequence[Risk],
    proofs: Mapping[str, Sequence[str]],
    questions: Sequence[Question],
    roles: Mapping[str, Sequence[str]],
) -> dict[str, str]:
    """The papers of accountability, file name -> text; see `render.papers`."""
    return _papers(page, account, entry=entry, risks=risks, proofs=proofs, questions=questions, roles=roles)
