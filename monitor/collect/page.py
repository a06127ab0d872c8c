"""Kind "page": an HTML page with a list -> RawItems, by CSS selectors. Follows no link."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from classifiers import Category, Precision
from monitor.collect.charset import text_of
from monitor.collect.entry import changed, raw_item
from monitor.collect.moments import Moment, moment_of, period_of
from monitor.collect.options import Option, Options, category, chosen, date_format, precision, selector
from monitor.domain import Fetched, RawItem, Source, Told

OPTIONS: Options = {
    "list": Option("Selector van één bericht in de lijst, zoals `main article`.", required=True, check=selector),
    "title": Option("Selector van de titel, binnen het bericht.", required=True, check=selector),
    "text": Option("Selector van de inleiding, binnen het bericht.", check=selector),
    "date": Option("Selector van de dag waarop het plaatsvindt; met `@naam` voor een attribuut.", check=selector),
    "end": Option("Selector van de laatste dag, of van het einde.", check=selector),
    "published": Option("Selector van de dag van publicatie.", check=selector),
    "date_format": Option(
        "Patroon van de datums, zoals `%d %B %Y`; maanden in het Nederlands. Anders zoekt Torenwacht zelf.",
        check=date_format,
    ),
    "place": Option("Selector van de plaats.", check=selector),
    "link": Option("Selector van de koppeling naar het hele bericht; anders de eerste koppeling.", check=selector),
    "category": Option("Vaste categorie van alle berichten.", check=category),
    "precision": Option("Hoe precies een dag zonder tijd is: dag, weekend of week.", check=precision),
}

_RESERVED = 'meta[name="tdm-reservation"][content="1"]'


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries in the order of the page.

    Raises Changed when the list, every title or every date is gone: the page was rebuilt, and a person has to look.
    """
    if not fetched.body.strip():
        raise changed(source, "empty answer", "geeft een lege pagina (0 bytes); controleer het adres in sources.toml.")
    tree = LexborHTMLParser(text_of(fetched))
    options = source.options
    nodes = tree.css(chosen(options, "list"))
    if not nodes:
        raise _gone(source, "list")
    if tree.css_matches(_RESERVED):
        options = {name: value for name, value in options.items() if name != "text"}
    titled = [node for node in nodes if _text(node, chosen(options, "title"))]
    if not titled:
        raise _gone(source, "title")
    for name in ("date", "published"):
        if name in options and not any(_moment(node, name, options, fetched.at) for node in titled):
            raise _gone(source, name)
    items = [_item(node, options, fetched, source) for node in titled]
    shared = {key for key, times in Counter(item.key for item in items).items() if times > 1}
    return [_told_apart(item) if item.key in shared else item for item in items]


def _told_apart(item: RawItem) -> RawItem:
    """Two evenings of one festival share title and link; the day tells them apart."""
    period = item.told.period
    return replace(item, key=f"{item.key}@{period.start.date().isoformat()}") if period else item


def _gone(source: Source, name: str) -> Exception:
    dutch = f"heeft een andere opmaak: '{name}' is niet meer te vinden; pas de selector aan in sources.toml."
    return changed(source, f"selector '{name}' finds nothing", dutch)


def _text(node: LexborNode, wanted: str) -> str:
    """The words, or the attribute, at the first place that `wanted` selects; empty when there is none."""
    css, _, attribute = wanted.partition("@")
    found = node.css_first(css.strip()) if css.strip() else node
    if found is None:
        return ""
    if attribute:
        return (found.attributes.get(attribute.strip()) or "").strip()
    return " ".join(found.text(separator=" ", strip=True).split())


def _moment(node: LexborNode, name: str, options: Mapping[str, object], now: datetime) -> Moment | None:
    if name not in options:
        return None
    return moment_of(_text(node, chosen(options, name)), now=now, pattern=chosen(options, "date_format"))


def _link(node: LexborNode, wanted: str) -> str:
    css, _, attribute = wanted.partition("@")
    if not css.strip() and not attribute:
        own = node.attributes.get("href") if node.tag == "a" else None
        return own or _text(node, "a[href]@href")
    return _text(node, f"{css}@{attribute or 'href'}")


def _item(node: LexborNode, options: Mapping[str, object], fetched: Fetched, source: Source) -> RawItem:
    start, published = _moment(node, "date", options, fetched.at), _moment(node, "published", options, fetched.at)
    title, link = _text(node, chosen(options, "title")), _link(node, chosen(options, "link"))
    otherwise = Precision(chosen(options, "precision", Precision.DAY))
    fixed = chosen(options, "category")
    return raw_item(
        fetched,
        source,
        key=link or title,
        title=title,
        text=_text(node, chosen(options, "text")) if "text" in options else "",
        link=link,
        published=published.at if published else None,
        told=Told(
            period=period_of(start, _moment(node, "end", options, fetched.at), otherwise=otherwise) if start else None,
            place=_text(node, chosen(options, "place")) if "place" in options else "",
            category=Category(fixed) if fixed else None,
        ),
    )
