"""The pages in a real browser: accessible, as wide as the window, in light, dark and on a phone; drawn with names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.serve.conftest import ANA
from tests.serve.live import Live

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 900}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 375, "height": 780}, "has_touch": True},
}
LEADERS = "SELECT ?leader ?of { ?leader <https://w3id.org/newskg/ontology#leaderOf> ?of }"


@pytest.fixture(scope="module", params=list(LOOKS))
def context(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    found = browser.new_context(**LOOKS[request.param])
    yield found
    found.close()


def faults(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    return [f"{row['id']}: {row['nodes'][0]['html'][:90]}" for row in Axe().run(page).response["violations"]]


@pytest.mark.browser
@pytest.mark.parametrize(
    "path",
    [
        "",
        f"page/{ANA}",
        "page/country/freedonia",
        "page/article/first",
        "about",
        "search?q=petrov",
        "ns",
        "names/Person",
    ],
)
def test_pages_are_accessible_and_fit(context: Any, live: Live, path: str) -> None:
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(live.url + path)
    assert faults(page) == [] and told == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()


@pytest.mark.browser
def test_a_result_is_drawn_with_the_names_of_the_graph(context: Any, live: Live) -> None:
    page = context.new_page()
    page.goto(f"{live.url}?query={quote(LEADERS)}#query")
    page.evaluate("document.getElementById('ask').requestSubmit()")
    page.wait_for_selector("#result button")
    assert page.inner_text("#result td a") == "Ana Petrová"
    page.click("#result button:text-is('Graph')")
    assert {"Ana Petrová", "Freedonia"} <= set(page.locator("#result svg a text").all_text_contents())
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()
