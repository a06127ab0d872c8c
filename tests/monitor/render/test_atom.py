"""A feed as Atom: what RFC 4287 asks, read back by the library that reads the feeds of others."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from classifiers import Level
from monitor.domain import EventState, Fact, FactKind
from monitor.render.atom import to_atom
from tests.build import NOON, an_event
from tests.monitor.feeds import a_feed

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def parsed(written: bytes) -> ElementTree.Element:
    """The root element."""
    return ElementTree.fromstring(written)  # noqa: S314  # made by us, a moment ago


def test_an_event_becomes_an_entry_that_names_its_change() -> None:
    event = an_event(id=12, level=Level.B, machine_level=Level.B)
    later = NOON + timedelta(hours=2)
    up = Fact(id=4, kind=FactKind.LEVEL_CHANGED, event=12, at=later, by="machine", data={"from": "A", "to": "B"})

    [entry] = feedparser.parse(to_atom(a_feed(event, facts=[up]))).entries

    assert (entry.id, entry.link) == (
        "tag:torenwacht.example,2026:gebeurtenis-12",
        "https://torenwacht.example/gebeurtenissen/12",
    )
    assert entry.title == "[B – aandacht] Demonstratie, Grote Markt, za 28 nov 14.00–16.00 uur"
    assert (entry.published, entry.updated) == ("2026-11-22T11:00:00Z", "2026-11-22T13:00:00Z")
    assert [tag.label for tag in entry.tags] == ["Demonstratie", "Niveau B"]
    assert "zo 22 nov 14.00 uur: niveau van A naar B" in entry.summary.splitlines()


def test_a_feed_has_all_that_the_standard_asks() -> None:
    root = parsed(to_atom(a_feed(an_event(), an_event(state=EventState.WITHDRAWN))))

    for part in (root, *root.findall(f"{ATOM}entry")):
        assert [len(part.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert all(MOMENT.fullmatch(found.text or "") for found in part.findall(f"{ATOM}updated"))
        assert all(link.get("rel") == "alternate" for link in part.findall(f"{ATOM}link"))
    ids = [found.text for found in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Gemeente Groningen"
    assert root.findtext(f"{ATOM}title") == "Torenwacht – Openbare orde: alles"


def test_an_empty_feed_is_a_feed() -> None:
    found = feedparser.parse(to_atom(a_feed()))

    assert (found.version, found.bozo, found.entries) == ("atom10", False, [])
    assert found.feed.updated == "2026-11-22T11:00:00Z"


def test_the_newest_change_comes_first_and_the_oldest_fall_away() -> None:
    events = [an_event(id=n, changed_at=NOON + timedelta(minutes=n)) for n in range(1, 111)]

    found = feedparser.parse(to_atom(a_feed(*events)))

    assert [entry.id for entry in found.entries] == [
        f"tag:torenwacht.example,2026:gebeurtenis-{n}" for n in range(110, 10, -1)
    ]


def test_what_was_taken_back_says_so_under_the_id_that_it_had() -> None:
    before, after = an_event(id=12), an_event(id=12, state=EventState.WITHDRAWN)

    [was], [now] = (feedparser.parse(to_atom(a_feed(one))).entries for one in (before, after))

    assert (was.id, now.title.partition("]")[0]) == (now.id, "[Ingetrokken")


@given(title=st.text(max_size=200), place=st.text(max_size=200))
def test_any_title_makes_a_feed_that_can_be_read(title: str, place: str) -> None:
    written = to_atom(a_feed(an_event(title=title, place=place)))

    told = parsed(written).findtext(f"{ATOM}entry/{ATOM}title") or ""
    plain = [sign for sign in title if " " < sign <= "~"]
    assert [sign for sign in told.removesuffix(", za 28 nov 14.00–16.00 uur") if " " < sign <= "~"] == [
        *"[Aregulier]",
        *plain,
    ]
