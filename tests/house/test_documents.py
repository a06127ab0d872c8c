"""The documents are true: they name every setting, source kind and fact, and every link leads somewhere."""

import re
import tomllib
from dataclasses import fields

import pytest

from monitor import __version__
from monitor.collect import KINDS
from monitor.config import PREFIX, Retention, Settings, settings_from
from monitor.domain import FactKind
from tests.house.tree import ROOT, files, text

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
NOT_SET_BY_NAME = {"environment", "retention"}
"""Fields of Settings that no variable of their own fills: all of the environment, and the group of periods."""


def documents() -> list[str]:
    """Every document of ours, from the root and from the folders that hold any."""
    own = [path.as_posix() for path in files("docs", "monitor", "classifiers", "alerts", "tests", suffixes=(".md",))]
    return sorted(own + [path.name for path in ROOT.glob("*.md")])


def first_cells(path: str) -> set[str]:
    """What stands between backticks in the first column of the tables of a document."""
    return set(re.findall(r"^\| `([^`]+)` \|", text(path), re.MULTILINE))


def test_settings_are_all_described_and_no_others() -> None:
    names = [field.name for field in fields(Settings) if field.name not in NOT_SET_BY_NAME]
    periods = [f"keep_{field.name}" for field in fields(Retention)]

    described = {name for name in first_cells("docs/settings.md") if not name.startswith(f"{PREFIX}TEST_")}

    assert described == {PREFIX + name.upper() for name in names + periods}


def test_described_defaults_of_periods_are_those_of_the_code() -> None:
    rows = re.findall(rf"^\| `{PREFIX}KEEP_(\w+)` \| (\d+) \|", text("docs/settings.md"), re.MULTILINE)

    described = {name.lower(): int(days) for name, days in rows}

    assert described == {field.name: field.default for field in fields(Retention)}


@pytest.mark.parametrize("name", sorted(first_cells("docs/settings.md")))
def test_described_setting_is_read(name: str) -> None:
    """With a number, or with text where a number is refused, no described name is called unknown."""
    settings_from({name: "7"})


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
