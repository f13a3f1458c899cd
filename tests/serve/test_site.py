"""The static site: the same pages and data as files, with links that work from anywhere."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest

from kg.serve.site import file_path, write_site
from tests.serve.conftest import ANA


@pytest.fixture(scope="module")
def site(export: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    write_site(export, out, public="https://example.org/news/")
    return out


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value and tag != "form"]


def test_every_link_leads_to_a_file(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        if page.parent.name == "dumps":
            continue
        links = Links()
        links.feed(page.read_text(encoding="utf-8"))
        for link in links.found:
            if not urlsplit(link).scheme and not link.startswith("#"):
                target = page.parent / unquote(urlsplit(link).path)
                assert target.is_file(), f"{page.relative_to(site)}: {link}"


def test_the_data_are_those_of_the_server(site: Path) -> None:
    files = [site / "data" / f"{ANA}.{ending}" for ending in ("ttl", "nt", "jsonld")]
    graphs = {frozenset(quad.triple for quad in ox.parse(path=str(file))) for file in files}
    assert len(graphs) == 1 and graphs.pop()


def test_machines_find_their_way(site: Path) -> None:
    text = (site / "void.ttl").read_text(encoding="utf-8")
    assert "void:dataDump" in text and "sparqlEndpoint" not in text
    assert "https://example.org/news/id/person/ana-petrova/index.html" in (site / "sitemap-1.xml").read_text()
    assert "https://example.org/news/sitemap.xml" in (site / "robots.txt").read_text()


def test_the_same_export_gives_the_same_bytes(export: Path, site: Path, tmp_path: Path) -> None:
    write_site(export, tmp_path, public="https://example.org/news/")
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert all((site / file).read_bytes() == (tmp_path / file).read_bytes() for file in files)


@pytest.mark.parametrize("path", ["a/%2E%2E/b", "..", "a//b", "a/%2Fetc", "%00", "x" * 300, "a\\b", ""])
def test_no_path_leaves_the_folder(path: str) -> None:
    assert file_path(path) is None


def test_escapes_become_the_name_that_a_web_host_looks_for() -> None:
    assert file_path("person/ana%20petrova") == Path("person/ana petrova")
