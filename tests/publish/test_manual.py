"""The ontology's page: every term is there, no link within it is dead, it loads nothing, axe finds nothing."""

import re
from collections import Counter
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kg.publish.manual import manual, write_manual
from kg.publish.vocabulary import load_vocabulary
from kg.schema import load_schema
from kg.tables import sectors


class Page(HTMLParser):
    """Ids, addresses, tags and headings of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: set[str] = set()
        self.levels: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told["href"]] if tag == "a" else []
        self.loads += [told[name] for name in ("src", "href", "action") if name in told and tag != "a"]
        self.levels += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(manual())


def test_every_term_has_its_place(page: Page) -> None:
    schema, vocabulary = load_schema(), load_vocabulary()
    own = [curie.removeprefix("kg:") for curie, row in vocabulary.properties.items() if row.own]
    names = {*schema.types, *schema.relations, *vocabulary.posts, *vocabulary.inverses, *vocabulary.classes,
             *vocabulary.statuses, *own, *(f"field-{id}" for id in sectors())}  # fmt: skip
    assert names <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_links_within_lead_somewhere_and_others_are_iris(page: Page) -> None:
    inside = {link.removeprefix("#") for link in page.links if link.startswith("#")}
    assert inside <= set(page.ids)
    assert all(re.match(r"#|https?://", link) for link in page.links)


def test_it_loads_nothing_and_runs_nothing(page: Page) -> None:
    assert page.loads == []
    assert not page.tags & {"script", "img", "iframe", "link", "object", "form"}
    assert "default-src 'none'" in manual()


def test_headings_go_down_step_by_step(page: Page) -> None:
    assert page.levels[0] == 1 and page.levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False))


def test_a_relation_is_told_whole() -> None:
    part = re.search(r'<article id="leaderOf".*?</article>', manual(), re.S)
    assert part
    for told in ("руководит", "dirige", 'href="#Person"', 'href="#ledBy"', 'href="#headOfStateOf"',
                 'href="http://www.w3.org/ns/org#headOf"', "Marko Jovanović leaderOf Serbia", 'lang="ru"'):  # fmt: skip
        assert told in part[0]


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    assert write_manual(tmp_path / "a").read_bytes() == write_manual(tmp_path / "b").read_bytes()


def shortened() -> str:
    """The page with two entries of each kind, and without its policy, which forbids the checker's script."""
    seen: Counter[str] = Counter()

    def keep(found: re.Match[str]) -> str:
        kind = found[0].partition('class="kind">')[2].partition("<")[0]
        seen[kind] += 1
        return found[0] if seen[kind] <= 2 else ""

    text = re.sub(r"<article .*?</article>\n", keep, re.sub(r"<meta http-equiv[^>]*>", "", manual()), flags=re.S)
    ids = set(re.findall(r'id="([^"]+)"', text))
    return re.sub(r'<li><a href="#([^"]+)">.*?</li>\n', lambda found: found[0] if found[1] in ids else "", text)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, scheme: str) -> None:
    (tmp_path / "page.html").write_text(shortened(), encoding="utf-8")
    page = browser.new_page(color_scheme=scheme)
    page.goto((tmp_path / "page.html").as_uri())
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    page.close()
    assert [(row["id"], row["nodes"][0]["html"][:120]) for row in found] == []
