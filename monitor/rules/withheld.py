"""Rows -> the same without words that someone asked us to take out, or to put right (R42). Codes stay as they are."""

from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from alerts import Message
from classifiers import Evidence
from monitor.domain import Event, Item, OpenFace, Part, Revision
from monitor.rules.classify import extract
from monitor.rules.picture import CATEGORY_WORDS
from monitor.rules.sought import MARK, Sought, quote, without


def clean_item(item: Item, sought: Sought, instead: str = MARK) -> None:
    """Its words, its address and what the reader quoted of it."""
    item.title = without(item.title, sought, instead)
    item.extract = extract(without(item.extract, sought, instead))
    if quote(item.url, sought) is not None:
        address = urlsplit(item.url)
        item.url = urlunsplit((address.scheme, address.netloc, "/", "", ""))
    item.reading = replace(
        item.reading,
        evidence=_evidence(item.reading.evidence, sought, instead),
        places=tuple(place for place in item.reading.places if quote(place.name, sought) is None),
    )


def clean_event(event: Event, sought: Sought, instead: str = MARK) -> None:
    """Its words; a place that is what was sought is a place no more."""
    if quote(event.place, sought) is not None:
        event.place, event.area, event.latitude, event.longitude = "", "", None, None
    if quote(event.title, sought) is not None:
        event.title = f"{CATEGORY_WORDS[event.category]}, {MARK}"
    event.notification, event.permit = (without(text, sought, "") for text in (event.notification, event.permit))
    event.evidence = _evidence(event.evidence, sought, instead)
    event.remembered = _evidence(event.remembered, sought, instead)
    event.left_open = event.left_open and _clean_face(event.left_open, sought, instead)


def _clean_face(face: OpenFace, sought: Sought, instead: str) -> OpenFace:
    if quote(face.place, sought) is not None:
        face = replace(face, place="", area="", latitude=None, longitude=None)
    title = face.title if quote(face.title, sought) is None else f"{CATEGORY_WORDS[face.category]}, {MARK}"
    notification, permit = (without(text, sought, "") for text in (face.notification, face.permit))
    evidence = _evidence(face.evidence, sought, instead)
    return replace(face, title=title, notification=notification, permit=permit, evidence=evidence)


def without_words(piece: Evidence) -> Evidence:
    """The same indicator, without what was said."""
    return replace(piece, words="")


def clean_revision(revision: Revision, sought: Sought, instead: str = MARK) -> None:
    """What was written by people: names of places and numbers; all else is a code or a moment."""
    if revision.part in (Part.PLACE, Part.NOTIFICATION, Part.PERMIT):
        revision.was, revision.now = (without(text, sought, instead) for text in (revision.was, revision.now))


def clean_message(message: Message, sought: Sought, instead: str = MARK) -> Message:
    """A message that still waits, without the words; what it is about and where it leads stay."""
    return replace(
        message,
        title=without(message.title, sought, instead),
        lines=tuple(without(line, sought, instead) for line in message.lines),
        footer=without(message.footer, sought, instead),
        follows=without(message.follows, sought, instead),
    )


def _evidence(shown: tuple[Evidence, ...], sought: Sought, instead: str) -> tuple[Evidence, ...]:
    return tuple(replace(one, words=without(one.words, sought, instead)) for one in shown)
