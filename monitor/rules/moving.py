"""Item -> whether it says that the happening got another day, hour or place; and whether it tells the new day."""

import re

from monitor.domain import Item
from monitor.rules.classify import CANCELLED

_WEEKDAY = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag\w*"
_MOVES = re.compile(
    r"\b(?:verplaatst\w*|verplaatsen|verhuist|verhuisd\w*|verhuizing|verlegd|verschoven|verschuift"
    r"|opgeschoven|opgeschort|schui(?:ft|ven) (?:een|op|naar)|uitgesteld\w*|uitstel"
    r"|(?:is|wordt|werd|zijn|worden) verzet|verzet naar|vervroegd\w*|inhaal\w*|ingehaalde?|inhalen|alsnog"
    r"|(?:nieuwe|andere) (?:datum|dag|locatie|plek|tijd)|oorspronkelijke?"
    r"|(?:dag|week|weekje|weken|uur|maand) (?:later|eerder|vertraging)|later dan gepland|eerder dan gepland"
    rf"|niet (?:op )?{_WEEKDAY},? maar|in plaats van (?:op )?{_WEEKDAY})\b"
)
_NOT_YET = re.compile(
    r"\b(?:(?:nieuwe|andere) (?:datum|dag|tijd) (?:volgt|is nog|wordt nog|komt nog|staat nog|zoeken)|inhaaldatum volgt"
    r"|zoe(?:kt|ken) (?:\w+ )?een (?:nieuwe|andere) (?:datum|dag)"
    r"|(?:volgt|volgen) (?:later|nog|zo snel)|nader te bepalen|(?:voor )?onbepaalde tijd"
    r"|nog (?:geen|niet) (?:bekend|nieuwe)|later bekend|nog onbekend|wanneer wel)\b"
)
_TO = re.compile(
    rf"\b(?:naar|tot) (?:op )?(?:\w+ ){{0,2}}(?:{_WEEKDAY}|\d{{1,2}}\b)"
    rf"|\b(?:dag|week|weekje|uur|maand) (?:later|eerder)\b|\bniet (?:op )?{_WEEKDAY},? maar\b"
    rf"|\bin plaats van (?:op )?{_WEEKDAY}|\b(?:inhaal\w*|ingehaald|nieuwe (?:datum|dag)) (?:is |wordt |op )"
)


def _words(item: Item) -> str:
    # The words that show an indicator may stand beyond the end of the extract.
    shown = " ".join(evidence.words for evidence in item.reading.evidence if evidence.code == CANCELLED)
    return f"{item.title}\n{item.extract}\n{shown}".casefold()


def says_it_moves(item: Item) -> bool:
    """Not for what is called off, or put off without a new day: that names the day it would have been."""
    words = _words(item)
    return bool(_MOVES.search(words)) and not _NOT_YET.search(words)


def tells_the_new_day(item: Item) -> bool:
    """It says that the happening moved, and its period is the new one: the happening goes on."""
    return item.reading.period is not None and says_it_moves(item) and bool(_TO.search(_words(item)))
