"""Kind "page": where the list goes on, what an empty agenda is, and what an entry is known by."""

import pytest
from structlog.testing import capture_logs

from classifiers import Period, Precision
from monitor.collect.formats import json_api
from monitor.collect.formats.page import OPTIONS, more, page_limit, parse
from monitor.domain import Source
from monitor.errors import NotAFeed, SelectorMissing
from tests.monitor.collect.build import a_fetched, a_source, local

ENTRY = '<li><a href="/een">Een</a><i>5 mei 2027</i></li>'
HERE = "https://nieuws.example/agenda?p=1"


def a_list(**options: object) -> Source:
    return a_source("page", options={"list": "li", "title": "a", "date": "i", **options})


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a class="next" href="?p=2">', "https://nieuws.example/agenda?p=2"),
        ('<a class="next" href="/agenda?p=2#lijst">', "https://nieuws.example/agenda?p=2"),
        ('<base href="/site/"><a class="next" href="p2">', "https://nieuws.example/site/p2"),
        ('<a class="next" href="https://elders.example/agenda?p=2">', None),
        ('<a class="next" href="http://nieuws.example/agenda?p=2">', None),
        ('<a class="next" href="https://nieuws.example:8443/agenda?p=2">', None),
        ('<a class="next" href="https://nieuws.example/agenda?p=1#top">', None),
        ('<a class="next" href="javascript:more()">', None),
        ('<a class="next" href="https://[oops/">', None),
        ('<a class="next" href="">', None),
        ('<a class="next">', None),
        ("<a>", None),
        ("", None),
    ],
)
def test_list_goes_on_at_the_next_page_of_the_same_host(html: str, expected: str | None) -> None:
    assert more(a_fetched(ENTRY + html if html else "", url=HERE), a_list(next="a.next")) == expected


def test_list_without_next_is_one_page() -> None:
    assert more(a_fetched('<a class="next" href="?p=2">', url=HERE), a_list(pages=5)) is None


@pytest.mark.parametrize(
    ("options", "expected"), [({}, 1), ({"pages": 5}, 1), ({"next": "a"}, 3), ({"next": "a", "pages": 10}, 10)]
)
def test_pages_are_limited(options: dict[str, object], expected: int) -> None:
    assert page_limit(a_list(**options)) == expected


@pytest.mark.parametrize("value", [0, 11, "3", True, 2.0, None])
def test_pages_must_be_one_to_ten(value: object) -> None:
    for options in (OPTIONS, json_api.OPTIONS):
        assert options["pages"].check(value) == "moet een heel getal zijn van 1 tot en met 10"


@pytest.mark.parametrize("empty", [".geen-resultaten", 'p:lexbor-contains("geen evenementen" i)'])
def test_agenda_that_says_it_is_empty_is_no_fault(empty: str) -> None:
    page = a_fetched('<p class="geen-resultaten">Er zijn geen evenementen.</p>')

    assert parse(page, a_list(empty=empty)) == []


def test_agenda_without_list_that_does_not_say_it_is_empty_was_rebuilt() -> None:
    with pytest.raises(SelectorMissing, match="selector 'list' finds nothing"):
        parse(a_fetched("<p>Welkom</p>"), a_list(empty=".geen-resultaten"))


def test_entries_that_lack_a_title_or_a_date_do_not_cost_the_others_and_are_counted() -> None:
    html = ENTRY + '<li><a href="/twee">Twee</a><i>volgt</i></li><li><a href="/drie"></a><i>6 mei 2027</i></li>'

    with capture_logs() as logs:
        items = parse(a_fetched(html), a_list())

    assert [(item.title, item.told.period) for item in items] == [
        ("Een", Period(local(2027, 5, 5), local(2027, 5, 6), Precision.DAY)),
        ("Twee", None),
    ]
    assert logs == [{"event": "page.incomplete", "log_level": "info", "source": "bron", "untitled": 1, "undated": 1}]


@pytest.mark.parametrize(
    ("entry", "options", "expected"),
    [
        ('<li data-id="7"><a href="/a">A</a>', {"id": "@data-id"}, "7"),
        ('<li><a href="/a">A</a><b>nr 7</b>', {"id": "b"}, "nr 7"),
        ('<li><a href="/a">A</a>', {"id": "@data-id"}, "https://nieuws.example/a"),
        ('<li><a href="/a?utm_source=x&amp;id=3&amp;fbclid=y">A</a>', {}, "https://nieuws.example/a?id=3"),
        ('<li><a href="/a?utm_source=x#deel">A</a>', {}, "https://nieuws.example/a"),
        ('<li><a href="/a#deel-2">A</a>', {}, "https://nieuws.example/a#deel-2"),
        ('<li><a href="mailto:wobke@stadsblad.example">A</a>', {}, "A"),
        ("<li><a>A</a>", {}, "A"),
    ],
)
def test_entry_is_known_by_its_id_or_its_link_and_only_without_both_by_its_title(
    entry: str, options: dict[str, object], expected: str
) -> None:
    (item,) = parse(a_fetched(entry), a_source("page", options={"list": "li", "title": "a", **options}))

    assert item.key == expected


def test_entries_that_share_link_and_day_are_told_apart_by_their_title() -> None:
    html = "".join(f'<li><a href="/week">{name}</a><i>5 mei 2027</i></li>' for name in ("Markt", "Loop"))

    assert [item.key for item in parse(a_fetched(html), a_list())] == [
        "https://nieuws.example/week@2027-05-05@Markt",
        "https://nieuws.example/week@2027-05-05@Loop",
    ]


def test_entry_that_stands_on_the_page_twice_comes_once() -> None:
    """A list for telephones beside one for screens."""
    assert [item.key for item in parse(a_fetched(ENTRY + ENTRY), a_list())] == ["https://nieuws.example/een"]


def test_range_of_days_is_the_period_when_no_end_is_named() -> None:
    (item,) = parse(a_fetched("<li><a>Kermis</a><i>21 t/m 23 november 2026</i></li>"), a_list())

    assert item.told.period == Period(local(2026, 11, 21), local(2026, 11, 24), Precision.DAY)


def test_end_of_its_own_goes_before_the_end_of_the_range() -> None:
    html = "<li><a>Kermis</a><i>21 t/m 23 november 2026</i><b>25 november 2026</b></li>"

    (item,) = parse(a_fetched(html), a_list(end="b"))

    assert item.told.period == Period(local(2026, 11, 21), local(2026, 11, 26), Precision.DAY)


def test_scripts_in_an_entry_are_not_read() -> None:
    html = "<li><a>Kermis<script>var x = 'Wobke Verzonnen'</script></a><p>Op het <style>p {}</style> plein</p></li>"

    (item,) = parse(a_fetched(html), a_source("page", options={"list": "li", "title": "a", "text": "p"}))

    assert (item.title, item.text) == ("Kermis", "Op het plein")


def test_empty_answer_is_no_page() -> None:
    with pytest.raises(NotAFeed, match="empty answer"):
        parse(a_fetched(" \n"), a_list())
