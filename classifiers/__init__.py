"""Reads Dutch text: text in, Redacted or Reading out. No database, no network, no monitor."""

from functools import cache

from classifiers.category import UNCERTAIN_BELOW
from classifiers.errors import ClassifierError, ModelMissing, TableError
from classifiers.gazetteer import MUNICIPALITY
from classifiers.reading import (
    MACHINE,
    PERSON,
    Evidence,
    Finding,
    Indicator,
    Period,
    Place,
    Reader,
    Reading,
    Redacted,
    Size,
)
from classifiers.vocabulary import Category, Level, PersonalKind, Phase, Precision, Scope, Voice, Weight

__all__ = [
    "MACHINE",
    "MUNICIPALITY",
    "PERSON",
    "UNCERTAIN_BELOW",
    "Category",
    "ClassifierError",
    "Evidence",
    "Finding",
    "Indicator",
    "Level",
    "ModelMissing",
    "Period",
    "PersonalKind",
    "Phase",
    "Place",
    "Precision",
    "Reader",
    "Reading",
    "Redacted",
    "Scope",
    "Size",
    "TableError",
    "Voice",
    "Weight",
    "load",
]


@cache
def load() -> Reader:
    """The reader of Dutch text, with its tables. Takes some seconds: once per process, then shared by all who ask.

    Raises TableError where a table is wrong, ModelMissing where a file is not there.
    """
    from classifiers.dutch import DutchReader  # noqa: PLC0415 - who needs only the words need not wait for spaCy

    return DutchReader()
