"""A text -> the account numbers, citizen numbers, plates and birth dates in it, by shape and check digits (R14, R15).

When the text itself says what a number is, a failed check does not save it: the redactor fails closed.
"""

import re
from collections.abc import Iterator

from classifiers.lexicon import lexicon
from classifiers.numerals import ORDINALS, WORD

Span = tuple[int, int]

LONG_NUMBER = re.compile(r"\d(?:\D{0,8}\d){5}")
"""Six digits near each other: what no telephone or citizen number goes without, and far quicker to look for."""

IBAN = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ ]?[A-Za-z0-9]){11,30}")
IBAN_OPENS = re.compile(r"\d\d(?<=[A-Za-z]{2}\d\d)")
"""How every account number begins, and far quicker to look for."""
IBAN_NL = re.compile(r"(?<!\w)NL\s?\d{2}[\s.\-]?[A-Z]{4}(?:[\s.\-]?\d){10}(?!\d)", re.IGNORECASE)
IBAN_SAID = re.compile(
    r"(?i:\b(?:iban|bankrekening|rekeningnummer|rekening|rek\.? ?nr)\b\.?[^\w\n]{0,3}(?:is |nummer |nr\.? ?)?)"
    r"([A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){2,8}|\d(?:[ .]?\d){6,9})"
)
OF_AN_ACCOUNT = ("iban", "rek")
"""A text without any of these speaks of no account."""
IBAN_LENGTH = {
    "AE": 23, "AL": 28, "AT": 20, "BA": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18,
    "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GE": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IL": 23,
    "IS": 26, "IT": 27, "KW": 30, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19,
    "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "TN": 24, "TR": 26, "UA": 29, "VG": 24, "XK": 20,
}  # fmt: skip

NINE = re.compile(r"(?<![\w.,+\-])(?:\d{9}|\d{3}[ \-]\d{3}[ \-]\d{3}|\d{4}[ .\-]\d{2}[ .\-]\d{3})(?![\w\-]|[.,]\d)")
BSN_SAID = re.compile(
    r"\b(?:bsn|burgerservicenummer|burger service nummer|sofi-?nummer|v-?(?:nummer|nr)|vreemdelingennummer|paspoort"
    r"|id-kaart|rijbewijs|documentnummer|patiëntnummer)(?:-?nummer|nr)?\b\.?"
    r"\W{0,4}(?:is |van \w{1,40} |nummer |nr\.? ?)?\W{0,3}(\d(?:[\s.\-_*|/,]?\d){7,9})(?!\d)",
    re.IGNORECASE,
)

BSN_NEAR = re.compile(r"\b(?:bsn|burgerservicenummer)s?\b[^\n\d]{0,45}?(?<![\w.,+\-])(\d{9})(?![\w\-])", re.IGNORECASE)
"""Some words further on: "je burgerservicenummer, zoals dat van E. van Dalen (...)"."""
OF_A_DOCUMENT = ("paspoort", "id-kaart", "idkaart", "identiteit", "document", "rijbewijs")
DOCUMENT = re.compile(
    r"\b(?:paspoort|id-?kaart|identiteitskaart|identiteitsbewijs|verblijfsdocument|rijbewijs|document)(?:-?nummer|nr)?\b\.?"
    r"\W{0,3}(?:is |met nummer |nummer |nr\.? ?)?([A-Z]{2}[A-Z0-9]{6}\d)(?!\w)",
    re.IGNORECASE,
)
"""A passport or identity card: two letters, six letters or figures, a figure."""
PLATE_SERIES = tuple(
    "XX-99-99 99-99-XX 99-XX-99 XX-99-XX XX-XX-99 99-XX-XX 99-XXX-9 9-XXX-99 XX-999-X X-999-XX XXX-99-X X-99-XXX"
    " 9-XX-999 999-XX-9".replace("9", "[0-9]")
    .replace("X", "[A-Z]")
    .split()
)
"""The fourteen series of the road authority (RDW), of cars, mopeds and trailers."""
PLATE = re.compile(rf"(?<![\w\-])(?:{'|'.join(PLATE_SERIES)})(?![\w\-])", re.IGNORECASE)
CLOSED_SERIES = "|".join(
    series.replace("]-[", "][").replace("[A-Z]" * 4, "[BDFGHJ-NPRSTVWXZ]{4}") for series in PLATE_SERIES[3:]
)
"""Without dashes, and without the first three series: "9712AB" is a postcode."""
FIGURE_AND_DASH = re.compile(r"-(?:[0-9]|(?<=[0-9]-))")
FIGURE_AND_CAPITAL = re.compile(r"[A-Z0-9](?:(?<=[A-Z])[0-9]|(?<=[0-9])[A-Z])")
"""What no plate with dashes, and none without, can do without."""
PLATE_CLOSED = re.compile(rf"(?<![\w\-/.])(?:{CLOSED_SERIES})(?![\w\-])")
TYPED_SERIES = "|".join(PLATE_SERIES).replace("]-[", "](?:[ .\\-_·/]| - )?[")
PLATE_LOOSE = re.compile(rf"(?<![\w\-])(?<!\d[.:,])(?:{TYPED_SERIES})(?![\w\-])", re.IGNORECASE)
"""A plate as people type it; a date ("2 mei 24") looks the same, so the words around it must say what it is."""
POSTCODE_OR_CODE = re.compile(r"\d{4}[A-Za-z]{2}|[a-z]{4}\d\d|\d\d[a-z]{4}")
LEAST_WORD = 3
BRANDS = frozenset({"covid", "nh", "vwid", "gti", "tdi", "lijn", "zone", "iso", "euro", "esns", "kmh"})
"""Letters before a number that are no plate, though no word list has them."""
DAY_LIKE = re.compile(r"(?P<word>[A-Za-z]{2})[ .]\d\d[ .\-/]\d\d")
BEFORE_A_DAY = frozenset("ma di wo do vr za zo tm op om in en na of tot".split())
"""Before a day and a month beside a vehicle: "auto's mogen op 31-12 de stad niet in"."""
PLATE_ABROAD = re.compile(
    r"(?<![\w\-])(?:[A-ZÄÖÜ]{1,3}[ \-][A-Z]{1,2}[ \-]?\d{1,4}E?|[1-9]-[A-Z]{3}-\d{3}|[A-Z]{2}[ \-]\d{3}[ \-][A-Z]{2}"
    r"|[A-Z]{1,2}[ \-]\d{2,3}[ \-][A-Z]{3}|[A-Z]{2}\d{2} [A-Z]{3}|[A-Z]{2,3} (?=[A-Z]*\d)[A-Z0-9]{5}"
    r"|[A-Z]{3,5}\d{2,4}|[A-Z]{2}\d[A-Z]{2}\d\d|[1-9][A-Z]{3}\d{3}|[A-Z]{2}\d{3}[A-Z]{2}|[a-z]{3,5}\d{3,4}|[1-9][a-z]{3}\d{3}|[a-z]{2}\d{3}[a-z]{2})"
    r"(?![\w\-])"
)
"""German, Belgian, French, Romanian, British and Polish plates: only beside a vehicle, or called a plate."""
PLATE_NAMED = re.compile(
    r"\b(?:deel)?kenteken|\bkent\.|\bkte?kn\b|\bnummer(?:boo?rd|plaat)|\bnûmerboerd|\bplates?\b|\bregistration\b",
    re.IGNORECASE,
)
VEHICLE = re.compile(
    r"\b(?:[a-z]{0,12}auto(?:['’]s|tje)?|[a-z]{0,8}bus(?:je|sen)?s?|[a-z]{0,8}wagens?|[a-z]{0,10}voertuig(?:en)?|vehicles?"
    r"|[a-z]{0,8}scooters?|[a-z]{0,8}motor(?:s|en|fiets(?:en)?|rijders?|rijdster)?|brommer(?:tje)?s?|[bs](?:rom|nor)fiets(?:en|ers?)?"
    r"|fatbikes?|quads?|[a-z]{0,8}trekkers?|tractor(?:en|s)?|trailers?|brommobiel(?:en)?|snorscooters?|oplegger|pick-?up|kar|voituur"
    r"|aanhang(?:ers?|wagens?)|caravans?|campers?|taxi(?:'s)?|cars?|van(?= with)|volkswagen|golf|polo|bmw|audi|opel"
    r"|ford|fiat|seat|skoda|renault|peugeot|citro[eë]n|mercedes|toyota|kia|mazda|nissan|dacia|tesla|volvo|suzuki|hyundai|honda)\b",
    re.IGNORECASE,
)
OF_A_PLATE = ("kent", "ktkn", "kteken", "nummer", "boerd", "plaat", "plate", "registration")
OF_A_VEHICLE = (
    *OF_A_PLATE, "auto", "bus", "wagen", "voertuig", "vehicle", "scooter", "motor", "brom", "fiets", "bike", "oplegger",
    "pickup", "pick-up", "kar ", "voituur", "quad", "trekker", "tractor", "trailer",
    "aanhang", "caravan", "camper", "taxi", "car", "van with", "golf", "polo", "bmw", "audi", "opel", "ford", "fiat",
    "seat", "skoda", "renault", "peugeot", "citro", "mercedes", "toyota", "kia", "mazda", "nissan", "dacia", "tesla",
    "volvo", "suzuki", "hyundai", "honda",
)  # fmt: skip
"""A text without any of these names no plate and no vehicle, and need not be searched for them."""
PLATE_PART = (
    r"(?:[A-Z0-9*?….]{1,3}(?:-[A-Z0-9*?….]{1,3}){2}(?<!\.)|[A-Z]{2}\d{2} [A-Z]{3}|\d{4} [A-Z]{3}|[a-z]{2} \d{4,5}"
    r"|[A-Z0-9*?…]{1,3}(?:[ .:\-·][A-Z0-9*?…]{1,6}){1,2}"
    r"|[A-Z0-9*?]*(?:\d[A-Z]|[A-Z]\d)[A-Z0-9*?]*|[A-Z]{2,3}|\d{2,3}(?! [a-z]+(?:ber|ari)\b)"
    r"|(?!\d+(?:e|de|ste|u)\b)(?:\d[\da-z]*[a-z]|[a-z]+\d[\da-z]*))"
)
PLATE_SAID = re.compile(
    rf"\b(?i:(?:deel)?kenteken(?:s|plaat|platen)?|kte?kn|nummerboo?rd|nûmerboerd|(?:nummer)?plaat|plates?)\b"
    rf"[^.\n\d]{{0,45}}?(?<![\w\-])(?!(?:ME|VVV|FC|BOA|OM|RDW|NS|EU|NL|AH)\b)(-?{PLATE_PART})(?![\w\-])"
)

MONTH = (
    r"(?:jan(?:uar[iy]|newaris|newoarie)?|feb(?:e?r\w+)?|maart|march|mrt|apr(?:il)?|mei|mai|maaie|may|jun[ie]?|juny|jul[iy]?"
    r"|aug(?:ustus|ust)?|sept?(?:ember|imber)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember|imber)?|dec(?:ember)?|desimber)\.?"
)
NTH = "|".join(sorted(ORDINALS, key=len, reverse=True))
DAY = rf"(?:\d{{1,2}}(?:e|sten?|den?|st|nd|rd|th)?|{NTH}|{WORD})(?: van| of)?"
YEAR = r"(?:(?:19|20)\d\d(?!\d)|(?:negentien|twintig|tweeduizend)[a-zë]+)"
FULL_DATE = (
    rf"(?:\d{{1,2}} ?[\-./] ?\d{{1,2}} ?[\-./] ?'?(?:\d{{4}}|\d\d)(?!\d)|\d{{4}}[\-/]\d\d[\-/]\d\d"
    rf"|\d\d \d\d (?:19|20)\d\d"
    rf"|{DAY}[ \-./]{{0,2}}{MONTH}(?:,? ?|[\-./])(?:{YEAR}|'\d\d|\d\d(?!\d|[.:]\d))"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d)"
)
DATE = rf"(?:{FULL_DATE}|(?:19|20)\d{{6}}(?!\d)|\d{{4}}(?:19|20)\d\d(?!\d)|{DAY} {MONTH})"
BORN = re.compile(
    r"\b(?:geboren|geb\.? ?dat(?:um)?\.?|gb\.? ?da?t\.?|geb\.?|geboorte ?(?:datum|dag|jaar|dt\.?)"
    r"|verjaardag|jarig|born|d\.?o\.?b\.?"
    r"|date of birth|birth ?da(?:te|y)|berne|levenslicht)"
    rf"(?! op (?:maan|dins|woens|donder|vrij|zater|zon)dag(?! (?:de )?{FULL_DATE}))"
    rf"(?: [^.\d\n]{{0,30}}?)?[\s:(,]{{0,3}}(?:op |on |d\.d\. |is )?(?:de )?({DATE})",
    re.IGNORECASE,
)
OF_A_BIRTH = ("geb", "gb", "verjaardag", "jarig", "born", "dob", "d.o.b", "birth", "berne", "levenslicht", "ter wereld")
"""A text without any of these speaks of no birth."""
COMES_AFTER = ("geboren", "berne", "born", "ter wereld", "levenslicht", "geboorte", "verjaardag", "birth")
BIRTH_YEAR = r"(?:19\d\d|200\d|201\d|'\d\d|[3-9]\d(?!\d))"
OLD_DATE = (
    rf"(?:\d{{1,2}}[\-./]\d{{1,2}}[\-./]{BIRTH_YEAR}|(?:19\d\d|200\d|201\d)-\d\d-\d\d"
    rf"|\d{{1,2}}[ \-.]{MONTH}[ \-.]{BIRTH_YEAR}|{MONTH} \d{{1,2}},? (?:19\d\d|200\d|201\d))"
)
"""A date on which someone who is of an age to be written about may have been born."""
BORN_AFTER = re.compile(
    rf"(?: is van |\s?[(,;]\s?[*°]?\s?|\s?[\-–/]?\s?(?=\d\d?[\-/.]\d\d?[\-/.](?:19|200)))({OLD_DATE}(?!\d))\)?",
    re.IGNORECASE,
)
"""A full date straight after a name: "J. Bakker (12-05-1971)"."""
BORN_BEFORE = re.compile(
    rf"\b(?:({DATE}),?(?: is| was| werd)?(?: hij| zij| ze)?(?: te \w+| in \w+)? (?:geboren|berne|born|ter wereld)\b"
    rf"|({FULL_DATE})(?:[^.;\n\d]{{0,45}} |\s?[,(]{{0,2}}\s?)(?:geboren|berne|born|ter wereld|levenslicht"
    r"|(?:geboorte(?:datum|dag)|verjaardag|birthday|date of birth)(?= van|[.,;)]|$)))",
    re.IGNORECASE,
)
"""The date first: "die op 3 mei 1990 in Winsum geboren werd", "1990-05-03 is zijn geboortedatum"."""
NEW_AGE = (
    r" (?:wordt|werd|is) (?:(?:mijn|onze|m'n|ons|zijn|haar|hun) [\w ]{2,30}?|hij|zij|ze|ik)"
    r" [1-9]\d(?: jaar)?(?=[ .,!]|$)"
)
BECOMES_OLDER = re.compile(NEW_AGE, re.IGNORECASE)
BECOMES = re.compile(rf"\b({DAY} {MONTH}){NEW_AGE}", re.IGNORECASE)
"""A birthday by the age it brings: "op 3 april wordt mijn buurvrouw 80"."""
NOT_OF_A_PERSON = (
    r"(?:[a-z]*(?:club|vereniging|bond|partij|stichting|stad|gemeente|universiteit|school|kerk|museum|festival|bedrijf|winkel|krant|omroep"
    r"|organisatie|koor|orkest|band|theater|café|bibliotheek)|koning|koningin|prins|prinses|fc|vv|sv|dorp|wijk|provincie|internet)"
)
OF_A_CLUB = re.compile(
    r"(?:(?:^|[.!?\n,] ?|\b(?:de|het|onze|ons|zijn|'t) )(?<!van de )(?<!van het )(?<!van onze )(?<!bij de )"
    rf"{NOT_OF_A_PERSON}\b(?: [A-Z][\w\-]*){{0,3}} (?:is|was|werd|wordt|viert|vierde|bestaat)\b[^.\n]{{0,40}}"
    r"|\b(?:jarige?|verjaardag) (?:van|fan|is) (?:de |het |onze |ons )?"
    rf"{NOT_OF_A_PERSON}\b[^.\n]{{0,25}})$",
    re.IGNORECASE,
)
"""Before a date: a club, a town or the king has its birthday, which tells nothing of who lives here."""
STAR = re.compile(rf"(?:^|[\s(])[*°] ?(?:[A-Z][\w'’\- ]{{1,30}},? )?({FULL_DATE})", re.MULTILINE)
"""The sign of a birth: "* Assen, 12 januari 1941"."""
BORN_WHO = re.compile(
    r"\b(?:hij|zij|ze|ik|hy|sy|[a-z]*(?:zoon|dochter|kind|jongen|meisje|man|vrouw|broer|zusje|zus|moeder|vader|ouder|buurman|buurvrouw)"
    r"|[om]pa|oma|mama|mam|tante|oom|neef|neefje|nicht|nichtje|vriend|vriendin|partner|echtgenoo?te?|ex|collega|baby|peuter|kleuter"
    r"|heit|mem|pake|beppe|son|daughter|mother|father|brother|sister|he|she"
    r"|verdachten?|betrokkene|vermiste|overledene|gewonde|slachtoffer|dader|getuige|aangever|aangeefster|patiënte?|cliënte?|bewoner|bewoonster"
    r"|bestuurder|bestuurster|melder|meldster|huurder|huurster|eigenaar|eigenares|leerling|student|studente|persoon|dame|heer)"
    rf"(?:(?: is| was)? van |,? ?\((?:van )?[*°]?|, )(?P<date>{OLD_DATE}(?!\d))",
    re.IGNORECASE,
)
"""Someone without a name: "mijn zoon (12-03-2010)", "zij is van 3 mei 1990"."""
OF_SOMEONE = re.compile(r"(?:\bvan |\([*°]?|, )\d{1,4}[\-./ ]\w{1,9}[\-./ ]'?\d\d")


def ibans(text: str) -> Iterator[Span]:
    """Account numbers of any country by their check digits, and what looks like a Dutch one or is said to be one."""
    if LONG_NUMBER.search(text):
        yield from (match.span() for match in IBAN_NL.finditer(text))
    for match in IBAN.finditer(text) if IBAN_OPENS.search(text) else ():
        need = IBAN_LENGTH.get(match[0][:2].upper(), 0)
        seen = 0
        for offset, char in enumerate(match[0], 1):
            seen += char.isalnum()
            if need and seen == need:
                if iban_checks(match[0][:offset]):
                    yield match.start(), match.start() + offset
                break
    plain = text.casefold()
    if any(letters in plain for letters in OF_AN_ACCOUNT):
        yield from (match.span(1) for match in IBAN_SAID.finditer(text))


def iban_checks(iban: str) -> bool:
    """ISO 13616: the number, turned round and with its letters as numbers, leaves 1 when divided by 97."""
    plain = re.sub(r"\W", "", iban).upper()
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


def bsns(text: str) -> Iterator[Span]:
    """Nine digits that pass the eleven test, and what the text calls a BSN, a V-number or a passport."""
    if any(letters in text.casefold() for letters in OF_A_DOCUMENT):
        yield from (match.span(1) for match in DOCUMENT.finditer(text))
    if not LONG_NUMBER.search(text):
        return
    for pattern in (BSN_SAID, BSN_NEAR):
        yield from (match.span(1) for match in pattern.finditer(text))
    for match in NINE.finditer(text):
        if bsn_checks(match[0]):
            yield match.span()


def bsn_checks(number: str) -> bool:
    """The eleven test: weights 9 to 2 and -1 for the last digit."""
    digits = [int(char) for char in number if char.isdigit()]
    return any(digits) and sum(w * d for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0


def plates(text: str) -> Iterator[Span]:
    """Number plates of every Dutch series, and whatever the text calls a plate, a part of one too."""
    if FIGURE_AND_DASH.search(text):
        yield from (match.span() for match in PLATE.finditer(text))
    if FIGURE_AND_CAPITAL.search(text):
        yield from (match.span() for match in PLATE_CLOSED.finditer(text))
    plain = text.casefold()
    if not any(letters in plain for letters in OF_A_VEHICLE):
        return
    for pattern in (PLATE_LOOSE, PLATE_ABROAD):
        for match in pattern.finditer(text):
            start, end = max(0, match.start() - 45), match.end() + 30
            called = PLATE_NAMED.search(text, start, end) is not None
            if (called or VEHICLE.search(text, start, end)) and not _is_of_words(match[0], called=called):
                yield match.span()
    if any(letters in plain for letters in OF_A_PLATE):
        yield from (match.span(1) for match in PLATE_SAID.finditer(text))


def _is_of_words(typed: str, *, called: bool) -> bool:
    """Whether what looks like a plate is a postcode, or has a word among its letters: "2 mei 24", "voor 24".

    Capitals and what the text calls a plate may hold two letters that are a word too: "AB 123 C".
    """
    if typed.isalnum():
        letters = re.sub(r"\d", "", typed).casefold()
        of_words = typed[0].islower() and len(letters) >= LEAST_WORD and letters in lexicon().ordinary
        return POSTCODE_OR_CODE.fullmatch(typed) is not None or of_words or letters in BRANDS
    if (date := DAY_LIKE.fullmatch(typed)) and date["word"].casefold() in BEFORE_A_DAY:
        return True
    if re.search(r"\w-\w", typed):
        return False
    if re.fullmatch(r"\d{4} [A-Za-z]{2}", typed):
        return True
    least = 3 if called or typed.isupper() else 2
    parts = re.findall(rf"[^\W\d]{{{least},}}", typed.casefold())
    return any(part in lexicon().ordinary or VEHICLE.fullmatch(part) for part in parts)


def birth_dates(text: str) -> Iterator[Span]:
    """Dates that the text calls someone's birth; not those of clubs, towns and kings."""
    plain = text.casefold()
    if any(letters in plain for letters in OF_A_BIRTH):
        for match in BORN.finditer(text):
            if not OF_A_CLUB.search(text, max(0, match.start() - 60), match.start(1)):
                yield match.span(1)
    if any(letters in plain for letters in COMES_AFTER):
        yield from (match.span(match.lastindex or 0) for match in BORN_BEFORE.finditer(text))
    if OF_SOMEONE.search(text):
        yield from (match.span("date") for match in BORN_WHO.finditer(text))
    if "*" in text or "°" in text:
        yield from (match.span(1) for match in STAR.finditer(text))
    if BECOMES_OLDER.search(text):
        yield from (match.span(1) for match in BECOMES.finditer(text))
