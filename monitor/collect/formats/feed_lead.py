"""What is kept of the text of a feed's entry: its lead, not the article (R18)."""

import re
from collections.abc import Sequence
from html import unescape

LEAD = 1000
"""Characters kept of an entry that gives its full text and no summary."""

_LOOK_IN = 4 * LEAD
"""Characters of markup that are tried first: of a long article the end need not be read."""

_TAG = re.compile(r"<(?P<shut>/?)(?P<unseen>script|style)?\b[^<>]*>", re.I)
_ANY_TAG = re.compile(r"</?\w[^<>]*>")
"""The same tags, where none of them hides what stands behind it: in less time."""

_UNSEEN = re.compile(r"<[Ss](?:[Cc][Rr][Ii]|[Tt][Yy])")


def lead_of(summary: str, whole: Sequence[str]) -> str:
    """The summary, as it is; the first words where the summary is the whole article, or where there is none.

    What is no longer than a lead with its markup is one without it, and stays as it is too; but never a script (R11).
    """
    if summary and summary not in whole:
        return summary
    markup = summary or next(iter(whole), "")
    if len(markup) <= LEAD and not _UNSEEN.search(markup):
        return markup
    if len(markup) > _LOOK_IN and (cut := markup.rfind("<", 0, _LOOK_IN)) > 0:
        plain = _plain(markup[:cut])
        if len(plain) > LEAD:  # then what stands behind the cut does not matter
            return _begin(plain)
    plain = _plain(markup)
    return plain if len(plain) <= LEAD else _begin(plain)


def _begin(plain: str) -> str:
    return plain[:LEAD].rsplit(" ", 1)[0] + " …"


def _plain(markup: str) -> str:
    words = _words(markup) if _UNSEEN.search(markup) else _ANY_TAG.sub(" ", markup)
    return " ".join(unescape(words).split())


def _words(markup: str) -> str:
    """`markup` without tags, and without what stands in a script or style; in one pass, however broken it is."""
    words, at, unseen = [], 0, ""
    for tag in _TAG.finditer(markup):
        name = (tag["unseen"] or "").lower()
        if not unseen:
            words.append(markup[at : tag.start()])
            unseen = "" if tag["shut"] else name
        elif tag["shut"] and name == unseen:
            unseen = ""
        at = tag.end()
    return " ".join(words if unseen else [*words, markup[at:]])
