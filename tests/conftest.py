"""Fixtures that every part of the tests shares."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold articles and W3C tests, `../shared` or KG_SHARED; KG_REQUIRE_SHARED=1 forbids skipping."""
    folder = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        if os.environ.get("KG_REQUIRE_SHARED"):
            pytest.fail(f"{folder} is missing, and KG_REQUIRE_SHARED forbids skipping the tests that need it")
        pytest.skip("the shared data are not beside this checkout")
    return folder


def _chromium() -> str | None:
    named = os.environ.get("KG_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Debian's Chromium or KG_CHROMIUM, one for all: Playwright allows no second, and skipping can be forbidden."""
    program = _chromium()
    if not program:
        if os.environ.get("KG_REQUIRE_BROWSER"):
            pytest.fail("no Chromium, and KG_REQUIRE_BROWSER forbids skipping; install Debian's package chromium")
        pytest.skip("no Chromium: install it, or name it in KG_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield found
        found.close()
