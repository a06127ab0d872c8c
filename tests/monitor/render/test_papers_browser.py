"""In a real browser: each paper is accessible and fits, opened as a file, with nothing asked from elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from monitor.render.papers import INDEX, TITLES
from tests.browsers import DESKTOP, PHONE, overflow, problems
from tests.monitor.accounts import an_account, papers_of

pytestmark = pytest.mark.browser

PAGES = [name for name in (*TITLES, INDEX) if name.endswith(".html")]


@pytest.fixture(params=[DESKTOP, PHONE])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A window, wide or small."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="nl-NL")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_paper_is_accessible_fits_and_stands_alone(name: str, page: Page, tmp_path: Path) -> None:
    for file, text in papers_of(an_account(contact="", site=""), {"R1": ("tests/monitor/a.py::test_a",)}).items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto((tmp_path / name).as_uri())

    assert (problems(page), overflow(page)) == ([], 0)
    assert asked == [(tmp_path / name).as_uri()]
