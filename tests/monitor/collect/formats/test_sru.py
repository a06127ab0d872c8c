"""Kind "sru"."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import Voice
from monitor.collect import KINDS, parse
from monitor.collect.formats.sru import MOST, more
from monitor.domain import Fetched, RawItem
from monitor.errors import Changed, NotAFeed, SelectorMissing
from tests.monitor.collect.build import NOW, a_fetched, a_source, local, sample

GAZETTE = a_source(
    "sru",
    url="https://repository.example/sru",
    hosts=("repository.example",),
    voice=Voice.GAZETTE,
    options={"creator": "Groningen", "terms": ["evenement", "optocht"]},
)


def test_question_names_publisher_words_and_the_last_fortnight() -> None:
    address = urlsplit(KINDS["sru"].address(GAZETTE, NOW))

    assert f"{address.scheme}://{address.netloc}{address.path}" == "https://repository.example/sru"
    assert parse_qs(address.query) == {
        "operation": ["searchRetrieve"],
        "version": ["2.0"],
        "recordSchema": ["gzd"],
        "startRecord": ["1"],
        "maximumRecords": ["100"],
        "query": [
            'c.product-area=="officielepublicaties" AND w.organisatietype=="gemeente" AND dt.creator=="Groningen"'
            ' AND dt.available>="2026-11-08" AND cql.textAndIndexes any "evenement optocht"'
            " sortBy dt.date/sort.descending"
        ],
    }


def test_publications_come_in_and_deregistrations_stay_out() -> None:
    """R19."""
    assert parse(sample("bekendmakingen.xml"), GAZETTE) == [
        RawItem(
            source="bron",
            key="gmb-2026-500001",
            title="Verleende evenementenvergunning Stadsloop, Grote Markt",
            text="De loop is op zondag 6 december 2026.",
            url="https://zoek.officielebekendmakingen.nl/gmb-2026-500001.html",
            published=local(2026, 11, 20),
            voice=Voice.GAZETTE,
        )
    ]


def a_record(title: str = "Verkeersbesluit", *, abstract: str = "", more: str = "") -> str:
    told = f"<identifier>gmb-2026-7</identifier><title>{title}</title><abstract>{abstract}</abstract>{more}"
    return f"<record><recordData>{told}</recordData></record>"


def an_answer(*records: str, total: int | None = None, url: str = "https://repository.example/sru?query=a") -> Fetched:
    count = "" if total is None else f"<s:numberOfRecords>{total}</s:numberOfRecords>"
    inner = f"{count}<s:records>{''.join(records)}</s:records>"
    return a_fetched(f'<s:searchRetrieveResponse xmlns:s="a">{inner}</s:searchRetrieveResponse>', url=url)


DEREGISTRATIONS = [
    "Voornemen tot uitschrijving uit de basisregistratie",
    "Besluit tot uitschrijving",
    "BESLUIT TOT UITSCHRIJVING",
    "Besluit uitschrijven BRP",
    "Voornemen om uit te schrijven",
    "Uitgeschreven uit de gemeente",
    "Ambtshalve opneming van gegevens",
    "Ambtshalve wijziging adresgegevens",
    "ambtshalve vertrek",
    "Vertrokken onbekend waarheen",
    "Vertrokken met onbekende bestemming",
    "Vertrokken naar onbekend",
    "Besluit basisregistratie personen",
    "Basisregistratie Personen, artikel 2.22",
    "Besluit brp",
    "Gemeentelijke basisadministratie",
    "Bijhouding persoonslijst",
    "Registratie niet-ingezetenen",
    "Uit&#xAD;schrijving",
    "Vertrokken\nonbekend&#xA0;waarheen",
    "Ｕitschrijving",
]


@pytest.mark.parametrize("words", DEREGISTRATIONS)
def test_every_wording_of_a_deregistration_stays_out_wherever_it_stands(words: str) -> None:
    """R19."""
    answer = an_answer(
        a_record(words), a_record("Besluit", abstract=words), a_record("Besluit", more=f"<subject>{words}</subject>")
    )

    assert parse(answer, GAZETTE) == []


@pytest.mark.parametrize(
    "title",
    [
        "Ambtshalve intrekking evenementenvergunning Grote Markt",
        "Ambtshalve wijziging omgevingsvergunning",
        "Verkeersbesluit afsluiting Oosterstraat",
        "Inschrijving voor standplaatsen op de kermis",
    ],
)
def test_other_notices_come_in(title: str) -> None:
    assert [item.title for item in parse(an_answer(a_record(title)), GAZETTE)] == [title]


def test_publication_without_an_address_gets_that_of_its_page() -> None:
    record = (
        "<record><recordData><identifier>gmb-2026-7</identifier><title>Verkeersbesluit</title></recordData></record>"
    )

    (item,) = parse(a_fetched(f"<searchRetrieveResponse>{record}</searchRetrieveResponse>"), GAZETTE)

    assert (item.url, item.published) == ("https://zoek.officielebekendmakingen.nl/gmb-2026-7.html", None)


def test_answer_without_records_gives_none() -> None:
    body = "<searchRetrieveResponse><numberOfRecords>0</numberOfRecords></searchRetrieveResponse>"

    assert parse(a_fetched(body), GAZETTE) == []


@pytest.mark.parametrize(
    "packed",
    [
        "&lt;gzd>&lt;identifier>gmb-2026-7&lt;/identifier>&lt;title>Optocht&lt;/title>&lt;/gzd>",
        "&lt;?xml version='1.0'?>\n&lt;a>&lt;identifier>gmb-2026-7&lt;/identifier>&lt;title>Optocht&lt;/title>&lt;/a>",
        "<dc:dc xmlns:dc='d'><dc:identifier>gmb-2026-7</dc:identifier><dc:title>Optocht</dc:title></dc:dc>",
        "<x><owmskern><identifier>gmb-2026-7</identifier><title> </title><title>Optocht</title></owmskern></x>",
    ],
)
def test_record_is_read_in_every_schema_and_packing(packed: str) -> None:
    (item,) = parse(an_answer(f"<record><recordData>{packed}</recordData></record>"), GAZETTE)

    assert (item.key, item.title) == ("gmb-2026-7", "Optocht")


def test_record_whose_packed_data_cannot_be_read_stays_out_alone() -> None:
    broken = "<record><recordData>&lt;gzd>&lt;title>Besluit tot</recordData></record>"

    assert [item.title for item in parse(an_answer(broken, a_record()), GAZETTE)] == ["Verkeersbesluit"]


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ("<available>2026-11-20</available><date>2026-11-19</date>", (2026, 11, 20)),
        ("<date>2026-11-19</date><modified>2026-11-21</modified>", (2026, 11, 19)),
        ("<available>onbekend</available><modified>2026-11-21</modified>", (2026, 11, 21)),
        ("<available>0000-00-00</available><date>9999-12-31</date>", None),
        ("", None),
    ],
)
def test_publication_is_dated_by_when_it_became_available(dates: str, day: tuple[int, int, int] | None) -> None:
    (item,) = parse(an_answer(a_record(more=dates)), GAZETTE)

    assert item.published == (local(*day) if day else None)


def test_next_page_begins_where_this_one_ended() -> None:
    first = KINDS["sru"].address(GAZETTE, NOW)
    page = [a_record()] * 100

    second = more(an_answer(*page, total=250, url=first), GAZETTE)
    third = more(an_answer(*page, total=250, url=second or ""), GAZETTE)
    fourth = more(an_answer(*page[:50], total=250, url=third or ""), GAZETTE)

    assert [second, third, fourth] == [
        first.replace("startRecord=1", "startRecord=101"),
        first.replace("startRecord=1", "startRecord=201"),
        None,
    ]


def test_service_that_gives_less_than_asked_is_asked_for_the_rest() -> None:
    assert (
        more(an_answer(*[a_record()] * 50, total=60), GAZETTE)
        == "https://repository.example/sru?query=a&startRecord=51"
    )


@pytest.mark.parametrize(
    "answer",
    [
        an_answer(total=250),
        an_answer(a_record()),
        an_answer(a_record(), total=1),
        an_answer(a_record(), total=5, url="https://repository.example/sru?startRecord=1000"),
        an_answer(a_record(), total=5, url="https://[oops"),
        a_fetched(b"\x00\xff"),
    ],
)
def test_there_is_no_next_page_after_the_last_or_after_nonsense(answer: Fetched) -> None:
    assert more(answer, GAZETTE) is None


def test_more_publications_than_ten_pages_ask_for_a_smaller_window() -> None:
    with pytest.raises(Changed, match="more publications than can be asked for") as fault:
        parse(an_answer(a_record(), total=MOST + 1), GAZETTE)

    assert "minder 'days'" in fault.value.advice
    assert len(parse(an_answer(a_record(), total=MOST), GAZETTE)) == 1


FAULT = "<d:diagnostic xmlns:d='e'><d:uri>info:srw/diagnostic/1/10</d:uri></d:diagnostic>"


@pytest.mark.parametrize(
    "body",
    [
        f"<searchRetrieveResponse><diagnostics>{FAULT}</diagnostics></searchRetrieveResponse>",
        f"<s:searchRetrieveResponse xmlns:s='a'><s:diagnostics>{FAULT}</s:diagnostics></s:searchRetrieveResponse>",
        f"<searchRetrieveResponse><records>{a_record()}</records><diagnostics>{FAULT}</diagnostics></searchRetrieveResponse>",
        f"<searchRetrieveResponse><diagnostics>{FAULT}</diagnostics><records>{a_record()}</records></searchRetrieveResponse>",
        f"<searchRetrieveResponse><records><record><recordData>{FAULT}</recordData></record></records></searchRetrieveResponse>",
        f"<searchRetrieveResponse>{FAULT}</searchRetrieveResponse>",
        f"<diagnostics>{FAULT}</diagnostics>",
        FAULT,
    ],
)
def test_every_diagnostic_is_a_fault_wherever_it_stands(body: str) -> None:
    with pytest.raises(Changed, match="reports a fault"):
        parse(a_fetched(body), GAZETTE)


@pytest.mark.parametrize(
    "body",
    [
        "<searchRetrieveResponse/>",
        "<searchRetrieveResponse><numberOfRecords>3</numberOfRecords></searchRetrieveResponse>",
        f"<searchRetrieveResponse>{a_record('')}</searchRetrieveResponse>",
    ],
)
def test_answer_without_what_we_read_is_told(body: str) -> None:
    with pytest.raises(SelectorMissing, match="missing"):
        parse(a_fetched(body), GAZETTE)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html><body>Onderhoud</body></html>",
        "<searchRetrieveResponse>",
        "<searchRetrieveResponse>\0</searchRetrieveResponse>",
        '<!DOCTYPE a [<!ENTITY b "c">]><searchRetrieveResponse>&b;</searchRetrieveResponse>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><searchRetrieveResponse>&b;</searchRetrieveResponse>',
        "<a>" * 5000,
    ],
)
def test_what_is_no_answer_is_named(body: str) -> None:
    with pytest.raises(NotAFeed, match="no readable answer"):
        parse(a_fetched(body), GAZETTE)


def test_fifty_thousand_records_come_in() -> None:
    assert len(parse(an_answer(*[a_record()] * 50_000), GAZETTE)) == 50_000


SCRAPS = st.sampled_from([a_record(), a_record("BRP"), FAULT, "<record>", "</record>", "<a>", "</a>", "&b;", "\0", "x"])


@settings(deadline=None)
@given(st.lists(SCRAPS, max_size=8), st.text(max_size=20))
def test_anything_gives_items_or_a_named_fault(scraps: list[str], words: str) -> None:
    for body in ("".join(scraps), f"<searchRetrieveResponse>{''.join(scraps)}{words}</searchRetrieveResponse>"):
        fetched = a_fetched(body.encode("utf-8", "replace"), url=f"https://repository.example/sru?{words}")
        try:
            items = parse(fetched, GAZETTE)
        except Changed as fault:
            assert fault.advice.startswith("Bron 'bron' ")
        else:
            assert all(item.title != "BRP" for item in items)
        following = more(fetched, GAZETTE)
        assert following is None or following.startswith("https://repository.example/sru?")
