"""A text -> the personal data in it, and the text without them (R14, R15).

Numbers and addresses are found by their shape and their check digits; when the text itself says what a number is, a
failed check does not save it: the redactor fails closed. Names are the work of names.py. Knows no database, no network.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from classifiers.name_model import NameModel
from classifiers.names import Names
from classifiers.reading import Finding, Redacted
from classifiers.vocabulary import PersonalKind, Voice
from classifiers.words import folded

Span = tuple[int, int]
Finder = Callable[[str], Iterator[Span]]

EMAIL = re.compile(
    r"(?<![\w.+%\-@])[\w.+%\-]+(?:@\n?| ?[\[({<](?:at|apenstaartje|@)[\])}>] ?)"
    r"[^\W_][\w\-]*(?:(?:\.| ?[\[(](?:dot|punt)[\])] ?| punt )[^\W_][\w\-]*)+",
    re.IGNORECASE,
)
SPACED_EMAIL = re.compile(
    r"(?<![\w.+%\-@])[\w.+%\-]+(?:\s{1,2}(?:at|apenstaartje)\s{1,2}|\s{1,2}@\s{0,2}|@\s{1,2})"
    r"(?P<domain>[^\W_][\w\-]*(?:(?:\.| ?[\[({<](?:dot|punt)[\])}>] ?| (?:dot|punt) )[^\W_][\w\-]*)+)",
    re.IGNORECASE,
)
"""Written so as to be read by people only; "Feest @ voorbeeld.nl" is none, so the words around it must say mail."""
MAIL_SAID = re.compile(r"\be?-?mail(?:en|adres|t|tje)?\b", re.IGNORECASE)
ROLE_MAILBOX = re.compile(
    r"(?:info|informatie|redactie|nieuws|tips?|pers|press|media|communicatie|voorlichting|contact|secretariaat|secretaris|bestuur"
    r"|voorzitter|penningmeester|administratie|receptie|balie|klantenservice|service|helpdesk|support|webmaster|webredactie|post|mail"
    r"|gemeente|griffie|raad|raadsgriffie|college|burgemeester|evenement(?:en)?|vergunning(?:en)?|meldingen|meldpunt|aanmeld(?:en|ing)"
    r"|inschrijv(?:en|ing)|kaartverkoop|tickets?|reserver(?:en|ing|ingen)|vrijwilligers?|donateurs?|leden|ledenadministratie|jeugd"
    r"|sponsoring|veiligheid|wijkteam|politie|hallo|hello|welkom|office|events?|organisatie|supporters|fans|privacy|no-?reply|bezwaar"
    r"|pr|team|stichting|vereniging|club|kantoor|verhuur|programma(?:ring)?|productie|marketing|sales|vacatures?|hr|fg|avg)"
    r"(?:[.\-_]\w+)?\d?",
    re.IGNORECASE,
)
PRIVATE_DOMAIN = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|me|ziggo|kpnmail|kpnplanet|planet|home|xs4all|upcmail|hetnet"
    r"|proton(?:mail)?|gmx|telfort|tele2|online|casema|chello|quicknet|solcon|wxs|zonnet|freedom)\.\w+",
    re.IGNORECASE,
)

SEPARATOR = r"(?:[ ]?[.\-/][ ]?|[ ]{1,2})?"
LOOSE = r"(?:[ \n]?[.\-/_*|,]{1,4}[ \n]?|[ ]{1,2}|[ ]?\n)?"
"""Also what chat and markup put between the groups of a number, or the end of one line."""
PHONE = re.compile(
    r"(?<![^\W_])(?<!\+)(?:"
    rf"(?:\+|00)[ ]?31{LOOSE}(?:\(0\){LOOSE})?\(?[1-9]\)?(?:{LOOSE}\)?\d){{8}}(?!\d)"
    rf"|316(?:{SEPARATOR}\d){{8}}(?!\d)"
    rf"|\(?0[1-9]\d{{0,2}}\)?(?:{SEPARATOR}\d){{6,9}}(?!\d|[.,]\d)"
    rf"|\(?0(?:{LOOSE}\)?\d){{9}}(?!\d)"
    rf"|\+[1-9](?:{SEPARATOR}\(?\d\)?){{7,13}}(?!\d|[.,]\d)"
    r")"
)
PHONE_LINK = re.compile(r"\b(?:wa\.me/|whatsapp\.com/send/?\?phone=|tel:|callto:)\+?\d[\d\-]{6,20}", re.IGNORECASE)
CALLED = re.compile(
    r"\b(?:tel|telefoon|telefoonnummer|telnr|mobiel|mob|bel|bellen|belt|app|appen|sms|whatsapp|nummer)[.:]{0,2}\s{1,2}"
    rf"(?:met |naar |op |via |is )?((?!0[89]00)[0-9](?:{SEPARATOR}\d){{5,9}})"
    r"(?![\d.,]*\d|\s?(?:euro|mensen|bezoekers|uur))",
    re.IGNORECASE,
)
LEAST_DIGITS, MOST_DIGITS = 9, 11
"""A Dutch number has ten; one too few or too many is a slip of the pen, and leads to a person all the same."""
DATE_LIKE = re.compile(r"\d{1,2}[\-./ ]{1,3}\d{1,2}[\-./ ]{1,3}(?:19|20)\d\d(?!\d)|\d{4}-\d\d-\d\d")
CLOCKS = r"[0-2]\d\.[0-5]\d[^\d.]{1,3}[0-2]\d\.[0-5]\d"
LISTED = r"\d+(?:, \d+){3}|(?!06)\d+(?:[.,]\d+)?(?:\n\d+(?:[.,]\d+)?){2}"
NO_PHONE = re.compile(rf"{DATE_LIKE.pattern}|{CLOCKS}|{LISTED}")
"""A date, times of the day, four numbers of a list or three of a column."""
SERVICE_NUMBER = re.compile(r"(?:(?:00)?31)?0(?:800|900|906|909|88)|(?:00)?31(?:800|900|906|909|88)")
"""Free, paid and company numbers: 0800, 0900, 0906, 0909, 088."""

HANDLE = re.compile(
    r"(?<![\w@])@\w(?:[\w.\-]*\w)?(?:@[\w\-]+(?:\.[\w\-]+)+)?"
    r"|(?<![\w/.])/?u/(?!(?:uw?|jij|jou|jouw|jullie|hen)\b)[A-Za-z0-9][\w\-]{2,19}(?![\w/])"
)
PROFILE = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(?:instagram\.com|facebook\.com|fb\.com|twitter\.com|\bx\.com|tiktok\.com|threads\.net|\bt\.me"
    r"|telegram\.me|snapchat\.com/add|linkedin\.com/in|youtube\.com|twitch\.tv|bsky\.app/profile|mastodon\.\w+)"
    r"/@?[\w.\-]*\w(?:/\S*\w)?",
    re.IGNORECASE,
)
ACCOUNT = re.compile(
    r"\b(?i:insta|instagram|ig|snap|snapchat|telegram|tik ?tok|twitter|facebook|fb|discord|signal|x)"
    r"(?: ?(?i:naam|account|handle))?(?: is)?(?P<sign> ?[:=] ?| )(?P<name>(?:\w[\w.\-]*)?\w(?:#\d{4})?)"
)
PLAIN_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,:]\d+)*")

IBAN = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ ]?[A-Za-z0-9]){11,30}")
IBAN_NL = re.compile(r"(?<!\w)NL\s?\d{2}[\s.\-]?[A-Z]{4}(?:[\s.\-]?\d){10}(?!\d)", re.IGNORECASE)
IBAN_SAID = re.compile(
    r"(?i:\b(?:iban|bankrekening|rekeningnummer|rekening|rek\.? ?nr)\b\.?[^\w\n]{0,3}(?:is |nummer |nr\.? ?)?)"
    r"([A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){2,8}|\d(?:[ .]?\d){6,9})"
)
IBAN_LENGTH = {
    "AE": 23, "AL": 28, "AT": 20, "BA": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18,
    "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GE": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IL": 23,
    "IS": 26, "IT": 27, "KW": 30, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19,
    "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "TN": 24, "TR": 26, "UA": 29, "VG": 24, "XK": 20,
}  # fmt: skip

NINE = re.compile(r"(?<![\w.,+\-])(?:\d{9}|\d{3}[ \-]\d{3}[ \-]\d{3}|\d{4}[ .\-]\d{2}[ .\-]\d{3})(?![\w\-]|[.,]\d)")
BSN_SAID = re.compile(
    r"\b(?:bsn|burgerservicenummer|burger service nummer|sofi-?nummer)(?:-?nummer|nr)?\b"
    r"\W{0,4}(?:is |van \w{1,40} |nummer |nr\.? ?)?\W{0,3}(\d(?:[\s.\-_*|/,]?\d){7,8})(?!\d)",
    re.IGNORECASE,
)

PLATE_SERIES = tuple(
    "XX-99-99 99-99-XX 99-XX-99 XX-99-XX XX-XX-99 99-XX-XX 99-XXX-9 9-XXX-99 XX-999-X X-999-XX XXX-99-X X-99-XXX"
    " 9-XX-999 999-XX-9".replace("9", "[0-9]")
    .replace("X", "[A-Z]")
    .split()
)
"""The fourteen series of the road authority (RDW), of cars, mopeds and trailers."""
PLATE = re.compile(rf"(?<![\w\-])(?:{'|'.join(PLATE_SERIES)})(?![\w\-])", re.IGNORECASE)
CLOSED_SERIES = "|".join(series.replace("]-[", "][") for series in PLATE_SERIES[3:])
"""Without dashes, and without the first three series: "9712AB" is a postcode."""
PLATE_CLOSED = re.compile(rf"(?<![\w\-/.])(?:{CLOSED_SERIES})(?![\w\-])")
TYPED_SERIES = "|".join(PLATE_SERIES).replace("]-[", "][ .\\-_][")
PLATE_LOOSE = re.compile(rf"(?<![\w\-])(?:{TYPED_SERIES}|{CLOSED_SERIES})(?![\w\-])", re.IGNORECASE)
"""A plate as people type it; a date ("2 mei 24") looks the same, so the words around it must say what it is."""
PLATE_NAMED = re.compile(r"\b(?:deel)?kenteken|\bnummer(?:bord|plaat)", re.IGNORECASE)
VEHICLE = re.compile(
    r"\b(?:[a-z]{0,12}auto|(?:bestel)?bus(?:je)?|wagen|scooter|motor|volkswagen|golf|bmw|audi|opel)\b", re.IGNORECASE
)
PLATE_PART = (
    r"(?:[A-Z0-9*?…]{1,3}(?:[ \-][A-Z0-9*?…]{1,3}){1,2}|[A-Z0-9*?]*(?:\d[A-Z]|[A-Z]\d)[A-Z0-9*?]*|[A-Z]{2,3}|\d{2,3})"
)
PLATE_SAID = re.compile(
    rf"\b(?i:(?:deel)?kenteken(?:s|plaat|platen)?|nummerbord|(?:nummer)?plaat)\b[^.\n\d]{{0,45}}?(?<![\w\-])({PLATE_PART})(?![\w\-])"
)

MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DATE = (
    r"(?:\d{1,2} ?[\-./] ?\d{1,2} ?[\-./] ?(?:\d{4}|\d\d)(?!\d)|\d{4}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:e|ste|de)? {MONTH}(?:,? ?\d{{4}}|,? '\d\d)?)"
)
BORN = re.compile(
    r"\b(?:geboren|geb\.?|geboortedatum|geboortedag|verjaardag|geb\.? ?datum)(?: [^.\d\n]{0,30}?)?[\s:(]{0,3}"
    rf"(?:op |d\.d\. |is )?({DATE})",
    re.IGNORECASE,
)
BORN_AFTER = re.compile(r"\s?[(,]\s?\*?\s?(\d{1,2}[\-./]\d{1,2}[\-./](?:19\d\d|200\d|201\d))\)?")
"""A full date straight after a name: "J. Bakker (12-05-1971)"."""

SMALL_STREET = r"(?:straat|straatweg|weg|laan|plein|kade|singel|steeg|gracht|dreef|plantsoen|laantje|straatje|pleintje)"
STREET_TAIL = (
    rf"(?:{SMALL_STREET}|pad|hof|dijk|wal|diep|markt|park|haven|dam|ring|kamp|veld|wijk|hoek|akker|erf|oever|zoom|baan|ree|es"
    r"|gaarde|horst|borg|heerd|stee|kwartier|allee|boulevard|esplanade|drift|tuin|poort|berg|stein|waard|meent|rak|zijl|streek"
    r"|brink|loane|wei|kampen|velden|maar|vaart|riet|kolk|tocht|terras|hoven|bolwerk|werf|eind|einde|tuinen|gang|vliet|slag|hiem)"
)
SHOUTED_STREET = rf"(?:{SMALL_STREET.upper()}|PAD|HOF|DIJK|WAL|DIEP|MARKT|HAVEN|HEERD|BORG)"
LINE_ENDS = re.compile(r" ?[.,;)]?(?: ?\n|\Z)")
LIVES = re.compile(r"\b(?:ge)?woon|\bwoning|\badres|\bthuis\b", re.IGNORECASE)
CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
BETWEEN = r"(?:(?:van|de|der|den|ten|ter|'t|in 't|het) ){0,3}"
NUMBER = (
    r"(?P<number>[1-9]\d{0,3})(?:(?: ?[-/] ?| t/m | en )\d{1,4})?"
    r"(?:-?[a-zA-Z](?!\w)| [A-Z](?![\w.])|-(?:[IVX]+|\d+)\b| (?:hs|bis|rood|zw)\b)?"
    r"(?:,? ?\(?\d{4} ?[A-Z]{2}\)?(?!\w))?"
)
ADDRESS = re.compile(
    rf"(?<![\w\-])(?:(?:{CAPITAL}[\w'’.\-]{{0,40}} {BETWEEN}){{0,3}}"
    rf"(?:{CAPITAL}[\w'’\-]{{0,40}}?{STREET_TAIL}|{CAPITAL}[\w'’\-]{{0,40}}?{SHOUTED_STREET}"
    rf"|(?={CAPITAL})(?i:{STREET_TAIL}))"
    rf"|(?<=\b[Aa]an de )(?:{CAPITAL}[\w'’\-]{{1,40}} )?{CAPITAL}[a-zà-ÿ]{{3,40}}"
    rf"|[a-z][a-z\-]{{2,40}}{SMALL_STREET}|(?:Grote|Nieuwe|Oude|Lage|Hoge|Korte|Lange) {CAPITAL}\w{{1,40}})"
    rf",?(?P<gap>[ \n])(?:(?:nr|no|nummer|huisnummer|huisnr)\.? )?{NUMBER}(?!\w)"
)
"""A street by its ending, by a word like "Oude", or after "aan de": "Kerkstraat 12", "Oude Ebbinge 3", "Kajuit 231"."""
TOWN = re.compile(
    r"(?:ster|tter|een|chie|olen|aan|inge)dam,? \d|(?:ever|aal|arder|oord|at)wijk,? \d|(?i:nieuwegein,? \d)"
)
"""Towns that end like a street, before a score or a year: "Rotterdam 2"."""
WITH_POSTCODE = re.compile(
    rf"(?<!\w)(?:{CAPITAL}[\w'’\-]{{1,40}} ){{1,4}}[1-9]\d{{0,3}}(?:-?[a-zA-Z]\b)?,? ?\(?"
    r"[1-9]\d{3} ?[A-Z]{2}\)?(?!\w)"
    r"|(?<!\w)[1-9]\d{3} ?[A-Z]{2}[, \-]{1,2}(?:nr\.? |huisnummer |nummer )?\d{1,4}(?:-?[a-z]\b)?(?![.:]\d|\w)"
)
NO_HOUSE_NUMBER = re.compile(
    rf"\s?(?:u(?:ur|ren)?\b|h\b|%|[.:,]\d|{MONTH}(?!\w)|(?:meter|km|kilometer|jaar|jarige|keer|dagen|weken|minuten|mensen|man|personen"
    r"|bezoekers|deelnemers|demonstranten|betogers|agenten|auto's|trekkers|jongeren|supporters|fans|kramen|woningen|huizen|panden"
    r"|bomen|euro|miljoen|duizend|meldingen|aanhoudingen|hectare|x|mannen|vrouwen|kinderen|inwoners|leden|voertuigen|branden"
    r"|brandjes|fietsen)\b)",
    re.IGNORECASE,
)
PUBLIC_BUILDING = re.compile(
    r"\b(?:stadhuis|gemeentehuis|provinciehuis|raadhuis|raadzaal|(?:gemeente|stads)?loket|bibliotheek|(?:basis|hoge)?school"
    r"|[a-z]*kerk|moskee|synagoge|buurthuis|dorpshuis|wijkgebouw|clubhuis|clubgebouw|[a-z]+centrum|(?:eet)?caf[eé]|restaurant|hotel"
    r"|stadion|museum|theater|ziekenhuis|umcg|sporthal|sportpark|politiebureau|kazerne|(?:hoofd)?station|universiteit|academie"
    r"|kantine|supermarkt|winkel|kantoor|rechtbank|zaal|locatie|kroeg|poppodium|forum|zwembad)\b",
    re.IGNORECASE,
)
PRIVATE_HOME = re.compile(
    r"\bwoning|woonhuis|\bwoon|\bhuis van|\bthuis\b|\bhuisadres|\bbewoner|\bvergunning|\bflat\b|appartement",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, but for the role mailboxes of organisations (guideline, decision 13)."""
    for match in EMAIL.finditer(text):
        local, _, domain = match[0].partition("@")
        if PRIVATE_DOMAIN.fullmatch(domain) or not ROLE_MAILBOX.fullmatch(local):
            yield match.span()
    for match in SPACED_EMAIL.finditer(text):
        start, end = match.span()
        if PRIVATE_DOMAIN.fullmatch(match["domain"]) or MAIL_SAID.search(text, max(0, start - 40), start):
            yield start, end


def phones(text: str) -> Iterator[Span]:
    """Dutch and foreign numbers; not 112, 14 050, 0800, 0900 and 088, which are public."""
    yield from (match.span() for match in PHONE_LINK.finditer(text))
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
        national = not match[0].startswith(("+", "00", "31"))
        wrong_length = national and not LEAST_DIGITS <= len(digits) <= MOST_DIGITS
        if not wrong_length and not SERVICE_NUMBER.match(digits) and not NO_PHONE.match(match[0]):
            yield match.span()
    for match in CALLED.finditer(text):
        if not DATE_LIKE.match(match[1]) and not SERVICE_NUMBER.match(match[1]):
            yield match.span(1)


def handles(text: str) -> Iterator[Span]:
    """Accounts: @name, the address of a profile, and a name after its platform ("insta: ...").

    Every account goes, an organisation's too: whose it is cannot be told from its name (R11, R12).
    """
    for pattern in (PROFILE, HANDLE):
        for match in pattern.finditer(text):
            yield match.span()
    for match in ACCOUNT.finditer(text):
        if match["sign"] != " " or not PLAIN_WORD.fullmatch(match["name"]):
            yield match.span("name")


def ibans(text: str) -> Iterator[Span]:
    """Account numbers of any country by their check digits, and what looks like a Dutch one or is said to be one."""
    for match in IBAN_NL.finditer(text):
        yield match.span()
    for match in IBAN.finditer(text):
        need = IBAN_LENGTH.get(match[0][:2].upper(), 0)
        seen = 0
        for offset, char in enumerate(match[0], 1):
            seen += char.isalnum()
            if need and seen == need:
                if iban_checks(match[0][:offset]):
                    yield match.start(), match.start() + offset
                break
    yield from (match.span(1) for match in IBAN_SAID.finditer(text))


def iban_checks(iban: str) -> bool:
    """ISO 13616: the number, turned round and with its letters as numbers, leaves 1 when divided by 97."""
    plain = re.sub(r"\W", "", iban).upper()
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


def bsns(text: str) -> Iterator[Span]:
    """Nine digits that pass the eleven test, and eight or nine that the text calls a BSN."""
    yield from (match.span(1) for match in BSN_SAID.finditer(text))
    for match in NINE.finditer(text):
        if bsn_checks(match[0]):
            yield match.span()


def bsn_checks(number: str) -> bool:
    """The eleven test: weights 9 to 2 and -1 for the last digit."""
    digits = [int(char) for char in number if char.isdigit()]
    return any(digits) and sum(w * d for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0


def plates(text: str) -> Iterator[Span]:
    """Number plates of every Dutch series, and whatever the text calls a plate, a part of one too."""
    for pattern in (PLATE, PLATE_CLOSED):
        for match in pattern.finditer(text):
            yield match.span()
    for match in PLATE_LOOSE.finditer(text):
        start, end = max(0, match.start() - 45), match.end() + 30
        if PLATE_NAMED.search(text, start, end) or (match[0].isalnum() and VEHICLE.search(text, start, end)):
            yield match.span()
    yield from (match.span(1) for match in PLATE_SAID.finditer(text))


def birth_dates(text: str) -> Iterator[Span]:
    """Dates that the text calls someone's birth."""
    yield from (match.span(1) for match in BORN.finditer(text))


def addresses(text: str) -> Iterator[Span]:
    """Street and house number; not of a public building, nor before a time or a date (guideline, decision 13)."""
    for match in ADDRESS.finditer(text):
        no_number = NO_HOUSE_NUMBER.match(text, match.end("number")) or re.fullmatch(r"(?:19|20)\d\d", match["number"])
        if no_number or TOWN.search(match[0]) or starts_a_line_of_its_own(text, match):
            continue
        if not is_public(text, *match.span()):
            yield match.span()
    for match in WITH_POSTCODE.finditer(text):
        if not is_public(text, *match.span()):
            yield match.span()


def starts_a_line_of_its_own(text: str, address: re.Match[str]) -> bool:
    """Whether the number stands on the line below the street, and more follows it there than an address."""
    if address["gap"] != "\n" or LINE_ENDS.match(text, address.end()):
        return False
    return LIVES.search(text, max(0, address.start() - 40), address.start()) is None


def is_public(text: str, start: int, end: int) -> bool:
    """Whether the words around an address, in its own sentence, name a public building and no home."""
    before = re.split(r"[.!?\n] ?(?=[A-Z]|$)", text[max(0, start - 70) : start])[-1]
    after = re.split(r"[.!?\n;]", text[end : end + 25])[0]
    if PRIVATE_HOME.search(before) or PRIVATE_HOME.search(after):
        return False
    return PUBLIC_BUILDING.search(before) is not None or PUBLIC_BUILDING.search(after) is not None


FINDERS: tuple[tuple[PersonalKind, Finder], ...] = (
    (PersonalKind.EMAIL, emails),
    (PersonalKind.IBAN, ibans),
    (PersonalKind.BSN, bsns),
    (PersonalKind.BIRTH_DATE, birth_dates),
    (PersonalKind.HANDLE, handles),
    (PersonalKind.PHONE, phones),
    (PersonalKind.PLATE, plates),
    (PersonalKind.ADDRESS, addresses),
)
"""The surer shape first: where two overlap, the earlier kind keeps the characters."""


class PersonalData:
    """Finds the personal data in a text. `known` are names that are never a person: places, clubs, organisations."""

    def __init__(self, known: Collection[str]) -> None:
        """Raises ModelMissing when the learned judge of names is not there."""
        self.names = Names(known, judge=NameModel.load())

    def find(self, text: str, *, voice: Voice) -> tuple[Finding, ...]:
        """Where personal data stand in `text`, which is title + newline + text; ordered, not overlapping."""
        even = folded(text)
        free = bytearray(b"\x01") * len(text)
        found: list[Finding] = []
        for kind, finder in FINDERS:
            for start, end in finder(even):
                found += claim(start, end, kind, free)
        for start, end in self.names.find(text, voice=voice):
            found += claim(start, end, PersonalKind.PERSON, free)
            birth = BORN_AFTER.match(text, end)
            if birth:
                found += claim(*birth.span(1), PersonalKind.BIRTH_DATE, free)
        return tuple(sorted((f for f in found if text[f.start : f.end].strip()), key=lambda f: f.start))


def claim(start: int, end: int, kind: PersonalKind, free: bytearray) -> Iterator[Finding]:
    """The stretches of start..end that are still free (1 in `free`, a byte a character), which it then takes."""
    at = start
    while at < end:
        left = free.find(1, at, end)
        if left < 0:
            return
        taken = free.find(0, left, end)
        at = end if taken < 0 else taken
        free[left:at] = bytes(at - left)
        yield Finding(left, at, kind)


def redact(title: str, text: str, findings: Sequence[Finding]) -> Redacted:
    """`title` and `text` with each finding replaced by its kind's placeholder.

    A finding that runs over the border between them leaves its placeholder where it begins, and goes from both.
    """
    ordered = tuple(sorted(findings, key=lambda finding: finding.start))
    border = len(title)
    heads: list[str] = []
    bodies: list[str] = []
    at, body_at = 0, 0
    for finding in ordered:
        if finding.start < border:
            heads += [title[at : finding.start], finding.kind.placeholder]
            at, body_at = min(finding.end, border), max(body_at, finding.end - border - 1)
        elif finding.end > border + 1:
            start = max(finding.start - border - 1, 0)
            bodies += [text[body_at:start], finding.kind.placeholder]
            body_at = finding.end - border - 1
    return Redacted("".join([*heads, title[at:]]), "".join([*bodies, text[body_at:]]), ordered)
