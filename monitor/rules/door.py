"""Item -> why it may not come in, or None: what no purpose asks for is not kept (R19, R46)."""

import re
from datetime import datetime, timedelta

from classifiers import UNCERTAIN_BELOW, Category, Phase
from monitor.domain import MANUAL, Item
from monitor.rules.residue import residue

ABOUT_A_PERSON = "persoonsbericht"
NOT_RELEVANT = "niet_relevant"
TOO_OLD = "te_oud"
NAMES_SOMEONE = "persoonsgegevens"
REASONS = (ABOUT_A_PERSON, NOT_RELEVANT, TOO_OLD, NAMES_SOMEONE)

OLD_AFTER = timedelta(days=60)
"""An entry that was published longer ago, and tells of nothing still to come, is an archive, not news."""

_ABOUT_A_PERSON = re.compile(
    r"\b(vermist(e|en)?|vermissing|gezocht wordt|wordt gezocht|opsporingsbericht|signalement|amber alert"
    r"|in memoriam|overlijdensbericht|rouwadvertentie"
    r"|(celstraf|taakstraf|gevangenisstraf|vrijgesproken|veroordeeld|zedenzaak|ontucht|misbruik))\b",
    re.I,
)
_GATHERING = re.compile(
    r"\b(demonstra|betog|manifestat|protest|optocht|(stille )?tocht\b|mars\b|wake\b|staking|blokkade|bijeenkomst"
    r"|evenement|rellen|relschop|supporters|wedstrijd|jaarwisseling)",
    re.I,
)


def refusal(item: Item, *, now: datetime) -> str | None:
    """The reason to drop it, one of REASONS; None when it may come in.

    What a person adds always comes in. A text that the reader is not sure of comes in too: a person
    decides, never silence (R23). Where other eyes than the redactor's still see personal data, the text stays out.
    """
    if item.source == MANUAL:
        return None
    reading = item.reading
    if _ABOUT_A_PERSON.search(item.title) and not _GATHERING.search(f"{item.title} {item.extract}"):
        return ABOUT_A_PERSON
    if not reading.relevant:
        unsure = reading.confidence < UNCERTAIN_BELOW and reading.category is not Category.NONE
        return None if unsure and reading.phase is not Phase.OTHER and reading.level is not None else NOT_RELEVANT
    coming = reading.period is not None and (reading.period.end or reading.period.start) >= now
    if item.published < now - OLD_AFTER and not coming:
        return TOO_OLD
    return NAMES_SOMEONE if residue(f"{item.title}\n{item.extract}") else None
