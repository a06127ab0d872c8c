"""How many people come or came."""

import pytest

from classifiers.reading import Size
from classifiers.sizes import size_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er kwamen 1.500 bezoekers.", Size(1500, 1500)),
        ("Er liepen 2500 mensen mee.", Size(2500, 2500)),
        ("Vijftig demonstranten stonden op de stoep.", Size(50, 50)),
        ("Er kwamen drieëntwintig actievoerders opdagen.", Size(23, 23)),
        ("Anderhalfduizend lopers kwamen over de streep.", Size(1500, 1500)),
        ("Tweeduizend studenten trokken door de stad.", Size(2000, 2000)),
        ("Elfhonderd supporters liepen naar het stadion.", Size(1100, 1100)),
        ("De organisatie verwacht 15 duizend bezoekers.", Size(15000, 15000)),
        ("Een honderdtal betogers verzamelde zich.", Size(100, 100)),
        ("ik zie man of 40 bij de koepel", Size(40, 40)),
        ("500+ mensen komen naar het park", Size(500, 500)),
        ("Aantal deelnemers: 350.", Size(350, 350)),
        ("De organisatie rekent op ruim duizend.", Size(1000, 1000)),
        ("We waren er met z'n tachtigen.", Size(80, 80)),
        ("Er zijn 8.000 kaartjes verkocht.", Size(8000, 8000)),
        ("Aantal verwachte bezoekers: 1.200.", Size(1200, 1200)),
        ("Een paar honderd mensen liepen naar het plein.", Size(200, 500)),
        ("Vijfenvijftig mensen lagen voor het hek.", Size(55, 55)),
        ("Zo'n 350 dorpsgenoten stonden om het vuur.", Size(350, 350)),
        ("Veertig kraamverzorgenden sloten de ingang af.", Size(40, 40)),
        ("Alle 22.000 plaatsen zijn verkocht.", Size(22000, 22000)),
        ("We zaten daar met zn 15en.", Size(15, 15)),
        ("mannetje of 80 op het plein", Size(80, 80)),
        ("Er stonden twee groepen van elk ongeveer 25 mannen.", Size(50, 50)),
        ("20 tegen 20, geen wapens", Size(40, 40)),
        ("Geteld werden 180 en 90 personen.", Size(270, 270)),
        ("Around 1,200 people are expected.", Size(1200, 1200)),
        ("About two thousand people came.", Size(2000, 2000)),
        ("We saw 60k people at the gate.", Size(60000, 60000)),
        ("Wy rekkenje op trijehûndert minsken.", Size(300, 300)),
        ("Het maximum aantal gelijktijdig aanwezige personen blijft 4.000.", Size(0, 4000)),
        ("Er liepen 30 in het zwart geklede mannen voorbij.", Size(30, 30)),
        ("Er stond een menigte van ongeveer 300.", Size(300, 300)),
        ("Vrijdag kwamen er zestig, onder een grijze lucht.", Size(60, 60)),
        ("De politie schat hun aantal op 500.", Size(500, 500)),
        ("Deelnemers: ca. 300.", Size(300, 300)),
        ("Er liepen 60 volwassenen en 40 kinderen mee.", Size(100, 100)),
        ("Geen tweeduizend maar negenhonderd verpleegsters kwamen.", Size(900, 900)),
        ("Een man of veertig stond te schreeuwen.", Size(40, 40)),
        ("We staan hier nu met 50.", Size(50, 50)),
        ("Het aantal deelnemers wordt geschat op 1000.", Size(1000, 1000)),
        ("De gemeente houdt het op duizend.", Size(1000, 1000)),
        ("Er wordt op 300 gerekend.", Size(300, 300)),
        ("De politie telde er 5500: een record.", Size(5500, 5500)),
        ("Een groep van vijftig stak bladeren in brand.", Size(50, 50)),
        ("De groep groeide aan tot 90 man.", Size(90, 90)),
        ("Voor de deur stonden 55 apothekersassistenten.", Size(55, 55)),
        ("Er zijn 45 supporters staande gehouden.", Size(45, 45)),
    ],
)
def test_a_number_of_people_is_read_in_digits_and_in_words(text: str, expected: Size) -> None:
    assert size_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ruim 800 bezoekers kwamen kijken.", Size(800, 800)),
        ("Meer dan 800 bezoekers kwamen kijken.", Size(800, 800)),
        ("Minstens 800 bezoekers kwamen kijken.", Size(800, 800)),
        ("Zo'n 800 bezoekers kwamen kijken.", Size(800, 800)),
        ("Maximaal 800 bezoekers mogen naar binnen.", Size(0, 800)),
        ("Ten hoogste 800 deelnemers doen mee.", Size(0, 800)),
        ("Er worden 300 tot 500 deelnemers verwacht.", Size(300, 500)),
        ("Twee- tot drieduizend mensen liepen mee.", Size(2000, 3000)),
        ("Tussen de drie- en vierduizend leerlingen lopen mee.", Size(3000, 4000)),
        ("Er stonden 15 tot 20 duizend man.", Size(15000, 20000)),
        ("Wij rekenen op 80 à 120.", Size(80, 120)),
        ("Tussen de 30 en 50 inwoners kwamen naar het stadhuis.", Size(30, 50)),
        ("We houden rekening met tien- tot twaalfduizend.", Size(10000, 12000)),
        ("Max. 250 bezoekers.", Size(0, 250)),
        ("Toegestaan maximum: 35.000 bezoekers.", Size(0, 35000)),
        ("De optocht mag maar 75 deelnemers tellen.", Size(0, 75)),
        ("Between 90 and 140 people came.", Size(90, 140)),
        ("Ten hoogste 600 stoelen staan klaar.", Size(0, 600)),
        ("Er zijn niet meer dan 200 kaarten.", Size(0, 200)),
        ("Hundreds of people gathered.", Size(200, 900)),
        ("Tientallen demonstranten kwamen bijeen.", Size(20, 99)),
        ("Enkele tientallen demonstranten kwamen bijeen.", Size(20, 60)),
        ("Honderden demonstranten kwamen bijeen.", Size(200, 900)),
        ("Enkele honderden demonstranten kwamen bijeen.", Size(200, 500)),
        ("Duizenden demonstranten kwamen bijeen.", Size(2000, 9000)),
    ],
)
def test_rough_words_become_a_range_by_the_guideline(text: str, expected: Size) -> None:
    assert size_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Er stonden 120 trekkers op het plein.",
        "De schade is 5.475 euro.",
        "Agenten hebben 15 mensen aangehouden.",
        "Bij het feest raakten twintig mensen gewond.",
        "De politie zet 60 agenten in.",
        "Vorig jaar kwamen er 4.000 bezoekers.",
        "Zeker 25 demonstranten zijn aangehouden.",
        "De 1.100 meegereisde fans bleven in het uitvak.",
        "De gemeente telt 244.000 inwoners.",
        "Het is verboden zich op te houden in een groep van meer dan vier personen.",
        "Er zijn 412 personen en 88 voertuigen gecontroleerd.",
        "Wij hebben tweehonderd bezoekers gefouilleerd.",
        "In maart kwamen er zevenhonderd jongeren.",
        "De raad praatte over 1.500 vluchtelingen.",
        "De optocht was 14 kilometers lang.",
        "De motie haalde het niet met 22 tegen 23 stemmen.",
        "De politie arresteerde vijftig betogers.",
        "Er werden 54 mensen afgevoerd in bussen.",
        "Zestig mensen zijn op last van de burgemeester opgepakt.",
        "De ME hield 30 hooligans aan.",
        "De politie zet 400 mensen in.",
        "In totaal gingen 200 man politie de straat op.",
        "Er zijn 300 politiemensen op de been.",
        "Groningen heeft 240.000 inwoners.",
        "Er komt een azc voor 500 mensen.",
        "Bewoners demonstreren tegen de noodopvang van ruim 120 mannen.",
        "200 bewoners zijn geëvacueerd.",
        "De vakbond met 12.000 leden roept op tot staking.",
        "Uit een enquête onder 1.200 studenten blijkt dat er kamers te kort zijn.",
        "De burgemeester stuurde brieven naar 800 omwonenden.",
        "12.000 mensen tekenden de petitie.",
        "Duizend mensen zitten zonder stroom.",
        "Door de blokkade stonden 300 automobilisten stil.",
        "De muziek draait op 140 beats per minuut.",
        "De mars is 5 kilometer lang en kost 12 euro.",
        "Er is geen getal bekend.",
        "Bel 050 123 45 67.",
        "",
        "Op zaterdag 5 december 2026 demonstreren boeren.",
        "Sinds 2019 protesteren bewoners.",
        "Om 14:30 demonstreren studenten.",
        "Klokslag twaalf protesteren ouders.",
    ],
)
def test_what_is_no_crowd_does_not_count(text: str) -> None:
    assert size_of(text) is None


@pytest.mark.parametrize("people", ["mensen", "[groep]", "[zaak]activisten", "[zaak]"])
def test_a_crowd_counts_whoever_it_is_of(people: str) -> None:
    assert size_of(f"Op het plein stonden 350 {people} bij elkaar.") == Size(350, 350)


def test_those_for_whom_a_place_is_sought_are_no_crowd() -> None:
    assert size_of("Er is protest tegen de komst van 300 [groep].") is None


def test_the_whole_crowd_goes_before_a_part_of_it() -> None:
    text = "Ruim 22.000 mensen zagen de wedstrijd. De bezoekers uit het zuiden, elfhonderd man sterk, vertrokken eerst."

    assert size_of(text) == Size(22000, 22000)


def test_two_sides_that_stand_against_each_other_are_counted_together() -> None:
    text = "Op de stoep stonden 70 mensen met borden. Aan de overkant stonden 50 buurtbewoners te zingen."

    assert size_of(text) == Size(120, 120)


def test_this_years_number_goes_before_that_of_earlier_years() -> None:
    assert size_of("Er waren ruim 2.000 mensen, vorig jaar 1.500 bezoekers.") == Size(2000, 2000)
    assert size_of("Vorig jaar kwamen er 1.500 bezoekers, nu kwamen er 2.000 mensen.") == Size(2000, 2000)


def test_an_earlier_year_is_no_longer_meant_a_page_further_on() -> None:
    text = f"Vorig jaar was het druk, {'en er werd gezongen en gedanst ' * 10}en daar lopen er 300 mensen."

    assert size_of(text) == Size(300, 300)


def test_those_who_live_somewhere_count_where_they_come_out() -> None:
    assert size_of("Tachtig inwoners kwamen naar het dorpshuis.") == Size(80, 80)


def test_a_counted_number_goes_before_a_vague_word() -> None:
    text = "Honderden mensen kwamen naar het plein. De politie telde er 350 betogers."

    assert size_of(text) == Size(350, 350)
