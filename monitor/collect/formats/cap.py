"""Kind "cap": public warnings, such as those for weather (CAP 1.2 in XML or JSON, and KNMI's own JSON) -> RawItems.

A warning is context for whoever watches events, never an event: its category is always "geen".
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from classifiers import Category, Period, Precision
from monitor.collect.formats.box import Box, box_of, box_option
from monitor.collect.formats.charset import text_of
from monitor.collect.formats.entry import changed, raw_item
from monitor.collect.formats.knmi import Json, more, of_knmi
from monitor.collect.formats.options import Option, Options, chosen, headers, texts, web_address
from monitor.collect.formats.public_warning import (
    COLOURS,
    MOST_POINTS,
    PublicWarning,
    is_test,
    moment_in,
    named,
    names_of,
    number_of,
    point_of,
)
from monitor.collect.formats.xml_tree import BadXml, Node, elements
from monitor.domain import Fetched, RawItem, Source, Told
from monitor.errors import Changed, NotAFeed, SelectorMissing

OPTIONS: Options = {
    "areas": Option('Namen en codes van gebieden; zonder opgave `["Groningen", "GR", "Nederland"]`.', check=texts),
    "box": Option("Het gebied, als [zuid, west, noord, oost] in graden; anders de gemeente met een rand eromheen.",
                  check=box_option),
    "fixed_link": Option("Adres om naar te verwijzen als een bericht er zelf geen heeft.", check=web_address),
    "headers": Option('Sleutel uit de omgeving: `{ Authorization = "env:TORENWACHT_…_KEY" }`.', check=headers),
}  # fmt: skip
LISTS = ("feed", "rss", "RDF", "alerts")
"""Roots of documents that may list warnings."""
_COLOUR = re.compile(r"\b(?:code|kleurcode)\s+(geel|oranje|rood|yellow|orange|red)\b", re.I)
_DEEPEST = 40

__all__ = ["OPTIONS", "more", "parse"]


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """The warnings for our area that are not over; those that were withdrawn as cancelled.

    A list of files, and the address of one, give none: `more` leads on from there. Tests, exercises and drafts give
    none either. Raises Changed for what holds no warnings and is no such list.
    """
    text = text_of(fetched).strip()
    found = _of_json(text, fetched, source) if text[:1] in ("{", "[") else _of_xml(text, fetched, source)
    now = fetched.at
    current = [w for w in found if w.cancelled or w.end is None or w.end >= now]
    return [_item(warning, fetched, source) for warning in current]


def _unreadable(source: Source) -> Changed:
    dutch = "geeft geen waarschuwingen (CAP) die te lezen zijn; controleer het adres in sources.toml."
    return changed(source, "no readable CAP", dutch, NotAFeed)


def _elsewhere(source: Source) -> Changed:
    dutch = "geeft een lijst zonder de waarschuwingen zelf; zoek het adres van de waarschuwingen (CAP)."
    return changed(source, "a list without the warnings themselves", dutch, SelectorMissing)


def _of_xml(text: str, fetched: Fetched, source: Source) -> list[PublicWarning]:
    listed: list[Node] = []
    try:
        found = elements(text, ("alert",), bare=("entry", "item"))
        root = next(found, Node(""))
        warnings, alerts = _of_alerts(_alerts_among(found, listed), fetched, source)
    except BadXml as error:
        raise _unreadable(source) from error
    if not alerts and root.name not in LISTS:
        raise _unreadable(source)
    if listed and not alerts:
        raise _elsewhere(source)
    return warnings


def _alerts_among(found: Iterator[Node], listed: list[Node]) -> Iterator[Node]:
    """The alerts; entries of a list, which may hold none, are put aside in `listed`."""
    for node in found:
        if node.name == "alert":
            yield node
        elif not listed:
            listed.append(node)


def _of_json(text: str, fetched: Fetched, source: Source) -> list[PublicWarning]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable(source) from error
    if isinstance(told, dict):
        if isinstance(told.get("files"), list) or isinstance(told.get("temporaryDownloadUrl"), str):
            return []
        if isinstance(told.get("warnings"), list):
            return list(of_knmi(told, fetched, source))
    warnings, alerts = _of_alerts((_as_node("alert", one) for one in _json_alerts(told)), fetched, source)
    empty = told == [] or (isinstance(told, dict) and any(told.get(name) == [] for name in ("alerts", "features")))
    if not alerts and not empty:
        raise _elsewhere(source)
    return warnings


def _json_alerts(told: object) -> Iterator[Json]:
    """Every object in it that is an alert of CAP, however it is wrapped."""
    left: list[tuple[int, object]] = [(0, told)]
    while left:
        depth, value = left.pop()
        if isinstance(value, dict) and "info" in value and ("identifier" in value or "msgType" in value):
            yield value
        elif depth < _DEEPEST and isinstance(value, dict | list):
            inner = value.values() if isinstance(value, dict) else value
            left.extend((depth + 1, one) for one in reversed(list(inner)))


def _as_node(name: str, value: object, depth: int = 0) -> Node:
    """JSON as if it had been XML: a list is an element repeated."""
    node = Node(name)
    if isinstance(value, dict) and depth < _DEEPEST:
        for key, inner in value.items():
            for one in inner if isinstance(inner, list) else [inner]:
                node.children.append(_as_node(str(key), one, depth + 1))
    elif isinstance(value, str):
        node.words.append(value)
    elif value is not None and not isinstance(value, dict | list):
        node.words.append(str(value))
    return node


def _own(node: Node, name: str) -> str:
    """The words of its own element of that name, not of one further down."""
    return next((words for child in node.children if child.name == name and (words := child.all_words())), "")


def _of_alerts(alerts: Iterable[Node], fetched: Fetched, source: Source) -> tuple[list[PublicWarning], int]:
    """Their warnings, and how many alerts there were. What updates another has the key of the first of its chain."""
    refers: dict[str, str] = {}
    found: list[tuple[str, bool, PublicWarning]] = []
    count = 0
    for alert in alerts:
        count += 1
        identifier = _own(alert, "identifier")
        if _own(alert, "msgType").lower() in ("update", "cancel"):
            refers[identifier] = _earliest(_own(alert, "references"))
        near = list(_of_alert(alert, fetched, source))
        found.extend((identifier, len(near) > 1, warning) for warning in near)
    return [_keyed(_first(identifier, refers), several, warning) for identifier, several, warning in found], count


def _earliest(references: str) -> str:
    """The identifier of the first message of the chain: `sender,identifier,sent` separated by spaces."""
    parts = [reference.split(",") for reference in references.split()]
    chain = [(part[2], part[1]) for part in parts if len(part) == 3]  # noqa: PLR2004 - the three above
    return min(chain)[1] if chain else ""


def _first(identifier: str, refers: Mapping[str, str]) -> str:
    """The message that began the chain; empty for an update that does not say what it updates."""
    passed = set()
    while identifier in refers and identifier not in passed:
        passed.add(identifier)
        identifier = refers[identifier]
    return identifier


def _keyed(identifier: str, several: bool, warning: PublicWarning) -> PublicWarning:
    about = f"{warning.what} {warning.place}".strip()
    parts = (identifier, about if several or not identifier else "")
    return replace(warning, key=" ".join(part for part in parts if part))


def _of_alert(alert: Node, fetched: Fetched, source: Source) -> Iterator[PublicWarning]:
    """Its warnings, without a key."""
    kind = _own(alert, "msgType").lower() or "alert"
    public = _own(alert, "scope").lower() in ("", "public")
    if _own(alert, "status").lower() != "actual" or kind not in ("alert", "update", "cancel") or not public:
        return
    infos = _in_dutch([child for child in alert.children if child.name == "info"])
    if _is_test(alert, infos):
        return
    box, names = box_of(source.options), names_of(source)
    # A withdrawal may come without any part: it says only which message it withdraws.
    for info in infos or ([Node("info")] if kind == "cancel" else []):
        if (place := _place(info, names, box)) is None:
            continue
        yield PublicWarning(
            key="",
            colour=_colour(info),
            what=_own(info, "event"),
            headline=_own(info, "headline") or ("" if infos else "Waarschuwing ingetrokken"),
            text="\n".join(part for part in (_own(info, "description"), _own(info, "instruction")) if part),
            place=place,
            sent=moment_in(_own(alert, "sent"), fetched),
            start=moment_in(_own(info, "onset") or _own(info, "effective") or _own(alert, "sent"), fetched),
            end=moment_in(_own(info, "expires"), fetched),
            cancelled=kind == "cancel" or _own(info, "responseType").lower() == "allclear",
            link=_own(info, "web"),
        )


def _in_dutch(infos: Sequence[Node]) -> Sequence[Node]:
    """The parts in Dutch; else those without a language, else those in the language that comes first."""
    languages = [_own(info, "language").lower() for info in infos]
    wanted = next(
        (one for one in languages if one.startswith("nl")), "" if "" in languages else next(iter(languages), "")
    )
    prefix = wanted[:2]
    return [info for info, told in zip(infos, languages, strict=True) if told[:2] == prefix]


def _is_test(alert: Node, infos: Iterable[Node]) -> bool:
    names = [_own(alert, name) for name in ("identifier", "code", "note")]
    names += [_own(info, name) for info in infos for name in ("event", "headline")]
    return is_test(names, [alert.all_words()])


def _colour(info: Node) -> str:
    """The colour that the source gives; never derived from a severity."""
    for parameter in (child for child in info.children if child.name == "parameter"):
        if _own(parameter, "valueName").lower() in ("awareness_level", "color", "colour", "kleur", "code"):
            for word in re.findall(r"[a-z]+", _own(parameter, "value").lower()):
                if word in COLOURS:
                    return COLOURS[word]
    named = _COLOUR.search(f"{_own(info, 'headline')} {_own(info, 'event')} {_own(info, 'description')}")
    return COLOURS[named[1].lower()] if named else ""


def _place(info: Node, names: Sequence[str], box: Box) -> str | None:
    """The name of the first area that concerns us; empty when none is named, None when none concerns us."""
    areas = [child for child in info.children if child.name == "area"]
    if not areas:
        return ""
    for area in areas:
        codes = [_own(code, "value").lower() for code in area.children if code.name == "geocode"]
        name = _own(area, "areaDesc")
        if named(name, names) or any(wanted.lower() in codes for wanted in names) or _meets(area, box):
            return name
    return None


def _meets(area: Node, box: Box) -> bool:
    for shape in area.children:
        words = shape.all_words()
        if shape.name == "polygon":
            pairs = (word.partition(",") for word in words.split()[:MOST_POINTS])
            ring = [point for south, _, east in pairs if (point := point_of(east, south))]
            if ring and box.meets_ring(ring):
                return True
        elif shape.name == "circle":
            centre, _, radius = words.partition(" ")
            south, _, east = centre.partition(",")
            point, size = point_of(east, south), number_of(radius)
            if point and size is not None and box.meets_circle(*point, size * 1000):
                return True
    return False


def _item(warning: PublicWarning, fetched: Fetched, source: Source) -> RawItem:
    title = warning.headline if _COLOUR.match(warning.headline) or not warning.what else warning.what
    if warning.colour and not _COLOUR.match(title):
        title = f"Code {warning.colour}: {title[:1].lower()}{title[1:]}"
    period = None
    if warning.start:
        later = warning.end is not None and warning.end - warning.start > timedelta(0)
        period = Period(warning.start, warning.end if later else None, Precision.MINUTE)
    return raw_item(
        fetched,
        source,
        key=warning.key,
        title=title or "Waarschuwing",
        text="\n".join(dict.fromkeys(part for part in (warning.headline, warning.text) if part and part != title)),
        link=warning.link,
        # Never the address of the answer: a temporary one, signed with a key, is another at every poll.
        home=chosen(source.options, "fixed_link", source.url),
        published=warning.sent,
        told=Told(period, warning.place, Category.NONE, warning.cancelled),
    )
