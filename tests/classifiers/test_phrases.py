"""The pattern language of the tables."""

import pytest

from classifiers.phrases import PhraseIndex, Prose
from classifiers.prose import Atom, Form, OpenAtoms
from classifiers.written_phrases import PhraseError, compile_phrase

GROUPS = {"hulp": ["agent*", "de brandweer"]}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("rellen", "Er waren Rellen in de stad."),
        ("demonstr*", "een demonstratie"),
        ("*feest", "het dorpsfeest"),
        ("*protest*", "de studentenprotesten"),
        ("geen .. drank", "geen bier of drank"),
        ("oproep ... rellen", "een oproep om op de markt te gaan rellen"),
        ("(mars|stille tocht)", "de stille tocht"),
        ("<hulp> bekogeld", "agenten bekogeld"),
        ("<hulp> bekogeld", "De brandweer bekogeld"),
        ("=ME", "de ME greep in"),
        ("kom niet", "Kom niet!"),
        ("in brand", "in\u00a0brand"),
    ],
)
def test_phrase_stands_in(written: str, text: str) -> None:
    assert compile_phrase(written, GROUPS).within(Prose(text))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("rellen", "gerellen"),
        ("rel", "een relatie"),
        ("geen .. drank", "geen bier of wijn of drank"),
        ("weg dicht", "Hij is weg. Dicht is de deur."),
        ("optocht gaat", "De optocht\ngaat door"),
        ("=ME", "dat is me wat"),
        ("(mars|stille tocht)", "een tocht"),
    ],
)
def test_phrase_does_not_stand_in(written: str, text: str) -> None:
    assert not compile_phrase(written, GROUPS).within(Prose(text))


@pytest.mark.parametrize(
    ("text", "number"),
    [("vijftien aanhoudingen", 15), ("12 aanhoudingen", 12), ("1.200 aanhoudingen", 1200), ("Dertig aanhoudingen", 30)],
)
def test_number_sign_reads_digits_and_words(text: str, number: int) -> None:
    hits = list(compile_phrase("# aanhoudingen", {}).hits(Prose(text)))

    assert [(hit.start, hit.end, hit.number) for hit in hits] == [(0, len(text), number)]


@pytest.mark.parametrize(
    ("unless", "text", "back"),
    [
        ("geen .. @", "er was geen enkele vechtpartij te zien", True),
        ("geen .. @", "er was een vechtpartij en geen regen", False),
        ("niet @", "Het regent niet. Vechtpartij op het plein", False),
        ("niet @ .. gemeld", "niet een vechtpartij die is gemeld", False),
        ("gisteren", "gisteren was er een vechtpartij", True),
        ("gisteren", "gisteren droog; vandaag een vechtpartij", False),
        ("vechtpartij", "een vechtpartij", False),
        ("vechtpartij", "van een vechtpartij kwam een vechtpartij", True),
    ],
)
def test_what_takes_back_stands_in_the_sentence_of_the_words_that_were_found(
    unless: str, text: str, back: bool
) -> None:
    prose = Prose(text)
    (hit, *_) = compile_phrase("vechtpartij", {}).hits(prose)

    assert compile_phrase(unless, {}).stands_by(prose, hit) is back


def test_what_takes_back_is_never_part_of_the_words_that_were_found() -> None:
    prose = Prose("Het feest gaat niet door")
    (hit,) = compile_phrase("gaat niet door", {}).hits(prose)

    assert not compile_phrase("niet @", {}).stands_by(prose, hit)
    assert not compile_phrase("niet door", {}).stands_by(prose, hit)
    assert compile_phrase("feest @", {}).stands_by(prose, hit)


@pytest.mark.parametrize(
    ("written", "text", "stands"),
    [
        ("zetten & weg & af", "Ze zetten morgen de hele weg af.", True),
        ("zetten & weg & af", "De weg af: dat zetten we door.", True),
        ("zetten & weg & af", "Ze zetten koffie. De weg is af.", False),
        ("weg dicht & (trekkers|tractoren)", "Met trekkers gaat de weg dicht", True),
        ("weg dicht & (trekkers|tractoren)", "Met trekkers gaat de weg straks dicht", False),
        ("weg & !vrij", "de weg is bezet", True),
        ("weg & !vrij", "de weg blijft vrij", False),
        ("weg & !vrij", "de weg is bezet. De stoep is vrij", True),
        ("mars & mars", "de mars", False),
    ],
)
def test_ampersand_asks_for_all_in_one_sentence_in_any_order(written: str, text: str, stands: bool) -> None:
    assert compile_phrase(written, GROUPS).within(Prose(text)) is stands


def test_hit_tells_the_words_that_were_asked_for_and_not_those_between() -> None:
    (hit,) = compile_phrase("zetten & weg & af", {}).hits(Prose("Wij zetten de weg af"))

    assert (hit.start, hit.end, hit.sentence, hit.pieces) == (4, 20, 0, ((1, 2), (3, 4), (4, 5)))


@pytest.mark.parametrize(
    "text", ["om 14.00 u. bij de brug", "nr. 5 bij de brug", "o.a. bij de brug", "1.200 man: de brug"]
)
def test_full_stop_of_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert set(Prose(text).sentence_of) == {0}


@pytest.mark.parametrize(
    ("text", "word"),
    [("Één", "een"), ("vÉcht", "vecht"), ("ff", "even"), ("niks", "niets"), ("ME’ers", "me'ers"), ("İzmir", "İzmir")],
)
def test_spelling_of_the_moment_is_read_as_the_word_of_the_tables(text: str, word: str) -> None:
    assert Prose(text).words == (word,)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "... rellen",
        "rellen ..",
        "weg &",
        "# ..",
        "re*llen",
        "*",
        "<onbekend>",
        "(a||b)",
        "# van de # mensen",
        "(mars",
        "mars)",
        "!weg",
        "#",
        "(#|a) (b|#)",
    ],
)
def test_phrase_outside_the_language_is_refused_in_dutch(written: str) -> None:
    with pytest.raises(PhraseError, match=r"\w+ .*\.$"):
        compile_phrase(written, GROUPS)


def test_group_may_not_refer_to_a_group() -> None:
    with pytest.raises(PhraseError, match="verwijst zelf naar een groep"):
        compile_phrase("<twee>", {"een": ["a"], "twee": ["<een>"]})


def test_index_gives_every_phrase_that_stands_in_the_text() -> None:
    written = ["rellen", "=ME", "oproep ... rellen", "*feest", "<hulp> bekogeld", "de a7", "# aanhoudingen"]
    phrases = [compile_phrase(w, GROUPS) for w in written]
    index = PhraseIndex(phrases)
    texts = ["De ME op de A7", "Oproep: vanavond rellen", "Dorpsfeest", "12 aanhoudingen", "agent bekogeld", "", "ja"]

    for text in texts:
        prose = Prose(text)
        assert {p.written for p in phrases if p.within(prose)} <= index.possible(prose)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Een optocht. Later waren er rellen.", []),
        ("Een optocht met rellen.", [0]),
        ("Bekogeld werd niemand.\nEr waren agenten.", []),
        ("Agenten werden bekogeld.", [1]),
    ],
)
def test_an_index_allows_a_phrase_when_one_sentence_has_its_words(text: str, numbers: list[int]) -> None:
    index = PhraseIndex(compile_phrase(written, GROUPS) for written in ("optocht & rellen", "<hulp> & bekogeld"))

    assert index.numbers(Prose(text)) == numbers


def test_a_word_tells_which_open_words_stand_for_it_those_that_came_later_too() -> None:
    begins, ends, holds = Atom(Form.BEGINS, "dorps"), Atom(Form.ENDS, "feest"), Atom(Form.HOLDS, "sfe")
    atoms = OpenAtoms()
    atoms.add(begins)

    before = atoms.of("dorpsfeest")
    atoms.add(ends)
    atoms.add(holds)

    assert before == (begins,)
    assert set(atoms.of("dorpsfeest")) == {begins, ends, holds}
    assert atoms.of("feestdorp") == ()
