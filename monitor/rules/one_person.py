"""Title and extract -> whether the report is about one person: missing, wanted, on trial, a child or a victim (R19).

It needs no name for that: the names went before. What is about a gathering too is about more than one person.
"""

import re

_ONE = (
    r"(?:\d{1,2}[- ]jarige|\w+ \(\d{1,2}(?: jaar)?\)|man|vrouw|jongen|meisje|jongetje|kind|peuter|kleuter"
    r"|baby|tiener|puber|minderjarige|studente?|scholier|leerling|inwoner|inwoonster|stadjer|groninger|bewoner|bewoonster"
    r"|fietser|fietsster|voetganger|automobiliste?|motorrijder|scooterrijder|bestuurder|bestuurster|passagier"
    r"|verdachte|dader|overvaller|inbreker|dief|oplichter|brandstichter|stalker|hardrijder|drugsdealer|verkrachter"
    r"|gedetineerde|gevangene|tbs'er|slachtoffer|vader|moeder|zoon|dochter|broer|zus|ex|ex-\w+|buurman|buurvrouw|opa|oma"
    r"|bejaarde|trainer|coach|leraar|lerares|docente?|leerkracht|arts|drenkeling)"
)
"""One person, by what can be said of them; in the plural it is none of these words."""

_ALWAYS = (
    r"vermist(?:e|en)?|vermissing|spoorloos|niet (?:meer )?thuisgekomen|niets (?:meer )?vernomen|voor het laatst gezien"
    r"|gezocht wordt|wordt gezocht|opsporingsbericht|signalement|amber alert|kijk uit naar|op vrije voeten"
    r"|voortvluchtige?"
    r"|herken(?:t u|t| je| jij) (?:deze|dit|die|hem|haar)\b"
    r"|wie (?:heeft|kent|herkent|zag) (?:deze|dit|die|hem|haar)\b"
    r"|in memoriam|overlijdensbericht|rouwadvertentie|uitvaart"
    r"|celstraf|taakstraf|werkstraf|gevangenisstraf|vrijgesproken|veroordeeld|zedenzaak|ontucht|misbruik|aanranding"
    r"|verkrachting|(?:jaar|maand(?:en)?|weken|dagen) (?:cel|jeugddetentie|tbs)|levenslang|jeugddetentie"
)
"""No report about a crowd is headed by one of these, unless it names that crowd."""

_OF_ONE = (
    rf"(?:straf|cel|tbs|boete|voorwaardelijk|werkstraf) (?:voor|tegen) (?:\w+ )?{_ONE}"
    r"|eist \w+ (?:jaar|maanden|weken|dagen)|geëist tegen|^tbs voor|geen spoor van"
    r"|nabestaanden|straf .{0,60}hoger beroep|hoger beroep .{0,40}straf"
    rf"|(?:spreekt|sprak) (?:\w+ )?{_ONE} vrij|{_ONE} .{{0,30}}(?:voor de rechter|terecht|vrijspraak)"
)

_BEFELL = (
    r"(?:aangehouden|opgepakt|gearresteerd|vastgezet|zit vast|verdacht|overleden|overlijdt|omgekomen|gedood"
    r"|doodgestoken|doodgeschoten|dood|gewond|aangereden|neergestoken|neergeschoten|mishandeld|beroofd|bedreigd|gestalkt|verdronken"
    r"|bezweken|gereanimeerd|onwel|opgenomen|zwaargewond)"
)
"""What is done to one person, or happens to them."""

_SOUGHT = rf"(?:politie|recherche|burgernet|familie) (?:zoekt|vraagt|sp\w+).{{0,40}}\b{_ONE}|beelden .{{0,30}}\b{_ONE}"

_TITLE = re.compile(
    rf"\b(?:{_ALWAYS}|{_OF_ONE}|{_SOUGHT}|{_ONE}(?=\W).{{0,60}}\b{_BEFELL}|{_BEFELL} .{{0,40}}\b{_ONE})(?!\w)", re.I
)
_EXTRACT = re.compile(
    rf"\b(?:amber alert|{_ONE}(?=\W)[^.]{{0,80}}(?:wordt[^.]{{0,30}}vermist|spoorloos|niet (?:meer )?thuisgekomen))\b",
    re.I,
)
_GATHERING = re.compile(
    r"\b(demonstr|betog|manifestat|protest|optocht|(stille )?tocht\b|mars\b|wake\b|staking|blokkade|bijeenkomst|herdenk"
    r"|evenement|festival|rellen|relschop|ongeregeldheden|onlusten|supporters|wedstrijd|jaarwisseling|hulpverleners)",
    re.I,
)


def about_one_person(title: str, extract: str) -> bool:
    """True for missing and wanted notices, crime and court reports on one person, children and victims."""
    if _GATHERING.search(f"{title} {extract}"):
        return False
    return _TITLE.search(title) is not None or _EXTRACT.search(extract) is not None
