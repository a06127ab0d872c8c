"""RawItem -> PlainItem."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers import Voice
from monitor.domain import Told
from monitor.rules.normalise import canonical, normalise, plain
from tests.build import NOON, a_period, a_raw, at


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Zaterdag is er een <b>mars</b>.</p><p>Tot dan!</p>", "Zaterdag is er een mars.\nTot dan!"),
        ("Rust &amp; orde&nbsp;nu", "Rust & orde nu"),
        ("<script>var naam = 'x';</script>Bericht<style>p{}</style>", "Bericht"),
        ("Een  tekst\t zonder\n\n\nopmaak", "Een tekst zonder\nopmaak"),
        ("kosten < 10 euro", "kosten < 10 euro"),
        ("06\u200b-1234\u00ad5678", "06-12345678"),
        ("<noscript>alleen dit", "alleen dit"),
        ("<![ 0612345678 ]>hallo", "hallo"),
        ("０６-１２３４５６７８ en 06\u20111234\u20125678", "06-12345678 en 06-1234-5678"),
        ("x&amp;#64;voorbeeld.example", "x@voorbeeld.example"),
        ("Haast<script>06", "Haast"),
        ("a\ud83db\x00c", "abc"),
    ],
)
def test_markup_and_invisible_characters_go(markup: str, words: str) -> None:
    assert plain(markup) == words


@given(st.text())
def test_plain_text_never_fails_and_never_grows_lines(text: str) -> None:
    assert "\n\n" not in plain(text)


@pytest.mark.parametrize(
    ("url", "voice", "kept"),
    [
        ("HTTPS://Krant.example/a?utm_source=x&id=3#top", Voice.NEWS, "https://krant.example/a?id=3"),
        ("https://krant.example", Voice.NEWS, "https://krant.example/"),
        ("https://social.example/@iemand/12345", Voice.SOCIAL, "https://social.example/"),
        ("javascript:alert(1)", Voice.NEWS, ""),
        ("mailto:iemand@voorbeeld.example", Voice.NEWS, ""),
    ],
)
def test_an_address_keeps_what_finds_the_page_again(url: str, voice: Voice, kept: str) -> None:
    assert canonical(url, voice) == kept


def test_an_entry_from_the_future_counts_as_published_now() -> None:
    assert normalise(a_raw("Bericht", published=NOON + timedelta(days=3)), now=NOON).published == NOON
    assert normalise(a_raw("Bericht", published=None), now=NOON).published == NOON


def test_the_same_entry_is_known_again_and_a_changed_one_is_a_new_version() -> None:
    raw = a_raw("Markt op de Vismarkt", key="uid-1", told=Told(period=a_period(at(28, 10))))
    moved = a_raw("Markt op de Vismarkt", key="uid-1", told=Told(period=a_period(at(29, 10))))

    first, again, later = (normalise(r, now=NOON) for r in (raw, raw, moved))

    assert first.fingerprint == again.fingerprint
    assert first.fingerprint != later.fingerprint
    assert first.entry == later.entry


def test_the_place_that_a_calendar_tells_goes_through_the_redactor_with_the_text() -> None:
    item = normalise(a_raw("Open huis", told=Told(place="Sluiskade 17")), now=NOON)
    assert "Sluiskade 17" in item.text


@pytest.mark.parametrize("hostile", ["<a " * 50_000, "<script " * 50_000, "(" * 50_000, "A." * 50_000, "Abc-" * 50_000])
def test_hostile_text_is_cut_before_it_is_read(hostile: str) -> None:
    """What is left is short, in words that a tokenizer can bear: time follows from that."""
    left = plain(hostile)
    assert len(left) <= 110_000
    assert max((len(word) for word in left.split()), default=0) <= 80


def test_a_moment_before_the_web_counts_as_now() -> None:
    raw = a_raw("Bericht", published=NOON.replace(year=1))
    assert normalise(raw, now=NOON).published == NOON


def test_a_period_that_no_calendar_can_count_with_is_left_out() -> None:
    far = a_raw("Bericht", told=Told(period=a_period(NOON.replace(year=9998))))
    assert normalise(far, now=NOON).told.period is None


def test_a_title_is_cut_as_a_text_is() -> None:
    item = normalise(a_raw(title="woord " * 5_000), now=NOON)

    assert len(item.title) == 1_000
