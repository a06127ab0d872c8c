"""What an address seems to be."""

import pytest

from monitor.collect.guess import feeds_named, kind_of
from tests.monitor.collect.build import a_fetched

PAGE = """<!doctype html><html><head>
<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" hreflang="en" href="/en">
<link rel="ALTERNATE stylesheet" type="Application/Atom+XML" href="https://elders.example/atom"></head>
<body><a href="agenda.ics">Agenda</a><a href="agenda.ics">Nog eens</a><a href="/nieuws">Nieuws</a></body></html>"""


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ('<?xml version="1.0"?>\n<rss version="2.0"><channel/></rss>', "feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"/>', "feed"),
        ('<rdf:RDF xmlns:rdf="x"/>', "feed"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        ('{"items": []}', "json"),
        ("[1, 2]", "json"),
        ("{kapot", "page"),
        ("BEGIN:VCALENDAR\r\nEND:VCALENDAR", "ics"),
        ('<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>', "cap"),
        ('<sru:searchRetrieveResponse xmlns:sru="x"/>', "sru"),
        (PAGE, "page"),
        ("", "page"),
    ],
)
def test_the_kind_is_seen_in_the_first_words(body: str, kind: str) -> None:
    assert kind_of(a_fetched(body)) == kind


def test_the_feeds_that_a_page_names_are_told_and_not_followed() -> None:
    assert feeds_named(a_fetched(PAGE)) == (
        "https://nieuws.example/feed",
        "https://elders.example/atom",
        "https://nieuws.example/agenda.ics",
    )
