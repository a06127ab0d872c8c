"""robots.txt by RFC 9309; the examples of §2.2.2 and §5 among them."""

import pytest

from monitor.collect.network.robots import ALLOW_ALL, Rules, rules_of


@pytest.mark.parametrize(
    ("rule", "path", "allowed"),
    [
        ("/", "/anything", False),
        ("", "/anything", True),
        ("/foo", "/foo/bar", False),
        ("/foo", "/Foo", True),
        ("/*.gif$", "/a/b.gif", False),
        ("/*.gif$", "/a/b.gif?x=1", True),
        ("/this/*/exactly", "/this/path/exactly", False),
        ("/this/*/exactly", "/this/exactly", True),
        ("*feed", "/nieuws/feed.xml", False),
        ("/foo/bar?baz=https://foo.bar", "/foo/bar?baz=https://foo.bar", False),
        ("/foo/bar/ツ", "/foo/bar/%E3%83%84", False),
        ("/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84", False),
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", False),
        ("/a%3cd.html", "/a%3Cd.html", False),
        ("/a$b", "/a$b", False),
        ("/x*y*z$", "/xyyz", False),
        ("/x*y*z$", "/xyyzq", True),
        ("/*" * 40 + "$", "/" * 400, False),
        ("/met-een-%2A.html", "/met-een-*.html", False),
        ("/met-een-%2A.html", "/met-een-x.html", True),
        ("/geld-%24", "/geld-$", False),
        ("/geld-$", "/geld-$", True),
        ("/nieuws\u2028/feed", "/nieuws%E2%80%A8/feed", False),
    ],
)
def test_pattern_matches_from_the_start(rule: str, path: str, allowed: bool) -> None:
    assert rules_of(f"User-agent: *\nDisallow: {rule}").allow(path) is allowed


def test_longest_match_counts_and_allow_wins_a_tie() -> None:
    rules = rules_of("User-agent: *\nDisallow: /page\nAllow: /page\nDisallow: /page/private\nAllow: /page/private/open")

    allowed = {path: rules.allow(path) for path in ("/page", "/page/private/x", "/page/private/open/x", "/")}

    assert allowed == {"/page": True, "/page/private/x": False, "/page/private/open/x": True, "/": True}


def test_group_that_names_us_counts_alone_and_groups_that_name_us_twice_are_one() -> None:
    text = (
        "User-agent: *\nDisallow: /\n\n"
        "User-agent: Elders\nUser-agent: TorenWacht/2.0\nDisallow: /a\n\n"
        "User-agent: torenwacht\nDisallow: /b\n"
    )

    rules = rules_of(text)

    assert rules == Rules((("/a", False), ("/b", False)))


def test_other_lines_do_not_end_a_group() -> None:
    rules = rules_of(
        "\ufeffuser-agent : * # everyone\n\nSitemap: https://a.example/map\nUser-agent: torenwacht\nDISALLOW:/x"
    )

    assert rules == Rules((("/x", False),))


@pytest.mark.parametrize(
    "text", ["", "Disallow: /", "<html><body>404</body></html>", "User-agent: elders\nDisallow: /"]
)
def test_file_that_says_nothing_to_us_allows_everything(text: str) -> None:
    assert rules_of(text) == ALLOW_ALL


@pytest.mark.parametrize(("value", "seconds"), [("10", 10.0), ("0.5", 0.5), ("3600", 60.0), ("soon", 0.0), ("-1", 0.0)])
def test_crawl_delay_is_a_number_of_seconds_up_to_a_minute(value: str, seconds: float) -> None:
    assert rules_of(f"User-agent: *\nCrawl-delay: {value}").delay == seconds


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_of_three_ways(end: str) -> None:
    text = end.join(["\ufeffUser-agent: torenwacht", "Disallow: /a", "", "Disallow: /b"])

    assert rules_of(text) == Rules((("/a", False), ("/b", False)))


def test_one_group_may_speak_to_several_and_several_groups_to_everyone() -> None:
    text = "User-agent: a\nUser-agent: *\nDisallow: /x\n\nUser-agent: b\nDisallow: /y\n\nUser-agent: *\nDisallow: /z"

    assert rules_of(text) == Rules((("/x", False), ("/z", False)))
