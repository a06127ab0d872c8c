"""The locks hold on any machine: every package with its hash, no address of any registry."""

import re
import tomllib

import pytest

from tests.house.tree import PACKAGES, ROOT, text

LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^([a-z0-9-]+)==\S+(?: ; .+?)? \\$", re.MULTILINE)


def plain(requirement: str) -> str:
    """`aiohttp` for `aiohttp[speedups]>=3.13,<4`."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_address(lock: str) -> None:
    assert [line for line in text(lock).splitlines() if "://" in line or line.startswith("-")] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_in_a_lock_has_its_version_and_hash(lock: str) -> None:
    rows = re.split(r"^(?=[a-z0-9])", re.sub(r"^ *#.*\n", "", text(lock), flags=re.MULTILINE), flags=re.MULTILINE)

    loose = [row for row in rows if row and not (PINNED.match(row) and "--hash=sha256:" in row)]

    assert loose == []


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    groups = project["dependency-groups"]
    run, dev = (set(PINNED.findall(text(lock))) for lock in LOCKS)

    assert {plain(line) for line in project["project"]["dependencies"] + groups["build"]} - run == set()
    assert {plain(line) for line in groups["dev"]} - dev == set()


def test_both_locks_agree_where_they_name_the_same_package() -> None:
    run, dev = (dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", text(lock), re.MULTILINE)) for lock in LOCKS)

    assert {name: (run[name], dev[name]) for name in run.keys() & dev.keys() if run[name] != dev[name]} == {}


def test_what_the_packages_read_at_run_time_is_packed_with_them() -> None:
    """Every folder with data has a line under package-data: a built wheel would miss it otherwise."""
    packed = tomllib.loads(text("pyproject.toml"))["tool"]["setuptools"]["package-data"]

    missing = set()
    for package in PACKAGES:
        data = {
            path
            for path in (ROOT / package).rglob("*")
            if path.is_file() and path.suffix not in {".py", ".pyc"} and "training" not in path.parts
        }
        kept = {path for pattern in packed[package] for path in (ROOT / package).glob(pattern)}
        missing |= {path.relative_to(ROOT).as_posix() for path in data - kept}

    assert missing == set()
