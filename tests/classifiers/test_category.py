"""What a text is about; above all, what only looks like it."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from classifiers import UNCERTAIN_BELOW, Category, TableError
from classifiers.category import Categories

SPRING = datetime(2031, 4, 7, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
WINTER = datetime(2031, 12, 29, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(scope="module")
def categories() -> Categories:
    return Categories()


@pytest.mark.parametrize(
    ("category", "title", "text"),
    [
        ("demonstratie", "Betoging op de Grote Markt", "Honderd actievoerders demonstreren zaterdag met spandoeken."),
        ("voetbal", "Supporters naar de Euroborg", "De politie begeleidt fans van FC Groningen naar de wedstrijd."),
        ("jaarwisseling", "Oud en nieuw in de wijk", "Op oudejaarsavond mag vuurwerk vanaf 18.00 uur."),
        ("evenement", "Festival in het park", "De organisatie verwacht duizend bezoekers bij de optredens."),
        ("onrust", "Groep jongeren zoekt ruzie", "De politie stuurde een groep jongeren weg na vechtpartijen."),
        ("geen", "Nieuwe bankjes", "De gemeente plaatst bankjes aan de singel."),
        ("geen", "Kookdemonstratie", "Een kok geeft een demonstratie in de bibliotheek. Proeven mag."),
        (
            "geen",
            "Spits tekent contract",
            "De aanvaller van FC Groningen verlengt zijn contract. Een transfer is van de baan.",
        ),
        ("geen", "FC Groningen verliest", "De ploeg kreeg twee doelpunten tegen. De trainer wisselde drie spelers."),
        ("geen", "Raad praat over vuurwerkbeleid", "De gemeenteraad debatteerde over beleid. Een besluit volgt later."),
        (
            "geen",
            "Boek over een staking van 1895",
            "Een historicus schreef een boek over een staking in de negentiende eeuw.",
        ),
        ("geen", "Een vuurwerk aan ideeën", "De lezing was een vuurwerk aan ideeën, vond de zaal in de schouwburg."),
        ("geen", "Werkstraf na rellen", "De rechter legde een werkstraf op voor de rellen van vorig jaar."),
    ],
)
def test_subject_is_recognised(categories: Categories, category: str, title: str, text: str) -> None:
    assert categories.shares(title, text, published=SPRING)[0][0] == category


def test_shares_are_of_all_categories_in_order_and_together_one(categories: Categories) -> None:
    shares = categories.shares("Betoging", "Een betoging bij de kermis.", published=SPRING)

    assert {category for category, _ in shares} == set(Category)
    assert [share for _, share in shares] == sorted((share for _, share in shares), reverse=True)
    assert sum(share for _, share in shares) == pytest.approx(1)


def test_title_weighs_more_than_what_is_named_in_passing(categories: Categories) -> None:
    shares = categories.shares("Kermis geopend", "Langs de kermis liep ook een demonstratie.", published=SPRING)

    assert shares[0][0] is Category.EVENT


def test_fireworks_speak_for_new_year_in_its_season_only(categories: Categories) -> None:
    def share_of_new_year(published: datetime) -> float:
        return dict(categories.shares("Knallen", "Er werd vuurwerk afgestoken.", published=published))[
            Category.NEW_YEAR
        ]

    assert share_of_new_year(WINTER) > share_of_new_year(SPRING)


def test_unrest_at_a_gathering_belongs_to_the_gathering(categories: Categories) -> None:
    shares = categories.shares(
        "Demonstratie loopt uit de hand", "Betogers gooiden stenen. Rellen duurden tot laat.", published=SPRING
    )

    assert shares[0][0] is Category.DEMONSTRATION


def test_an_empty_text_is_about_nothing_of_ours(categories: Categories) -> None:
    assert categories.shares("", "", published=SPRING)[0][0] is Category.NONE


def test_a_text_between_two_categories_is_uncertain(categories: Categories) -> None:
    shares = categories.shares("Plein", "Er is een optocht met toespraken bij het podium.", published=SPRING)

    assert shares[0][1] < UNCERTAIN_BELOW


@pytest.mark.parametrize(
    ("table", "row", "key"),
    [
        ('[[sign]]\nspeaks_for = "feest"\nweight = 1.0\nphrases = ["a"]\n', "sign 1", "speaks_for"),
        ('[[sign]]\nspeaks_for = "geen"\nweight = "veel"\nphrases = ["a"]\n', "sign 1", "weight"),
        ('[[sign]]\nspeaks_for = "geen"\nweight = true\nphrases = ["a"]\n', "sign 1", "weight"),
        ('[[sign]]\nspeaks_for = "geen"\nweight = 1.0\nphrases = []\n', "sign 1", "phrases"),
        ('[[sign]]\nspeaks_for = "geen"\nweight = 1.0\nphrases = ["a ..."]\n', "sign 1", "phrases"),
        ('[[sign]]\nspeaks_for = "geen"\nphrases = ["a"]\n', "sign 1", "weight"),
        ("[extra]\n", "het bestand", "extra"),
        ("[[sign\n", "het bestand", ""),
    ],
)
def test_a_wrong_table_is_refused_by_file_row_and_key(tmp_path: Path, table: str, row: str, key: str) -> None:
    file = tmp_path / "eigen.toml"
    file.write_text(table, encoding="utf-8")

    with pytest.raises(TableError) as caught:
        Categories(file)

    assert (caught.value.file, caught.value.row, caught.value.key) == ("eigen.toml", row, key)


def test_a_missing_table_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"weg\.toml"):
        Categories(tmp_path / "weg.toml")
