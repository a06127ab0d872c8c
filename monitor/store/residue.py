"""A text that was redacted -> which kind of personal data still stands in it, or None (R14, R19).

The second pair of eyes. It shares no word list, pattern or code with classifiers/, so that no mistake there is made
twice; and it looks for plain shapes only, for what it finds costs a report. Public numbers, mailboxes of an office and
addresses of public buildings may stay in a text, so these are not looked for.
"""

import re
from collections.abc import Callable

PHONE, MAIL, HANDLE, ACCOUNT, CITIZEN, PLATE, HOME, BIRTH, NAME = (
    "telefoonnummer", "mailadres", "account", "rekeningnummer", "bsn", "kenteken", "woonadres", "geboortedatum", "naam",
)  # fmt: skip

_GAP = r"[ .\-/]?"
_MOBILE = re.compile(rf"(?<![\d+])(?:06|(?:\+|00){_GAP}31{_GAP}(?:\(0\)|0)?{_GAP}6){_GAP}[1-9](?:{_GAP}\d){{7}}(?!\d)")
_LANDLINE = re.compile(
    r"(?<![\d+])\(?0(?!800|900|906|909|88)[1-9]\d{1,2}\)?[ -]{1,3}\d{3}[ -]?(?:\d{2}[ -]?\d{2}|\d{3,4})(?!\d)"
)
_ABROAD = re.compile(r"(?<!\w)\+(?:32|44|48|49|90|212|297|380|597|599)(?:[ .\-]?\d){8,11}(?!\d)")
_MAILBOX = re.compile(r"([\w.+\-]+)@([\w\-]+(?:\.[\w\-]+)+)")
_AT_HOME = re.compile(
    r"(?:gmail|hotmail|outlook|live|yahoo|icloud|ziggo|kpnmail|xs4all|proton(?:mail)?|hetnet|planet)\.\w+", re.I
)
_OF_SOMEONE = re.compile(
    r"(?!(?:info|pers|redactie|contact|no-?reply|team|wijk|gebied|steun|bestuur|secretari|evenement|vrijwillig|aanmeld|ticket)"
    r")[a-z]+(?:[._][a-z\-]{3,}\d*|\d{1,4})",
    re.I,
)
_AT = re.compile(r"(?<![\w@.])@[A-Za-z_]\w{2,}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,26}\b")
_NINE = re.compile(r"(?<![\w.,\-])\d{9}(?![\w\-]|[.,]\d)")
_TOLD_CITIZEN = re.compile(r"\b(?:bsn|burgerservicenummer)\D{1,12}\d{8,9}\b", re.I)
_PLATE = re.compile(r"(?<![\w\-])([A-Z]{1,3}|\d{1,3})-([A-Z]{2,3}|\d{2,3})-([A-Z]{1,2}|\d{1,2})(?![\w\-])")
_PLATE_LENGTH = 6
_HOME = re.compile(
    r"\b(?:woont|wonend|woonachtig|woonde)e? (?:aan|op|in) (?:de |het )?[A-Z][\w'\-]+(?: [A-Z][\w'\-]+)? \d{1,4}\b"
    r"|\b[A-Z][\w'\-]+ \d{1,4}[a-zA-Z]?,? \d{4} ?[A-Z]{2}\b(?=.{0,20}\b(?:woon|bewoner|thuis))"
)
_BIRTH = re.compile(
    r"\b(?:geboren|geb\.|geboortedatum:?) (?:op |is )?(?:\d{1,2}[\-./]\d{1,2}[\-./](?:19|20)?\d\d"
    r"|\d{1,2} (?:jan|feb|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)\w* (?:19|20)\d\d)\b",
    re.I,
)
_TITLE = r"(?:[Mm]evrouw|[Mm]evr\.|[Mm]w\.|[Mm]eneer|[Mm]ijnheer|[Dd]hr\.|[Dd]e heer)"
_LAST = r"(?:(?:van|de|der|den|ten|ter|el) ){0,3}[A-Z][a-zà-ÿ]{2,}"
_NAME = re.compile(rf"\b{_TITLE} (?:[A-Z]\. ?)*{_LAST}|\b[A-Z][a-zà-ÿ]+ (?:{_LAST}|[A-Z]\.) \([1-9]\d(?: jaar)?\)")
"""After a title, or two words and an age: "Hilbrand Oosterwijk (42)"."""


def residue(text: str) -> str | None:
    """The first kind that is found, as a Dutch word; never what was found."""
    return next((kind for kind, stands in _CHECKS if stands(text)), None)


def _has_phone(text: str) -> bool:
    return any(shape.search(text) for shape in (_MOBILE, _LANDLINE, _ABROAD))


def _has_mail(text: str) -> bool:
    return any(_AT_HOME.fullmatch(host) or _OF_SOMEONE.fullmatch(box) for box, host in _MAILBOX.findall(text))


def _has_account(text: str) -> bool:
    return any(_divides(found.replace(" ", "")) for found in _IBAN.findall(text))


def _divides(iban: str) -> bool:
    """ISO 13616, read as a row of digits: the remainder by 97 must be 1."""
    rest = 0
    for char in iban[4:] + iban[:4]:
        value = int(char, 36)
        rest = (rest * (10 if char.isdigit() else 100) + value) % 97
    return rest == 1


def _has_citizen(text: str) -> bool:
    return _TOLD_CITIZEN.search(text) is not None or any(_weighs_right(number) for number in _NINE.findall(text))


def _weighs_right(number: str) -> bool:
    """The test of eleven, from the right: the last digit counts against the sum of the others."""
    total = sum(place * int(digit) for place, digit in enumerate(reversed(number), 1)) - 2 * int(number[-1])
    return int(number) > 0 and total % 11 == 0


def _has_plate(text: str) -> bool:
    """Three groups of six signs together, letters and digits both: a score or a date has no letters."""
    for groups in _PLATE.findall(text):
        sign = "".join(groups)
        if len(sign) == _PLATE_LENGTH and not sign.isdigit() and not sign.isalpha():
            return True
    return False


def _stands(shape: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: shape.search(text) is not None


_CHECKS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (MAIL, _has_mail),
    (ACCOUNT, _has_account),
    (CITIZEN, _has_citizen),
    (PHONE, _has_phone),
    (PLATE, _has_plate),
    (HANDLE, _stands(_AT)),
    (HOME, _stands(_HOME)),
    (BIRTH, _stands(_BIRTH)),
    (NAME, _stands(_NAME)),
)
