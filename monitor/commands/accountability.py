"""register: the papers with which a municipality accounts for its use, from the configuration that runs (R45)."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from monitor import render
from monitor.app import App, open_app
from monitor.config import Settings
from monitor.errors import ConfigError
from monitor.render.dutch import count
from monitor.rules import measures
from monitor.rules.algorithm_register import entry_of
from monitor.rules.open_questions import questions
from monitor.web.access import RIGHTS
from monitor.work.account import account_of
from monitor.work.steps import step


async def register(settings: Settings, args: argparse.Namespace) -> int:
    """Writes every paper into a folder, and tells how many questions are left for people."""
    async with open_app(settings, works=False) as app:
        with step(app, "openbaarheid", "register"):
            papers = papers_of(app)
            left = len(questions(account_of(app)))
    for file in write(papers, args.out):
        print(f"Geschreven: {file.resolve()}")
    print(f"Nog in te vullen: {count(left, 'vraag', 'vragen')}. Begin bij {render.INDEX}.")
    return 0


def papers_of(app: App) -> Mapping[str, str]:
    """File name -> text, of this house at this moment."""
    account = account_of(app)
    return render.papers(
        account,
        entry=entry_of(account),
        risks=measures.shipped(),
        proofs=measures.shipped_proofs(),
        questions=questions(account),
        roles={role.label: sorted(right.value for right in rights) for role, rights in RIGHTS.items()},
    )


def write(papers: Mapping[str, str], folder: Path) -> list[Path]:
    """The files, as they were written. Raises ConfigError where the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in papers.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        advice = f"In de map '{folder}' kan niet worden geschreven. Kies een andere map."
        raise ConfigError("opdracht", "--out", advice=advice) from error
    return [folder / name for name in papers]
