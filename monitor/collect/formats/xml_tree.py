"""XML -> elements by local names, in a stream, without document types: no entity is ever defined, expanded or fetched.

Prefixes are cut off, not looked up: what differs between versions of a standard is often no more than its namespace.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

DEEPEST = 200
"""Elements in one another."""
MOST_ELEMENTS, MOST_WORDS = 300_000, 20_000_000
"""Elements and characters in one element that is kept whole."""
LONGEST_TAG = 1_000_000
"""Bytes of one tag or comment: until it ends, the parser keeps all of it."""
MOST_AROUND = 20_000_000
"""Bytes between the elements that `cut` looks for; with more it is another document."""
_SLICE = 65_536
_MOST_NAMES = 4096


class BadXml(Exception):
    """It is no well-formed XML, declares a document type, or is deep or large beyond reason."""


@dataclass(slots=True)
class Node:
    """One element: its local name, what is directly in it, and its own text."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    """By local name."""
    children: list["Node"] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """Its text, in pieces as they came: a piece may end within a word."""

    def everything(self) -> Iterator["Node"]:
        """Every element below this one, in order of the document."""
        left = self.children[::-1]
        while left:
            node = left.pop()
            yield node
            left.extend(reversed(node.children))

    def all(self, name: str) -> list["Node"]:
        """Every element of that local name below this one, in order of the document."""
        return [node for node in self.everything() if node.name == name]

    def by_name(self) -> dict[str, list["Node"]]:
        """Every element below this one, by local name; for who asks for many of them."""
        found: dict[str, list[Node]] = {}
        for node in self.everything():
            found.setdefault(node.name, []).append(node)
        return found

    def text(self, name: str) -> str:
        """The words in the first element of that name that has any; empty when there is none."""
        return first_words(self.all(name))

    def all_words(self) -> str:
        """The words in this element and below it, with single spaces."""
        own = "".join(self.words)
        whole = " ".join([own, *(child.all_words() for child in self.children)]) if self.children else own
        return " ".join(whole.split())


def first_words(nodes: Iterable[Node]) -> str:
    """The words in the first of them that has any; empty when none has."""
    return next((words for node in nodes if (words := node.all_words())), "")


class _Reading:
    """One document as it comes in, gathered into elements. Nothing is remembered of what lies outside those."""

    def __init__(
        self, whole: Collection[str] | None = (), bare: Collection[str] = (), encoding: str | None = None
    ) -> None:
        """`whole` None: the root. `encoding` stands above what the document declares."""
        self._parser = expat.ParserCreate(encoding)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._words
        self._parser.StartDoctypeDeclHandler = _no_doctype
        self._whole, self._bare = whole, bare
        self._asked_for: dict[str, bool] = {}
        """Full name -> whether it is one of `whole` or `bare`; a name is taken apart once."""
        self._open: list[Node] = []
        self._depth = self._elements = self._size = self._fed = 0
        self._found: list[Node] = []
        self.root = ""

    def feed(self, part: bytes) -> list[Node]:
        """The elements that ended in this part. Raises BadXml."""
        self._fed += len(part)
        self._parse(part, last=False)
        if self._fed - self._parser.CurrentByteIndex > LONGEST_TAG + len(part):
            raise BadXml("one tag without end")
        found, self._found = self._found, []
        return found

    def close(self) -> None:
        """Raises BadXml when it is not complete."""
        self._parse(b"", last=True)

    def _parse(self, part: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(part, last)
        except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: a character set it cannot read
            raise BadXml(str(error)) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadXml("nested too deep")
        if self._open:
            self._elements += 1
            if self._elements > MOST_ELEMENTS:
                raise BadXml("too many elements in one")
            node = _node(name, attributes)
            self._open[-1].children.append(node)
            self._open.append(node)
            return
        asked_for = self._asked_for.get(name)
        if asked_for is None:
            local = _local(name)
            self.root = self.root or local
            asked_for = self._whole is None or local in self._whole or local in self._bare
            if len(self._asked_for) < _MOST_NAMES:
                self._asked_for[name] = asked_for
        if asked_for:
            node = _node(name, attributes)
            if self._whole is None or node.name in self._whole:
                self._open.append(node)
                self._elements = self._size = 0
            else:
                self._found.append(node)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._found.append(node)
            elif self._open[-1].words:
                self._open[-1].words.append(" ")

    def _words(self, data: str) -> None:
        if self._open:
            self._size += len(data)
            if self._size > MOST_WORDS:
                raise BadXml("too many words in one element")
            self._open[-1].words.append(data)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _node(name: str, attributes: Mapping[str, str]) -> Node:
    return Node(_local(name), {_local(key): value for key, value in attributes.items()})


def _no_doctype(*_declared: object) -> None:
    raise BadXml("document type declared")


def slices(data: bytes) -> Iterator[bytes]:
    """`data` in parts, so that what is made of it can be counted on the way."""
    return (data[at : at + _SLICE] for at in range(0, len(data), _SLICE))


def elements(text: str, whole: Collection[str], *, bare: Collection[str] = ()) -> Iterator[Node]:
    """First the root, bare; then, in order of the document, the outermost elements with one of these local names.

    `whole` come with all that is in them, `bare`, outside those, with nothing but their attributes. Memory holds a few
    of them at a time, however many there are. What `text` declares of its character set does not matter. Raises BadXml,
    which may be after the first elements.
    """
    reading = _Reading(whole, bare, "utf-8")
    told = False
    for part in slices(text.encode("utf-8", "replace")):
        found = reading.feed(part)
        if reading.root and not told:
            told = True
            yield Node(reading.root)
        yield from found
    reading.close()


def tree_of(data: bytes, encoding: str) -> Node:
    """The one element that `data` is. Raises BadXml."""
    reading = _Reading(None, (), encoding)
    found = [node for part in slices(data) for node in reading.feed(part)]
    reading.close()
    return found[0]


_ENCODING = re.compile(rb"""^\s*(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")

_HALF_A_TAG = re.compile(rb"<[^<>]*\Z")
_LONGEST_END = 256
"""Bytes of an end tag."""


class Cut:
    """A long document, taken apart by bytes: every element of one local name unread, for whoever wants to read it.

    Nine in ten of such a document are of no interest, and reading takes ten times as long as unpacking. What stands
    around the elements is read as XML, so that a page, a cut-off document and a declared document type are noticed.
    """

    def __init__(self, name: str, *, longest: int) -> None:
        """`longest`: bytes of one element; with more it has no end."""
        self._name = re.escape(name.encode())
        self._start = re.compile(rb"<((?:[\w.-]+:)?)" + self._name + rb"(?:\s[^<>]*)?>")
        self._longest = longest
        self._around = _Reading()
        self._around_size = 0
        self.encoding = "utf-8"

    @property
    def root(self) -> str:
        """The local name of the document's root, as soon as it was read; empty before."""
        return self._around.root

    def of(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """Each element with its tags. Raises BadXml, which may be after the first elements."""
        held, sought = b"", 0
        for number, part in enumerate(parts):
            if number == 0 and (declared := _ENCODING.match(part)):
                self.encoding = declared[1].decode("ascii")
            held += part
            at = 0
            while match := self._start.search(held, at):
                self._outside(held[at : match.start()])
                at = match.start()
                end = self._end_of(held, match, sought)
                if end is None:
                    sought = max(0, len(held) - at - _LONGEST_END)
                    break
                sought = 0
                yield held[at:end]
                at = end
            else:
                # The rest holds no start; only a tag that is cut in two may still become one.
                cut = _HALF_A_TAG.search(held, max(at, len(held) - LONGEST_TAG))
                keep = cut.start() if cut else len(held)
                self._outside(held[at:keep])
                at = keep
            held = held[at:]
            if len(held) > self._longest:
                raise BadXml("one element without end")
        self._outside(held)
        self._around.close()

    def _end_of(self, held: bytes, start: "re.Match[bytes]", sought: int) -> int | None:
        """Where the element ends; None when that is still to come. Its first `sought` bytes were looked at before."""
        if start[0].endswith(b"/>"):
            return start.end()
        end = re.compile(b"</" + re.escape(start[1]) + self._name + rb"\s*>")
        found = end.search(held, max(start.end(), start.start() + sought))
        return found.end() if found else None

    def _outside(self, words: bytes) -> None:
        self._around_size += len(words)
        if self._around_size > MOST_AROUND:
            raise BadXml("too much around the elements")
        if words:
            self._around.feed(words)
