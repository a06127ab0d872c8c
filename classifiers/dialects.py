"""Frisian, Gronings, English and hasty spellings of days and times -> the Dutch words that the grammars know.

Only words that name a moment, or tell whether it lies behind or ahead, are changed: this translates nothing else.
"""

import re
from collections.abc import Callable

_ONE_TO_ONE = {
    # Frisian
    "moandei": "maandag", "tiisdei": "dinsdag", "woansdei": "woensdag", "tongersdei": "donderdag",
    "freed": "vrijdag", "sneon": "zaterdag", "saterdei": "zaterdag", "snein": "zondag", "hjoed": "vandaag",
    "juster": "gisteren", "jister": "gisteren", "moarn": "morgen", "oermoarn": "overmorgen", "justerjûn": "gisteravond",
    "justermiddei": "gistermiddag", "justernacht": "vannacht", "hjoedejûn": "vanavond", "fannejûn": "vanavond",
    "fanjûn": "vanavond", "jûn": "vanavond", "fannacht": "vannacht", "fannemiddei": "vanmiddag",
    "fannemoarn": "vanochtend", "moarnejûn": "morgenavond", "moarntejûn": "morgenavond", "moarnmiddei": "morgenmiddag",
    "takom": "komende", "takommende": "komende", "kommende": "komende", "oankommende": "komende", "ôfrûne": "afgelopen",
    "ferline": "vorige", "wykein": "weekend", "wike": "week", "oere": "uur", "healwei": "half", "kertier": "kwart",
    "oant": "tot", "tusken": "tussen", "twa": "twee", "trije": "drie", "fjouwer": "vier", "fiif": "vijf",
    "seis": "zes", "sân": "zeven", "njoggen": "negen", "tsien": "tien", "alve": "elf", "tolve": "twaalf",
    "ienen": "een", "twaen": "twee", "trijen": "drie", "fjouweren": "vier", "fiven": "vijf", "seizen": "zes",
    "seisen": "zes", "sânen": "zeven", "achten": "achten", "njoggenen": "negen", "tsienen": "tien", "alven": "elf",
    "tolven": "twaalf", "twaën": "twee", "trijeën": "drie",
    "moarns": "'s ochtends", "middeis": "'s middags", "jûns": "'s avonds",
    "jannewaris": "januari", "febrewaris": "februari", "maaie": "mei", "juny": "juni", "july": "juli",
    "septimber": "september", "novimber": "november", "desimber": "december", "keningsdei": "koningsdag",
    "befrijingsdei": "bevrijdingsdag", "âldjier": "oudjaar", "âldjiersjûn": "oudejaarsavond",
    "âldjiersdei": "oudejaarsdag", "nijjiersdei": "nieuwjaarsdag", "jierwiksel": "jaarwisseling",
    "jierwikseling": "jaarwisseling", "peaske": "pasen", "sinteklaasjûn": "sinterklaasavond",
    "wie": "wie", "wienen": "waren", "kamen": "kwamen", "giene": "gingen", "rûnen": "liepen", "stiene": "stonden",
    "waard": "werd", "waarden": "werden", "hiene": "hadden", "gie": "ging", "stie": "stond", "rûn": "liep",
    "sille": "zullen", "sil": "zal", "wurdt": "wordt", "wurde": "worden",
    # Gronings and Drents
    "moandag": "maandag", "maondag": "maandag", "dunderdag": "donderdag", "zoaterdag": "zaterdag",
    "zaoterdag": "zaterdag", "zotterdag": "zaterdag", "zundag": "zondag", "mörgen": "morgen", "mörn": "morgen",
    "mörrn": "morgen", "mörm": "morgen", "morn": "morgen", "mörgenvroug": "morgenvroeg",
    "guster": "gisteren", "gustern": "gisteren", "gusteroavend": "gisteravond", "vandoag": "vandaag",
    "vandoage": "vandaag", "vanoavend": "vanavond", "vanaovend": "vanavond", "vanoamd": "vanavond",
    "vanmirreg": "vanmiddag", "vanmörgen": "vanmorgen", "vanmörn": "vanmorgen", "mörgenoavend": "morgenavond",
    "mörnoavend": "morgenavond", "mörgenmirreg": "morgenmiddag", "ofloop": "afloop", "ofgelopen": "afgelopen",
    "veurig": "vorig", "veurige": "vorige", "twij": "twee", "kwaart": "kwart", "ain": "een", "naacht": "nacht",
    "vannaacht": "vannacht", "middernaacht": "middernacht", "meert": "maart",
    "jannewoarie": "januari", "febrewoarie": "februari",
    "nijjoarsnacht": "nieuwjaarsnacht", "nijjoar": "nieuwjaar", "wonsdag": "woensdag", "dingsdag": "dinsdag",
    "aankommend": "komende", "aankomend": "aankomend", "haalf": "half",
    "haalve": "half", "veur": "voor", "ure": "uur", "uren": "uren", "twei": "twee", "twije": "twee", "drij": "drie",
    "drije": "drie", "vaaier": "vier", "vair": "vier", "vief": "vijf", "vieve": "vijf", "zeuven": "zeven",
    "zeuvene": "zeven", "aacht": "acht", "aachte": "acht", "negene": "negen", "tiene": "tien", "twaalm": "twaalf",
    "twaalve": "twaalf", "mai": "mei", "oljoarsoavend": "oudejaarsavond", "oljoarsdag": "oudejaarsdag",
    "oljoarsnacht": "oudejaarsnacht", "oljoar": "oudjaar", "oudjoar": "oudjaar", "oldjoar": "oudjaar",
    "oljoarswizzeln": "jaarwisseling",
    "oldjoarsoavend": "oudejaarsavond", "oldjoarsdag": "oudejaarsdag", "oldjaorsaovend": "oudejaarsavond",
    "nijjoarsdag": "nieuwjaarsdag", "neijoarsdag": "nieuwjaarsdag", "neijoar": "nieuwjaar",
    "keuningsdag": "koningsdag", "keunensdag": "koningsdag", "sunt-meerten": "sint-maarten",
    "sundermeerten": "sint-maarten", "oavends": "'s avonds", "mirregs": "'s middags",
    "mörgens": "'s ochtends", "weeknd": "weekend",
    "wör": "werd", "wörren": "werden", "wazzen": "waren", "haren": "haren", "ging": "ging", "gingen": "gingen",
    "stonnen": "stonden", "kwammen": "kwamen", "komt": "komt", "gaait": "gaat", "goan": "gaan", "zel": "zal",
    "zellen": "zullen", "wordt": "wordt", "bin": "zijn", "bennen": "zijn",
    # posts
    "vanaaf": "vanavond", "vnavond": "vanavond", "vanavnd": "vanavond", "vnvnd": "vanavond", "vnvd": "vanavond",
    "2nite": "vanavond",
    "2night": "vanavond", "tonite": "vanavond", "tonight": "vanavond", "vanmid": "vanmiddag", "vanmi": "vanmiddag",
    "vanocht": "vanochtend", "vnacht": "vannacht", "vannach": "vannacht", "vandg": "vandaag", "vndg": "vandaag",
    "mrg": "morgen",
    "mrgn": "morgen", "mrgen": "morgen", "morge": "morgen", "morgn": "morgen", "morgenmid": "morgenmiddag",
    "mrgnmiddag": "morgenmiddag", "mrgnavond": "morgenavond", "morgenaaf": "morgenavond", "overmrgn": "overmorgen",
    "gistr": "gisteren", "gisterenavond": "gisteravond", "gistravond": "gisteravond", "gisteraaf": "gisteravond",
    "wknd": "weekend", "weekeind": "weekend", "wkend": "weekend", "zaterdagaaf": "zaterdagavond",
    "vrijdagaaf": "vrijdagavond", "vrijdagmid": "vrijdagmiddag", "zaterdagmid": "zaterdagmiddag", "maandg": "maandag",
    "dinsdg": "dinsdag", "woensdg": "woensdag", "dondrdag": "donderdag", "vrijdg": "vrijdag", "vrydag": "vrijdag",
    "zatterdag": "zaterdag", "zatedag": "zaterdag", "zaterdg": "zaterdag", "zoterdag": "zaterdag", "zondg": "zondag",
    "oudennieuw": "oud en nieuw", "oudnieuw": "oud en nieuw", "o&n": "oud en nieuw", "nye": "oudejaarsavond",
}  # fmt: skip # a word and its meaning, many to a line

_ENGLISH = {
    "monday": "maandag", "tuesday": "dinsdag", "wednesday": "woensdag", "thursday": "donderdag", "friday": "vrijdag",
    "saturday": "zaterdag", "sunday": "zondag", "today": "vandaag", "tomorrow": "morgen", "yesterday": "gisteren",
    "weekend": "weekend", "next": "volgende", "last": "afgelopen", "coming": "komende", "upcoming": "komende",
    "this": "deze", "january": "januari", "february": "februari", "june": "juni", "july": "juli",
    "august": "augustus", "october": "oktober", "at": "om", "from": "van", "until": "tot", "till": "tot", "til": "tot",
    "between": "tussen", "around": "rond", "about": "ongeveer",
    "since": "sinds", "and": "en", "before": "voor", "noon": "12.00 uur",
    "midday": "12.00 uur", "midnight": "middernacht", "will": "zal", "were": "waren", "was": "was", "had": "hadden",
    "went": "gingen", "came": "kwamen", "marched": "liepen", "walked": "liepen", "gathered": "verzamelden",
    "arrested": "aangehouden", "took": "hield", "started": "begon", "stood": "stonden", "ended": "eindigde",
    "doors": "deuren", "starts": "begint", "start": "start", "meet": "verzamelen", "join": "kom", "bring": "neem",
    "expected": "verwacht", "expects": "verwacht", "going": "gaan", "on": "op", "the": "de", "to": "tot", "of": "van",
    "easter": "pasen", "halloween": "halloween", "one": "een", "two": "twee", "three": "drie", "four": "vier",
    "five": "vijf", "six": "zes", "seven": "zeven", "eight": "acht", "nine": "negen", "ten": "tien", "eleven": "elf",
    "twelve": "twaalf", "o'clock": "uur", "oclock": "uur", "year": "jaar", "deadline": "deadline", "by": "voor",
}  # fmt: skip # idem
_ENGLISH_MARKS = frozenset("the and will with our from this are your they you for have that were what".split())
_ENOUGH_ENGLISH = 3
"""Words; fewer may be a slogan or a name in a Dutch text."""

_SHORT_DAYS = {
    "ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag", "za": "zaterdag",
    "zo": "zondag", "maa": "maandag", "din": "dinsdag", "woe": "woensdag", "don": "donderdag", "vrij": "vrijdag",
    "zat": "zaterdag", "zon": "zondag", "zond": "zondag",
}  # fmt: skip # idem
_WEEKDAYS = r"maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
_HOURS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_ON_THE_HOUR = r"een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\d\d?"

_TOKEN = re.compile(r"[\w'&û]+(?:-\w+)*")
_PARTS_OF_DAY = {
    "jûn": "avond", "middei": "middag", "moarn": "ochtend", "nacht": "nacht", "oavend": "avond", "aovend": "avond",
    "oamd": "avond", "mirreg": "middag", "naacht": "nacht",
    "mörgen": "ochtend", "aaf": "avond", "mid": "middag", "avnd": "avond",
    "afternoon": "middag", "evening": "avond", "night": "avond", "morning": "ochtend", "av": "avond",
}  # fmt: skip # idem


def _table(*dictionaries: dict[str, str]) -> dict[str, str]:
    return {word: dutch for table in dictionaries for word, dutch in table.items() if word != dutch}


_WORDS = _table(_ONE_TO_ONE)
_ENGLISH_WORDS = _table(_ONE_TO_ONE, _ENGLISH)
_KNOWN = frozenset(_WORDS)

_Fix = tuple["re.Pattern[str]", "str | Callable[[re.Match[str]], str]"]


def _hour(match: "re.Match[str]", shift: int) -> str:
    written = match["hour"]
    number = int(written) if written.isdigit() else _HOURS.index(written) + 1
    return _HOURS[(number - 1 + shift) % 12]


def _of_two_halves(match: "re.Match[str]") -> str:
    hour = (int(match["hour"]) % 12) + (12 if match["half"][0] == "p" else 0)
    return f"{hour:02d}.{match['minute'] or '00'} uur"


def _span(match: "re.Match[str]") -> str:
    """ "2-5 pm" is an afternoon from both ends."""
    late = 12 if match["half"][0] == "p" else 0
    first, last = int(match["from"]) % 12, int(match["hour"]) % 12
    begins = first + (late if first < last or not late else 0)
    return f"{begins:02d}.{match['fromm'] or '00'}-{last + late:02d}.{match['minute'] or '00'} uur"


_HALF_DAY = r"(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
_MONTHS = (
    r"januari|februari|march|april|may|juni|juli|augustus|september|oktober|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_MONTH_NAMES = {"march": "maart", "may": "mei", "mar": "maart", "oct": "oktober"}


def _month(match: "re.Match[str]") -> str:
    return f"{int(match['number'])} {_MONTH_NAMES.get(match['month'], match['month'])} {match['year'] or ''}"


_ENGLISH_FIXES: tuple[_Fix, ...] = (
    (re.compile(r"\b(?P<from>1[0-2]|0?[1-9])(?:[:.](?P<fromm>[0-5]\d))?\s?(?:-|–|tot)\s?" + _HALF_DAY), _span),
    (re.compile(r"\b" + _HALF_DAY), _of_two_halves),
    (re.compile(rf"\bhalf past (?P<hour>{_ON_THE_HOUR})\b"), lambda m: f"half {_hour(m, 1)}"),
    (re.compile(rf"\bquarter past (?P<hour>{_ON_THE_HOUR})\b"), lambda m: f"kwart over {_hour(m, 0)}"),
    (re.compile(rf"\bquarter tot (?P<hour>{_ON_THE_HOUR})\b"), lambda m: f"kwart voor {_hour(m, 0)}"),
    (
        re.compile(
            rf"\b(?P<month>{_MONTHS})\.?\s(?:de\s)?(?P<number>[0-3]?\d)(?:st|nd|rd|th)?\b(?!:)(?:,?\s(?P<year>20\d\d))?"
        ),
        _month,
    ),
    (re.compile(rf"\b(?P<number>[0-3]?\d)(?:st|nd|rd|th)?\s(?:van\s)?(?P<month>{_MONTHS})\b(?P<year>)"), _month),
    (re.compile(r"\b([0-3]?\d)(?:st|nd|rd|th)\b"), r"\1e"),
    (re.compile(rf"\bop de (?=(?:{_WEEKDAYS})\b)"), "op "),
    (re.compile(r"\bdeze (?:avond|evening)\b"), "vanavond"),
    (re.compile(r"\bdeze (?:middag|afternoon)\b"), "vanmiddag"),
    (re.compile(r"\bdeze (?:ochtend|morning)\b"), "vanochtend"),
    (re.compile(r"\b(?:in de )?(?P<part>afternoon|evening|morning)\b"), lambda m: "in de " + _PARTS_OF_DAY[m["part"]]),
    (re.compile(r"\bafgelopen night\b"), "vannacht"),
    (re.compile(r"\bdeze weekend\b"), "dit weekend"),
    (re.compile(r"\bvolgende weekend\b"), "volgend weekend"),
    (re.compile(r"\bdeze week\b(?=')"), "deze week"),
    (re.compile(r"\bde (?=\d\d?\b)"), ""),
    (re.compile(r"\bnew (?:jaar|year)'?s eve\b"), "oudejaarsavond"),
    (re.compile(r"\bnew (?:jaar|year)'?s day\b"), "nieuwjaarsdag"),
    (re.compile(r"\bking'?s day\b"), "koningsdag"),
    (re.compile(r"\bking'?s night\b"), "koningsnacht"),
    (re.compile(r"\bliberation (?:day|festival)\b"), "bevrijdingsdag"),
)

_FIXES: tuple[_Fix, ...] = (
    # "zat 14u", "komende zo", "vr de 13e", "za-avond"
    (
        re.compile(
            r"\b(?P<lead>(?:komende?|aanstaande|afgelopen|vorige|volgende|deze|aankomende?)\s)"
            r"(?P<day>ma|di|wo|do|vr|za|zo|zat|zond)\b(?![-'])"
        ),
        lambda m: m["lead"] + _SHORT_DAYS[m["day"]],
    ),
    (
        re.compile(
            r"(?<![\w-])(?P<day>ma|maa|di|din|wo|woe|do|don|vr|vrij|za|zat|zo|zon|zond)(?:(?<!zo)(?<!do)(?<!di)\.)?\s"
            r"(?=(?:om\s|vanaf\s|@\s?|rond\s)?\d\d?(?:[:.]\d\d)?\s?(?:u|h|uur)\b|de\s\d\d?e\b|half\s|2[0-3]00\b"
            r"|\d\d?(?::[0-5]\d|\.(?:00|1[3-9]|[2-5]\d))(?![.\d]))"
        ),
        lambda m: _SHORT_DAYS[m["day"]] + " ",
    ),
    (
        re.compile(r"\b(?P<day>ma|di|wo|do|vr|za|zat|zo|zon)(?:-|\.|\s)?(?P<part>avond|middag|ochtend|nacht|mid"
            r"|aaf|av)\b"),
        lambda m: _SHORT_DAYS[m["day"]] + _PARTS_OF_DAY.get(m["part"], m["part"]),
    ),
    (
        re.compile(
            rf"\b(?P<day>{_WEEKDAYS})(?:s|e|te|n)?\s?(?P<part>jûn|middei|moarn|oavend|aovend|oamd|mirreg|mörgen|aaf|mid"
            r"|avnd|afternoon|evening|night|morning)s?\b"
        ),
        lambda m: m["day"] + _PARTS_OF_DAY[m["part"]],
    ),
    (re.compile(r"(?<![\w-])za\s(?=[a-z]{2})(?!mei\b|juni\b|juli\b)"), "zaterdag "),
    (re.compile(r"\bfan '?e (jûn|middei|moarn|nacht)\b"), lambda m: "van" + _PARTS_OF_DAY[m[1]]),
    (re.compile(r"\b'?s (?:oavends|aovends|oavonds|jûns)\b"), "'s avonds"),
    (re.compile(r"(?<=\d) s (avonds|middags|ochtends|nachts|morgens)\b"), r" 's \1"),
    (re.compile(r"(?<=[a-z]) s (avonds|middags|ochtends|nachts|morgens)\b"), r" 's \1"),
    (re.compile(r"(?<=\w )(?<!\d )half(?=[1-9]|1[0-2]\b)"), "half "),
)  # fmt: skip # idem
_FUSED = re.compile(
    r"\b(?P<day>moandei|tiisdei|woansdei|tongersdei|freed|sneon|saterdei|snein|moandag|dunderdag|zoaterdag|zaoterdag"
    r"|zundag|dinsdag|woensdag|donderdag|vrijdag|maandag|zaterdag|zondag)(?:s|e|te)?"
    r"(?P<part>jûn|middei|moarn|na?acht|oavend|aovend|oamd|mirreg|mörgen)s?\b"
)
_FUSED_HINT = ("jûn", "middei", "moarn", "oavend", "aovend", "oamd", "mirreg", "mörgen", "naacht", "dei", "sneon")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_TRIPLES = tuple(letter * 3 for letter in "aeiounrsgt")
_SHORT = frozenset((*_SHORT_DAYS, "s", *(f"half{n}" for n in range(1, 13)))) | frozenset(
    f"{day}-{part}" for day in _SHORT_DAYS for part in ("avond", "middag", "ochtend", "nacht", "aaf", "mid")
)


def in_dutch(text: str) -> str:
    """Lower-case `text` with every word for a day or time in Dutch. Offsets in the answer are its own."""
    if any(triple in text for triple in _TRIPLES):
        text = _STRETCHED.sub(r"\1", text)
    if any(hint in text for hint in _FUSED_HINT):
        text = _FUSED.sub(lambda m: f"{_WORDS.get(m['day'], m['day'])}{_PARTS_OF_DAY[m['part']]}", text)
    words = set(_TOKEN.findall(text))
    english = len(words & _ENGLISH_MARKS) >= _ENOUGH_ENGLISH
    if english:
        text = _TOKEN.sub(lambda m: _ENGLISH_WORDS.get(m[0], m[0]), text)
        for pattern, dutch in _ENGLISH_FIXES:
            text = pattern.sub(dutch, text)
    elif words & _KNOWN:
        text = _TOKEN.sub(lambda m: _WORDS.get(m[0], m[0]), text)
    if english or words & _KNOWN or words & _SHORT:
        for pattern, dutch in _FIXES:
            text = pattern.sub(dutch, text)
    return text
