"""Own texts -> the learned judge of names (classifiers/name_model.npz): `python -m classifiers.training.names`.

Seeded: the same texts give the same file. What is learned is the place of a name, not the name: every text
returns several times with its names swapped for others, of other origins or invented, now and then without a capital.
"""

import argparse
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from classifiers.lexicon import Lexicon, bare_name, lexicon
from classifiers.name_marks import ROWS_BITS, NameMarks
from classifiers.name_model import ARTEFACT, Floats, Weights
from classifiers.names import Names
from classifiers.places import Places
from classifiers.training.evaluate import Gold
from classifiers.training.texts import files_to_learn, items_of
from classifiers.vocabulary import PersonalKind, Voice

SEED = 1
SEEDS = (1, 2, 3)
SWAPS = 4
SMALL = 0.35
"""Of so many texts a copy without capitals is made, read as a post."""
INVENTED = 0.15
HIDDEN = 8
EPOCHS = 6
BATCH = 1024
STEP = 0.002
DROPPED = 0.1
"""Share of the marks that is left out at random while learning, so that none is relied on alone."""
HELD_OUT = 5
NAME_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*['’]?")
LEAST = 3

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Text:
    """One text with the spans of its personal data: start, end, whether it is a person."""

    text: str
    spans: tuple[tuple[int, int, bool], ...]
    voice: Voice

    @classmethod
    def of(cls, gold: Gold) -> "Text":
        spans = sorted((s["start"], s["end"], s["type"] == PersonalKind.PERSON) for s in gold.get("pii") or [])
        return cls(f"{gold.get('title', '')}\n{gold['text']}", tuple(spans), Voice(gold.get("source_kind", Voice.NEWS)))


class Swapper:
    """Gives people in a text other names. The same name gets the same new one within a text."""

    def __init__(self, words: Lexicon, random: Random) -> None:
        self._words = words
        self._random = random
        self._given = sorted(words.given)
        self._surnames = sorted(words.surnames)

    def swapped(self, text: Text) -> Text:
        """`text` with every person named anew."""
        chosen: dict[str, str] = {}
        parts: list[str] = []
        spans: list[tuple[int, int, bool]] = []
        at = length = 0
        for start, end, person in text.spans:
            if start < at:
                continue
            piece = text.text[start:end]
            if person:
                piece = NAME_WORD.sub(lambda found: self._anew(found[0], chosen), piece)
            parts += [text.text[at:start], piece]
            length += start - at
            spans.append((length, length + len(piece), person))
            length, at = length + len(piece), end
        return Text("".join([*parts, text.text[at:]]), tuple(spans), text.voice)

    def small(self, text: Text) -> Text:
        """`text` as a post without a capital."""
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.text)
        return Text(lower, text.spans, Voice.SOCIAL)

    def _anew(self, word: str, chosen: dict[str, str]) -> str:
        bare, words = bare_name(word), self._words
        kept = words.particles | words.kin | words.honorifics
        if len(bare) < LEAST or bare.lower() in kept:
            return word
        if bare not in chosen:
            chosen[bare] = self._name(bare)
        return chosen[bare] + word[len(bare) :]

    def _name(self, old: str) -> str:
        given = old.title() in self._words.given
        if self._random.random() < INVENTED:
            name = self._invented()
        else:
            name = self._random.choice(self._given if given else self._surnames)
        if "-" in old and "-" not in name:
            name = f"{name}-{self._random.choice(self._given if given else self._surnames)}"
        return name.upper() if old.isupper() else name if old[0].isupper() else name.lower()

    def _invented(self) -> str:
        """A name that stands in no list, so that the lists are not all that is learned."""
        draw = self._random.choice
        parts = [
            draw("bdfghjklmnprstvwz")
            + draw(("a", "e", "i", "o", "u", "ie", "oe", "aa", "ij"))
            + draw(("", "", "n", "r", "s"))
            for _ in range(draw((1, 2, 2, 3)))
        ]
        return "".join(parts).capitalize()


class Examples:
    """Texts -> rows of marks and whether each is a name."""

    def __init__(self, words: Lexicon, names: Names) -> None:
        self._words = words
        self._names = names
        self._marks = NameMarks(words)

    def of(self, text: Text) -> tuple[Rows, Floats] | None:
        """None when no word of `text` could be a name. Words in other personal data are left out."""
        words = self._names.words(text.text)
        inside = np.zeros(len(text.text) + 1, dtype=np.int8)
        for start, end, person in text.spans:
            inside[start:end] = 1 if person else 2
        chosen, is_name = [], []
        for at in self._marks.candidates(words, voice=text.voice):
            over = inside[words[at].start : words[at].end]
            if not (over == 2).any():  # noqa: PLR2004 - a code of three lines above
                chosen.append(at)
                is_name.append(float((over == 1).mean() > 1 / 2))
        if not chosen:
            return None
        return self._marks.rows(words, chosen, voice=text.voice), np.array(is_name, dtype=np.float32)

    def grown(self, golds: Iterable[Gold], *, seed: int) -> tuple[Rows, Floats]:
        """All texts and their swapped copies."""
        random = Random(seed)  # noqa: S311 - it must give the same names for the same seed, and hides nothing
        swapper = Swapper(self._words, random)
        return self.together(grown for gold in golds for grown in _grown(Text.of(gold), swapper, random))

    def together(self, texts: Iterable[Text]) -> tuple[Rows, Floats]:
        """The examples of all `texts`, one below the other."""
        found = [example for text in texts if (example := self.of(text)) is not None]
        return np.concatenate([rows for rows, _ in found]), np.concatenate([names for _, names in found])


def _grown(text: Text, swapper: Swapper, random: Random) -> Iterator[Text]:
    yield text
    if any(person for _, _, person in text.spans):
        for _ in range(SWAPS):
            yield swapper.swapped(text)
    if random.random() < SMALL:
        yield swapper.small(swapper.swapped(text))


class _Adam:
    """Steps downhill with a pace of its own for every weight (Kingma and Ba, 2015)."""

    def __init__(self, weights: Floats) -> None:
        self.weights = weights
        self._mean = np.zeros_like(weights)
        self._square = np.zeros_like(weights)
        self._steps = 0

    def step(self, slope: Floats) -> None:
        self._steps += 1
        self._mean += 0.1 * (slope - self._mean)
        self._square += 0.01 * (slope * slope - self._square)
        mean, square = self._mean / (1 - 0.9**self._steps), self._square / (1 - 0.99**self._steps)
        self.weights -= STEP * mean / (np.sqrt(square) + 1e-7)


def fit(rows: Rows, is_name: Floats, *, seed: int) -> Weights:
    """The weights that tell names from other words in these examples."""
    random = np.random.default_rng(seed)
    size = 1 << ROWS_BITS
    table = _Adam((random.standard_normal((size, HIDDEN)) * 0.05).astype(np.float32))
    out = _Adam((random.standard_normal(HIDDEN) * 0.5).astype(np.float32))
    hidden, bias = _Adam(np.zeros(HIDDEN, dtype=np.float32)), _Adam(np.zeros(1, dtype=np.float32))
    for _ in range(EPOCHS):
        order = random.permutation(len(is_name))
        for begin in range(0, len(order), BATCH):
            batch = order[begin : begin + BATCH]
            marks = rows[batch]
            kept = (random.random(marks.shape) > DROPPED).astype(np.float32)
            before = np.einsum("nfh,nf->nh", table.weights[marks], kept) + hidden.weights
            after = np.maximum(before, 0.0)
            share = 1.0 / (1.0 + np.exp(-(after @ out.weights + bias.weights[0])))
            error = ((share - is_name[batch]) / len(batch)).astype(np.float32)
            back = np.outer(error, out.weights).astype(np.float32) * (before > 0)
            flat = marks.ravel()
            columns = [
                np.bincount(flat, weights=(kept * back[:, [column]]).ravel(), minlength=size)
                for column in range(HIDDEN)
            ]
            table.step(np.stack(columns, axis=1).astype(np.float32))
            out.step(after.T @ error)
            hidden.step(back.sum(axis=0))
            bias.step(np.array([error.sum()], dtype=np.float32))
    return Weights(table.weights, hidden.weights, out.weights, float(bias.weights[0]))


def _is_held_out(gold: Gold) -> bool:
    """By its event, so that no event stands on both sides."""
    key = gold.get("event_key") or gold["id"]
    return int(hashlib.blake2b(key.encode(), digest_size=4).hexdigest(), 16) % HELD_OUT == 0


def spread(examples: Examples, golds: Sequence[Gold]) -> Iterator[str]:
    """One line a seed: on a fifth of the texts, kept out of its training, how sure it must be to find so many names."""
    learn, test = [g for g in golds if not _is_held_out(g)], [g for g in golds if _is_held_out(g)]
    rows, is_name = examples.together(Text.of(gold) for gold in test)
    yield f"{len(learn)} texts to learn from, {len(test)} to test on with {int(is_name.sum())} words of names"
    for seed in SEEDS:
        shares = fit(*examples.grown(learn, seed=seed), seed=seed).shares(rows)
        found = np.sort(shares[is_name > 0])
        told = []
        for recall in (0.95, 0.97, 0.98, 0.99):
            from_ = found[int((1 - recall) * len(found))]
            told.append(f"recall {recall:.2f} precision {is_name[shares >= from_].mean():.3f} from {from_:.3f}")
        yield f"seed {seed}: " + "; ".join(told)


def main() -> None:
    """Trains and saves; with --spread only tells how far the seeds lie apart."""
    parser = argparse.ArgumentParser(description="Train the learned judge of names.")
    parser.add_argument("files", nargs="*", type=Path, help="jsonl files with labelled texts")
    parser.add_argument("--spread", action="store_true", help="measure on held-out texts by seed, save nothing")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=ARTEFACT)
    asked = parser.parse_args()
    golds = [gold for file in asked.files or files_to_learn() for gold in items_of(file)]
    words = lexicon()
    examples = Examples(words, Names(Places().names))
    if asked.spread:
        for line in spread(examples, golds):
            sys.stdout.write(f"{line}\n")
        return
    fit(*examples.grown(golds, seed=asked.seed), seed=asked.seed).save(asked.out)
    sys.stdout.write(f"{asked.out.name}: {asked.out.stat().st_size / 1e6:.1f} MB from {len(golds)} texts\n")


if __name__ == "__main__":
    main()
