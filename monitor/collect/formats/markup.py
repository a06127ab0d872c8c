"""A page as it came -> a tree that is read in bounded time, and the words in it. Knows no kind of source."""

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from monitor.collect.formats.charset import text_of
from monitor.collect.formats.entry import changed
from monitor.domain import Fetched, Source
from monitor.errors import NotAFeed

READ_AT_MOST, TAGS_AT_MOST = 2_000_000, 150_000
"""Characters and tags of a page; what comes after is not read. A page that people read has a tenth of it."""
STEEPEST = 100_000_000
"""Tags times the square of how deep they lie: what a selector with two spaces may cost. A busy page has a tenth."""
ATTRIBUTES_AT_MOST = 200
"""Of one tag: the parser compares each with all before it."""
WORDS_AT_MOST = 10_000
"""Characters that are read of one place in a page."""
NODES_AT_MOST = 20_000
"""Elements and texts that are looked at in one place."""

_TOKEN = re.compile(
    r"""<(?:
      !--(?:-?>|.*?(?:--!?>|\Z))
    | (?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>]).*?(?:</(?P=raw)(?=[\s/>])|\Z)
    | (?P<end>/?)(?P<name>[a-z][^\s/>]*)(?P<rest>(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>?
    )""",
    re.I | re.S | re.X,
)
"""A comment, an element whose content is no markup, or a tag. Possessive, so that it never goes back."""
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_SPLIT = re.compile(r"[\s/]+")

_UNCOUNTED = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th thead "
    "tbody tfoot colgroup caption rb rt rp rtc html head body".split()
)
"""Elements that have no end, or that the next of their kind ends; their parents count for them in _LEVELS."""
_LEVELS = {"table": 4, "ul": 2, "ol": 2, "dl": 2, "menu": 2, "select": 2, "ruby": 2}
_MARKS = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""Elements that, left open, the parser opens again in every paragraph: n times m nodes from n plus m tags."""
_SHAPES = frozenset(
    "animate animatetransform circle ellipse fegaussianblur image line path polygon polyline rect stop use".split()
)
"""Of a drawing: there "/>" does end an element."""

_SILENT = frozenset({"script", "style", "template", "noscript", "textarea", "iframe"})
_RESERVED = 'meta[name="tdm-reservation" i][content="1"]'


def _bounded(text: str) -> str | None:
    """`text` up to TAGS_AT_MOST tags; None when their depth or their attributes would keep a reader busy for seconds.

    An estimate, in one pass: parsers and selectors walk up from each tag, so depth costs more than size. Markup that
    fools it meets the limits of the process in which pages are read.
    """
    still_open: dict[str, int] = {}
    deep = deepest = marks = most_marks = 0
    for tags, token in enumerate(_TOKEN.finditer(text), 1):
        name, rest = token["name"], token["rest"]
        if tags > TAGS_AT_MOST:
            return text[: token.start()]
        if name is None:
            continue
        if len(rest) > 2 * ATTRIBUTES_AT_MOST and len(_SPLIT.split(_QUOTED.sub(" ", rest))) > ATTRIBUTES_AT_MOST:
            return None
        name = name.lower()
        if name in _UNCOUNTED:
            continue
        if token["end"]:
            if not still_open.get(name):
                continue
            step = -1
        elif name in _SHAPES and rest.endswith("/") and still_open.get("svg"):
            continue
        else:
            step = 1
        still_open[name] = still_open.get(name, 0) + step
        deep += step * _LEVELS.get(name, 1)
        marks += step if name in _MARKS else 0
        deepest, most_marks = max(deepest, deep), max(most_marks, marks)
        if tags * (1 + most_marks) * deepest**2 > STEEPEST:
            return None
    return text


def tree_of(fetched: Fetched, source: Source) -> LexborHTMLParser:
    """The page, cut where it is too long to read. Raises NotAFeed when it is empty or cannot be read in time."""
    text = text_of(fetched)[:READ_AT_MOST]
    if not text.strip():
        dutch = "geeft een lege pagina (0 bytes); controleer het adres in sources.toml."
        raise changed(source, "empty answer", dutch, NotAFeed)
    readable = _bounded(text)
    if readable is None:
        dutch = "geeft een pagina die te ingewikkeld is om te lezen; controleer het adres in sources.toml."
        raise changed(source, "markup nested too deep", dutch, NotAFeed)
    try:
        return LexborHTMLParser(readable)
    except SelectolaxError as error:
        dutch = "geeft een pagina die niet te lezen is; controleer het adres in sources.toml."
        raise changed(source, "no readable page", dutch, NotAFeed) from error


def reserved(tree: LexborHTMLParser) -> bool:
    """Whether the page itself reserves text and data mining (R5)."""
    return bool(tree.css_matches(_RESERVED))


def texts(node: LexborNode) -> Iterator[LexborNode]:
    """The elements and texts in `node` in the order of the page, without what browsers do not show."""
    for inner in islice(node.traverse(include_text=True), NODES_AT_MOST):
        parent = inner.parent
        if inner.tag != "-text" or parent is None or parent.tag not in _SILENT:
            yield inner


def words(node: LexborNode, at_most: int = WORDS_AT_MOST) -> str:
    """The words in `node` on one line, cut after about `at_most` characters."""
    parts: list[str] = []
    left = at_most
    for inner in texts(node):
        if inner.tag == "-text" and (text := (inner.text_content or "")[: left * 2]):
            parts.append(text)
            left -= len(text.strip())
            if left <= 0:
                break
    return " ".join(" ".join(parts).split())[:at_most]
