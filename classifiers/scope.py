"""Places and text -> Scope: how far from the municipality something happens (R51)."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from classifiers.vocabulary import Scope

_NATIONAL = re.compile(
    r"\b(?:(?<!net als vorig jaar geldt )in het hele land|door het hele land|heel nederland|overal in nederland"
    r"|hele land"
    r"|geen enkel \w+ in nederland|landelijk beeld|in tientallen (?:\w+ )?(?:steden|gemeenten|plaatsen)"
    r"|in (?:meer|verschillende|meerdere|veel|alle|diverse|\w+tien|\w+tig|elf|twaalf|\d\d+) (?:nederlandse "
    r"|grote )?(?:steden"
    r"|gemeenten)|op \d{2,} (?:plaatsen|plekken|locaties|stations) langs|landelijke (?:actiedag|actiedagen"
    r"|staking|stakingsdag"
    r"|protestdag|estafette\w*|onderwijsstaking|maatregel\w*|lockdown)|ook op stations in|in twaalf provincies"
    r"|provinciehoofdsteden"
    r"|alle provincies|deelnemers landelijk|across the country|all over the country|nationwide)"
)
_REGIONAL = re.compile(
    r"\b(?:in het noorden|noordelijke|noord-nederland|provincie groningen|drenthe|friesland|fryslân|in de regio"
    r"|ommeland\w*|drie provincies|in de provincie|hogeland|oldambt|eemsdelta|westerkwartier|westerwolde|veenkoloniën"
    r"|midden-groningen)\b"
)
_FAR = re.compile(
    r"\b(?:utrechtse|amsterdamse|rotterdamse|haagse|eindhovense|arnhemse|nijmeegse|enschedese|zwolse|brabantse"
    r"|limburgse|tilburgse|bredase|haarlemse"
    r"|leidse|zeeuwse|maastrichtse|twentse|gelderse|apeldoornse|deventer|amersfoortse|almeerse|duitse stad|belgische)\s"
)
_AUTHORITY = re.compile(
    r"\b(?:gemeente|burgemeester van(?: de gemeente)?|gemeenteraad van|raad van"
    r"|college van (?:burgemeester en wethouders|b en w)"
    r" van(?: de gemeente)?)\s+((?:[A-Z][\w\-ûâ]+(?:\s+(?:en\s+)?(?=[A-Z]))?){1,3})"
)
"""Whose permit, order or council it is tells where, when nothing else does."""
_REGION_AUTHORITIES = frozenset(
    """
    Eemsdelta|Het Hogeland|Midden-Groningen|Oldambt|Pekela|Stadskanaal|Veendam|Westerkwartier|Westerwolde|Noordenveld
    |Tynaarlo|Assen|Aa en Hunze|Borger-Odoorn|Emmen|Coevorden|Hoogeveen|Meppel|Midden-Drenthe|De Wolden|Westerveld
    |Leeuwarden|Smallingerland|Heerenveen|Achtkarspelen|Tytsjerksteradiel|Opsterland|Ooststellingwerf|Weststellingwerf
    |Dantumadiel|Noardeast-Fryslân|Súdwest-Fryslân|Waadhoeke|Harlingen|De Fryske Marren|Terschelling|Ameland|Vlieland
    |Schiermonnikoog|Bedum|Winsum|De Marne|Eemsmond|Delfzijl|Appingedam|Loppersum|Slochteren|Hoogezand-Sappemeer
    |Menterwolde
    |Bellingwedde|Vlagtwedde|Leek|Marum|Grootegast|Zuidhorn|Dongeradeel|Kollumerland|Ferwerderadiel|Littenseradiel
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
"""Municipalities of the three provinces, those that have merged since 2010 among them."""


@lru_cache(maxsize=4)
def is_far_away(text: str) -> bool:
    """Whether title or lead place the event elsewhere with an adjective ("de Utrechtse wijk"), and nothing near."""
    lead = text[:260].lower()
    return _FAR.search(lead) is not None and not re.search(
        r"\b(?:groning\w*|stadjer\w*|drent\w*|fries\w*|fryslân)\b", lead
    )


def authority_in_region(text: str) -> bool:
    """Whether the authority that speaks or decides is that of another municipality of the region."""
    return any(match[1] in _REGION_AUTHORITIES for match in _AUTHORITY.finditer(text))


@lru_cache(maxsize=4)
def tells_of_the_country(text: str) -> bool:
    """Whether the text says that it happens all over the country."""
    return _NATIONAL.search(text.lower()) is not None


def scope_of(areas: Sequence[Scope], spots: Collection[Scope], text: str) -> Scope:
    """How far it is, from the `areas` of the places of the event; `spots` are those of more than a town's name.

    Without any place it is here: the sources are local.
    """
    lower = text.lower()
    if not areas and is_far_away(text):
        return Scope.ELSEWHERE
    here, near, far = (areas.count(area) for area in (Scope.MUNICIPALITY, Scope.REGION, Scope.ELSEWHERE))
    if (tells_of_the_country(text) or far > 1) and (here or not areas):
        return Scope.NATIONAL
    if here:
        title, local = lower.split("\n", 1)[0], Scope.MUNICIPALITY in spots
        wide = _REGIONAL.search(title) or (not local and _REGIONAL.search(lower[:400]))
        return Scope.REGION if near > 1 or wide else Scope.MUNICIPALITY
    if near or (not areas and (_REGIONAL.search(lower[:400]) or authority_in_region(text))):
        return Scope.REGION
    return Scope.ELSEWHERE if areas else Scope.MUNICIPALITY
