"""XML in a stream: elements by local names, and the bounds that hold for any bytes."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect.formats.xml_tree import DEEPEST, BadXml, Cut, Node, elements, slices, tree_of

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
    "<a>&d;&d;&d;&d;</a>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1/x.dtd">%b;]><a/>'
RUBBISH = {
    "billion laughs": LAUGHS,
    "external entity": OUTSIDE,
    "parameter entity": PARAMETER,
    "document type alone": "<!DOCTYPE html><html></html>",
    "depth bomb": "<a>" * 100_000,
    "NUL byte": "<a>\0</a>",
    "undefined entity": "<a>&b;</a>",
    "cut off": "<a><b>",
    "nothing": "",
    "two roots": "<a/><b/>",
}


def cut(body: str | bytes, *, longest: int = 10_000) -> list[bytes]:
    raw = body.encode() if isinstance(body, str) else body
    return list(Cut("b", longest=longest).of(slices(raw)))


READERS: dict[str, Callable[[str], object]] = {
    "elements": lambda text: list(elements(text, ("b",))),
    "tree": lambda text: tree_of(text.encode(), "utf-8"),
    "cut": cut,
}


@pytest.mark.parametrize("reader", list(READERS))
@pytest.mark.parametrize("rubbish", list(RUBBISH))
def test_hostile_and_broken_xml_is_refused(reader: str, rubbish: str) -> None:
    with pytest.raises(BadXml):
        READERS[reader](RUBBISH[rubbish])


def test_elements_come_whole_by_local_name_in_order_after_the_root() -> None:
    found = list(
        elements('<x:a xmlns:x="y"><c>1</c><x:b n="2">t<c>3</c></x:b><d k="4"><b/></d></x:a>', ("b",), bare=("d",))
    )

    assert found == [
        Node("a"),
        Node("b", {"n": "2"}, [Node("c", words=["3"])], ["t", " "]),
        Node("d", {"k": "4"}),
        Node("b"),
    ]


def test_element_in_one_of_its_own_name_comes_once() -> None:
    root, outer = elements("<a><b>1<b>2</b></b></a>", ("b",))

    assert (root.name, outer.all_words(), [node.name for node in outer.all("b")]) == ("a", "1 2", ["b"])


def test_word_is_whole_wherever_the_bytes_were_cut_and_an_element_parts_two() -> None:
    long = "".join(f"<b>een{'x' * 50}<c/>twee</b>" for _ in range(2000))

    words = {node.all_words() for node in elements(f"<a>{long}</a>", ("b",)) if node.name == "b"}

    assert words == {f"een{'x' * 50} twee"}


def test_elements_nest_as_deep_as_agreed_and_no_deeper() -> None:
    fine = "<a>" * DEEPEST + "</a>" * DEEPEST

    assert tree_of(fine.encode(), "utf-8").name == "a"
    with pytest.raises(BadXml, match="too deep"):
        tree_of(f"<a>{fine}</a>".encode(), "utf-8")


def test_tag_without_end_is_refused_before_all_of_it_is_held() -> None:
    def endless() -> Iterator[bytes]:
        yield b'<a b="'
        while True:
            yield b"x" * 65_536

    with pytest.raises(BadXml, match="without end"):
        list(Cut("b", longest=10_000_000).of(endless()))


def test_unknown_character_set_is_refused() -> None:
    with pytest.raises(BadXml):
        cut('<?xml version="1.0" encoding="klingon"?><a/>')


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_cut_finds_the_same_elements_however_the_bytes_come(size: int) -> None:
    body = b"<a><x:b n='1'>t</x:b> <c/><b\n/><bb>no</bb><b></b ></a>"

    parts = (body[at : at + size] for at in range(0, len(body), size))

    assert list(Cut("b", longest=100).of(parts)) == [b"<x:b n='1'>t</x:b>", b"<b\n/>", b"<b></b >"]


def test_cut_reads_what_stands_around_the_elements() -> None:
    reading = Cut("b", longest=100)

    assert list(reading.of(slices(b'<?xml version="1.0" encoding="ISO-8859-1"?><m:a><b>\xe9</b></m:a>'))) == [
        b"<b>\xe9</b>"
    ]
    assert (reading.root, reading.encoding) == ("a", "ISO-8859-1")


@pytest.mark.parametrize("body", ["<a><b>1</b>", "<a><b>1</b></c>", "<a><b>1</a>", "<a><b><b>1</b></b></a>"])
def test_cut_refuses_a_document_that_is_not_complete(body: str) -> None:
    with pytest.raises(BadXml):
        cut(body)


def test_cut_refuses_an_element_without_end() -> None:
    with pytest.raises(BadXml, match="one element without end"):
        cut("<a><b>" + "<c/>" * 50_000)


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(1, 20))
def test_any_bytes_give_elements_or_a_named_fault(body: bytes, size: int) -> None:
    parts = (body[at : at + size] for at in range(0, len(body), size))
    with suppress(BadXml):
        list(Cut("b", longest=100).of(parts))


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["<a>", "</a>", "<b>", "</b>", "<b/>", " ", "<", "x", "<b n='", "'", ">", "<!--", "-->"]))
)
def test_any_row_of_tags_gives_elements_or_a_named_fault(words: list[str]) -> None:
    for reader in READERS.values():
        with suppress(BadXml):
            reader("".join(words))
