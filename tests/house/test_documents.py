"""The documents are true: they name every setting, kind, fact, indicator and room, and every link leads somewhere."""

import ast
import re
import tomllib
from dataclasses import fields

import pytest

from classifiers import Category, Phase, Scope
from monitor import __version__
from monitor.collect import KINDS
from monitor.config import PERIODS, PREFIX, Notice, Retention, Settings, settings_from
from monitor.domain import FactKind
from monitor.errors import ConfigError
from tests.house.tree import PACKAGES, ROOT, files, text, tree

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
NOT_SET_BY_NAME = {"environment", "retention", "notice"}
"""Fields of Settings that no variable of their own fills: the environment, and the groups of periods and of notice."""


def documents() -> list[str]:
    """Every document of ours, from the root and from the folders that hold any."""
    own = [path.as_posix() for path in files("docs", "monitor", "classifiers", "alerts", "tests", suffixes=(".md",))]
    return sorted(own + [path.name for path in ROOT.glob("*.md")])


def first_cells(path: str) -> set[str]:
    """What stands between backticks in the first column of the tables of a document."""
    return set(re.findall(r"^\| `([^`]+)` \|", text(path), re.MULTILINE))


def defined(file: str) -> set[str]:
    """The functions and classes in a file of `monitor`, or else of the root, at any depth; none without a file."""
    path = next((path for path in (ROOT / "monitor" / file, ROOT / file) if path.is_file()), None)
    if path is None:
        return set()
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in ast.walk(tree(path)) if isinstance(node, kinds)}


def test_settings_are_all_described_and_no_others() -> None:
    names = [field.name for field in fields(Settings) if field.name not in NOT_SET_BY_NAME]
    periods = [*(f"keep_{name}" for name in PERIODS), "keep_new_year", "evaluation_adopted"]
    notice = [f"notice_{field.name}" for field in fields(Notice)]

    described = {name for name in first_cells("docs/settings.md") if not name.startswith(f"{PREFIX}TEST_")}

    assert described == {PREFIX + name.upper() for name in names + periods + notice}


def test_described_defaults_of_periods_are_those_of_the_code() -> None:
    rows = re.findall(rf"^\| `{PREFIX}KEEP_(\w+)` \| (\d+) \|", text("docs/settings.md"), re.MULTILINE)

    described = {name.lower(): int(days) for name, days in rows}

    assert described == {name: getattr(Retention(), name) for name in PERIODS}


def test_described_defaults_of_the_notice_are_those_of_the_code() -> None:
    rows = re.findall(rf"^\| `{PREFIX}NOTICE_(\w+)` \| `?(\w+)`? \|", text("docs/settings.md"), re.MULTILINE)
    words = {"True": "ja", "False": "nee", "None": "none"}

    assert dict(rows) == {f.name.upper(): words.get(str(f.default), str(f.default)) for f in fields(Notice)}


@pytest.mark.parametrize("name", sorted(first_cells("docs/settings.md")))
def test_described_setting_is_read(name: str) -> None:
    """No described name is called unknown, whatever its value is worth."""
    try:
        settings_from({name: "7"})
    except ConfigError as error:
        assert "bestaat niet" not in error.advice


def test_source_kinds_are_all_described_and_no_others() -> None:
    described = re.findall(r"^### `(\w+)`\n\n([^.]+)\.", text("docs/sources.md"), re.MULTILINE)

    assert described == [(kind, row.meaning) for kind, row in KINDS.items()]


def test_facts_are_all_described_and_no_others() -> None:
    assert first_cells("docs/facts.md") == {kind.value for kind in FactKind}


@pytest.mark.parametrize("document", documents())
def test_every_link_leads_to_a_file(document: str) -> None:
    prose = FENCE.sub("", text(document))
    folder = (ROOT / document).parent

    dead = [
        target
        for target in LINK.findall(prose)
        if "://" not in target
        and not target.startswith(("#", "mailto:"))
        and not (folder / target.partition("#")[0]).exists()
    ]

    assert dead == []


MEASURED = re.compile(r"^\| `(\w+)` \|[^|]*\| \*\*([\d.]+)\*\* \| ([\d.]+) \|", re.MULTILINE)
"""A figure of the reader, with what it was on `judge` and on `aside`."""


def test_the_readme_tells_the_figures_of_the_reader_as_its_own_page_does() -> None:
    page, _, history = text("classifiers/training/README.md").partition("figures of this version: end")
    judge, aside = ({row[0]: row[column] for row in MEASURED.findall(page)} for column in (1, 2))
    told = [
        line.split("|")
        for line in text("README.md").splitlines()
        if line.startswith(("| reader, on", "| the same fig"))
    ]

    names = re.findall(r"`(\w+)`", told[0][1])

    assert history
    assert names
    assert [cells[2].strip() for cells in told] == [" · ".join(of[name] for name in names) for of in (judge, aside)]


def test_every_decision_stands_in_the_index_and_answers_a_question() -> None:
    index = text("docs/README.md")
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert [page.name for page in pages if f"decisions/{page.name}" not in index] == []
    assert [page.name for page in pages if not text(page).partition("\n")[0].endswith("?")] == []


def test_one_version_stands_everywhere() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    public = re.search(r"^softwareVersion: (\S+)$", text("publiccode.yml"), re.MULTILINE)

    assert public is not None
    assert {project["version"], public[1].strip("\"'")} == {__version__}


def test_every_dependency_has_earned_its_place_in_writing() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted}

    assert names - first_cells("docs/decisions/0010-which-dependencies.md") == set()


def test_every_vendored_folder_tells_its_licences() -> None:
    shipped = [path for path in ROOT.rglob("vendor") if path.is_dir() and not {".venv", ".git"} & set(path.parts)]

    assert [path.name for path in shipped if not (path / "LICENCES.md").is_file()] == []


def test_every_rule_that_the_code_cites_is_explained() -> None:
    cited = {
        rule
        for path in files("monitor", "classifiers", "alerts", "tests", suffixes=(".py", ".toml", ".html"))
        for rule in re.findall(r"\bR[1-9]\d?\b(?!=)", text(path))
    }
    explained = set(re.findall(r"^\| (R\d+) \|", text("docs/rules.md"), re.MULTILINE))

    assert cited - explained == set()


def test_every_file_that_the_rules_name_is_there() -> None:
    named = re.findall(r"`((?:monitor|classifiers|alerts|tests)/[\w./]*)`", text("docs/rules.md"))

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_guideline_gives_every_indicator_the_weight_of_the_table() -> None:
    described = re.findall(
        r"^\| `(\w+)` \| (light|heavy|violence|emergency|lowers) \|", text("docs/guideline.md"), re.MULTILINE
    )

    rows = tomllib.loads(text("classifiers/indicators.toml"))["indicator"]

    assert described == [(row["code"], row["weight"]) for row in rows]


@pytest.mark.parametrize("words", [Category, Phase, Scope])
def test_guideline_names_every_word_of_judgement(words: type[Category | Phase | Scope]) -> None:
    guideline = text("docs/guideline.md")

    assert [word.value for word in words if f"`{word.value}`" not in guideline] == []


def test_every_decision_of_the_guideline_that_the_code_cites_is_there() -> None:
    cited = {
        int(number)
        for path in files("monitor", "classifiers", "alerts", "tests", suffixes=(".py", ".toml"))
        for numbers in re.findall(r"guideline[^.\n]*?decisions? (\d{1,2}(?: and \d{1,2})?)\b", text(path))
        for number in numbers.split(" and ")
    }
    numbered = [int(number) for number in re.findall(r"^(\d+)\. ", text("docs/guideline.md"), re.MULTILINE)]

    assert cited
    assert numbered == list(range(1, len(numbered) + 1))
    assert cited - set(numbered) == set()


def test_plan_of_the_house_names_every_package_and_every_room() -> None:
    folders = [path.name for path in (ROOT / "monitor").iterdir() if path.is_dir() and path.name != "__pycache__"]
    rooms = {f"monitor/{name}/" for name in folders} | {"classifiers/", "alerts/"}

    named = first_cells("docs/house.md")

    assert (rooms | set(PACKAGES)) - named == set()


def test_every_step_of_the_walks_is_a_function_that_exists() -> None:
    steps = re.findall(r"([\w/]+\.py) :: ([\w.]+\w)", text("docs/house.md"))

    lost = [f"{file} :: {name}" for file, name in steps if not set(name.split(".")) <= defined(file)]

    assert steps
    assert lost == []
