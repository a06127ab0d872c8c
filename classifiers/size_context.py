"""The words around a number of people -> how surely it counts those who come (guideline, `size`, decision 19)."""

import re
from bisect import bisect_left
from math import log10

from classifiers.reading import Size

HANDFUL = 10
_CROWDED = 50
_VETO = -10.0
_REACH = 200
"""Characters of a sentence that are read on either side of a number: one without a full stop may run on for pages."""
_STOP = re.compile(r"[.!?;] |\n")

MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_NOT_THE_CROWD = re.compile(
    r"\b(?:gewond\w*|aangehouden|opgepakt|gearresteerd|arrestaties|aanhouding\w*|agenten"
    r"|beveiligers|boa's|stewards"
    r"|verkeersregelaars|vrijwilligers|ehbo\w*|hulpverleners"
    r"|aangesproken|naar buiten geleid|vuurwerkletsel|letsel|pakte|ingezet|facebook|behandeld\w*|ziekenhuis|doden"
    r"|verdachten|boete|boetes|bekeuring|handtekeningen|vermist|uitkering|woning\w*"
    r"|arresteerde\w*|hield(?:en)?(?: \S+){1,4} aan|veroordeeld|personalia|weigeren|geweigerd|patiënten"
    r"|politiemensen|me'ers|vast|celstraf)\b"
)
_EARLIER = re.compile(
    r"\b(?:vorig jaar|vorige editie|vorig keer|vorige keer|in 20[012]\d|een jaar eerder|een jaar geleden"
    r"|eerdere editie|destijds|jaar daarvoor|editie van 20\d\d|vorige jaarwisseling|vorige steden|eerste editie"
    r"|toen (?:kwamen|waren|stonden|liepen|trok|trokken|deden)|(?:kwamen|waren|stonden|liepen) er toen|jaar terug"
    r"|eerdere jaren|andere jaren|vorige week|een week eerder|vorige maand|last year|gisteren (?:waren|kwamen"
    r"|stonden)|bij de eerste"
    rf"|in (?:{MONTHS})"
    r" (?:kwamen|waren|stonden|liepen|deden))\b"
)
_THE_WHOLE = re.compile(r"\b(?:groep van|hooguit|maximaal|ten hoogste|hoogstens|gaat om|bestaat uit)\b")
"""Before a small number: it is all there are."""
_CHECKED = re.compile(
    r"\b(?:fouilleeractie\w*|gecontroleerd|gefouilleerd|weggedragen|gecheckt|mishandeld"
    r"|vluchtelingen)\b"
)
_THIS_TIME = re.compile(r"\b(?:nu|dit jaar|deze keer|ditmaal|dit keer)\b")
_PART = re.compile(
    r"\b(?:van hen|onder wie|waarvan|waaronder|meegereisde|bezoekende|uitsupporters|gastenvak|uitvak"
    r"|uit het buitenland|een deel van (?:de|hen|het publiek)|daarvan|vrijwilligers gezocht|onder invloed"
    r"|(?:bezoekers|fans|supporters|aanhangers) uit|wachtlijst)\b"
)
_PERHAPS_PART = re.compile(r"\b(?:kinderen|ouders|klanten|inwoners|komen uit|krijgen|kregen|vrijwilligers|leden)\b")
_STATIC = re.compile(
    r"\b(?:(?:komst|opvang|huisvesting) van"
    r"|(?:stad|gemeente|wijk|dorp|school|club|vereniging|studentenhuis) telt|wonen|leerlingen telt|(?:stad"
    r"|dorp|gemeente|wijk) met"
    r"|huishoudens|(?:man|vrouw|jongen|meisje|tiener|agent) van \d\d|groepen van(?! elk| ieder)|jaar oud|per jaar"
    r"|per week"
    r"|abonnees|volgers|leden heeft)\b"
)
_CROWD = re.compile(
    r"\b(?:demonst\w+|betog\w+|protest\w*|kwam(?:en)?|verwacht\w*|rekenen|rekent|bezocht\w*|bezoek\w*|aanwezig\w*"
    r"|opkomst|verzameld\w*|liepen|lopen|trokken|stonden|staan|deelnem\w+|meedoen|doen mee"
    r"|feest\w*|festival|stoet|mars|optocht|publiek|bijeen|samen|bezet\w*|groep|gelopen|vierden|dansten|weggestuurd"
    r"|menigte|manifestatie|intocht|plein|wilde|toegang|ruimte voor|binnen)\b"
)
_HELD = (
    r"(?:aangehouden|opgepakt|gearresteerd|ingerekend|meegenomen|afgevoerd|veroordeeld|opgesloten"
    r"|vastgezet)"
)
_AFTERWARDS = re.compile(
    r"\s*(?:(?:raakten?|zijn|werden|worden|is|zaten|zitten)\s+)?"
    + _NOT_THE_CROWD.pattern
    + rf"|\s+(?:zijn|werden|worden|waren)\s+(?:(?!waar|en\b|maar\b|terwijl)[a-zëé']+\s+){{0,6}}(?:{_HELD}|geëvacueerd"
    r"|opgevangen|gehuisvest|ondergebracht)\b"
    rf"|\s+{_HELD}\b"
    r"|\s+(?:sterk\s+)?(?:politie|me|mobiele eenheid|marechaussee|oproerpolitie|beveiliging|brandweer)\b"
    r"|\s+(?:(?:hebben|zetten)\s+(?:\w+\s+){0,3})?(?:getekend|ondertekend|(?:onder)?tekenden)\b"
    r"|\s+(?:\w+\s+)?zonder\s+(?:stroom|gas)\b"
)
"""After the people: what was done to them, or what they are for. It says nothing of how many came."""
_BEFOREHAND = re.compile(
    r"\b(?:"
    r"(?:arresteer|evacueer|bekeur|beboet|veroordeel)\w+[^,.;:]{0,16}"
    r"|pakten?[^,.;:]{0,16}"
    r"|(?:(?:arrestaties?|aanhouding|aanhoudingen|veroordeling) van|boetes? (?:aan|voor))[^,.;:]{0,12}"
    r"|(?:azc|asielzoekerscentr\w+|\w*opvang\w*|\w*huisvesting|onderdak|slaapplek\w*|bedden|appartementen|woningen"
    r"|woonruimte) (?:voor|van|met|aan)[^,.;:]{0,12}"
    r"|(?:enquête|peiling|rondvraag|onderzoek|vragenlijst) (?:onder|bij|van)[^,.;:]{0,12}"
    r"|brie(?:f|ven)[^,.;:]{0,12} (?:aan|naar|door)[^,.;:]{0,12}"
    r"|(?:petitie|oproep)[^,.;:]{0,12} door[^,.;:]{0,12}"
    r"|(?:meldingen|klachten|aangiftes?|bezwaren|reacties|donaties|handtekeningen) (?:van|door)[^,.;:]{0,12}"
    r"|op (?:de|elke|iedere)"
    r"|de baan van|banen van|baan voor"
    r")\s*$"
)
"""Before the number: people of whom it is told that they were taken away, housed or asked."""
_SENT_IN = (
    re.compile(r"\b(?:zet|zette|zetten|hield|hielden)\b[^,.;:]{0,16}$"),
    re.compile(r"[^,.;:]{0,12}?\b(?:in|aan)(?=\s*(?:[.,;:!?]|$|bij|om|na|tijdens|op|voor|wegens|die))"),
)
"""Before and after: "de politie zet 400 mensen in", "de ME hield 30 man aan"."""
_RULE = re.compile(
    r"\b(?:groep(?:en|je|jes)?|samenschol\w*|verboden|verbod|op te houden|ophouden)\b[^.;:]{0,24}\bmeer dan\s*$"
)
"""Before a handful: "verboden in een groep van meer dan vier personen" tells who may not come."""
_DWELL = re.compile(
    r"\b(?:telt|telde|tellen|heeft|had|kent|kende|stad(?:je)?|dorp(?:je)?|gemeente|plaats|kern|wijk|provincie|eiland)\b"
    r"[^,.;:]{0,20}$"
)
_BELONG = re.compile(
    r"\b(?:vak)?(?:bond|vereniging|club|kanaal|partij|appgroep|account|platform|stichting|organisatie|kerk)\b[^,.;:]{0,16}"
    r"\b(?:met|van|heeft|telt|kent)\b[^,.;:]{0,12}$"
)
_WHO_BELONG = ("leden", "abonnees", "volgers", "aanhangers")


class Context:
    """A text in lower case, asked about the numbers that stand in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._stops = [stop.start() for stop in _STOP.finditer(text)]

    def likeliness(self, match: "re.Match[str]", size: Size) -> float:
        """How surely the people of `match` came or come: far below 0 where the words around say that they did not."""
        text, start, end = self._text, match.start(), match.end()
        first, last = self._sentence(start, end)
        before = text[max(first, start - 40) : start]
        after = text[end : min(last, end + 48)].partition(", ")[0]
        near = text[max(first, start - 24) : end] + after
        found = match.groupdict()
        lead = f"{before}{found.get('rough') or ''} "
        people = found.get("who") or found.get("kin") or ""
        if (
            _AFTERWARDS.match(text, end, min(last, end + 72))
            or _BEFOREHAND.search(lead)
            or _STATIC.search(near)
            or (_SENT_IN[0].search(lead) and _SENT_IN[1].match(after))
            or (size.max <= HANDFUL and _RULE.search(lead))
            or (people.endswith("inwoners") and _DWELL.search(lead))
            or (people.endswith(_WHO_BELONG) and _BELONG.search(lead))
            or _is_of_earlier(text[first:end] + after)
            or _PART.search(near)
            or _PART.search(before)
            or before.endswith("ouders van ")
            or _CHECKED.search(near + before)
        ):
            return _VETO
        sentence = text[first:last]
        score = 0.6 * bool(_CROWD.search(sentence)) - min(1.5, 0.0012 * start) + 0.25 * log10(size.max)
        score -= 2.2 * bool(_NOT_THE_CROWD.search(near)) + 1.0 * bool(_PERHAPS_PART.search(near))
        # A handful is who was there to be counted only when nothing larger is told; five students are no crowd.
        if size.max < HANDFUL:
            score -= 1.6 if _THE_WHOLE.search(before) else 2.8
        elif size.max >= _CROWDED:
            score += 0.3
        score -= 0.5 * bool(found.get("vague"))
        if size.min != size.max or "verwacht" in sentence:
            score += 0.3
        return score

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """Half-open offsets of so much of the sentence around `start` to `end` as is read."""
        before, behind = bisect_left(self._stops, start - 1), bisect_left(self._stops, end)
        first = self._stops[before - 1] + 1 if before else 0
        last = self._stops[behind] if behind < len(self._stops) else len(self._text)
        return max(first, start - _REACH), min(last, end + _REACH)


def _is_of_earlier(clause: str) -> bool:
    """Whether the number belongs to an earlier edition: "vorig jaar 1.500", but not "vorig jaar 1.500, nu 2.000"."""
    earlier = _EARLIER.search(clause)
    return earlier is not None and _THIS_TIME.search(clause, earlier.end()) is None
