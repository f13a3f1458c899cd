"""The ontology's page: every term is there, no link within it is dead, it loads nothing."""

import re
from html.parser import HTMLParser
from pathlib import Path

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
