"""Words that name a place by their form, known to a table or not: "Verzonnenlaan", "sporthal De Kring", "A7"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classifiers.place_index import Token, Words


@dataclass(frozen=True, slots=True)
class Form:
    """Words that are built like the name of a place."""

    start: int
    end: int
    """Offsets in the text, half-open."""
    kind: str
    """As in places.toml."""
    named: bool = True
    """False for a building that is only called what it is: "het gemeentehuis"."""


_STREETS = tuple(
    "straat weg plein laan kade singel brug steeg plantsoen dreef kerkhof dijk stadion hallen viaduct ziekenhuis"
    " kerk moskee"
    " park haven meer plas terrein molen pad wal drift brink heerd tunnel sluis gracht hal strjitte stroat".split()
)
"""With a capital, the ending of a street, square, bridge, park or building."""
_AFTER_A_PREPOSITION = tuple(
    "diep daip markt hof veld baan toren poort ring hoek borg zijl polder bos berg burg heem zoom rijge eiland vaart"
    " kanaal knoop bult wijk mar wei huis oord kuipen tuin tribune buurt".split()
)
"""Endings that need a word of place before them, as other names end so too."""
_LOWER = ("straat", "plein", "laan", "singel", "kade", "kerkhof", "viaduct", "plantsoen")
_LOWER_AFTER_THE = ("weg", "brug", "dijk", "markt", "pad", "park", "meer", "diep", "heerd", "plas", "hof")
_SHORTEST = 7
"""Letters of a street's name in lower case: shorter words are hardly ever one."""

_KINDS = {
    "gebouw": "sporthal sportzaal sportcomplex sportcentrum buurtcentrum buurthuis wijkcentrum wijkgebouw"
    " dorpshuis dorpshoes"
    " dörpshoes dorpshuus mfc mfa zalencentrum congrescentrum cultuurcentrum theater schouwburg poppodium podium"
    " café cafe"
    " eetcafé kroeg discotheek club sociëteit hotel restaurant strandtent paviljoen bioscoop museum kerk kerkje moskee"
    " basisschool school scholengemeenschap zwembad ijsbaan manege boerderij molen borg verzorgingshuis woonzorgcentrum"
    " zorgcentrum flat camping stadion winkelcentrum winkelgebied gemeenschapshuis tuincentrum fabriek loods"
    " kinderboerderij"
    " jongerencentrum studentenhuis kazerne verenigingsgebouw feestzaal partycentrum",
    "park": "sportpark park speeltuin buurttuin volkstuin recreatieplas recreatiegebied strand natuurgebied"
    " landgoed bos"
    " evenemententerrein festivalterrein sportveld sportvelden begraafplaats",
    "gebied": "bedrijventerrein industrieterrein industriegebied bedrijvenpark campus haven windpark gaslocatie"
    " chemiepark",
    "wijk": "wijk buurt buurtschap woonwijk villawijk",
    "station": "station treinstation halte bushalte busstation transferium metrostation",
    "weg": "knooppunt viaduct tunnel rotonde afrit oprit afslag sluis brug",
    "water": "kanaal meer plas",
}
_KIND_OF = {noun: kind for kind, nouns in _KINDS.items() for noun in nouns.split()}
_NOT_IN_THE_NAME = frozenset(
    "wijk buurt woonwijk villawijk buurtschap club bos haven brug flat loods park meer plas".split()
)
_CALLED = frozenset(
    "gemeentehuis gemeentehûs gemeentehoes raadhuis dorpshuis dorpshoes dörpshoes dorpshuus doarpshûs aanmeldcentrum"
    " asielzoekerscentrum haventerrein moskee synagoge slachthuis distributiecentrum strandboulevard jongerencentrum"
    " basisschool sporthal dorpskerk kruising kiosk skatebaan skatepark stadsstrand carpoolplaats carpoolplek"
    " hoofdingang bibliotheek muziekschool feesttent sportveld voetbalveld"
    " centrum dorpscentrum rondweg ring buurthuis wijkcentrum dorpsplein marktplein schoolplein strand".split()
)
_CALLED_ENDINGS = ("fabriek", "smelter")
_BEFORE_THE_DOOR = frozenset("ziekenhuis kerk azc rechtbank station provinciehuis kliniek school".split())
"""People lie "in het ziekenhuis"; what happens before its door is of more account."""
_CALLED_ALL = _CALLED | _BEFORE_THE_DOOR

_ARTICLES = frozenset("de het 't t een ons onze it dit dat d n".split())
_THE = frozenset("de het 't t the it".split())
_IN_A_NAME = frozenset("van de der den het 't t".split())
_OPENS_A_NAME = frozenset("de het t it den van".split())
_OPENS_WITH_CAPITAL = frozenset("Ter Ten Op In Oud Nieuw Groot Klein".split())
_PLACE_WORDS = frozenset(
    "aan op langs bij rond in over achter nabij naar van via door vanaf tot voor tegenover onder".split()
)
_SPOT_WORDS = frozenset("aan op achter nabij langs via over".split())
_DOOR_WORDS = frozenset("bij voor rond rondom tegenover ingang hoofdingang hek poort drempel deur deuren".split())
_AT_WORDS = _PLACE_WORDS | _DOOR_WORDS | frozenset("nei ien bie foar binnen naast blokkeren bezetten bezette".split())
_SIZES = frozenset(
    "oud oude voormalig voormalige leegstaand leegstaande nieuw nieuwe lokale plaatselijke verlaten".split()
)
_GOES_ON = frozenset(
    "in te en om op van naar is zijn was waren wordt werd staat staan stond stonden met voor bij tot vanaf"
    " tussen of dicht"
    " ligt lag kwam kwamen begint begon verzamelen heeft hebben gaat gaan ging gingen lopen liep loopt".split()
)

NO_NAMES = frozenset(
    """
    almeer autoweg bedrijventerrein binnenplein blokkade bouwterrein brigade brug dijk dorpsplein dorpsstraat
    dwarsstraat eenrichtingsweg evenemententerrein evenementenplein fabrieksterrein feestplein festivalterrein
    fietspad fietsbrug halverwege haven haventerrein hoofdstraat industrieterrein jachthaven kade kerk kerkhof kerkplein
    kermisterrein kroegenstraat laan luchthaven marktplein meer molen moskee onderweg pad park parkeerplein hal tunnel
    parkeerterrein plantsoen plein pretpark ringweg ruiterpad schoolplein singel snelweg sportpark spoorweg
    stadion stationsplein steeg straat terrein thuishaven uitgaansstraat uitweg vaarweg vakantiepark voetpad
    voorplein wandelpad weg winkelplein winkelstraat woonstraat woonwagenterrein zandpad ziekenhuis zijstraat
    hoofdweg provincialeweg toegangsweg ophaalbrug evenementenhal sporthal stationshal zuidpool noordpool sluis gracht
    viaduct spoorbrug spoordijk rijksweg landweg zandweg kerstmarkt rommelmarkt vrijmarkt weekmarkt warenmarkt jaarmarkt
    thuispad verkeerspark dierenpark wandelpark speelpark arbeidsmarkt huizenmarkt woningmarkt supermarkt kermis
    boekenmarkt
    vlooienmarkt bloemenmarkt omweg wederhelft sportveld voetbalveld trapveld grasveld speelveld schoolhof kerkhof hof
    achterhoek sportbaan ijsbaan rijbaan loopbaan landbouw hoofdpoort toren huis stadhuis gemeentehuis buurthuis
    dorpshuis
    clubhuis thuis tehuis provinciehuis raadhuis ziekenhuis politiehuis buurt wijk woonwijk ring kring vuurwerk markt
    bos
    tuin veld hoek haard speeltuin achtertuin voortuin moestuin drift meerpark wandelmeer tribune hoofdtribune
    eretribune
    oproep oorlogsgraf wal pal
    """.split()
)
"""Words built like a place's name that name none."""
_NOT_AT = frozenset(
    """
    januari februari maart april mei juni juli augustus september oktober november december maandag dinsdag woensdag
    donderdag vrijdag zaterdag zondag nederland europa nederlands engels facebook instagram snapchat telegram whatsapp x
    twitter tiktok youtube internet koningsdag koningsnacht bevrijdingsdag oudejaarsdag oudejaarsavond nieuwjaarsdag
    hemelvaartsdag pinkstermaandag eerste tweede derde vierde laatste nationale internationale dag wereld politie
    gemeente
    burgemeester rijk friesland drenthe noorden zuiden oosten westen veluwe pride tweede-kamer kamer ministerie wob
    """.split()
)
"""What follows "op de" or "aan het" and is no place."""
_NOT_ITS_NAME = frozenset(
    "aan bij de deze dit die een en het hun in langs maar met naar nu of om op over rond te tot tussen uit van vanaf"
    " via voor wie ook zowel achter onder richting vlakbij tegen zijn haar ons onze per".split()
)
"""Capitals that only begin the sentence."""
_OF_A_NAME = frozenset(
    "nieuwe oude grote kleine lange korte verlengde gedempte eerste tweede van de den sint st prins prinses koning"
    " koningin laan jan piet noorder zuider ooster wester".split()
)
_ROAD = re.compile(r"[AN]\d{1,3}", re.IGNORECASE)
_LONGEST_ROAD = 4
_SHEETS = frozenset("papier formaat poster posters vel".split())


def forms_in(words: Words) -> Iterator[Form]:
    """What is built like the name of a place; may overlap, the surest first.

    Where the writer leaves out capitals, streets and roads count in lower case too.
    """
    later: list[Form] = []
    for at, token in enumerate(words.tokens):
        if (noun := _KIND_OF.get(token.plain)) and (venue := _venue(words, at, noun)):
            yield venue
        if token.plain in _CALLED_ALL or token.plain.endswith(_CALLED_ENDINGS):
            later.extend(_called(words, at))
        if len(token.text) <= _LONGEST_ROAD and token.text[-1].isdigit() and _ROAD.fullmatch(token.text):
            later.extend(_road(words, at))
        elif token.text[0].isupper():
            later.extend(_with_capital(words, at))
        elif words.careless:
            later.extend(_in_lower_case(words, at))
    yield from later


def _gap(words: Words, at: int) -> str:
    """What stands between token `at` and the one after it."""
    tokens = words.tokens
    return words.text[tokens[at].end : tokens[at + 1].start] if at + 1 < len(tokens) else "\n"


def _joined(words: Words, at: int) -> bool:
    """Whether the token after `at` follows in the same phrase; initials end in a full stop."""
    gap = _gap(words, at)
    return gap in (" ", " '") or (gap in (".", ". ") and len(words.tokens[at].text) == 1)


def _run(words: Words, at: int, most: int = 3) -> int:
    """The token after the name with capitals that begins at `at`; `at` itself when none does."""
    tokens, stop, capitals = words.tokens, at, 0
    look = at
    while look < len(tokens) and capitals < most:
        token = tokens[look]
        if token.text[0].isupper():
            if token.plain in _NOT_AT:
                break
            capitals += 1
            stop = look + 1
        elif token.plain not in _IN_A_NAME or look == at:
            break
        if not _joined(words, look):
            break
        look += 1
    return stop


def _venue(words: Words, at: int, kind: str) -> Form | None:
    """A building or park with its name behind it: "sportpark De Wierde"."""
    tokens = words.tokens
    if not _joined(words, at) or at + 1 == len(tokens):
        return None
    first = at + 1
    opens = tokens[first].plain in _OPENS_A_NAME or tokens[first].text in _OPENS_WITH_CAPITAL
    start = first + 1 if opens and _joined(words, first) else first
    stop = _run(words, start)
    if stop == start:
        return None
    noun = tokens[at]
    lead = tokens[first if noun.plain in _NOT_IN_THE_NAME else at]
    return Form(lead.start, tokens[stop - 1].end, kind)


def _called(words: Words, at: int) -> Iterator[Form]:
    """A building called what it is, with a word of place before it: "voor het gemeentehuis"."""
    tokens, look = words.tokens, at - 1
    if look >= 0 and (tokens[look].plain in _SIZES or tokens[look].plain.endswith("se")) and _joined(words, look):
        look -= 1
    if look >= 0 and tokens[look].plain in _ARTICLES and _joined(words, look):
        look -= 1
    if look < 0 or not _joined(words, look):
        return
    wanted = _DOOR_WORDS if tokens[at].plain in _BEFORE_THE_DOOR else _AT_WORDS
    led = tokens[look].plain == "van" and look > 0 and tokens[look - 1].plain in _DOOR_WORDS
    if tokens[look].plain in wanted or led:
        yield Form(tokens[at].start, tokens[at].end, "gebouw", named=False)


def _road(words: Words, at: int) -> Iterator[Form]:
    token = words.tokens[at]
    if at + 1 < len(words.tokens) and words.tokens[at + 1].plain in _SHEETS:
        return
    before = words.tokens[at - 1].plain if at else ""
    if token.plain == "a4" and before != "de":
        return
    named = token.text[0].isupper() or (words.careless and before in _PLACE_WORDS | _THE)
    if named and words.text[max(0, token.start - 1) : token.start] not in ("[", "@", "#", ":", "-", ".", ","):
        yield Form(token.start, token.end, "weg")


def _with_capital(words: Words, at: int) -> Iterator[Form]:
    tokens, token = words.tokens, words.tokens[at]
    if words.text[max(0, token.start - 1) : token.start] in ("[", "@", "#"):
        return
    prepared = _follows_the(words, at)
    if token.plain.endswith(_STREETS):
        start = _street_start(words, at)
        bare = tokens[start : at + 1] == [token] and token.plain in NO_NAMES
        if not bare or prepared:
            yield Form(tokens[start].start, token.end, "straat")
            return
    if prepared and token.plain.endswith(_AFTER_A_PREPOSITION) and token.plain not in NO_NAMES:
        yield Form(token.start, token.end, "straat")
        return
    yield from _at_a_name(words, at)


def _follows_the(words: Words, at: int) -> bool:
    """Whether a word of place and an article stand before: "aan de"."""
    tokens = words.tokens
    return (
        at > 1
        and tokens[at - 1].plain in _THE
        and tokens[at - 2].plain in _PLACE_WORDS
        and _joined(words, at - 1)
        and _joined(words, at - 2)
    )


def _street_start(words: Words, at: int) -> int:
    """The first token of the street's name that ends at `at`: "Van Iddekingeweg", "P.C. Hooftlaan"."""
    tokens, start, look = words.tokens, at, at - 1
    while look >= 0 and at - look <= 4 and _joined(words, look):  # noqa: PLR2004 - "Jan van der" and its like
        token = tokens[look]
        if token.text[0].isupper() and not _is_lead(words, look):
            start = look
        elif token.plain not in ("van", "de", "den", "der"):
            break
        look -= 1
    return start


def _is_lead(words: Words, at: int) -> bool:
    """Whether the capital of token `at` has another cause: it begins a sentence ("Aan de …", "Brand …")."""
    token = words.tokens[at]
    if not words.begins_sentence(token.start):
        return token.plain in _NOT_AT
    return token.plain in _NOT_ITS_NAME or (words.sentence(token.start) == 0 and token.plain not in _OF_A_NAME)


def _at_a_name(words: Words, at: int) -> Iterator[Form]:
    """A name after "aan de" or "op het" that nothing but a place can be: "aan de Kieler Bocht"."""
    tokens, token = words.tokens, words.tokens[at]
    article = token.text in ("De", "Het") and at + 1 < len(tokens) and tokens[at + 1].text[0].isupper()
    before = at - 1 if article else at - 2
    if before < 0 or tokens[before].plain not in _SPOT_WORDS or not _joined(words, before):
        return
    if not article and (tokens[at - 1].plain not in _THE or not _joined(words, at - 1)):
        return
    stop = _run(words, at)
    if stop == at or token.text.isupper() or token.plain in _NOT_AT:
        return
    if stop == len(tokens) or _gap(words, stop - 1) != " " or tokens[stop].plain in _GOES_ON:
        yield Form(token.start, tokens[stop - 1].end, "straat")


def _in_lower_case(words: Words, at: int) -> Iterator[Form]:
    tokens, token = words.tokens, words.tokens[at]
    if words.text[max(0, token.start - 1) : token.start] in ("[", "@", "#"):
        return
    before = tokens[at - 1].plain if at and _joined(words, at - 1) else ""
    if token.plain == "stad" and before in ("in", "naar", "deur", "ien", "noar", "door", "uut"):
        yield Form(token.start, token.end, "stad")
        return
    if len(token.text) < _SHORTEST or token.plain in NO_NAMES:
        return
    if token.plain.endswith(_LOWER):
        lead = at - 1 if before in ("nieuwe", "oude", "grote", "kleine", "korte", "lange") else at
        yield Form(tokens[lead].start, token.end, "straat")
    elif token.plain.endswith(_LOWER_AFTER_THE) and _lower_follows(tokens, at):
        yield Form(token.start, token.end, "straat")


def _lower_follows(tokens: list[Token], at: int) -> bool:
    before = [token.plain for token in tokens[max(0, at - 2) : at]]
    return bool(before) and (before[-1] in ("aan", "langs", "op") or (before[-1] in _THE and before[0] in _PLACE_WORDS))
