"""Who may do what, found out by trying: every door of the pages, and every act of `work/` without the pages."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from typing import get_origin, get_type_hints

from fastapi.routing import APIRoute
from sqlmodel import Session

import monitor.work
from classifiers import Category
from monitor.app import App
from monitor.domain import Actor, Handling, Role
from monitor.errors import MonitorError, NotAllowed
from monitor.web import ROUTERS
from monitor.work.holds import Held
from monitor.work.signal_form import Signal
from tests.build import NOON
from tests.house.tree import text
from tests.monitor.web.desk import SAME_SITE, Desk

NOBODY = "niemand"
COLUMNS = (NOBODY, *(role.value for role in Role))
YES, NO = "ja", "–"

Table = dict[str, tuple[str, ...]]
"""Door or act -> a cell for each of COLUMNS."""


def written(heading: str) -> Table:
    """The table under a heading of docs/access.md."""
    part = text("docs/access.md").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [
        [cell.strip().strip("`") for cell in line.strip("| ").split("|")] for line in part.splitlines() if "|" in line
    ]
    assert tuple(rows[0][1:]) == COLUMNS
    return {name: tuple(cells) for name, *cells in rows[2:]}


def missing(found: Table, told: Table) -> str:
    """What the document should say, line by line, where it says otherwise."""
    lines = [f"| `{name}` | {' | '.join(cells)} |" for name, cells in found.items() if told.get(name) != cells]
    return "docs/access.md should say:\n" + "\n".join(lines)


def doors() -> Iterator[tuple[str, str]]:
    """Method and path of every door of the house."""
    for route in (route for router in ROUTERS for route in router.routes):
        assert isinstance(route, APIRoute)
        for method in sorted(route.methods or ()):
            yield method, route.path


def filled(path: str) -> str:
    """A path with something in the place of its parameters; the guard of a door comes before what is looked for."""
    return path.replace("{id}", "1").replace("{name}", "onbekend")


def opens(someone: Desk, method: str, path: str) -> bool:
    """Whether a door opens: no refusal for the role, and no way back to the login page. No form holds its token, so
    nothing is done."""
    answer = someone.ask(method, filled(path), headers=SAME_SITE, content=b"")
    if answer.status_code == 303:
        return not answer.headers["location"].startswith("/inloggen?naar=")
    return answer.status_code != 403 or "Uw rol mag dit niet" not in answer.text


Act = Callable[..., object]


def acts() -> dict[str, Act]:
    """Every function of `work/` that a person asks for: it takes an actor, and begins its own transaction.

    Those of `looks` are none: they write down what somebody is about to see, and show or change nothing.
    """
    found: dict[str, Act] = {}
    for module in (module for module in pkgutil.iter_modules(monitor.work.__path__) if module.name != "looks"):
        loaded = importlib.import_module(f"monitor.work.{module.name}")
        for name, act in inspect.getmembers(loaded, inspect.isfunction):
            kinds = {kind for argument, kind in get_type_hints(act).items() if argument != "return"}
            if (
                act.__module__ == loaded.__name__
                and not name.startswith("_")
                and Actor in kinds
                and Session not in kinds
            ):
                found[f"{module.name}.{name}"] = act
    return found


SIGNAL = Signal("", "", Category.NONE, None, None, "", (), "", None, Handling.CONFIDENTIAL, NOON + timedelta(days=1))
_SAMPLES: dict[type, object] = {
    int: 999_999, str: "onbekend", bool: True, date: NOON.date(), datetime: NOON, Signal: SIGNAL,
    Held: Held(source="krant"),
}  # fmt: skip


def _sample(kind: object) -> object:
    """Something of this kind that names nothing there is; None where that may stand."""
    if isinstance(origin := get_origin(kind), type) and issubclass(origin, Collection):
        return ()
    if not isinstance(kind, type):
        return None
    return next(iter(kind)) if issubclass(kind, Enum) else _SAMPLES[kind]


def allows(app: App, act: Act, actor: Actor) -> bool:
    """Whether an act, asked for without any page, lets this actor begin."""
    hints = get_type_hints(act)
    given: dict[str, object] = {}
    for name, parameter in inspect.signature(act).parameters.items():
        if hints[name] is Actor:
            given[name] = actor
        elif parameter.default is inspect.Parameter.empty and hints[name] is not App:
            given[name] = _sample(hints[name])
    try:
        act(app, **given)
    except NotAllowed:
        return False
    except MonitorError:
        return True
    return True
