"""Redacted Dutch text -> Size: how many people come or came (guideline, `size`, decisions 4 and 19)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import log10

from classifiers.numerals import DIGITS, WORD, number_of
from classifiers.reading import Size

_STOPS = (". ", "! ", "? ", "\n", "; ")
_HANDFUL, _CROWDED = 10, 50
_VETO = 10.0
_LARGEST = 2_000_000
"""More people than came to any event in the country: a larger number counts something else."""

_PEOPLE = (
    r"(?:(?:actie|hardloop|feest|carnavals|concert|festival|voetbal|stad|wandel|fiets|skate|boeren|zorg|spoor|klimaat"
    r"|dorps)?"
    r"(?:mensen|man(?!-)|personen|pers\b\.?|bezoekers?|betogers?|demonstranten|deelnemers|deelneemsters|aanwezigen"
    r"|supporters"
    r"|fans|lopers|hardlopers|wandelaars"
    r"|fietsers|skaters|toeschouwers|belangstellenden|belangstellende|studenten|eerstejaars|jongeren|scholieren"
    r"|leerlingen|kinderen|gasten|feestgangers"
    r"|feestvierders|actievoerders|activisten|protesteerders|boeren|leraren|leerkrachten|docenten|medewerkers"
    r"|werknemers|stakers|zorgmedewerkers|buurtbewoners"
    r"|bewoners|inwoners|stadjers|dorpelingen|omwonenden|nieuwsgierigen|ravers|raver|liefhebbers|fietsende"
    r"|personeelsleden|mannen|relschoppers|hooligans|aanhangers"
    r"|leden|sympathisanten|stille lopers|muzikanten|dansers|danseressen|ouders|vrouwen|bezoekende|publiek|kijkers"
    r"|zwemmers|duikers|marktbezoekers|ondertekenaars"
    r"|tegendemonstranten|dorpsbewoners|rijders|motorrijders|kerkgangers|nabestaanden|passanten|klanten|vrijwilligers"
    r"|vluchtelingen|oekraïners|groningers|gelovigen"
    r"|sporters|atleten|genodigden|koppels|huurders|chauffeurs|ambtenaren|artsen|verpleegkundigen|agrariërs))\b"
)
_ADJECTIVES = r"(?:\s+(?:[a-zëéï-]+(?:e|en|se)|gelijktijdig|tegelijk|à|oud-\w+|tot)){0,2}?"
_NUMBER = rf"(?:{DIGITS}(?:\s*duizend)?|anderhalf\s?duizend|{WORD}(?:\s+(?:honderd|duizend))?)"
_VAGUE = (
    r"(?:enkele|een paar|paar)\s+(?:honderd|duizend)\b|"
    r"(?:(?:enkele|een paar|paar|vele|vele vele|tig)\s+)?(?:tientallen|honderden|duizenden|tienduizenden)"
    r"|een\s+(?:tien|twin|der|veer|vijf|hon)\w*tal|\w{3,12}(?:ig|ien|derd)tal|een dozijn|een handvol"
)
_ROUGH = (
    r"(?P<rough>ruim|meer dan|minstens|minimaal|ten minste|tenminste|zeker|dik|bijna|ongeveer|circa|ca\.?|zo'n|zon"
    r"|rond de|rond|om en nabij|naar schatting|een kleine|een dikke"
    r"|een stuk of|pakweg|een man of|man of|maximaal|ten hoogste|hooguit|hoogstens|niet meer dan|tot maximaal|tot"
    r"|liefst|wel|met|in totaal|max\.?)?"
)

_COUNT = re.compile(
    rf"(?<![\w.,€\[-])(?<!€ ){_ROUGH}\s*(?:de\s+)?\b(?:tussen\s+(?:de\s+)?)?"
    rf"(?:(?P<low>{_NUMBER})-?\s*(?P<to>tot|à|a|–|-|en)\s*(?:de\s+)?(?P<high>{_NUMBER})"
    rf"|(?P<vague>{_VAGUE})|(?P<one>{_NUMBER}))(?P<plus>\s?\+|\+)?"
    rf"(?P<between>{_ADJECTIVES})\s+(?:van\s+(?:de|het|onze)\s+)?(?P<who>{_PEOPLE})"
)
_MAN_OF = re.compile(rf"\bman\s+of\s+(?P<one>{_NUMBER})\b")
_TURNOUT = re.compile(
    rf"\b(?:opkomst van|opkomst[:]?|bezoekersaantal(?: van)?:?|aantal (?:verwachte |te verwachten )?(?:deelnemers"
    rf"|bezoekers|demonstranten|betogers"
    rf"|aanwezigen|personen)(?:\s+\w+){{0,2}}?:?|capaciteit(?: van)?:?"
    rf"|rekent? op|rekenen op|gerekend op|verwacht er|verwachten er|verwacht|aanwezigen:|aantal bezoekers|waren er"
    rf"|met z'n|met zijn|trok|trokken)\s+"
    rf"(?P<rough>ruim|meer dan|minstens|ongeveer|circa|ca\.?|zo'n|maximaal|ten hoogste|hooguit|bijna|naar schatting"
    rf"|in totaal|rond de)?\s*(?:de\s+)?"
    rf"(?:(?P<low>{_NUMBER})-?\s*(?P<to>tot|à|–|-)\s*(?P<high>{_NUMBER})|(?P<one>{_NUMBER})(?:en)?)"
    r"(?=\s*(?:[.,;:)!?]|$|(?:op|in|bij|naar|aan|af|die|en|maar|tegen|voor)\b))"
)
_TOGETHER = re.compile(r"\bmet\s+(?:z'n|zijn|ons|hun)\s+(?P<one>[a-zëé]+?)en\b")
_THERE = re.compile(
    rf"\b(?P<rough>ruim|meer dan|zo'n|ongeveer|circa)?\s*(?P<one>{DIGITS})(?P<plus>\s?\+)?\s+(?:aanwezigen?"
    rf"|aanmeldingen|aangemeld|inschrijvingen|bezoekers|zitplaatsen|(?:kaarten|kaartjes|tickets)(?: zijn)? verkocht)\b"
)

_NOT_THE_CROWD = re.compile(
    r"\b(?:gewond\w*|aangehouden|opgepakt|gearresteerd|arrestaties|aanhouding\w*|agenten"
    r"|beveiligers|boa's|stewards"
    r"|verkeersregelaars|vrijwilligers|ehbo\w*|hulpverleners"
    r"|behandeld\w*|ziekenhuis|doden|verdachten|boete|boetes|bekeuring|handtekeningen|vermist|uitkering|woning\w*"
    r"|patiënten|politiemensen|me'ers|vast|celstraf)\b"
)
_EARLIER = re.compile(
    r"\b(?:vorig jaar|vorige editie|vorig keer|vorige keer|in 20[012]\d|een jaar eerder|een jaar geleden"
    r"|eerdere editie|destijds|jaar daarvoor|editie van 20\d\d|vorige jaarwisseling|vorige steden|toen)\b"
)
_AND_WERE = re.compile(r"\s*(?:(?:raakten?|zijn|werden|worden|is)\s+)?" + _NOT_THE_CROWD.pattern)
_THIS_TIME = re.compile(r"\b(?:nu|dit jaar|deze keer|ditmaal|dit keer)\b")
_PART = re.compile(
    r"\b(?:van hen|onder wie|waarvan|waaronder|meegereisde|bezoekende|uitsupporters|gastenvak|uitvak"
    r"|uit het buitenland|een deel|daarvan"
    r"|(?:bezoekers|fans|supporters|aanhangers) uit|wachtlijst)\b"
)
_PERHAPS_PART = re.compile(r"\b(?:kinderen|ouders|klanten|inwoners|komen uit|krijgen|kregen|vrijwilligers|leden)\b")
_STATIC = re.compile(
    r"\b(?:(?:stad|gemeente|wijk|dorp|school|club|vereniging|studentenhuis) telt|inwoners|wonen|leerlingen telt"
    r"|huishoudens|van \d\d|groepen van|jaar oud|per jaar|per week"
    r"|abonnees|volgers|leden heeft)\b"
)
_CROWD = re.compile(
    r"\b(?:demonst\w+|betog\w+|protest\w*|kwam(?:en)?|verwacht\w*|rekenen|rekent|bezocht\w*|bezoek\w*|aanwezig\w*"
    r"|opkomst|verzameld\w*|liepen|lopen|trokken|stonden|staan|deelnem\w+|meedoen|doen mee"
    r"|feest\w*|festival|stoet|mars|optocht|publiek|bijeen|samen|bezet\w*|groep|gelopen|vierden|dansten|weggestuurd"
    r"|menigte|manifestatie|intocht|plein|wilde|toegang|ruimte voor|binnen)\b"
)


@dataclass(frozen=True, slots=True)
class _Count:
    size: Size
    start: int
    likely: float


def size_of(text: str) -> Size | None:
    """Attendance, expected or counted, in people; None where the text tells none.

    "Ruim", "meer dan" and "ongeveer N" are N to N, "maximaal N" is 0 to N, "tientallen" 20 to 99. Vehicles,
    arrests, the wounded, last year's number and a part of the audience do not count. Raises nothing.
    """
    lower = text.lower().replace("’", "'").replace("‘", "'")
    counts = sorted(_counts(lower), key=lambda count: (-count.likely, count.start))
    return counts[0].size if counts and counts[0].likely > 0 else None


def _counts(text: str) -> Iterator[_Count]:
    for pattern, base in ((_COUNT, 2.0), (_TURNOUT, 1.6), (_MAN_OF, 1.8), (_TOGETHER, 1.6), (_THERE, 1.6)):
        for match in pattern.finditer(text):
            size = _size(match.groupdict())
            if size is not None and 0 < size.max <= _LARGEST:
                yield _Count(size, match.start(), base + _likeliness(text, match, size))


def _likeliness(text: str, match: "re.Match[str]", size: Size) -> float:
    first = max(text.rfind(mark, 0, match.start()) for mark in _STOPS) + 1
    last = min((at for mark in _STOPS if (at := text.find(mark, match.end())) >= 0), default=len(text))
    sentence, before = text[first:last], text[max(first, match.start() - 40) : match.start()]
    after = text[match.end() : min(last, match.end() + 48)].partition(", ")[0]
    near = text[max(first, match.start() - 24) : match.end()] + after
    beside = text[match.end() : min(last, match.end() + 24)]
    if _AND_WERE.match(beside) or _STATIC.search(near) or _is_of_earlier(text[first : match.end()] + after):
        return -_VETO
    if _PART.search(near) or _PART.search(before):
        return -_VETO
    score = 0.6 * bool(_CROWD.search(sentence)) - min(1.5, 0.0012 * match.start()) + 0.25 * log10(size.max)
    score -= 2.2 * bool(_NOT_THE_CROWD.search(near)) + 1.0 * bool(_PERHAPS_PART.search(near))
    # A handful is who was there to be counted only when nothing larger is told; five students are no crowd.
    if size.max < _HANDFUL:
        score -= 2.8
    elif size.max >= _CROWDED:
        score += 0.3
    score -= 0.5 * bool(match.groupdict().get("vague"))
    if size.min != size.max or "verwacht" in sentence:
        score += 0.3
    return score


def _is_of_earlier(clause: str) -> bool:
    """Whether the number belongs to an earlier edition: "vorig jaar 1.500", but not "vorig jaar 1.500, nu 2.000"."""
    earlier = _EARLIER.search(clause)
    return earlier is not None and _THIS_TIME.search(clause, earlier.end()) is None


_VAGUE_SIZES = (
    ("tienduizenden", 20_000, 90_000),
    ("duizenden", 2_000, 9_000),
    ("honderden", 200, 900),
    ("tientallen", 20, 99),
)
_SOME_SIZES = (
    ("tienduizenden", 20_000, 50_000),
    ("duizenden", 2_000, 5_000),
    ("honderden", 200, 500),
    ("tientallen", 20, 60),
)
_AT_MOST = ("maximaal", "ten hoogste", "hooguit", "hoogstens", "niet meer dan", "tot maximaal", "max", "max.", "tot")


def _size(found: dict[str, str | None]) -> Size | None:
    if vague := found.get("vague"):
        return _vague(vague)
    if (low_words := found.get("low")) and (high_words := found.get("high")):
        return _between(low_words, high_words)
    number = _number(found.get("one") or "")
    if number is None:
        return None
    return Size(0, number) if found.get("rough") in _AT_MOST else Size(number, number)


def _between(low_words: str, high_words: str) -> Size | None:
    low, high = _number(low_words), _number(high_words)
    if low is None or high is None:
        return None
    # "twee- tot drieduizend", "15 tot 20 duizend": the unit is said once, at the end.
    for unit in (1000, 100):
        if high % unit == 0 and high >= unit and low < unit and low * unit <= high:
            low *= unit
            break
    return Size(low, high) if low <= high else None


def _number(words: str) -> int | None:
    text = words.strip().removesuffix("-").strip()
    for unit, factor in (("duizend", 1000), ("honderd", 100)):
        head = text.removesuffix(unit).strip()
        if head != text and head.replace(".", "").isdigit():
            value = number_of(head)
            return None if value is None else value * factor
    return number_of(text)


def _vague(words: str) -> Size | None:
    table = _SOME_SIZES if re.match(r"enkele|een paar|paar", words) else _VAGUE_SIZES
    for word, low, high in table:
        if words.endswith((word, word.removesuffix("en"))):
            return Size(low, high)
    if words == "een handvol":
        return Size(3, 9)
    if words == "een dozijn":
        return Size(12, 12)
    number = number_of(words.removeprefix("een").strip().removesuffix("tal"))
    return None if number is None else Size(number, number)
