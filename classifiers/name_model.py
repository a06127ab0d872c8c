"""Words -> how likely each is (part of) a person's name: the learned layer, trained on the project's own texts.

A table of small vectors, one row for each hashed mark (name_marks.py); the rows of a word are added up and pass one
hidden layer. Trained by training/names.py on texts of our own; never on CoNLL-2002, WikiNEuRal, MultiNERD or WikiANN:
their terms forbid it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from classifiers.errors import ModelMissing
from classifiers.lexicon import lexicon
from classifiers.name_marks import NameMarks
from classifiers.vocabulary import Voice
from classifiers.words import Word

ARTEFACT = Path(__file__).parent / "name_model.npz"
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """`table` has a row for each mark; `hidden` is added to their sum, `out` weighs what stays, `bias` ends it."""

    table: Floats
    hidden: Floats
    out: Floats
    bias: float

    def shares(self, rows: NDArray[np.int64]) -> Floats:
        """The likelihood of a name for each line of `rows`."""
        hidden = np.maximum(self.table.take(rows, axis=0).sum(axis=1) + self.hidden, 0.0)
        shares: Floats = 1.0 / (1.0 + np.exp(-(hidden @ self.out + self.bias)))
        return shares

    def save(self, file: Path) -> None:
        """Half precision is enough, and halves the file."""
        np.savez_compressed(
            file,
            table=self.table.astype(np.float16),
            hidden=self.hidden,
            out=self.out,
            bias=np.float32(self.bias),
        )

    @classmethod
    def load(cls, file: Path) -> Self:
        """Raises ModelMissing when the file is not there or not right."""
        try:
            with np.load(file, allow_pickle=False) as saved:
                return cls(saved["table"].astype(np.float32), saved["hidden"], saved["out"], float(saved["bias"]))
        except (OSError, ValueError, KeyError) as error:
            raise ModelMissing(file.name) from error


class NameModel:
    """The learned judge of words. Safe to share between threads."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._marks = NameMarks(lexicon())

    @classmethod
    def load(cls) -> Self:
        """The judge as it is shipped. Raises ModelMissing."""
        return cls(Weights.load(ARTEFACT))

    def shares(self, words: Sequence[Word], *, voice: Voice) -> Mapping[int, float]:
        """For each word that could be a name, by its place in `words`: how likely it is one, 0 to 1."""
        chosen = self._marks.candidates(words, voice=voice)
        if not chosen:
            return {}
        judged = self._weights.shares(self._marks.rows(words, chosen, voice=voice))
        return dict(zip(chosen, judged.tolist(), strict=True))
