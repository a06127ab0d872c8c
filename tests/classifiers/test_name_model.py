"""The learned judge of names: what it adds, what it may take back, and that it can be made again. Names invented."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest

from classifiers.errors import ModelMissing
from classifiers.lexicon import lexicon
from classifiers.name_model import ARTEFACT, NameModel, Weights
from classifiers.names import Names
from classifiers.training.evaluate import Gold
from classifiers.training.names import Examples, Swapper, Text, fit
from classifiers.training.texts import ASIDE, files_to_learn
from classifiers.vocabulary import Category, Voice
from classifiers.words import Word

KNOWN = {"Groningen", "Haren", "Grote Markt"}
MOST_BYTES = 5_000_000


class Judge(NameModel):
    """Says the same of every word."""

    def __init__(self, share: float) -> None:
        self.share = share

    def shares(self, words: Sequence[Word], *, voice: Voice) -> Mapping[int, float]:
        return {at: self.share for at, word in enumerate(words) if word.capital}


def found(text: str, judge: NameModel | None, voice: Voice = Voice.NEWS) -> list[str]:
    names = Names(KNOWN, judge=judge)
    return [text[start:end] for start, end in names.find(text, voice=voice)]


@pytest.mark.parametrize("text", ["Mevrouw Snarf kwam naar Haren.", "Femke en Jan de Vries tekenden.", "app fatih ff"])
def test_a_judge_that_sees_nobody_takes_back_no_rule(text: str) -> None:
    assert found(text, Judge(0.0), Voice.SOCIAL) == found(text, None, Voice.SOCIAL) != []


def test_a_sure_judge_takes_back_a_guess_and_an_unsure_one_does_not() -> None:
    text = "Daarna kwam Zzyrkel langs."

    assert found(text, None) == ["Zzyrkel"]
    assert found(text, Judge(0.0)) == []
    assert found(text, Judge(0.2)) == ["Zzyrkel"]


def test_the_judge_adds_names_that_no_rule_sees_but_needs_more_for_a_place() -> None:
    text = "Zondag komt Brood naar Haren."

    assert found(text, None) == []
    assert found(text, Judge(0.6)) == ["Brood"]
    assert found(text, Judge(0.95)) == ["Zondag", "Brood", "Haren"]


@pytest.mark.parametrize(
    ("text", "names", "voice"),
    [
        ("Meld je aan bij Zwoebelke, 06 op de poster.", ["Zwoebelke"], Voice.CLUB),
        ("wij zitten met Zwoebel en Snarf op het plein", ["Zwoebel", "Snarf"], Voice.SOCIAL),
        ("De gemeente meldt dat de weg dicht is.", [], Voice.MUNICIPALITY),
    ],
)
def test_the_shipped_judge_knows_the_place_of_a_name(text: str, names: list[str], voice: Voice) -> None:
    assert found(text, NameModel.load(), voice) == names


def test_the_shipped_judge_is_small() -> None:
    assert ARTEFACT.stat().st_size < MOST_BYTES


@pytest.mark.parametrize("content", [None, b"no archive"])
def test_a_judge_that_is_lost_or_broken_is_told_with_advice(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "name_model.npz"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(ModelMissing) as caught:
        Weights.load(file)

    assert caught.value.name == "name_model.npz"
    assert "Haal Torenwacht opnieuw op" in caught.value.advice


def swapper() -> Swapper:
    return Swapper(lexicon(), Random(4))  # noqa: S311 - the same names each time, and no secret


def gold(text: str, *names: str) -> Gold:
    spans = [{"start": text.index(n) + 1, "end": text.index(n) + 1 + len(n), "type": "PERSOON"} for n in names]
    item = {"id": text, "title": "", "text": text, "category": Category.NONE, "relevant": False, "pii": spans}
    return json.loads(json.dumps(item))  # type: ignore[no-any-return]  # what a line of jsonl gives


def test_the_same_texts_and_seed_make_the_same_judge_and_it_learns() -> None:
    examples = Examples(lexicon(), Names(KNOWN))
    golds = [gold(f"Bel {name} in Haren.", name) for name in ("Zwoebel", "Snarf", "Femke", "Mirco")] * 8
    rows, is_name = examples.grown(golds, seed=3)

    once, again = fit(rows, is_name, seed=3), fit(*examples.grown(golds, seed=3), seed=3)

    assert np.array_equal(once.table, again.table)
    assert once.bias == again.bias
    shares = once.shares(rows)
    assert shares[is_name > 0].mean() > shares[is_name == 0].mean()


def test_what_is_saved_judges_as_before(tmp_path: Path) -> None:
    examples = Examples(lexicon(), Names(KNOWN))
    rows, is_name = examples.grown([gold("Bel Zwoebel in Haren.", "Zwoebel")] * 4, seed=1)
    weights = fit(rows, is_name, seed=1)

    weights.save(tmp_path / "judge.npz")

    assert Weights.load(tmp_path / "judge.npz").shares(rows) == pytest.approx(weights.shares(rows), abs=0.01)


def test_swapped_names_keep_their_place_their_form_and_each_other() -> None:
    text = Text.of(
        gold("Zwoebel belde. 'Kom', riep zwoebel tegen oma Trui en SNARFEMA.", "Zwoebel", "oma Trui", "SNARFEMA")
    )
    swapped = swapper().swapped(text)

    names = [swapped.text[start:end] for start, end, _ in swapped.spans]
    assert len(names) == len(text.spans)
    assert names[0][0].isupper()
    assert names[1].startswith("oma ")
    assert names[2].isupper()
    rest, before = swapped.text, text.text
    for (start, end, _), (old_start, old_end, _) in zip(reversed(swapped.spans), reversed(text.spans), strict=True):
        rest, before = rest[:start] + rest[end:], before[:old_start] + before[old_end:]
    assert rest == before


def test_a_small_copy_is_a_post_without_capitals_of_the_same_length() -> None:
    text = Text.of(gold("Bel Zwoebel in HAREN.", "Zwoebel"))
    small = swapper().small(text)

    assert (small.text, small.spans, small.voice) == (text.text.lower(), text.spans, Voice.SOCIAL)


def test_texts_set_aside_are_not_learned_from() -> None:
    assert ASIDE.exists()
    assert ASIDE not in files_to_learn()
