"""The pattern language of the tables."""

import pytest

from classifiers.phrases import TRIGGER, PhraseError, PhraseIndex, Prose, compile_phrase

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


def test_at_sign_is_the_words_that_were_found() -> None:
    unless = compile_phrase("geen .. @", {})

    assert unless.within(Prose(f"er was geen enkele {TRIGGER} te zien"))
    assert not unless.within(Prose(f"er was een {TRIGGER} en geen regen"))


@pytest.mark.parametrize(
    "written",
    ["", "... rellen", "rellen ..", "re*llen", "*", "<onbekend>", "(a||b)", "# van de # mensen", "(mars", "mars)"],
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
