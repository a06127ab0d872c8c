"""Reads Dutch text: text in, Redacted or Reading out. No database, no network, no monitor."""

from classifiers.errors import ClassifierError, ModelMissing, TableError
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
    "PERSON",
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
]
