"""A text -> where persons are named in it (R14). Layers that fail closed, of which a later one may only add.

Known places and organisations come first; then rules for capitals and for small letters, then a learned judge, then
whatever returns of a name found. The judge may take back one thing: a guess of the guard that it holds for no name.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from classifiers.known_names import KnownNames
from classifiers.lexicon import ARTICLES, SURNAME_PARTICLES, bare_name, lexicon
from classifiers.name_model import NameModel
from classifiers.name_rules import SHORT, Capitals, Run
from classifiers.optional_names import NameLayer
from classifiers.small_names import SmallLetters
from classifiers.vocabulary import Voice
from classifiers.words import Word, words_of

ENGLISH_LEAST = 3
ENGLISH_FROM = 0.08
"""This share of words that only English has, and the text is English; a Dutch one has two or three in a hundred."""
NAME_FROM = 0.3
EXPLAINED_NAME_FROM = 0.85
"""So likely a word must be a name before the judge adds it; a known place, or what follows an article, more so."""
NO_NAME_BELOW = 0.03
"""Only where the judge is as sure as this that no word of a guess is a name does the guess go."""
_SHORT_TITLE = 4
"""Letters of the longest title that a full stop cuts off: "Prof."."""
Span = tuple[int, int]


MONTH = re.compile(r"\d(?<=\b\d)\d? (jan|mei|mai|jun|jul|april|augustus|juni|juli)\b", re.IGNORECASE)
"""Months that are a given name too."""
SURNAME_FIRST = re.compile(
    r"(?<![\w-])(?:(?:[Vv]an|[Dd]e[nr]?|[Tt]e[nr]?|[EeAa]l) ){0,3}[A-ZÀ-ÖØ-Þ][\w'’-]+(?: [A-ZÀ-ÖØ-Þ][\w'’-]+)?,"
    r" ?(?:[A-Z]\.[ -]?){1,5}(?=[,;.)\n]|\s[a-z(]|$)"
)
"""As registers write it: "De Vries, J.K."."""
INITIAL = re.compile(r"(?:,|^|[^\w. ]) ?[A-Z]\.|[^A-Z]\. [A-Z]\. [a-z]| [A-Z]\.(?:[,;)]|$)", re.MULTILINE)
CAPITAL_AND_STOP = re.compile(r"[A-Z]\.")
"""What no initial goes without, and far quicker to look for."""
LONE_INITIAL = re.compile(
    r"(?<![A-Z]\. )(?<![\w.'’-])[A-Z]\.(?= (?:is|was|zat|had|heeft|zou|wil|wilde|kreeg|krijgt|moet|moest|mag|mocht|kan"
    r"|kon|zei|zegt|vindt|werd|wordt|ging|gaat|kwam|komt|deed|doet|stond|staat|liep|loopt|reed|stak|sloeg|schoot|gooide|vluchtte|bleef"
    r"|blijft|bleek|huilde|zelf|zweeg|zwijgt|ontkende|ontkent|bekende|bekent|verklaarde|verklaart|woont|woonde|filmde|belde|riep)\b)"
)
"""A suspect in the news: "W. zat met zijn vrouw op de publieke tribune"."""
INITIAL_AFTER = re.compile(
    r"(?:(?<=\bvan )|(?<=\bdoor )|(?<=\btegen )|(?<=\bmet )|(?<=\bvolgens ))(?<![A-Z]\. van )[A-Z]\.(?=[,;)]|\n|$)"
)
"""And where he is spoken of: "de advocaat van H., mr. Jansma"."""
LINE_UP = re.compile(
    r"\b(?:Wissels?|Opstelling(?: [^:\n]{1,25})?|Doelpunten(?:makers?)?|Gele? kaart(?:en)?|Rode kaart(?:en)?"
    r"|Scoreverloop|Basis|Bank)"
    r"\s?: ?(?P<names>(?:[^\n.]|(?<=\b[A-Z])\.)+)"
)
IN_A_LINE_UP = re.compile(r"(?<![\w'’-])[A-ZÀ-ÖØ-Þ][\w'’-]+")
"""Who plays, is changed or scores; there every capital is a player."""
NICKNAME = re.compile(r" [\"“”„'‘(][^\W\d_][\w-]{1,14}[\"”“'’)] ")
"""Between two parts of a name: 'Rachid "Ries" El Amrani'."""


STREETS = ("straat", "straatweg", "laan", "plein", "kade", "singel", "gracht", "viaduct", "kanaal", "school", "college")
"""What bears the name of a person in one run of capitals: "Jan Steenstraat", "Anne Frankschool"."""
HASHTAG = re.compile(
    r"#(?:bedankt|dank(?:je)?|justicefor|justice4|rip|free|vrij|stop|lief|hup|gefeliciteerd|beterschap|sterkte|waaris|help|red|voor"
    r"|wijzijn|jesuis|groetjes|veilig|stemop|team|steun)(?P<name>[a-z]{3,})\b",
    re.IGNORECASE,
)
"""A name tied to what is said of it: "#JusticeForJamal", "#bedanktfatima"."""


CAMEL = re.compile(r"#(?=\w*[A-Z])\w{5,}")
CAMEL_PART = re.compile(r"[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+")
BEFORE_A_NAME = (
    "voor",
    "van",
    "met",
    "op",
    "is",
    "for",
    "dank",
    "bedankt",
    "steun",
    "justice",
    "free",
    "stop",
    "lieve",
)
HOLDER = re.compile(r"n\.?v|naam van")
IN_THE_NAME_OF = re.compile(
    r"\b(?:t\.?n\.?v\.?|ten name van|op naam van) (?P<name>(?:[a-z](?:\. ?| )){1,3}"
    r"(?:(?:van|der|den|de|ter|el|al) )*[a-z]{3,})\b"
)
"""An account holder in small letters, by the initials: "tnv p de haan"."""


class Names:
    """Finds who is named. `known` are names that are never a person; upper and lower case are alike in them."""

    def __init__(
        self, known: Collection[str], *, judge: NameModel | None = None, layers: Sequence[NameLayer] = ()
    ) -> None:
        """Without a `judge` the rules alone decide, and every guess stands. `layers` find more (optional_names.py)."""
        self.lexicon = lexicon()
        self.known = KnownNames((*known, *self.lexicon.phrases))
        self._capitals = Capitals(self.lexicon, frozenset(name.lower() for name in known))
        self._small_letters = SmallLetters(self.lexicon)
        self._judge = judge
        self._layers = layers

    def find(self, text: str, *, voice: Voice) -> tuple[Span, ...]:
        """Offsets in `text`, ordered, not overlapping."""
        words = self.words(text)
        runs = list(self._capitals.persons(text, words))
        if voice is Voice.SOCIAL:
            runs += self._small_letters.persons(words)
        if self._judge is not None:
            shares = self._judge.shares(words, voice=voice)
            runs = [run for run in runs if run.sure or _likeliest(run, shares) >= NO_NAME_BELOW]
            runs += self._learned(words, shares)
        if voice is Voice.SOCIAL:
            runs = [self._with_nickname(words, run) for run in runs]
        spans = [self._span(text, words, run) for run in runs]
        spans += listed_names(text, spans)
        spans += self._further(text, words)
        if ":" in text:
            spans += self._lined_up(text)
        if "#" in text:
            spans += (m.span("name") for m in HASHTAG.finditer(text) if m["name"].lower() in self.lexicon.given_lower)
            spans += self._in_hashtags(text)
        spans += self._again(words, runs)
        return merged(spans)

    def words(self, text: str) -> list[Word]:
        """The words of `text` as every layer sees them."""
        months = [at for match in MONTH.finditer(text) for at in range(*match.span(1))]
        return self._english_known(words_of(text, self.known.characters(text).union(months)))

    def _english_known(self, words: list[Word]) -> list[Word]:
        """`words`, and where the text is English its plain words as known: every sentence opens with one."""
        lex = self.lexicon
        if sum(word.lower in lex.english_marks for word in words) < max(ENGLISH_LEAST, ENGLISH_FROM * len(words)):
            return words
        return [
            word._replace(known=True)
            if word.capital and bare_name(word.lower) in lex.english and not self._capitals.given(word)
            else word
            for word in words
        ]

    def _with_nickname(self, words: Sequence[Word], run: Run) -> Run:
        """`run` with the word before it that belongs to it in talk: "dikke Berend"."""
        led = run.first > 0 and words[run.first].gap == " " and words[run.first - 1].lower in self.lexicon.nicknames
        return run._replace(first=run.first - 1) if led else run

    def _recurs(self, word: Word) -> bool:
        """Whether this part of a name, alone, is taken for the same person further on."""
        lex = self.lexicon
        if not word.capital or len(word.text) <= SHORT or word.known or word.lower.endswith(lex.place_tails):
            return False
        return not lex.stands_for_a_thing(word.text)

    def _in_hashtags(self, text: str) -> Iterator[Span]:
        """Names that the capitals of a hashtag tell apart: "#SanneKoster", "#vrijheidvoorAhmed"."""
        lex = self.lexicon
        for tag in CAMEL.finditer(text):
            parts = list(CAMEL_PART.finditer(tag[0]))
            for at, part in enumerate(parts):
                if part[0] not in lex.given or self.known.characters(part[0]):
                    continue
                led = at > 0 and parts[at - 1][0].lower().endswith(BEFORE_A_NAME)
                surname = parts[at + 1 : at + 2] if parts[at + 1 : at + 2] and parts[at + 1][0] in lex.surnames else []
                if led or surname or at + 1 == len(parts) == 1:
                    yield tag.start() + part.start(), tag.start() + (surname or [part])[0].end()

    def _lined_up(self, text: str) -> Iterator[Span]:
        """Players by their surnames, though these be villages or plain words; not the clubs among them."""
        for line in LINE_UP.finditer(text):
            for name in IN_A_LINE_UP.finditer(text, *line.span("names")):
                if not name[0].isupper() and name[0].lower() not in self.lexicon.entities:
                    yield name.span()

    def _further(self, text: str, words: Sequence[Word]) -> Iterator[Span]:
        """What the optional layers find, but for known names."""
        for layer in self._layers:
            for start, end in layer(text):
                if not all(word.known for word in words if word.start < end and start < word.end):
                    yield start, end

    def _learned(self, words: Sequence[Word], shares: Mapping[int, float]) -> Iterator[Run]:
        """The words that the judge takes for names. It must be surer where something else explains the capital."""
        streets = self._in_streets(words)
        for at, share in shares.items():
            word = words[at]
            if at in streets:
                continue
            article = at > 0 and word.gap == " " and words[at - 1].lower in ARTICLES
            if word.initial and max(shares.get(at - 1, 0.0), shares.get(at + 1, 0.0)) < NAME_FROM:
                continue  # "betoging A", "B.V."
            only_a_name = self._capitals.given(word) and word.lower not in self.lexicon.ordinary
            plain = word.known or word.shouted or self._is_a_thing(word) or self._is_plain_english(word)
            explained = plain or (article and not only_a_name)
            if share >= (EXPLAINED_NAME_FROM if explained else NAME_FROM):
                yield Run(at, at + 1, sure=True)

    def _is_plain_english(self, word: Word) -> bool:
        lex = self.lexicon
        return word.lower in lex.english and word.text.title() not in lex.surnames and word.lower not in lex.given_lower

    def _in_streets(self, words: Sequence[Word]) -> set[int]:
        """Which words stand before the last part of a street or school that bears a name, and are part of it."""
        found: set[int] = set()
        for at, word in enumerate(words):
            if not (word.capital and word.lower.endswith(STREETS)) or word.text in self.lexicon.surnames:
                continue
            first = at
            while first and _goes_on(words[first - 1]) and _is_joined(words[first - 1], words[first]):
                first -= 1
            found.update(range(first, at))
        return found

    def _is_a_thing(self, word: Word) -> bool:
        return word.lower.endswith(self.lexicon.place_tails) or self.lexicon.is_entity(word.text)

    def _again(self, words: Sequence[Word], runs: Sequence[Run]) -> Iterator[Span]:
        """Where a part of a name that was found stands once more."""
        named: set[str] = set()
        for run in runs:
            named.update(bare_name(w.text) for w in words[run.first : run.last] if self._recurs(w))
            if words[run.last - 2].lower in SURNAME_PARTICLES:
                named.add(f"{words[run.last - 2].lower} {words[run.last - 1].lower}")
        if not named:
            return
        for word in words:
            if word.text not in named and word.text[-1] not in "s'’":
                continue
            bare = bare_name(word.text)
            if (bare in named or (bare[-1:] == "s" and bare[:-1] in named)) and not word.known:
                yield word.start, word.end
        for before, word in pairwise(words):
            if before.capital and word.gap == " " and f"{before.lower} {word.lower}" in named:
                yield before.start, word.end  # "De Vries", a village else

    def _span(self, text: str, words: Sequence[Word], run: Run) -> Span:
        """The characters of `run`, with the full stop of a closing initial ("Lenka V.")."""
        end = words[run.last - 1].end
        if words[run.last - 1].initial and text[end : end + 1] == ".":
            end += 1
        return words[run.first].start, end


def _goes_on(word: Word) -> bool:
    return word.capital or word.lower in SURNAME_PARTICLES


def _is_joined(word: Word, following: Word) -> bool:
    """ "Prof. Cuypersstraat" is one street; in "… zei Qorin Vlasmeijer. Kerkstraat dicht" a sentence ends before it."""
    return following.gap == " " or (following.gap in (". ", ".") and (word.initial or len(word.text) <= _SHORT_TITLE))


def _likeliest(run: Run, shares: Mapping[int, float]) -> float:
    return max(shares.get(at, 0.0) for at in range(run.first, run.last))


def listed_names(text: str, found: Collection[Span]) -> Iterator[Span]:
    """Names that their form alone gives away, and what stands in quotes between two parts of one in `found`."""
    if HOLDER.search(text):
        yield from (match.span("name") for match in IN_THE_NAME_OF.finditer(text))
    if CAPITAL_AND_STOP.search(text) and INITIAL.search(text):
        for pattern in (SURNAME_FIRST, LONE_INITIAL, INITIAL_AFTER):
            yield from (match.span() for match in pattern.finditer(text))
    ends = dict(found)
    for _, end in found:
        between = NICKNAME.match(text, end)
        if between and between.end() in ends:
            yield end - 1, between.end() + 1


def merged(spans: Collection[Span]) -> tuple[Span, ...]:
    """`spans` in order, overlapping ones made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)
