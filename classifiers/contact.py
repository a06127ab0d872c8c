"""A text -> the e-mail addresses, telephone numbers and accounts that lead to a person, by their shape (R14, R15)."""

import re
from collections.abc import Iterator

from classifiers.identifiers import LONG_NUMBER
from classifiers.lexicon import lexicon
from classifiers.numerals import WORD, number_of

Span = tuple[int, int]

EMAIL = re.compile(
    r"(?<![\w.+%\-@])[\w.+%\-]+(?:@\n?| ?[\[({<](?:at|ape?n?sta+rt(?:je)?|@)[\])}>] ?)"
    r"[^\W_][\w\-]*(?:(?:\.| ?[\[(](?:dot|punt)[\])] ?| punt )[^\W_][\w\-]*)+",
    re.IGNORECASE,
)
IN_WORDS = re.compile(
    r"(?<![\w.+%\-@])[\w.+%\-]+(?: (?:punt|dot|streepje|underscore|liggend streepje) [\w.+%\-]+){0,4}"
    r",? (?:apenstaar?t?(?:je)?|apestaa?rt(?:je)?|at|aap|@),? "
    r"[^\W_][\w\-]*(?: (?:streepje|punt|dot) [^\W_][\w\-]*)*? (?:punt|dot) (?:nl|com|eu|org|net|be|de|frl|online)\b",
    re.IGNORECASE,
)
"""As it is said aloud: "jan punt jansen apenstaartje voorbeeld punt nl"."""
SPACED_EMAIL = re.compile(
    r"(?<![\w.+%\-@])[\w.+%\-]+(?:\s{1,2}(?:at|apenstaartje)\s{1,2}|\s{1,2}@\s{0,2}|@\s{1,2})"
    r"(?P<domain>[^\W_][\w\-]*(?:(?:\.| ?[\[({<](?:dot|punt)[\])}>] ?| (?:dot|punt) )[^\W_][\w\-]*)+)",
    re.IGNORECASE,
)
"""Written so as to be read by people only; "Feest @ voorbeeld.nl" is none, so the words around it must say mail."""
AT_SIGN = re.compile(r"[@\[({<]")
AT_SAID = re.compile(r"\s(?:at|aap|ape?n?sta+rt(?:je)?)[\s,]", re.IGNORECASE)
MAIL_SAID = re.compile(r"\be?-?mail(?:en|adres|t|tje)?\b", re.IGNORECASE)
ROLE_MAILBOX = re.compile(
    r"(?:info|informatie|redactie|nieuws|tips?|pers|press|media|communicatie|voorlichting|contact|secretariaat|secretaris|bestuur"
    r"|voorzitter|penningmeester|administratie|receptie|balie|klantenservice|service|helpdesk|support|webmaster|webredactie|post|mail"
    r"|gemeente|griffie|raad|raadsgriffie|college|burgemeester|evenement(?:en)?|vergunning(?:en)?|meldingen|meldpunt|aanmeld(?:en|ing)"
    r"|inschrijv(?:en|ing)|kaartverkoop|tickets?|reserver(?:en|ing|ingen)|vrijwilligers?|donateurs?|leden|ledenadministratie|jeugd"
    r"|sponsoring|veiligheid|wijkteam|politie|hallo|hello|welkom|office|events?|organisatie|supporters|fans|privacy|no-?reply|bezwaar"
    r"|pr|team|stichting|vereniging|club|kantoor|verhuur|programma(?:ring)?|productie|marketing|sales|vacatures?|hr|fg|avg)"
    r"(?:[.\-_](?P<of>\w+?))?\d*",
    re.IGNORECASE,
)
PRIVATE_DOMAIN = re.compile(
    r"(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|icloud|me|ziggo|kpnmail|kpnplanet|planet|home|xs4all|upcmail|hetnet"
    r"|proton(?:mail)?|gmx|telfort|tele2|online|casema|chello|quicknet|solcon|wxs|zonnet|freedom)\.\w+",
    re.IGNORECASE,
)

OFFICE = re.compile(r"\w{3,}(?:zaken|team|dienst|bureau|beheer|loket|service|kamer|centrum|groep|commissie|punt)")
SHORT = 3
"""Words of so many letters or fewer are initials as often."""
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
LINKED_NUMBER = re.compile(r"[/=:]\+?\d[\d\-]{6}")
ZERO_SIX = ("06", "0 6", "0-6", "nul", "o6", "o 6", "0zes", "0 zes")
ANY_LETTER = re.compile(r"[^\W\d_]")
IN_FIGURES = rf"(?:\d{{1,4}}|(?i:nul|een|één|(?!en){WORD}))"
PHONE_IN_WORDS = re.compile(
    rf"(?<!\w)(?:(?i:nul|o|0)[ \-]?(?i:zes|6)|06)(?:[ .,\-]{{0,3}}{IN_FIGURES}){{3,9}}(?!\w)",
)
"""Figures and words by turns: "nul zes 12 34 56 78", "06twaalf34vijf678"."""
LOCATION_LINK = re.compile(
    r"(?:https?://)?(?:maps\.app\.goo\.gl|goo\.gl/maps|glympse\.com|(?:www\.)?google\.\w+/maps|maps\.google\.\w+"
    r"|maps\.apple\.com|waze\.com/ul|what3words\.com|w3w\.co|life360\.\w+)[/?]\S*\w|///[a-zà-ÿ]+\.[a-zà-ÿ]+\.[a-zà-ÿ]+",
    re.IGNORECASE,
)
"""Where someone is at this moment: a place on a map that was shared."""
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

DIRECT_LINE = re.compile(rf"\s?[(,:]\s?(?:tel\.? |telefoon |bel )?(088(?:{SEPARATOR}\d){{7}})(?!\d)")
"""A company number straight after a name leads to that person."""

HANDLE = re.compile(r"(?<![\w@])@\w(?:[\w.\-]*\w)?(?:['’]s\b)?(?:@[\w\-]+(?:\.[\w\-]+)+)?")
FORUM_NAME = re.compile(r"(?<![\w/.])/?u/(?!(?:uw?|jij|jou|jouw|jullie|hen)\b)[A-Za-z0-9][\w\-]{2,19}(?![\w/])")
PROFILE = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(?:instagram\.com|facebook\.com|fb\.com|twitter\.com|\bx\.com|tiktok\.com|threads\.net|\bt\.me"
    r"|telegram\.me|snapchat\.com/add|linkedin\.com/in|youtube\.com|twitch\.tv|bsky\.app/profile|mastodon\.\w+)"
    r"/@?[\w.\-]*\w(?:/\S*\w)?",
    re.IGNORECASE,
)
ACCOUNT = re.compile(
    r"\b(?=\w)(?i:insta|instagram|ig|snap|snapchat|telegram|tik ?tok|twitter|facebook|fb|discord|signal|x"
    r"|gebruiker|gebruikersnaam|username|user|forumnaam|nick(?:name)?)"
    r"(?: ?(?i:naam|account|handle))?(?: is)?(?P<sign> ?[:=] ?| )(?P<name>(?:\w[\w.\-]*)?\w(?:#\d{4})?)"
)
PLAIN_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,:]\d+)*")


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, but for the role mailboxes of organisations (guideline, decision 13)."""
    for match in EMAIL.finditer(text) if AT_SIGN.search(text) else ():
        local, _, domain = match[0].partition("@")
        personal = PRIVATE_DOMAIN.fullmatch(domain) or names_someone(domain)
        if personal or not (is_of_a_role(local) or is_for_a_thing(local)):
            yield match.span()
    if "@" not in text and not AT_SAID.search(text):
        return
    yield from (match.span() for match in IN_WORDS.finditer(text))
    for match in SPACED_EMAIL.finditer(text):
        start, end = match.span()
        if PRIVATE_DOMAIN.fullmatch(match["domain"]) or MAIL_SAID.search(text, max(0, start - 40), start):
            yield start, end


def names_someone(domain: str) -> bool:
    """Whether a part of the domain is a given name and no word: "rosanne-in-stad.nl"."""
    lex = lexicon()
    parts = re.split(r"[.\-]", domain.lower())[:-1]
    return any(part in lex.given_lower and part not in lex.ordinary and part not in lex.things for part in parts)


def is_of_a_role(local: str) -> bool:
    """Whether a mailbox is that of an office, and not of whoever holds it: "voorzitter.joke" names someone."""
    role = ROLE_MAILBOX.fullmatch(local)
    return role is not None and (role["of"] is None or is_for_a_thing(role["of"]))


def is_for_a_thing(local: str) -> bool:
    """Whether a mailbox is called after what it is for ("kaarten", "uitreizen") by words that are nobody's name."""
    lex = lexicon()
    words = re.split(r"[._\-]", local.lower())
    return OFFICE.fullmatch(local.lower()) is not None or all(
        word in lex.ordinary and len(word) > SHORT and word not in lex.given_lower and word.title() not in lex.surnames
        for word in words
    )


def phones(text: str) -> Iterator[Span]:
    """Dutch and foreign numbers; not 112, 14 050, 0800, 0900 and 088, which are public."""
    if LINKED_NUMBER.search(text):
        yield from (match.span() for match in PHONE_LINK.finditer(text))
    plain = text.casefold()
    if any(written in plain for written in ZERO_SIX):
        for match in PHONE_IN_WORDS.finditer(text):
            if ANY_LETTER.search(match[0]) and _figures(match[0]) >= LEAST_DIGITS:
                yield match.span()
    if not LONG_NUMBER.search(text):
        return
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
        national = not match[0].startswith(("+", "00", "31"))
        wrong_length = national and not LEAST_DIGITS <= len(digits) <= MOST_DIGITS
        if not wrong_length and not SERVICE_NUMBER.match(digits) and not NO_PHONE.match(match[0]):
            yield match.span()
    for match in CALLED.finditer(text):
        if not DATE_LIKE.match(match[1]) and not SERVICE_NUMBER.match(match[1]):
            yield match.span(1)


def _figures(number: str) -> int:
    """How many figures a number has, of which some are words."""
    spoken = (number_of(part.casefold()) for part in re.findall(r"[^\W\d_]+", number))
    return sum(map(str.isdigit, number)) + sum(len(str(value)) for value in spoken if value is not None)


def shared_locations(text: str) -> Iterator[Span]:
    """Links to a place on a map, such as people share of where they are."""
    if "/" in text:
        yield from (match.span() for match in LOCATION_LINK.finditer(text))


def handles(text: str) -> Iterator[Span]:
    """Accounts: @name, the address of a profile, and a name after its platform ("insta: ...").

    Every account goes, an organisation's too: whose it is cannot be told from its name (R11, R12).
    """
    for pattern, sign in ((PROFILE, "/"), (HANDLE, "@"), (FORUM_NAME, "u/")):
        if sign in text:
            yield from (match.span() for match in pattern.finditer(text))
    for match in ACCOUNT.finditer(text):
        if match["sign"] != " " or not PLAIN_WORD.fullmatch(match["name"]):
            yield match.span("name")
