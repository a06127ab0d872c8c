"""Lists of feeds, as feed readers exchange them."""

from dataclasses import replace

import pytest

from monitor.collect.formats.xml_tree import BadXml
from monitor.collect.opml import Outline, read_opml, write_opml
from tests.monitor.collect.build import a_source

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Mijn feeds</title></head><body>
  <outline text="Nieuws">
    <outline type="rss" text="Stadsblad" title="Stadsblad &amp; Streek" xmlUrl="https://stadsblad.example/feed"
             htmlUrl="https://stadsblad.example/"/>
    <outline type="rss" text="Dezelfde" xmlUrl="https://stadsblad.example/feed"/>
    <outline text="Diep"><outline TEXT="Dorpsbode" XMLURL="https://dorpsbode.example/rss"/></outline>
  </outline>
  <outline text="Geen feed" url="https://ergens.example/"/>
</body></opml>"""


def test_every_feed_of_a_list_is_found_once_in_whatever_folder() -> None:
    assert read_opml(LIST) == (
        Outline("Stadsblad & Streek", "https://stadsblad.example/feed", "https://stadsblad.example/"),
        Outline("Dorpsbode", "https://dorpsbode.example/rss"),
    )


@pytest.mark.parametrize("text", ["", "geen xml", "<rss/>", '<!DOCTYPE opml [<!ENTITY a "b">]><opml>&a;</opml>'])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(BadXml):
        read_opml(text)


def test_what_we_follow_can_be_read_back_by_another_reader() -> None:
    feeds = [
        replace(a_source(url="https://b.example/feed?a=1&b=2"), id="b", name='Bode "&" <Blad>'),
        replace(a_source("ics", url="https://a.example/agenda.ics"), id="a", name="Agenda", publisher="Andere"),
        replace(a_source(url="https://c.example/rss"), id="c", name="Courant"),
    ]

    written = write_opml("Bronnen <van> ons", feeds)

    assert read_opml(written) == (
        Outline('Bode "&" <Blad>', "https://b.example/feed?a=1&b=2"),
        Outline("Courant", "https://c.example/rss"),
    )
