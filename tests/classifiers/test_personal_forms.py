"""What people write in many ways goes in each of them: addresses, plates and dates of birth. All are invented."""

import pytest

from classifiers.personal import PersonalData
from classifiers.vocabulary import PersonalKind, Voice

DATA = PersonalData({"Groningen", "Grote Markt", "Vismarkt"})


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
    ],
)
def test_address_of_a_home_goes_however_it_is_written(text: str, hidden: str) -> None:
    assert found(text, PersonalKind.ADDRESS) == [hidden]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("een auto AB 123 C staat fout", "AB 123 C"),
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
    ],
)
def test_times_counts_and_days_of_events_stay(text: str) -> None:
    assert [f.kind for f in DATA.find(text, voice=Voice.NEWS) if f.kind is not PersonalKind.PERSON] == []
