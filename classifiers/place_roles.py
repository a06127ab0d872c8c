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


_CLUBS = (
    r"[Ff][Cc]|[Ss][Cc]|[Vv]\.?[Vv]\.?|[Cc][Vv][Vv]|GVAV|GRC|HV|SJO|MHV|Be Quick|Roda JC|Jong|Ajax|PEC|NAC|MVV"
    r"|VVV|ADO|RKC"
    r"|AZ|NEC|PSV|Willem II|Go Ahead Eagles|Cambuur|Fortuna|Heracles|De Graafschap|Telstar|TOP|Sparta|Feyenoord"
    r"|Excelsior"
    r"|Almere City|ACV|Asser|Velocitas|Oranje Nassau|Donar|GIJS|LTC|DVS|Achilles|Oranje"
)
_BODIES = (
    r"ROC|RTV|GGD|GGZ|GHOR|COC|FNV|CNV|XR|WIJ|KOZP|SP|CDA|PVV|VVD|D66|PvdA|BIJ1|GroenLinks(?:-PvdA)?|Stadspartij"
    r"|Stadspartij 100% voor|Dagblad|Marketing|Extinction Rebellion(?: \(XR\))?|Kick Out Zwarte Piet|Koninklijke Horeca"
    r"|Horeca|Museum|Hanze|Hanzehogeschool|Rijksuniversiteit|University of|Indymedia|Oog|OOG|Politiechef|Basisteam"
    r"|[Pp]rovincie|[Pp]olitie(?:bureau|eenheid|team)?|[Bb]randweer|[Uu]niversiteit"
    r"|[Uu]niversiteit van|[Hh]ogeschool|[Vv]eiligheidsregio|[Rr]echtbank|[Ss]tuden?te?n(?:vak)?bond|[Oo]mgevingsdienst"
    r"|[Ww]aterschap|[Mm]eldkamer|[Aa]fdeling|[Dd]istrict|[Bb]asisteam|[Pp]ersbureau|[Vv]akbond|[Ss]tichting"
    r"|[Vv]ereniging"
    r"|[Hh]armonie(?:orkest)?|[Ff]anfare|[Kk]oor|[Dd]orpsbelangen?|[Ww]ijkraad|[Dd]orpsraad|[Ww]elzijnsorganisatie"
    r"|[Oo]ndernemersvereniging|[Vv]redesberaad|[Pp]latform|[Cc]omité|[Ww]erkgroep|[Tt]eam|[Mm]oskeebestuur"
    r"|[Cc]orporatie"
)
_NAME_BEFORE = re.compile(rf"\b(?:{_CLUBS}|{_BODIES})[\s/-]+$")
_AUTHORITY_BEFORE = re.compile(
    r"\b(?:(?:burgemeesters?|wethouders?|college|(?:gemeente)?raad|brandweer|gemeente|driehoek) van (?:de gemeente )?"
    r"|gemeente(?:raad)? )$",
    re.IGNORECASE,
)
_PERSON_OF_BEFORE = re.compile(
    r"\b(?:\w*(?:arts|artsen|voerders?|voerster|leraar|kundigen?|kundige|bestuur|bestuurder|directie|directeur"
    r"|docenten?|chirurg|rector"
    r"|hoogleraar|medewerkers?|ondernemers|winkeliers|commissaris|deken|korpsen|korps|politie|clubs?|kerken"
    r"|bisdom|gedeputeerde"
    r"|districtschef|teamchef|wijkagent|kantonrechter|advocaat|voorzitter|secretaris|trainer|aanvoerder|spelers))"
    r" van (?:de |het |'t )?$",
    re.IGNORECASE,
)
_NAME_AFTER = re.compile(
    r"^(?:\s+(?:Airport|City Club|City Centre|Bereikbaar|Zegt|Seaports|Life|Plus|Fietsstad|FC|United|Boys"
    r"|Fanatics|Leeft"
    r"|University|Marketing|Promotion|Festivals?|Bios|Digital|Pride|Nieuws|Events|Hotel|Journaal|\d{2,4}(?=\D"
    r"|$)(?! uur))\b"
    r"|\s*[-–]\s*(?:PSV|Ajax|FC|AZ|NEC|NAC|PEC|Vitesse|VVG|Heerenveen|Twente|Feyenoord|Sparta|Utrecht|Cambuur|Excelsior"
    r"|Heracles|Roda|ADO|Emmen|VVV|Almere|Telstar|Volendam|Fortuna|Go Ahead))"
)
_FROM = re.compile(
    r"\b(?:uit|afkomstig uit|inwoners? van|bewoners? van|supporters? van|fans van|aanhang(?:ers)? van"
    r"|studenten van|jongeren van|jeugd van|leerlingen van|boeren van|woont in|wonen in|woonachtig in|geboren in"
    r"|richting van|volgens|from|út)\s+(?:(?:de|het|ut|t|'t|the|hele|heel|omgeving|buurt|stad)\s+)*$",
    re.IGNORECASE,
)
_OPPONENT = re.compile(
    r"\b(?:tegen|versus|vs\.?|thuis tegen|uit bij|uit naar|duel met|wedstrijd met|treffen met|gewonnen van"
    r"|verloren van|uitwedstrijd bij|uitwedstrijd naar|nederlaag bij|winst bij)\s+$"
    r"|\w*(?:wedstrijd|duel|derby|kraker|potje)\s+(?:tussen\s+)?(?:\w+\s+)?\w+\s*(?:en|[-–])\s*$",
    re.IGNORECASE,
)
_PLAYS_AFTER = re.compile(
    r"^\s*(?:[-–]\s*(?!\d)[A-Z][\w.]+|-\s?uit\b|wint\b|verliest\b|won\b|verloor\b|speelt (?:thuis|uit)\b)"
)
_TRAVEL_BEFORE = re.compile(
    r"\b(?:(?:file|parkeren|parkeer|geparkeerd|geparkeerde|parkeerplekken|p\+r|carpool\w*|transferium|omrijden"
    r"|afrit|afslag"
    r"|pendelbus\w*|shuttlebus\w*|buslijn\w*|nachttrein\w*|extra treinen|veerboot|ongeluk|ongeval"
    r"|liep(?:en)? het (?:even )?vast|alleen op de|opstopping\w*|verkeer van|bussen (?:rijden|vertrekken"
    r"|through))\b[^.;!?\n:]*"
    r"|(?:omleiding\w*|omgeleid|omrijroute)\b[^.;!?\n:]{0,30}(?:via|over|langs) (?:de |het )?"
    r"|(?:treinen|trein|traain|bussen|stadsbus|vervoer|busreis|bereikbaar|instappen|opstap\w*"
    r"|kom(?:en|t)? met de (?:fiets|trein|bus|auto)|flyers|(?:over)?gebracht naar|vervoerd naar"
    r"|(?:naar|in) het ziekenhuis|slachtoffer\w*(?: \w+){0,3} naar"
    r"|(?:slaap|woon|woont|werk|werkt)(?: ik)?(?: \w+){0,3} in)\b[^.,;!?\n:]{0,40})$",
    re.IGNORECASE,
)
_BLOCKED = re.compile(
    r"\b(?:blokk\w+|blokkade\w*|bezet\w*|stil(?:gelegd|gezet)|dichtgezet|dicht|afgesloten|versper\w+)\b"
)
"""Where traffic is the matter itself, a road is the place of it."""
_TOWARDS = re.compile(
    r"\b(?:richting|richten|towards|tot voorbij|voorbij|tot in|tot op)\s+(?:de |het )?$", re.IGNORECASE
)
_BROUGHT_AFTER = re.compile(r"^[^.;!?\n,]{0,12}\b(?:gebracht|overgebracht|vervoerd|doorverwezen)\b")
_MONTH = r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_OTHER_TIME = re.compile(
    r"(?<!als )(?<!dan )(?<!zoals )(?<!sinds )\b(?:vorig(?:e|) (?:jaar|seizoen|editie|keer|ontmoeting|oud en nieuw"
    r"|jaarwisseling|edities)|volgend(?:e)? (?:week|maand|jaar|keer)|vorige (?:week|maand) (?:was|stond|stonden"
    r"|waren|ging)"
    r"|een week (?:later|eerder)|een (?:dag|avond|jaar|maand) (?:later|eerder)|een jaar geleden|jaren geleden"
    r"|eerder (?:deze|die|dit|dat|al|was|waren|werd|stond)|destijds|ook al (?:eens|een)|indertijd|ooit|toen nog"
    r"|(?:dag|avond|nacht|week|middag) (?:ervoor|erna|daarvoor|daarna|eerder|later)|in 20[012]\d|van 20[012]\d"
    r"|in 19\d\d|twee weken geleden|(?:paar|drie|vier) weken geleden|in de twee weken ervoor"
    r"|(?:die|waar|toen|daar|er) (?:vorige|afgelopen) (?:week|maand|\w+dag)"
    rf"|(?:eind|begin|half|medio|in) {_MONTH} (?:was|werd|ging|liep|brandde|waren|stond|stonden)"
    rf"|pas (?:in|op) (?:\d+ )?{_MONTH}|(?:and|een) ander (?:besluit|feest|duel))\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:nu|dit jaar|deze keer|ditmaal|dit keer|vandaag|vanavond|vanmiddag|morgen|zaterdag|zondag)\b")
_DENIED_BEFORE = re.compile(
    r"\b(?:niet (?:in|op|bij|naar|via|door|langs|over)|in plaats van|maar niet)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^[^.;!?\n]{0,40}\b(?:gebeurde (?:er )?(?:vrijwel |bijna )?niets|hoor(?:t|en) hier niet bij|niets gebrand"
    r"|niets gepland"
    r"|sta(?:at|an) (?:hier )?los|hier los van|verandert niets|geen gevolgen|bleef het (?:rustig|stil)"
    r"|niets aan de hand"
    r"|gaat gewoon door|heeft daar niets mee|gaat niet door)\b"
)
_COUNTER = re.compile(
    r"\b(?:ter inzage|loket|inzien|inloop\w*|spreekuur|informatieavond|bewonersavond|informatiebijeenkomst|evaluatie"
    r"|bezwaar\w*|zienswijze\w*|balie|bureau|aangifte|ophalen|op te halen|af te halen|verkrijgbaar|voorverkoop"
    r"|voorverkoopadres|opgave|opgeven|inleveren|oude kantoor|redactie|secretariaat|hoofdkantoor|verdiept zich"
    r"|(?:over|tegen) (?:\w+ ){0,2}(?:opvang|azc|noodopvang|opvanglocatie|sloop|bouw|plan\w*) (?:\w+ )?(?:aan|in"
    r"|op|aant)|praat over|praten over|praat de raad over|vergaderde over)\b[^.;!?\n]{0,60}$",
    re.IGNORECASE,
)
_ROUTE = re.compile(
    r"\b(?:via|langs|door|over|through|past|passeert|route:?)\s+(?:de |het |'t |t |the )?(?:\w+ van (?:de |het )?)?$",
    re.IGNORECASE,
)
_GROUP_TITLE = re.compile(
    r"^\W*(?:\[\w+\]\W*)?(?:\w+ ){0,3}(?:jodel|(?:buurt|groeps|klassen|app|whatsapp|facebook)-?(?:groep|app)\w*"
    r"|groep|nextdoor"
    r"|telegram\w*|facebook|instagram|snap\w*|discord|mastodon|reddit|kanaal|bericht van|verhaal op)\b[^\n]*$",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(r"^\s*(?:\([^)\n]{1,20}\)\s*)?[-–—|]\s")
_LIST = re.compile(r"^\s*(?:,|/|en|of|and|,\s*en)\s+(?:de\s+|het\s+|in\s+|bij\s+|uit\s+)?$|^\s*/\s*$")

_FOUR_MILES = "4 Mijl van "
_WINDOW = 110


class Roles:
    """Tells the roles of the names in one text."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def of(self, start: int, end: int) -> Role:
        """The role of the name at `start` to `end`, from the words around it in its sentence."""
        text = self._words.text
        sentence = text[max(self._words.first_of_sentence(start), start - _WINDOW) : start]
        before = text[max(0, start - 40) : start].rpartition("\n")[2]
        after = text[end : end + 60].partition("\n")[0]
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
        return Role.ROUTE if _ROUTE.search(sentence) else Role.EVENT


def continues(text: str, end: int, start: int) -> bool:
    """Whether the name that begins at `start` goes on the list of the name that ends at `end`: "Assen en Drachten"."""
    return start - end <= len(" , en het ") and _LIST.match(text[end:start]) is not None


def _in_a_name(before: str, after: str, written: str) -> Role | None:
    if before.endswith("@") or after.startswith("_") or (written == MUNICIPALITY and before.endswith(_FOUR_MILES)):
        return Role.NAME
    if _NAME_BEFORE.search(before) or _NAME_AFTER.match(after) or _PERSON_OF_BEFORE.search(before):
        return Role.NAME
    if _AUTHORITY_BEFORE.search(before):
        return Role.AUTHORITY
    if _FROM.search(before) or _OPPONENT.search(before) or _PLAYS_AFTER.match(after):
        return Role.NAME
    return None


def _is_travel(sentence: str, after: str) -> bool:
    if _TOWARDS.search(sentence) or _BROUGHT_AFTER.match(after):
        return True
    found = _TRAVEL_BEFORE.search(sentence)
    return found is not None and _BLOCKED.search(sentence) is None


def _is_beside(sentence: str, after: str) -> bool:
    if _COUNTER.search(sentence) or _DENIED_BEFORE.search(sentence) or _DENIED_AFTER.match(after):
        return True
    rest = after.partition(". ")[0].partition("; ")[0]
    earlier = _OTHER_TIME.search(sentence)
    if earlier is not None:
        return _NOW.search(sentence, earlier.end()) is None
    later = _OTHER_TIME.search(rest.partition(",")[0])
    return later is not None and _NOW.search(sentence) is None
