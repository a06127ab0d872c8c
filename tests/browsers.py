"""A real Chromium, and what axe-core finds in the page that it shows. The fixture stands in tests/conftest.py."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
DESKTOP, PHONE = 1400, 390
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium of this machine; skips without one, unless TORENWACHT_TEST_BROWSER=required."""
    found = os.environ.get("TORENWACHT_TEST_CHROMIUM") or shutil.which("chromium")
    if found is None:
        assert os.environ.get("TORENWACHT_TEST_BROWSER") != "required", "no Chromium on this machine"
        pytest.skip("no Chromium: install it or set TORENWACHT_TEST_CHROMIUM")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=FLAGS)


def problems(page: Page) -> list[str]:
    """What axe-core finds: rule and place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{v['id']}: {node['target']} {node['failureSummary']}" for v in found["violations"] for node in v["nodes"]]


def overflow(page: Page) -> int:
    """Pixels that the page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(width, 0)
