"""The word lists beside this file -> what is known of a word: a given name, a role, a street, a plain Dutch word."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from classifiers.errors import TableError

HERE = Path(__file__).parent
LISTS = ("given_names", "surnames", "ordinary_words", "english_words", "places_far")
KEYS = (
    "honorifics", "kin", "roles", "role_tails", "speech", "doings", "particles", "organisation_heads",
    "organisation_words", "head_tails", "nicknames", "surname_tails", "place_tails", "weak_place_tails", "people_stems",
    "people_endings", "entities", "calls", "contacts", "regional", "english_marks",
)  # fmt: skip
MOST_JUDGED = 100_000
LEAST_HEAD, LEAST_TAIL = 3, 4
"""Letters in the first and the last part of a compound: shorter ones are in too many names."""
LEAST_ENTITY = 6
LONGEST = 40
"""Letters in a compound worth taking apart; what is longer is no word, and would take long."""
LINKS = ("", "s", "e", "en")
"""What may stand between the parts of a Dutch compound."""

FORMER = re.compile(r"^(?:oud|ex|vice|loco|co|hulp|assistent|kandidaat|interim|waarnemend)-")
ARTICLES = frozenset({"de", "het", "een", "'t", "t"})
PLACE_PREPOSITIONS = frozenset({"in", "te", "uit", "vanuit", "nabij", "richting", "rondom", "omgeving", "langs"})
NEAR_PLACE = ARTICLES | PLACE_PREPOSITIONS | {"aan", "rond", "vanaf"}
LETTERED = frozenset(
    {
        "vak",
        "zone",
        "hal",
        "team",
        "poule",
        "punt",
        "tribune",
        "categorie",
        "type",
        "groep",
        "gebouw",
        "blok",
        "ring",
        "lijn",
        "klasse",
        "plan",
        "klas",
        "tent",
        "route",
        "variant",
        "optie",
        "fase",
        "perceel",
        "deelgebied",
        "bijlage",
        "veld",
        "baan",
        "perron",
        "ingang",
        "poort",
        "parkeerterrein",
        "terrein",
        "der",
    }
)
FUNCTION_WORDS = frozenset(
    "de het een en in op er dat die dit is was we wij ik hij zij ze je u voor van met na om ook wie wat als".split()
)
ARTICLE_LIKE = frozenset({"de", "den", "der", "ter", "ten", "el", "al", "ben"})
SURNAME_PARTICLES = ARTICLE_LIKE | {"van", "vd", "v.d.", "v/d", "te", "'t", "het", "la"}
ADDRESSED = frozenset({"mevrouw", "mevr", "mw", "meneer", "mijnheer", "dhr"})
"""What stands before a person only, so that even a village after it is a name."""
PLAIN_PARTICLES = ARTICLE_LIKE | {"van", "vd", "v.d.", "v/d"}


@dataclass(frozen=True)
class Lexicon:
    """What is known of words, in lower case but for given names and surnames."""

    given: frozenset[str]
    given_lower: frozenset[str]
    surnames: frozenset[str]
    ordinary: frozenset[str]
    """Dutch words, and the most frequent ones of Gronings and Frisian."""
    english: frozenset[str]
    english_marks: frozenset[str]
    """Words that are English and nothing else: where many stand, the text is."""
    honorifics: frozenset[str]
    kin: frozenset[str]
    roles: frozenset[str]
    role_tails: tuple[str, ...]
    speech: frozenset[str]
    doings: frozenset[str]
    particles: frozenset[str]
    organisation_heads: frozenset[str]
    organisation_words: frozenset[str]
    head_tails: tuple[str, ...]
    nicknames: frozenset[str]
    surname_tails: tuple[str, ...]
    place_tails: tuple[str, ...]
    weak_place_tails: tuple[str, ...]
    things: frozenset[str]
    """Entities, and countries and their peoples."""
    entities: frozenset[str]
    calls: frozenset[str]
    contacts: frozenset[str]
    """Of these calls, the ones that only a person can answer."""
    phrases: tuple[str, ...]
    _judged: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)
    """Compounds already looked at: the same words return in every item."""

    def is_ordinary(self, lower: str) -> bool:
        """Whether it is a Dutch word, or several in one ("fietsersbond")."""
        if lower in self.ordinary:
            return True
        if len(lower) > LONGEST:
            return False
        known = self._judged.get(lower)
        if known is None:
            if len(self._judged) > MOST_JUDGED:
                self._judged.clear()
            known = self._judged[lower] = self._is_compound(lower)
        return known

    def _is_compound(self, lower: str) -> bool:
        for cut in range(len(lower) - LEAST_TAIL, LEAST_HEAD - 1, -1):
            if not self.is_ordinary(lower[cut:]):
                continue
            head = lower[:cut]
            for link in LINKS:
                stem = head.removesuffix(link)
                if head.endswith(link) and len(stem) >= LEAST_HEAD and self.is_ordinary(stem):
                    return True
        return False

    def is_role(self, lower: str) -> bool:
        """Whether a name may follow this word."""
        bare = FORMER.sub("", lower) if "-" in lower else lower
        return bare in self.roles or lower in self.honorifics or lower.endswith(self.role_tails)

    def is_head(self, lower: str) -> bool:
        """Whether an organisation, a venue or a place has its name after this word: "stichting", "judoclub"."""
        return lower in self.organisation_heads or lower.endswith(self.head_tails)

    def given_in(self, word: str) -> bool:
        """Whether `word`, perhaps a possessive or a double name, is a given name."""
        if word in self.given:
            return True
        bare = bare_name(word)
        if bare in self.given or (bare[-1:] == "s" and bare[:-1] in self.given and bare.lower() not in self.ordinary):
            return True
        return "-" in bare and all(part in self.given for part in bare.split("-"))

    def is_entity(self, word: str) -> bool:
        """Whether `word` is in the list of countries, peoples, feasts, cities, clubs and brands."""
        lower = bare_name(word).lower()
        return lower in self.things

    def stands_for_a_thing(self, word: str) -> bool:
        """Whether `word` is a country, a people, a feast, a brand or the like, or a compound with one."""
        if self.is_entity(word):
            return True
        lower = bare_name(word).lower()
        if "-" not in lower:
            return len(lower) <= LONGEST and any(
                lower[:cut] in self.things and self.is_ordinary(lower[cut:])
                for cut in range(LEAST_ENTITY, len(lower) - LEAST_TAIL + 1)
            )
        *heads, tail = bare_name(word).split("-")
        if tail in SURNAME_PARTICLES:
            return False  # "Jansen-van der Meer"
        if tail.islower() and self.is_ordinary(tail):
            return True  # "Rammstein-fans", "AOW-leeftijd": a noun, whoever stands before it
        return all(
            part.isupper() or self.is_entity(part) or (self.is_ordinary(part.lower()) and part not in self.surnames)
            for part in (*heads, tail)
        )


@cache
def lexicon() -> Lexicon:
    """The lists beside this file, read once. Raises TableError when one of them is not there or not right."""
    try:
        table = tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))
        lines = {n: (HERE / f"{n}.txt").read_text(encoding="utf-8").splitlines() for n in LISTS}
        words: dict[str, list[str]] = {key: table[key].split() for key in KEYS}
    except (OSError, KeyError, AttributeError, ValueError) as error:
        raise TableError(
            "names.toml", str(error), type(error).__name__, "Zet names.toml en de woordenlijsten terug."
        ) from error
    return Lexicon(
        given=frozenset(lines["given_names"]),
        given_lower=frozenset(name.lower() for name in lines["given_names"]),
        surnames=frozenset(lines["surnames"]),
        ordinary=frozenset(lines["ordinary_words"]) | frozenset(words["regional"]),
        english=frozenset(lines["english_words"]),
        english_marks=frozenset(words["english_marks"]),
        role_tails=tuple(words["role_tails"]),
        place_tails=tuple(words["place_tails"]),
        weak_place_tails=tuple(words["weak_place_tails"]),
        things=frozenset(words["entities"]).union(
            (stem + ending.strip("-") for stem in words["people_stems"] for ending in words["people_endings"]),
            (name.lower() for name in lines["places_far"]),
        ),
        honorifics=frozenset(words["honorifics"]) | frozenset(words["kin"]),
        kin=frozenset(words["kin"]),
        roles=frozenset(words["roles"]),
        speech=frozenset(words["speech"]),
        doings=frozenset(words["doings"]),
        particles=frozenset(words["particles"]),
        organisation_heads=frozenset(words["organisation_heads"]),
        organisation_words=frozenset(words["organisation_words"]),
        head_tails=tuple(words["head_tails"]),
        nicknames=frozenset(words["nicknames"]),
        surname_tails=tuple(words["surname_tails"]),
        entities=frozenset(words["entities"]),
        calls=frozenset(words["calls"]),
        contacts=frozenset(words["contacts"]),
        phrases=(*table["phrases"], *(name for name in lines["places_far"] if not name.isalpha())),
    )


def bare_name(word: str) -> str:
    """`word` without its possessive: "Anna's" and "Fons'" -> "Anna", "Fons"; "Jans" stays."""
    if word[-1:] not in "s'’":
        return word
    for tail in ("'s", "’s", "'", "’"):
        if word.endswith(tail):
            return word[: -len(tail)]
    return word
