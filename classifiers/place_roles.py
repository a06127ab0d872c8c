"""A place name in its sentence -> its Role: where it happens, or where people come from, park or were last year."""

import re
from enum import Enum

from classifiers.gazetteer import MUNICIPALITY
from classifiers.place_index import Words


class Role(Enum):
    """What a text names a place for."""

    EVENT = "event"
    ROUTE = "route"
    """Along the way: a march passes it. A place of the event, after the others."""
    TAG = "tag"
    """A topic, a date line or the name of a chat group: tells where the writer is."""
    BESIDE = "beside"
    """Another edition, another evening, a denial, a counter to object at: counts when nothing else is named."""
    TRAVEL = "travel"
    """Parking, detours, trains. No place of the event."""
    AUTHORITY = "authority"
    """Whose permit or order it is: "de gemeente Groningen". The last to count, when nothing else is named."""
    NAME = "name"
    """Inside the name of a club or organisation, or where people come from. No place at all (decision 20)."""


def _listed(patterns: str) -> list[str]:
    """The patterns, parted by " / " or the end of a line."""
    return [p.strip() for p in re.split(r"\s/\s|\n", patterns.strip()) if p.strip()]


def _either(patterns: str) -> str:
    """The listed patterns as one."""
    return "(?:" + "|".join(_listed(patterns)) + ")"


_NO_LETTERS = re.compile(r"\(\?:(?:[^()]|\([^()]*\))*\)[?*+]?(?:\{[^}]*\})?|\\.[*+?]?|\[[^\]]*\](?:\{[^}]*\})?|.\?")
"""Parts of a pattern that are no letters of their own, or may be left out."""


class _Cue:
    """One of many phrases, between `before` and `after`. Most sentences have no letters of any: those cost little."""

    def __init__(self, phrases: str, *, before: str = r"\b", after: str = r"\b") -> None:
        self._pattern = re.compile(f"{before}{_either(phrases)}{after}", re.IGNORECASE)
        stems = {max(_NO_LETTERS.sub("\0", p).split("\0"), key=len).strip().lower() for p in _listed(phrases)}
        self._stems = tuple(sorted(stems, key=len))

    def search(self, text: str) -> "re.Match[str] | None":
        lower = text.lower()
        if not any(stem in lower for stem in self._stems):
            return None
        return self._pattern.search(text)


_MONTH = _either(
    "januari / februari / maart / april / mei / juni / juli / augustus / september / oktober / november / december"
)
_THE = r"(?:(?:de|het|'t|t|the) )?"

_CLUB = _either(
    """
    [Ff][Cc] / [Ss][Cc] / [Vv]\\.?[Vv]\\.? / [Cc][Vv][Vv] / GVAV / GRC / HV / SJO / MHV / Be Quick / Roda JC / Jong
    Ajax
    PEC / NAC / MVV / VVV / ADO / RKC / AZ / NEC / PSV / Willem II / Go Ahead Eagles / Cambuur / Fortuna / Heracles
    De Graafschap / Telstar / TOP / Sparta / Feyenoord / Excelsior / Almere City / ACV / Asser / Velocitas
    Oranje Nassau
    Donar / GIJS / LTC / DVS / Achilles / Oranje
    """
)
_BODY = _either(
    """
    ROC / RTV / GGD / GGZ / GHOR / COC / FNV / CNV / XR / WIJ / KOZP / SP / CDA / PVV / VVD / D66 / PvdA / BIJ1
    GroenLinks(?:-PvdA)? / Stadspartij / Stadspartij 100% voor / Dagblad / Marketing
    Extinction Rebellion(?: \\(XR\\))?
    Kick Out Zwarte Piet / Koninklijke Horeca / Horeca / Museum / Hanze / Hanzehogeschool / Rijksuniversiteit
    University of / Indymedia / O[Oo][Gg] / Politiechef / [Pp]rovincies? / [Pp]olitie(?:bureau|eenheid|team)?
    [Bb]randweer
    [Uu]niversiteit(?: van)? / [Hh]ogeschool / [Vv]eiligheidsregio / [Rr]echtbank / [Ss]tuden?te?n(?:vak)?bond
    [Oo]mgevingsdienst / [Ww]aterschap / [Mm]eldkamer / [Aa]fdeling / [Dd]istrict / [Bb]asisteam / [Pp]ersbureau
    [Vv]akbond
    [Ss]tichting / [Vv]ereniging / [Hh]armonie(?:orkest)? / [Ff]anfare / [Kk]oor / [Dd]orpsbelangen? / [Ww]ijkraad
    [Dd]orpsraad / [Ww]elzijnsorganisatie / [Oo]ndernemersvereniging / [Vv]redesberaad / [Pp]latform / [Cc]omité
    [Ww]erkgroep / D[Jj] / MC / [Tt]eam / [Mm]oskeebestuur / [Cc]orporatie
    """
)
_NAME_BEFORE = re.compile(rf"\b(?:{_CLUB}|{_BODY})[\s/-]+$")
_NAME_AFTER = re.compile(
    r"^(?:\s+"
    + _either(
        """
        Airport / City Club / City Centre / Bereikbaar / Zegt / Seaports / Life / Plus / Fietsstad / FC / United
        Boys
        Fanatics / Leeft / University / Marketing / Promotion / Festivals? / Digital / Pride / Nieuws / Events / Hotel
        Journaal / [12]\\d{3}(?! uur)
        """
    )
    + r"\b|\s*[-–]\s*"
    + _either(
        """
        PSV / Ajax / FC / AZ / NEC / NAC / PEC / Vitesse / VVG / Heerenveen / Twente / Feyenoord / Sparta / Utrecht
        Cambuur
        Excelsior / [Ss][Cc] / Heracles / Roda / ADO / Emmen / VVV / Almere / Telstar / Volendam
        Fortuna / Go Ahead / Everton
        """
    )
    + r"|\.nl\b|-\s?uit\b|\s(?:wint|verliest|won|verloor|speelt (?:thuis|uit))\b)"
)
_AUTHORITY_BEFORE = re.compile(
    r"\b(?:(?:burgemeesters?|wethouders?|college|(?:gemeente)?raad|brandweer|gemeente|driehoek) van (?:de gemeente )?"
    r"|gemeente(?:raad)? )$",
    re.IGNORECASE,
)
_PERSON_OF_BEFORE = re.compile(
    r"(?:"
    + _either(
        """
        arts / artsen / voerders? / voerster / leraar / kundigen? / bestuur / bestuurder / directie / directeur
        docenten?
        chirurg / rector / medewerkers? / ondernemers / winkeliers / commissaris / deken / korpsen / korps
        politie / clubs?
        kerken / bisdom / gedeputeerde / chef / agent / rechter / advocaat / voorzitter / secretaris / trainer
        aanvoerder
        spelers
        """
    )
    + rf"|\[naam\]) van {_THE}$|\[naam\],[^,.;]{{0,40}} (?:in|uit|van) $|\bgerechtshof (?:in|te|van) $",
    re.IGNORECASE,
)
_OF_BEFORE = re.compile(rf"(?:van|in|uit|te) {_THE}$", re.IGNORECASE)
_LONGEST_OF = len("van the ")
"""How all of those end: looked at first, for few names follow such a word."""
_FROM = re.compile(
    r"\b"
    + _either(
        """
        uit / afkomstig uit / inwoners? van / bewoners? van / supporters? van / fans van / aanhang(?:ers)? van
        studenten van / jongeren van / jeugd van / leerlingen van / boeren van / woont in / wonen in / woonachtig in
        geboren in / richting van / volgens / from / út / die van
        """
    )
    + r"\s+(?:(?:de|het|ut|t|'t|the|hele|heel|omgeving|buurt|stad)\s+)*$|\buit \w+ in $",
    re.IGNORECASE,
)
_OPPONENT = re.compile(
    r"\b"
    + _either(
        """
        tegen / versus / vs\\.? / thuis tegen / duel / kaarten / combi / duel met / wedstrijd met / treffen met
        gewonnen van
        verloren van
        """
    )
    + r"\s+$|\bFC Groningen\s*(?:[-–]|en|of)\s*$"
    r"|(?:wedstrijd|duel|derby|kraker|potje)\s+(?:tussen\s+)?(?:\w+\s+)?\w+\s*(?:en|[-–])\s*$",
    re.IGNORECASE,
)
_TRAVEL_BEFORE = _Cue(
    r"""
    files? / parkeren / parkeer / geparkeerde? / parkeerplekken / carpool\w* / transferium / omrijden / afrit
    afslag / pendelbus\w* / shuttlebus\w* / buslijn\w* / nachttrein\w* / nachtbus\w* / extra treinen
    veerboot / ongeluk / ongeval
    het vast / het even vast / alleen op de / opstopping\w* / verkeer van / bussen (?:rijden|vertrekken|through)
    """,
    after=r"\b[^.;!?\n:]*$",
)
_RIDE_BEFORE = _Cue(
    r"""
    (?:bussen|bus|treinen|trein|traain) terug / (?<!open )(?:bus|trein)(?:en)? van(?:af|uit)? / (?:bus|trein)(?:en)? uit
    (?:laatste|eerste|extra) bus / (?:laatste|eerste|extra) trein / stadsbus / vervoer / busreis / bereikbaar
    instappen / opstap\w* / flyers / kom(?:en|t)? met de (?:fiets|trein|bus|auto) / (?:over)?gebracht naar
    vervoerd naar
    meegenomen naar / (?:naar|in) het ziekenhuis / slachtoffer\w*(?: \w+){0,3} naar / (?:bus|trein)\w* strandde
    trein [\d.:]+ / (?:bus|trein)\w* rijdt / slaap / woont? / werkt? / omleiding\w* / omgeleid / omrijroute
    """,
    after=r"\b[^.,;!?\n:]{0,40}$",
)
_BLOCKED = re.compile(
    r"\b(?:blokk\w+|blokkade\w*|bezet\w*|stil(?:gelegd|gezet)|dichtgezet|dicht|afgesloten|versper\w+)\b"
)
"""Where traffic is the matter itself, a road is the place of it."""
_TOWARDS = re.compile(
    r"\b(?:richting|richten|towards|tot voorbij|voorbij|tot in|tot op|file tot|files tot)\s+(?:de |het )?$",
    re.IGNORECASE,
)
_BROUGHT_AFTER = re.compile(
    r"^[^.;!?\n,]{0,12}\b"
    r"(?:gebracht|overgebracht|vervoerd|doorverwezen|losgelaten|vrijgelaten|heengezonden|vastgezet|begeleid|aankwam"
    r"|terugrijden)\b"
)
_OTHER_TIME = _Cue(
    rf"""
    vorige? (?:jaar|seizoen|editie|keer|ontmoeting|oud en nieuw|jaarwisseling|edities)
    volgende? (?:week|maand|jaar|keer) / vorige (?:week|maand) (?:was|stond|stonden|waren|ging)
    een (?:week|dag|avond|jaar|maand) later / een (?:week|dag|avond|jaar|maand) eerder
    een (?:week|dag|avond|jaar|maand) nadat / een jaar geleden / jaren geleden / destijds / indertijd
    eerder (?:deze|die|dit|dat|al|was|waren|werd|stond) / ook al (?:eens|een) / ooit / toen nog / oorspronkelijk
    (?:dag|avond|nacht|week|middag) ervoor / (?:dag|avond|nacht|week|middag) erna
    (?:dag|avond|nacht|week|middag) daarvoor / (?:dag|avond|nacht|week|middag) daarna
    (?:dag|avond|nacht|week|middag) eerder / (?:dag|avond|nacht|week|middag) later / in 20[012]\d / van 20[012]\d
    in 19\d\d / weken (?:geleden|ervoor|na hun|na de) / (?:bij|na) (?:de|hun) eerste(?: actie)?
    (?:die|waar|toen|daar|er) vorige (?:week|maand|\w+dag) / (?:die|waar|toen|daar|er) afgelopen (?:week|maand|\w+dag)
    (?:eind|begin|half|medio|in) {_MONTH} was / (?:eind|begin|half|medio|in) {_MONTH} werd
    (?:eind|begin|half|medio|in) {_MONTH} ging / (?:eind|begin|half|medio|in) {_MONTH} brandde
    (?:eind|begin|half|medio|in) {_MONTH} waren / (?:eind|begin|half|medio|in) {_MONTH} ston
    (?:eind|begin|half|medio|in) {_MONTH} kwamen / pas (?:in|op) (?:\d+ )?{_MONTH}
    ander (?:besluit|feest|duel) / sinds het
    """,
    before=r"(?<!als )(?<!dan )(?<!zoals )(?<!sinds )\b",
    after="",
)
_NOW = re.compile(r"\b(?:nu|dit jaar|deze keer|ditmaal|dit keer|vandaag|vanavond|vanmiddag|morgen|zaterdag|zondag)\b")
_DENIED_BEFORE = re.compile(
    r"\b(?:niet (?:in|op|bij|naar|via|door|langs|over)|in plaats van|maar niet)\s+(?:\w+\s+){0,2}$"
    r"|\b(?:verplaatst|verhuist|verhuisde?n?|verhuizen|verplaatsen|wijkt uit)\b[^.;!?\n]{0,30} van (?:de |het )?$"
    r"|\bvanuit $|\bniet $",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^[^.;!?\n]{0,40}\b"
    + _either(
        """
        gebeurde (?:er )?(?:vrijwel |bijna )?niets / hoor(?:t|en) hier niet bij / niets gebrand / niets gepland
        sta(?:at|an) (?:hier )?los / hier los van / verandert niets / geen gevolgen / bleef het (?:rustig|stil)
        niets aan de hand / gaat gewoon door / heeft daar niets mee / gaat niet door / blijft het (?:rustig|stil)
        zou(?:den)? worden gehouden / was gepland / was eerst gepland
        """
    )
    + r"\b",
    re.IGNORECASE,
)
_COUNTER = _Cue(
    r"""
    ter inzage / loket / inzien / in te zien / inloop\w* / spreekuur / informatieavond / bewonersavond
    informatiebijeenkomst / evaluatie / bezwaar\w* / zienswijze\w* / balie / bureau / aangifte / ophalen / op te halen
    af te halen / verkrijgbaar / voorverkoop\w* / opgave / opgeven / inleveren / oude kantoor / redactie
    secretariaat
    hoofdkantoor / verdiept zich / praat over / praten over / praat de raad over / vergaderde over / training
    parkeergarage / (?:dichtstbijzijnde|nabije) woning / woning aan
    (?:over|tegen) (?:\w+ ){0,2}(?:nood)?opvang\w* (?:\w+ )?(?:aan|in|op|aant)
    (?:over|tegen) (?:\w+ ){0,2}azc (?:\w+ )?(?:aan|in|op|aant)
    (?:over|tegen) (?:\w+ ){0,2}sloop (?:\w+ )?(?:aan|in|op|aant)
    (?:over|tegen) (?:\w+ ){0,2}plan\w* (?:\w+ )?(?:aan|in|op|aant)
    """,
    after=r"\b[^.;!?\n]{0,60}$",
)
_ROUTE = re.compile(
    r"\b(?:via|langs|door|over|through|past|passeert|route:?)\s+(?:de |het |'t |t "
    r"|the )?(?:(?-i:[a-z]\w+) van (?:de |het )?)?$",
    re.IGNORECASE,
)
_GROUP_TITLE = re.compile(
    r"^\W*(?:\[\w+\]\W*)?(?:\w+ ){0,3}"
    r"(?:jodel|(?:buurt|groeps|klassen|app|whatsapp|facebook)-?(?:groep|app)\w*|groep|nextdoor|telegram\w*|facebook"
    r"|instagram|snap\w*|discord|mastodon|reddit|kanaal|bericht van|verhaal op)\b[^\n]*$",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(r"^\s*(?:\([^)\n]{1,20}\)\s*)?[-–—|]\s")
_LIST = re.compile(r"^\s*(?:,|/|en|of|and|,\s*en)\s+(?:de\s+|het\s+|in\s+|bij\s+|uit\s+)?$|^\s*/\s*$")

_FOUR_MILES = "4 Mijl van "
_SENTENCE, _PHRASE, _REST = 110, 40, 60
"""Characters of the sentence before a name, of the words just before it, and of those after it."""
_NEAR = 30
"""A cue after a name belongs to it within so many characters."""


class Roles:
    """Tells the roles of the names in one text."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def of(self, start: int, end: int) -> Role:
        """The role of the name at `start` to `end`, from the words around it in its sentence."""
        text = self._words.text
        sentence = text[max(self._words.first_of_sentence(start), start - _SENTENCE) : start]
        before = text[max(0, start - _PHRASE) : start].rpartition("\n")[2]
        after = text[end : end + _REST].partition("\n")[0]
        if (named := _in_a_name(before, after, text[start:end])) is not None:
            return named
        if _is_travel(sentence, after):
            return Role.TRAVEL
        if before.endswith("#") or (self._words.sentence(start) == 0 and _GROUP_TITLE.search(text[:start])):
            return Role.TAG
        if text[start:end].isupper() and _DATE_LINE.match(after) and (start == 0 or text[start - 1] == "\n"):
            return Role.TAG
        if _is_beside(sentence, after):
            return Role.BESIDE
        return Role.ROUTE if _ROUTE.search(before) else Role.EVENT


def continues(text: str, end: int, start: int) -> bool:
    """Whether the name that begins at `start` goes on the list of the name that ends at `end`: "Assen en Drachten"."""
    return start - end <= len(" , en het ") and _LIST.match(text[end:start]) is not None


def _in_a_name(before: str, after: str, written: str) -> Role | None:
    if before.endswith("@") or after.startswith("_") or (written == MUNICIPALITY and before.endswith(_FOUR_MILES)):
        return Role.NAME
    if _NAME_BEFORE.search(before) or _NAME_AFTER.match(after):
        return Role.NAME
    if _OF_BEFORE.search(before[-_LONGEST_OF:]) and _PERSON_OF_BEFORE.search(before):
        return Role.NAME
    if _AUTHORITY_BEFORE.search(before):
        return Role.AUTHORITY
    if _FROM.search(before) or _OPPONENT.search(before):
        return Role.NAME
    return None


def _is_travel(sentence: str, after: str) -> bool:
    if _TOWARDS.search(sentence[-_PHRASE:]) or _BROUGHT_AFTER.match(after):
        return True
    found = _TRAVEL_BEFORE.search(sentence) or _RIDE_BEFORE.search(sentence)
    return found is not None and _BLOCKED.search(sentence) is None


def _is_beside(sentence: str, after: str) -> bool:
    if _COUNTER.search(sentence) or _DENIED_BEFORE.search(sentence[-_PHRASE:]) or _DENIED_AFTER.match(after):
        return True
    earlier = _OTHER_TIME.search(sentence)
    if earlier is not None:
        return _NOW.search(sentence, earlier.end()) is None
    later = _OTHER_TIME.search(after.partition(". ")[0].partition("; ")[0].partition(",")[0][:_NEAR])
    return later is not None and _NOW.search(sentence) is None
