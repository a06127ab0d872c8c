"""Kind "sru"."""

from urllib.parse import parse_qs, urlsplit

import pytest

from classifiers import Voice
from monitor.collect import KINDS, parse
from monitor.domain import RawItem
from monitor.errors import Changed
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


@pytest.mark.parametrize(
    "title",
    [
        "Voornemen tot uitschrijving uit de basisregistratie",
        "Besluit uitschrijven BRP",
        "Ambtshalve opneming van gegevens",
        "Vertrokken onbekend waarheen",
    ],
)
def test_every_wording_of_a_deregistration_stays_out(title: str) -> None:
    record = f"<record><recordData><identifier>gmb-1</identifier><title>{title}</title></recordData></record>"

    assert (
        parse(a_fetched(f"<searchRetrieveResponse><records>{record}</records></searchRetrieveResponse>"), GAZETTE) == []
    )


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
    ("body", "reason"),
    [
        (
            "<searchRetrieveResponse><diagnostics><diagnostic/></diagnostics></searchRetrieveResponse>",
            "reports a fault",
        ),
        ("<html><body>Onderhoud</body></html>", "reports a fault"),
        ("", "no readable answer"),
        ("<searchRetrieveResponse>", "no readable answer"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><searchRetrieveResponse>&b;</searchRetrieveResponse>', "no readable answer"),
        ("<a>" * 5000, "no readable answer"),
    ],
)
def test_what_is_no_answer_is_named(body: str, reason: str) -> None:
    with pytest.raises(Changed, match=reason):
        parse(a_fetched(body), GAZETTE)
