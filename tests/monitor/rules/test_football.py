"""Football: what an advisor is pointed at beside the level, and that it never touches the level."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from alerts import Urgency
from classifiers import Category, Level, Reader
from monitor.domain import Event, Fact, FactKind, Handling, Item
from monitor.errors import ConfigError
from monitor.rules.announce import Told
from monitor.rules.assess import assess
from monitor.rules.football import FILE, Football, Opponent, attention, match_class, read_football, remarks
from tests.build import EUROBORG, NOON, a_reading, an_event, an_item, at
from tests.house.tree import modules, tree
from tests.monitor.rules.announcing import announced

TABLE = Football(("FC Groningen", "Groningen"), "Euroborg", (Opponent(("SC Heerenveen",), "Derby.", "OOG TV, 2025"),))
NOTHING = Football(("FC Groningen",), "Euroborg", ())
DERBY = "FC Groningen - SC Heerenveen"


def a_match(**told: object) -> Event:
    """A home match, level A."""
    known: dict[str, object] = {"category": Category.FOOTBALL, "place": "Euroborg", "title": "Voetbal, Euroborg"}
    return an_event(**known | told)


def a_report(title: str = DERBY, text: str = "", **told: object) -> Item:
    """A report of a match."""
    reading = a_reading(category=Category.FOOTBALL, places=(EUROBORG,))
    return an_item(**{"title": title, "extract": text, "reading": reading} | told)


def test_match_with_a_history_asks_for_attention_and_names_its_source() -> None:
    assert attention(a_match(), [a_report()], TABLE) == ("Derby. (Bron: OOG TV, 2025.)",)


@pytest.mark.parametrize(
    ("title", "place", "asked"),
    [
        ("Heerenveen komt naar de Euroborg", "Euroborg", False),
        ("sc heerenveen naar de Euroborg", "Euroborg", True),
        ("FC Groningen - PEC Zwolle", "Euroborg", False),
        ("SC Heerenveense dag in Groningen", "Euroborg", False),
        ("Groningen uit tegen SC Heerenveen op scherm", "Grote Markt", True),
        ("SC Heerenveen - SC Cambuur", "Grote Markt", False),
        ("SC Heerenveen - SC Cambuur", "", False),
    ],
)
def test_both_clubs_are_told_by_whole_words_of_the_title_or_by_the_stadium(title: str, place: str, asked: bool) -> None:
    assert bool(attention(a_match(place=place), [a_report(title)], TABLE)) is asked


def test_only_a_match_asks_for_attention() -> None:
    assert attention(a_match(category=Category.UNREST), [a_report()], TABLE) == ()


def test_confidential_title_does_not_show_through_in_an_open_event() -> None:
    """R31."""
    secret = a_report(handling=Handling.POLICE)

    assert attention(a_match(), [a_report("Wedstrijd in de Euroborg"), secret], TABLE) == ()
    assert attention(a_match(public=False), [secret], TABLE) != ()


def test_corrected_title_tells_no_more() -> None:
    wrong = a_report(entry="e", published=at(20))
    right = a_report("FC Groningen - PEC Zwolle", entry="e", published=at(21))

    assert attention(a_match(), [wrong, right], TABLE) == ()


# The level


def test_nothing_that_sets_a_level_knows_of_duels() -> None:
    """Only what shows an event asks for the table: the page, and the message."""

    def imports(path: Path) -> set[str]:
        return {node.module or "" for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)}

    assert {path.as_posix() for path in modules() if "monitor.rules.football" in imports(path)} == {
        "monitor/work/journal.py",
        "monitor/web/events.py",
    }


@pytest.mark.parametrize("codes", [(), ("grote_opkomst",), ("risicowedstrijd",), ("verwachte_confrontatie",)])
def test_duel_with_a_history_has_the_level_of_any_other(reader: Reader, codes: tuple[str, ...]) -> None:
    reading = a_reading(category=Category.FOOTBALL, places=(EUROBORG,), codes=codes)
    found = {
        title: assess([a_report(title, reading=reading)], (), None, reader)
        for title in (DERBY, "FC Groningen - Sparta Rotterdam", *_duels())
    }

    assert len({(one.level, one.machine_level, one.sees, one.evidence) for one in found.values()}) == 1


def _duels() -> list[str]:
    return [f"FC Groningen - {opponent.names[0]}" for opponent in read_football().opponents]


@pytest.mark.parametrize("level", Level)
def test_message_is_as_urgent_with_the_table_as_without(reader: Reader, level: Level) -> None:
    fact = Fact(id=5, kind=FactKind.EVENT_OPENED, event=1, at=NOON, by="machine", data={})
    told = Told({i.code: i for i in reader.indicators}, "https://torenwacht.example", NOON)
    event = a_match(level=level, machine_level=level)

    def message(table: Football) -> tuple[str, Urgency, tuple[str, ...]]:
        found = announced(fact, event, replace(told, remarks=remarks(event, [a_report()], {}, table)))
        assert found is not None
        return found.title, found.urgency, found.lines

    title, urgency, lines = message(TABLE)
    line = "Let op: Derby. (Bron: OOG TV, 2025.)"

    assert line in lines
    assert message(NOTHING) == (title, urgency, tuple(one for one in lines if one != line))


# The class of a match


@pytest.mark.parametrize(
    ("text", "letter", "words"),
    [
        ("Het duel is een C-wedstrijd.", "C", "FC Groningen - SC Heerenveen Het duel is een C-wedstrijd."),
        ("Ingedeeld in categorie B door de driehoek.", "B", None),
        ("De wedstrijdcategorie a geldt.", "A", None),
        ("Deze week is een B–duel.", "B", None),
    ],
)
def test_class_of_a_match_is_quoted(text: str, letter: str, words: str | None) -> None:
    item = a_report(text=text, source="oog", published=at(20))

    quote = match_class(a_match(), [item])

    assert quote is not None
    assert (quote.letter, quote.item, quote.source, quote.published) == (letter, item.id, "oog", at(20))
    assert quote.words.replace("…", "") in f"{DERBY} {text}"
    assert words is None or quote.words == words


@pytest.mark.parametrize(
    "text",
    [
        "De politie noemt het een risicowedstrijd.",
        "Het is geen C-wedstrijd.",
        "Het is niet meer een C-wedstrijd.",
        "Het is categorie B of een C-wedstrijd.",
        "De FC-wedstrijd begint om 20.00 uur.",
        "Vak C gaat open, en niveau B is genoeg.",
    ],
)
def test_class_that_no_source_tells_in_so_many_words_does_not_exist(text: str) -> None:
    event = a_match(level=Level.C, machine_level=Level.C)

    assert match_class(event, [a_report(text=text)]) is None


def test_newest_report_that_tells_a_class_counts() -> None:
    """It may change on the way."""
    first, second = (
        a_report(text="Een C-wedstrijd.", published=at(19)),
        a_report(text="Toch categorie B.", published=at(20)),
    )

    quote = match_class(a_match(), [first, second, a_report(published=at(21))])

    assert quote is not None
    assert (quote.letter, quote.item) == ("B", second.id)


def test_message_tells_the_class_with_who_says_so_and_when_and_quotes_nothing() -> None:
    item = a_report("Wedstrijd", "Het duel is een C-wedstrijd volgens de driehoek.", source="oog", published=at(20))

    assert remarks(a_match(), [item], {"oog": "OOG TV"}, NOTHING) == ("Wedstrijdcategorie: C, zegt OOG TV (vr 20 nov)",)
    assert remarks(a_match(category=Category.EVENT), [item], {}, TABLE) == ()


# The table


def test_shipped_table_loads_and_every_duel_names_its_reason_and_source() -> None:
    table = read_football()

    assert (table.stadium, table.club[0]) == ("Euroborg", "FC Groningen")
    assert {name for opponent in table.opponents for name in opponent.names} >= {"SC Heerenveen", "Willem II"}
    assert [opponent for opponent in table.opponents if not opponent.reason.endswith(".")] == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[club", "bestand"),
        ("", "club.names"),
        ('[club]\nnames = ["FC"]', "club.stadium"),
        ('opponent = "Ajax"', "opponent"),
        ('[club]\nnames = ["FC"]\nstadium = "S"\n[[opponent]]\nnames = ["Ajax"]\nreason = "r"', "opponent[1].source"),
        ('[club]\nnames = [1]\nstadium = "S"', "club.names"),
        ('[club]\nnames = ["FC"]\nstadium = "S"\nlevel = "C"', "club.level"),
    ],
)
def test_fault_in_the_table_is_named(tmp_path: Path, text: str, key: str) -> None:
    file = tmp_path / FILE.name
    file.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError) as raised:
        read_football(file)

    assert (raised.value.file, raised.value.key) == ("football.toml", key)
