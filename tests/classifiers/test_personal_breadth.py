"""What unseen people, posts and registers taught of hiding: accounts, numbers, homes and names. All are invented."""

import pytest

from classifiers.personal import PersonalData
from classifiers.places import Places
from classifiers.vocabulary import PersonalKind, Voice

PLACES = Places()
DATA = PersonalData(PLACES.names, PLACES.public)


def found(text: str, kind: PersonalKind) -> list[str]:
    return [text[f.start : f.end] for f in DATA.find(text, voice=Voice.SOCIAL) if f.kind is kind]


@pytest.mark.parametrize(
    ("kind", "text", "hidden"),
    [
        (
            PersonalKind.EMAIL,
            "mail jan punt jansen apenstaartje gmail punt com",
            "jan punt jansen apenstaartje gmail punt com",
        ),
        (PersonalKind.EMAIL, "Bij Marga (marga at hetbestuur punt nl).", "marga at hetbestuur punt nl"),
        (PersonalKind.EMAIL, "sietske (apestaartje) voorbeeld (punt) nl", "sietske (apestaartje) voorbeeld (punt) nl"),
        (PersonalKind.PHONE, "06twaalf34vijf678 voor kaarten", "06twaalf34vijf678"),
        (PersonalKind.PHONE, "bel nul zes 12 34 56 78 voor kaarten", "nul zes 12 34 56 78"),
        (PersonalKind.BSN, "Het V-nr. 2801234567 staat erbij.", "2801234567"),
        (PersonalKind.BSN, "Vreemdeling met V-nummer 123.456.7890.", "123.456.7890"),
        (PersonalKind.BSN, "paspoortnummer NX8R40BB1 gevonden", "NX8R40BB1"),
        (PersonalKind.BSN, "Een burgerservicenummer als dat van E. Snarf (194837265) lekte.", "194837265"),
        (PersonalKind.PLATE, "Een rode trekker, kenteken eindigend op -XN.", "-XN"),
        (PersonalKind.PLATE, "Een busje, plaat eindigt op -TZ-4 meer weet ik niet", "-TZ-4"),
        (PersonalKind.HANDLE, "Reactie van gebruiker hopsnarf71 op het forum", "hopsnarf71"),
        (PersonalKind.ADDRESS, "kijk https://maps.app.goo.gl/Ab3dEf9hIjK", "https://maps.app.goo.gl/Ab3dEf9hIjK"),
        (PersonalKind.ADDRESS, "live: https://glympse.com/4XY-ZK9A", "https://glympse.com/4XY-ZK9A"),
        (PersonalKind.ADDRESS, "Een plek in de Noorderhaven t.o. nr. 41 is vrij.", "Noorderhaven t.o. nr. 41"),
        (PersonalKind.ADDRESS, "kom naar t hoge land 3 in winsum", "hoge land 3"),
        (PersonalKind.ADDRESS, "Hja wennet oan 'e Terskeft 8.", "Terskeft 8"),
        (PersonalKind.BIRTH_DATE, "feest! esther is van 12-08-1990", "12-08-1990"),
        (PersonalKind.BIRTH_DATE, "* Assen, 12 januari 1941", "12 januari 1941"),
    ],
)
def test_what_is_spelled_for_people_only_goes(kind: PersonalKind, text: str, hidden: str) -> None:
    assert found(text, kind) == [hidden]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("waar is kees van der wal gebleven", "kees van der wal"),
        ("Toen kwam Rashid al-Khatib aan het woord.", "Rashid al-Khatib"),
        ("#vrijheidvoorAhmed", "Ahmed"),
        ("Kom ook #SanneKoster", "SanneKoster"),
        ("De zaak duurt. B. huilde.", "B."),
        ("overmaken tnv p de haan", "p de haan"),
        ("De advocaat van H., een vrouw, zweeg.", "H."),
        ("Met dank aan Jiskefien. Herestraat is vol.", "Jiskefien"),
        ("Bouwina meldt dat de lamp stuk is.", "Bouwina"),
        ("Vannacht het Reint zien auto verkocht.", "Reint"),
        ("Volgens hem was het Bé die het vuur aanstak.", "Bé"),
    ],
)
def test_name_goes_in_the_forms_of_posts_and_courts(text: str, hidden: str) -> None:
    assert found(text, PersonalKind.PERSON) == [hidden]


def test_players_of_a_line_up_go_though_they_are_called_after_a_village_or_a_plain_word() -> None:
    assert found("Wissels: Resink voor Blokzijl, Land voor Peersman. Scheids was er niet.", PersonalKind.PERSON) == [
        "Resink",
        "Blokzijl",
        "Land",
        "Peersman",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Uitslag: 1. Nederland 2. Duitsland",
        "Besluit van B. en W. over het plein.",
        "De Jan Steenstraat en de Rembrandt van Rijnstraat zijn dicht.",
        "Geld kan op de rekening t.n.v. de vereniging.",
        "Afgesloten tussen 06.00 en 11.30 uur.",
        "Wij zitten op kanaal 4.",
        "Steun #vrijheidvoorGroningen",
        "Het stuk ligt aan het Harm Buiterplein 1.",
    ],
)
def test_streets_accounts_of_clubs_and_public_places_stay(text: str) -> None:
    assert DATA.find(text, voice=Voice.SOCIAL) == ()
