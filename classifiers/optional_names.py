"""Further finders of names, where an installation has them: they add to what is found, and take nothing back.

Nothing here is needed, and nothing is asked of pyproject.toml. Whoever installs the spaCy pipeline `nl_core_news_lg`
(CC BY-SA 4.0, half a gigabyte) or the package `deduce` (LGPL) beside Torenwacht gets its finds as one more layer. Both
cost some milliseconds a text. A find that lies wholly in a known place or organisation does not count.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

Span = tuple[int, int]
PIPELINE = "nl_core_news_lg"
DEIDENTIFIER = "deduce"
PERSON_LABELS = frozenset({"PER", "PERSON", "persoon", "patient"})


class NameLayer(Protocol):
    """Finds persons in a text. Safe to call from several threads."""

    def __call__(self, text: str) -> Iterable[Span]:
        """Offsets of names in `text`."""


class _Entity(Protocol):
    label_: str
    start_char: int
    end_char: int


class _Doc(Protocol):
    @property
    def ents(self) -> Iterable[_Entity]: ...


class Pipeline(Protocol):
    """As much of a spaCy pipeline as is used."""

    def __call__(self, text: str) -> _Doc: ...


class _Annotation(Protocol):
    tag: str
    start_char: int
    end_char: int


class _Deidentified(Protocol):
    @property
    def annotations(self) -> Iterable[_Annotation]: ...


class Deidentifier(Protocol):
    """As much of deduce as is used."""

    def deidentify(self, text: str) -> _Deidentified: ...


def of_pipeline(pipeline: Pipeline) -> NameLayer:
    """The persons among the entities of a spaCy pipeline."""

    def persons(text: str) -> Iterator[Span]:
        return ((e.start_char, e.end_char) for e in pipeline(text).ents if e.label_ in PERSON_LABELS)

    return persons


def of_deidentifier(deidentifier: Deidentifier) -> NameLayer:
    """The persons among the annotations of deduce."""

    def persons(text: str) -> Iterator[Span]:
        return ((a.start_char, a.end_char) for a in deidentifier.deidentify(text).annotations if a.tag in PERSON_LABELS)

    return persons


def installed() -> tuple[NameLayer, ...]:
    """The layers that this installation has; loading them may take a minute."""
    layers: list[NameLayer] = []
    if find_spec(PIPELINE):
        layers.append(of_pipeline(import_module(PIPELINE).load(exclude=["parser", "lemmatizer"])))
    if find_spec(DEIDENTIFIER):
        layers.append(of_deidentifier(import_module(DEIDENTIFIER).Deduce()))
    return tuple(layers)
