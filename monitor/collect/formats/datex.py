"""Kind "datex": DATEX II, the planning feed of road authorities (NDW) -> RawItems. Unpacked and read in a stream."""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import chain
from math import ceil, floor

import structlog

from classifiers import Category, Period, Precision
from monitor.collect.formats.box import Box, box_of, box_option
from monitor.collect.formats.entry import changed, raw_item
from monitor.collect.formats.moments import moment_of
from monitor.collect.formats.options import Option, Options, chosen, texts, web_address
from monitor.collect.formats.xml_tree import BadXml, Cut, Node, first_words, slices, tree_of
from monitor.domain import Fetched, RawItem, Source, Told
from monitor.domain.area import Point, area_at, areas, metres
from monitor.errors import Changed, NotAFeed

TYPES = ("PublicEvent",)

UNPACKED_AT_MOST = 600_000_000
READ_AT_MOST = 60_000_000
"""Bytes unpacked, and bytes of situations that are read because they may be near."""

AHEAD, OPEN_ENDED = timedelta(days=400), timedelta(days=30)
"""How far ahead a start may lie; and how long after it something without an end is still of now."""

_LAYERS, _MEMBERS = 2, 100_000
"""A gzip file may be packed once more for the road, and consist of many pieces."""
_GZIP, _MAGIC, _STEP = 16 + zlib.MAX_WBITS, b"\x1f\x8b", 262_144

_LONGEST_SITUATION = 4_000_000
_NEAR = 2_000.0
"""Metres from a neighbourhood within which something is still told to be there."""
_LEAD = 160
"""Characters of a description that stand in the title."""

_HEADS = {
    "PublicEvent": "Evenement",
    "MaintenanceWorks": "Wegwerkzaamheden",
    "ConstructionWorks": "Bouwwerkzaamheden",
    "RoadOrCarriagewayOrLaneManagement": "Afsluiting of versmalling",
    "ReroutingManagement": "Omleiding",
    "DisturbanceActivity": "Verstoring",
}  # fmt: skip
_EVENTS = {
    "agriculturalShow": "landbouwtentoonstelling", "airShow": "vliegshow", "artEvent": "kunstevenement",
    "athleticsMeeting": "atletiekwedstrijd", "ballGame": "balwedstrijd", "baseballGame": "honkbalwedstrijd",
    "basketballGame": "basketbalwedstrijd", "beerFestival": "bierfeest", "bicycleRace": "wielerwedstrijd",
    "boatRace": "roei- of zeilwedstrijd", "boatShow": "botenbeurs", "boxingTournament": "bokswedstrijd",
    "ceremonialEvent": "plechtigheid", "commercialEvent": "publieksactie", "concert": "concert",
    "culturalEvent": "cultureel evenement", "exhibition": "tentoonstelling", "fair": "kermis of beurs",
    "festival": "festival", "filmTVMaking": "filmopnamen", "footballMatch": "voetbalwedstrijd", "funfair": "kermis",
    "gardeningOrFlowerShow": "bloemententoonstelling", "hockeyGame": "hockeywedstrijd",
    "horseRaceMeeting": "paardenrennen", "internationalSportsMeeting": "internationale sportwedstrijd",
    "majorEvent": "groot evenement", "marathon": "marathon", "market": "markt", "match": "wedstrijd",
    "motorShow": "autobeurs", "motorSportRaceMeeting": "motorsportwedstrijd", "openAirConcert": "openluchtconcert",
    "parade": "optocht", "procession": "processie of stoet", "raceMeeting": "races",
    "severalMajorEvents": "meer grote evenementen", "show": "show", "showJumping": "springconcours",
    "soundAndLightShow": "licht- en geluidsshow", "sportsMeeting": "sportevenement",
    "stateOccasion": "staatsgelegenheid", "streetFestival": "straatfestival", "tennisTournament": "tennistoernooi",
    "theatricalEvent": "theatervoorstelling", "tournament": "toernooi", "tradeFair": "vakbeurs",
    "waterSportsMeeting": "watersportwedstrijd", "winterSportsMeeting": "wintersportwedstrijd",
}  # fmt: skip
_DELAYS = {
    "negligible": "geen merkbare", "upToTwoMinutes": "tot twee minuten", "upToFiveMinutes": "tot vijf minuten",
    "upToTenMinutes": "tot tien minuten", "betweenTenMinutesAndThirtyMinutes": "tien tot dertig minuten",
    "betweenThirtyMinutesAndOneHour": "een half uur tot een uur", "betweenOneHourAndThreeHours": "een tot drie uur",
    "betweenThreeHoursAndSixHours": "drie tot zes uur", "longerThanSixHours": "meer dan zes uur",
}  # fmt: skip
_INTERNAL = ("internalNote", "dataProcessingNote")
"""Comments that road authorities write to each other."""

Parts = Mapping[str, list[Node]]
"""The elements of one record, by local name."""

log = structlog.get_logger(__name__)


def _types(value: object) -> str | None:
    """Names of record types, as `PublicEvent`."""
    problem = texts(value)
    if problem or not isinstance(value, list):
        return problem
    odd = next((name for name in value if not re.fullmatch("[A-Za-z]{1,60}", name)), None)
    return None if odd is None else f"kent '{odd}' niet; schrijf namen zoals PublicEvent of MaintenanceWorks"


OPTIONS: Options = {
    "box": Option("Het gebied, als [zuid, west, noord, oost] in graden; anders de gemeente met een rand eromheen.",
                  check=box_option),
    "fixed_link": Option("Adres om naar te verwijzen als een bericht er zelf geen heeft.", check=web_address),
    "types": Option('Soorten meldingen; zonder opgave `["PublicEvent"]`, alleen evenementen.', check=_types),
}  # fmt: skip


def parse(fetched: Fetched, source: Source) -> list[RawItem]:
    """What is planned in the box, not over yet and not more than 400 days ahead; of the types that the row names.

    The body may be packed, once or twice. A situation that cannot be read is left out; only the file as a whole must
    be well-formed. Raises Changed. Takes some seconds for the whole country.
    """
    names = source.options.get("types")
    types = tuple(str(name) for name in names) if isinstance(names, list) else TYPES
    box = box_of(source.options)
    perhaps = _sieve(types, box)
    cut = Cut("situation", longest=_LONGEST_SITUATION)
    items: list[RawItem] = []
    read = unreadable = seen = 0
    try:
        for situation in cut.of(_counted(_unpacked(fetched.body), source)):
            seen += 1
            if not perhaps(situation):
                continue
            read += len(situation)
            if read > READ_AT_MOST:
                dutch = (
                    "geeft te veel meldingen in dit gebied; kies in sources.toml een kleiner 'box' of minder 'types'."
                )
                raise changed(source, "too many situations in the box", dutch)
            try:
                tree = tree_of(situation, cut.encoding)
            except BadXml:
                unreadable += 1
                continue
            items.extend(_items(tree, types, box, fetched, source))
    except (BadXml, zlib.error, EOFError) as error:
        raise _unreadable(source) from error
    if unreadable:
        log.warning("situations that cannot be read", source=source.id, count=unreadable)
    if not seen and cut.root not in ("messageContainer", "d2LogicalModel", "payload"):
        raise _unreadable(source)
    return items


def _unreadable(source: Source) -> Changed:
    dutch = "geeft geen planning (DATEX II) die te lezen is; controleer het adres in sources.toml."
    return changed(source, "no readable DATEX II", dutch, NotAFeed)


def _unpacked(body: bytes) -> Iterator[bytes]:
    """The plain bytes, in parts. Raises zlib.error or EOFError for what is no gzip file, or half of one."""
    parts = slices(body)
    for _ in range(_LAYERS):
        first = next(parts, b"")
        parts = chain([first], parts)
        if not first.startswith(_MAGIC):
            break
        parts = _opened(parts)
    return parts


def _opened(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The contents of a gzip file, never more than a step at a time; what stands behind it is padding."""
    unpack, members, held = zlib.decompressobj(_GZIP), 1, b""
    for part in parts:
        left = held + part
        held = b""
        while left:
            if unpack.eof:
                if len(left) < len(_MAGIC):
                    held = left
                    break
                if not left.startswith(_MAGIC) or members == _MEMBERS:
                    return
                unpack, members = zlib.decompressobj(_GZIP), members + 1
            if plain := unpack.decompress(left, _STEP):
                yield plain
            left = unpack.unused_data or unpack.unconsumed_tail
    if rest := unpack.flush():
        yield rest
    if not unpack.eof:
        raise EOFError("packed file is cut off")


def _counted(parts: Iterable[bytes], source: Source) -> Iterator[bytes]:
    """The same; raises Changed when they are more than any country needs."""
    size = 0
    for part in parts:
        size += len(part)
        if size > UNPACKED_AT_MOST:
            dutch = "is uitgepakt groter dan 600 MB; controleer het adres in sources.toml."
            raise changed(source, "too large when unpacked", dutch)
        yield part


def _sieve(types: tuple[str, ...], box: Box) -> Callable[[bytes], bool]:
    """Whether a situation, unread, may hold what we look for: a type, and how a place in the box begins in figures."""
    names = [name.encode() for name in types]
    north, east = _beginnings(box.south, box.north), _beginnings(box.west, box.east)

    def perhaps(situation: bytes) -> bool:
        return (
            any(name in situation for name in names)
            and (not north or any(figures in situation for figures in north))
            and (not east or any(figures in situation for figures in east))
        )

    return perhaps


def _beginnings(low: float, high: float) -> list[bytes]:
    """How every number between these is written up to its first decimal; empty when that tells nothing.

    It does not for a whole degree, which may be written without decimals, nor below zero, nor for wide boxes.
    """
    if low <= 0 or high - low > 2 or ceil(low) <= high:  # noqa: PLR2004 - degrees
        return []
    return [f"{tenth // 10}.{tenth % 10}".encode() for tenth in range(floor(low * 10), floor(high * 10) + 1)]


def _items(situation: Node, types: tuple[str, ...], box: Box, fetched: Fetched, source: Source) -> Iterator[RawItem]:
    header = next((child for child in situation.children if child.name == "headerInformation"), Node(""))
    # A test, an exercise, or something that is for road authorities only.
    if header.text("informationStatus") not in ("", "real"):
        return
    if header.text("confidentiality") not in ("", "noRestriction"):
        return
    for record in situation.children:
        kind = record.attributes.get("type", "").rpartition(":")[2]
        if record.name == "situationRecord" and kind in types:
            point = next((point for point in _points(record) if box.holds(*point)), None)
            if point and (item := _item(record, kind, point, fetched, source)):
                yield item


def _points(record: Node) -> Iterator[Point]:
    """Every point of the record: latitude and longitude in elements, or in a row of GML, latitude first."""
    latitude = None
    for node in record.everything():
        if node.name == "latitude":
            latitude = _degrees(node.all_words())
        elif node.name == "longitude":
            longitude = _degrees(node.all_words())
            if latitude is not None and longitude is not None:
                yield longitude, latitude
            latitude = None
        elif node.name in ("posList", "pos"):
            numbers = [_degrees(word) for word in node.all_words().split()]
            for y, x in zip(numbers[::2], numbers[1::2], strict=False):
                if x is not None and y is not None:
                    yield x, y


_DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,20})?", re.ASCII)


def _degrees(word: str) -> float | None:
    return float(word) if _DEGREES.fullmatch(word) else None


def _item(record: Node, kind: str, point: Point, fetched: Fetched, source: Source) -> RawItem | None:
    """One record; None when it is over, too far ahead, or does not say when it begins."""
    told = record.by_name()
    period = _period(told, fetched.at)
    if period is None:
        return None
    event = _words(told, "publicEventType")
    about = _dutch(told.get("causeDescription", ()))
    comments = [
        words
        for comment in told.get("generalPublicComment", ())
        if comment.text("commentType") not in _INTERNAL and (words := _dutch(comment.all("comment")))
    ]
    place = _dutch(told.get("areaName", ())) or _near(point)
    lead = about or next(iter(comments), "")
    short = lead if len(lead) <= _LEAD else lead[:_LEAD].rsplit(" ", 1)[0] + " …"
    what = [part for part in (_EVENTS.get(event, ""), short or place) if part] or ["zonder toelichting"]
    cancelled = _words(told, "cancel").lower() in ("true", "1")
    category = Category.FOOTBALL if event == "footballMatch" else Category.EVENT
    moments = (
        moment_of(_words(told, f"situationRecord{name}Time"), now=fetched.at) for name in ("Version", "Creation")
    )
    return raw_item(
        fetched,
        source,
        key=record.attributes.get("id", ""),
        title=f"{_HEADS.get(kind, 'Verkeersmaatregel')} volgens wegbeheerder: {' – '.join(what)}",
        text="\n".join(dict.fromkeys(part for part in (about, *comments, _road(told), _delay(told)) if part)),
        link=_words(told, "urlLinkAddress") or chosen(source.options, "fixed_link"),
        published=next((moment.at for moment in moments if moment), None),
        told=Told(period, place, category if kind == "PublicEvent" else None, cancelled),
    )


def _words(told: Parts, name: str) -> str:
    return first_words(told.get(name, ()))


def _period(told: Parts, now: datetime) -> Period | None:
    start = moment_of(_words(told, "overallStartTime"), now=now)
    if start is None or start.at > now + AHEAD:
        return None
    end = moment_of(_words(told, "overallEndTime"), now=now)
    if end is None or end.at <= start.at:
        return Period(start.at, None, Precision.MINUTE) if start.at >= now - OPEN_ENDED else None
    if end.at < now or _words(told, "end").lower() in ("true", "1"):
        return None
    whole_days = not start.exact and not end.exact
    return Period(start.at, end.at, Precision.DAY if whole_days else Precision.MINUTE)


def _dutch(nodes: Iterable[Node]) -> str:
    """The words in these elements, in Dutch where they stand in several languages."""
    found = []
    for node in nodes:
        values = node.all("value")
        dutch = [value for value in values if value.attributes.get("lang", "").lower().startswith("nl")]
        found.append(" ".join(value.all_words() for value in dutch or values[:1]) or node.all_words())
    return " ".join(dict.fromkeys(words for words in found if words))


def _road(told: Parts) -> str:
    names = (_words(told, "roadNumber"), *(_dutch(told.get(name, ())) for name in ("roadName", "locationDescription")))
    road = ", ".join(dict.fromkeys(name for name in names if name))
    return f"Weg: {road}." if road else ""


def _delay(told: Parts) -> str:
    band = _DELAYS.get(_words(told, "delayBand"))
    return f"Vertraging: {band}." if band else ""


def _near(point: Point) -> str:
    """The neighbourhood that holds the point, or the nearest one; empty further away."""
    if area := area_at(*point):
        return area.name
    away, name = min((metres(point, corner), a.name) for a in areas() for ring in a.rings for corner in ring)
    return name if away <= _NEAR else ""
