"""What people write in many ways goes in each of them: addresses, plates and dates of birth. All are invented."""

import pytest

from classifiers.personal import PersonalData
from classifiers.public_buildings import PublicBuildings
from classifiers.vocabulary import PersonalKind, Voice

BUILDINGS = PublicBuildings({"SPOT", "Vera"}, {"Guyotplein 1", "Oosterstraat 44"})
DATA = PersonalData({"Groningen", "Grote Markt", "Vismarkt"}, BUILDINGS)


def found(text: str, kind: PersonalKind) -> list[str]:
    return [text[f.start : f.end] for f in DATA.find(text, voice=Voice.NEWS) if f.kind is kind]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("De man woont aan de Korreweg 12 b.", "Korreweg 12 b"),
        ("Het adres is Korreweg 12-hs.", "Korreweg 12-hs"),
        ("Het adres is Korreweg 12a-1.", "Korreweg 12a-1"),
        ("Het adres is Korreweg 12 III.", "Korreweg 12 III"),
        ("De woning Parklaan 3 bis A brandde uit.", "Parklaan 3 bis A"),
        ("De woning Parklaan 3 unit B brandde uit.", "Parklaan 3 unit B"),
        ("Hij woont op de Eikenlaan 288, kamer 109.", "Eikenlaan 288, kamer 109"),
        ("Hij woont in flat Korreweg 12, 3e verdieping.", "Korreweg 12, 3e verdieping"),
        ("Hij woont in de Korreweg op nummer 14.", "Korreweg op nummer 14"),
        ("De verdachte woont aan de Korreweg, huisnummer 8.", "Korreweg, huisnummer 8"),
        ("De verdachte woont aan de Korreweg (nr. 8).", "Korreweg (nr. 8"),
        ("De verdachte woont aan de Korreweg (8).", "Korreweg (8"),
        ("Zij wonen in de Korreweg, bij nummer 12, al lang.", "Korreweg, bij nummer 12"),
        ("Op nummer 14 van de Korreweg woont hij.", "nummer 14 van de Korreweg"),
        ("Hy wennet op nûmer 8 oan de Tsjerkebuorren.", "nûmer 8 oan de Tsjerkebuorren"),
        ("She lives at 12 Moesstraat.", "12 Moesstraat"),
        ("Er lag vuurwerk in een schuur aan de Zuiderweg 318 in Hoogkerk.", "Zuiderweg 318"),
        ("Ze belde aan bij Moesstraat twaalf.", "Moesstraat twaalf"),
        ("De woningen Korreweg 12, 14 en 16 zijn leeg.", "Korreweg 12, 14 en 16"),
        ("De woningen Korreweg 12 tot en met 18 zijn leeg.", "Korreweg 12 tot en met 18"),
        ("De woningen Korreweg 12a, 12b en 12c zijn leeg.", "Korreweg 12a, 12b en 12c"),
        ("Brand bij Korreweg 141 9727 bc.", "Korreweg 141 9727 bc"),
        ("Mijn adres: 9727bc 141.", "9727bc 141"),
        ("Ze woont op Oosterhamrikkade Z.Z. 23.", "Oosterhamrikkade Z.Z. 23"),
        ("Ze woont op 2e Spoorstraat 44.", "2e Spoorstraat 44"),
        ("Ze woont aan de dr. Schaepmanstraat 12.", "dr. Schaepmanstraat 12"),
        ("Ze wonen op de Hoofdstr. 12.", "Hoofdstr. 12"),
        ("hij zit op wibenaheerd 12", "wibenaheerd 12"),
        ("De woning aan het Wad 12 brandde af.", "Wad 12"),
        ("Inval Kattegat 4, een aanhouding.", "Kattegat 4"),
        ("Het gezin op huisnummer 12 is weg.", "huisnummer 12"),
        ("Met de ambulance van Korreweg 12 naar het UMCG.", "Korreweg 12"),
        ("De woning tegenover de kerk, Korreweg 12, is leeg.", "Korreweg 12"),
        ("Korreweg12 staat in brand.", "Korreweg12"),
        ("Inval korreweg12 vanmorgen.", "korreweg12"),
        ("De brand was op de Korreweg 12a-3.", "Korreweg 12a-3"),
        ("De brand was op de Korreweg nr. 12 hs.", "Korreweg nr. 12 hs"),
        ("Op de Grote Markt 12 brandde een bovenwoning uit.", "Grote Markt 12"),
        ("Meld je bij Emmaplein 12 groningen voor de sleutel.", "Emmaplein 12"),
        ("Kerkstraat 12 gasten welkom.", "Kerkstraat 12"),
    ],
)
def test_address_of_a_home_goes_however_it_is_written(text: str, hidden: str) -> None:
    assert found(text, PersonalKind.ADDRESS) == [hidden]


@pytest.mark.parametrize(
    "text",
    [
        "De rechter legde hem een straf op voor hennep op Korreweg 12.",
        "De rechtbank hoorde dat bij Korreweg 12 drugs lagen.",
        "Het slachtoffer van Korreweg 12 ging naar het ziekenhuis.",
        "Vlak bij de supermarkt, op Korreweg 12, werd ingebroken.",
        "Brand aan de Korreweg 12, vlak bij een school.",
        "Bij de overval op de winkel vluchtte de dader naar Korreweg 12.",
        "De eigenaar van het café, Korreweg 12, is boos.",
        "Naast de moskee, Korreweg 12, stond een auto in brand.",
        "Vraag het aan Vera, Korreweg 12.",
    ],
)
def test_public_word_nearby_does_not_keep_the_address_of_a_home(text: str) -> None:
    assert found(text, PersonalKind.ADDRESS) == ["Korreweg 12"]


@pytest.mark.parametrize(
    "text",
    [
        "Concert in Vera, Oosterstraat 44.",
        "De voorzieningenrechter zit aan het Guyotplein 1.",
        "Voorstelling in SPOT (Korreweg 12).",
        "Het azc, Korreweg 12, is vol.",
        "Apotheek Korreweg 12 is dicht.",
        "Politiebureau Korreweg 12",
        "Bij de huisartsenpost aan de Korreweg 12 was het druk.",
        "Vergadering in MFC De Wende, Korreweg 12.",
        "Borrel in eetcafé 't Haantje van Haren, Korreweg 12.",
        "Kom naar Korreweg 12 (buurthuis).",
        "Aan de Korreweg 12 zit nu een apotheek.",
        "The library at 12 Korreweg is open.",
    ],
)
def test_address_that_a_public_building_leads_straight_to_stays(text: str) -> None:
    assert found(text, PersonalKind.ADDRESS) == []


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("een auto AB 123 C staat fout", "AB 123 C"),
        ("een voertuig met 12abc3 reed weg", "12abc3"),
        ("een snorfiets, dab12d, reed weg", "dab12d"),
        ("een motorrijder op mb12cd reed weg", "mb12cd"),
        ("twee wagens, gx345b voorop, reden weg", "gx345b"),
        ("een Duitse auto LERAB123 reed weg", "LERAB123"),
        ("een Poolse auto PO4KS71 reed weg", "PO4KS71"),
        ("een Belgische auto 1ABC234 reed weg", "1ABC234"),
        ("een Franse auto AB123CD reed weg", "AB123CD"),
        ("een tesla x001bb staat fout", "x001bb"),
        ("een camper, 12 bxx 3, staat fout", "12 bxx 3"),
        ("een auto (GX - 345 - B) staat fout", "GX - 345 - B"),
        ("het kenteken is GX·345·B", "GX·345·B"),
        ("ktkn 12ABCD", "12ABCD"),
        ("kent. 12AB CD staat fout", "12AB CD"),
        ("een nummerbord dat eindigt op 5b", "5b"),
        ("een Duitse auto, EL-X 1234, reed weg", "EL-X 1234"),
        ("een Belgische auto 1-ABC-234 reed weg", "1-ABC-234"),
        ("een Franse auto (AB-123-CD) reed weg", "AB-123-CD"),
        ("een Brits kenteken AB12 CDE", "AB12 CDE"),
    ],
)
def test_plate_goes_however_it_is_written(text: str, hidden: str) -> None:
    assert found(text, PersonalKind.PLATE) == [hidden]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Geb.dat. 12-03-1985.", "12-03-1985"),
        ("Geboren op zaterdag 3 maart 1998.", "3 maart 1998"),
        ("Geboortedatum is 3 maart 98.", "3 maart 98"),
        ("Geboren op drie maart 1998.", "drie maart 1998"),
        ("Geboortedatum 12031985.", "12031985"),
        ("Geb. 12-okt-1990.", "12-okt-1990"),
        ("Geboren: 1990/02/01.", "1990/02/01"),
        ("Hy is berne op 12 maaie 1990.", "12 maaie 1990"),
        ("Hy is op 12 april 1990 berne.", "12 april 1990"),
        ("She was born on 12th of April 1990.", "12th of April 1990"),
        ("D.o.b. 12-04-1990.", "12-04-1990"),
        ("Mijn zoon (12-03-2010) was erbij.", "12-03-2010"),
        ("Hij is van 12 maart 1985.", "12 maart 1985"),
        ("De verdachte, 1-1-2001, blijft vast.", "1-1-2001"),
        ("Tineke Snarf - 01-02-1990.", "01-02-1990"),
        ("Hij is op 12 maart 1980 in Den Haag geboren.", "12 maart 1980"),
        ("Mijn moeder (12-03-1952) is zoek.", "12-03-1952"),
        ("Verdachte geb. 12/3/80.", "12/3/80"),
        ("Op 12 maart 1980 zag zij in Paramaribo het levenslicht.", "12 maart 1980"),
        ("1980-03-12 is zijn geboortedatum.", "1980-03-12"),
        ("Ingeschreven: 12-03-1980 (geboren te Delfzijl).", "12-03-1980"),
        ("Op 3 april wordt mijn buurvrouw 80 jaar.", "3 april"),
        ("De voorzitter van de club is geboren op 12 maart 1960.", "12 maart 1960"),
    ],
)
def test_date_of_birth_goes_however_it_is_written(text: str, hidden: str) -> None:
    assert found(text, PersonalKind.BIRTH_DATE) == [hidden]


@pytest.mark.parametrize(
    "text",
    [
        "Korreweg 12-14 uur afgesloten.",
        "Vismarkt 12, 13 en 14 mei kermis.",
        "Grote Markt 2e kerstdag open.",
        "Protest Hereplein 21-11 14 uur.",
        "Auto's mogen op 31-12 vanaf 18.00 uur de stad niet in.",
        "Parkeerverbod voor auto's ma 23-11 t/m wo 25-11.",
        "De taxi rijdt in 24-25 minuten.",
        "Het kenteken wordt nagetrokken door de ME.",
        "Bij het Hereplein (3 agenten) bleef het stil.",
        "Start Hereplein: 12 uur.",
        "Korreweg 2 rijbanen dicht.",
        "Noorderplantsoen 14 t/m 24 augustus.",
        "Op nummer 1 staat Groningen.",
        "Meld het kenteken voor 24 december.",
        "Er kwam een auto om 9 uur 30 langs.",
        "Een BMW 320 en een Audi A3 reden door.",
        "02.20 – twee auto's in brand.",
        "Het besluit van 12 maart 2022 geldt.",
        "De club is van 12 maart 1985.",
        "De club is jarig op 12 juni 1971.",
        "De FC is geboren op 16 juni 1971.",
        "De koning viert zijn verjaardag op 27 april.",
        "De verjaardag van de stad op 28 augustus.",
        "Op de Grote Markt 500 boeren.",
        "Vismarkt 3 & 4 december markt.",
        "Hereplein 40 ondertekenaars en drie honden.",
        "Twee bussen van lijn 5 en een auto in zone 300 reden om.",
    ],
)
def test_times_counts_and_days_of_events_stay(text: str) -> None:
    assert [f.kind for f in DATA.find(text, voice=Voice.NEWS) if f.kind is not PersonalKind.PERSON] == []
