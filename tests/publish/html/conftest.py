"""The page in a real browser, and what it must not do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.publish.html import write_html
from tests.publish.html.samples import sample


def until(page: object, condition: str, seconds: float = 30) -> None:
    """Waits until a JavaScript expression is true; Playwright's own waiting needs eval, which the page forbids."""
    for _ in range(int(seconds * 50)):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"still not: {condition}")


class Faults:
    """What a page must not do: open dialogs, ask the network, or write errors to the console."""

    def __init__(self, page: object) -> None:
        self.dialogs: list[str] = []
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("request", self._request)
        page.on("pageerror", lambda error: self.errors.append(f"{error} {error.stack}"))
        page.on("console", lambda told: told.type in {"error", "warning"} and self.errors.append(told.text))

    def _request(self, request: object) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.requests.append(request.url)

    def assert_none(self) -> None:
        assert (self.dialogs, self.requests, self.errors) == ([], [], [])


@pytest.fixture
def visit(browser: object) -> Iterator[Callable[..., object]]:
    """Opens a file, waits until the page is ready, and in the end asserts that it did nothing it must not."""
    opened = []

    def go(path: Path, address: str = "", **options: object) -> object:
        options = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", "reduced_motion": "reduce"} | options
        context = browser.new_context(accept_downloads=True, **options)
        page = context.new_page()
        opened.append((context, Faults(page)))
        page.goto(f"file://{path}{address}")
        until(page, "document.documentElement.dataset.ready === 'all'")
        return page

    yield go
    for context, faults in opened:
        faults.assert_none()
        context.close()


@pytest.fixture(scope="session")
def small() -> KnowledgeGraph:
    return sample(160)


@pytest.fixture(scope="session")
def small_page(small: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_html(small, tmp_path_factory.mktemp("page") / "graph.html", title="A sample")
