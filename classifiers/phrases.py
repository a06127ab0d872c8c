"""Phrases, as the tables of this room write them -> where they stand in a text.

A phrase is matched without regard to case and accents, on whole words, never across the end of a sentence or line.
A word with a hyphen is two words, so "protest-mars" holds "mars". `written_phrases.py` reads the language:

    rellen              this word
    demonstr*  *feest   a word that begins, or ends, like this; *ruit* holds it
    geen .. drank       at most two words between
    oproep ... rellen   at most six words between
    zetten & weg & af   all of these in one sentence, in any order: each part a phrase as above
    weg & !vrij         the one, and nowhere in its sentence the other
    (mars|stille tocht) one of these; alternatives hold words and <groups>
    <verleden>          any phrase of that group of the table
    #                   a whole number, in digits ("1.200") or in a word ("vijftien")
    =ME                 this word in exactly these letters: "de ME", not "voor me"
    @                   the words that were found: only in `unless`

No regular expression is run for a phrase: an index of words tells which phrases a text can hold, and those are
followed from word to word. So thousands of phrases cost about what ten do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from classifiers.prose import MOST_REMEMBERED, OPEN_ATOMS, Atom, Form, Prose, Span, folded

__all__ = ["Hit", "Part", "Phrase", "PhraseIndex", "Prose", "Sequel", "Step"]

Sequel = tuple[tuple[int, Atom], ...]
"""Words that follow each other, each with the most words that may stand before it."""


class Hit(NamedTuple):
    """Where a phrase stood: half-open offsets, and the number that its `#` read (None without `#`)."""

    start: int
    end: int
    number: int | None
    sentence: int
    pieces: tuple[Span, ...]
    """The words that were asked for, without those between."""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One place in a phrase, and all that may stand there."""

    sequels: tuple[Sequel, ...]
    rarest: tuple[Atom, ...]
    """One word of each sequel: a text without any of these holds nothing of the step."""
    by_first_word: Mapping[str, Sequence[Sequel]]
    """What follows each whole word that a sequel can begin with."""
    by_first_part: Mapping[Atom, Sequence[Sequel]]
    """What follows each first word that is open."""
    by_first_sign: Sequence[tuple[Atom, Sequel]]
    """What follows each first word in exact letters, and each number."""
    is_free: bool
    """No fixed word stands for it: a number, or the words that were found."""

    def spans(self, prose: Prose) -> Sequence[Span]:
        """Everywhere it stands, in order."""
        return prose.answer(self, self._search)

    def _search(self, prose: Prose) -> list[Span]:
        found: list[Span] = []
        # A long list of whole words is compared with the words of the text at one stroke.
        for word in self.by_first_word.keys() & prose.distinct():
            for rest in self.by_first_word[word]:
                self._add(prose, prose.of_word(word), rest, found)
        for atom in self.by_first_part.keys() & prose.open_atoms():
            for rest in self.by_first_part[atom]:
                self._add(prose, prose.at(atom), rest, found)
        for first, rest in self.by_first_sign:
            places = prose.at(first)
            if places:
                self._add(prose, places, rest, found)
        return sorted(found) if len(found) > 1 and len(self.sequels) > 1 else found

    @staticmethod
    def _add(prose: Prose, places: Sequence[int], rest: Sequel, found: list[Span]) -> None:
        if not rest:
            single = prose.single
            found += [single[at] for at in places]
            return
        for at in places:
            end = _follow(prose, at, rest)
            if end:
                found.append(Span(at, end))


def _follow(prose: Prose, at: int, rest: Sequence[tuple[int, Atom]]) -> int:
    """The end of the first way to go on from the word at `at` through `rest`; 0 when there is none."""
    if not rest:
        return at + 1
    gap, atom = rest[0]
    sentence, further = prose.sentence_of[at], rest[1:]
    for following in prose.at(atom):
        if following > at + 1 + gap:
            return 0
        if following > at and prose.sentence_of[following] == sentence:
            if not further:
                return following + 1
            end = _follow(prose, following, further)
            if end:
                return end
    return 0


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Steps that follow each other, each with the most words that may stand before it."""

    steps: tuple[tuple[int, Step], ...]
    denied: bool = False
    """Whether the sentence may not hold it."""

    def rows(self, prose: Prose, found: Sequence[Span] = ()) -> Iterator[tuple[Span, ...]]:
        """Each way in which it stands; for every first word the nearest ones that follow. `found` is for `@`."""
        # Most phrases fail for want of one word: that is looked at before any order.
        places = [step.spans(prose) or (found if _is_found(step) else ()) for _, step in self.steps]
        if not all(places):
            return
        if len(places) == 1:
            yield from ((span,) for span in places[0])
            return
        for first in places[0]:
            yield from self._onward((first,), 1, places, prose)

    def own(self, row: Sequence[Span]) -> list[Span]:
        """The words of `row` that this part brings itself: all but those of `@`."""
        return [span for span, (_, step) in zip(row, self.steps, strict=True) if not _is_found(step)]

    def _onward(
        self, row: tuple[Span, ...], step: int, places: Sequence[Sequence[Span]], prose: Prose
    ) -> Iterator[tuple[Span, ...]]:
        if step == len(self.steps):
            yield row
            return
        end, gap = row[-1].end, self.steps[step][0]
        sentence = prose.sentence_of[end - 1]
        for span in places[step]:
            if span.first > end + gap:
                return
            if span.first >= end and prose.sentence_of[span.first] == sentence:
                yield from self._onward((*row, span), step + 1, places, prose)


def _overlap(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(a.first < b.end and b.first < a.end for a in some for b in others)


def _is_found(step: Step) -> bool:
    return step.sequels[0][0][1].form is Form.FOUND


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """One compiled phrase."""

    written: str
    parts: tuple[Part, ...]
    needs: tuple[Step, ...]
    """The steps with a fixed word, the rarest first: without one of them it stands nowhere."""
    asks_found: bool
    """Whether it has an `@`."""
    counts: bool
    """Whether it has a `#`."""

    def hits(self, prose: Prose) -> Sequence[Hit]:
        """Every place where the phrase stands, in order."""
        return prose.answer(self, self._all_hits)

    def _all_hits(self, prose: Prose) -> list[Hit]:
        for step in self.needs:
            if not step.spans(prose):
                return []
        if len(self.parts) == 1 and len(self.parts[0].steps) == 1:
            return [self._hit(prose, [span], prose.sentence_of[span.first]) for span in self.needs[0].spans(prose)]
        return list(self._search(prose, ()))

    def within(self, prose: Prose) -> bool:
        """Whether the phrase stands there at all."""
        return bool(self.hits(prose))

    def stands_by(self, prose: Prose, hit: Hit) -> bool:
        """Whether it stands in the sentence of `hit`, in other words than those that were found; `@` is those."""
        hits = self._search(prose, hit.pieces) if self.asks_found else self.hits(prose)
        return any(other.sentence == hit.sentence and not _overlap(other.pieces, hit.pieces) for other in hits)

    def _search(self, prose: Prose, found: Sequence[Span]) -> Iterator[Hit]:
        first, *others = self.parts
        for row in first.rows(prose, found):
            sentence = prose.sentence_of[row[0].first]
            pieces = first.own(row)
            for part in others:
                rest = self._beside(part, pieces, sentence, prose, found)
                if rest is None:
                    break
                pieces += rest
            else:
                yield self._hit(prose, pieces, sentence)

    @staticmethod
    def _beside(
        part: Part, taken: Sequence[Span], sentence: int, prose: Prose, found: Sequence[Span]
    ) -> Sequence[Span] | None:
        """The words of `part` in the same sentence, nothing when it is denied and absent; None when it fails."""
        for row in part.rows(prose, found):
            own = part.own(row)
            if prose.sentence_of[row[0].first] == sentence and not _overlap(own, taken):
                return None if part.denied else own
        return () if part.denied else None

    def _hit(self, prose: Prose, pieces: Sequence[Span], sentence: int) -> Hit:
        if len(pieces) == 1:
            first, last = pieces[0]
        else:
            first, last = min(p.first for p in pieces), max(p.end for p in pieces)
        number = None
        if self.counts:
            number = next((n for p in pieces if p.end == p.first + 1 and (n := prose.value(p.first)) is not None), None)
        return Hit(prose.starts[first], prose.ends[last - 1], number, sentence, tuple(sorted(pieces)))


def _rarest(phrase: Phrase) -> tuple[Step, ...]:
    """The steps that an index looks for: further ones rule out hardly anything, and stand in every text."""
    return phrase.needs[:2]


class PhraseIndex:
    """Tells quickly which of many phrases a text can hold at all. Only remembers, so threads may share it."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)
        steps = {step: n for n, step in enumerate(dict.fromkeys(s for phrase in self.phrases for s in _rarest(phrase)))}
        self._lists = _AtomLists()
        for step, n in steps.items():
            for atom in dict.fromkeys(step.rarest):
                self._lists.add(atom, n)
        self._guarded: dict[int, list[tuple[int, int]]] = {}
        """Rarest step -> its phrases, each with the next rarest, itself where there is no other."""
        for number, phrase in enumerate(self.phrases):
            guard, *others = (steps[step] for step in _rarest(phrase))
            self._guarded.setdefault(guard, []).append((number, others[0] if others else guard))
        self._known: dict[str, tuple[int, ...]] = {}

    def numbers(self, prose: Prose) -> list[int]:
        """The phrases of which one sentence has the rarest words, by their place in the row given at the start."""
        told, guarded = self._told(prose), self._guarded
        return sorted(
            [
                number
                for step, sentences in told.items()
                if step in guarded
                for number, other in guarded[step]
                if sentences & told.get(other, 0)
            ]
        )

    def _told(self, prose: Prose) -> dict[int, int]:
        """The steps that the text has words of, each with the sentences that have one: a bit for each."""
        known, told = self._known, dict[int, int]()
        for word in prose.distinct():
            steps = known.get(word)
            if steps is None:
                if len(known) > MOST_REMEMBERED:
                    known.clear()
                steps = known[word] = self._lists.steps_of(word)
            if steps:
                sentences = prose.sentences_of(word)
                for step in steps:
                    told[step] = told.get(step, 0) | sentences
        return told

    def possible(self, prose: Prose) -> set[str]:
        """The same phrases, as written."""
        return {self.phrases[number].written for number in self.numbers(prose)}


class _AtomLists:
    """Atoms, each with the numbers of the steps that it tells of."""

    def __init__(self) -> None:
        self._whole: dict[str, list[int]] = {}
        self._open: dict[Atom, list[int]] = {}

    def add(self, atom: Atom, step: int) -> None:
        if atom.form is Form.EXACT:
            self._whole.setdefault(folded(atom.literal), []).append(step)
        elif atom.form is Form.WHOLE:
            self._whole.setdefault(atom.literal, []).append(step)
        else:
            self._open.setdefault(atom, []).append(step)

    def steps_of(self, word: str) -> tuple[int, ...]:
        found = [*self._whole.get(word, ())]
        for atom in OPEN_ATOMS.of(word):
            found += self._open.get(atom, ())
        return tuple(dict.fromkeys(found))
