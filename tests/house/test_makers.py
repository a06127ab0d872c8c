"""Who may make, ask and catch what: the rules of the house that no import shows."""

import ast

from tests.house.tree import callers, dotted, files, modules, text, tree

LONGEST = 400
LOOPS = {
    "monitor/schedule.py": "a tick that fails is told, and the next one comes",
    "monitor/queue/embedded.py": "one job's failure is not another's",
    "monitor/queue/cluster.py": "the same, on the other engine",
    "monitor/collect/cell.py": "a worker answers whatever the function did, and tells its kind without its words",
    "monitor/work/ingest.py": "entries are written by strangers: one that breaks the reader must not lose its source",
}
"""The loops that must survive whatever happens in them, and why."""
SPEAKERS = ("monitor/cli.py", "monitor/commands/", "classifiers/training/")


def test_no_file_is_longer_than_400_lines() -> None:
    written = files("monitor", "classifiers", "alerts", "tests", suffixes=(".py", ".js", ".css", ".html"))

    long = {path.as_posix(): lines for path in written if (lines := len(text(path).splitlines())) > LONGEST}

    assert long == {}


def test_only_redact_makes_an_item_without_personal_data() -> None:
    assert callers("CleanItem") == {"monitor/rules/redact.py"}


def test_only_classify_makes_an_item_that_is_kept() -> None:
    assert callers("Item") == {"monitor/rules/classify.py"}


def test_only_store_and_queue_ask_the_database() -> None:
    homes = {path.split("/")[1] for path in callers("select")}

    assert homes == {"store", "queue"}


def test_only_clock_reads_the_wall_clock() -> None:
    readers = callers("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime")

    assert readers == {"monitor/clock.py"}


def test_what_thinks_neither_waits_nor_asks_the_time() -> None:
    def impure(node: ast.AST) -> bool:
        match node:
            case ast.AsyncFunctionDef() | ast.Await():
                return True
            case ast.ImportFrom(module="monitor.clock", names=names):
                return any(name.name == "now" for name in names)
        return False

    found = {
        f"{path.as_posix()}:{getattr(node, 'lineno', 0)}"
        for path in [*modules("monitor/rules"), *modules("classifiers")]
        for node in ast.walk(tree(path))
        if impure(node)
    }

    assert found == set()


def test_only_the_loops_that_must_survive_catch_everything() -> None:
    broad = {
        path.as_posix()
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or dotted(node.type) in {"Exception", "BaseException"})
    }

    assert broad == set(LOOPS)


def test_only_the_commands_and_the_console_print() -> None:
    silent = {path for path in callers("print") if not path.startswith(SPEAKERS)}

    assert silent <= {"alerts/console.py"}


def test_every_module_opens_with_what_it_is() -> None:
    mute = {path.as_posix() for path in modules() if not ast.get_docstring(tree(path)) and text(path).strip()}

    assert mute == set()
