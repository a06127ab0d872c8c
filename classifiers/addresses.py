"""A text -> where someone lives: street and house number, but for public buildings (R14, guideline decision 13)."""

import re
from collections.abc import Iterator

from classifiers.identifiers import MONTH
from classifiers.numerals import WORD, number_of
from classifiers.public_buildings import PublicBuildings

Span = tuple[int, int]

SMALL_STREET = (
    r"(?:straat|straatweg|weg|laan|plein|kade|singel|steeg|gracht|dreef|plantsoen|laantje|straatje|pleintje"
    r"|stroat|strjitte)"
)
"""Endings that tell a street in small letters too."""
STREET_TAIL = (
    rf"(?:{SMALL_STREET}|pad|hof|dijk|wal|diep|markt|park|haven|dam|ring|kamp|veld|wijk|hoek|akker|erf|oever|zoom|baan|ree|es"
    r"|gaarde|horst|borg|heerd|stee|kwartier|allee|boulevard|esplanade|drift|tuin|poort|berg|stein|waard|meent|rak|zijl|streek"
    r"|brink|loane|wei|buorren|wierde|laagte|hamrik|tange|wending|wetering|kampen|velden|maar|vaart|riet|kolk|tocht|terras|hoven|bolwerk|werf|eind|einde|tuinen|gang|vliet|slag|hiem"
    r"|rijge|holm|sluizen|schans|weide|zicht|hage|duin|paad|dyk|leane|stege|feart|diek|daip|kanaal|brug|poortje|str\.?|pln\.?)"
)
SHOUTED_STREET = rf"(?:{SMALL_STREET.upper()}|PAD|HOF|DIJK|WAL|DIEP|MARKT|HAVEN|HEERD|BORG)"
LINE_ENDS = re.compile(r" ?[.,;)]?(?: ?\n|\Z)")
LIVES = re.compile(
    r"\b(?:ge)?woon|\bwoning|\badres|\bthuis\b|\bwon(?:en|ing)\b"
    r"|\bwennet\b|\blives?\b|\bzit(?:ten)? (?:nu )?(?:op|in)\b"
    r"|\b(?:kom|feest\w*|huisfeest|party|bij) |\bbel(?:de|t)? aan\b|\bbewon",
    re.IGNORECASE,
)
CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
BETWEEN = r"(?:(?:van|de|der|den|ten|ter|'t|in 't|het|v\.d\.|v/d) ){0,3}"
COUNTED_BY_ORDER = r"(?:kerst|paas|pinkster|editie)"
"""After a number that ends on "e" as a house number may: "Grote Markt 2e kerstdag"."""
NO_HOUSE_NUMBER = re.compile(
    rf"\s?(?:%|[.:,]\d|[\-/]\d{{1,2}}[\-/]\d"
    rf"|(?:(?:,| ?t/m| ?en| tot(?: en met)?| ?[\-–/&+]) ?\d{{1,2}}){{0,6}}\s?(?:u(?:ur|ren)?\b|h\b|{MONTH}(?!\w))"
    r"|(?:meter|km|kilometer|jaar|jarige|keer|dagen|min|weken|minuten|mensen|man|personen"
    r"|bezoekers|deelnemers|demonstranten|betogers|agenten|auto's|trekkers|jongeren|supporters|fans|kramen|woningen|huizen|panden"
    r"|bomen|euro|miljoen|duizend|meldingen|aanhoudingen|hectare|x|mannen|vrouwen|kinderen|inwoners|leden|voertuigen|branden"
    r"|brandjes|fietsen|jongens|meiden|meisjes|leerlingen|kids|man|wagens|politiewagens|auto|busjes|bussen|kratten|stuks"
    r"|rijbanen|rijstroken|aangehouden|arrestaties|[a-z]*boeren|[a-z]*studenten|tenten|graden|podia|stands|[a-z]*gangers|actievoerders"
    r"|toeschouwers|fietsers|lopers|scholieren|betogende|tractoren|politieauto's|ambulances|karren|muzikanten|koren|bands)\b"
    r"|[\-/](?:0?[1-9]|1[0-2])\)?,? (?:om |vanaf )?\d{1,2}(?:[.:]\d\d)? ?u"
    rf"|(?:e|de|ste) {COUNTED_BY_ORDER})",
    re.IGNORECASE,
)
"""After a number: a time, a date ("12, 14 en 16 mei"), or what it counts."""
POST = r"(?:\d{4} ?[A-Z]{2}|\d{4} ?(?!(?:[bdefhikmnoswzv][aeiour]|al|er|en|in|is|op|of|om|uw)\b)[a-z]{2})"
"""The figures and letters of a postcode; small letters that are no word: "9727 bc", not "2024 is"."""
NO_MORE = rf"(?!\w|{NO_HOUSE_NUMBER.pattern})"
ADDITION = (
    r"(?:[ \-]?(?:bis|hs|huis|rood|rd|zw|I{1,3}|IV)(?:[ \-][A-Za-g])?(?!\w)|[ \-](?:noord|zuid|oost|west)(?!\w)"
    r"|[ \-](?:boven|beneden|achter|hoog)(?= ?[.,;)\n]|$)"
    r"|-?[a-zA-Z](?:-?\d{1,3})?(?!\w)| [A-Za-g](?!\w)|[\-/](?:[IVX]+|\d+)\b)?"
    r"(?:,? (?:kamer|room|k\.?|app(?:artement)?\.?|unit|portiek|flat) ?(?:\d{1,4}|[A-Z])(?!\w)"
    r"|,? \d{1,2}(?:(?:e|de|ste) (?:verdieping|etage|hoog|woonlaag)|[ \-]hoog)(?!\w))?"
)
"""What tells one door of a house from the other: "12-b", "12 bis", "12, 3e verdieping"."""
SAID = r"(?:(?:huis)?(?:nummers?|nrs?)|no|number|nûmers?|hoesnummer)(?:\. ?|: ?| )|#"
NUMBER = (
    rf"(?P<number>[1-9]\d{{0,4}}|(?!een\b|en\b|half\b)(?i:{WORD})(?!\w)){ADDITION}"
    rf"(?:(?:, ?| ?[\-/+&] ?| t/m | tot en met |,? (?:en|of|tot|and|à|a) )"
    rf"(?:{SAID})?(?!{POST}(?!\w))\d{{1,4}}{ADDITION}{NO_MORE}){{0,12}}"
    rf"(?:,? ?\(?{POST}\)?(?!\w))?"
)
"""A house number with all that may follow it: "12a", "12, 14 en 16", "12, 9712 AB"."""
OLD_OR_NEW = r"(?:(?:nieuwe|oude|grote|kleine|lage|hoge|korte|lange|verlengde|gedempte) )?"
STREET = (
    rf"(?:(?:Laan|Plein|Park) (?:19)?4\d-(?:19|')?\d\d"
    rf"|(?:[1-9](?:e|de|ste) |(?:(?:[dm]r|ds|prof|st|burg|past)\. ?){{1,2}}|['’][st][ \-]|d['’])?"
    rf"(?:{CAPITAL}[\w'’.\-]{{0,40}} {BETWEEN}){{0,3}}"
    rf"(?:{CAPITAL}[\w'’\-]{{0,40}}?{STREET_TAIL}|{CAPITAL}[\w'’\-]{{0,40}}?{SHOUTED_STREET}"
    rf"|(?={CAPITAL})(?i:{STREET_TAIL}))"
    rf"|(?:(?<=\b[Aa]an de )|(?<=\b[Aa]an het )|(?<=\b[Oo]p de )|(?<=\boan de )|(?<=\b[ao]an ['’][et] ))"
    rf"(?:{CAPITAL}[\w'’\-]{{1,40}} {BETWEEN}){{0,2}}{CAPITAL}[a-zà-ÿ]{{3,40}}"
    rf"|(?:Laan|Plein|Weg|Park|Hof|Kade|Singel) (?:(?:{BETWEEN}{CAPITAL}[\w'’\-]{{1,40}} ?){{1,3}}(?<! ))"
    rf"|{OLD_OR_NEW}[a-z][a-z\-]{{2,40}}{SMALL_STREET}"
    rf"|(?P<small>[a-z][a-z\-]{{2,40}}(?:heerd|dijk|diep|hof|borg|pad|haven|heem|hiem))"
    rf"|(?:Grote|Kleine|Nieuwe|Oude|Lage|Hoge|Korte|Lange) {BETWEEN}{CAPITAL}\w{{0,40}})"
    r"(?: [NOZWnozw]\.?[Zz]\.?)?"
)
ADDRESS = re.compile(
    rf"(?<![\w\-]){STREET}(?:,?(?P<gap>\s{{1,2}})|(?P<tight>: ?| ?\(|-|))"
    r"(?:(?:(?:op|met|bij|at|naast|tegenover|nabij|t\.o\.|t/o|t\.h\.v\.|thv|ter hoogte van|hoek|voor) )?"
    rf"(?P<said>{SAID}))?{NUMBER}(?!\w)"
)
"""A street by its ending, by a word like "Oude", or after "aan de": "Kerkstraat 12", "Oude Ebbinge 3", "Kajuit 231"."""
NUMBER_FIRST = re.compile(
    rf"\b(?:(?:{SAID})[1-9]\d{{0,3}}{ADDITION},? (?:van|aan|oan|in|op|on|of) (?:(?:de|het|the|'[et]) )?"
    rf"|(?<=\bat )[1-9]\d{{0,3}}[a-zA-Z]? ){STREET}(?!\w)"
)
"""The number before its street: "nummer 14 van de Hereweg", "at 12 Hereweg"."""
HOUSE_NUMBER = re.compile(
    r"\b(?:huisn(?:umme)?rs?|hoesnummer|húsnûmer|house number)\.?:? (?:is )?[1-9]\d{0,4}(?:-?[a-zA-Z])?(?!\w)"
)
"""A house number alone, called one."""
CLOSES = re.compile(r"[.,;!?)\n]|$")
GLUED = re.compile(rf"(?:{SMALL_STREET}|str\.?)$", re.IGNORECASE)
SQUARE = re.compile(r"(?:plein|markt|park|plantsoen|kerkhof|terrein)$", re.IGNORECASE)
MANY = re.compile(
    r" (?!(?:[a-z]*st(?:aken|onden|aan)|w[ae]rden|w[ao]ren|w[oe]nen|woonden|hebben|hadden|zijn|kwamen|komen|gingen|gaan"
    r"|vonden|vielen|lagen|liggen|zaten|zitten|brandden|moeten|mogen|kunnen|willen|zullen|zouden|boven|beneden|binnen|buiten|tegen|tussen|samen"
    r"|achter|gisteren|morgen|alvast|volgens|soms|steeds|anders|tijdens|sinds|langs|wegens)\b)[a-z]{3,}(?:en|s)\b"
)
"""A plural after the number of a square counts those who came: "Grote Markt 500 ondertekenaars"."""
WHO_COME = re.compile(r" [a-z]{2,}(?:aars|anten|isten|lingen)\b")
"""Plurals of people only: after a number that a house may have, "groningen" and "thuis" look like any other plural."""
CROWD = 100
"""Numbers from which a square has no houses."""
LEADS_IN = re.compile(
    r"(?:(?:Op|In|Aan|Bij|Van|Naar|Vanaf|Vanuit|Rond|Voor|Achter|Naast|Tegenover) (?:de|het|'t)|Bij|Naar"
    rf"|Slachtoffer van) (?={CAPITAL})"
)
"""The capital of a sentence and no street: "Op de Grote Markt 12"; "Aan de Kade" may be one, but not before a name."""
TOWN = re.compile(
    r"(?:ster|tter|een|chie|olen|aan|inge)dam,? \d|(?:ever|aal|arder|oord|at)wijk,? \d|(?i:nieuwegein,? \d)"
    r"|(?i:^(?:uit|op|ver|toe|aan|neer|be|om|af|door|na|in|terug|over|dames|heren|meisjes|jongens|les)(?:slag)?:? \d)"
)
"""Towns that end like a street, before a score or a year: "Rotterdam 2"; and words that do: "Uitslag: 1"."""
LIVED_IN = re.compile(
    rf"(?<=[ (])(?P<address>{CAPITAL}[a-zà-ÿ]{{1,24}}(?: {CAPITAL}[a-zà-ÿ]{{3,24}})?"
    r" (?P<number>[1-9]\d{0,3}(?:-?[a-zA-Z])?))(?=[,.;)\n]|$| te | in )"
)
"""A street without any ending, where a home is spoken of: "Bewoners van de boerderij, Zuidwending 3,"."""
AT_HOME = re.compile(
    r"\b(?=\w)(?i:won(?:ing|ende?)|woon(?:huis|t|achtig)|boerderij|huis|pand|appartement|flat|verblij\w+|adres|inval|huiszoeking|brand"
    r"|dakkapel|aanbouw):?(?: (?:aan|op|bij|te|nabij|voor))?(?: (?:de|het|'t))? "
    rf"(?P<address>{CAPITAL}[a-zà-ÿ]{{1,24}}(?: en)?(?: {CAPITAL}[a-zà-ÿ]{{2,24}})?"
    rf" (?P<number>[1-9]\d{{0,3}}){ADDITION})(?!\w)"
)
"""A street without any ending, straight after the house that stands there: "de woning aan het Wad 12"."""
AT_HOME_IN_SMALL = re.compile(
    r"\b(?:(?:woon|woont|wonen|zit|zitten) (?:\w+ )?(?:op|aan|in)|kom(?:t|en)?(?: \w+)? naar|adres(?: is)?:?"
    r"|(?:af|op)halen (?:op|aan|bij))(?: (?:de|het|'?t))? "
    r"(?!(?:groep|klas|lijn|zaal|hal|halte|kamer|kanaal|week|vak|perron|nummer|nr|pagina|poule|unit|fase|plek|plaats|punt|stand|tafel"
    rf"|ingang|deel|les|{MONTH})\b)(?P<address>[a-z]{{4,}}(?: [a-z]{{4,}})? (?P<number>[1-9]\d{{0,3}}){ADDITION})"
    r"(?=[.,;!)\n]|$| in | te )"
)
"""A home without capitals: "kom naar t hoge land 3 in winsum"."""
NO_STREET = r"(?!(?:Klas|Groep|Lijn|Zaal|Hal|Halte|Perron|Vak|Gate|Artikel|Lid|Bijlage|Fase|Unit|Tabel|Poule|Bus) )"
WITH_LETTER = re.compile(
    rf"(?<![\w\-]){NO_STREET}"
    rf"(?:{CAPITAL}[a-zà-ÿ]{{1,30}} {BETWEEN}){{0,2}}{CAPITAL}[a-zà-ÿ]{{0,30}} [1-9]\d{{0,3}}[a-f]"
    rf"(?!\w| {COUNTED_BY_ORDER})"
)
"""The letter tells it is a house number, whatever the street is called: "Lage der A 97b"."""
AFTER_NAME = re.compile(
    rf"\s?[(,]\s?(?P<address>{NO_STREET}(?:{CAPITAL}[a-zà-ÿ\-]{{1,30}} {BETWEEN}){{0,2}}{CAPITAL}[a-zà-ÿ\-]{{0,30}}"
    r" (?P<number>[1-9]\d{0,3}(?:-?[a-zA-Z]|-\d{1,2})?))(?=[,.;)\n]|$| te | in )"
)
"""Any word with a number straight after a name: "L. Bouwman, Wierde 42", "Anke (Oosterland 9)"."""
MONTH_WORD = re.compile(rf"{MONTH}(?!\w)|(?:maan|dins|woens|donder|vrij|zater|zon)dag", re.IGNORECASE)
HOME = re.compile(
    r"woon|woning|bewon|boerderij|\bhuis\b|thuis|adres|nummer|bij (?:ons|mij|me|hem|haar)\b|flat|appartement|perceel"
    r"|\berf\b|\b(?:op|af)(?:te)?\s?halen|aanbellen|bel aan|inleveren",
    re.IGNORECASE,
)
SAID_NUMBER = re.compile(r"[1-9](?:(?<=#.)|(?<=[rso][.:].)|(?<=[rsot.:] .))")
"""A number after "nr", "nummers", "no", "at" or "is"."""
SMALL_AND_NUMBER = re.compile(r"[1-9](?<=[a-z]{4} .)")
NAME_AND_NUMBER = re.compile(rf"{CAPITAL}[a-zà-ÿ]{{1,24}}(?: en)? [1-9]")
LETTERED = re.compile(r" [1-9]\d{0,3}[a-f]")
POSTCODE = re.compile(r"[1-9]\d{3}(?: ?[A-Z]{2}|[a-z]{2})")
"""What these patterns cannot do without, and far quicker to look for."""
WITH_POSTCODE = re.compile(
    rf"(?<!\w)(?:{CAPITAL}[\w'’\-]{{1,40}} ){{1,4}}[1-9]\d{{0,3}}(?:-?[a-zA-Z]\b)?,? ?\(?"
    r"[1-9]\d{3} ?[A-Z]{2}\)?(?!\w)"
    r"|(?<!\w)[1-9]\d{3}(?: ?[A-Z]{2}|[a-z]{2})[, \-]{1,2}"
    r"(?:(?:huis)?(?:nr\.?|nummer) )?\d{1,4}(?:-?[a-z]\b)?(?![.:]\d|\w)"
)


def addresses(text: str, public: PublicBuildings) -> Iterator[Span]:
    """Street and house number; not of a public building, nor before a time or a date (guideline, decision 13)."""
    for pattern in (ADDRESS, NUMBER_FIRST, HOUSE_NUMBER) if SAID_NUMBER.search(text) else (ADDRESS,):
        for match in pattern.finditer(text):
            start, end = match.span()
            if lead := LEADS_IN.match(text, start, end):
                start = lead.end()
            if (pattern is not ADDRESS or _is_house(text, match)) and not public.stand_at(text, start, end):
                yield start, end
    yield from _lived_in(text, public)
    for pattern, part in ((WITH_LETTER, LETTERED), (WITH_POSTCODE, POSTCODE)):
        for match in pattern.finditer(text) if part.search(text) else ():
            if not public.stand_at(text, *match.span()):
                yield match.span()


def address_after_name(text: str, end: int) -> Span | None:
    """The address straight after a name that ends at `end`, also of a street that nothing else tells to be one."""
    match = AFTER_NAME.match(text, end)
    if match is None or _is_no_house(text, match) or MONTH_WORD.match(match["address"]):
        return None
    return match.span("address")


def _is_house(text: str, address: re.Match[str]) -> bool:
    """Whether what follows the street is the number of a house, and no count, score or time."""
    if address["small"] and not _is_lived_in(text, address):
        return False
    if TOWN.search(address[0]):
        return False
    if not address["number"].isdigit():
        return number_of(address["number"].casefold()) is not None and (
            address["said"] is not None
            or (CLOSES.match(text, address.end()) is not None and _is_lived_in(text, address))
        )
    if address["said"]:
        return True
    if (tight := address["tight"]) is not None:
        street = text[address.start() : address.start("tight")]
        glued = GLUED.search(street)
        closed = CLOSES.match(text, address.end())
        if not (closed or (glued and not tight)) or (tight in ("", "-") and not glued):
            return False
    return not (
        _counts(text, address)
        or _gathers(text, address)
        or _is_no_house(text, address)
        or starts_a_line_of_its_own(text, address)
    )


def _is_lived_in(text: str, address: re.Match[str]) -> bool:
    """Whether the words before an address say that someone lives there."""
    return LIVES.search(text, max(0, address.start() - 40), address.start()) is not None


def _is_no_house(text: str, address: re.Match[str]) -> bool:
    """Whether the number is a year, or counts or measures what follows."""
    year = re.fullmatch(r"(?:18|19|20)\d\d", address["number"])
    return year is not None or NO_HOUSE_NUMBER.match(text, address.end("number")) is not None


def _counts(text: str, address: re.Match[str]) -> bool:
    """Whether the number after a comma counts what follows: "in de Wezenstraat, 4 wagens"."""
    comma = "," in text[address.start() : address.start("number")]
    return comma and re.match(r" [a-z]", text[address.end() : address.end() + 2]) is not None


def _gathers(text: str, address: re.Match[str]) -> bool:
    """Whether the number counts who or what is at a square: "op de Grote Markt 500 boeren"."""
    street = text[address.start() : address.start("number")].rstrip()
    plural = MANY if int(address["number"]) >= CROWD else WHO_COME
    return SQUARE.search(street) is not None and plural.match(text, address.end("number")) is not None


def _lived_in(text: str, public: PublicBuildings) -> Iterator[Span]:
    if SMALL_AND_NUMBER.search(text):
        yield from (m.span("address") for m in AT_HOME_IN_SMALL.finditer(text) if not _is_no_house(text, m))
    if not NAME_AND_NUMBER.search(text):
        return
    for match in AT_HOME.finditer(text):
        if not _is_no_house(text, match) and not MONTH_WORD.match(match["address"]):
            yield match.span("address")
    for match in LIVED_IN.finditer(text):
        said = HOME.search(text, max(0, match.start("address") - 90), match.start("address"))
        opens = re.search(r"[.!?:\n]['’\"]?\s?$", text[max(0, match.start() - 3) : match.start()])
        if not said or opens or _is_no_house(text, match) or MONTH_WORD.match(match["address"]):
            continue
        if not public.stand_at(text, *match.span("address")):
            yield match.span("address")


def starts_a_line_of_its_own(text: str, address: re.Match[str]) -> bool:
    """Whether the number stands on the line below the street, and more follows it there than an address."""
    if "\n" not in (address["gap"] or "") or LINE_ENDS.match(text, address.end()):
        return False
    return not _is_lived_in(text, address)
