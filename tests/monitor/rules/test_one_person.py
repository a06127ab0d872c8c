"""R19: what is about one person is dropped at the door, whatever words it is told in; what is about many is kept."""

import pytest

from classifiers import Reader, Voice
from monitor.config import Retention
from monitor.domain import Item
from monitor.rules.classify import classify
from monitor.rules.door import ABOUT_A_PERSON, refusal
from monitor.rules.normalise import normalise
from monitor.rules.redact import redact
from tests.build import NOON, a_raw, a_reading, an_item
from tests.monitor.rules.persons import ABOUT_ONE, LOOKS_LIKE_IT


def as_relevant(reader: Reader, title: str, text: str) -> Item:
    """The item without personal data, as if the reader found it relevant: then only its subject can keep it out."""
    clean = reader.redact(title, text, voice=Voice.NEWS)
    return an_item(title=clean.title, extract=clean.text, reading=a_reading(relevant=True))


@pytest.mark.parametrize(("title", "text"), ABOUT_ONE)
def test_a_report_about_one_person_is_dropped_however_relevant(reader: Reader, title: str, text: str) -> None:
    assert refusal(as_relevant(reader, title, text), now=NOON) == ABOUT_A_PERSON


@pytest.mark.parametrize(("title", "text"), ABOUT_ONE)
def test_a_report_about_one_person_is_dropped_on_the_whole_road(reader: Reader, title: str, text: str) -> None:
    clean = redact(normalise(a_raw(title, text), now=NOON), reader)

    item = classify(clean, reader, now=NOON, retention=Retention())

    assert refusal(item, now=NOON) == ABOUT_A_PERSON


@pytest.mark.parametrize(("title", "text"), LOOKS_LIKE_IT)
def test_a_report_about_many_is_kept_though_it_has_the_same_words(reader: Reader, title: str, text: str) -> None:
    assert refusal(as_relevant(reader, title, text), now=NOON) is None


def test_there_are_forty_of_them_and_no_two_alike() -> None:
    assert (len(set(ABOUT_ONE)), len(set(LOOKS_LIKE_IT))) == (20, 20)
