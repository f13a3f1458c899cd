"""The explorer as `kg serve` hands it out, the command line in a process of its own and a real browser before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.publish import write
from kg.store import Store
from tests.publish.html.conftest import Faults, until
from tests.serve.conftest import small_graph
from tests.store.examples import reading
from tests.terminal.test_serve import served

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", ["folder", "store"])
def test_the_served_page_opens_and_asks_for_nothing_more(kind: str, tmp_path: Path, browser: object) -> None:
    folder = tmp_path / "graph"
    if kind == "folder":
        write(small_graph(), folder)
    else:
        with Store.make(folder) as store:
            list(store.add([reading(number) for number in range(3)]))
    with served(folder) as (client, _):
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        faults = Faults(page)
        assert 'href="/dumps/graph.html"' in client("GET", "/").text
        page.goto(f"{client.url}dumps/graph.html")
        until(page, "document.documentElement.dataset.ready === 'all'", 60)
        page.locator("#panel .plain .node").first.click()
        assert page.locator("#panel .facts > li").count()
        context.close()
        faults.requests.remove(f"{client.url}dumps/graph.html")
        faults.assert_none()
