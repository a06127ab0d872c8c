"""An entry's own page -> the text of its article, for sources with `detail = true`. Reads no author and no comments."""

import logging
import re
from collections.abc import Iterable
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.collect.formats.entry import changed
from monitor.collect.formats.markup import WORDS_AT_MOST, reserved, texts, tree_of, words
from monitor.collect.formats.options import Option, chosen, selector
from monitor.domain import Fetched, Source
from monitor.errors import NotAFeed, SelectorMissing

ARTICLE_AT_MOST = 8_000
"""Characters of an article; what comes after is never a date or a place of the event."""
PLACES_AT_MOST = 200
"""Places that `article` may select, such as every paragraph."""
TAGS_AT_MOST = 4_000
"""Of a page, once menus and scripts are gone, that the search for an article looks at: half a second."""
BYLINE_AT_MOST = 1_000
"""Characters; a place longer than this holds more than the name of an author, whatever its class says."""

_READABLE = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"})

_CLUTTER = (
    "script, style, noscript, template, iframe, object, svg, form, button, select, dialog, nav, aside, footer, "
    "figcaption"
)
_COMMENTS = (
    ".comments, .comment, .comment-list, .commentlist, .comments-area, #comments, #respond, #disqus_thread, .reacties, "
    '#reacties, .reactie, [itemprop~="comment"], [itemtype$="/Comment"]'
)
_AUTHORS = (
    '.author, .byline, .auteur, address, [rel~="author"], [itemprop~="author"], [itemtype$="/Person"], '
    '[class*="byline" i], [class*="author" i], [class*="auteur" i]'
)
_SPACE = re.compile(r"\s+")
_FRAME = frozenset({"html", "body", "main", "article"})
"""Never left out: some systems write the kind of page, or who wrote it, as a class on these."""

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre "
    "section table td th tr ul".split()
)
_CREDITS = frozenset("door tekst auteur redactie foto foto's foto’s fotograaf beeld video ©".split())
_PARTICLES = frozenset("van de den der het in 't ten ter te en / | - –".split())
_CREDIT_AT_MOST = 8
"""Words."""


def _own_text(value: object) -> str | None:
    """A selector of places, without an attribute behind it."""
    return selector(value) or ("leest geen attribuut; laat '@' weg" if "@" in str(value) else None)


ARTICLE_OPTION = Option(
    "Selector van de tekst op de eigen pagina van een bericht, bij `detail = true`; anders zoekt Torenwacht die zelf.",
    check=_own_text,
)
"""The option `article` of every kind whose entries have a page of their own."""


def _without_persons(tree: LexborHTMLParser) -> None:
    """Takes out who wrote and who reacted, before anything is read (R11), and what is no text."""
    for node in tree.css(f"{_CLUTTER}, {_COMMENTS}"):
        if node.tag not in _FRAME:
            node.decompose()
    for node in tree.css(_AUTHORS):
        if node.tag not in _FRAME and len(words(node, BYLINE_AT_MOST)) < BYLINE_AT_MOST:
            node.decompose()


def _lines(node: LexborNode) -> list[str]:
    """The lines that a reader sees in `node`: a block begins a new one, words in bold do not."""
    parts: list[str] = []
    left = WORDS_AT_MOST
    for inner in texts(node):
        before = inner.prev
        if inner.tag in _BLOCKS or (before is not None and before.tag in _BLOCKS):
            parts.append("\n")
        if inner.tag == "-text":
            text = _SPACE.sub(" ", (inner.text_content or "")[: left * 2])
            parts.append(text)
            left -= len(text)
            if left <= 0:
                break
    return "".join(parts).split("\n")


def _told(lines: Iterable[str]) -> str:
    """The lines that say something, each once and in order, up to ARTICLE_AT_MOST characters and never half a word."""
    clean = dict.fromkeys(" ".join(line.split()) for line in lines)
    text = "\n".join(line for line in clean if line and not _is_credit(line))
    if len(text) <= ARTICLE_AT_MOST:
        return text
    cut = text[:ARTICLE_AT_MOST]
    return cut[: max(cut.rfind(" "), cut.rfind("\n"), ARTICLE_AT_MOST - 200)].rstrip()


def _is_credit(line: str) -> bool:
    """Whether `line` only names who wrote or photographed: "Door Wobke Verzonnen", and not "Door brand is …"."""
    first, *names = line.split(maxsplit=_CREDIT_AT_MOST + 1)
    if first.rstrip(":").lower() not in _CREDITS or not 1 <= len(names) <= _CREDIT_AT_MOST:
        return False
    return all(name[0].isupper() or name.lower() in _PARTICLES for name in names)


def _found(tree: LexborHTMLParser) -> str:
    """What trafilatura takes for the article; empty when it takes nothing for one."""
    html = tree.html or ""
    tag = next(islice(re.finditer("<(?!/)", html), TAGS_AT_MOST, None), None)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it complains about pages without naming the source
    from trafilatura import extract  # noqa: PLC0415 - takes half a second, and only the reading process needs it

    try:
        found = extract(
            html[: tag.start()] if tag else html,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            include_links=False,
            include_images=False,
            include_formatting=False,
            with_metadata=False,
            deduplicate=False,
        )
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return ""  # markup on which the library stumbles has no article either
    return found or ""


def article_of(fetched: Fetched, source: Source) -> str:
    """The article as plain text, a line per paragraph, at most ARTICLE_AT_MOST characters.

    Empty when the publisher reserved text and data mining, in its header or in the page (R5). Raises SelectorMissing
    when `article` selects no text, NotAFeed when the answer is no page, or a page in which no article is found. Takes
    up to a second: never on the event loop.
    """
    if fetched.reserved:
        return ""
    kind = fetched.content_type.partition(";")[0].strip().lower()
    if kind not in _READABLE or fetched.body[:5] == b"%PDF-":
        dutch = "geeft bij een bericht geen webpagina; zet 'detail' uit in sources.toml als dat zo blijft."
        raise changed(source, "article is no page", dutch, NotAFeed)
    tree = tree_of(fetched, source)
    if reserved(tree):
        return ""
    _without_persons(tree)
    wanted = chosen(source.options, "article")
    if not wanted:
        if text := _told(_found(tree).split("\n")):
            return text
        dutch = "heeft een bericht waarvan de tekst niet te vinden is; geef met 'article' aan waar die staat."
        raise changed(source, "no article found", dutch, NotAFeed)
    lines = [line for node in tree.css(wanted)[:PLACES_AT_MOST] for line in _lines(node)]
    if text := _told(lines):
        return text
    dutch = "heeft een andere opmaak: 'article' is niet meer te vinden; pas de selector aan in sources.toml."
    raise changed(source, "selector 'article' finds nothing", dutch, SelectorMissing)
