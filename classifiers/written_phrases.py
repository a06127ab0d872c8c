"""The pattern language of the tables -> Phrase. `phrases.py` tells what each sign means."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

from classifiers.phrases import Part, Phrase, Sequel, Step
from classifiers.prose import OPEN_ATOMS, Atom, Form, tokens_of

_PIECE = re.compile(r"\.\.\.|\.\.|<[^<>\s]+>|\([^()]+\)|[^\s()<>]+")
_GAPS = {"..": 2, "...": 6}
"""Words that may stand between."""
_COMMON = frozenset(
    "de het een en in op te van voor met is was zijn er aan bij naar niet dat die om door wordt worden werd werden na "
    "over uit dan tot ook als nog geen wel we wij ze zij je u ik hij maar om heeft hebben had kan of".split()
)
_FORMS = {
    (False, False): Form.WHOLE, (False, True): Form.BEGINS, (True, False): Form.ENDS, (True, True): Form.HOLDS,
}  # fmt: skip
"""By whether the word is open before and after."""
_RARITY = 3.0
"""How much rarer a word is held to be with each letter more."""

Groups = Mapping[str, Sequence[str]]


class PhraseError(ValueError):
    """A phrase breaks the rules of the pattern language; the message is one Dutch sentence."""


class PhraseReader:
    """Compiles phrases that may name `groups`. A group is compiled once, and looked for once in each text."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self._steps: dict[str, Step] = {}

    def read(self, written: str) -> Phrase:
        """The phrase. Raises PhraseError for what the language does not know."""
        parts = [self._part(part.split(), written) for part in _at_ampersands(written)]
        if parts[0].denied:
            raise PhraseError(f"De frase '{written}' begint met wat er niet mag staan. Begin met wat er wel staat.")
        atoms = [atom for part in parts for _, step in part.steps for row in step.sequels for _, atom in row]
        forms = [atom.form for atom in atoms]
        if forms.count(Form.NUMBER) > 1:
            raise PhraseError(f"De frase '{written}' heeft meer dan één #. Houd er één over.")
        steps = [step for part in parts if not part.denied for _, step in part.steps]
        guards = [step for step in steps if not step.is_free]
        if not guards:
            raise PhraseError(f"De frase '{written}' heeft geen enkel vast woord. Zet er een woord bij.")
        return Phrase(
            written=written,
            parts=tuple(parts),
            needs=tuple(sorted(dict.fromkeys(guards), key=_frequency)),
            asks_found=Form.FOUND in forms,
            counts=Form.NUMBER in forms,
        )

    def _part(self, words: Sequence[str], written: str) -> Part:
        text = " ".join(words)
        denied = text.startswith("!")
        text = text.removeprefix("!")
        pieces = _PIECE.findall(text)
        if not pieces or pieces[0] in _GAPS or pieces[-1] in _GAPS:
            raise PhraseError(
                f"De frase '{written}' is leeg, of begint of eindigt met een open plek. Zet er woorden bij."
            )
        if text.count("(") != text.count(")") or "".join("".join(pieces).split()) != "".join(text.split()):
            raise PhraseError(f"De frase '{written}' heeft een haakje te veel of te weinig.")
        steps, gap = [], 0
        for piece in pieces:
            if piece in _GAPS:
                gap = _GAPS[piece]
                continue
            steps.append((gap, self._step(piece, written)))
            gap = 0
        return Part(tuple(steps), denied)

    def _step(self, piece: str, written: str) -> Step:
        if piece == "@":
            return _step([((0, Atom(Form.FOUND, "@")),)])
        known = self._steps.get(piece)
        if known is None:
            known = self._steps[piece] = _step(list(self._sequels(piece, written)))
        return known

    def _sequels(self, piece: str, written: str) -> Iterator[Sequel]:
        if piece.startswith("<"):
            yield from self._members(piece[1:-1], written)
        elif piece.startswith("("):
            for alternative in piece[1:-1].split("|"):
                words = alternative.split()
                if not words:
                    raise PhraseError(f"De frase '{written}' heeft een lege keuze tussen haakjes.")
                if len(words) == 1 and words[0].startswith("<"):
                    yield from self._members(words[0][1:-1], written)
                else:
                    yield _sequel(words, written)
        else:
            yield _sequel([piece], written)

    def _members(self, name: str, written: str) -> Iterator[Sequel]:
        if name not in self._groups:
            names = ", ".join(sorted(self._groups))
            raise PhraseError(f"De groep '{name}' in '{written}' bestaat niet. Kies uit: {names}.")
        for member in self._groups[name]:
            if "<" in member:
                raise PhraseError(f"De groep '{name}' verwijst zelf naar een groep. Schrijf de woorden uit.")
            if "&" in member or "#" in member or "@" in member:
                raise PhraseError(f"De groep '{name}' heeft een &, # of @ in '{member}'. Dat kan alleen in een frase.")
            steps = self._part(member.split(), member).steps
            for row in product(*(step.sequels for _, step in steps)):
                yield tuple(
                    (gap if first else own, atom)
                    for (gap, _), sequel in zip(steps, row, strict=True)
                    for first, (own, atom) in zip([True] + [False] * len(sequel), sequel, strict=False)
                )


def compile_phrase(written: str, groups: Groups) -> Phrase:
    """One phrase by itself. Raises PhraseError, with a Dutch sentence, for what the language does not know."""
    return PhraseReader(groups).read(written)


def _at_ampersands(written: str) -> Sequence[str]:
    return re.split(r"(?<=\s)&(?=\s)", written)


def _sequel(words: Sequence[str], written: str) -> Sequel:
    """Words that follow each other, with open places."""
    row: list[tuple[int, Atom]] = []
    gap = 0
    for word in words:
        if word in _GAPS:
            gap = _GAPS[word]
            continue
        first, *rest = _atoms(word, written)
        row += [(gap, first), *((0, atom) for atom in rest)]
        gap = 0
    return tuple(row)


def _atoms(word: str, written: str) -> Iterator[Atom]:
    """The words of one written word: more than one where it has a hyphen."""
    if word == "#":
        yield Atom(Form.NUMBER, "#")
        return
    if word.startswith("=") and len(word) > 1:
        yield Atom(Form.EXACT, word[1:])
        return
    literal = word.strip("*")
    if not literal or "*" in literal or set("|<>@") & set(literal):
        raise PhraseError(f"Het woord '{word}' in '{written}' kan niet. Een * staat vooraan of achteraan een woord.")
    tokens = tokens_of(literal)
    if not tokens:
        raise PhraseError(f"Het woord '{word}' in '{written}' heeft geen letters. Schrijf een woord.")
    for number, token in enumerate(tokens):
        open_before = word.startswith("*") and number == 0
        open_after = word.endswith("*") and number == len(tokens) - 1
        atom = Atom(_FORMS[open_before, open_after], token)
        OPEN_ATOMS.add(atom)
        yield atom


def _step(sequels: Sequence[Sequel]) -> Step:
    rarest = tuple(dict.fromkeys(min((atom for _, atom in sequel), key=_commonness) for sequel in sequels))
    by_first_word: dict[str, list[Sequel]] = {}
    by_first_part: dict[Atom, list[Sequel]] = {}
    by_first_sign: list[tuple[Atom, Sequel]] = []
    for (_, first), *rest in sequels:
        if first.form is Form.WHOLE:
            by_first_word.setdefault(first.literal, []).append(tuple(rest))
        elif first.form in _FORMS.values():
            by_first_part.setdefault(first, []).append(tuple(rest))
        else:
            by_first_sign.append((first, tuple(rest)))
    is_free = any(atom.form in (Form.NUMBER, Form.FOUND) for atom in rarest)
    return Step(tuple(sequels), rarest, by_first_word, by_first_part, by_first_sign, is_free)


def _frequency(step: Step) -> float:
    return sum(_commonness(atom) for atom in step.rarest)


@lru_cache(maxsize=20_000)
def _commonness(atom: Atom) -> float:
    """A guess, by length: only the order matters."""
    if atom.form in (Form.NUMBER, Form.FOUND):
        return 2.0
    if atom.literal in _COMMON:
        return 1.0
    return float(_RARITY ** -(len(atom.literal) - 2 * (atom.form is not Form.WHOLE)))
