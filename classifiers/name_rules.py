"""Words -> which runs of capitals are persons, by rule (R14). Closed at the end: what nothing explains is a name.

Layer 1: a role or a title before a capital ("woordvoerder ..."). Layer 2: a given name and what hangs on it. Layer 3:
the guard, whose finds are guesses. Knows no statistics; what it knows of words stands in lexicon.py and its lists.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from classifiers import lexicon as lists
from classifiers.lexicon import ARTICLES, NEAR_PLACE, PLAIN_PARTICLES, SURNAME_PARTICLES, Lexicon, bare_name
from classifiers.words import Word

AGE = re.compile(r"\s?\((?:[1-9]\d?|1[01]\d)(?: jaar)?\)")
PARTICIPLE = re.compile(r"(?:ge|be|ver|ont|her)[a-z]{4,}[dt]e?")
"""Opens a sentence, and not every one stands in a word list: "Gerekend wordt op ..."."""
CLIPPED = re.compile(r"(?<=[^\W\d_]{2})['’].*")
"""What follows the apostrophe in "zo'n" or "foto's"; not that of "O'Brien"."""
MEMBER = re.compile(r"[A-Z]['’]er$")
INNER_CAPITAL = re.compile(r"(?:Mc|Mac|O['’]|D['’]|L['’]|De|Van|La|Le|IJ)[A-Z]?[a-zà-ÿ]+$")
OF_A_PLACE = ("se", "er", "ers", "aar", "ster")
WITH_OFFICE = frozenset({"wethouder", "gedeputeerde", "minister", "staatssecretaris", "directeur", "commissie"})
"""What such a person is charged with stands after it too: "wethouder Wonen"."""
EMPLOYERS = (
    "universiteit", "hogeschool", "stichting", "vereniging", "federatie", "organisatie", "comité", "gemeente",
    "ministerie", "rechtbank", "instituut", "politie", "brandweer", "provincie", "supportersclub", "vakbond",
)  # fmt: skip
"""What a person is of, and not called: "Iris Snarf van de Rijksuniversiteit"."""
TRADES = frozenset(
    {"boer", "boerin", "bakker", "slager", "kapper", "dokter", "dominee", "kastelein", "schipper", "molenaar"}
)
MOST_PARTICLES = 3
SHORT = 2
Ends = tuple[int, int]


class Run(NamedTuple):
    """Words first..last-1 name a person."""

    first: int
    last: int
    sure: bool
    """False where only the guard says so: no list explains the capital."""


class Capitals:
    """Judges runs of capitals. `places` are the known names in lower case."""

    def __init__(self, lexicon: Lexicon, places: Collection[str]) -> None:
        self.lexicon = lexicon
        self.places = places

    def persons(self, text: str, words: Sequence[Word]) -> Iterator[Run]:
        """The names among `words`, in order."""
        at = 0
        while at < len(words):
            stop = self._run_end(words, at) if words[at].capital or self._opens_with_particle(words, at) else at
            if stop - at <= (not words[at].capital):
                at += 1
                continue
            yield from self._persons(text, words, at, stop)
            at = stop

    def _opens_with_particle(self, words: Sequence[Word], at: int) -> bool:
        """Whether a surname may begin here with a small letter: "mevrouw van Dam", "wethouder de Wit"."""
        if words[at].lower not in PLAIN_PARTICLES or not at or words[at].gap not in (" ", ". "):
            return False
        before = words[at - 1].lower
        doubled = at + 1 < len(words) and words[at + 1].lower in ("der", "den")
        return before in self.lexicon.honorifics or (
            (doubled or words[at].lower in lists.ARTICLE_LIKE) and self.lexicon.is_role(before)
        )

    def _run_end(self, words: Sequence[Word], at: int) -> int:
        """Where the run of capitals that begins at `at` ends; particles count when a capital follows them."""
        stop = at + 1
        while stop < len(words):
            look = stop
            while look < min(len(words), stop + MOST_PARTICLES) and self._joined(words, look):
                if words[look].capital or words[look].lower not in self.lexicon.particles:
                    break
                look += 1
            if look == len(words) or not words[look].capital or not self._joined(words, look):
                break
            if look > stop and not self._particle_joins(words, at, stop, look):
                break
            stop = look + 1
        return stop

    def _joined(self, words: Sequence[Word], at: int) -> bool:
        """Whether only a space, or the full stop of an initial, stands before the word at `at`."""
        word, before, lex = words[at], words[at - 1], self.lexicon
        if word.gap == "\n":  # a line that ends within a name
            goes_on = word.lower in SURNAME_PARTICLES and not word.capital
            return self.given(before) and (goes_on or (word.text in lex.surnames and not lex.is_ordinary(word.lower)))
        return word.gap in (" ", "-") or (word.gap in (". ", ".") and before.initial)

    def _particle_joins(self, words: Sequence[Word], at: int, stop: int, look: int) -> bool:
        """Whether what stands between two capitals is part of a name: "Jan van Dam", not "Femke in Groningen"."""
        after = words[look]
        if words[stop].lower in {"in", "op", "aan", "uit", "bij", "voor", "onder", "over"} and look - stop == 1:
            return False
        if words[stop].text == "van" and after.lower.endswith(EMPLOYERS):
            return False  # "Iris Snarf van de Rijksuniversiteit"
        if after.known or self.lexicon.is_entity(after.text) or self._ends_like_a_place(after.lower):
            # Half the surnames of the north are a village: what leads decides, not what follows.
            first = words[stop - 1]
            led = self.given(first) or first.initial or first.text == "Van"
            strange = look - stop > 1 and not self._explained(first)  # "Lideweij van 't Zand"
            return (led or strange) and all(w.lower in SURNAME_PARTICLES for w in words[stop:look])
        return True

    def _in_full(self, run: Sequence[Word], before: Word | None) -> int:
        """How many words of `run` are a name in full: given names or initials, particles, a capital. 0: it is none.

        It is a person's though the surname be a place ("Femke van den Bosch") or a plain word ("J. de Boer").
        """
        lex, at = self.lexicon, 0
        while at < len(run) and (self.given(run[at]) or run[at].initial):
            at += 1
        last = at
        while last < len(run) and run[last].lower in SURNAME_PARTICLES:
            last += 1
        if not at or last == len(run) or not run[last].capital or all(w.known for w in run if w.capital):
            return 0
        surname, dotted = run[last], run[0].initial and run[1].gap.startswith(".")
        if (
            self._ends_like_a_place(surname.lower)
            and surname.text not in lex.surnames
            and surname.lower not in lex.place_tails
        ):
            return 0  # a street: "Jan van Galenlaan"
        if before is not None and lex.is_head(before.lower):
            return 0
        if run[0].initial and not self._initials((run[0], surname), before, led=last > 1):
            return 0
        return last + 1 if last > at or dotted else 0

    def _titled(self, before: Word, run: Sequence[Word]) -> bool:
        """Whether `run` is the name after a title: "mevrouw van Dam"; not the street "Mr. Treublaan"."""
        if before.lower not in self.lexicon.honorifics or before.known:
            return False
        led = run[0].lower in SURNAME_PARTICLES and len(run) > 1
        if self._ends_like_a_place(run[-1].lower) and run[-1].text not in self.lexicon.surnames:
            return led and run[-1].lower in self.lexicon.place_tails
        return led or before.lower in lists.ADDRESSED or not all(w.known for w in run if w.capital)

    def _persons(self, text: str, words: Sequence[Word], at: int, stop: int) -> Iterator[Run]:
        """The stretches of one run that name a person, as indices of words."""
        lex = self.lexicon
        before = words[at - 1] if at and words[at].gap in (" ", ". ") and not words[at].opens else None
        introduced = before is not None and lex.is_role(before.lower)
        while at < stop and self._leads(words, at, stop, led=introduced):
            before = words[at]
            introduced = lex.is_role(before.lower) or self._affiliates(before)
            at += 1
        while at < stop and not words[at].capital and not self._opens_with_particle(words, at):
            before, introduced = words[at], False
            at += 1
        run = words[at:stop]
        if not run:
            return
        if before is not None and self._titled(before, run):
            yield Run(at - (before.lower in lex.kin), stop, sure=True)
        elif full := self._in_full(run, before):
            yield Run(at, at + full if run[full - 1].shouted else stop, sure=True)
        elif introduced and len(run) > 1 and run[0].text in ("Van", "Ter", "Ten") and run[-1].capital:
            yield Run(at, stop, sure=True)
        elif run[-1].lower.endswith(lex.place_tails) and run[-1].text not in lex.surnames:
            return
        elif self.given(run[0]):
            run = self._shouted_name(run) if run[0].shouted else run
            aged = AGE.match(text, run[-1].end) is not None
            if self._given_is_person(run, before, certain=introduced or aged):
                yield Run(at, at + len(run), sure=True)
        elif (
            run[0].initial
            and len(run) > 1
            and run[1].gap.startswith(".")
            and self._initials(run, before, led=run[1].initial)
        ):
            yield Run(at, stop, sure=True)
        elif not self._is_thing(run, before):
            inside = next((i for i in range(at + 1, stop) if self.given(words[i])), stop)
            if inside < stop and all(self._explained(w) for w in words[at:inside]):
                yield from self._persons(text, words, inside, stop)
            else:
                yield from self._guarded(text, words, (at, stop), before, introduced=introduced)

    def _initials(self, run: Sequence[Word], before: Word | None, *, led: bool) -> bool:
        """Whether the letter that opens the run is an initial, and not the end of "vak K." or "AB-123-K.".

        `led`: more initials or a particle lead to the surname, so that it may be a plain word ("J. de Boer").
        """
        if run[0].gap.rstrip(" ")[-1:].isdigit() or run[0].gap[-1:].isalpha() or run[0].gap.endswith("-"):
            return False
        numbered = before is not None and before.lower in lists.LETTERED
        plain = run[1].lower in lists.FUNCTION_WORDS or (not led and run[1].lower in self.lexicon.ordinary)
        return not numbered and (run[1].text in self.lexicon.surnames or not plain)

    def given(self, word: Word) -> bool:
        return self.lexicon.given_in(word.text) or (word.shouted and self.lexicon.given_in(word.text.title()))

    def _guarded(
        self, text: str, words: Sequence[Word], ends: Ends, before: Word | None, *, introduced: bool
    ) -> Iterator[Run]:
        """Layers 1 and 3, for a run without a given name: who is introduced or speaks, and what nothing explains."""
        at, stop = ends
        lex, run = self.lexicon, words[at:stop]
        unexplained = [i for i in range(at, stop) if words[i].capital and not self._explained(words[i])]
        last = run[-1]
        leading = before.lower if before is not None else ""
        after = words[stop] if stop < len(words) and words[stop].gap == " " else None
        plain = not any(
            (w.known and w.text not in lex.surnames) or w.shouted or lex.stands_for_a_thing(w.text)
            for w in run
            if w.capital
        )
        surname = last.text in lex.surnames and leading not in ARTICLES and not last.known
        asked = leading in lex.speech or introduced
        speaks = (after is not None and after.lower in lex.speech) or AGE.match(text, last.end) is not None
        a_thing_before = leading in NEAR_PLACE or lex.is_head(leading)
        stands_alone = surname and (not last.opens or self._person_follows(words, stop - 1, stop))
        a_place_speaks = self._named_after_a_place(words, at, stop, introduced=introduced)
        if a_place_speaks or (plain and (asked or stands_alone or (speaks and (unexplained or surname)))):
            office = leading in WITH_OFFICE and not speaks and all(self._is_plain(w) for w in run)
            yield Run(at, stop, sure=not office)
        elif introduced and run[0].shouted and not lex.is_ordinary(run[0].lower) and not lex.is_entity(run[0].text):
            yield Run(at, at + 1, sure=True)
        elif unexplained and (not a_thing_before or len(run) > SHORT):
            yield Run(unexplained[0], self._guess_ends(words, unexplained[-1] + 1, stop), sure=False)
        elif plain and len(run) == 1 and not last.opens and not a_thing_before and self._only_a_compound(last):
            yield Run(at, stop, sure=False)

    def _is_plain(self, word: Word) -> bool:
        """Whether it is a Dutch word and nobody's name: "wethouder Wonen"."""
        return word.lower in self.lexicon.ordinary and word.text not in self.lexicon.surnames and not self.given(word)

    def _guess_ends(self, words: Sequence[Word], at: int, stop: int) -> int:
        """A guess takes the capitals after it along, but for a thing: "Elselien Stel", "Zerai T."."""
        lex, end = self.lexicon, at
        while at < stop and (words[at].capital or words[at].lower in SURNAME_PARTICLES):
            word, led = words[at], at > end  # led by particles: "van 't Zand", a village else
            lone_van = word.text == "van" and words[at + 1].capital
            thing = word.known or lex.stands_for_a_thing(word.text) or word.lower in lex.organisation_words
            if word.shouted or lone_van or (thing and not led):
                break
            at += 1
            end = at if word.capital else end
        return end

    def _named_after_a_place(self, words: Sequence[Word], at: int, stop: int, *, introduced: bool) -> bool:
        """Whether a lone place is the surname of who speaks: "wethouder Bedum zegt", "volgens wethouder Bedum"."""
        word, lex = words[at], self.lexicon
        if not introduced or stop - at > 1 or not word.known or word.lower in lex.entities:
            return False
        if words[at - 1].lower in TRADES:
            return True  # "bij boer Balk"
        speaks = stop < len(words) and words[stop].gap == " " and words[stop].lower in lex.speech
        return speaks or (at > 1 and words[at - 2].lower in lex.speech)

    def _leads(self, words: Sequence[Word], at: int, stop: int, *, led: bool) -> bool:
        """Whether the capital at `at` is that of a sentence, or of a role, and not of a name."""
        word, lex = words[at], self.lexicon
        if not word.capital or word.known or word.initial:
            return False
        if self.given(word):
            return word.opens and word.lower in lex.ordinary and not self._person_follows(words, at, stop)
        if word.lower in lex.honorifics or (word.lower in lex.roles and not led and (word.opens or at + 1 < stop)):
            return True
        if at + 1 < stop and (self._affiliates(word) or lex.is_head(word.lower)):
            return True
        if word.lower in PLAIN_PARTICLES and words[stop - 1].text in lex.surnames and not words[stop - 1].known:
            return False  # "Van den Kerkhof", "De Boer"
        return (
            word.opens
            and (lex.is_ordinary(word.lower) or lex.is_role(word.lower) or word.lower in lex.calls or word.shouted)
            and not (stop - at == 1 and word.text in lex.surnames and self._person_follows(words, at, stop))
        )

    def _affiliates(self, word: Word) -> bool:
        """Whether the word says to what the person after it belongs: "PvdA-raadslid", "VVD'er"."""
        tail = word.text.rpartition("-")[2]
        if tail in self.lexicon.particles:
            return False  # "Jansen-van der Meer"
        return (tail != word.text and tail.islower() and self.lexicon.is_ordinary(tail)) or MEMBER.search(
            word.text
        ) is not None

    def _person_follows(self, words: Sequence[Word], at: int, stop: int) -> bool:
        """Whether what stands after the word at `at` shows that it is a name."""
        if at + 1 == len(words) or "\n" in words[at + 1].gap:
            return "\n" in words[at].gap or words[at].text in self.lexicon.surnames  # alone on its line: who signs
        following = words[at + 1]
        listed = words[at].gap.rstrip(" '")[-1:] not in (".", "!", "?", "\n", "") and following.gap[0] in ",;.)"
        if listed and words[at].text in self.lexicon.surnames:
            return True  # "12' Kramer, 45' De Boer"
        if following.gap not in (" ", ", "):
            return False
        if at + 1 < stop:
            return not following.known and not self.lexicon.stands_for_a_thing(following.text)
        if following.lower in ("en", "&") or following.gap == ", ":
            other = words[at + 2 if following.gap == " " else at + 1 : at + 3]
            return bool(other) and self.given(other[0])
        return following.lower in self.lexicon.speech or following.lower in self.lexicon.doings

    def _given_is_person(self, run: Sequence[Word], before: Word | None, *, certain: bool) -> bool:
        """Whether a run that begins with a given name is a person, and not a street, a ship or a foundation."""
        lex = self.lexicon
        leading = before.lower if before is not None else ""
        if leading in lex.contacts and before is not None and before.opens:
            return not run[0].known  # "App Noor": an app by that name has an article before it
        if len(run) == 1:
            # In Gronings "het" is "heeft": "Vannacht het Reint zien auto verkocht".
            held = leading in ARTICLES and (leading != "het" or run[0].lower in lex.ordinary)
            return not run[0].known and (certain or not (held or lex.is_head(leading) or run[0].lower in lex.entities))
        if certain:
            return True
        if all(w.known for w in run if w.capital) or self._is_thing(run, before):
            return False
        return not lex.is_head(leading)

    def _shouted_name(self, run: Sequence[Word]) -> Sequence[Word]:
        """The name at the head of a line in capitals: "JAN DE VRIESEMA" of "JAN DE VRIESEMA GEKOZEN"."""
        lex = self.lexicon
        for at, word in enumerate(run[1:], 1):
            if (
                lex.is_ordinary(word.lower)
                and word.lower not in lex.particles
                and word.text.title() not in lex.surnames
            ):
                return run[:at]
        return run

    def _is_thing(self, run: Sequence[Word], before: Word | None) -> bool:
        """Whether the run as a whole names a place, an organisation or an event."""
        lex, last = self.lexicon, run[-1]
        held = [last] if self.given(run[0]) else run
        if any(w.lower in lex.organisation_words for w in held) or all(w.lower in lex.entities for w in run):
            return True
        weak = last.lower.endswith(lex.weak_place_tails) and last.text not in lex.surnames
        near = NEAR_PLACE - {"aan"} if self.given(run[0]) else NEAR_PLACE  # "een seintje aan Jan Bolhuis"
        return weak and before is not None and before.lower in near

    def _explained(self, word: Word) -> bool:
        """Whether something other than a person gives this word its capital."""
        lex = self.lexicon
        if word.known or word.shouted or len(word.text) == 1:
            return True
        if "-" not in word.text and not word.text[1:].islower() and not INNER_CAPITAL.match(word.text):
            return True  # "PvdA", "ME'ers", "GroenLinks"
        lower = bare_name(word.lower)
        if lex.stands_for_a_thing(word.text) or self._ends_like_a_place(lower):
            return True
        if lower.endswith(OF_A_PLACE) and not {lower[:-2], lower[:-1], lower[:-3]}.isdisjoint(self.places):
            return True  # "Harense" of Haren, "Assenaar" of Assen
        if (
            lex.is_ordinary(lower)
            or lex.is_ordinary(lower.removesuffix("s"))
            or lex.is_ordinary(CLIPPED.sub("", lower))
        ):
            return True
        return word.opens and PARTICIPLE.fullmatch(lower) is not None and word.text not in lex.surnames

    def _only_a_compound(self, word: Word) -> bool:
        """Whether the word could be a plain compound, but for a capital where Dutch gives a plain word none."""
        lex = self.lexicon
        return word.text[1:].islower() and word.lower not in lex.ordinary and lex.is_ordinary(word.lower)

    def _ends_like_a_place(self, lower: str) -> bool:
        return lower.endswith(self.lexicon.place_tails)
