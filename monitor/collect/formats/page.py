"""Kind "page": an HTML page with a list -> RawItems, by CSS selectors; and where the list goes on."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urldefrag, urlsplit

import structlog
from selectolax.lexbor import LexborNode

from classifiers import Category, Period, Precision
from monitor.collect.formats.article import ARTICLE_OPTION
from monitor.collect.formats.entry import absolute, changed, raw_item
from monitor.collect.formats.markup import reserved, tree_of, words
from monitor.collect.formats.moments import Moment, moment_of, period_of
from monitor.collect.formats.options import (
    PAGES_AT_MOST,
    Option,
    Options,
    category,
    chosen,
    date_format,
    pages,
    precision,
    selector,
)
from monitor.collect.formats.spans import span_of
from monitor.domain import Fetched, RawItem, Source, Told
from monitor.errors import CollectError, SelectorMissing

_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|mc_[ce]id|cmpid)=", re.I)
"""Fewer than `rules.normalise` strikes from an address: these make keys, and `ref` or `source` may part two entries."""

log = structlog.get_logger(__name__)

AT_MOST = 2_000
"""Entries of one page; more is no list that people read."""
NESTED_AT_MOST = 3
"""Entries around an entry; each reads all that is in it, so a thousand in each other would take minutes."""
ADDRESS_AT_MOST = 2_000
"""Characters of a link, a key, or an attribute; longer is none."""
PAGES = 3
"""Pages of one list that are read when `pages` is not set."""

OPTIONS: Options = {
    "list": Option("Selector van één bericht in de lijst, zoals `main article`.", required=True, check=selector),
    "title": Option("Selector van de titel, binnen het bericht.", required=True, check=selector),
    "id": Option(
        "Selector van het kenmerk dat gelijk blijft als het bericht verandert, zoals `@data-id`; anders de koppeling.",
        check=selector,
    ),
    "text": Option("Selector van de inleiding, binnen het bericht.", check=selector),
    "date": Option(
        "Selector van de dag waarop het plaatsvindt, of van dag tot dag; met `@naam` voor een attribuut.",
        check=selector,
    ),
    "end": Option("Selector van de laatste dag, of van het einde, als die apart staat.", check=selector),
    "published": Option("Selector van de dag van publicatie.", check=selector),
    "date_format": Option(
        "Patroon van de datums, zoals `%d %B %Y`; maanden in het Nederlands. Anders zoekt Torenwacht zelf.",
        check=date_format,
    ),
    "place": Option("Selector van de plaats.", check=selector),
    "link": Option("Selector van de koppeling naar het hele bericht; anders de eerste koppeling.", check=selector),
    "category": Option("Vaste categorie van alle berichten.", check=category),
    "precision": Option("Hoe precies een dag zonder tijd is: dag, weekend of week.", check=precision),
    "empty": Option(
        "Selector van wat de pagina alleen toont als er niets is, zoals `.geen-resultaten`.", check=selector
    ),
    "next": Option("Selector van de koppeling naar de volgende bladzijde, zoals `a[rel=next]`.", check=selector),
    "pages": Option(
        f"Hoeveel bladzijden hoogstens, van 1 tot en met {PAGES_AT_MOST}; zonder opgave {PAGES} als er `next` is.",
        check=pages,
    ),
    "article": ARTICLE_OPTION,
}


def page_limit(source: Source) -> int:
    """How many pages of its list may be read in one poll, the first included. Whoever follows `more` counts them."""
    if "next" not in source.options:
        return 1
    asked = source.options.get("pages", PAGES)
    return asked if isinstance(asked, int) else PAGES


def more(fetched: Fetched, source: Source) -> str | None:
    """The address of the page after this one: absolute, on the same host, never this page itself; None when done.

    It sees one page, so it knows neither how many were read (see page_limit) nor that the list runs in a circle.
    Parses the page again. Raises nothing: a page that cannot be read goes on nowhere.
    """
    if "next" not in source.options:
        return None
    try:
        tree = tree_of(fetched, source)
    except CollectError:
        return None
    wanted = chosen(source.options, "next")
    link = _link(tree.root, wanted) if tree.root else ""
    if not link:
        return None
    here, there = fetched.url, urldefrag(absolute(link, _base(tree.css_first("base[href]"), fetched)))[0]
    try:
        same = urlsplit(here)[:2] == urlsplit(there)[:2]
    except ValueError:  # such as https://[x
        return None
    return there if same and there != urldefrag(here)[0] else None


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries in the order of the page; none when `empty` says that there are none.

    An entry without a title is left out, one without a date is kept; both are counted in the log. Raises NotAFeed for
    what is no readable page, SelectorMissing when the list, every title or every date is gone: the page was rebuilt,
    and a person has to look.
    """
    tree = tree_of(fetched, source)
    options = source.options
    nodes = _entries(tree.css(chosen(options, "list")))
    if not nodes:
        if "empty" in options and tree.css_matches(chosen(options, "empty").partition("@")[0]):
            return []
        raise _gone(source, "list")
    if reserved(tree):
        options = {name: value for name, value in options.items() if name != "text"}
    base = _base(tree.css_first("base[href]"), fetched)
    seen = [entry for node in nodes if (entry := _entry(node, options, fetched.at, base))]
    if not seen:
        raise _gone(source, "title")
    undated = 0
    for name, missing in (("date", [not e.period for e in seen]), ("published", [not e.published for e in seen])):
        if name in options and all(missing):
            raise _gone(source, name)
        undated += sum(missing) if name in options else 0
    if undated or len(seen) < len(nodes):
        log.info("page.incomplete", source=source.id, untitled=len(nodes) - len(seen), undated=undated)
    return _items(seen, fetched, source)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one place in the list says; holds personal data, lives in memory only."""

    id: str
    title: str
    text: str
    link: str
    published: datetime | None
    period: Period | None
    place: str


def _entries(nodes: list[LexborNode]) -> list[LexborNode]:
    """At most AT_MOST of `nodes`, without those that lie deep in each other."""
    nodes = nodes[:AT_MOST]
    level: dict[int, int] = {}
    for node in nodes:
        around = node.parent
        while around is not None and around.mem_id not in level:
            around = around.parent
        level[node.mem_id] = level[around.mem_id] + 1 if around is not None else 0
    return [node for node in nodes if level[node.mem_id] <= NESTED_AT_MOST]


def _gone(source: Source, name: str) -> CollectError:
    dutch = f"heeft een andere opmaak: '{name}' is niet meer te vinden; pas de selector aan in sources.toml."
    return changed(source, f"selector '{name}' finds nothing", dutch, SelectorMissing)


def _base(node: LexborNode | None, fetched: Fetched) -> str:
    """What links on the page are seen from."""
    return absolute(_attribute(node, "href"), fetched.url) if node is not None else fetched.url


def _attribute(node: LexborNode, name: str) -> str:
    value = (node.attributes.get(name) or "").strip()
    return value if len(value) <= ADDRESS_AT_MOST else ""


def _text(node: LexborNode, wanted: str) -> str:
    """The words, or the attribute, at the first place that `wanted` selects; empty when there is none."""
    css, _, attribute = wanted.partition("@")
    found = node.css_first(css.strip()) if css.strip() else node
    if found is None:
        return ""
    return _attribute(found, attribute.strip()) if attribute else words(found)


def _link(node: LexborNode, wanted: str) -> str:
    css, _, attribute = wanted.partition("@")
    if not css.strip() and not attribute:
        own = _attribute(node, "href") if node.tag == "a" else ""
        return own or _text(node, "a[href]@href")
    return _text(node, f"{css}@{attribute or 'href'}")


def _moment(node: LexborNode, name: str, options: Mapping[str, object], now: datetime) -> Moment | None:
    if name not in options:
        return None
    return moment_of(_text(node, chosen(options, name)), now=now, pattern=chosen(options, "date_format"))


def _period(node: LexborNode, options: Mapping[str, object], now: datetime) -> Period | None:
    if "date" not in options:
        return None
    pattern = chosen(options, "date_format")
    span = span_of(_text(node, chosen(options, "date")), now=now, pattern=pattern)
    if span is None:
        return None
    start, end = span[0], _moment(node, "end", options, now) or span[1]
    return period_of(start, end, otherwise=Precision(chosen(options, "precision", Precision.DAY)))


def _entry(node: LexborNode, options: Mapping[str, object], now: datetime, base: str) -> _Entry | None:
    """None when there is no title."""
    title = _text(node, chosen(options, "title"))
    if not title:
        return None
    published = _moment(node, "published", options, now)
    address = absolute(_link(node, chosen(options, "link")), base)  # the page itself when there is no link: then no key
    return _Entry(
        id=_text(node, chosen(options, "id"))[:ADDRESS_AT_MOST] if "id" in options else "",
        title=title,
        text=_text(node, chosen(options, "text")) if "text" in options else "",
        link="" if address == base else address,
        published=published.at if published else None,
        period=_period(node, options, now),
        place=_text(node, chosen(options, "place")) if "place" in options else "",
    )


def _items(entries: list[_Entry], fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries as items, each with a key of its own; what stands on the page twice comes once."""
    fixed = chosen(source.options, "category")
    once = list(dict.fromkeys(entries))
    return [
        raw_item(
            fetched,
            source,
            key=key,
            title=entry.title,
            text=entry.text,
            link=entry.link,
            published=entry.published,
            told=Told(entry.period, entry.place, category=Category(fixed) if fixed else None),
        )
        for key, entry in zip(_keys(once), once, strict=True)
    ]


def _without_tracking(link: str) -> str:
    """`link` without what only tells who followed it: the same entry in another campaign is no other entry."""
    address, mark, query = link.partition("?")
    if not mark:
        return link
    kept = "&".join(part for part in query.split("&") if not _TRACKING.match(part))
    return f"{address}?{kept}" if kept else address


def _day(entry: _Entry) -> str:
    return entry.period.start.date().isoformat() if entry.period else ""


def _title(entry: _Entry) -> str:
    return entry.title


def _keys(entries: list[_Entry]) -> list[str]:
    """What each entry is known by: its id, else its link, else its title.

    Two evenings of one festival share a link: the day tells them apart, and where that is the same too, the title.
    """
    keys = [entry.id or _without_tracking(entry.link) or entry.title for entry in entries]
    for telling in (_day, _title):
        times = Counter(keys)
        keys = [
            f"{key}@{apart}" if times[key] > 1 and (apart := telling(entry)) else key
            for key, entry in zip(keys, entries, strict=True)
        ]
    return keys
