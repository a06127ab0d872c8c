"""Which reports stand on their own: a text that went round counts once."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers import Category, Voice
from monitor.domain import Item, LegalBasis, PersonalDataRisk, Source
from monitor.rules.copies import originals
from monitor.rules.picture import picture_of
from tests.build import NOON, a_reading, an_item

AGENCY = (
    "Zaterdag 28 november trekt een protestmars door de binnenstad van Groningen. De stoet vertrekt om 14.00 uur van "
    "de Grote Markt en loopt via de Vismarkt naar het Zuiderdiep. De organisatie rekent op zo'n vijftienhonderd "
    "deelnemers. De gemeente zet extra verkeersregelaars in en sluit de Herestraat af voor fietsers. De politie "
    "houdt rekening met een tegenbetoging bij het stadhuis."
)
RETOLD = (
    "Wie zaterdag met de fiets de stad in wil, kan beter omrijden. Door een betoging is de Herestraat in de middag "
    "dicht. Vanaf twee uur lopen actievoerders van de Grote Markt naar het Zuiderdiep, zo maakte de organisatie "
    "bekend. Ondernemers zijn niet blij: zij vrezen dat klanten wegblijven op een van de drukste dagen van het jaar."
)
HEADLINE = "Extra politie op de been bij protestmars in Groningen"


def a_publisher(id: str, publisher: str = "", voice: Voice = Voice.NEWS) -> Source:
    """An approved source of its own publisher, unless told otherwise."""
    legal = LegalBasis("a", "b", "c", "d", PersonalDataRisk.LOW, 30, "e", date(2027, 1, 1))
    every = timedelta(minutes=15)
    return Source(id, id.title(), publisher or id.title(), "feed", "https://x.example/", voice, every, (), True, legal)


SOURCES = {
    s.id: s
    for s in (
        a_publisher("krant"),
        a_publisher("omroep", "RTV Noord"),
        a_publisher("omroep-agenda", "RTV Noord"),
        a_publisher("site"),
        a_publisher("politie", voice=Voice.POLICE),
    )
}


def report(source: str, extract: str = AGENCY, *, title: str = "", hours: int = 0, **told: object) -> Item:
    """What a source tells, so many hours after noon."""
    title = title or f"Protestmars in de binnenstad, zegt {source}"
    return an_item(source=source, title=title, extract=extract, published=NOON + timedelta(hours=hours), **told)


def alike(a: Item, b: Item) -> bool:
    """Whether the words of one were taken over by the other, or both took them over."""
    return len(originals([a, b], SOURCES)) == 1


def independent(reports: Sequence[Item], sources: Mapping[str, Source]) -> int:
    """How many publishers report on their own: the number of sources that readers are shown."""
    return picture_of(reports, sources).sources


@pytest.mark.parametrize(
    "copy",
    [
        AGENCY,
        f"GRONINGEN (ANP) - {AGENCY}",
        AGENCY[:200],
        AGENCY.split(". ", 1)[1],
        f"Het wordt druk in de stad, zegt de gemeente. {AGENCY}",
        AGENCY.replace("zo'n vijftienhonderd", "ongeveer 1.500").replace("zet extra", "zet meer"),
    ],
    ids=["whole", "credited", "cut off", "without its first sentence", "with a new first sentence", "edited"],
)
def test_a_copy_is_known_under_another_headline(copy: str) -> None:
    assert alike(report("krant"), report("site", copy, title="Fietsers moeten zaterdag omrijden"))


def test_a_text_of_its_own_about_the_same_happening_is_no_copy() -> None:
    assert not alike(report("krant"), report("site", RETOLD))


def test_a_short_text_is_a_copy_only_when_it_is_the_same() -> None:
    assert alike(report("krant", "", title=HEADLINE), report("site", "", title=f"{HEADLINE}."))
    assert not alike(report("krant", "", title=HEADLINE), report("site", "", title=f"{HEADLINE} zaterdag"))
    assert not alike(report("krant", "", title="FC Groningen - Ajax"), report("site", "", title="FC Groningen - Ajax"))


def test_two_papers_with_one_agency_text_are_one_source() -> None:
    assert independent([report("krant"), report("site", AGENCY[:200], hours=1)], SOURCES) == 1
    assert independent([report("krant"), report("site", RETOLD, hours=1)], SOURCES) == 2


def test_two_feeds_of_one_publisher_are_one_source() -> None:
    assert independent([report("omroep"), report("omroep-agenda", RETOLD)], SOURCES) == 1


def test_a_source_that_left_the_list_stands_for_itself() -> None:
    assert independent([report("vroeger"), report("krant", RETOLD)], SOURCES) == 2


@pytest.mark.parametrize(
    "credit",
    [
        "GRONINGEN (ANP) - {}", "ANP - {}", "{} Dat meldt persbureau ANP.", "{} Bron: ANP",
        "Volgens het ANP is het zo ver. {}", "{} Dat zegt een woordvoerder tegen het ANP.",
    ],
)  # fmt: skip
def test_a_credit_makes_two_other_texts_one_source(credit: str) -> None:
    reports = [report("krant", credit.format(AGENCY)), report("site", credit.format(RETOLD))]
    assert independent(reports, SOURCES) == 1


def test_who_credits_a_colleague_adds_nothing_to_what_the_colleague_said() -> None:
    first, later = report("omroep", hours=2), report("site", f"RTV Noord meldt een protestmars. {RETOLD}")
    assert originals([later, first], SOURCES) == [first]
    assert independent([later, report("krant", f"{AGENCY} Bron: RTV Noord")], SOURCES) == 1


@pytest.mark.parametrize(
    "words",
    ["Een protest tegen RTV Noord op de Grote Markt.", "(Foto: ANP) Een protest.", "De politie meldt een mars."],
)
def test_a_name_in_passing_is_no_credit(words: str) -> None:
    others = [report("omroep", hours=1), report("krant", f"Dat meldt ANP. {AGENCY[::-1]}"), report("politie", HEADLINE)]
    assert independent([report("site", f"{words} {RETOLD}"), *others], SOURCES) == 1 + independent(others, SOURCES)


def test_the_paper_that_was_first_counts_also_for_what_others_took_from_it() -> None:
    """The site took both of its texts from the paper: it adds nothing."""
    reports = [
        report("krant"),
        report("krant", RETOLD, hours=1),
        report("site", AGENCY[:300], hours=2),
        report("site", RETOLD, hours=3),
    ]
    assert originals(reports, SOURCES) == reports[:2]
    assert independent(reports, SOURCES) == 1


def test_a_text_gets_no_more_say_in_the_category_by_being_printed_often() -> None:
    match = a_reading(category=Category.FOOTBALL, confidence=0.6)
    copies = [report(f"blad-{n}", reading=match, hours=n) for n in range(3)]
    own = report("omroep", RETOLD, reading=a_reading(confidence=0.9))
    assert picture_of([*copies, own], SOURCES).category is Category.DEMONSTRATION


def test_only_the_newest_version_of_an_entry_is_counted() -> None:
    first = report("krant", entry="e")
    corrected = report("krant", RETOLD, entry="e", hours=2)
    copy = report("site", AGENCY, hours=1)
    picture = picture_of([first, copy, corrected], SOURCES)
    assert (picture.reports, picture.sources) == (2, 2)


_SENTENCES = [f"{s.strip()}." for s in f"{AGENCY} {RETOLD}".split(". ")]
_REPORTS = st.lists(
    st.builds(
        report,
        st.sampled_from([*SOURCES, "vroeger"]),
        st.lists(st.sampled_from([*_SENTENCES, "Bron: ANP", "RTV Noord meldt dit."]), max_size=6).map(" ".join),
        title=st.sampled_from(["", HEADLINE]),
        hours=st.integers(0, 3),
    ),
    min_size=1,
    max_size=9,
)


def publishers(reports: list[Item], sources: Mapping[str, Source]) -> set[str]:
    """Who published them."""
    return {sources[r.source].publisher if r.source in sources else r.source for r in reports}


@given(_REPORTS, st.data())
def test_the_count_knows_no_order_and_never_exceeds_the_publishers(reports: list[Item], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(reports))
    count = independent(reports, SOURCES)
    assert 1 <= count <= len(publishers(reports, SOURCES))
    assert independent(shuffled, SOURCES) == count
    assert {r.fingerprint for r in originals(shuffled, SOURCES)} == {r.fingerprint for r in originals(reports, SOURCES)}


@given(_REPORTS)
def test_a_second_copy_of_every_report_adds_no_source(reports: list[Item]) -> None:
    """Wherever it is printed, as long as it came later."""
    again = [report("site", r.extract, title=r.title, hours=9) for r in reports if len(r.extract) > len(HEADLINE) * 3]
    assert independent([*reports, *again], SOURCES) <= independent(reports, SOURCES)
