"""Who counts as named, and what keeps its capital. All names of persons here are invented."""

import pytest

from classifiers.names import Names
from classifiers.vocabulary import Voice

KNOWN = {
    "Groningen",
    "Grote Markt",
    "Vismarkt",
    "Haren",
    "Jozef Israëlsplein",
    "Martinikerk",
    "Euroborg",
    "Vindicat",
    "Forum",
    "Vries",
    "Den Bosch",
    "Ter Apel",
}
NAMES = Names(KNOWN)


def found(text: str, voice: Voice = Voice.NEWS) -> list[str]:
    return [text[start:end] for start, end in NAMES.find(text, voice=voice)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dat zegt burgemeester Tjalsma van Groningen.", ["Tjalsma"]),
        ("Burgemeester Tjalsma sprak de menigte toe.", ["Tjalsma"]),
        ("Volgens wethouder Bakker is het rustig.", ["Bakker"]),
        ("Woordvoerder Van der Meulen bevestigt het.", ["Van der Meulen"]),
        ("De vergunning is van mevrouw van Dam.", ["van Dam"]),
        ("Advocaat mr. L. Hoekhof gaat in beroep.", ["L. Hoekhof"]),
        ("Dhr. De Vries-Smit is het er niet mee eens.", ["De Vries-Smit"]),
        ("'Wij gaan door', zegt melkveehouder Harm Jan Wolthof.", ["Harm Jan Wolthof"]),
        ("'Het was stil', aldus Kruizenga.", ["Kruizenga"]),
        ("De familie Zwartveen woont er al jaren.", ["Zwartveen"]),
        ("Festivaldirecteur Oosterling kijkt terug.", ["Oosterling"]),
    ],
)
def test_name_after_a_role_goes_and_the_role_stays(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Meld je bij Femke.", ["Femke"]),
        ("Contact: Oksana, na zes uur.", ["Oksana"]),
        ("Het is gemeld. App Noor (na zes uur) als je wilt helpen.", ["Noor"]),
        ("Daarna speelt Priya Ramnath op het plein.", ["Priya Ramnath"]),
        ("Bij het hek stond Jan-Willem van 't Hoogt.", ["Jan-Willem van 't Hoogt"]),
        ("Youssef el Hamdi en Fatma Yıldırak leiden de mars.", ["Youssef el Hamdi", "Fatma Yıldırak"]),
        ("De vlag was van Wytske de Haan-Postma uit Haren.", ["Wytske de Haan-Postma"]),
        ("Lenka V. (34) kreeg alles rond.", ["Lenka V."]),
        ("J. Bakkerhof en A.B. de Vriesema tekenden.", ["J. Bakkerhof", "A.B. de Vriesema"]),
        ("Daar was oma Trui ook bij.", ["oma Trui"]),
        ("Dat is Anna's fiets en Jans auto.", ["Anna's", "Jans"]),
        ("Groet van Mirco, Bart-Jan, Dylan en de rest.", ["Mirco", "Bart-Jan", "Dylan"]),
        ("JAN DE VRIESEMA GEKOZEN", ["JAN DE VRIESEMA"]),
    ],
)
def test_given_name_goes_with_what_hangs_on_it(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Op het podium stond Kwibbeltje Snarf.", ["Kwibbeltje Snarf"]),
        ("Hij kreeg een hand van Zzyrk.", ["Zzyrk"]),
        ("Snarfema (42) kwam als eerste over de streep.", ["Snarfema"]),
    ],
)
def test_capital_that_nothing_explains_is_a_name(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Verkeersregelaars zetten dinsdag de weg af bij het Jozef Israëlsplein.",
        "De Martinikerk en het Forum in Groningen zijn open.",
        "Aan de Sint Jansstraat en de Gerrit Krolbrug wordt gewerkt.",
        "Sinterklaas komt zaterdag aan, Sint Maarten volgt.",
        "FC Groningen - Ajax in de Euroborg: 2-1.",
        "De Partij voor de Dieren en GroenLinks stelden vragen.",
        "Internationale Vrouwendag en Koningsdag vallen samen.",
        "Duitse en Oekraïense studenten van de RUG demonstreren.",
        "Stichting Merel en café Berend doen mee.",
        "De burgemeester van Groningen en de voorzitter van Vindicat.",
        "De ME, de NS en het UMCG.",
        "Op de A7 bij Haren stond een file met Rammstein-fans.",
        "HET IS GEDAAN MET DE RUST",
        "Goud & Nieuw Aftelshow: Zondag 31 December",
    ],
)
def test_places_organisations_and_plain_words_keep_their_capital(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Organisator Jan de Vries komt.", ["Jan de Vries"]),
        ("Volgens Femke van der Laan komt er veel volk.", ["Femke van der Laan"]),
        ("Volgens Femke van den Bosch blijft het rustig.", ["Femke van den Bosch"]),
        ("Daarna sprak Henk ter Apel.", ["Henk ter Apel"]),
        ("J. van den Berg organiseert een mars.", ["J. van den Berg"]),
        ("J. de Vries en A.B. van Haren tekenden.", ["J. de Vries", "A.B. van Haren"]),
        ("J. Vries tekende ook.", ["J. Vries"]),
        ("JAN VAN DEN BERG SPREEKT", ["JAN VAN DEN BERG"]),
        ("J. DE VRIES SPREEKT", ["J. DE VRIES"]),
        ("Voorzitter Van Haren spreekt.", ["Van Haren"]),
        ("Mevrouw Van der Laan sprak.", ["Van der Laan"]),
        ("Jan de Vries kwam. De Vries sprak.", ["Jan de Vries", "De Vries"]),
    ],
)
def test_surname_that_is_a_place_goes_with_what_stands_before_it(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("FC Groningen en gemeente Haren overleggen.", []),
        ("Zij lopen naar Vries.", []),
        ("Jan uit Vries liep mee.", ["Jan"]),
        ("Femke in Haren liep mee.", ["Femke"]),
        ("De Jan van Galenlaan is dicht.", []),
        ("Stichting Jan van Groningen betaalt.", []),
        ("Verzamelen in vak K. De politie kijkt mee.", []),
    ],
)
def test_place_stays_where_no_person_leads(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_part_of_a_name_goes_wherever_it_returns_in_the_text() -> None:
    text = "Snarfema's plan\nTineke Snarfema wil een mars. Volgens Tineke komt die er. Snarfema belde gisteren."

    assert found(text) == ["Snarfema's", "Tineke Snarfema", "Tineke", "Snarfema"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("app fatih ff als je komt", ["fatih"]),
        ("was gezellig met wytske gister", ["wytske"]),
        ("bedankt jan-willem snarfema voor alles", ["jan-willem snarfema"]),
        ("groetjes merel", ["merel"]),
        ("vraag het aan yusuf, die weet t", ["yusuf"]),
        ("oma trui was er ook bij", ["oma trui"]),
        ("vandaag met Merel en delano naar de kermis", ["Merel", "delano"]),
    ],
)
def test_post_names_people_without_capitals(text: str, names: list[str]) -> None:
    assert found(text, Voice.SOCIAL) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("vraag maar naar zwoebel die weet het", ["zwoebel"]),
        ("app zwoebelke scherpenhuizen ff", ["zwoebelke scherpenhuizen"]),
        ("zit met ouwe fatih op het plein", ["ouwe fatih"]),
        ("groetjes van roos", ["roos"]),
        ("dat zei meneer de boer niet, meneer bakker wel", ["bakker"]),
        ("morgen 8 jan om 7 uur", []),
        ("lieve allemaal, ik ben er ook", []),
        ("#bedanktFatima en #justiceforjamal", ["Fatima", "jamal"]),
        ("#vrijheid en #samensterk", []),
    ],
)
def test_post_names_people_by_a_call_a_nickname_or_a_hashtag(text: str, names: list[str]) -> None:
    assert found(text, Voice.SOCIAL) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Het gaat om: Kowalczyk, M.J., geboren in Polen; De Vries, J.K., uit Haren.",
            ["Kowalczyk, M.J.", "De Vries, J.K."],
        ),
        ('Getekend: Rachid "Ries" El Amrani.', ['Rachid "Ries" El Amrani']),
        ("Dank aan Jan\nde Vries en Piet.", ["Jan\nde Vries", "Piet"]),
        ("Het komt van Femke\nDe gemeente meldt het.", ["Femke"]),
        ("Wethouder Jansen-van der Meer gaf de prijs.", ["Jansen-van der Meer"]),
        ("Burgemeester Zwoebelke van 't Zand sprak.", ["Zwoebelke van 't Zand"]),
        ("Oud-wethouder De Rook was er.", ["De Rook"]),
        ("Volgens wethouder Haren is het rustig.", ["Haren"]),
        ("Zwoebelke T. liep mee.", ["Zwoebelke T."]),
        ("Zwoebelke Stel liep mee.", ["Zwoebelke Stel"]),
        ("Het hof gaf gelijk. W. zat op de tribune.", ["W."]),
        ("De mars begint op het land bij boer Haren.", ["Haren"]),
        ("Jurist Carolien Snarf van de Rijksuniversiteit Groningen komt.", ["Carolien Snarf"]),
        ("Tineke Snarf van Dam kwam.", ["Tineke Snarf van Dam"]),
        ("Geef een seintje aan Lammert Jan Bolhuis.", ["Lammert Jan Bolhuis"]),
        ("Vakken A, B en zelfs G. Maar dat was het.", []),
        ("Aan de Hereweg 63 B. Bezwaar kan nog.", []),
        ("Op Sportpark Zwoebel speelt VV De Zwoebelaar.", []),
        ("Boekhandel Zwoebel en judoclub Sakura doen mee.", []),
        ("We meet at the library with all our friends, and then Everybody walks to Groningen.", []),
        ("Mien hoes staait in Haren. Hjoed giet it oan.", []),
    ],
)
def test_names_in_lists_over_lines_and_of_many_forms(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "een merel zingt in het park",
        "het max aantal is bereikt",
        "elke dag storm op de markt",
        "ken je dat plein in groningen",
    ],
)
def test_plain_words_of_a_post_stay(text: str) -> None:
    assert found(text, Voice.SOCIAL) == []


def test_small_letters_are_left_alone_where_editors_write() -> None:
    assert found("de app fatih is dicht", Voice.NEWS) == []
