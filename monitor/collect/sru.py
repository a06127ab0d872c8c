"""Kind "sru": official publications (KOOP) -> RawItems. Asks for the last days only; deregistrations never come in."""

import re
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

import structlog

from monitor.clock import local
from monitor.collect.charset import text_of
from monitor.collect.entry import changed, raw_item
from monitor.collect.moments import moment_of
from monitor.collect.options import Option, Options, chosen, number, question
from monitor.collect.xml_tree import BadXml, Node, tree_of
from monitor.domain import Fetched, RawItem, Source

OPTIONS: Options = {
    "creator": Option("De uitgever, precies zoals in het register, zoals `Groningen`.", required=True, check=question),
    "organisation": Option("Soort uitgever: `gemeente` (zonder opgave), `provincie`, `ministerie` …", check=question),
    "terms": Option("Zoekwoorden; één ervan moet erin staan. Zonder zoekwoorden komt alles mee.", check=question),
    "days": Option("Zoveel dagen terug wordt gevraagd; zonder opgave 14.", check=number),
}  # fmt: skip

DAYS, PAGE_SIZE = 14, 100
"""What one question asks: newest first, so that a busy fortnight loses nothing between two polls."""

HUMAN_PAGE = "https://zoek.officielebekendmakingen.nl/{}.html"

_DEREGISTRATION = re.compile(
    r"\buitschrijving|\buit te schrijven|\buitgeschreven|vertrokken (?:met )?onbekend"
    r"|\bambtshalve (?:opneming|wijziging)|\bbasisregistratie personen\b|\bBRP\b",
    re.I,
)
"""Notices that one person was taken out of the register of residents: they stand in the same journal."""

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


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """The publications, in the order of the answer, without deregistrations (R19).

    Raises Changed for what is no answer to the question; every diagnostic counts as one, for the service answers an
    unusable question with all it has.
    """
    try:
        tree = tree_of(text_of(fetched))
    except BadXml as error:
        dutch = "geeft geen antwoord dat te lezen is; controleer het adres van de zoekdienst in sources.toml."
        raise changed(source, "no readable answer", dutch) from error
    if tree.name != "searchRetrieveResponse" or tree.all("diagnostic"):
        dutch = "kon onze zoekvraag niet uitvoeren; controleer 'creator' en 'terms' in sources.toml."
        raise changed(source, "the search service reports a fault", dutch)
    records = tree.all("record")
    total = tree.text("numberOfRecords")
    if total.isdecimal() and int(total) > len(records):
        log.warning("more publications than one answer holds", source=source.id, total=int(total), got=len(records))
    kept = [record for record in records if not _is_deregistration(record)]
    if len(kept) < len(records):
        log.info("deregistrations left at the door", source=source.id, count=len(records) - len(kept))
    return [_item(record, fetched, source) for record in kept]


def _is_deregistration(record: Node) -> bool:
    told = [node.all_words() for name in ("title", "type", "subject", "alternative") for node in record.all(name)]
    return bool(_DEREGISTRATION.search("\n".join(told)))


def _item(record: Node, fetched: Fetched, source: Source) -> RawItem:
    identifier = record.text("identifier")
    moments = (moment_of(record.text(name), now=fetched.at) for name in ("available", "date", "modified"))
    published = next((moment.at for moment in moments if moment), None)
    return raw_item(
        fetched,
        source,
        key=identifier,
        title=record.text("title"),
        text=record.text("abstract"),
        link=record.text("preferredUrl") or (HUMAN_PAGE.format(quote(identifier)) if identifier else ""),
        published=published,
    )
