"""XML -> a tree by local names, without document types: no entity is ever defined, expanded or fetched."""

from dataclasses import dataclass, field
from xml.parsers import expat

_BETWEEN = "\x1f"
DEEPEST = 200


class BadXml(Exception):
    """The text is no well-formed XML, declares a document type, or is nested beyond reason."""


@dataclass(slots=True)
class Node:
    """One element: its local name, what is directly in it, and its own text."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def all(self, name: str) -> list["Node"]:
        """Every element of that local name below this one, in order of the document."""
        found = []
        for child in self.children:
            if child.name == name:
                found.append(child)
            found.extend(child.all(name))
        return found

    def text(self, name: str) -> str:
        """The words in the first element of that name that has any; empty when there is none."""
        return next((words for node in self.all(name) if (words := node.all_words())), "")

    def all_words(self) -> str:
        """The words in this element and below it, with single spaces."""
        return " ".join(" ".join([*self.words, *(child.all_words() for child in self.children)]).split())


def tree_of(text: str) -> Node:
    """The root of a document. Raises BadXml."""
    parser = expat.ParserCreate("utf-8", _BETWEEN)
    parser.buffer_text = True
    top = Node("")
    open_nodes = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_nodes) > DEEPEST:
            raise BadXml("nested too deep")
        local = {key.rpartition(_BETWEEN)[2]: value for key, value in attributes.items()}
        node = Node(name.rpartition(_BETWEEN)[2], local)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def end(_name: str) -> None:
        open_nodes.pop()

    def words(data: str) -> None:
        open_nodes[-1].words.append(data)

    def doctype(*_declared: object) -> None:
        raise BadXml("document type declared")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise BadXml(str(error)) from error
    return top.children[0]
