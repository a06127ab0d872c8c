"""Item -> why it may not come in, or None: what no purpose asks for is not kept (R19, R46)."""

from datetime import datetime, timedelta

from classifiers import UNCERTAIN_BELOW, Category, Phase
from monitor.domain import MANUAL, Item
from monitor.rules.one_person import about_one_person

ABOUT_A_PERSON = "persoonsbericht"
NOT_RELEVANT = "niet_relevant"
TOO_OLD = "te_oud"
NAMES_SOMEONE = "persoonsgegevens"
OBJECTED = "bezwaar"
IN_DUTCH = {
    ABOUT_A_PERSON: "gaat over één persoon",
    NOT_RELEVANT: "niet van belang voor de openbare orde",
    TOO_OLD: "te oud",
    NAMES_SOMEONE: "er bleven persoonsgegevens in staan",
    OBJECTED: "iemand maakte bezwaar",
}
"""Every reason, and what people call it."""
REASONS = tuple(IN_DUTCH)

OLD_AFTER = timedelta(days=60)
"""An entry that was published longer ago, and tells of nothing still to come, is an archive, not news."""


def refusal(item: Item, *, now: datetime) -> str | None:
    """The reason to drop it, one of REASONS; None when it may come in.

    What a person adds always comes in. A text that the reader is not sure of comes in too: a person
    decides, never silence (R23). NAMES_SOMEONE is the reason of what the store's own door then refuses, OBJECTED
    of what holds a text that someone asked us to leave alone (`rules.blocked`).
    """
    if item.source == MANUAL:
        return None
    reading = item.reading
    if about_one_person(item.title, item.extract):
        return ABOUT_A_PERSON
    if not reading.relevant:
        unsure = reading.confidence < UNCERTAIN_BELOW and reading.category is not Category.NONE
        return None if unsure and reading.phase is not Phase.OTHER and reading.level is not None else NOT_RELEVANT
    coming = reading.period is not None and (reading.period.end or reading.period.start) >= now
    if item.published < now - OLD_AFTER and not coming:
        return TOO_OLD
    return None
