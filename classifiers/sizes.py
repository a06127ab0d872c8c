"""Redacted Dutch text -> Size: how many people come or came (guideline, `size`, decisions 4 and 19)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifiers.numerals import DIGITS, WORD, number_of
from classifiers.reading import Size
from classifiers.size_context import HANDFUL, MONTHS, Context

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
    r"|oekraïners|groningers|gelovigen"
    r"|sporters|atleten|genodigden|huurders|chauffeurs|ambtenaren|artsen|verpleegkundigen|agrariërs|pax|baasjes"
    r"|swimmers|walkers|dielnimmers|people|persons|protesters|demonstrators|students|visitors|participants|runners|spectators|guests|attendees"
    r"|residents|kids|youths|men|women|minsken|lju|lu|jonges|jongfeinten|froulju|vrouwlu|manlu|vrienden|buren|dansers|pers))\b"
)
_KIN_OF_PEOPLE = (
    r"(?:[a-zëéï'-]{2,}(?:kundigen|genoten|houders|vrouwen|mannen|leden|collega's|bewoners|ouders|isten"
    r"|verzorgenden|assistenten|sporters|voetballers|ondernemers|liefhebbers|eigenaren|bezitters|bestuurders|spelers|werkers"
    r"|dragers|lopers|rijders|gangers|vierders|voerders|zitters|schieters|jeugd|meiden|jongens|fans|supporters"
    r"|bezoekers|studenten|leerlingen|docenten|vrouwen|mensen)"
    r"|[a-zëé-]{3,}(?:[eë]rs|aars|eurs|anen|ezen)|koerden|turken|koppen|collega's|jongens|meiden|meisjes|anderen|jeugdigen|luisteraars|kunstenaars|dames|heren"
    r"|betrokkenen|scouts|triatleten"
    r"|ppl|of us|dorpsgenoten|eerstejaars|bestuurders|ondernemers|voetballers|spelers"
    r"|winkeliers|motorrijders|fanatiekelingen|figuren|gasten|lui|gezinnen|volwassenen|ouderen|senioren|tieners|pubers"
    r"|autoliefhebbers|moslims|christenen|moeders|vaders|oma's|bidders|zangers|muzikanten|vissers|jagers|telers)\b"
)
"""People by another name: they count as a crowd where nothing plainer is told."""
_MASKED = r"\[groep\]\w*|\[zaak\](?:\s?(?:activisten|betogers|demonstranten|aanhangers|mensen))?"
"""People whose cause or group was taken out of the text: "350 klimaatactivisten" has become "350 [zaak]activisten"."""
_ADJECTIVES = (
    r"(?:\s+(?:[a-zëéï-]+(?:e|en|se)|in het \w+|new|young|local|gelijktijdig|tegelijk|vaak|veelal|vooral|overwegend"
    r"|grotendeels|à|oud-\w+|tot)){0,2}?"
)
_NUMBER = rf"(?:{DIGITS}(?:\s*duizend)?|anderhalf\s?duizend|{WORD}(?:\s+(?:honderd|duizend))?)"
_VAGUE = (
    r"(?:enkele|een paar|paar)\s+(?:honderd|duizend)\b|"
    r"(?:(?:enkele|een paar|paar|vele|vele vele|tig)\s+)?(?:tientallen|honderden|duizenden|tienduizenden)"
    r"|een\s+(?:tien|twin|der|veer|vijf|hon)\w*tal|\w{3,12}(?:ig|ien|derd)tal|een dozijn|een handvol"
)
_ROUGH = (
    r"(?P<rough>ruim|meer dan|minstens|minimaal|ten minste|tenminste|zeker|dik|bijna|ongeveer|circa|ca\.?|zo'n|zon"
    r"|rond de|rond|om en nabij|naar schatting|een kleine|een dikke|around|about|some|at least|more than|nearly"
    r"|(?:een )?stuk of|pakweg|een man of|man of|mannetje of|maximaal|ten hoogste|hooguit|hoogstens|niet meer dan"
    r"|aan tot|tot maximaal|tot"
    r"|maksimaal|maximum:?|op syn heechst|nait meer as"
    r"|liefst|wel|met|in totaal|max\.?)?"
)

_TO = r"(?:-?\s*(?:tot|à|–|-)\s*|-?\s+(?P<to>en|and|a|to)\s+)"
"""Between two numbers. "En" makes a range after "tussen" only: else both count."""

_NO_COUNT = "".join(
    f"(?<!{word} )" for word in f"{MONTHS}|sinds|wijk|halte|lijn|buslijn|groep|zaal|klokslag".split("|")
)
"""Words before a year, a line or an hour: they count nobody."""
_COUNT = re.compile(
    rf"(?<![\w.,€\[:/-])(?<!\d )(?<!€ )(?<!half )(?<!kwart voor )(?<!kwart over )(?<!jaar of ){_NO_COUNT}"
    rf"{_ROUGH}\s*(?:de\s+)?\b"
    rf"(?P<span>(?:tussen|between)\s+(?:de\s+)?)?"
    rf"(?:(?P<low>{_NUMBER}){_TO}(?:de\s+)?(?P<high>{_NUMBER})"
    rf"|(?P<vague>{_VAGUE})|(?P<one>{_NUMBER}))(?P<plus>\s?\+|\+)?"
    rf"(?P<between>{_ADJECTIVES})\s+(?:van\s+(?:de|het|onze)\s+)?(?:(?P<who>{_PEOPLE}|{_MASKED})|(?P<kin>{_KIN_OF_PEOPLE}))"
)
_MAN_OF = re.compile(
    rf"\b(?:man(?:netje)?|(?P<piece>stuk))\s+of\s+"
    rf"(?:(?P<low>{_NUMBER})\s*(?:à|a)\s*(?P<high>{_NUMBER})|(?P<one>{_NUMBER}))\b"
    r"(?(piece)(?=\s+(?:op|in|bij|aan|langs|voor|hier|nu|met|die|rond|naast|achter)\b|[.,!]|$)|(?!\s+jaar))"
)
_EACH = re.compile(
    rf"\b(?:twee|beide)\s+(?:\w+\s+){{1,2}}(?:(?:van\s+)?(?:elk|ieder|allebei)|verwachten|rekenen op)\s+"
    rf"(?:zo'n|ongeveer|circa|ruim|een)?\s*(?P<half>{_NUMBER})\b"
)
"""Two groups that are counted one by one: "twee groepen van elk 25 man"."""
_AGAINST = re.compile(rf"\b(?P<one>{DIGITS})\s+tegen\s+(?P<other>{DIGITS})(?=\s+(?!procent|stemmen)[a-z]|[.,!]|$)")
"""Two sides of a fight: both came."""
_SEATS = re.compile(
    rf"\b(?P<rough>ten hoogste|niet meer dan|maximaal|max\.?|ongeveer|circa|ca\.?|zo'n)\s+(?P<one>{_NUMBER})"
    r"\s+(?:stoelen|zitplaatsen|plaatsen|plekken|kaarten|kaartjes|tickets)\b"
)
_SOLD = re.compile(
    rf"\b(?:alle\s+)?(?P<one>{_NUMBER})\s+(?:\w+\s+)?(?:zit|sta)?(?:kaarten|kaartjes|tickets|plaatsen"
    r"|plekken|stoelen)\b"
    r"(?=[^.!?]{0,40}\b(?:verkocht|uitverkocht|vergeven|weg|vol(?! is)|bezet)\b)"
)
_TURNOUT = re.compile(
    rf"\b(?=\w)(?:opkomst van|opkomst[:]?|bezoekersaantal(?: van)?:?|aantal (?:[a-z]+ ){{0,3}}?(?:deelnemers"
    rf"|bezoekers|demonstranten|betogers"
    rf"|aanwezigen|personen)(?:\s+\w+){{0,2}}?:?|capaciteit(?: van)?:?"
    rf"|reken(?:en|t)?(?: (?:we|ik|wij|men))? op|gerekend op|verwacht er|verwachten er|verwacht|verwacht:|verwachting:"
    rf"|aanwezigen:|aantal bezoekers|waren er|(?:werden|zijn|waren) het er"
    rf"|het zijn er(?: nu)?|verwacht aantal:|het werden er(?: volgens [^.,;]{{3,25}}?)?|(?:houdt|houden)(?: we"
    rf"| wij)? rekening met"
    rf"|(?:teller|stand) (?:\w+ ){{0,7}}op|(?:lopen|staan|zitten|zijn|waren) (?:we|wij|ze) met|totaal|hopen(?: we"
    rf"| wij)? op|gaat uit van"
    rf"|met z'n|met zijn|trok|trokken|gaan uit van|(?:we|wij|ze) (?:zijn|waren|zitten|staan|lopen|komen) met"
    rf"|(?:groep(?:je)?|menigte|stoet|optocht|crowd|group) (?:van|of)|(?:bezoekers|deelnemers|aanwezig):"
    rf"|bezoekers \(max\):|tel(?:de|den|t|len) er|(?:stonden|kwamen|liepen|zaten|komen|staan|lopen) er|schat(?:te|ten"
    rf"|ting)?(?: [a-z]+){{0,3}} op"
    rf"|(?<!ik )schat(?: ik| k)?|denk(?: ik| k)?|geschat op|houdt het op|verwacht(?:en)?(?: [a-z]+){{1,3}} er"
    rf"|(?:we|wij|ze) (?:zijn|waren|zitten|staan|lopen|komen)(?: hier| nu| al){{1,3}} met)\s+"
    rf"(?P<rough>ruim|meer dan|minstens|ongeveer|circa|ca\.?|zo'n|wel|max\.?|maximaal|ten hoogste|hooguit|bijna"
    rf"|naar schatting"
    rf"|in totaal|rond de)?\s*(?:de\s+)?"
    rf"(?P<span>tussen\s+(?:de\s+)?)?"
    rf"(?:(?P<low>{_NUMBER}){_TO}(?:de\s+)?(?P<high>{_NUMBER})|(?!(?:honderd|duizend)en\b)(?P<one>{_NUMBER})(?:en)?)"
    r"(?=\s*(?:[.,;:)!?]|$|(?:op|in|bij|naar|aan|af|die|en|maar|tegen|voor|mee|langs|rond|om|omheen|te|gerekend)\b))"
)
_COUNTED_ON = re.compile(rf"\bop\s+(?P<one>{_NUMBER})\s+(?:man\s+|mensen\s+)?gerekend\b")
_GROUP_OF = re.compile(
    rf"\b(?:groep(?:je)?|menigte|stoet|clubje|ploeg)\s+van\s+(?P<rough>ruim|meer dan|zo'n|ongeveer|circa|bijna|wel)?\s*"
    rf"(?P<one>{_NUMBER})(?=\s+(?:heeft|hebben|is|zijn|was|wa|wil|werd|ging|trok|liep|stond|stak|kwam|zat|rende|hield|zong"
    r"|blokkeert|[a-z]{3,}(?<!hon)de|[a-z]{2,}te)\s)"
)
"""A group and its verb: "een groep van vijftig stak bladeren in brand"."""
_TOGETHER = re.compile(r"\bmet\s+(?:z'?n|zijn|ons|hun)\s+(?P<one>[a-zëé]+?|\d+)(?:'?en|n)\b")
_THERE = re.compile(
    rf"\b(?P<rough>ruim|meer dan|zo'n|ongeveer|circa)?\s*(?P<one>{DIGITS})(?P<plus>\s?\+)?\s+(?:aanwezigen?"
    rf"|aanmeldingen|aangemeld|inschrijvingen|bezoekers|zitplaatsen|(?:kaarten|kaartjes|tickets)(?: zijn)? verkocht)\b"
)


@dataclass(frozen=True, slots=True)
class _Count:
    size: Size
    start: int
    likely: float


_ENGLISH_THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3}(?!\d))")
_SHORT_THOUSANDS = re.compile(r"k(?<=\dk)\b(?=\s+(?:people|mensen|man|bezoekers|fans))")
"""As chat writes them: "60k people"."""
_ELSEWHERE = (
    ("tens of thousands of", "tienduizenden"), ("thousands of", "duizenden"), ("hundreds of", "honderden"),
    ("dozens of", "tientallen"), ("a few hundred", "enkele honderden"), ("several hundred", "enkele honderden"),
    ("a couple of hundred", "een paar honderd"), ("a few thousand", "enkele duizenden"), (" or so ", " "),
    ("a hundred", "honderd"), ("two hundred", "tweehonderd"), ("three hundred", "driehonderd"),
    ("five hundred", "vijfhonderd"), ("a thousand", "duizend"), ("two thousand", "tweeduizend"),
    ("three thousand", "drieduizend"), ("hûndert", "honderd"), ("tûzen", "duizend"), ("tsientallen", "tientallen"),
    ("in pear", "een paar"), ("tusken", "tussen"), ("oant", "tot"), ("trije", "drie"), ("fjouwer", "vier"),
)  # fmt: skip
"""Frisian and English numbers as the Dutch ones."""


def size_of(text: str) -> Size | None:
    """Attendance, expected or counted, in people; None where the text tells none.

    "Ruim", "meer dan" and "ongeveer N" are N to N, "maximaal N" is 0 to N, "tientallen" 20 to 99. Vehicles,
    arrests, the wounded, last year's number and a part of the audience do not count. Raises nothing.
    """
    lower = _ENGLISH_THOUSANDS.sub(".", text.lower().replace("’", "'").replace("‘", "'"))
    lower = _SHORT_THOUSANDS.sub(".000", lower)
    for written, dutch in _ELSEWHERE:
        lower = lower.replace(written, dutch)
    counts = sorted(_counts(lower), key=lambda count: (-count.likely, count.start))
    if not counts or counts[0].likely <= 0:
        return None
    return _with_the_other_side(lower, counts)


_NO_PEOPLE = frozenset(
    """
    meters kilometers centimeters millimeters liters trekkers containers scooters brommers snorscooters trailers posters
    stickers flyers nummers cijfers kamers letters vingers koffers bekers emmers hamers stekkers zenders lasers beamers
    speakers agenten stewards begeleiders verkeersregelaars toezichthouders beveiligers hulpverleners hondengeleiders
    motoragenten surveillanten brandweerlieden artiesten uitzenders helikopters computers vuurwerkers wekkers
    tientallers automobilisten reizigers treinreizigers passagiers forenzen donateurs inzenders afzenders
    politiemensen brandweermensen ambulancemedewerkers politiemannen
    jaars laars halvers dollars spandoekdragers toiletten hondengeleiders cateraars dixies voertuigen tractoren campers
    """.split()
)
"""What ends as people do and is none, or is at work there."""
_PATTERNS = (
    (_COUNT, 2.0, ()),
    (_TURNOUT, 1.6, ()),
    (_MAN_OF, 1.8, (" of ",)),
    (_COUNTED_ON, 1.6, ("gerekend",)),
    (_GROUP_OF, 1.6, (" van ",)),
    (_TOGETHER, 1.6, ("met ",)),
    (_THERE, 1.6, ("aanwezig", "aanmeld", "aangemeld", "inschrijv", "bezoekers", "zitplaats", "verkocht")),
    (_SOLD, 1.5, ("kaart", "ticket", "plaats", "plek", "stoel")),
    (_SEATS, 1.3, ("stoel", "plaats", "plek", "kaart", "ticket")),
    (_AGAINST, 1.7, (" tegen ",)),
    (_EACH, 3.0, ("elk", "ieder", "allebei", "beide ")),
)
"""Each with how surely such words count a crowd, and the letters of which it needs some."""
_LESS_PLAIN = 0.3


_OTHER_SIDE = re.compile(
    r"\b(?:(?:aan de )?overkant|andere kant|ertegenover|tegenover hen|daartegenover|tegendemonst\w+"
    r"|op dezelfde stoep)\b"
)
_AND_ALSO = re.compile(r"[^.,;!?\n]{3,40}\ben (?:nog )?(?:zo'n |ruim |ongeveer )?")
"""Between two numbers that are counted in one breath: "60 ouders en 40 kinderen"."""
_SIDE_BY_SIDE = 260
"""Characters between the numbers of two sides that stand against each other."""


def _with_the_other_side(text: str, counts: "list[_Count]") -> Size:
    """The likeliest count, with that of the other side where one is counted next: both came."""
    best = counts[0]
    for other in counts[1:]:
        first, last = sorted((best.start, other.start))
        if other.likely >= 1 and _AND_ALSO.fullmatch(text, first, last) and other.size.min == other.size.max:
            return Size(best.size.min + other.size.min, best.size.max + other.size.max)
        if (
            other.likely < 1
            or other.size.max < HANDFUL
            or not 0 < last - first < _SIDE_BY_SIDE
            or other.size == best.size
        ):
            continue
        if _OTHER_SIDE.search(text, first, min(len(text), last + 60)):
            return Size(best.size.min + other.size.min, best.size.max + other.size.max)
    return best.size


def _counts(text: str) -> Iterator[_Count]:
    context = Context(text)
    for pattern, base, letters in _PATTERNS:
        if letters and not any(some in text for some in letters):
            continue
        for match in pattern.finditer(text):
            found = match.groupdict()
            size = _size(found) if "\n" not in match[0].strip() else None
            if size is not None and 0 < size.max <= _LARGEST:
                if (kin := found.get("kin")) in _NO_PEOPLE:
                    continue
                if size.min == size.max and _LIMIT.search(text, max(0, match.start() - 60), match.start()):
                    size = Size(0, size.max)
                other = kin is not None
                yield _Count(size, match.start(), base - _LESS_PLAIN * other + context.likeliness(match, size))


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
_AT_MOST = (
    "maximaal", "maksimaal", "maximum", "maximum:", "ten hoogste", "hooguit", "hoogstens", "niet meer dan",
    "nait meer as", "op syn heechst", "tot maximaal", "max", "max.", "tot",
)  # fmt: skip
_LIMIT = re.compile(
    r"\b(?:maxim\w+|capaciteit|capacity)\b[^.!?\n]{0,40}$|\b(?:mag|mogen|kan|kunnen)\b[^.!?\n]{0,30}\bmaar $"
)
"""Before a number that nothing else qualifies: so many may come (guideline, decision 4)."""


def _size(found: dict[str, str | None]) -> Size | None:
    if vague := found.get("vague"):
        return _vague(vague)
    if half := found.get("half"):
        number = _number(half)
        return None if number is None else Size(2 * number, 2 * number)
    if (low_words := found.get("low")) and (high_words := found.get("high")):
        if found.get("to") in ("en", "and") and not found.get("span"):
            return _together(low_words, high_words)
        return _between(low_words, high_words)
    number = _number(found.get("one") or "")
    if number is None:
        return None
    if other := found.get("other"):
        number += _number(other) or 0
    return Size(0, number) if found.get("rough") in _AT_MOST else Size(number, number)


def _together(one: str, other: str) -> Size | None:
    numbers = _number(one), _number(other)
    return None if None in numbers else Size(sum(filter(None, numbers)), sum(filter(None, numbers)))


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
