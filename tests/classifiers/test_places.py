"""Which places a text names, and how far from the municipality they are (R51)."""

from pathlib import Path

import pytest

from classifiers.errors import TableError
from classifiers.gazetteer import MUNICIPALITY, rows_of
from classifiers.places import Places
from classifiers.reading import Place
from classifiers.vocabulary import Scope

TABLE = Path(__file__).parents[2] / "classifiers" / "places.toml"


@pytest.fixture(scope="module")
def places() -> Places:
    return Places()


def names(places: Places, text: str) -> list[str]:
    return [place.name for place in places.find(text)]


def scope(places: Places, text: str) -> Scope:
    return places.scope_of(places.find(text), text)


def test_places_come_most_specific_first_and_once(places: Places) -> None:
    text = "Mars in Groningen\nDe stoet loopt in Groningen van de binnenstad naar de Vismarkt en de Grote Markt."

    assert names(places, text) == ["Vismarkt", "Grote Markt", "binnenstad", "Groningen"]


def test_a_place_carries_kind_municipality_and_centre(places: Places) -> None:
    found = places.find("Feest\nHet podium staat op de Vismarkt.")

    assert found == (Place("Vismarkt", "plein", "Groningen", 53.217, 6.564),)


@pytest.mark.parametrize(
    "text",
    [
        "FC Groningen wint van de koploper.",
        "Een hoogleraar van de Rijksuniversiteit Groningen reageert.",
        "De politie Groningen en het COC Groningen letten op.",
        "Luister naar RTV Noord of lees het Dagblad van het Noorden.",
        "PEC Zwolle stuurt geen supporters mee.",
        "Een man uit Assen is aangehouden.",
    ],
)
def test_clubs_organisations_and_origins_are_no_places_of_the_event(places: Places, text: str) -> None:
    assert names(places, f"Bericht\n{text}") == []


def test_the_municipality_that_decides_is_a_place_only_when_no_other_is_named(places: Places) -> None:
    assert names(places, "Cijfers\nDe gemeente Groningen kreeg 91 meldingen.") == ["Groningen"]
    assert names(places, "Mars\nDe gemeente Groningen laat de mars op de Vismarkt toe.") == ["Vismarkt"]


def test_a_venue_is_a_place_also_with_the_word_stadion(places: Places) -> None:
    assert names(places, "Voetbal\nIn stadion Euroborg speelt FC Groningen.") == ["stadion Euroborg"]


def test_posts_without_capitals_name_places_too(places: Places) -> None:
    assert names(places, "@iemand\nnu op t emmaplein en bij de euroborg, kom!") == ["emmaplein", "euroborg"]


def test_common_words_count_with_their_capitals_only(places: Places) -> None:
    assert names(places, "Bericht\nDe stad is vol en het leek rustig in de wijk.") == []
    assert names(places, "Bericht\nHet is druk in Stad en in Leek.") == ["Leek", "Stad"]


def test_a_street_that_no_table_knows_is_a_street_without_a_centre(places: Places) -> None:
    found = places.find("Onrust\nJongeren staken pallets in brand aan de Verzonnenlaan in Beijum.")

    assert [(place.name, place.kind, place.latitude) for place in found] == [
        ("Verzonnenlaan", "straat", None),
        ("Beijum", "wijk", 53.248),
    ]


def test_a_street_is_named_once_and_without_the_words_before_it(places: Places) -> None:
    assert names(places, "Brand Van Iddekingeweg\nAan de Van Iddekingeweg stond een auto in brand.") == [
        "Van Iddekingeweg"
    ]
    assert names(places, "Blokkade Verzonnenlaan\nOp de Verzonnenlaan stonden trekkers.") == ["Verzonnenlaan"]


def test_traffic_and_parking_are_no_places_of_the_event(places: Places) -> None:
    text = "Concert\nIn het Stadspark is een concert. Parkeren kan bij Kardinge. Er staat een file op de A28."

    assert names(places, text) == ["Stadspark"]


def test_far_towns_named_in_passing_are_left_out(places: Places) -> None:
    text = "Protest op de Grote Markt\nIn Groningen liepen studenten mee. In Utrecht was het vorige week druk."

    assert names(places, text) == ["Grote Markt", "Groningen"]


def test_squares_of_another_town_are_not_ours(places: Places) -> None:
    found = places.find("Rellen in Haarlem\nOp de Grote Markt in Haarlem vloog vuurwerk door de lucht.")

    assert [(place.name, place.municipality) for place in found] == [("Grote Markt", None), ("Haarlem", "Haarlem")]


def test_a_common_name_is_not_ours_beside_a_village_of_the_region(places: Places) -> None:
    text = "Feest in Hoogezand\nOp het Stationsplein in Hoogezand staat een podium."

    assert [(place.name, place.municipality) for place in places.find(text)] == [
        ("Stationsplein", None),
        ("Hoogezand", "Midden-Groningen"),
    ]
    assert scope(places, text) is Scope.REGION


@pytest.mark.parametrize(
    "place",
    [
        "Groningen",
        "Haren",
        "Ten Boer",
        "Hoogkerk",
        "Meerstad",
        "Garmerwolde",
        "Thesinge",
        "Glimmen",
        "Onnen",
        "Noordlaren",
        "Ten Post",
        "Woltersum",
        "Engelbert",
        "Lewenborg",
        "Beijum",
        "Euroborg",
        "Paterswoldsemeer",
    ],
)
def test_villages_and_districts_of_the_municipality_are_the_municipality(places: Places, place: str) -> None:
    text = f"Feest\nEr is een feest in {place}."

    assert [found.municipality for found in places.find(text)] == ["Groningen"]
    assert scope(places, text) is Scope.MUNICIPALITY


@pytest.mark.parametrize(
    "place",
    ["Hoogezand", "Slochteren", "Bedum", "Ter Apel", "Delfzijl", "Assen", "Emmen", "Eelde", "Leeuwarden", "Drachten"],
)
def test_the_province_and_its_neighbours_are_the_region(places: Places, place: str) -> None:
    assert scope(places, f"Feest\nEr is een feest in {place}.") is Scope.REGION


@pytest.mark.parametrize("place", ["Amsterdam", "Den Haag", "Zwolle", "Utrecht", "Berlijn"])
def test_the_rest_is_elsewhere(places: Places, place: str) -> None:
    assert scope(places, f"Rellen\nEr zijn rellen in {place}.") is Scope.ELSEWHERE


def test_many_places_in_the_country_are_national(places: Places) -> None:
    assert scope(places, "Actie\nIn het hele land wordt gestaakt, ook op de Vismarkt.") is Scope.NATIONAL


def test_no_place_at_all_is_here(places: Places) -> None:
    assert scope(places, "Actie\nMorgen wordt er gestaakt.") is Scope.MUNICIPALITY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Op sportpark De Verzonnen Wei in Zuidhorn is gevochten.", ["sportpark De Verzonnen Wei", "Zuidhorn"]),
        ("Verzamelen bij de ingang aan de Kromme Elleboog in Groningen.", ["Kromme Elleboog", "Groningen"]),
        ("Op het Fictiefdiep lagen boten dwars.", ["Fictiefdiep"]),
        ("In Assen staat een kraam aan de Hoofdstraat.", ["Hoofdstraat", "Assen"]),
        ("Er staan trekkers op de N366 bij Stadskanaal.", ["N366", "Stadskanaal"]),
        ("Zij zaten voor het gemeentehuis in Ten Boer.", ["gemeentehuis", "Ten Boer"]),
        ("Aan de P.C. Verzonnenlaan brandde een auto.", ["P.C. Verzonnenlaan"]),
    ],
)
def test_a_name_is_known_by_its_form_when_no_table_has_it(places: Places, text: str, expected: list[str]) -> None:
    assert names(places, f"Bericht\n{text}") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Op de Nationale Dag van de Zorg is er taart.",
        "Aan het eind was het stil op straat.",
        "De weekmarkt en de vrijmarkt gaan door.",
        "Een slachtoffer ligt in het ziekenhuis.",
        "Het is druk op de weg.",
        "Op de dinsdag en de woensdag is er niets.",
    ],
)
def test_what_only_looks_like_a_name_is_none(places: Places, text: str) -> None:
    assert names(places, f"Bericht\n{text}") == []


def test_a_building_without_a_name_counts_only_where_no_spot_has_one(places: Places) -> None:
    text = "Wake\nOp de Vismarkt is een wake. Napraten kan in het dorpshuis."

    assert names(places, text) == ["Vismarkt"]


def test_a_building_without_a_name_counts_where_its_street_is_named_right_behind_it(places: Places) -> None:
    found = names(places, "Kring\nBuren liepen naar de moskee aan de Korreweg.")

    assert found == ["moskee", "Korreweg"]


def test_a_hashtag_of_the_town_adds_nothing_to_a_square_of_it(places: Places) -> None:
    assert names(places, "Bericht\nMuziek op de Vismarkt nu #groningen") == ["Vismarkt"]
    assert names(places, "Bericht\nMuziek op straat nu #groningen") == ["groningen"]


def test_the_opponent_of_the_club_is_no_place_of_the_match(places: Places) -> None:
    assert names(places, "Derby\nRond FC Groningen - Heerenveen is de Euroborg dicht.") == ["Euroborg"]


@pytest.mark.parametrize(
    ("passing", "why"),
    [
        ("Vorig jaar was het feest op de Ossenmarkt.", "another edition"),
        ("Niet op de Ossenmarkt dus.", "a denial"),
        ("De stukken liggen ter inzage bij het loket aan de Ossenmarkt.", "a counter"),
        ("Een pendelbus rijdt vanaf de Ossenmarkt.", "travel"),
        ("Een omleiding gaat via de Ossenmarkt.", "a detour"),
        ("Fietsers rijden om richting de Ossenmarkt.", "a direction"),
        ("De winnaar is een bewoner uit Haren.", "an origin"),
        ("Drie gewonden zijn naar het UMCG gebracht.", "the hospital"),
        ("Het bestuur van de Ossenmarkt is blij.", "an organisation"),
        ("Zaterdag spelen we thuis tegen Emmen.", "an opponent"),
    ],
)
def test_a_place_named_for_another_reason_is_none_of_the_event(places: Places, passing: str, why: str) -> None:
    assert names(places, f"Feest op de Vismarkt\n{passing}") == ["Vismarkt"], why


def test_what_stands_beside_the_event_counts_when_nothing_else_is_named(places: Places) -> None:
    text = "Vuur\nEr komt geen tweede keer: vorig jaar liep het op de Ossenmarkt uit de hand."

    assert names(places, text) == ["Ossenmarkt"]


def test_names_on_a_list_share_the_role_of_the_first(places: Places) -> None:
    text = "Mars op de Vismarkt\nEr liepen scholieren mee uit Assen, Winschoten en Drachten."

    assert names(places, text) == ["Vismarkt"]


def test_what_the_march_only_passes_comes_after_where_it_begins_and_ends(places: Places) -> None:
    text = "Mars\nDe stoet gaat langs het Guyotplein van de Ossenmarkt naar de Vismarkt."

    assert names(places, text) == ["Ossenmarkt", "Vismarkt", "Guyotplein"]


def test_a_motorway_comes_after_a_street_and_before_a_town(places: Places) -> None:
    text = "Actie\nBoeren staan op de A7 en de Peizerweg in Groningen."

    assert names(places, text) == ["Peizerweg", "A7", "Groningen"]


def test_no_town_has_an_article(places: Places) -> None:
    assert names(places, "@iemand\nwind door de haren en nu naar haren") == ["haren"]


def test_names_that_are_words_need_a_word_of_place_before_them(places: Places) -> None:
    assert names(places, "Bericht\nHet vuur in Een is uit. Een man keek toe.") == ["Een"]
    assert names(places, "Bericht\nZij sloegen op elkaar in. Een tent viel om.") == []


def test_people_of_groningen_call_it_stad(places: Places) -> None:
    assert names(places, "@iemand\nvanavond feestje in stad, kom langs") == ["stad"]
    assert names(places, "@iemand\nde stad was vol, kon er niet door") == []


def test_a_square_lies_in_the_town_that_is_named_right_behind_it(places: Places) -> None:
    found = places.find("Vuur\nHet vuur aan het Boterdiep in Bedum is aangestoken.")

    assert [(place.name, place.municipality) for place in found] == [("Boterdiep", None), ("Bedum", "Het Hogeland")]


def test_far_towns_on_a_list_with_groningen_stay_and_make_it_national(places: Places) -> None:
    text = "Oproep\nIn Groningen, Zwolle en Amersfoort wordt opgeroepen om te komen."

    assert names(places, text) == ["Groningen", "Zwolle", "Amersfoort"]
    assert scope(places, text) is Scope.NATIONAL


def test_a_motorway_tells_where_it_is_only_without_a_town(places: Places) -> None:
    assert scope(places, "Blokkade\nDe A7 is dicht.") is Scope.MUNICIPALITY
    assert scope(places, "Blokkade\nDe A7 is dicht bij Drachten.") is Scope.REGION


def test_the_authority_that_decides_tells_where_when_no_place_does(places: Places) -> None:
    text = "Besluit\nDe burgemeester van Westerkwartier verleent ontheffing voor een vuur."

    assert scope(places, text) is Scope.REGION


def test_every_place_of_the_municipality_lies_in_it() -> None:
    rows = [row for row in rows_of(TABLE) if row.municipality == MUNICIPALITY]

    centres = {row.name: (row.latitude, row.longitude) for row in rows if row.latitude and row.longitude}
    strays = [name for name, (north, east) in centres.items() if not (53.08 < north < 53.33 and 6.42 < east < 6.78)]

    assert strays == []
    assert len({row.name for row in rows if row.kind != "wijk"}) >= 250


def test_surnames_are_not_handed_to_the_redactor(places: Places) -> None:
    assert not {"Dongen", "Doorn", "Veen", "Een", "Horst"} & places.names


def test_the_redactor_gets_every_name_and_alias(places: Places) -> None:
    assert {"Grote Markt", "Der Aa-kerk", "Ter Apel", "Jozef Israëlsplein", "Stainkoel'n"} <= places.names


ROW = '[[place]]\nname = "Plein"\nkind = "plein"\nmunicipality = "Groningen"\nlat = 53.2\nlon = 6.5\n'


@pytest.mark.parametrize(
    ("table", "row", "key"),
    [
        ("", "bestand", "place"),
        ("[[place]", "bestand", "leesbaar"),
        (ROW.replace('"Plein"', '""'), "place 1", "name"),
        (ROW + ROW.replace('"plein"', '"vlakte"'), "place 2 (Plein)", "kind"),
        (ROW + 'colour = "rood"\n', "place 1 (Plein)", "colour"),
        (ROW.replace("53.2", "5.32"), "place 1 (Plein)", "lat"),
        (ROW.replace("lon = 6.5\n", ""), "place 1 (Plein)", "lat"),
        (ROW + 'aliases = "Markt"\n', "place 1 (Plein)", "aliases"),
        (ROW + 'exact = "ja"\n', "place 1 (Plein)", "exact"),
        (ROW.replace('"Groningen"', "14"), "place 1 (Plein)", "municipality"),
    ],
)
def test_a_wrong_row_is_named_with_file_row_and_key(tmp_path: Path, table: str, row: str, key: str) -> None:
    path = tmp_path / "places.toml"
    path.write_text(table, encoding="utf-8")

    with pytest.raises(TableError) as raised:
        Places(path)

    assert (raised.value.file, raised.value.row, raised.value.key) == ("places.toml", row, key)
    assert raised.value.advice.startswith(("places.toml", "Zet in places.toml"))


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError) as raised:
        Places(tmp_path / "weg.toml")

    assert raised.value.file == "weg.toml"
