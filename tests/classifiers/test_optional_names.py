"""Layers that an installation may add: they find more, take nothing back, and take no place. Names are invented."""

from dataclasses import dataclass

import pytest

from classifiers.names import Names
from classifiers.optional_names import NameLayer, of_deidentifier, of_pipeline
from classifiers.vocabulary import Voice


@dataclass
class Entity:
    """What a pipeline says of one stretch of text."""

    start_char: int
    end_char: int
    label_: str


@dataclass
class Annotation:
    """What deduce says of one stretch of text."""

    start_char: int
    end_char: int
    tag: str


@dataclass
class Doc:
    """The answer of a pipeline, and of deduce."""

    ents: list[Entity]
    annotations: list[Annotation]


@dataclass
class Finder:
    """Finds one word wherever it stands, as a pipeline and as deduce would tell it."""

    word: str
    label: str

    def __call__(self, text: str) -> Doc:
        start = text.find(self.word)
        end = start + len(self.word)
        return Doc([Entity(start, end, self.label)], [Annotation(start, end, self.label)])

    def deidentify(self, text: str) -> Doc:
        return self(text)


def found(text: str, *layers: NameLayer) -> list[str]:
    names = Names({"Haren", "Grote Markt"}, layers=layers)
    return [text[start:end] for start, end in names.find(text, voice=Voice.NEWS)]


TEXT = "Volgens kenners is slingerhof de man die Femke naar Haren bracht."


@pytest.mark.parametrize(
    "layer", [of_pipeline(Finder("slingerhof", "PER")), of_deidentifier(Finder("slingerhof", "persoon"))]
)
def test_a_layer_adds_what_the_others_do_not_see(layer: NameLayer) -> None:
    assert found(TEXT) == ["Femke"]
    assert found(TEXT, layer) == ["slingerhof", "Femke"]


def test_a_layer_that_sees_nobody_takes_nothing_back() -> None:
    assert found(TEXT, of_pipeline(Finder("Femke", "ORG"))) == ["Femke"]


def test_a_known_place_is_nobody_whatever_a_layer_says() -> None:
    assert found(TEXT, of_pipeline(Finder("Haren", "PER"))) == ["Femke"]
