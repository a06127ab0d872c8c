"""sources test, import and export: what an administrator does with the catalogue; sends decisions on."""

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from textwrap import shorten

from yarl import URL

import classifiers
from classifiers import Category, Reader, Voice
from monitor.clock import now, today
from monitor.collect import KINDS, Fetch, Fetcher, open_cell
from monitor.collect.formats.xml_tree import BadXml
from monitor.collect.guess import feeds_named, kind_of
from monitor.collect.opml import Outline, read_opml, write_opml
from monitor.collect.questions import no_person_asked_for
from monitor.collect.sources import read_sources, source_of
from monitor.commands.approvals import decided, listed
from monitor.commands.summary import kind_word
from monitor.config import Retention, Settings
from monitor.domain import Fetched, Outcome, PersonalDataRisk, Source, SourceState
from monitor.errors import CollectError, ConfigError
from monitor.hosts import Brake, open_house_fetcher
from monitor.render.dutch import count, day, moment
from monitor.render.public_list import to_csv
from monitor.rules.active import active
from monitor.rules.door import IN_DUTCH
from monitor.rules.health import Health, outcome_of
from monitor.store import address_of, open_store
from monitor.store import sources as store_sources
from monitor.work.preview import Line, Preview, preview

FAILED = 1
SHOWN = 15
"""Entries that a test prints."""
_WIDE = 88
_EXTRACT = 160
"""Characters of an extract that are shown."""
_REVIEWED_WITHIN = timedelta(days=365)


async def sources(settings: Settings, args: argparse.Namespace) -> int:
    """The act that was named behind `sources`."""
    match args.sources_command:
        case "test":
            return await _test(settings, args.what, args.kind, args.voice)
        case "import":
            return _import(settings, args.file)
        case "export":
            return _write(_public_list(settings) if args.public else _feeds(settings), args.out)
        case "list":
            return listed(settings)
        case _:
            return await decided(settings, args)


async def _test(settings: Settings, what: str, kind: str, voice: str) -> int:
    """Shows what a source of the catalogue, or an address, would give; keeps nothing."""
    known = {source.id: source for source in read_sources(settings.sources)}
    reader = classifiers.load()
    async with (
        _fetcher(settings) as fetch,
        open_cell() as cell,
    ):
        asked: Fetch = fetch
        if what in known:
            source = known[what]
            no_person_asked_for(settings.sources.name, source, reader)
        elif "://" in what:
            try:
                source, asked = await _guessed(fetch, reader, what, kind, voice)
            except CollectError as error:
                print("\n".join([f"Adres: {what}", *_state(outcome_of(error), error.advice, new=True)]))
                return FAILED
        else:
            advice = f"Er is geen bron '{what}'. Noem een id uit {settings.sources.name}, of een adres met https://."
            raise ConfigError("opdracht", "BRON", advice=advice)
        found = await preview(asked, cell, reader, source, now=now())
    hindrance = _hindrance(settings, source) if what in known else None
    print("\n".join(_in_dutch(source, found, hindrance, new=what not in known)))
    return 0 if found.outcome.good else FAILED


@asynccontextmanager
async def _fetcher(settings: Settings) -> AsyncIterator[Fetcher]:
    """The fetcher of the house, with a store open behind it."""
    with open_store(address_of(settings)) as store:
        async with open_house_fetcher(settings, store, now, Brake(store)) as fetch:
            yield fetch


def _hindrance(settings: Settings, source: Source) -> str | None:
    """Why the source would not be polled now."""
    with open_store(address_of(settings)) as store, store.read() as session:
        return source.hindrance(today(now()), store_sources.approvals_of(session, source.id))


async def _guessed(fetch: Fetch, reader: Reader, address: str, kind: str, voice: str) -> tuple[Source, Fetch]:
    """A source for the address, of the kind that its answer looks like; and a fetch that does not ask twice."""
    row: dict[str, object] = {
        "id": _id_of(URL(address).host or "bron", ()), "name": URL(address).host or address, "publisher": "Onbekend",
        "kind": "feed", "url": address, "voice": voice, "every": "1h", "enabled": False,
    }  # fmt: skip
    source = source_of("opdracht", row)
    no_person_asked_for("opdracht", source, reader)
    if kind:
        row["kind"] = kind
        return _of_kind(source, row), fetch
    first = await fetch(source, None)
    if first is None:
        return source, fetch
    row["kind"] = kind_of(first)
    if row["kind"] == "page":
        for named in feeds_named(first):
            print(f"Deze pagina noemt een feed: {named}")

    async def once(source: Source, state: SourceState | None, address: str = "") -> Fetched | None:
        return await fetch(source, state, address) if address else first

    return _of_kind(source, row), once


def _of_kind(feed: Source, row: dict[str, object]) -> Source:
    """The source of `row`, which was `feed` before its kind was known.

    Raises ConfigError, with the row to fill in on standard output, for a kind that cannot do without options.
    """
    kind = KINDS.get(str(row["kind"]))
    if kind is None:
        return source_of("opdracht", row)  # which says what kinds there are
    if kind.agenda and feed.voice is Voice.NEWS:
        row["voice"] = Voice.AGENDA.value
    given = kind.complete({})
    if any(option.required and key not in given for key, option in kind.options.items()):
        print("\n".join(_row(replace(feed, kind=str(row["kind"]), voice=Voice(str(row["voice"]))), "")))
        advice = (
            f"Dit lijkt een bron van soort '{row['kind']}'. Die heeft opties nodig (zie docs/sources.md). Vul het "
            f"voorstel aan, zet het in sources.toml, en test de bron dan: torenwacht sources test {feed.id}."
        )
        raise ConfigError("opdracht", "BRON", advice=advice)
    return source_of("opdracht", row)


def _in_dutch(source: Source, found: Preview, hindrance: str | None, *, new: bool) -> list[str]:
    lines = [f"{source.name} ({source.id}, soort {source.kind})", f"Adres: {source.url}"]
    if hindrance:
        lines.append(f"Let op: {hindrance} Deze test bewaart niets en meldt niets.")
    lines += _state(found.outcome, found.advice, new=new)
    if not found.lines:
        return lines
    coming_in = sum(line.refused is None for line in found.lines)
    lines += [
        f"{count(len(found.lines), 'bericht', 'berichten')}, waarvan {coming_in} "
        + ("zou binnenkomen" if coming_in == 1 else "zouden binnenkomen")
        + ("." if found.whole else "; de lijst was langer dan wij in één keer lezen."),
        *_rhythm(found.published),
        "Weggehaald vóór opslag: "
        + (", ".join(f"{kind_word(kind)} {number} keer" for kind, number in found.redactions.items()) or "niets")
        + ".",
    ]
    if source.detail:
        lines.append("De pagina's achter de berichten zijn niet gelezen; daarin kunnen meer persoonsgegevens staan.")
    if found.reserved:
        lines.append("De uitgever behoudt tekst- en datamining voor: alleen titel, datum en adres komen binnen.")
    lines += ["", *(line for entry in found.lines[:SHOWN] for line in _entry(entry))]
    if new:
        lines += ["", "Voorstel voor sources.toml (vul aan; zie docs/sources.md):", *_row(source, "")]
    return lines


def _state(outcome: Outcome, advice: str, *, new: bool) -> list[str]:
    """How it went, with what to do."""
    if new and not outcome.good:
        advice = (
            f"{_cause(advice)} Dit adres staat nog niet in sources.toml, dus Torenwacht probeert het niet vanzelf "
            "opnieuw. Open het in een browser, en geef deze opdracht daarna nog eens."
        )
    return [f"Toestand: {Health(outcome.value).word}." + (f" {advice}" if advice else "")]


def _cause(advice: str) -> str:
    """What is wrong, without what only holds for a source of the catalogue: its id, its row, its next turn."""
    cause, _, to_do = re.sub(r"^Bron '[^']*': ", "", advice).partition("; ")
    ours = not to_do or "sources.toml" in to_do or "proberen" in to_do
    return f"{cause.rstrip('.')}." if ours else f"{cause}; {to_do}"


def _rhythm(published: list[datetime]) -> list[str]:
    """How often it publishes, seen from this one look."""
    if not published:
        return []
    newest, oldest = published[0], published[-1]
    if newest - oldest < timedelta(hours=1):
        return [f"Nieuwste bericht: {moment(newest, year=True)}."]
    per_day = len(published) / max((newest - oldest) / timedelta(days=1), 0.05)
    often = f"ongeveer {per_day:.0f} per dag" if per_day >= 1 else f"ongeveer {per_day * 7:.1f} per week"
    return [f"Nieuwste bericht: {moment(newest, year=True)}; {often.replace('.', ',')}."]


def _entry(line: Line) -> list[str]:
    reading = line.item.reading
    when = f"voor {day(reading.period.start)}" if reading.period else "geen dag gevonden"
    if line.refused:
        word = f"blijft buiten ({IN_DUTCH[line.refused]})"
    else:
        kind = "achtergrond" if reading.category is Category.NONE else reading.category.value
        word = f"{kind} {reading.level}" if reading.level else f"{kind}, geen niveau"
    published = day(line.item.published) if line.dated else "zonder publicatiedatum"
    extract = shorten(line.item.extract, _EXTRACT, placeholder=" …")
    return [f"- {published}  {word}, {when}: {line.item.title[:_WIDE]}", *([f"    {extract}"] if extract else [])]


def _import(settings: Settings, file: Path) -> int:
    """Prints a row for every feed of an OPML list that may be a source; none of them starts by itself (R1)."""
    try:
        outlines = read_opml(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        advice = f"Het bestand is niet te lezen ({error.strerror}). Controleer de naam."
        raise ConfigError(str(file), "bestand", advice=advice) from error
    except (BadXml, UnicodeDecodeError) as error:
        advice = "Dit is geen OPML. Exporteer de lijst opnieuw uit uw feedlezer."
        raise ConfigError(str(file), "bestand", advice=advice) from error
    known = read_sources(settings.sources)
    addresses, ids = {source.url for source in known}, {source.id for source in known}
    added = 0
    for outline in outlines:
        if outline.address in addresses:
            print(f"Al bekend: {outline.title}", file=sys.stderr)
            continue
        try:
            source = source_of(file.name, _imported(outline, ids))
        except ConfigError as error:
            print(f"Overgeslagen: {outline.title}. {error.advice}", file=sys.stderr)
            continue
        print("\n".join(["", *_row(source, outline.page)]))
        ids.add(source.id)
        added += 1
    print(
        f"{added} van {len(outlines)} feeds als voorstel. Zet ze in {settings.sources.name}, test elke bron met "
        "'torenwacht sources test ID', en laat haar goedkeuren.",
        file=sys.stderr,
    )
    return 0


def _imported(outline: Outline, taken: Iterable[str]) -> Mapping[str, object]:
    host = URL(outline.address).host if "://" in outline.address else None
    return {
        "id": _id_of(outline.title, taken), "name": outline.title, "publisher": host or outline.title, "kind": "feed",
        "url": outline.address, "voice": "nieuws", "every": "1h", "enabled": False,
    }  # fmt: skip


def _id_of(title: str, taken: Iterable[str]) -> str:
    """Small letters, digits and dashes, and not one of `taken`."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:40].strip("-") or "bron"
    used, number, id = set(taken), 1, stem
    while id in used:
        number += 1
        id = f"{stem}-{number}"
    return id


def _row(source: Source, page: str) -> list[str]:
    """The row of a source that is still to be completed and approved, as TOML."""
    texts = {"id": source.id, "name": source.name, "publisher": source.publisher, "kind": source.kind}
    texts |= {"url": source.url, "voice": source.voice.value, "every": "1h"}
    site = [f"# Site van de uitgever: {page}"] if page.isprintable() and page else []
    kind = KINDS[source.kind]
    needed = [key for key, option in kind.options.items() if option.required and key not in kind.complete({})]
    options = [f'{key} = ""  # {kind.options[key].meaning}' for key in needed]
    return [
        "[[source]]",
        *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in texts.items()),
        "enabled = false",
        *site,
        *(["", "[source.options]", *options] if options else []),
        "",
        "[source.legal]",
        'controller = ""',
        'purpose = ""',
        'lawful_basis = ""',
        'dpia_reference = ""',
        f'personal_data_risk = ""  # {", ".join(PersonalDataRisk)}',
        f"retention_days = {Retention().matched_days}",
        'approved_by_role = ""  # leeg: de bron start niet',
        f"review_date = {today(now()) + _REVIEWED_WITHIN}",
    ]


def _feeds(settings: Settings) -> str:
    """The feeds of the catalogue as OPML."""
    return write_opml("Bronnen van Torenwacht", read_sources(settings.sources))


def _public_list(settings: Settings) -> str:
    """The sources that run now, as anyone may read them (R10)."""
    with open_store(address_of(settings)) as store, store.read() as session:
        approvals = store_sources.approvals(session)
    return to_csv(active(read_sources(settings.sources), approvals, today(now())))


def _write(found: str, out: Path | None) -> int:
    """Into the file, or on standard output."""
    if out is None:
        print(found, end="")
    else:
        out.write_text(found, encoding="utf-8", newline="")
        print(f"Geschreven: {out.resolve()}")
    return 0
