"""The papers of accountability: complete, in plain Dutch, and the same twice (R10, R45)."""

import json
import re
from hashlib import sha256
from itertools import pairwise
from statistics import mean

import pytest
from selectolax.lexbor import LexborHTMLParser

from monitor.domain.account import Outlet, Publisher, Share
from monitor.domain.activity import ACTIVITIES
from monitor.domain.term import TERMS
from monitor.render.flows import flows_of
from monitor.render.papers import INDEX, TITLES
from monitor.rules import measures
from monitor.rules.open_questions import questions
from tests.house.tree import text as file_text
from tests.monitor.accounts import a_source, an_account, papers_of

PAGES = [name for name in (*TITLES, INDEX) if name.endswith(".html")]
LONGEST, AVERAGE = 30, 15
"""Words of a sentence in plain Dutch (B1)."""


def parsed(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def told(html: str, selector: str) -> list[str]:
    """The text of each such part, on one line."""
    return [" ".join(node.text(separator=" ").split()).replace("\u00ad", "") for node in parsed(html).css(selector)]


def table(html: str, heading: str) -> list[list[str]]:
    """The rows of the table that is labelled by the heading with this id."""
    rows = parsed(html).css(f'[aria-labelledby="{heading}"] tbody tr')
    return [[" ".join(cell.text(separator=" ").split()) for cell in row.css("th, td")] for row in rows]


def sentences(html: str) -> list[str]:
    """The prose of a page: what it says itself, and not what it quotes from the tables of the municipality."""
    page = parsed(html)
    page.strip_tags(["script", "style", "svg", "nav"], recursive=True)
    for quoted in page.css(".given, .meta, code"):
        quoted.decompose()
    blocks = [
        " ".join(node.text(separator=" ").split())
        for node in page.css("p, li, dd, td, figcaption")
        if len(node.css("p, li, dd, td")) <= 1  # itself
    ]
    return [one for block in blocks for one in re.split(r"(?<=[.?!:;])\s+", block) if " " in one]


@pytest.mark.parametrize("name", PAGES)
def test_the_prose_is_plain_dutch(name: str) -> None:
    lengths = {sentence: len(sentence.split()) for sentence in sentences(papers_of(an_account())[name])}

    assert [sentence for sentence, length in lengths.items() if length > LONGEST] == []
    assert mean(lengths.values()) <= AVERAGE


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_dutch_and_its_headings_and_tables_are_in_order(name: str) -> None:
    page = parsed(papers_of(an_account())[name])
    levels = [int((node.tag or "h0")[1]) for node in page.css("h1, h2, h3, h4, h5, h6")]

    assert [root.attributes["lang"] for root in page.css("html")] == ["nl"]
    assert levels[0] == levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(table.css("thead th[scope=col]") for table in page.css("table"))
    assert all(row.css("th[scope=row]") for row in page.css("tbody tr"))


def test_the_same_account_gives_the_same_bytes() -> None:
    assert papers_of(an_account()) == papers_of(an_account())


def test_the_index_names_every_file_with_its_hash_and_every_question_with_who_decides() -> None:
    account = an_account()
    made = papers_of(account)

    files = {name: hash for name, _, hash in table(made[INDEX], "kenmerken")}
    asked = [tuple(row[1:]) for row in table(made[INDEX], "open")]

    assert files == {name: sha256(text.encode()).hexdigest() for name, text in made.items() if name != INDEX}
    assert asked == [(question.about, question.asks, question.who) for question in questions(account)]
    assert "zondag 22 november 2026, 12.00 uur · Torenwacht 0.1.0 · lezer 2026.11-test" in told(made[INDEX], ".meta")[0]


@pytest.mark.parametrize("name", [name for name in PAGES if name != INDEX])
def test_each_paper_ends_with_its_own_questions(name: str) -> None:
    account = an_account(contact="", site="", tls=False)

    asked = [tuple(row) for row in table(papers_of(account)[name], "open")]

    assert asked == [(q.about, q.asks, q.who) for q in questions(account) if q.paper == name]
    assert asked


def test_the_page_of_the_register_has_every_field_and_marks_what_is_open() -> None:
    made = papers_of(an_account())
    entry = json.loads(made["algoritmeregister.json"])

    values = dict(
        zip(told(made["algoritmeregister.html"], "dt code"), told(made["algoritmeregister.html"], "dd"), strict=True)
    )

    assert values.keys() == entry.keys()
    assert {name for name, value in values.items() if value == "Nog in te vullen"} == {
        name for name, value in entry.items() if value is None
    }
    assert (values["name"], values["publication_category"]) == (entry["name"], "Impactvolle algoritmes")


def test_the_register_of_processing_has_all_parts_of_article_30_for_every_activity() -> None:
    rows = json.loads(papers_of(an_account())["verwerkingsregister.json"])

    assert [row["id"] for row in rows] == list(ACTIVITIES)
    assert rows[0]["uri"] == "https://torenwacht.voorbeeld.nl/privacy#verwerking-openbare-orde"
    assert {tuple(row) for row in rows} == {
        ("id", "uri", "naam", "verantwoordelijke", "doel", "grondslag", "betrokkenen", "gegevens", "ontvangers",
         "doorgifte", "termijnen"),
    }  # fmt: skip
    assert all(row["verantwoordelijke"] == ["De burgemeester"] and row["doel"] for row in rows)
    assert {what for row in rows for what in row["termijnen"]} == {term.label for term in TERMS.values()}


def test_a_transfer_to_the_united_states_is_told_when_slack_is_on_and_only_then() -> None:
    slack = an_account(outlets=(Outlet("slack", ("niveau",), False),))

    def abroad(name: str, **more: object) -> list[str]:
        rows = json.loads(papers_of(an_account(**more))[name])
        return [row["id"] for row in rows if row["doorgifte"] != "geen, volgens de instellingen"]

    assert abroad("verwerkingsregister.json") == []
    assert abroad("verwerkingsregister.json", outlets=slack.outlets) == ["waarschuwing"]
    assert [q.who for q in questions(slack) if q.about == "Slack"] == ["jurist, met advies van de FG"]
    assert [q.about for q in questions(an_account()) if q.about == "Slack"] == []


def test_where_messages_go_is_told_for_every_channel_that_others_run() -> None:
    account = an_account(outlets=(Outlet("slack", ("niveau",), False), Outlet("teams", ("niveau",), False)))

    rows = json.loads(papers_of(account)["verwerkingsregister.json"])

    [told] = [row for row in rows if row["id"] == "waarschuwing"]
    assert told["ontvangers"] == ["Slack (Verenigde Staten)", "Microsoft Teams"]
    assert told["doorgifte"] == "Verenigde Staten, door Slack; mogelijk Verenigde Staten, door Microsoft Teams"
    assert "Microsoft Teams" in [question.about for question in questions(account)]


def test_every_source_stands_in_the_annex_with_its_ground_and_who_approved_it() -> None:
    unfinished = a_source("nieuw", legal=None, missing=("controller",))
    account = an_account(sources=(*an_account().sources, unfinished))

    rows = table(papers_of(account)["dpia-bijlage.html"], "bronnen")

    ground = ["Openbare orde voorbereiden", "Gemeentewet art. 172", "DPIA-2026-01", "midden"]
    assert rows == [
        ["Gemeenteblad Uitgever van Gemeenteblad", *ground, "Privacyfunctionaris", "ma 1 nov 2027", "aan"],
        ["Krant Uitgever van Krant", *ground, "Privacyfunctionaris", "ma 1 nov 2027", "aan"],
        ["Omroep Uitgever van Omroep", *ground, "nog niemand", "ma 1 nov 2027", "uit"],
        ["Politie Uitgever van Politie", *ground, "Beheerder", "ma 1 nov 2027", "aan"],
        ["Nieuw Uitgever van Nieuw", *["Nog in te vullen"] * 4, "nog niemand", "Nog in te vullen", "uit"],
    ]


def test_the_balance_gives_shares_of_sources_and_of_what_is_kept() -> None:
    page = papers_of(an_account())["dpia-bijlage.html"]

    assert table(page, "balans") == [
        ["Overheid", "1 (25 %)", "1", "2 (29 %)"],
        ["Politie", "1 (25 %)", "1", "2 (29 %)"],
        ["Media", "2 (50 %)", "1", "3 (43 %)"],
        ["Organisatoren en agenda's", "0 (0 %)", "0", "0 (0 %)"],
        ["Clubs", "0 (0 %)", "0", "0 (0 %)"],
        ["Sociale media", "0 (0 %)", "0", "0 (0 %)"],
    ]
    assert "Geen soort uitgever geeft meer dan de helft van de bronnen of de berichten." in told(page, "p")


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((Share(Publisher.MEDIA, 1, 1, 9), Share(Publisher.POLICE, 3, 3, 2)),
         "'media' geeft meer dan de helft van de bewaarde berichten"),
        ((Share(Publisher.MEDIA, 1, 1, 0), Share(Publisher.POLICE, 3, 3, 0)),
         "'politie' geeft meer dan de helft van de bronnen"),
    ],
)  # fmt: skip
def test_a_kind_of_publisher_that_dominates_is_told_in_words(shares: tuple[Share, ...], words: str) -> None:
    account = an_account(shares=shares)

    assert words in " ".join(told(papers_of(account)["dpia-bijlage.html"], "p"))
    assert "Balans van de bronnen" in [question.about for question in questions(account)]


def test_the_figure_says_the_same_as_its_table() -> None:
    account = an_account()
    made = papers_of(account)
    rows = table(made["dpia-bijlage.html"], "stromen")

    assert rows == [[str(f.number), f.start.name, f.end.name, f.what] for f in flows_of(account)]
    assert ["11", "Gebeurtenissen", "E-mail", "meldingen, ook vertrouwelijke"] in rows
    [described] = told(made["gegevensstromen.svg"], "desc")
    assert all(f"{f.number}. van {f.start.name} naar {f.end.name}: {f.what}" in described for f in flows_of(account))
    assert made["gegevensstromen.svg"].strip() in made["dpia-bijlage.html"]


def test_words_of_a_table_cannot_become_markup() -> None:
    source = a_source("krant", name="<b>Krant</b>")

    made = papers_of(an_account(sources=(source,), running=(source,)))

    assert [name for name in PAGES if "<b>Krant" in made[name]] == []


def test_every_requirement_has_one_measure_and_stands_in_the_rules() -> None:
    rules = re.findall(r"^\| (R\d+) \|", file_text("docs/rules.md"), re.MULTILINE)
    taken = [rule for risk in measures.shipped() for rule in risk.measures]

    assert sorted(taken) == sorted(rules)


def test_the_proof_of_a_requirement_is_shown_where_it_is_known() -> None:
    page = "| R1 | gate | `tests/monitor/a.py::test_a`, `tests/walks/b.py::test_b` |\n| R2 | hosts | none |"
    found = measures.proofs(page)

    row = table(papers_of(an_account(), found)["dpia-bijlage.html"], "risico-1")

    assert found == {"R1": ("tests/monitor/a.py::test_a", "tests/walks/b.py::test_b"), "R2": ()}
    assert [(rule, proof) for rule, _, proof in row[:2]] == [
        ("R1", "2 tests welke tests/monitor/a.py::test_a tests/walks/b.py::test_b"),
        ("R2", "Nog in te vullen"),
    ]
