"""What something learned may see of a text: how people gather, never what for or who they are (R17, R21)."""

import pytest

from classifiers.masking import mask_word, masked


@pytest.mark.parametrize(
    ("word", "left"),
    [
        ("klimaatmars", "[zaak]mars"),
        ("boerenprotest", "[zaak]protest"),
        ("Vrouwenmars", "[zaak]mars"),
        ("studentenprotest", "[zaak]protest"),
        ("schaapskuddemars", "[zaak]mars"),
        ("pro-Palestijnse", "[zaak]"),
        ("anti-abortusdemonstratie", "[zaak]demonstratie"),
        ("Turks-Nederlandse", "[zaak]"),
        ("moslims", "[zaak]"),
        ("#vrijpalestina", "[zaak]"),
        ("boeren", "[groep]"),
        ("FNV", "[groep]"),
        ("DENK", "[groep]"),
        ("moskeekoepel", "[groep]"),
    ],
)
def test_a_word_of_a_cause_or_a_group_is_masked(word: str, left: str) -> None:
    assert mask_word(word) == left


@pytest.mark.parametrize(
    "word",
    """
    moskee kerk synagoge azc trekker tent spandoek mars demonstratie links rechts groen denk politie supporters vuurwerk
    boerenkool boerderij studenten Koningsdag kermis Groningen Friese Oosterpark Israëlsplein rust polis service zorg
    [naam] natuurlijk polsstok turfmarkt paasvuur kinderfeest studentenvereniging
    wegblokkade trekkerblokkade rouwmars fanmars kookdemonstratie zoekactie politieactie reactie fractie hongerstaking
    """.split(),
)
def test_an_ordinary_word_stays(word: str) -> None:
    assert mask_word(word) == word


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "De klimaatmars van Extinction Rebellion begint zaterdag om 13.00 uur op de Grote Markt.",
            "De [zaak]mars van [groep] begint zaterdag om 13.00 uur op de Grote Markt.",
        ),
        ("Demonstratie voor de rechten van vluchtelingen op het plein", "Demonstratie voor [zaak] op het plein"),
        ("Demonstratie voor het recht op abortus, om 14 uur", "Demonstratie voor [zaak], om 14 uur"),
        ("Betoging tegen de komst van een azc in Haren", "Betoging tegen [zaak] in Haren"),
        ("Uit protest tegen de bezuinigingen blokkeren zij de A28", "Uit protest tegen [zaak] blokkeren zij de A28"),
        ("Moslims en joden lopen samen mee", "[zaak] lopen samen mee"),
        ("Vakbond FNV verwacht 200 mensen", "[groep] verwacht 200 mensen"),
        ("Met de leus 'Weg met het plan' trok de betoging verder", "Met de leus '[zaak]' trok de betoging verder"),
        ("De demonstratie van Bewoners Verenigd is verboden", "De demonstratie van [groep] is verboden"),
        ("Het protest voor het stadhuis", "Het protest voor het stadhuis"),
        ("De demonstratie van zaterdag, om 13.00 uur", "De demonstratie van zaterdag, om 13.00 uur"),
        ("Actievoerders gooiden stenen tegen de gevel", "Actievoerders gooiden stenen tegen de gevel"),
        ("FC Groningen tegen Feyenoord: fans en politie", "FC Groningen tegen Feyenoord: fans en politie"),
        ("De linkse rijbaan is dicht", "De linkse rijbaan is dicht"),
    ],
)
def test_the_phrase_of_a_cause_goes_and_the_gathering_stays(text: str, left: str) -> None:
    assert masked(text) == left


def test_students_stay_in_the_introduction_week_and_go_beside_a_demonstration() -> None:
    assert masked("KEI-week: 5.000 studenten in de stad") == "KEI-week: 5.000 studenten in de stad"
    assert masked("Demonstratie: 5.000 studenten in de stad") == "Demonstratie: 5.000 [groep] in de stad"


def test_a_call_to_fight_between_quotation_marks_stays() -> None:
    text = "Met de leus 'We gaan ze slopen' trok de betoging verder"

    assert masked(text) == text


def test_masking_twice_changes_nothing_more() -> None:
    once = masked("De klimaatmars van vakbond FNV voor betere zorg en de rechten van moslims trekt over de A28.")

    assert masked(once) == once
