"""indicators.toml, and what is found with it. Each decision of docs/guideline.md about them has its case."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from classifiers import Category, Evidence, Period, Phase, Precision, Size, TableError, Weight
from classifiers.indicators import Indicators, Trace
from classifiers.quote import SHOWN

LOCAL = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2031, 5, 12, 12, 0, tzinfo=LOCAL)
MIDNIGHT = datetime(2031, 5, 12, 23, 40, tzinfo=LOCAL)

WEIGHTS = {
    "geen_kennisgeving": Weight.LIGHT,
    "grote_opkomst": Weight.LIGHT,
    "verplaatsing": Weight.LIGHT,
    "nachtelijk": Weight.LIGHT,
    "samenloop": Weight.LIGHT,
    "kwetsbare_locatie": Weight.LIGHT,
    "alcohol_drugs": Weight.LIGHT,
    "vuurwerk_fakkels": Weight.LIGHT,
    "blokkade": Weight.HEAVY,
    "tegendemonstratie": Weight.HEAVY,
    "eerdere_ongeregeldheden": Weight.HEAVY,
    "risicowedstrijd": Weight.HEAVY,
    "inzet_me": Weight.HEAVY,
    "geweld_vernieling": Weight.VIOLENCE,
    "geweldsoproep": Weight.VIOLENCE,
    "verwachte_confrontatie": Weight.VIOLENCE,
    "hulpverleners_doelwit": Weight.VIOLENCE,
    "noodmaatregel": Weight.EMERGENCY,
    "afgelast_verboden": Weight.LOWERS,
}

DEMO, FOOTBALL, EVENT = Category.DEMONSTRATION, Category.FOOTBALL, Category.EVENT
UNREST, NEW_YEAR = Category.UNREST, Category.NEW_YEAR
ANNOUNCED, UNDER_WAY, OVER = Phase.ANNOUNCED, Phase.UNDER_WAY, Phase.OVER


@pytest.fixture(scope="module")
def indicators() -> Indicators:
    return Indicators()


Find = Callable[..., tuple[Evidence, ...]]


@pytest.fixture
def find(indicators: Indicators) -> Find:
    def found(
        text: str,
        category: Category = DEMO,
        phase: Phase = ANNOUNCED,
        *,
        size: Size | None = None,
        period: Period | None = None,
        published: datetime = NOON,
    ) -> tuple[Evidence, ...]:
        return indicators.find(text, category=category, phase=phase, size=size, period=period, published=published)

    return found


def codes(evidence: tuple[Evidence, ...]) -> set[str]:
    return {e.code for e in evidence}


def test_table_holds_the_nineteen_codes_of_the_guideline_with_their_weights(indicators: Indicators) -> None:
    assert {row.code: row.weight for row in indicators.rows} == WEIGHTS


def test_every_row_tells_people_what_it_means_and_what_to_look_into(indicators: Indicators) -> None:
    measures = ("verbied", "aanhoud", "beëindig", "ontbind", "identific", "arrest")

    for row in indicators.rows:
        assert row.label and row.meaning.endswith(".")
        assert row.check[-1] in "?."
        assert not any(measure in row.check.lower() for measure in measures), row.code


@pytest.mark.parametrize(
    ("code", "category", "phase", "text"),
    [
        ("geen_kennisgeving", DEMO, ANNOUNCED, "De actie is niet gemeld bij de gemeente."),
        ("geen_kennisgeving", UNREST, OVER, "Wie erachter zit, is niet duidelijk."),
        ("verplaatsing", DEMO, ANNOUNCED, "De stoet gaat door de binnenstad."),
        ("verplaatsing", FOOTBALL, ANNOUNCED, "Supporters lopen naar het stadion."),
        ("nachtelijk", UNREST, OVER, "Het feest ging de hele nacht door."),
        ("samenloop", DEMO, ANNOUNCED, "Het is die dag extra druk door de kermis."),
        ("kwetsbare_locatie", DEMO, ANNOUNCED, "Er wordt verzameld op het Hoofdstation."),
        ("kwetsbare_locatie", DEMO, ANNOUNCED, "De actie is bij de universiteit."),
        ("kwetsbare_locatie", DEMO, ANNOUNCED, "Er is een wake voor de moskee en het azc."),
        ("alcohol_drugs", EVENT, ANNOUNCED, "De politie let op drank en drugs."),
        ("vuurwerk_fakkels", FOOTBALL, OVER, "Er werd vuurwerk afgestoken in het vak."),
        ("vuurwerk_fakkels", NEW_YEAR, OVER, "De politie vond illegaal vuurwerk."),
        ("blokkade", DEMO, UNDER_WAY, "Actievoerders blokkeren de weg."),
        ("tegendemonstratie", DEMO, UNDER_WAY, "Op hetzelfde plein is een tegendemonstratie."),
        ("eerdere_ongeregeldheden", NEW_YEAR, ANNOUNCED, "Vorig jaar liep het uit de hand."),
        ("risicowedstrijd", FOOTBALL, ANNOUNCED, "Er geldt een verplichte buscombi."),
        ("inzet_me", UNREST, OVER, "De ME greep in."),
        ("geweld_vernieling", EVENT, OVER, "Op het plein brak een vechtpartij uit."),
        ("geweldsoproep", UNREST, ANNOUNCED, "Online wordt opgeroepen om te rellen."),
        ("verwachte_confrontatie", FOOTBALL, ANNOUNCED, "De burgemeester vreest een confrontatie tussen supporters."),
        ("hulpverleners_doelwit", NEW_YEAR, OVER, "Agenten zijn bekogeld met flessen."),
        ("noodmaatregel", UNREST, UNDER_WAY, "Voor de binnenstad geldt een noodbevel."),
        ("afgelast_verboden", EVENT, ANNOUNCED, "De kermis gaat dit jaar niet door."),
    ],
)
def test_words_show_the_indicator(find: Find, code: str, category: Category, phase: Phase, text: str) -> None:
    assert code in codes(find(text, category, phase))


@pytest.mark.parametrize(
    ("code", "category", "phase", "text"),
    [
        ("geweld_vernieling", DEMO, OVER, "Er waren geen vernielingen."),
        ("geweld_vernieling", DEMO, OVER, "De dag verliep zonder vechtpartijen."),
        ("geweld_vernieling", EVENT, OVER, "Vorig jaar was er een vechtpartij."),
        ("geweld_vernieling", EVENT, ANNOUNCED, "Een vechtpartij is snel ontstaan."),
        ("alcohol_drugs", EVENT, ANNOUNCED, "Het is een alcoholvrij feest."),
        ("vuurwerk_fakkels", EVENT, ANNOUNCED, "Er is een professionele vuurwerkshow."),
        ("vuurwerk_fakkels", NEW_YEAR, ANNOUNCED, "Vuurwerk afsteken mag tot twee uur."),
        ("blokkade", DEMO, ANNOUNCED, "We blokkeren niets: de weg blijft vrij."),
        ("inzet_me", DEMO, OVER, "Dat lijkt me goed."),
        ("inzet_me", UNREST, OVER, "Er waren negen aanhoudingen."),
        ("inzet_me", EVENT, ANNOUNCED, "Er is extra politie."),
        ("kwetsbare_locatie", DEMO, ANNOUNCED, "Kom met de trein: lopend naar het station is het vijf minuten."),
        ("noodmaatregel", UNREST, ANNOUNCED, "Een noodverordening ligt klaar."),
        ("verplaatsing", DEMO, ANNOUNCED, "Er is geen optocht."),
        ("afgelast_verboden", DEMO, ANNOUNCED, "De demonstratie gaat gewoon door en wordt niet afgelast."),
        ("risicowedstrijd", DEMO, ANNOUNCED, "Er geldt een buscombi."),
    ],
)
def test_words_are_taken_back_by_what_stands_around_them(
    find: Find, code: str, category: Category, phase: Phase, text: str
) -> None:
    assert code not in codes(find(text, category, phase))


def test_negation_reaches_no_further_than_its_sentence(find: Find) -> None:
    found = find("Er waren geen aanhoudingen. Een bushokje is vernield.", UNREST, OVER)

    assert "geweld_vernieling" in codes(found)


def test_arrests_count_from_ten(find: Find) -> None:
    assert "inzet_me" in codes(find("De politie verrichtte twaalf aanhoudingen.", UNREST, OVER))
    assert "inzet_me" in codes(find("Er zijn 15 mensen aangehouden.", UNREST, OVER))
    assert "inzet_me" not in codes(find("Er zijn 3 mensen aangehouden.", UNREST, OVER))


@pytest.mark.parametrize(
    ("size", "large"), [(Size(999, 999), False), (Size(1000, 1000), True), (Size(800, 1200), True)]
)
def test_a_crowd_is_large_from_a_thousand(find: Find, size: Size, large: bool) -> None:
    assert ("grote_opkomst" in codes(find("Er wordt op drukte gerekend.", EVENT, size=size))) is large


def test_a_start_after_ten_in_the_evening_is_at_night(find: Find) -> None:
    late = Period(datetime(2031, 5, 16, 22, 30, tzinfo=LOCAL), None, Precision.MINUTE)
    early = Period(datetime(2031, 5, 16, 20, 0, tzinfo=LOCAL), None, Precision.MINUTE)
    day = Period(datetime(2031, 5, 16, tzinfo=LOCAL), datetime(2031, 5, 17, tzinfo=LOCAL), Precision.DAY)

    assert "nachtelijk" in codes(find("Kom ook.", UNREST, period=late))
    assert "nachtelijk" not in codes(find("Kom ook.", UNREST, period=early))
    assert "nachtelijk" not in codes(find("Kom ook.", UNREST, period=day))


def test_a_live_report_at_night_is_of_the_night(find: Find) -> None:
    assert "nachtelijk" in codes(find("Er staan veertig man op straat.", UNREST, UNDER_WAY, published=MIDNIGHT))
    assert "nachtelijk" not in codes(find("Er staan veertig man op straat.", UNREST, UNDER_WAY))


def test_new_years_night_itself_is_not_marked_as_night(find: Find) -> None:
    night = Period(datetime(2031, 12, 31, tzinfo=LOCAL), datetime(2032, 1, 1, tzinfo=LOCAL), Precision.DAY)
    before = Period(datetime(2031, 12, 28, tzinfo=LOCAL), datetime(2031, 12, 29, tzinfo=LOCAL), Precision.DAY)

    assert "nachtelijk" not in codes(find("Vannacht was het druk.", NEW_YEAR, OVER, period=night))
    assert "nachtelijk" in codes(find("Vannacht was het druk.", NEW_YEAR, OVER, period=before))


def test_only_a_source_that_classes_the_match_high_risk_is_decisive(find: Find) -> None:
    (classed,) = find("Het is een risicowedstrijd.", FOOTBALL)
    (ruled,) = find("Er geldt een buscombi.", FOOTBALL)

    assert classed == Evidence("risicowedstrijd", words="Het is een risicowedstrijd.", decisive=True)
    assert ruled == Evidence("risicowedstrijd", words="Er geldt een buscombi.", decisive=False)


def test_an_event_that_got_out_of_hand_was_not_called_off(find: Find) -> None:
    found = find("De wedstrijd is afgelast. Er is gevochten op het veld.", FOOTBALL, OVER)

    assert codes(found) == {"geweld_vernieling"}


@pytest.mark.parametrize(("category", "phase"), [(Category.NONE, OVER), (UNREST, Phase.OTHER)])
def test_a_text_without_a_concrete_event_shows_nothing(find: Find, category: Category, phase: Phase) -> None:
    assert find("De ME greep in bij rellen en vernielingen.", category, phase) == ()


def test_each_code_is_given_once_and_in_the_order_of_the_table(find: Find, indicators: Indicators) -> None:
    found = find("Agenten bekogeld, ruiten vernield, agenten belaagd, vuurwerk en een optocht.", UNREST, OVER)

    order = [row.code for row in indicators.rows]
    assert [e.code for e in found] == sorted(codes(found), key=order.index)
    assert len(found) == len(codes(found)) > 1


def test_kept_words_are_short_and_cut_between_words(find: Find) -> None:
    long = (
        "Na een lange middag met veel zon en muziek " * 4
        + "werd een bushokje vernield "
        + "aan de rand van het plein " * 4
    )

    (evidence,) = find(long + ".", UNREST, OVER)

    assert len(evidence.words) <= SHOWN
    assert evidence.words.startswith("… ") and evidence.words.endswith(" …")
    assert "vernield" in evidence.words
    assert set(evidence.words.strip("… ").split()) <= set(long.split())


ROW = """
[[indicator]]
code = "proef"
weight = "light"
label = "Proef"
meaning = "Een proef."
check = "Klopt het?"
phrases = ["proef"]
"""


@pytest.mark.parametrize(
    ("table", "row", "key"),
    [
        (ROW + 'kleur = "rood"\n', "indicator 1 (proef)", "kleur"),
        (ROW.replace("light", "zwaar"), "indicator 1 (proef)", "weight"),
        (ROW + ROW, "indicator 2", "code"),
        (ROW.replace('["proef"]', "[]"), "indicator 1 (proef)", "phrases"),
        (ROW.replace('["proef"]', '["... proef"]'), "indicator 1 (proef)", "phrases"),
        (ROW.replace('["proef"]', '["<weg>"]'), "indicator 1 (proef)", "phrases"),
        (ROW.replace('["proef"]', '"proef"'), "indicator 1 (proef)", "phrases"),
        (ROW.replace('label = "Proef"\n', ""), "indicator 1 (proef)", "label"),
        (ROW + 'categories = ["feest"]\n', "indicator 1 (proef)", "categories"),
        (ROW + 'phases = ["later"]\n', "indicator 1 (proef)", "phases"),
        (ROW + "at_least = 0\n", "indicator 1 (proef)", "at_least"),
        (ROW + "phrases_in = 3\n", "indicator 1 (proef)", "phrases_in"),
        ("[indicatoren]\n", "het bestand", "indicatoren"),
        ("[[indicator]\n", "het bestand", ""),
    ],
)
def test_a_wrong_table_is_refused_by_file_row_and_key(tmp_path: Path, table: str, row: str, key: str) -> None:
    file = tmp_path / "eigen.toml"
    file.write_text(table, encoding="utf-8")

    with pytest.raises(TableError) as caught:
        Indicators(file)

    assert (caught.value.file, caught.value.row, caught.value.key) == ("eigen.toml", row, key)
    assert caught.value.advice


def test_a_missing_table_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"weg\.toml"):
        Indicators(tmp_path / "weg.toml")


def test_a_row_of_ones_own_works_by_the_table_alone(tmp_path: Path) -> None:
    file = tmp_path / "eigen.toml"
    file.write_text(ROW.replace('"proef"]', '"luchtballon*"]'), encoding="utf-8")

    found = Indicators(file).find(
        "Er komen luchtballonnen.", category=EVENT, phase=ANNOUNCED, size=None, period=None, published=NOON
    )

    assert found == (Evidence("proef", words="Er komen luchtballonnen."),)


def test_traces_tell_all_that_was_found_whatever_the_category(indicators: Indicators) -> None:
    text = "Agenten bekogeld\nBij de kermis zijn agenten bekogeld met flessen. Geen arrestaties."

    traces = indicators.traces(text, size=Size(1500, 2000), period=None, published=NOON)

    assert {"geweld_vernieling", "hulpverleners_doelwit", "grote_opkomst"} <= {trace.code for trace in traces}
    assert all(text[trace.start : trace.end] for trace in traces if trace.phrase)
    assert [t for t in traces if t.code == "grote_opkomst"] == [
        Trace("grote_opkomst", 0, 0, "", decisive=False, category=None)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Vorig jaar was het raak. Toen werden agenten bekogeld met stenen.",
        "In 2024 werden agenten bekogeld met stenen. Dit jaar is er meer toezicht.",
        "Bij de vorige ontmoeting sloegen supporters elkaar.",
    ],
)
def test_violence_of_an_earlier_time_is_told_as_such(find: Find, text: str) -> None:
    assert codes(find(text, FOOTBALL)) == {"eerdere_ongeregeldheden"}


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("Ze gooiden bij het stadion flessen.", OVER),
        ("Flessen werden er bij het stadion naar mensen gegooid.", OVER),
        ("Van de bushokjes zijn er drie kapot.", OVER),
        ("Een winkelruit ging in de vroege avond aan diggelen.", OVER),
    ],
)
def test_verb_and_object_are_found_in_any_order(find: Find, text: str, phase: Phase) -> None:
    assert "geweld_vernieling" in codes(find(text, UNREST, phase))


def test_a_phrase_of_one_category_counts_there_only(tmp_path: Path) -> None:
    file = tmp_path / "eigen.toml"
    file.write_text(ROW + 'also_in = { onrust = ["meet"] }\n', encoding="utf-8")
    table = Indicators(file)

    def found(category: Category) -> tuple[Evidence, ...]:
        return table.find("Meet!", category=category, phase=ANNOUNCED, size=None, period=None, published=NOON)

    assert found(EVENT) == ()
    assert found(UNREST) == (Evidence("proef", words="Meet!"),)
