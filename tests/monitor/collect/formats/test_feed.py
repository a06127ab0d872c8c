"""Kind "feed"."""

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from monitor.collect import parse
from monitor.collect.formats.feed_lead import LEAD, lead_of
from monitor.collect.formats.feed_pace import fresh_for
from monitor.domain import Handling, RawItem
from monitor.errors import NotAFeed
from tests.monitor.collect.build import a_fetched, a_source, local, sample


def items_of(body: bytes | str, *, content_type: str = "") -> list[RawItem]:
    return parse(a_fetched(body, content_type=content_type), a_source())


def test_rss_gives_its_entries_with_lead_and_never_the_whole_story() -> None:
    items = parse(sample("nieuws.rss"), a_source(handling=Handling.INTERNAL))

    assert items == [
        RawItem(
            source="bron",
            key="stadsblad-1001",
            title="Demonstratie op de Grote Markt",
            text="<p>Zaterdag om 14.00 uur is er een <b>demonstratie</b>.</p>",
            url="https://nieuws.example/2026/11/demonstratie/?utm_source=rss",
            published=datetime(2026, 11, 21, 8, 30, tzinfo=UTC),
            handling=Handling.INTERNAL,
        ),
        RawItem(
            source="bron",
            key="https://nieuws.example/2026/11/weg-dicht/",
            title="Weg dicht bij de Euroborg",
            text="Alleen een heel verhaal , zonder samenvatting.",
            url="https://nieuws.example/2026/11/weg-dicht/",
            published=local(2026, 11, 20, 16),
            handling=Handling.INTERNAL,
        ),
    ]


def test_atom_gives_its_entries_with_absolute_links() -> None:
    assert parse(sample("nieuws.atom"), a_source()) == [
        RawItem(
            source="bron",
            key="tag:nieuws.example,2026:7",
            title="Optocht &amp; muziek",
            text="De optocht trekt door de Herestraat.",
            url="https://nieuws.example/atom/optocht",
            published=datetime(2026, 11, 21, 18, 30, 2, tzinfo=UTC),
        )
    ]


def test_rdf_gives_its_entries() -> None:
    assert parse(sample("nieuws.rdf"), a_source()) == [
        RawItem(
            source="bron",
            key="https://nieuws.example/42",
            title="Vuurwerkshow bij het Gasunieplein",
            text="Op oudejaarsavond.",
            url="https://nieuws.example/42",
            published=datetime(2026, 11, 20, 11, 0, tzinfo=UTC),
        )
    ]


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", "utf-8", ""),
        ("cp1252", "utf-8", ""),
        ("latin-1", "utf-8", "text/xml; charset=us-ascii"),
        ("utf-8", "iso-8859-1", "application/xml; charset=iso-8859-1"),
        ("cp1252", "iso-8859-1", ""),
        ("iso-8859-2", "iso-8859-2", ""),
        ("utf-16", "utf-16", ""),
        ("utf-8-sig", "utf-8", ""),
    ],
)
def test_wrong_character_set_comes_out_right(encoding: str, declared: str, header: str) -> None:
    feed = '<rss version="2.0"><channel><item><title>Café é</title></item></channel></rss>'
    text = f'<?xml version="1.0" encoding="{declared}"?>{feed}'

    items = items_of(text.encode(encoding), content_type=header)

    assert [item.title for item in items] == ["Café é"]


def test_one_bad_byte_does_not_spoil_the_rest() -> None:
    body = "<rss version='2.0'><channel><item><title>Café ".encode() + b"\x80 caf\xe9</title></item></channel></rss>"

    assert [item.title for item in items_of(body)] == ["Café € café"]


def test_slightly_broken_feed_gives_the_entries_that_can_be_read() -> None:
    body = (
        "<rss version='2.0'><channel>"
        "<item><title>Een & twee</title><guid>1</guid></item>"
        "<item><title>Drie</title><guid>2</guid></item><item><title>Vier"
    )

    assert [item.title for item in items_of(body)][:2] == ["Een & twee", "Drie"]


def test_feed_without_entries_gives_none() -> None:
    assert items_of("<rss version='2.0'><channel><title>Leeg</title></channel></rss>") == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty answer"),
        (b" \n ", "empty answer"),
        ("<!DOCTYPE html><html><body>Accepteer cookies</body></html>", "a web page instead of a feed"),
        ("<html lang='nl'><title>Nieuws</title>", "a web page instead of a feed"),
        ("<rss version='2.0'><channel><ti", "no readable feed"),
        ("<orders><order/></orders>", "no readable feed"),
        ('{"error": "gone"}', "no readable feed"),
        (b"\x1f\x8b\x08\x00", "no readable feed"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes | str, reason: str) -> None:
    with pytest.raises(NotAFeed) as raised:
        items_of(body)

    assert raised.value.reason == reason
    assert raised.value.advice.startswith("Bron 'bron' geeft ")


def test_full_text_without_summary_is_cut_to_a_lead() -> None:
    story = " ".join(f"woord{number}" for number in range(1000))
    body = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>t</title>'
        f"<content:encoded>&lt;p&gt;{story}&lt;/p&gt;</content:encoded></item></channel></rss>"
    )

    (item,) = items_of(body)

    assert item.text.startswith("woord0 woord1 ")
    assert item.text.endswith(" …")
    assert len(item.text) <= LEAD + 2


def test_where_mining_is_reserved_title_link_and_date_remain() -> None:
    """R5."""
    entry = "<title>t</title><link>https://a.example/1</link><description>d</description>"
    body = f"<rss version='2.0'><channel><item>{entry}</item></channel></rss>"

    (item,) = parse(a_fetched(body, reserved=True), a_source())

    assert (item.title, item.text, item.url) == ("t", "", "https://a.example/1")


@pytest.mark.parametrize("quoted", ["a", "]>", ">"])
def test_entities_that_multiply_stay_small(quoted: str) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY q "QUOTED">'
        '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        "<rss version='2.0'><channel><item><title>x&c;&f;</title></item></channel></rss>"
    ).replace("QUOTED", quoted)

    (item,) = items_of(bomb)

    assert len(item.title) < 100


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "http://[oops", "http://a.example:port/", "mailto:x@a.example", ""]
)
def test_link_that_is_no_web_address_becomes_that_of_the_source(link: str) -> None:
    body = f"<rss version='2.0'><channel><item><title>t</title><link>{link}</link></item></channel></rss>"

    (item,) = items_of(body)

    assert item.url == "https://nieuws.example/feed"


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("<script " * 200_000, "<script " * 125),
        ("een <SCRIPT>if (a<b) {}</script >twee <b>drie</b>", "een twee drie"),
        ("een <style>p > a {}", "een"),
    ],
    ids=["endless", "closed", "open"],
)
def test_markup_is_read_in_one_pass(text: str, lead: str) -> None:
    """Reading the first again from each of its tags would take hours."""
    found = lead_of("", [text])

    assert " ".join(found.removesuffix(" …").split()) == lead.strip()


def test_a_story_no_longer_than_a_lead_is_left_as_it_is() -> None:
    """With its markup, like a summary: what reads it strips that anyway."""
    assert lead_of("", ["<p>De optocht <b>trekt</b> voorbij.</p>"]) == "<p>De optocht <b>trekt</b> voorbij.</p>"


def test_endless_entities_before_the_feed_are_passed_over() -> None:
    body = "<?xml version='1.0'?>" + "<!ENTITY " * 200_000 + "<rss version='2.0'><channel><item><title>t</title></item>"

    assert [item.title for item in items_of(body)] == ["t"]


def test_impossible_date_is_left_out() -> None:
    entry = "<title>t</title><pubDate>Mon, 01 Jan 0001 00:00:00 GMT</pubDate>"

    (item,) = items_of(f"<rss version='2.0'><channel><item>{entry}</item></channel></rss>")

    assert item.published is None


def test_entry_that_cannot_be_read_is_left_out_and_counted() -> None:
    number = f"<content:encoded>&amp;#{'9' * 5000};</content:encoded>"
    body = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<item><title>een</title></item><item><title>twee</title>{number}</item></channel></rss>"
    )

    with capture_logs() as logs:
        items = items_of(body)

    assert [item.title for item in items] == ["een"]
    assert [(entry["event"], entry["source"], entry["count"]) for entry in logs] == [
        ("entries that cannot be read left out", "bron", 1)
    ]


def test_feed_of_which_no_entry_can_be_read_is_named() -> None:
    number = f"<content:encoded>&amp;#{'9' * 5000};</content:encoded>"
    body = (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<item><title>twee</title>{number}</item></channel></rss>"
    )

    with pytest.raises(NotAFeed, match="no readable feed"):
        items_of(body)


@pytest.mark.parametrize(
    ("channel", "fresh"),
    [
        ("<ttl>15</ttl>", timedelta(minutes=15)),
        ("<ttl> 60\n</ttl><sy:updatePeriod>daily</sy:updatePeriod>", timedelta(hours=1)),
        ("<ttl>999999</ttl>", timedelta(hours=24)),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>9999999999</ttl>", None),
        ("<sy:updatePeriod>\n\thourly\t</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>", None),
        ("<item><ttl>15</ttl></item>", None),
        (" " * 5000 + "<ttl>15</ttl>", None),
        ("", None),
    ],
)
def test_feed_says_how_long_to_leave_it_alone(channel: str, fresh: timedelta | None) -> None:
    body = f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}<item></channel>'

    assert fresh_for(a_fetched(body)) == fresh


def test_unusable_character_set_is_read_as_windows() -> None:
    body = b"<rss version='2.0'><channel><item><title>caf\xe9</title></item></channel></rss>"

    assert [item.title for item in items_of(body, content_type="text/xml; charset=idna")] == ["café"]
