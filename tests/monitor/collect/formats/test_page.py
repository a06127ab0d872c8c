"""Kind "page"."""

import pytest

from classifiers import Category, Period, Precision, Voice
from monitor.collect import parse
from monitor.domain import RawItem, Source, Told
from monitor.errors import NotAFeed, SelectorMissing
from tests.monitor.collect.build import a_fetched, a_source, local, sample

OPTIONS = {
    "list": "article.event",
    "title": "h2",
    "text": ".lead",
    "date": ".when",
    "place": ".where",
    "link": "h2 a",
    "category": "evenement",
}


def a_page(**changed: object) -> Source:
    options = {name: value for name, value in {**OPTIONS, **changed}.items() if value is not None}
    return a_source("page", voice=Voice.AGENDA, options=options)


def test_list_gives_its_entries_with_day_place_and_link() -> None:
    items = parse(sample("agenda.html"), a_page())

    assert items == [
        RawItem(
            source="bron",
            key="https://nieuws.example/agenda/bevrijdingsfestival",
            title="Bevrijdingsfestival",
            text="Muziek op vier podia.",
            url="https://nieuws.example/agenda/bevrijdingsfestival",
            published=None,
            told=Told(
                Period(local(2027, 5, 5), local(2027, 5, 6), Precision.DAY), "Stadspark", category=Category.EVENT
            ),
            voice=Voice.AGENDA,
        ),
        RawItem(
            source="bron",
            key="https://elders.example/loop",
            title="Stadsloop",
            text="",
            url="https://elders.example/loop",
            published=None,
            told=Told(
                Period(local(2026, 12, 6, 10, 30), None, Precision.MINUTE), "Grote Markt", category=Category.EVENT
            ),
            voice=Voice.AGENDA,
        ),
    ]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"list": "div.gone"}, "selector 'list' finds nothing"),
        ({"title": "h5"}, "selector 'title' finds nothing"),
        ({"date": ".gone"}, "selector 'date' finds nothing"),
        ({"published": "time@datetime"}, "selector 'published' finds nothing"),
        ({"date_format": "%Y/%m/%d"}, "selector 'date' finds nothing"),
    ],
)
def test_page_that_was_rebuilt_is_named(changed: dict[str, object], reason: str) -> None:
    with pytest.raises(SelectorMissing) as raised:
        parse(sample("agenda.html"), a_page(**changed))

    assert raised.value.reason == reason
    assert "pas de selector aan in sources.toml" in raised.value.advice


def test_attribute_is_read_behind_the_at_sign() -> None:
    html = '<li><a href="/x" title="Optocht">meer</a><time datetime="2026-12-05T14:00:00+01:00">za</time></li>'

    source = a_source("page", options={"list": "li", "title": "a@title", "published": "time@datetime"})
    (item,) = parse(a_fetched(html), source)

    assert (item.title, item.url, item.published) == ("Optocht", "https://nieuws.example/x", local(2026, 12, 5, 14))


def test_entry_that_is_itself_the_link_is_read() -> None:
    html = '<a class="card" href="/a?b=1"><b>Een</b></a>'

    (item,) = parse(a_fetched(html), a_source("page", options={"list": "a.card", "title": "b"}))

    assert item.url == "https://nieuws.example/a?b=1"


def test_dutch_months_are_read_by_a_pattern() -> None:
    html = "<li><b>Een</b><i>5 mei 2027</i></li>"

    source = a_source("page", options={"list": "li", "title": "b", "date": "i", "date_format": "%d %B %Y"})
    (item,) = parse(a_fetched(html), source)

    assert item.told.period == Period(local(2027, 5, 5), local(2027, 5, 6), Precision.DAY)


def test_where_the_page_reserves_mining_the_text_stays_out() -> None:
    """R5."""
    html = '<meta name="tdm-reservation" content="1"><li><b>Een</b><p>Inleiding</p></li>'

    (item,) = parse(a_fetched(html), a_source("page", options={"list": "li", "title": "b", "text": "p"}))

    assert (item.title, item.text) == ("Een", "")


def test_entries_that_share_a_link_are_told_apart_by_their_day() -> None:
    html = "".join(f'<li><a href="/film">Film</a><i>{day} december 2026</i></li>' for day in (4, 5))

    items = parse(a_fetched(html), a_source("page", options={"list": "li", "title": "a", "date": "i"}))

    assert [item.key for item in items] == [
        "https://nieuws.example/film@2026-12-04",
        "https://nieuws.example/film@2026-12-05",
    ]


def test_empty_page_is_named() -> None:
    with pytest.raises(NotAFeed, match="empty answer"):
        parse(a_fetched(b"\n"), a_page())
