"""The text of an entry's own page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect.formats.article import ARTICLE_AT_MOST, ARTICLE_OPTION, article_of
from monitor.collect.formats.page import OPTIONS
from monitor.domain import Source
from monitor.errors import Changed, NotAFeed, SelectorMissing
from tests.monitor.collect.build import a_fetched, a_source

FIRST = (
    "De gemeente sluit zaterdag de Grote Markt af voor een demonstratie waar enkele duizenden mensen worden verwacht. "
    "De politie houdt rekening met drukte rond het station en in de binnenstad."
)
SECOND = (
    "Het verkeer wordt de hele middag omgeleid en bussen rijden niet door het centrum. Bewoners kunnen met vragen "
    "terecht bij het informatiepunt op het plein, dat de hele dag open is."
)
PAGE = f"""<!doctype html><html lang="nl"><head><title>Grote Markt dicht</title>
<meta name="author" content="Wobke Verzonnen">
<script>var reader = "Wobke Verzonnen"</script></head><body>
<nav><a href="/">Voorpagina</a><a href="/sport">Sport</a></nav>
<article><h1>Grote Markt dicht</h1>
<p class="byline">Door Wobke Verzonnen, verslaggever</p><div class="ArticleAuthor_root">Wobke Verzonnen</div>
<p>Foto: Wobke Verzonnen</p>
<p>{FIRST}</p>
<figure><img src="x.jpg"><figcaption>Beeld: Wobke Verzonnen</figcaption></figure>
<p>{SECOND}</p>
<address>redactie@stadsblad.example</address></article>
<section class="comments"><p>Wobke Verzonnen schrijft: {FIRST.upper()}</p></section>
<footer>Contact: Wobke Verzonnen</footer></body></html>"""

ANY = a_source("page")
CHOSEN = a_source("page", options={"article": "article p"})


def test_article_is_found_without_menu_author_or_comments() -> None:
    assert article_of(a_fetched(PAGE), ANY).split("\n") == ["Grote Markt dicht", FIRST, SECOND]


def test_article_is_read_where_the_source_says() -> None:
    assert article_of(a_fetched(PAGE), CHOSEN).split("\n") == [FIRST, SECOND]


def test_block_begins_a_line_and_a_mark_does_not_break_a_word() -> None:
    html = "<article>Op de <b>Vis</b>markt\n is <i>het</i> druk.<br>Er is regen.<ul><li>een</li><li>twee</li></ul>slot"

    assert article_of(a_fetched(html), a_source("page", options={"article": "article"})) == (
        "Op de Vismarkt is het druk.\nEr is regen.\neen\ntwee\nslot"
    )


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Door Wobke Verzonnen", False),
        ("Tekst: Wobke van der Verzonnen | Foto Sietske Fictie", False),
        ("Foto's: ANP", False),
        ("Door brand is de Vismarkt dicht", True),
        ("Door", True),
        ("Foto Een Twee Drie Vier Vijf Zes Zeven Acht Negen Tien", True),
    ],
)
def test_line_that_only_names_a_maker_is_left_out(line: str, kept: bool) -> None:
    text = article_of(a_fetched(f"<article><p>{line}</p><p>Slot.</p></article>"), CHOSEN)

    assert text == (f"{line}\nSlot." if kept else "Slot.")


def test_author_on_the_whole_article_does_not_take_the_article_away() -> None:
    inner = f'<div class="author-text"><p>{(FIRST + SECOND) * 3}</p></div>'
    html = f'<body class="author"><article class="author comments">{inner}</article>'

    assert article_of(a_fetched(html), CHOSEN).startswith(FIRST)


@pytest.mark.parametrize("source", [ANY, CHOSEN])
def test_where_mining_is_reserved_nothing_is_read(source: Source) -> None:
    """R5: by the host, or by the page itself."""
    reserving = PAGE.replace("<head>", '<head><meta name="TDM-Reservation" content="1">')

    assert article_of(a_fetched(PAGE, reserved=True), source) == ""
    assert article_of(a_fetched(reserving), source) == ""


def test_long_article_is_cut_between_words() -> None:
    text = article_of(a_fetched(f"<article><p>{'markt ' * 5_000}</p></article>"), CHOSEN)

    assert text == ("markt " * 5_000)[:ARTICLE_AT_MOST].rsplit(" ", 1)[0]


def test_selector_that_finds_nothing_is_named() -> None:
    with pytest.raises(SelectorMissing, match="selector 'article' finds nothing") as raised:
        article_of(a_fetched(PAGE), a_source("page", options={"article": ".gone"}))

    assert "pas de selector aan" in raised.value.advice


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", "text/html", "empty answer"),
        (PAGE.encode(), "application/json", "article is no page"),
        (PAGE.encode(), "image/png", "article is no page"),
        (b"%PDF-1.7 ...", "", "article is no page"),
        (b"<body><nav><a href='/'>Voorpagina</a></nav></body>", "text/html; charset=utf-8", "no article found"),
        (b"<div>" * 50_000, "text/html", "markup nested too deep"),
    ],
)
def test_answer_without_an_article_is_named(body: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(NotAFeed) as raised:
        article_of(a_fetched(body, content_type=content_type), ANY)

    assert raised.value.reason == reason


def test_option_is_one_of_kind_page_and_reads_no_attribute() -> None:
    assert OPTIONS["article"] is ARTICLE_OPTION
    assert ARTICLE_OPTION.check(".tekst") is None
    assert ARTICLE_OPTION.check(".tekst@title") == "leest geen attribuut; laat '@' weg"


PIECES = st.sampled_from(
    "<p> </p> <div> <br> <article> </article> <table> <td> <ul> <li> <h1> <b> <blockquote> <q> <pre> <svg> <math> "
    "<template> <a_href=http://[> <img_src=//[:> <p_class=author> <iframe> <details> <main> <body> <html_lang='> "
    "<!-- --> & &#55357; \0 \x0b \ud83d een_twee_drie_vier_vijf_zes_zeven_acht_negen_tien.".split()
).map(lambda piece: piece.replace("_", " "))


@pytest.mark.parametrize("source", [ANY, CHOSEN])
@given(st.binary() | st.lists(PIECES, max_size=60).map(lambda some: "".join(some).encode("utf-8", "surrogatepass")))
@settings(deadline=None)
def test_any_bytes_give_a_short_text_or_a_typed_error(source: Source, body: bytes) -> None:
    try:
        text = article_of(a_fetched(body), source)
    except Changed as error:
        assert error.advice.startswith("Bron 'bron' ")
    else:
        assert 0 < len(text) <= ARTICLE_AT_MOST
