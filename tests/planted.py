"""Invented personal data of all nine kinds, in the sentences in which people write them; the same at every run.

Nobody in here exists. Numbers pass their checks, so that a finder has no reason to leave them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from random import Random

from classifiers import PersonalKind

FIRST = (
    *(
        "Hilbrand",
        "Anneke",
        "Jantje",
        "Geeske",
        "Roelof",
        "Wubbo",
        "Trijntje",
        "Sjoerd",
        "Femke",
        "Harm",
        "Aaltje",
        "Derk",
    ),
    *(
        "Mohammed",
        "Fatima",
        "Yusuf",
        "Aylin",
        "Emre",
        "Soraya",
        "Rachid",
        "Naima",
        "Kwame",
        "Shanice",
        "Winston",
        "Romario",
    ),
    *(
        "Zofia",
        "Tomasz",
        "Olena",
        "Ivan",
        "Nguyen",
        "Priya",
        "Luca",
        "Chiara",
        "Sanne",
        "Bram",
        "Lieke",
        "Thijs",
        "Noor",
    ),
)
LAST = (
    *(
        "Oosterwijk",
        "Terpstra",
        "Nuninga",
        "Wiersema",
        "Huizinga",
        "Doornbos",
        "Bolhuis",
        "van der Ploeg",
        "de Vries-Kuiper",
    ),
    *(
        "Postema",
        "Dijkhuizen",
        "Hoeksema",
        "Meijerink",
        "Zijlstra",
        "Boersma",
        "ter Veen",
        "Kamminga",
        "Rozema",
        "Schuiling",
    ),
    *(
        "El Amrani",
        "Yildirim",
        "Benali",
        "Demirci",
        "Boateng",
        "Pinas",
        "Kartosen",
        "Kowalska",
        "Shevchenko",
        "Ferrari",
    ),
)
STREETS = ("Sluiskade", "Wilgenlaan", "Oude Turfweg", "Kerkpad", "Meidoornstraat", "Van Swietenlaan", "Zuiderdiepje")
MONTHS = ("januari", "maart", "mei", "juli", "september", "december")

AROUND: dict[PersonalKind, tuple[str, ...]] = {
    PersonalKind.PERSON: (
        "Volgens organisator {} komen er tweehonderd mensen.",
        "'Wij laten ons horen', zegt {}.",
        "{} spreekt de menigte toe.",
        "Buurtbewoner {} maakt zich zorgen.",
    ),
    PersonalKind.PHONE: ("Bel voor vragen {}.", "Aanmelden kan via {}.", "App naar {} als je meerijdt."),
    PersonalKind.EMAIL: ("Mail naar {}.", "Vragen? {}", "Aanmelden: {}."),
    PersonalKind.HANDLE: ("Volg {} voor de route.", "Meer bij {}.", "Met dank aan {} voor de oproep."),
    PersonalKind.ADDRESS: ("Verzamelen bij mij thuis, {}.", "De organisator woont aan de {}.", "Spullen ophalen: {}."),
    PersonalKind.PLATE: ("Voorop rijdt een busje met kenteken {}.", "Let op de auto met kenteken {}."),
    PersonalKind.BSN: ("Zijn burgerservicenummer is {}.", "Bsn {} staat op het formulier."),
    PersonalKind.IBAN: ("Maak vijf euro over naar {}.", "Doneren kan op {}."),
    PersonalKind.BIRTH_DATE: ("De spreker is geboren op {}.", "Geboortedatum: {}."),
}

_handed_out: set[str] = set()


@dataclass(frozen=True, slots=True)
class Plant:
    """One piece of invented personal data, and a sentence that holds it."""

    kind: PersonalKind
    words: str
    sentence: str


def _bsn(chance: Random) -> str:
    while True:
        digits = [chance.randint(1, 9), *(chance.randint(0, 9) for _ in range(7))]
        last = sum(d * w for d, w in zip(digits, range(9, 1, -1), strict=True)) % 11
        if last < 10:
            return "".join(map(str, [*digits, last]))


def _iban(chance: Random) -> str:
    bank, number = chance.choice(("ABNA", "INGB", "RABO", "TRIO")), f"{chance.randint(10**8, 10**9):010d}"
    as_digits = "".join(str(int(sign, 36)) for sign in f"{bank}{number}NL00")
    found = f"NL{98 - int(as_digits) % 97:02d}{bank}{number}"
    return chance.choice((found, " ".join(found[n : n + 4] for n in range(0, len(found), 4))))


def _letters(chance: Random, many: int) -> str:
    return "".join(chance.choice("BDFGHJKLNPRSTVXZ") for _ in range(many))


def _plate(chance: Random) -> str:
    two, three = chance.randint(10, 99), chance.randint(100, 999)
    return chance.choice(
        (f"{_letters(chance, 2)}-{three}-{_letters(chance, 1)}", f"{two}-{_letters(chance, 3)}-{two % 9 + 1}")
    )


def _phone(chance: Random) -> str:
    tail = f"{chance.randint(10**7, 10**8 - 1)}"
    pairs = " ".join(tail[n : n + 2] for n in range(0, 8, 2))
    return chance.choice((f"06-{tail}", f"06 {pairs}", f"+31 6 {pairs}", f"050-{tail[:7]}"))


def _words(kind: PersonalKind, chance: Random) -> str:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    plain = f"{first}.{last.split()[-1].split('-')[-1]}".lower()
    match kind:
        case PersonalKind.PERSON:
            return f"{first} {last}"
        case PersonalKind.PHONE:
            return _phone(chance)
        case PersonalKind.EMAIL:
            return f"{plain}{chance.randint(1, 99)}@{chance.choice(('gmail.com', 'ziggo.nl', 'voorbeeld.example'))}"
        case PersonalKind.HANDLE:
            return f"@{plain.replace('.', '_')}{chance.randint(1, 99)}"
        case PersonalKind.ADDRESS:
            post = f"97{chance.randint(11, 47)} {_letters(chance, 2)}"
            street = f"{chance.choice(STREETS)} {chance.randint(1, 240)}"
            return chance.choice((street, f"{street}, {post}"))
        case PersonalKind.PLATE:
            return _plate(chance)
        case PersonalKind.BSN:
            return _bsn(chance)
        case PersonalKind.IBAN:
            return _iban(chance)
        case PersonalKind.BIRTH_DATE:
            day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1950, 2007)
            return chance.choice((f"{day:02d}-{month:02d}-{year}", f"{day} {chance.choice(MONTHS)} {year}"))


def plants(road: str) -> Iterator[Plant]:
    """Personal data without end, the nine kinds in turn; each road has its own, and none comes twice."""
    chance, known = Random(f"torenwacht {road}"), set[str]()  # noqa: S311  # not a secret: the same at every run
    for number in count():
        kind = list(PersonalKind)[number % len(PersonalKind)]
        words = _words(kind, chance)
        if words not in known:
            known.add(words)
            _handed_out.add(words)
            yield Plant(kind, words, chance.choice(AROUND[kind]).format(words))


def handed_out() -> frozenset[str]:
    """All that was planted in this process until now."""
    return frozenset(_handed_out)


@cache
def planted(road: str, number: int) -> tuple[Plant, ...]:
    """The first so many of a road."""
    found = plants(road)
    return tuple(next(found) for _ in range(number))
