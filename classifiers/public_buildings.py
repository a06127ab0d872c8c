"""An address -> whether it is that of a public building, which stays (guideline, decision 13).

A public word somewhere near is not enough: it must lead straight to the address, or follow it. Whatever speaks of a
home in the same sentence takes the address along (R14 fails closed).
"""

import re
from collections.abc import Collection

from classifiers.lexicon import lexicon

TOWN_LIKE_A_CHURCH = r"(?:hoog|grijps|olde|oud|ouder|nie|nij|nieuwer|ridder|koude|heems|alm|ab)kerk"
BUILDING = (
    r"(?:stad(?:huis|hoes|skantoor)|stedhûs|gemeente(?:huis|hoes|hûs)|provinciehuis|raad(?:huis|zaal)|(?:gemeente|stads)?loket(?:ten)?"
    r"|[a-z]*balie|bibliotheek|bieb|bibleteek|[a-z]*school|skoalle|schoul|[a-z]*college|lyceum|gymnasium|universiteit|academie|faculteit|campus"
    rf"|cr[eè]che|kinder(?:opvang|dagverblijf)|peuterspeelzaal|(?!{TOWN_LIKE_A_CHURCH}\b)[a-z]*kerk|tsjerke|moskee|synagoge|tempel|kapel"
    r"|(?:buurt|dorps|wijk|club)(?:huis|gebouw|hoes)|d(?:oa|ö)rps(?:hoes|hûs)|verenigingsgebouw|[a-z]+centrum|mf[ac]|azc|kantine"
    r"|[a-z]*caf[eé]|[a-z]*restaurant|brasserie|pizzeria|bistro|hotel|hostel|kroeg|bar|discotheek|snackbar|cafetaria"
    r"|stadion|[a-z]*museum|galerie|theater|schouwburg|bioscoop|(?:pop)?podium|(?:feest|concert|sport|gym)?zaal|gymlokaal"
    r"|sporthal|sportpark|zwembad|manege|ijsbaan|speeltuin|forum|ziekenhuis|umcg|polikliniek|huisartsen(?:post|praktijk)"
    r"|[a-z]*apotheek|politiebureau|politieburo|plysjeburo|(?:brandweer)?kazerne|(?:hoofd|bus|tank|benzine)?station"
    r"|supermarkt|[a-z]*winkel|kringloop|drogist(?:erij)?|bakkerij|slagerij|bouwmarkt|postkantoor|voedselbank|milieustraat"
    r"|dierenasiel"
    r"|rechtbank|gerechtshof|gerechtsgebouw|paleis van justitie|stem(?:bureau|lokaal)|begraafplaats|crematorium|aula"
    r"|bedrijfs(?:pand|hal|gebouw|verzamelgebouw)|kantoor(?:pand|gebouw)?|town hall|library|church|mosque|hospital"
    r"|pharmacy|police station|courthouse|community cent(?:re|er)"
    r"|jumbo|albert heijn|lidl|aldi|coop|hema|kruidvat|etos|ikea|gamma|praxis)"
)
BUILDING_WORD = re.compile(rf"\b{BUILDING}\b", re.IGNORECASE)
NAME_PART = r"(?:[A-ZÀ-ÖØ-Þ0-9][\w'’.\-]*|van|de|der|den|het|in|ten|ter|te|'[tns]|&|[\"“”„'‘’])"
NAMED_ONLY = re.compile(
    rf"(?: {NAME_PART})*+(?:(?:,? ?\(|,|:| ?[|\-–])?(?: adres:?)?"
    rf"|,? gevestigd (?:aan|op)(?: (?:de|het|'t))?| (?:aan|oan|op|at|te)(?: (?:de|het|'t))?)\s*",
)
"""What may stand between a building and its address: its name, one mark, "aan de"; no other word."""
NEAR = re.compile(
    r"\b(?:naast|neist|tegenover|achter|boven|onder|nabij|vlak ?bij|dicht ?bij|langs|tussen|near|next to|opposite"
    r"|behind|(?:buurt|hoek|omgeving|schuin|meter) (?:van|achter|af van))"
    r"(?: (?:de|het|een|'t|onze|the))?(?: [a-zë]+e)? $",
    re.IGNORECASE,
)
BELONGS = re.compile(r"(?P<who>[\w\-]+) (?:van|bij|fan|of) (?:(?:de|het|een|'t|onze|the) )?$")
"""Someone of the building, whose own address may follow: "de eigenaar van het café"."""
FOLLOWING = re.compile(
    rf"(?:\s?[(,]\s?(?:(?:het|de|in|in het|in de) )?{BUILDING}(?=[ ]?[,.;)\n]|$)|\s?\({BUILDING}\b"
    rf"| (?:in|yn) (?:(?:de|het|'t) )?{BUILDING}\b"
    r"|,? (?:staat|stond|zit|zat|ligt|is|opent|komt|huist|vestigt)(?: zich)?(?: er)?(?: nu| ook)? (?:het|de|een)"
    rf"(?: [a-zë]+e?)? {BUILDING}\b)",
    re.IGNORECASE,
)
PRIVATE_HOME = re.compile(
    r"\bwoning|woonhuis|\bwoon|\bwon(?:en|end)|\bhuis van|\bthuis\b|\bhuisadres|\bbewoner|\bvergunning|\bflat\b"
    r"|appartement|\bverblij|\bhuur(?:t|der)|\bfamilie\b|\bgezin\b|\bburen\b|\bnaast\b|\btegenover\b"
    r"|\bboven\b|\bbij (?:mij|hem|haar)\b|\bslachtoffer van\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[.!?\n] ?(?=[A-Z]|$)")
CLAUSE = re.compile(r"[.!?\n;]|\bnaar\b|\ben\b")
FAR_BEFORE, FAR_AFTER = 80, 40
"""How many characters before and after an address are read."""


class PublicBuildings:
    """Knows public buildings by what they are, by their name, and some by their very address."""

    def __init__(self, names: Collection[str] = (), addresses: Collection[str] = ()) -> None:
        """`names` of buildings; those that are a given name too lead to no address. `addresses` as "Rademarkt 12"."""
        given = lexicon().given_lower
        unshared = sorted((name for name in names if name.casefold() not in given), key=len, reverse=True)
        self._named = re.compile(rf"\b(?:{'|'.join(map(re.escape, unshared))})(?!\w)") if unshared else None
        self._addresses = tuple(f" {address.casefold()}" for address in addresses)

    def stand_at(self, text: str, start: int, end: int) -> bool:
        """Whether the address at start..end is that of a public building, and not of a home."""
        if self.have(text[start:end]):
            return True
        before = SENTENCE.split(text[max(0, start - FAR_BEFORE) : start])[-1]
        after = text[end : end + FAR_AFTER]
        if PRIVATE_HOME.search(before) or PRIVATE_HOME.search(CLAUSE.split(after)[0]):
            return False
        return (
            BUILDING_WORD.match(text, start, end) is not None
            or self._leads(before)
            or FOLLOWING.match(after) is not None
        )

    def have(self, address: str) -> bool:
        """Whether this very address is that of a public building, whatever stands before it."""
        return f" {address}".casefold().endswith(self._addresses)

    def _leads(self, before: str) -> bool:
        """Whether the last building named in `before` leads straight to what comes after."""
        for pattern in (BUILDING_WORD, self._named):
            for found in [*pattern.finditer(before)][-1:] if pattern else ():
                leading = before[: found.start()]
                whose = BELONGS.search(leading)
                of_someone = whose is not None and lexicon().is_role(whose["who"].casefold())
                if NAMED_ONLY.fullmatch(before, found.end()) and not of_someone and not NEAR.search(leading):
                    return True
        return False
