"""R11: whatever a source tells about who wrote, asked or will come, an item knows nothing of it."""

from collections.abc import Mapping
from dataclasses import astuple, fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect import KINDS, parse
from monitor.domain import Fetched, RawItem, Source, Told
from monitor.errors import Changed
from tests.monitor.collect.build import a_fetched, a_source, sample
from tests.monitor.collect.formats.test_json_api import SHIPPED
from tests.monitor.collect.formats.test_page import a_page

SAMPLES: Mapping[str, Source] = {
    "nieuws.rss": a_source(),
    "nieuws.atom": a_source(),
    "nieuws.rdf": a_source(),
    "agenda.ics": a_source("ics"),
    "agenda.html": a_page(),
    "politie.json": SHIPPED["politie-nieuws"],
    "eredivisie.json": SHIPPED["openfootball"],
    "schoolvakanties.json": SHIPPED["schoolvakanties"],
    "bekendmakingen.xml": SHIPPED["koop-sru"],
    "planning.xml": a_source("datex"),
    "waarschuwing.cap": a_source("cap"),
}


def everything_in(items: list[RawItem]) -> str:
    return " ".join(str(astuple(item)) for item in items)


@pytest.mark.parametrize("name", list(SAMPLES))
def test_no_name_from_the_source_survives(name: str) -> None:
    fetched = sample(name)

    assert b"Wobke Verzonnen" in fetched.body
    assert "wobke" not in everything_in(parse(fetched, SAMPLES[name])).lower()


def test_every_kind_is_tried_here() -> None:
    assert {source.kind for source in SAMPLES.values()} == set(KINDS)


def test_item_has_no_place_for_a_person() -> None:
    names = {field.name for noun in (RawItem, Told) for field in fields(noun)}

    assert not {"author", "creator", "account", "handle", "avatar", "followers", "mentions", "reply_to"} & names


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N"), exclude_characters="\x7f"), min_size=1, max_size=12)
UNTIMED = settings(deadline=None)
"""A busy machine may be slow; nothing here measures time."""

PERSON_ELEMENTS = ("author", "dc:creator", "managingEditor", "webMaster", "media:credit", "itunes:author", "comments")


@UNTIMED
@given(element=st.sampled_from(PERSON_ELEMENTS), name=WORDS)
def test_no_element_about_a_person_reaches_an_item(element: str, name: str) -> None:
    planted = f"VERZONNEN{name}"
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    )
    entry = f"<item><title>t</title><guid>1</guid><{element}>{planted}</{element}><description>d</description></item>"

    items = parse(a_fetched(f"<rss version='2.0' {spaces}><channel>{entry}</channel></rss>"), a_source())

    assert len(items) == 1
    assert "VERZONNEN" not in everything_in(items)


@UNTIMED
@given(body=st.binary(max_size=400), kind=st.sampled_from(sorted(KINDS)))
def test_rubbish_gives_items_or_a_named_fault_and_nothing_else(body: bytes, kind: str) -> None:
    source = {"feed": a_source(), "ics": a_source("ics"), "page": a_page()}.get(kind)
    source = source or {"json": SHIPPED["politie-nieuws"], "sru": SHIPPED["koop-sru"]}.get(kind, a_source(kind))
    fetched: Fetched = a_fetched(body)
    try:
        items = parse(fetched, source)
    except Changed as fault:
        assert fault.advice.startswith(f"Bron '{source.id}' ")
    else:
        assert all(item.source == source.id for item in items)
