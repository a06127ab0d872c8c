"""What every kind of source makes of an entry: known by its id, its address, or its words."""

from datetime import timedelta

from classifiers import Period, Precision
from monitor.collect.formats.entry import raw_item
from monitor.domain import RawItem, Told
from monitor.rules.normalise import entry_of
from tests.monitor.collect.build import NOW, a_fetched, a_source


def entry(title: str, *, key: str = "", link: str = "", text: str = "", days: int = 0) -> RawItem:
    """One entry, so many days from now."""
    start = NOW + timedelta(days=days)
    told = Told(Period(start, None, Precision.MINUTE))
    return raw_item(a_fetched(""), a_source(), key=key, title=title, text=text, link=link, told=told)


def test_entries_without_id_and_link_are_not_one_entry_though_they_share_the_address_of_the_list() -> None:
    first, other = entry("Markt", text="Op de Vismarkt."), entry("Mars", text="Naar de Grote Markt.")

    assert first.url == other.url
    assert entry_of(first) != entry_of(other)
    assert entry_of(first) == entry_of(entry("Markt", text="Op de Vismarkt."))
    assert entry_of(first) != entry_of(entry("Markt", text="Op de Vismarkt.", days=7))


def test_a_link_is_enough_to_be_known_by() -> None:
    assert entry_of(entry("Markt", link="/markt")) == entry_of(entry("Markt gaat niet door", link="/markt", days=1))
