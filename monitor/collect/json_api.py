"""Kind "json": any JSON -> RawItems, by paths: police news, fixtures, holidays. Takes the named fields and no other."""

import json
from collections.abc import Mapping
from datetime import datetime
from itertools import islice

from classifiers import Category, Precision
from monitor.collect.charset import text_of
from monitor.collect.entry import changed, raw_item
from monitor.collect.moments import Moment, moment_of, period_of
from monitor.collect.options import (
    Option,
    Options,
    category,
    chosen,
    date_format,
    headers,
    only,
    path,
    precision,
    text,
    web_address,
)
from monitor.collect.paths import Chain, filled, places, values
from monitor.domain import Fetched, RawItem, Source, Told

OPTIONS: Options = {
    "list": Option("Pad naar de berichten, zoals `nieuwsberichten[]`; `[]` als alles één lijst is.", True, path),
    "id": Option("Pad of sjabloon van het kenmerk, dat gelijk blijft als het bericht verandert.", True, path),
    "title": Option("Pad of sjabloon van de titel, zoals `{team1} - {team2}`.", True, path),
    "text": Option("Pad van de inleiding.", check=path),
    "published": Option("Pad van het moment van publicatie.", check=path),
    "start": Option("Pad of sjabloon van het begin, zoals `{date} {time}`.", check=path),
    "end": Option("Pad of sjabloon van het einde; een dag zonder tijd telt mee.", check=path),
    "date_format": Option("Patroon van de datums, zoals `%d-%m-%Y`; anders zoekt Torenwacht zelf.", check=date_format),
    "precision": Option("Hoe precies een begin zonder tijd is: dag, weekend of week.", check=precision),
    "place": Option("Pad van de plaats.", check=path),
    "fixed_place": Option("Vaste plaats van alle berichten, zoals `Euroborg`.", check=text),
    "link": Option("Pad of sjabloon van het adres van het bericht.", check=path),
    "fixed_link": Option("Adres om naar te verwijzen als een bericht er zelf geen heeft.", check=web_address),
    "cancelled": Option("Pad van de stand; bij `true`, afgelast of POSTPONED gaat het niet door.", check=path),
    "category": Option("Vaste categorie van alle berichten.", check=category),
    "team": Option("Club; alleen thuiswedstrijden tellen, dus waar `team1` (of `home`) deze club is.", check=text),
    "home": Option("Pad van de thuisclub; zonder dit `team1`.", check=path),
    "only": Option('Alleen berichten met deze waarden, zoals `{ region = ["noord"] }`.', check=only),
    "headers": Option('Sleutel uit de omgeving: `{ X-Auth-Token = "env:TORENWACHT_…_KEY" }`.', check=headers),
}  # fmt: skip

AT_MOST = 10_000
"""Entries of one answer; more is no list of news."""

_CANCELLED = frozenset(
    "true ja afgelast geannuleerd vervallen uitgesteld cancelled canceled postponed suspended abandoned".split()
)


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries that `only` and `team` let through, in the order of the answer.

    No body at all means no entries (politie.nl answers 204; the fetcher refuses an empty 200). Raises Changed when the
    answer is no JSON, when the list is not there, or when no entry has a title.
    """
    if not fetched.body:
        return []
    try:
        root: object = json.loads(text_of(fetched))
    except (ValueError, RecursionError) as error:
        dutch = "geeft geen JSON die te lezen is; controleer het adres in sources.toml."
        raise changed(source, "no readable JSON", dutch) from error
    options = source.options
    where = chosen(options, "list")
    entries = list(islice(places(where, (root,)), AT_MOST))
    if not entries and not _is_there(where, root):
        dutch = f"heeft een andere opbouw: 'list' ({where}) is niet meer te vinden; pas het pad aan in sources.toml."
        raise changed(source, "path 'list' finds nothing", dutch)
    items = [_item(entry, options, fetched, source) for entry in entries if _wanted(entry, options)]
    if items and not any(item.title for item in items):
        dutch = "heeft een andere opbouw: 'title' is niet meer te vinden; pas het pad aan in sources.toml."
        raise changed(source, "path 'title' finds nothing", dutch)
    return items


def _is_there(where: str, root: object) -> bool:
    """Whether the first list on the way exists, so that no entries means: none today."""
    return bool(places(where.split("[]", 1)[0], (root,))) if not where.startswith("[]") else isinstance(root, list)


def _wanted(entry: Chain, options: Mapping[str, object]) -> bool:
    if "team" in options and chosen(options, "team") not in values(chosen(options, "home", "team1"), entry):
        return False
    wanted = options.get("only")
    if not isinstance(wanted, Mapping):
        return True
    return all(
        not {allowed}.isdisjoint(values(at, entry))
        if isinstance(allowed, str)
        else not set(allowed).isdisjoint(values(at, entry))
        for at, allowed in wanted.items()
    )


def _moment(entry: Chain, name: str, options: Mapping[str, object], now: datetime) -> Moment | None:
    if name not in options:
        return None
    return moment_of(filled(chosen(options, name), entry), now=now, pattern=chosen(options, "date_format"))


def _first(entry: Chain, name: str, options: Mapping[str, object]) -> str:
    """The one text at option `name`: a link or a place, of which the first counts."""
    template = chosen(options, name)
    if not template:
        return ""
    return filled(template, entry) if "{" in template else next(iter(values(template, entry)), "")


def _item(entry: Chain, options: Mapping[str, object], fetched: Fetched, source: Source) -> RawItem:
    start, published = _moment(entry, "start", options, fetched.at), _moment(entry, "published", options, fetched.at)
    otherwise = Precision(chosen(options, "precision", Precision.DAY))
    fixed = chosen(options, "category") or (Category.FOOTBALL if "team" in options else "")
    status = (
        {value.lower() for value in values(chosen(options, "cancelled"), entry)} if "cancelled" in options else set()
    )
    return raw_item(
        fetched,
        source,
        key=filled(chosen(options, "id"), entry),
        title=filled(chosen(options, "title"), entry),
        text=filled(chosen(options, "text"), entry, between="\n") if "text" in options else "",
        link=_first(entry, "link", options) or chosen(options, "fixed_link"),
        published=published.at if published else None,
        told=Told(
            period=period_of(start, _moment(entry, "end", options, fetched.at), otherwise=otherwise) if start else None,
            place=_first(entry, "place", options) or chosen(options, "fixed_place"),
            category=Category(fixed) if fixed else None,
            cancelled=not status.isdisjoint(_CANCELLED),
        ),
    )
