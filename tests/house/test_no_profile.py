"""No profile can be made, for there is nowhere to write it: a test over every name in the house (R11, R16, R17).

Also nothing that judges takes a person (R20).
"""

import ast
import re
from collections.abc import Iterable, Iterator

import pytest
from sqlalchemy import Column, MetaData, String, Table
from sqlmodel import SQLModel

from tests.house.names import Name, asked, columns, configured, every_name, in_form, keys, members
from tests.house.tree import modules, tree

PERSONS = frozenset(
    "author auteur schrijver handle account avatar follower followers volger volgers mention mentions reply replies "
    "profile profiel username nickname bijnaam email phone telefoon person persoon ip nationality nationaliteit".split()
)
"""R11, R16: what would tell who said something."""
CAUSES = frozenset(
    "cause doel opinion mening religion geloof gezindte ethnicity etniciteit origin herkomst afkomst ras party partij "
    "union vakbond politics politiek ideology overtuiging movement beweging health gezondheid sexuality "
    "geaardheid".split()
)
"""R17: what would tell what people stand for."""
MOODS = frozenset("sentiment stance standpunt houding emotion emotie stemming attitude toon".split())
"""What would tell how they feel about it."""

ALLOWED = {
    ("alerts/channels.toml", "username"): "with which the house logs in at its own mail server",
    ("alerts/mail.py", "username"): "the same",
    ("alerts/mail.py:Postbox", "username"): "the same",
    ("alerts/slack_asked.py:Place", "reply_to"): "the address at Slack for the answer to a press; never kept",
    ("alerts/slack_wire.py", "account_inactive"): "an error of Slack about our own token",
    ("classifiers/causes.toml", "belief_religion"): "a list of words to take out before anything judges (R21)",
    ("classifiers/causes.toml", "health_care"): "the same",
    ("classifiers/causes.toml", "origin_equality"): "the same",
    ("classifiers/causes.toml", "politics_state"): "the same",
    ("classifiers/mask_words.py:Sign", "CAUSE"): "a word of those lists, to be masked",
    ("classifiers/mask_words.py:Tables", "cause"): "the same",
    ("classifiers/mask_words.py:Tables", "weak_cause"): "the same",
    ("classifiers/event_days.py:EventDay", "mention"): "of a day, in a text",
    ("classifiers/periods.py:Told", "mentions"): "of days, in a text",
    ("classifiers/vocabulary.py:PersonalKind", "EMAIL"): "what kind was taken out, to count it",
    ("classifiers/vocabulary.py:PersonalKind", "HANDLE"): "the same",
    ("classifiers/vocabulary.py:PersonalKind", "PERSON"): "the same",
    ("classifiers/vocabulary.py:PersonalKind", "PERSOON"): "the same",
    ("classifiers/vocabulary.py:PersonalKind", "PHONE"): "the same",
    ("classifiers/vocabulary.py:PersonalKind", "TELEFOON"): "the same",
    ("monitor/collect/network/wire.py:Place", "origin"): "scheme, host and port of an address",
    ("monitor/demo/script.py:Piece", "author"): "an invented one, to show that it is not kept",
    ("monitor/render/papers.py", "account"): "what the house tells of itself, to be published (R45)",
    ("monitor/render/papers.py", "doel"): "of a processing, in the register of art. 30",
    ("monitor/rules/algorithm_register.py", "contact_email"): "a field of the national standard: an office's mailbox",
    ("monitor/rules/health.py:Diagnosis", "health"): "of a source",
    ("monitor/work/corrections.py", "person"): "what an advisor made of an event, beside what the machine made",
}
"""Names that say something else than they seem to, and what."""
SAMPLES = "monitor/demo/samples/"
"""Invented messages as publishers write them, authors and all."""
STAFF = {"absence", "staff", "login", "invitation", "kpi", "switch"}
"""Tables of the house's own people and parts: these have names."""


def words(name: str) -> set[str]:
    """`made_at` and `madeAt` -> {"made", "at"}."""
    return set(re.split(r"[^a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()))


def forbidden(names: Iterable[Name]) -> set[Name]:
    """Those that would hold who says what, what they stand for, or how they feel about it."""
    return {(where, name) for where, name in names if words(name) & (PERSONS | CAUSES | MOODS)}


def test_nowhere_is_a_name_for_who_said_it_what_they_stand_for_or_how_they_feel() -> None:
    found = {(where, name) for where, name in forbidden(every_name()) if not where.startswith(SAMPLES)}

    assert found == set(ALLOWED)


def test_staff_are_the_only_people_with_a_name_in_the_tables() -> None:
    named = {table for table, name in columns() if name == "name" and table in SQLModel.metadata.tables}

    assert named <= STAFF


BAD = ("author", "opinion", "political_party", "religion", "herkomst", "sentimentScore", "cause")


def planted(bad: str) -> Iterator[tuple[str, list[Name]]]:
    """A field of that name, planted in each kind of place."""
    tables = MetaData()
    Table("item", tables, Column("id", String), Column(bad, String))
    yield "column", list(columns(tables))
    yield "field of a type", list(members("x.py", ast.parse(f"@dataclass\nclass Item:\n    {bad}: str")))
    yield "member of an enum", list(members("x.py", ast.parse(f"class Kind(StrEnum):\n    {bad} = 'x'")))
    yield "value of an enum", list(members("x.py", ast.parse(f"class Kind(StrEnum):\n    X = '{bad}'")))
    yield "parameter of a route", list(asked("x.py", ast.parse(f"@router.get('/')\ndef get(*, {bad}: str): ...")))
    yield "part of a path", list(asked("x.py", ast.parse(f"@router.get('/van/{{{bad}}}')\ndef get(): ...")))
    yield "field of a form", list(in_form("x.html", f'<p><input type="text"\n id="a" name="{bad}"></p>'))
    yield "key of JSON", list(keys("x.py", ast.parse(f"print({{'id': 1, 'more': {{'{bad}': 2}}}})")))
    yield "option of a channel", list(keys("x.py", ast.parse(f"options.only('url', '{bad}')")))
    yield "option of a command", list(keys("x.py", ast.parse(f"test.add_argument('--{bad}', help='wie')")))
    yield "key of a table", list(configured("x.toml", {"source": [{"id": "a", "options": {bad: "b"}}]}))


@pytest.mark.parametrize("bad", BAD)
def test_a_forbidden_name_is_seen_in_every_kind_of_place(bad: str) -> None:
    assert [kind for kind, names in planted(bad) if {name for _, name in forbidden(names)} != missing(kind, bad)] == []


def missing(kind: str, bad: str) -> set[str]:
    """How the planted name reads in that place."""
    return {f"--{bad}"} if kind == "option of a command" else {bad}


def test_nothing_that_judges_takes_a_person() -> None:
    """R20: by the name of a parameter or of its type; `Voice` says what kind of publisher speaks."""
    people = PERSONS | {"someone", "who", "actor", "user", "citizen", "burger", "name"}
    judging = [*modules("classifiers"), *modules("monitor/rules")]

    takers = {
        f"{path.as_posix()}:{act.name}({arg.arg})"
        for path in judging
        for act in ast.walk(tree(path))
        if isinstance(act, ast.FunctionDef | ast.AsyncFunctionDef) and act.name in JUDGES
        for arg in (*act.args.args, *act.args.kwonlyargs)
        if words(arg.arg) & people or (arg.annotation and words(ast.unparse(arg.annotation)) & people)
    }
    found = {act.name for path in judging for act in ast.walk(tree(path)) if isinstance(act, ast.FunctionDef)}

    assert takers == set()
    assert found >= JUDGES


JUDGES = {
    "read",
    "judge",
    "level_of",
    "shares",
    "likely",
    "classify",
    "assess",
    "picture_of",
    "fuse",
    "digest",
    "refusal",
}
"""What gives a category, a phase, an indicator or a level."""
