"""Kind "page" and any bytes: entries or a typed error, in bounded work."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect.formats.page import AT_MOST, NESTED_AT_MOST, more, parse
from monitor.errors import Changed, NotAFeed
from tests.monitor.collect.build import a_fetched, a_source

SOURCE = a_source(
    "page",
    options={
        "list": "li, div",
        "title": "b",
        "text": "p",
        "date": "i",
        "published": "time@datetime",
        "place": "u",
        "id": "@id",
        "next": "a",
        "empty": "s",
    },
)
UNDATED = a_source("page", options={"list": "li, div", "title": "b", "text": "p"})
ROW = "<li><b>Een</b><i>5 mei 2027</i><time datetime='2026-11-20'>"

PIECES = st.sampled_from(
    "<li> </li> <div> </div> <b> </b> <i> <p> <a <a_href= '/x' \" ' = > < & &amp; &#0; \0 <!-- --> <table> <svg> "
    "<path/> <script> </script> <template> <base_href='//['> 5_mei_2027 21_t/m_23_nov vandaag 31-02-2027 99:99 "
    "10.00_-_12.00_uur é \ud83d 0000-00-00 9999-12-31 <time_datetime='9999-12-31T23:59:59-14:00'> <s> <math> <select> "
    "</p> <textarea> <frameset>".split()
).map(lambda piece: piece.replace("_", " "))


def answers(body: bytes) -> None:
    """Entries, or an error that says what is wrong; and a next page or none."""
    fetched = a_fetched(body)
    try:
        assert all(item.title and item.key for item in parse(fetched, SOURCE))
    except Changed as error:
        assert error.advice.startswith("Bron 'bron' ")
    assert (more(fetched, SOURCE) or "https://nieuws.example").startswith("https://nieuws.example")


@given(st.binary())
@settings(deadline=None)
def test_any_bytes_give_entries_or_a_typed_error(body: bytes) -> None:
    answers(body)


@given(st.lists(PIECES, max_size=60))
@settings(deadline=None)
def test_any_markup_gives_entries_or_a_typed_error(pieces: list[str]) -> None:
    answers((ROW + "".join(pieces)).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<div>" * 100_000, id="nested"),
        pytest.param("<a><div>" * 3_000, id="links in each other"),
        pytest.param("".join(f"<b id={n}>" for n in range(3_000)) + "<p>x" * 3_000, id="marks that are never closed"),
        pytest.param("".join(f"<b id={n}><!--</b>-->" for n in range(900)) + "<p>x" * 900, id="ends in a comment"),
        pytest.param("<table><tr><td>" * 5_000, id="tables in each other"),
        pytest.param("<li " + " ".join(f"a{n}" for n in range(50_000)) + ">", id="attributes"),
    ],
)
def test_markup_that_would_take_minutes_is_refused(body: str) -> None:
    with pytest.raises(NotAFeed, match="markup nested too deep"):
        parse(a_fetched(body), SOURCE)


def test_drawings_and_open_paragraphs_are_not_deep() -> None:
    drawing = "<svg>" + "<path d='M0 0'/>" * 500 + "</svg>"

    (item,) = parse(a_fetched("<p>x" * 3_000 + drawing + "<li><b>Een</b>"), UNDATED)

    assert item.title == "Een"


def test_list_without_end_is_cut() -> None:
    rows = "".join(f"<li><b>Een {n}</b></li>" for n in range(50_000))

    assert len(parse(a_fetched(rows), UNDATED)) == AT_MOST


def test_entries_in_each_other_are_read_some_levels_deep() -> None:
    body = "".join(f"<div><b>Een {n}</b>" for n in range(50))

    assert [item.title for item in parse(a_fetched(body), UNDATED)] == [f"Een {n}" for n in range(NESTED_AT_MOST + 1)]


def test_attributes_of_megabytes_are_no_links_and_no_keys() -> None:
    body = f'<li id="{"x" * 500_000}"><b>Een</b><a href="/{"y" * 500_000}">'

    (item,) = parse(a_fetched(body), a_source("page", options={"list": "li", "title": "b", "id": "@id"}))

    assert (item.key, item.url) == ("Een", "https://nieuws.example/feed")


def test_text_of_megabytes_is_cut() -> None:
    (item,) = parse(a_fetched("<li><b>Een</b><p>" + "woord " * 200_000), UNDATED)

    assert len(item.text) <= 10_000
