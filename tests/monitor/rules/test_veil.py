"""Posts of people lose what leads to them before anything is remembered (R12)."""

from dataclasses import replace

from classifiers import Voice
from monitor.domain import RawItem
from monitor.rules.normalise import normalise
from monitor.rules.veil import veiled
from tests.build import NOON

KEY = "een geheim van deze installatie, lang genoeg"
POST = RawItem(
    source="hashtag",
    key="113000000000000001",
    title="",
    text="Druk op de Grote Markt",
    url="https://social.example/@anneke/113000000000000001",
    published=NOON,
    voice=Voice.SOCIAL,
)


def test_neither_id_nor_account_is_left() -> None:
    kept = veiled(POST, KEY)

    assert "113000000000000001" not in repr(normalise(kept, now=NOON)) + kept.key + kept.url
    assert kept.url == "https://social.example/"


def test_the_same_post_is_known_again_and_only_with_the_same_key() -> None:
    entry = normalise(veiled(POST, KEY), now=NOON).entry

    assert normalise(veiled(replace(POST, text="Nog drukker"), KEY), now=NOON).entry == entry
    assert normalise(veiled(POST, KEY[::-1]), now=NOON).entry != entry
    assert normalise(POST, now=NOON).entry != entry


def test_posts_without_an_id_are_told_apart() -> None:
    one, other = (replace(POST, key="", url="", text=text) for text in ("Druk", "Rustig"))

    assert veiled(one, KEY).key != veiled(other, KEY).key
