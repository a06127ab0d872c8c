"""A blocked form is seen in the words as they come, and only by who has the key."""

from dataclasses import replace

import pytest

from monitor.rules.blocked import keyed, unblocked
from monitor.rules.normalise import normalise
from monitor.rules.sought import MARK, form_of
from tests.build import NOON, a_raw

KEY, OTHER = "een-sleutel-van-meer-dan-32-tekens", "een-andere-sleutel-van-32-tekens-"
NAME = form_of("Wendelmoed Uilenspiegel")
PLAIN = normalise(
    a_raw(
        "Mars van Wendelmoed Uilenspiegel", "Bel 06 12 34 56 78.", url="https://krant.example/wendelmoed-uilenspiegel"
    ),
    now=NOON,
)


def test_the_words_go_from_title_text_and_address() -> None:
    blocks = {keyed(NAME, KEY): False, keyed(form_of("+31612345678"), KEY): False}

    found = unblocked(PLAIN, blocks, KEY)

    assert (found.item.title, found.item.text, found.item.url) == (
        f"Mars van {MARK}",
        f"Bel {MARK}.",
        "https://krant.example/",
    )
    assert (found.taken_out, found.dropped) == (3, False)
    assert (found.item.fingerprint, found.item.entry) == (PLAIN.fingerprint, PLAIN.entry)


@pytest.mark.parametrize("where", ["title", "text", "url"])
def test_who_objects_keeps_the_whole_entry_out(where: str) -> None:
    empty = replace(PLAIN, title="", text="", url="")
    held = replace(empty, **{where: getattr(PLAIN, where)})

    found = unblocked(held, {keyed(form_of("0612345678" if where == "text" else NAME), KEY): True}, KEY)

    assert found.dropped


def test_without_the_key_of_the_installation_nothing_is_known() -> None:
    assert unblocked(PLAIN, {keyed(NAME, OTHER): True}, KEY).item == PLAIN
    assert NAME not in keyed(NAME, KEY)


def test_an_empty_list_costs_nothing() -> None:
    assert unblocked(PLAIN, {}, "").item is PLAIN
