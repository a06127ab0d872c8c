"""Kind "json": any JSON -> RawItems, by paths: police news, fixtures, holidays. Takes the named fields and no other."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from yarl import URL

from classifiers import Category, Period, Precision, Voice
from monitor.clock import local, midnight
from monitor.collect.formats import social
from monitor.collect.formats.charset import text_of
from monitor.collect.formats.entry import changed, raw_item
from monitor.collect.formats.moments import Moment, moment_of, period_of
from monitor.collect.formats.options import (
    PAGES_AT_MOST,
    Option,
    Options,
    category,
    chosen,
    date_format,
    headers,
    only,
    pages,
    path,
    precision,
    text,
    texts,
    web_address,
)
from monitor.collect.formats.paths import Chain, filled, places, values
from monitor.collect.formats.presets import PRESETS, SOCIAL, completed, known_preset, preset_of, pruned
from monitor.domain import Fetched, RawItem, Source, Told
from monitor.errors import NotAFeed, SelectorMissing


def _text_or_texts(value: object) -> str | None:
    return text(value) if isinstance(value, str) else texts(value)


OPTIONS: Options = {
    "preset": Option(f"Kant-en-klare opties, die u zelf mag aanvullen: {', '.join(PRESETS)}.", check=known_preset),
    "list": Option("Pad naar de berichten, zoals `nieuwsberichten[]`; `[]` als alles één lijst is.", True, path),
    "id": Option("Pad of sjabloon van het kenmerk, dat gelijk blijft als het bericht verandert.", True, path),
    "title": Option("Pad of sjabloon van de titel, zoals `{team1} - {team2}`.", True, path),
    "text": Option("Pad van de inleiding.", check=path),
    "published": Option("Pad van het moment van publicatie.", check=path),
    "start": Option("Pad of sjabloon van het begin, zoals `{date} {time}`.", check=path),
    "end": Option("Pad of sjabloon van het einde; een dag zonder tijd telt mee.", check=path),
    "date_format": Option("Patroon van de datums, zoals `%d-%m-%Y`; anders zoekt Torenwacht zelf.", check=date_format),
    "precision": Option("Hoe precies een begin zonder tijd is: dag, weekend of week.", check=precision),
    "tentative": Option('Bij deze waarden geldt de tijd nog niet, zoals `{ status = ["SCHEDULED"] }`.', check=only),
    "place": Option("Pad van de plaats.", check=path),
    "fixed_place": Option("Vaste plaats van alle berichten, zoals `Euroborg`.", check=text),
    "link": Option("Pad of sjabloon van het adres van het bericht.", check=path),
    "fixed_link": Option("Adres om naar te verwijzen als een bericht er zelf geen heeft.", check=web_address),
    "cancelled": Option("Pad van de stand; bij `true`, afgelast of POSTPONED gaat het niet door.", check=path),
    "category": Option("Vaste categorie van alle berichten.", check=category),
    "team": Option("Club, of al haar namen; alleen thuiswedstrijden tellen, waar `home` deze club is.",
                   check=_text_or_texts),
    "home": Option("Pad van de thuisclub; zonder dit `team1`.", check=path),
    "only": Option('Alleen berichten met deze waarden, zoals `{ region = ["noord"] }`.', check=only),
    "headers": Option('Sleutel uit de omgeving: `{ X-Auth-Token = "env:TORENWACHT_…_KEY" }`.', check=headers),
    "pages": Option(
        f"Zoveel pagina's worden ten hoogste gevraagd, van 1 tot en met {PAGES_AT_MOST}; zonder opgave 1.", check=pages
    ),
    "last": Option("Pad van wat zegt of dit de laatste pagina is; alleen na `false` volgt er een.", check=path),
    "offset": Option("Naam in het adres van het nummer van het eerste bericht; zonder opgave `offset`.", check=text),
    "step": Option("Naam in het adres van het aantal berichten per pagina.", check=text),
    "tags": Option("Alleen bij `mastodon-tag`: beoordeelde hashtags, zonder #, van plaatsen of gebeurtenissen.",
                   check=social.hashtags),
}  # fmt: skip

AT_MOST = 10_000
"""Entries of one answer; more is no list of news."""
LARGEST = 5_000_000
"""Bytes; decoded it takes some twenty times as much memory."""

_FRIDAY = 4
_CANCELLED = frozenset(
    "true ja afgelast geannuleerd vervallen uitgesteld cancelled canceled postponed suspended abandoned".split()
)


def address(source: Source, now: datetime) -> str:
    """What to ask: the address of the source, or for hashtags the timeline of the first of them. Raises Changed."""
    options = completed(source.options)
    if chosen(options, "preset") != SOCIAL:
        return source.url
    for question in social.questions(source.url, social.tags_of(options)):
        return question
    raise changed(source, "no hashtags", "noemt geen hashtags; zet ze bij 'tags' onder [source.options].")


def more(fetched: Fetched, source: Source) -> str | None:
    """The address of the next page, or of the next hashtags; None when this was all, or when the answer does not say.

    Pages are only asked for while `last` says in so many words that there are more, and no more of them than `pages`.
    """
    options = completed(source.options)
    if chosen(options, "preset") == SOCIAL:
        return social.question_after(fetched.url, source.url, social.tags_of(options))
    most = options.get("pages", 1)
    if "last" not in options or not isinstance(most, int) or most <= 1 or not fetched.body:
        return None
    root = _decoded(fetched, source)
    entries = len(places(chosen(options, "list"), (root,), at_most=AT_MOST))
    if not entries or values(chosen(options, "last"), (root,)) != ["false"]:
        return None
    url, name = URL(fetched.url), chosen(options, "offset", "offset")
    step = _count(url, chosen(options, "step")) or entries
    following = _count(url, name) + step
    return str(url.update_query({name: str(following)})) if following < most * step else None


def _count(url: URL, name: str) -> int:
    value = url.query.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= len("1000000") else 0


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """The entries that `only` and `team` let through, in the order of the answer.

    No body at all means no entries (politie.nl answers 204; the fetcher refuses an empty 200). Raises Changed: NotAFeed
    when the answer is no JSON, SelectorMissing when the list, or what decides in all entries, is not there.
    """
    if not fetched.body:
        return []
    options, preset = completed(source.options), preset_of(source.options)
    root = _decoded(fetched, source)
    if preset is not None and preset.keeps is not None:
        root = pruned(root, preset.keeps)
    if chosen(options, "preset") == SOCIAL:
        root = social.stripped(root, social.tags_of(options))
        source = replace(source, voice=Voice.SOCIAL)
    where = chosen(options, "list")
    entries = places(where, (root,), at_most=AT_MOST)
    if not entries and not _is_there(where, root):
        raise _gone(source, "list", where)
    for name, asked in _decisive(options):
        if entries and not any(values(asked, entry) for entry in entries):
            raise _gone(source, name, asked)
    items = [_item(entry, options, fetched, source) for entry in entries if _wanted(entry, options)]
    if items and not any(item.title for item in items):
        raise _gone(source, "title", chosen(options, "title"))
    return items


def _decoded(fetched: Fetched, source: Source) -> object:
    """The body as values. A number stays as it is written, however long; NaN and the infinite are no values at all.

    Raises NotAFeed.
    """
    if len(fetched.body) > LARGEST:
        dutch = (
            f"geeft meer dan {LARGEST // 1_000_000} MB in één keer; "
            "vraag de uitgever om minder tegelijk, of kies in sources.toml een adres dat minder geeft."
        )
        raise changed(source, "JSON is too large", dutch, NotAFeed)
    try:
        return json.loads(text_of(fetched), parse_int=str, parse_float=str, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        dutch = "geeft geen JSON die te lezen is; controleer het adres in sources.toml."
        raise changed(source, "no readable JSON", dutch, NotAFeed) from error


def _gone(source: Source, name: str, where: str) -> Exception:
    dutch = f"heeft een andere opbouw: '{name}' ({where}) is niet meer te vinden; pas het pad aan in sources.toml."
    return changed(source, f"path '{name}' finds nothing", dutch, SelectorMissing)


def _is_there(where: str, root: object) -> bool:
    """Whether the first list on the way exists, so that no entries means: none today."""
    return bool(places(where.split("[]", 1)[0], (root,))) if not where.startswith("[]") else isinstance(root, list)


def _decisive(options: Mapping[str, object]) -> list[tuple[str, str]]:
    """Option and path of what decides whether an entry counts: where none of them has it, all would fall out unseen."""
    found = [("home", chosen(options, "home", "team1"))] if "team" in options else []
    wanted = options.get("only")
    return found + ([("only", str(at)) for at in wanted] if isinstance(wanted, Mapping) else [])


def _one_of(allowed: object) -> frozenset[str]:
    some = [allowed] if isinstance(allowed, str) else allowed
    return frozenset(one for one in some if isinstance(one, str)) if isinstance(some, list | tuple) else frozenset()


def _holds(entry: Chain, table: object) -> bool:
    """Whether the entry has, at every path of `table`, one of its values; also when there is no table."""
    if not isinstance(table, Mapping):
        return True
    return all(not _one_of(allowed).isdisjoint(values(at, entry)) for at, allowed in table.items())


def _wanted(entry: Chain, options: Mapping[str, object]) -> bool:
    at_home = "team" not in options or not _one_of(options["team"]).isdisjoint(
        values(chosen(options, "home", "team1"), entry)
    )
    return at_home and _holds(entry, options.get("only"))


def _moment(entry: Chain, name: str, options: Mapping[str, object], now: datetime) -> Moment | None:
    if name not in options:
        return None
    return moment_of(filled(chosen(options, name), entry), now=now, pattern=chosen(options, "date_format"))


def _period(entry: Chain, options: Mapping[str, object], now: datetime) -> Period | None:
    """When it takes place. A weekend has a day from Friday to Sunday: a round in midweek is on its own day."""
    start = _moment(entry, "start", options, now)
    if start is None:
        return None
    if "tentative" in options and _holds(entry, options["tentative"]):
        start = Moment(midnight(local(start.at).date()), exact=False)
    otherwise = Precision(chosen(options, "precision", Precision.DAY))
    if otherwise is Precision.WEEKEND and start.at.weekday() < _FRIDAY:
        otherwise = Precision.DAY
    return period_of(start, _moment(entry, "end", options, now), otherwise=otherwise)


def _first(entry: Chain, name: str, options: Mapping[str, object]) -> str:
    """The one text at option `name`: a link or a place, of which the first counts."""
    template = chosen(options, name)
    if not template:
        return ""
    return filled(template, entry) if "{" in template else next(iter(values(template, entry)), "")


def _item(entry: Chain, options: Mapping[str, object], fetched: Fetched, source: Source) -> RawItem:
    published = _moment(entry, "published", options, fetched.at)
    fixed = chosen(options, "category") or (Category.FOOTBALL if "team" in options else "")
    status = (
        {value.lower() for value in values(chosen(options, "cancelled"), entry)} if "cancelled" in options else set()
    )
    title, link = filled(chosen(options, "title"), entry), _first(entry, "link", options)
    return raw_item(
        fetched,
        source,
        # Not the shared address of the source: without an id of their own all entries would be versions of one.
        key=filled(chosen(options, "id"), entry) or link or title,
        title=title,
        text=filled(chosen(options, "text"), entry, between="\n") if "text" in options else "",
        link=link or chosen(options, "fixed_link"),
        published=published.at if published else None,
        told=Told(
            period=_period(entry, options, fetched.at),
            place=_first(entry, "place", options) or chosen(options, "fixed_place"),
            category=Category(fixed) if fixed else None,
            cancelled=not status.isdisjoint(_CANCELLED),
        ),
    )
