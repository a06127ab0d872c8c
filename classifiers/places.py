"""A tokenised Dutch text -> the Places of its event, and the Scope that follows from them (R51)."""

import csv
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from classifiers.errors import TableError
from classifiers.reading import Place
from classifiers.vocabulary import Scope

MUNICIPALITY = "Groningen"
"""The municipality that watches: the only place in the code that names it."""
REGION = frozenset({"Groningen", "Drenthe", "Friesland"})
"""The provinces that count as the region (guideline, `scope`)."""

KINDS = ("gebouw", "plein", "straat", "park", "station", "water", "weg", "gebied", "wijk", "dorp", "stad")
_LEAD = 2
"""Sentences, the title among them, that tell where a report is about."""
_TIER = {"wijk": 1, "dorp": 2, "stad": 3}
"""Rank from specific to general; what is not listed is a spot, and comes first."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of places.toml or places_nl.csv."""

    name: str
    kind: str
    municipality: str | None
    province: str
    latitude: float | None
    longitude: float | None
    aliases: tuple[str, ...]
    exact: bool
    common: bool = False
    """Other towns have one of that name too: it says nothing about where, beside the name of a town."""

    @property
    def area(self) -> Scope:
        if self.municipality == MUNICIPALITY:
            return Scope.MUNICIPALITY
        return Scope.REGION if self.province in REGION else Scope.ELSEWHERE


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name found in a text, and the row it stands for; None for a street that no table knows."""

    start: int
    written: str
    row: _Row | None
    sentence: int
    ahead: bool = False
    """Named as where people travel to: "naar Rotterdam"."""

    @property
    def place(self) -> Place:
        if self.row is None:
            return Place(self.written, "straat", None, None, None)
        return Place(self.written, self.row.kind, self.row.municipality, self.row.latitude, self.row.longitude)


_STREET = re.compile(
    r"(?<![\w[@#])(?:[A-Z][\w'.]*\s+(?:van\s+(?:de[nr]?\s+)?)?){0,2}"
    r"[A-ZÉ][\w'’\-]*?(?:straat|weg|plein|laan|kade|singel|brug|steeg|plantsoen|dreef|kerkhof|dijk|stadion|hallen"
    r"|ziekenhuis|kerk|moskee|park|haven|meer|plas|terrein|molen|pad|wal|drift|brink|heerd)\b"
)
_NOT_ITS_NAME = frozenset(
    "Aan Bij De Deze Dit Die De Een En Het Hun In Langs Maar Met Naar Nu Of Om Op Over Rond Te Tot Tussen Uit Van Vanaf"
    " Via Voor Wie Ook Zowel Langs Achter Onder Richting Vlakbij Tegen Zijn Haar Ons Onze Per".split()
)
"""Capitals that only begin the sentence."""
_OF_A_NAME = frozenset(
    "Nieuwe Oude Grote Kleine Lange Korte Verlengde Gedempte Eerste Tweede Van De Den Sint St. Prins Prinses Koning"
    " Koningin Laan Jan Piet Noorder Zuider Ooster Wester".split()
)
_STOP = re.compile(r"[.!?…]['’\"]?\s|\n")
_STREET_LOWER = re.compile(r"(?<![\w[@])(?:nieuwe |oude )?[a-z]{4,}(?:straat|plein|laan|singel|kade)\b")
_NO_STREET = frozenset(
    """
    almeer autoweg bedrijventerrein binnenplein blokkade bouwterrein brigade brug dijk dorpsplein dorpsstraat
    dwarsstraat eenrichtingsweg evenemententerrein evenementenplein fabrieksterrein feestplein festivalterrein
    fietspad halverwege haven haventerrein hoofdstraat industrieterrein jachthaven kade kerk kerkhof kerkplein
    kermisterrein kroegenstraat laan luchthaven marktplein meer molen moskee onderweg pad park parkeerplein
    parkeerterrein plantsoen plein pretpark ringweg ruiterpad schoolplein singel snelweg sportpark spoorweg
    stadion stationsplein steeg straat terrein thuishaven uitgaansstraat uitweg vaarweg vakantiepark voetpad
    voorplein wandelpad weg winkelplein winkelstraat woonstraat woonwagenterrein zandpad ziekenhuis zijstraat
    """.split()
)
"""Words built like a street's name that name none."""
_ORGANISATION = re.compile(
    r"\b(?:[Ff][Cc]|[Ss][Cc]|[Vv][Vv]|GVAV|ROC|RTV|GGD|GHOR|Be Quick|[Gg]emeente|[Pp]rovincie|[Gg]emeenteraad"
    r"|[Pp]olitie|[Pp]olitiebureau|[Bb]randweer|Rijksuniversiteit|[Uu]niversiteit|[Uu]niversiteit van|Hanzehogeschool"
    r"|[Hh]ogeschool|Hanze|[Vv]eiligheidsregio|[Rr]echtbank|GroenLinks|PvdA|VVD|D66|SP|CDA|PVV|BIJ1|Stadspartij"
    r"|Stadspartij 100% voor|Dagblad|Marketing|[Ss]tudentenbond|[Ss]tudentenvakbond|XR|Extinction Rebellion"
    r"|Extinction Rebellion \(XR\)|Kick Out Zwarte Piet|COC|Koninklijke Horeca|Horeca|[Oo]mgevingsdienst|[Ww]aterschap"
    r"|meldkamer|Museum|[Aa]fdeling|[Dd]istrict|[Bb]asisteam|FNV|HV|Roda JC|Jong|[Pp]ersbureau|[Vv]akbond|[Ss]tichting"
    r"|[Vv]ereniging|Ajax|[Dd]orpsbelangen|[Ww]ijkraad|[Ww]elzijnsorganisatie|[Oo]ndernemersvereniging|WIJ|PEC|NAC|MVV"
    r"|VVV|ADO|RKC|AZ|NEC|Willem II|Go Ahead Eagles|Cambuur|Fortuna|Heracles|De Graafschap|Telstar|TOP|Sparta"
    r"|Feyenoord|Excelsior|Almere City|ACV|Asser|Velocitas|Oranje Nassau|Donar|GIJS|KOZP)\s+$"
)
_AFTERWARDS_ORGANISATION = re.compile(
    r"^(?:\s+(?:Airport|City Club|City Centre|Bereikbaar|Zegt|Seaports|Life|Plus|Fietsstad|FC|United|Boys|Fanatics"
    r"|University)\b|\s*[-–]\s*(?:PSV|Ajax|FC|AZ|NEC|Vitesse|VVG|Heerenveen|Twente|Feyenoord))"
)
_FROM = re.compile(
    r"\b(?:uit|vanuit|afkomstig uit|inwoners? van|supporters? van|aanhang van|studenten van|woont in|wonen in"
    r"|geboren in)\s+(?:de\s+|het\s+)?$",
    re.IGNORECASE,
)
_TO = re.compile(r"\b(?:naar|richting)\s+$")
_IN_PASSING = re.compile(
    r"\b(?:file|ongeluk|ongeval|parkeren|parkeer|parkeerplek|omleiding|omgeleid|flyers|kaartjes|kom(?:en"
    r"|t)? met de (?:fiets|trein|bus|auto)|bussen rijden|omrijden"
    r"|liep(?:en)? het (?:even )?vast|alleen op de|(?:slaap|woon|woont|werk|werkt)(?: ik)?(?: \w+){0,3} in)\b[^.;!?]*$",
    re.IGNORECASE,
)
"""Traffic, parking and where the writer sleeps: named, but nothing happens there."""
_NATIONAL = re.compile(
    r"\b(?:in het hele land|door het hele land|heel nederland|overal in nederland|hele land"
    r"|in tientallen (?:\w+ )?(?:steden|gemeenten|plaatsen)"
    r"|in (?:meer|verschillende|meerdere|veel|alle|diverse|\w+tien|\w+tig) (?:nederlandse |grote )?(?:steden"
    r"|gemeenten)|landelijke (?:actiedag|actiedagen|staking|stakingsdag"
    r"|protestdag|estafette\w*|onderwijsstaking|maatregel\w*|lockdown)|ook op stations in|in twaalf provincies"
    r"|alle provincies)"
)
_REGIONAL = re.compile(
    r"\b(?:in het noorden|noordelijke|noord-nederland|provincie groningen|drenthe|friesland|fryslân|in de regio"
    r"|ommeland\w*|drie provincies|in de provincie)\b"
)


class Places:
    """The gazetteer: every place name it knows, and what a text makes of them.

    Loads `places.toml` (or `path`) and `places_nl.csv` beside it. Raises TableError for a row that is wrong.
    Safe to share between threads.
    """

    names: frozenset[str]
    """Every name and alias as the tables write them: the redactor never takes these for people."""

    def __init__(self, nlp: Language, path: Path | None = None) -> None:
        path = path or Path(__file__).with_name("places.toml")
        rows = [*_rows_of(path), *_settlements(Path(__file__).with_name("places_nl.csv"))]
        self._rows: dict[str, list[_Row]] = {}
        for row in rows:
            for name in (row.name, *row.aliases):
                self._rows.setdefault(_plain(name), []).append(row)
        self.names = frozenset(name for row in rows for name in (row.name, *row.aliases))
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._matcher.add("place", [nlp.make_doc(name) for name in sorted(self.names)])

    def find(self, doc: Doc) -> tuple[Place, ...]:
        """The places of the event that `doc` tells of: most specific first, then in order of mention, each once.

        `doc` is tokenised and cut into sentences. Names inside that of an organisation are left out, as are the
        places people come from and the towns that a report only compares with (guideline, `where`, decision 20).
        """
        text = doc.text
        spans = filter_spans([doc[a:b] for _, a, b in self._matcher(doc) if self._row_for(doc[a:b]) is not None])
        hits = [*self._known(spans, text), *_streets(spans, text)]
        once: dict[object, _Hit] = {}
        for hit in _of_one_area(sorted(hits, key=lambda hit: hit.start), far_away=_is_far_away(text)):
            # "Stad" and "Groningen" are one city.
            town = hit.row is not None and hit.row.kind == "stad" and hit.row.municipality == MUNICIPALITY
            once.setdefault(MUNICIPALITY if town else hit.row.name if hit.row else _plain(hit.written), hit)
        ordered = sorted(once.values(), key=lambda hit: (_TIER.get(hit.place.kind, 0), hit.start))
        return tuple(hit.place for hit in ordered)

    def scope_of(self, places: Sequence[Place], text: str) -> Scope:
        """How far from the municipality it happens. Without any place it is here: the sources are local."""
        lower = text.lower()
        areas = [self._area(place) for place in places]
        known = [area for area in areas if area is not None]
        if not known and _is_far_away(text):
            return Scope.ELSEWHERE
        here, near = known.count(Scope.MUNICIPALITY), known.count(Scope.REGION)
        if _NATIONAL.search(lower) and (here or not known):
            return Scope.NATIONAL
        if here:
            spots = any(p.kind != "stad" for p, a in zip(places, areas, strict=True) if a is Scope.MUNICIPALITY)
            wide = _REGIONAL.search(lower.split("\n", 1)[0]) or (not spots and _REGIONAL.search(lower[:400]))
            return Scope.REGION if near > 1 or wide else Scope.MUNICIPALITY
        if near or (not known and _REGIONAL.search(lower[:400])):
            return Scope.REGION
        return Scope.ELSEWHERE if known else Scope.MUNICIPALITY

    def _area(self, place: Place) -> Scope | None:
        """None for a street that no table knows: it says nothing about where."""
        rows = [row for row in self._rows.get(_plain(place.name), []) if row.municipality == place.municipality]
        if rows:
            return rows[0].area
        return Scope.MUNICIPALITY if place.municipality == MUNICIPALITY else None

    def _known(self, spans: Sequence[Span], text: str) -> Iterator[_Hit]:
        for span in spans:
            if not _part_of_another_name(span, text):
                ahead = _TO.search(text, max(0, span.start_char - 16), span.start_char) is not None
                yield _Hit(span.start_char, span.text, self._row_for(span), _sentence(text, span.start_char), ahead)

    def _row_for(self, span: Span) -> _Row | None:
        rows = self._rows.get(_plain(span.text), [])
        return next((row for row in rows if not row.exact or _written_as_name(span, row)), None)


def _streets(known: Sequence[Span], text: str) -> Iterator[_Hit]:
    """Words built like a street's name that no table knows; lower case only where the text has no capitals."""
    taken = [(span.start_char, span.end_char) for span in known]
    patterns = (_STREET, _STREET_LOWER) if _careless(text) else (_STREET,)
    for pattern in patterns:
        for match in pattern.finditer(text):
            written = _without_lead(match[0], begins=match.start() == 0 or text[match.start() - 1] == "\n")
            start = match.end() - len(written)
            if any(a < match.end() and start < b for a, b in taken) or written.lower().split()[-1] in _NO_STREET:
                continue
            if not _FROM.search(text, max(0, start - 24), start):
                yield _Hit(start, written, None, _sentence(text, start))


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


def _without_lead(written: str, *, begins: bool) -> str:
    """The name without the words before it: "Aan de …", and in a headline "Brand …", have their capital otherwise."""
    first, _, rest = written.partition(" ")
    if rest and (first in _NOT_ITS_NAME or (begins and first not in _OF_A_NAME)):
        return _without_lead(rest.lstrip(), begins=False)
    return written


def _sentence(text: str, offset: int) -> int:
    """The number of the sentence, the title being the first; line breaks end one too."""
    return sum(1 for _ in _STOP.finditer(text, 0, offset))


_FAR = re.compile(
    r"\b(?:utrechtse|amsterdamse|rotterdamse|haagse|eindhovense|arnhemse|nijmeegse|enschedese|zwolse|brabantse"
    r"|limburgse|tilburgse|bredase|haarlemse"
    r"|leidse|zeeuwse|maastrichtse|twentse|gelderse|apeldoornse|deventer|amersfoortse|almeerse|duitse stad|belgische)\s"
)


def _is_far_away(text: str) -> bool:
    """Whether title or lead place the event elsewhere with an adjective ("de Utrechtse wijk"), and nothing near."""
    lead = text[:260].lower()
    return _FAR.search(lead) is not None and not re.search(
        r"\b(?:groning\w*|stadjer\w*|drent\w*|fries\w*|fryslân)\b", lead
    )


def _careless(text: str) -> bool:
    """Whether the writer leaves out capitals, as in many posts: most sentences then begin without one."""
    begins: list[str] = re.findall(r"(?:^|[.!?]\s+|\n)(\w)", text.split("\n", 1)[-1])
    return sum(letter.islower() for letter in begins) * 2 >= len(begins) > 0


def _written_as_name(span: Span, row: _Row) -> bool:
    """Whether `span` has the capitals of a name, and has them for another reason than beginning a sentence."""
    if not any(span.text.endswith(name.split()[-1]) for name in (row.name, *row.aliases)):
        return False
    return len(span) > 1 or not span[0].is_sent_start


def _part_of_another_name(span: Span, text: str) -> bool:
    """ "FC Groningen", "studenten uit Assen": a club, an origin, no place of the event."""
    before, after = text[max(0, span.start_char - 32) : span.start_char], text[span.end_char : span.end_char + 20]
    if _ORGANISATION.search(before) or _AFTERWARDS_ORGANISATION.match(after) or _FROM.search(before):
        return True
    if span.text == MUNICIPALITY and before.endswith("4 Mijl van "):
        return True
    # An account or a topic that only begins with a place: "@groningen_nieuws".
    if before.endswith("@") or after.startswith("_"):
        return True
    return _IN_PASSING.search(text, max(0, span.start_char - 70), span.start_char) is not None


def _of_one_area(hits: list[_Hit], *, far_away: bool) -> Iterator[_Hit]:
    """`hits` without the far places that a report about here names in passing, and the other way round.

    Towns and villages in title and lead settle where it is. In a report from far away the squares and streets are
    not ours, whatever they are called.
    """
    towns = [hit for hit in hits if hit.row and hit.row.kind in ("stad", "dorp")]
    # "De bus naar Rotterdam" leaves from here.
    if any(hit.row and hit.row.area is not Scope.ELSEWHERE for hit in hits):
        towns = [hit for hit in towns if not (hit.ahead and hit.row and hit.row.area is Scope.ELSEWHERE)]
    lead = [hit.row.area for hit in towns if hit.row and hit.sentence < _LEAD]
    if lead or far_away:
        far = not any(area is not Scope.ELSEWHERE for area in lead)
    else:
        near = any(hit.row and hit.row.area is not Scope.ELSEWHERE for hit in hits)
        far = bool(towns) and not near
    ours = not lead or Scope.MUNICIPALITY in lead
    for hit in hits:
        if hit.row is None:
            yield hit
        elif far and hit.row.area is not Scope.ELSEWHERE:
            if hit not in towns and hit.sentence <= _LEAD:
                yield replace(hit, row=_anywhere(hit.row))
        elif far or hit.row.area is not Scope.ELSEWHERE:
            yield hit if ours or not hit.row.common else replace(hit, row=_anywhere(hit.row))


def _anywhere(row: _Row) -> _Row:
    """`row` of which no more is known than its kind: the station square of some other town."""
    return replace(row, municipality=None, province="", latitude=None, longitude=None)


def _rows_of(path: Path) -> Iterator[_Row]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TableError(path.name, "bestand", "leesbaar", f"{path.name} is niet te lezen: {error}.") from error
    rows = table.get("place")
    if not isinstance(rows, list) or not rows:
        raise TableError(path.name, "bestand", "place", f"Zet in {path.name} minstens één rij [[place]].")
    for number, row in enumerate(rows, start=1):
        yield _row_of(path.name, number, row)


_KEYS = frozenset({"name", "kind", "municipality", "province", "lat", "lon", "aliases", "exact", "common"})


def _row_of(file: str, number: int, row: object) -> _Row:
    name = row.get("name") if isinstance(row, dict) else None
    where = f"place {number}" + (f" ({name})" if name and isinstance(name, str) else "")

    def wrong(key: str, advice: str) -> TableError:
        return TableError(file, where, key, f"{file}, {where}: {advice}")

    if not isinstance(row, dict) or not isinstance(name, str) or not name.strip():
        raise wrong("name", "geef de plaats een naam tussen aanhalingstekens.")
    if unknown := sorted(row.keys() - _KEYS):
        raise wrong(unknown[0], f"de sleutel '{unknown[0]}' bestaat niet. Kies uit: {', '.join(sorted(_KEYS))}.")
    if row.get("kind") not in KINDS:
        raise wrong("kind", f"onbekend soort '{row.get('kind')}'. Kies uit: {', '.join(sorted(KINDS))}.")
    for key in ("municipality", "province"):
        if not isinstance(row.get(key, ""), str):
            raise wrong(key, "schrijf een naam tussen aanhalingstekens, of laat de regel weg.")
    for key, low, high in (("lat", 50.0, 54.0), ("lon", 3.0, 8.0)):
        value = row.get(key)
        if value is not None and (not isinstance(value, float | int) or not low <= value <= high):
            raise wrong(key, f"moet een getal tussen {low:g} en {high:g} zijn (graden, WGS84).")
    if ("lat" in row) != ("lon" in row):
        raise wrong("lat", "geef lat en lon allebei, of geen van beide.")
    aliases = row.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) and alias.strip() for alias in aliases):
        raise wrong("aliases", 'schrijf een lijst van namen, zoals ["de Markt"].')
    for key in ("exact", "common"):
        if not isinstance(row.get(key, False), bool):
            raise wrong(key, "kies true of false.")
    municipality = row.get("municipality")
    province = row.get("province", MUNICIPALITY if municipality == MUNICIPALITY else "")
    exact, common = row.get("exact", False), row.get("common", False)
    return _Row(
        name, row["kind"], municipality, province, row.get("lat"), row.get("lon"), tuple(aliases), exact, common
    )


def _settlements(path: Path) -> Iterator[_Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                latitude, longitude = float(row["lat"]), float(row["lon"])
            except (KeyError, TypeError, ValueError) as error:
                advice = f"{path.name}, regel {number}: vul lat en lon in als getal, bijvoorbeeld 53.219."
                raise TableError(path.name, f"regel {number}", "lat", advice) from error
            yield _Row(
                row["naam"],
                row["soort"],
                row["gemeente"] or None,
                row["provincie"],
                latitude,
                longitude,
                (),
                row["exact"] == "ja",
            )
