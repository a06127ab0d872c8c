"""Kind "sru": official publications (KOOP) -> RawItems. Asks for the last days only; deregistrations never come in."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import structlog

from monitor.clock import local
from monitor.collect.formats.charset import text_of
from monitor.collect.formats.entry import changed, raw_item
from monitor.collect.formats.moments import moment_of
from monitor.collect.formats.options import Option, Options, chosen, number, question
from monitor.collect.formats.xml_tree import BadXml, Node, elements
from monitor.domain import Fetched, RawItem, Source
from monitor.errors import Changed, NotAFeed, SelectorMissing

OPTIONS: Options = {
    "creator": Option("De uitgever, precies zoals in het register, zoals `Groningen`.", required=True, check=question),
    "organisation": Option("Soort uitgever: `gemeente` (zonder opgave), `provincie`, `ministerie` …", check=question),
    "terms": Option("Zoekwoorden; één ervan moet erin staan. Zonder zoekwoorden komt alles mee.", check=question),
    "days": Option("Zoveel dagen terug wordt gevraagd; zonder opgave 14.", check=number),
}  # fmt: skip

DAYS, PAGE_SIZE = 14, 100
"""What one question asks: newest first, so that a busy fortnight loses nothing between two polls."""

MOST = 1000
"""Publications in one window: ten pages. The service itself gives up (504) from the ten thousandth."""

HUMAN_PAGE = "https://zoek.officielebekendmakingen.nl/{}.html"

_DEREGISTRATION = re.compile(
    r"\buitschrijving|\buit ?(?:te )?schrijven|\buitgeschreven\b|\bvertrokken (?:met |naar )?(?:een )?onbekend"
    r"|\bbasis ?registratie personen\b|\bbasisadministratie\b|\b(?:BRP|GBA)\b|\bpersoonslijst|\bniet[- ]ingezeten",
    re.I,
)
"""Notices that one person was taken out of the register of residents: they stand in the same journal."""
_OFFICIALLY = re.compile(r"\bambtshalve\b", re.I)
_NO_PERSON = re.compile(r"vergunning|verkeers|ontheffing|omgevings|bestemmings|maatwerk|verordening", re.I)
"""What else is changed "ambtshalve". Anything not named here is taken for the register of residents."""

_READ = {"identifier", "title", "abstract", "description", "preferredUrl", "available", "issued", "date", "modified"}
"""Local names; the prefixes and the record around them differ between collections. Nothing else is looked at (R11)."""
_PROLOG = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?")
_COUNTED = re.compile(rb"<(?:[\w.-]+:)?numberOfRecords(?:\s[^>]*)?>\s*(\d{1,9})\s*<")
_RECORD = re.compile(rb"<(?:[\w.-]+:)?record[\s>]")

log = structlog.get_logger(__name__)


def address(source: Source, now: datetime) -> str:
    """The question, with the window of days that ends `now`.

    `==` because `=` finds "Midden-Groningen" too; `sortBy` in the query because the parameter `sortKeys` is refused;
    no NOT, which changes the search in the text.
    """
    options = source.options
    days = options.get("days", DAYS)
    since = local(now).date() - timedelta(days=days if isinstance(days, int) else DAYS)
    query = (
        'c.product-area=="officielepublicaties"'
        f' AND w.organisatietype=="{chosen(options, "organisation", "gemeente")}"'
        f' AND dt.creator=="{chosen(options, "creator")}" AND dt.available>="{since.isoformat()}"'
    )
    terms = options.get("terms")
    words = [terms] if isinstance(terms, str) else terms
    if isinstance(words, list):
        query += f' AND cql.textAndIndexes any "{" ".join(str(word) for word in words)}"'
    parameters = {
        "operation": "searchRetrieve",
        "version": "2.0",
        "recordSchema": "gzd",
        "startRecord": "1",
        "maximumRecords": str(PAGE_SIZE),
        "query": f"{query} sortBy dt.date/sort.descending",
    }
    return f"{source.url}?{urlencode(parameters, quote_via=quote)}"


def more(fetched: Fetched, source: Source) -> str | None:
    """The same question from the first publication that this answer did not hold; None when it held the last.

    Counts instead of reading, for it runs where others wait.
    """
    counted = _COUNTED.search(fetched.body)
    got = sum(1 for _ in _RECORD.finditer(fetched.body))
    try:
        parts = urlsplit(fetched.url)
        asked = dict(parse_qsl(parts.query))
    except ValueError:
        return None
    start = asked.get("startRecord", "1")
    following = (int(start) if re.fullmatch("[0-9]{1,9}", start) else 1) + got
    if counted is None or not got or following > min(int(counted[1]), MOST):
        return None
    query = urlencode(asked | {"startRecord": str(following)}, quote_via=quote)
    return urlunsplit(parts._replace(query=query))


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """The publications, in the order of the answer, without deregistrations (R19).

    Raises Changed for what is no answer to the question. Every diagnostic counts as one, wherever it stands: the
    service answers an unusable question with all it has, and a half usable one without the half it did not understand.
    """
    items: list[RawItem] = []
    records = barred = 0
    total = ""
    try:
        for node in _answer(fetched, source):
            if node.name == "numberOfRecords":
                total = total or node.all_words()
                if total.isdecimal() and len(total) <= 9 and int(total) > MOST:  # noqa: PLR2004 - figures of a number
                    raise _too_many(source)
            elif node.name == "record":
                records += 1
                record = _unfolded(node)
                if record is None or _is_deregistration(record):
                    barred += 1
                else:
                    items.append(_item(record, fetched, source))
    except BadXml as error:
        raise _unreadable(source) from error
    if barred:
        log.info("deregistrations left at the door", source=source.id, count=barred)
    if not (records or total == "0") or (items and not any(item.title for item in items)):
        dutch = "geeft een antwoord zonder bekendmakingen die te lezen zijn; meld dit aan de beheerder van Torenwacht."
        raise changed(source, "records, titles or their number are missing", dutch, SelectorMissing)
    return items


def _answer(fetched: Fetched, source: Source) -> Iterator[Node]:
    """The parts of the answer that count. Raises Changed at the first sign of a fault; BadXml as xml_tree does."""
    found = elements(text_of(fetched), ("record", "diagnostic", "numberOfRecords"))
    root = next(found, None)
    if root is None or root.name not in ("searchRetrieveResponse", "diagnostics", "diagnostic"):
        raise _unreadable(source)
    if root.name != "searchRetrieveResponse":
        raise _fault(source)
    for node in found:
        if node.name == "diagnostic" or any(inner.name == "diagnostic" for inner in node.everything()):
            raise _fault(source)
        yield node


def _unreadable(source: Source) -> Changed:
    dutch = "geeft geen antwoord dat te lezen is; controleer het adres van de zoekdienst in sources.toml."
    return changed(source, "no readable answer", dutch, NotAFeed)


def _fault(source: Source) -> Changed:
    dutch = "kon onze zoekvraag niet uitvoeren; controleer 'creator' en 'terms' in sources.toml."
    return changed(source, "the search service reports a fault", dutch)


def _too_many(source: Source) -> Changed:
    dutch = f"vindt meer dan {MOST} bekendmakingen; kies in sources.toml minder 'days', of preciezere 'terms'."
    return changed(source, "more publications than can be asked for", dutch)


def _unfolded(record: Node) -> Node | None:
    """The record; its data read from text where the service packed them so (recordXMLEscaping=string).

    None for packed data that cannot be read: nobody can tell whether they are about a person.
    """
    for data in record.all("recordData"):
        packed = _PROLOG.sub("", "".join(data.words))
        if data.children or not packed.startswith("<"):
            continue
        try:
            data.children, data.words = list(elements(f"<packed>{packed}</packed>", ("packed",)))[1:], []
        except BadXml:
            return None
    return record


def _is_deregistration(record: Node) -> bool:
    words = unicodedata.normalize("NFKC", record.all_words())
    words = "".join(c for c in words if unicodedata.category(c) != "Cf")  # a soft hyphen hides no one
    if _DEREGISTRATION.search(words):
        return True
    return bool(_OFFICIALLY.search(words)) and not _NO_PERSON.search(words)


def _item(record: Node, fetched: Fetched, source: Source) -> RawItem:
    told: dict[str, str] = {}
    for node in record.everything():
        if node.name in _READ and not told.get(node.name):
            told[node.name] = node.all_words()
    identifier = told.get("identifier", "")
    moments = (moment_of(told.get(name, ""), now=fetched.at) for name in ("available", "issued", "date", "modified"))
    published = next((moment.at for moment in moments if moment), None)
    return raw_item(
        fetched,
        source,
        key=identifier,
        title=told.get("title", ""),
        text=told.get("abstract") or told.get("description", ""),
        link=told.get("preferredUrl") or (HUMAN_PAGE.format(quote(identifier)) if identifier else ""),
        published=published,
    )
