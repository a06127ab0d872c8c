"""The whole table of who may do what, as docs/access.md tells it: what is not written there is refused (R29)."""

from collections.abc import Callable, Sequence

import pytest
from fastapi import FastAPI
from starlette.routing import Mount

from classifiers import Level
from monitor.app import App
from monitor.domain import Actor, Role
from monitor.store import briefings
from monitor.web import ROUTERS
from monitor.work.briefings import make_briefing
from monitor.work.decisions import override_level
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import Desk
from tests.monitor.web.invented import SECRET_WORDS, Week
from tests.monitor.web.matrix import COLUMNS, NO, NOBODY, YES, acts, allows, doors, missing, opens, written

OPEN = (
    "Demonstratie, Julianaplein", "zegt dat iedereen welkom is", "rijden stapvoets de ring over",
    "Neem fakkels mee", "Jaarwisseling, Oosterpark", "De politie belde ons",
)  # fmt: skip
"""Words of events, items, assessments and briefings that all who read may see."""
CLOSED = (SECRET_WORDS, "Onrust, Hoogkerk")
SEES_OPEN = (Role.ADVISOR, Role.PROJECT, Role.LIAISON, Role.EDITOR)
SEES_CLOSED = (Role.ADVISOR, Role.LIAISON)


def _table(names: list[str], may: Callable[[str, str], bool]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(YES if may(name, column) else NO for column in COLUMNS) for name in names}


def test_every_door_opens_for_the_roles_that_the_table_names_and_for_nobody_else(desk: Seats, guest: Desk) -> None:
    people = {NOBODY: guest} | {role.value: desk(role) for role in Role}
    names = {f"{method} {path}": (method, path) for method, path in doors()}

    found = _table(list(names), lambda name, column: opens(people[column], *names[name]))

    assert found == written("Doors"), missing(found, written("Doors"))


def test_every_act_checks_by_itself_and_lets_in_whom_the_table_names(app: App) -> None:
    actors = {NOBODY: Actor("niemand", None)} | {role.value: Actor("iemand", role) for role in Role}
    found = acts()

    allowed = _table(list(found), lambda name, column: allows(app, found[name], actors[column]))

    assert allowed == written("Acts"), missing(allowed, written("Acts"))


def test_the_house_has_no_doors_but_those_and_its_static_files(web: FastAPI) -> None:
    mounts = [route for route in web.routes if isinstance(route, Mount)]

    assert (len(mounts), len(web.routes)) == (2, 2 + len(ROUTERS))
    assert all(mount.path.startswith("/static/") for mount in mounts)


def _everything(someone: Desk, week: Week, editions: list[int]) -> str:
    """The bodies of every page that there is to ask for; a PDF is made from the page of its edition."""
    ids: dict[str, Sequence[object]] = {
        "/gebeurtenissen/{id}": range(1, week.next_week + 1),
        "/bronnen/{id}": ["krant"],
    }
    ids |= {"/briefings/{id}": editions, "/briefings/{id}.html": editions}
    pages = []
    for method, path in doors():
        if method == "GET" and not path.endswith(".pdf"):
            found = ids.get(path, [1])
            pages += [path.replace("{id}", str(id)).replace("{name}", "beheerder") for id in found]
    return "\n".join(someone.get(page).text.replace("\u00ad", "") for page in pages)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_reads_the_content_that_is_meant_for_it_on_any_page_and_no_other(
    role: Role, app: App, desk: Seats, week: Week
) -> None:
    advisor = Actor("anna", Role.ADVISOR)
    override_level(app, advisor, week.vigil, level=Level.B, reason="De politie belde ons.")
    editions = [make_briefing(app, confidential=confidential) for confidential in (False, True)]
    with app.store.read() as session:
        assert "Onrust, Hoogkerk" in briefings.get(session, editions[1]).html.replace("\u00ad", "")

    shown = _everything(desk(role), week, editions)

    expected = [*(OPEN if role in SEES_OPEN else ()), *(CLOSED if role in SEES_CLOSED else ())]
    assert [words for words in (*OPEN, *CLOSED) if words in shown] == expected
