"""A word -> what it says of time: which way it looks, what it stands beside, whether a date may stand around it.

Every word is looked at once and remembered, so a text costs one look-up a word, however long the lists are.
"""

import re
from functools import lru_cache

AHEAD, BACK, AUXILIARY, DONE, PLANNED, HEADLINE, TO_BE = (
    "ahead",
    "back",
    "auxiliary",
    "done",
    "planned",
    "headline",
    "to be",
)

_PARTICIPLE = re.compile(
    r"(?!ge(?:bied|weld|luid|recht|zicht|meente|tuige|bouwe|drag|vecht|rucht|geven|volgen|beurtenis|sprekk|raadp|meen))"
    r"(?:\w*ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her|mis|over)\w{3,}(?:d|t|en)|laten)"
)
_IN_HEADLINES = re.compile(r"\w{0,5}ge\w{3,}(?:d|t)|opgepakt|aangehouden|(?:mis|ver|be)\w{4,}(?:ld|gd|rd)")
"""A headline leaves out "is" and "zijn": "Agent mishandeld op kermis"."""
_AUXILIARY = frozenset("is zijn heeft hebben ben hebt".split())
_TO_BE = frozenset("wordt worden te".split())
_PAST = frozenset(
    """
    afgelopen begon begonnen brak braken deden deed droop eergisteren eindigde eindigden gleed gooide gooiden
    greep grepen had hadden hield hielden klom klommen kon konden kreeg kregen maakte maakten moest moesten
    ontstond ontstonden raakte raakten reden reed sloeg sloegen stoof terugblik vierden vlogen vloog vond
    vonden vorige waren was werd werden wilde wilden zag zagen zat zaten zong zongen gebeurde gebeurden duurde duurden
    rende renden opende openden woonde woonden voerde voerden scoorde scoorden hoorde hoorden stuurde stuurden leverde
    leverden waarschuwde waarschuwden schreeuwde schreeuwden duwde duwden bleek bleken schrok schrokken trof troffen
    verliet verlieten hing hingen droeg droegen sneuvelde sneuvelden vertrok vertrokken belandde belandden mocht mochten
    liet lieten gaf gaven hoefde hoefden zei zeiden plantten startten speelden speelde zette noemde
    """.split()
)
_PAST_ENDINGS = (
    *("kwam", "kwamen", "ging", "gingen", "stond", "stonden", "liep", "liepen", "bleef", "bleven", "trok", "trokken"),
    *("begon", "hield", "hielden", "eerde", "eerden", "ielp", "ielpen", "riep", "riepen", "sprak", "spraken"),
    *("schoot", "schoten", "viel", "vielen", "wierp", "wierpen", "stak", "staken", "nam", "namen", "dreef", "dreven"),
)
_WEAK_ENDINGS = ("kte", "pte", "tte", "lde", "gde", "fde", "mde", "sde", "ste", "kten", "pten", "lden", "gden", "fden")
"""The past of the regular verbs: "stopte", "volgde"."""
_NO_PAST = frozenset(
    """
    akte bekende bepaalde beperkte cassette dezelfde diepte drukte eerde gemengde geplande harde hetzelfde
    liefde matte milde natte platte sekte vette wereld witte zelfde ziekte zwakte beste laatste eerste naaste juiste
    hoogste grootste kleinste oudste jongste kunste koste gaste reste vaste meeste minste volgende bestelde sekten
    akten kunsten feesten gasten kosten posten resten lasten vesten westen oosten beelden helden velden schulden gelden
    melden bellden staken namen afstanden mededelingen binnenste uiterste drukste rustigste steden
    """.split()
)
_PLANNED = frozenset(
    """
    aangekondigd gemeld aangemeld verboden afgelast verplaatst besloten ontvangen verleend gepland toegestaan
    aangewezen verwacht aangevraagd gevraagd geschrapt uitgesteld afgeblazen opgeroepen ingesteld bekendgemaakt
    georganiseerd gehouden welkom uitgenodigd voorbereid geweigerd geregeld ingelicht uitverkocht afgesloten gesloten
    vervroegd verschoven verzet afgesproken vergund bedoeld bereid toegezegd
    """.split()
)
_FUTURE = frozenset(
    """
    wordt worden gaat gaan zal zullen zou zouden komt komen begint beginnen start starten vertrekt vertrekken wil willen
    verwacht verwachten verwachte roept roepen mag mogen kan kunnen verzamelen vindt houdt geldt gelden voeren strijken
    barst sluit zet zetten trekt aanstaande komende komend aankomende aankomend morgen overmorgen straks binnenkort kom
    meld doe neem vraag vragen aankondiging oproep vergunning programma welkom gratis toegang kaarten tickets
    inschrijven aanmelden opgeven vanavond dreigt dreigen bereidt neemt we wij
    """.split()
)

NEAR_A_DATE = {
    "saying": r"zei|zegt|zeggen|meldt|meldde|melden|laat|liet|lieten|laten|bekend|bekendgemaakt|aldus|schrijft|schreef"
    r"|besloot|besloten|besluit|bevestigt|bevestigde|kondigde|antwoordde?|reageerde|presenteert|presenteerde",
    "council": r"vergader\w*|bespreekt|bespreken|besprak|raad|raadsvergadering|gemeenteraad|commissie|college|debat"
    r"|debatteert|evaluatie|gesprek|overleg|persconferentie|inloopavond|informatieavond|praten|vooroverleg"
    r"|bewonersavond",
    "court": r"voorgeleid|rechter|rechtbank|zitting|uitspraak|verdachten?|justitie|veroordeeld|celstraf|geding"
    r"|rechtszaak"
    r"|vonnis|beroep|officier|hof|taakstraf\w*",
    "papers": r"publiceerde|ontvangen|ingediend|inzage|bezwaar\w*|zienswijze\w*|aanvraag|aangevraagd|verleend"
    r"|gepubliceerd"
    r"|publicatie|verzonden|bekendmaking|intrekken|gewijzigd",
    "tickets": r"kaartverkoop|voorverkoop|kaarten|kaartjes|tickets|ticketverkoop|verkoop|aanmeld\w*|inschrij\w*|opgeven"
    r"|opgave|meldt?|melden|reageren|bestel\w*|loting|terugbetaal\w*|geld",
    "building": r"opbouw\w*|afbouw\w*|afbraak|afgebroken|opgebouwd|opruim\w*|schoonmaak|repetitie\w*|training\w*"
    r"|oefen\w*"
    r"|voorbereiding\w*|generale|afsluiting\w*|afgesloten|dicht|parkeerverbod|inleveren",
    "backup": r"uitwijk\w*|regen|storm|windkracht\w*|windstoten|reservedatum|anders|weer",
    "afterwards": r"daarna|erna|opnieuw|vervolgd|evaluatie|later|volgende",
    "earlier": r"vorig|vorige|eerdere?|destijds|toen|geleden|daarvoor|eerder|laatste",
    "happens": r"demonstr\w+|protest\w*|betog\w+|manifestatie|mars|optocht|stoet|wake|actie\w*|blokka\w+"
    r"|blokk\w+|staking"
    r"|staken|wedstrijd|duel|derby|aftrap|thuiswedstrijd|speelt|spelen|finale|festival|concert|markt|kermis|loop"
    r"|feest\w*"
    r"|evenement|intocht|parade|viering|huldiging|rellen|onrust\w*|ongeregeldheden|vechtpartij|slaags|vuurwerk"
    r"|vreugdevuur|carbid\w*|plaats|plaatsvind\w+|gehouden|bijeenkomst|herdenking|begint|start|vertrek\w*|verzamel\w*"
    r"|rave|meeting|carmeeting|samenkomst|lopen|liepen|trokken|bezet\w*|steekpartij|incident\w*|tocht|braderie"
    r"|rommelmarkt|kom|staan",
    "moved": r"verplaats\w*|verzet\w*|verschov\w*|verschui\w*|schuif\w*|schuiven|vervroeg\w*|uitgesteld|inhaal\w*"
    r"|ingehaald|opgeschoven|datum|verhuis\w*|uitstel",
    "plan": r"plan|plannen|voorstel|motie|nota|beleid|idee|mogelijk|eventueel|onderzoek\w*",
    "rest": r"elke|iedere|wekelijks|altijd|jaarlijks|sinds",
}
"""What may stand beside a date and tell whose date it is."""
_BESIDE = tuple((name, re.compile(words)) for name, words in NEAR_A_DATE.items())

_ANCHORS = (
    ("in the evening", re.compile(r"\w*avond\w*|wedstrijd\w*|duel|derby")),
    ("in the night", re.compile(r"\w*nacht\w*|middernacht")),
    ("@month", re.compile(r"(?:\d+-?)?(?:januari|februari|maart|april|mei|juni?|juli?|augustus|september|oktober"
        r"|november|december|jan|feb|mrt|apr|aug|sept?|okt|nov|dec)(?:-20\d\d)?")),
    ("@weekday", re.compile(r"(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:ochtend|morgen|namiddag|middag"
        r"|avond|nacht)?")),
    ("@ordinal", re.compile(r"\d\d?(?:e|ste|de)")),
    ("@weekend", re.compile(r"week(?:end|einde)")),
    ("@week", re.compile(r"week")),
    ("@away", re.compile(r"weken|week|dagen|dag|geleden")),
    ("@feast", re.compile(r"(?:nieuwjaar|valentijn|vrouwen|bevrijding|hallow|sint|pakjes|kerst|oude?jaar"
        r"|jaarwissel|carnaval|paas|pinkster"
    r"|koning|prinsjes|moeder|vader|oud-en|keti|oudennieuw)[\w-]*|arbeid|dodenherdenking|koti|ontzet|berend|maarten"
    r"|nieuw|vrijdag|donderdag|zaterdag"
    r"|pasen|hemelvaart\w*")),
    ("@part", re.compile(r"nacht|avond|middag|ochtend")),
    ("@day", re.compile(r"van(?:daag|ochtend|morgen|middag|avond|nacht)|heden\w*|(?:eer)?gister\w*"
        r"|(?:over)?morgen\w*")),
)  # fmt: skip # one a line


@lru_cache(maxsize=50_000)
def cues_of(word: str) -> tuple[str, ...]:
    """What the lower-case `word` says, most often nothing."""
    found = [name for name, words in _BESIDE if words.fullmatch(word)]
    found += [name for name, words in _ANCHORS if words.fullmatch(word)]
    found += [AHEAD] * (word in _FUTURE) + [BACK] * _looks_back(word) + [AUXILIARY] * (word in _AUXILIARY)
    found += [TO_BE] * (word in _TO_BE)
    if _PARTICIPLE.fullmatch(word):
        found.append(PLANNED if word in _PLANNED else DONE)
    if word not in _PLANNED and _IN_HEADLINES.fullmatch(word):
        found.append(HEADLINE)
    return tuple(found)


def _looks_back(word: str) -> bool:
    if word in _PAST or word.startswith("gister"):
        return True
    return word.endswith((*_PAST_ENDINGS, *_WEAK_ENDINGS)) and word not in _NO_PAST and not word.startswith("ge")
