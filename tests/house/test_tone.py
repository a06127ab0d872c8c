"""What the house says, everywhere: it never advises a measure, and never gives people a label (R28, and the tone).

A signal is no threat. Reports of others are quoted as finds, and stand outside this: here are our own sentences.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, modules, sentences, text

Said = tuple[str, str]
"""Where it stands, and the sentence."""

MEASURES = re.compile(
    r"\b(verbied\w*|verbieden|ontbind\w*|beëindig\w*|arresteer\w*|arresteren|arrestatie|aanhouden|houd\b[^.]*\baan\b|oppakken"
    r"|pak\b[^.]*\bop\b|identificeer\w*|identificeren|achterhaal\w*|achterhalen|spoor\b[^.]*\bop\b|opsporen|ontruim\w*|ontruimen"
    r"|sluit\b[^.]*\bgebied|grijp\b[^.]*\bin\b|vraag\b[^.]*\blegitimatie|gebiedsverbod|noodbevel\s+(?:afgeven|uitvaardigen))",
    re.IGNORECASE,
)
"""R28: what the house never recommends; a report that it happened is a find, not advice."""
LABELS = re.compile(
    r"\b(dreiging\w*|bedreigend\w*|gevaarlijke?|relschopp\w+|tuig|gespuis|hooligans?|raddraaiers?|herrieschopp\w+|onruststokers?"
    r"|extremist\w*|radicale?n?|agressieve?|gewelddadige?|criminele?n?|criminaliteit|overlastgev\w+|probleemgroep\w*|verdachte?n?"
    r"|straatterrorist\w*|vandalen|activistische?|linkse|rechtse|allochto\w+|doelwitgroep\w*)\b",
    re.IGNORECASE,
)
"""Words that make a signal a threat, or say what people are; "mogelijk", "volgens" and "niet bekend" are ours."""

_PATTERN = re.compile(r"\(\?|\\[bws]|\[\^")
"""A text with these is something to look for, and not something to say."""
_SPOKEN = ("label", "check", "meaning")
_OURS = ("sources.toml", "alerts/channels.toml", "monitor/rules/football.toml")
_READS = ("classifiers/training/", "monitor/demo/samples/")


def in_code(where: str, said: Iterable[str]) -> Iterator[Said]:
    """Sentences of the program: pages, alerts, mail, blocks of Slack, commands, errors and advice."""
    yield from ((where, words) for words in said if " " in words and not _PATTERN.search(words))


def in_template(where: str, markup: str) -> Iterator[Said]:
    """What people read of a template: not its tags, but what tags tell a screen reader too."""
    aloud = " ".join(re.findall(r"(?:aria-label|title|alt|placeholder|value|content)=\"([^\"]*)\"", markup))
    yield where, re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", " ", markup, flags=re.DOTALL)
    yield where, aloud


def in_table(where: str, table: object) -> Iterator[Said]:
    """Every sentence of a table, at any depth."""
    match table:
        case dict():
            for value in table.values():
                yield from in_table(where, value)
        case list():
            for value in table:
                yield from in_table(where, value)
        case str():
            yield where, table


def of_indicators(where: str, table: dict[str, list[dict[str, str]]]) -> Iterator[Said]:
    """What readers see of an indicator: its phrases are only looked for."""
    for row in table["indicator"]:
        yield from ((f"{where}:{row['code']}", row[key]) for key in _SPOKEN)


def in_document(where: str, prose: str) -> Iterator[Said]:
    """A page of the documentation, without what it quotes as code or between quotation marks."""
    yield where, re.sub(r"```.*?```|`[^`]*`|\"[^\"]*\"|“[^”]*”", " ", prose, flags=re.DOTALL)


def everything_said() -> Iterator[Said]:
    """All that the house can say."""
    for path in modules("monitor", "alerts"):
        yield from in_code(path.as_posix(), sentences(path))
    for name in ("classifiers/errors.py", "classifiers/vocabulary.py", "classifiers/dutch.py"):
        yield from in_code(name, sentences(Path(name)))
    for path in files("monitor/render", suffixes=(".html", ".js", ".svg")):
        yield from in_template(path.as_posix(), text(path))
    for name in _OURS:
        yield from in_table(name, tomllib.loads(text(name)))
    yield from of_indicators("classifiers/indicators.toml", tomllib.loads(text("classifiers/indicators.toml")))
    for path in (*files("docs", suffixes=(".md",)), *sorted(path.relative_to(ROOT) for path in ROOT.glob("*.md"))):
        yield from in_document(path.as_posix(), text(path))


def wrong(said: Iterable[Said], rule: re.Pattern[str]) -> set[tuple[str, str]]:
    """Where, and the words that should not stand there."""
    return {(where, match[0]) for where, words in said for match in rule.finditer(words)}


def test_no_sentence_advises_to_ban_to_end_to_arrest_or_to_identify() -> None:
    assert wrong(everything_said(), MEASURES) == set()


def test_no_sentence_calls_a_signal_a_threat_or_gives_people_a_label() -> None:
    assert wrong(everything_said(), LABELS) == set()


BAD_ADVICE = (
    "Verbied de betoging.",
    "Houd de organisator aan.",
    "Identificeer de deelnemers.",
    "Spoor de afzender op.",
    "Beëindig de samenkomst.",
    "Overweeg een gebiedsverbod.",
    "Pak de aanvoerders op.",
)
BAD_TONE = (
    "De dreiging neemt toe.",
    "Een gevaarlijke groep.",
    "Het gaat om relschoppers.",
    "Er loopt tuig mee.",
    "Radicale deelnemers verwacht.",
)
PLACES: dict[str, Callable[[str], Iterator[Said]]] = {
    "code": lambda bad: in_code("x.py", ["kort", bad]),
    "template": lambda bad: in_template("x.html", f"<p>{{{{ naam }}}} {bad}</p>"),
    "screen reader": lambda bad: in_template("x.html", f'<button aria-label="{bad}">Knop</button>'),
    "table": lambda bad: in_table("x.toml", {"opponent": [{"names": ["FC"], "reason": [bad]}]}),
    "indicator": lambda bad: of_indicators(
        "x", {"indicator": [{"code": "a", "label": "A", "check": bad, "meaning": "m"}]}
    ),
    "document": lambda bad: in_document("x.md", f"# Kop\n\nDe `code` zegt:\n{bad}\n"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("bad", BAD_ADVICE)
def test_bad_advice_is_heard_wherever_it_is_said(place: str, bad: str) -> None:
    assert wrong(PLACES[place](bad), MEASURES) != set()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("bad", BAD_TONE)
def test_a_bad_tone_is_heard_wherever_it_is_said(place: str, bad: str) -> None:
    assert wrong(PLACES[place](bad), LABELS) != set()
