"""The page as text: one file, no address of its own, the same bytes each time, nothing that breaks out of its data."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.graph import KnowledgeGraph, layout, measures
from kg.model import Article, Entity, Evidence, Statement
from kg.publish.html import explorer, inline, page, payload, selection, write_html
from tests.publish.html.samples import sample


def block(text: str, name: str) -> dict:
    kind, body = re.search(rf'<script type="([^"]+)" id="{name}">([^<]*)</script>', text).groups()
    return json.loads(body if kind == "application/json" else gzip.decompress(base64.b64decode(body)))


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = write_html(sample(300), tmp_path / "a.html"), write_html(sample(300), tmp_path / "b.html")
    assert one.read_bytes() == two.read_bytes()


def test_it_loads_nothing() -> None:
    text = page(sample(60))
    assert re.findall(r'(?:src|href)="(?!data:)[^"]*"', text) == []
    assert "@import" not in explorer.style() and "url(" not in explorer.style()


def test_the_policy_allows_exactly_its_script_and_style() -> None:
    text = page(sample(20))
    code = re.search(r"<script>(.*?)</script>", text, re.S).group(1)
    css = re.search(r"<style>(.*?)</style>", text, re.S).group(1)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text).group(1).replace("&#39;", "'")
    for part, source in (("script-src", code), ("style-src", css)):
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{part} 'sha256-{digest}';" in policy
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_the_script_never_parses_html_and_closes_no_tag() -> None:
    code = explorer.bundle()
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "</script",
        "<!--",
    ):
        assert word not in code
    assert all(len(path.read_text().splitlines()) < 400 for path in explorer.FOLDER.glob("*.js"))


def test_names_cannot_end_the_data() -> None:
    nasty = "</script><script>alert(1)</script> <!-- & \u2028 \u2029"
    text = page(KnowledgeGraph((), [Entity("person/x", "Person", nasty)]), title=nasty[:-4])
    assert text.count("<script>") == 1 and "<!--" not in text and "\u2028" not in text
    assert block(text, "kg-graph")["node"]["name"] == [nasty]


def test_marks_are_counted_as_the_browser_counts() -> None:
    text = "🌍 Ana met Ben."
    article = Article.of(text, id="a")
    evidence = Evidence("a", 0, len(text), (2, 5), (10, 13), "r", 0.5)
    graph = KnowledgeGraph(
        [article],
        [Entity("a", "Person", "Ana"), Entity("b", "Person", "Ben")],
        [Statement("a", "metWith", "b", evidence=(evidence,))],
    )
    assert block(page(graph), "kg-detail")["evidence"]["marks"] == [3, 6, 11, 14]


def test_only_http_addresses_reach_the_page() -> None:
    for url, kept in (
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://a.example/1", "https://a.example/1"),
    ):
        graph = KnowledgeGraph([Article("a", "t", url=url)])
        assert block(page(graph), "kg-detail")["article"][0][3] == kept


def test_long_data_are_compressed_and_whole() -> None:
    graph = sample(2500)
    text = page(graph)
    assert 'type="application/octet-stream" id="kg-detail"' in text
    assert len(block(text, "kg-detail")["fact"]["from"]) == len(graph.statements)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1970", 0, 364),
        ("1970-02", 31, 58),
        ("1970-01-03", 2, 2),
        ("2024-12", 20058, 20088),
        ("soon", None, None),
        ("2026-13", None, None),
    ],
)
def test_days_of_dates_cut_to_what_is_known(text: str, first: int | None, last: int | None) -> None:
    assert (payload.day(text), payload.day(text, last=True)) == (first, last)


def test_a_large_graph_is_cut_to_its_best_connected() -> None:
    graph = sample(300)
    shown = selection.choose(graph, max_nodes=100)
    assert len(shown.graph.entities) == 100 and shown.entities == 300
    ranks = dict(zip(graph.entities, measures.importance(measures.connections(graph)), strict=True))
    left = min(ranks[id] for id in shown.graph.entities)
    assert all(ranks[id] <= left for id in graph.entities.keys() - shown.graph.entities.keys())
    assert block(page(graph, max_nodes=100), "kg-graph")["whole"] == [300, len(graph.statements)]


def test_around_starts_from_a_name() -> None:
    graph = sample(300)
    name = next(iter(graph.entities.values())).name
    shown = selection.choose(graph, around=name, max_nodes=40)
    assert shown.around in shown.graph.entities and len(shown.graph.entities) <= 40
    with pytest.raises(QueryError, match="nobody"):
        selection.choose(graph, around="nobody at all")


def test_a_topic_keeps_the_facts_that_speak_of_it() -> None:
    graph = sample(300)
    shown = selection.choose(graph, topic="tourism")
    assert 0 < len(shown.graph.statements) < len(graph.statements)
    with pytest.raises(QueryError):
        selection.choose(graph, topic="zzz qqq")


def test_an_empty_graph_has_a_page() -> None:
    assert block(page(KnowledgeGraph()), "kg-graph")["node"]["id"] == []


def test_a_notebook_gets_a_frame_that_holds_the_page() -> None:
    frame = inline(sample(20))
    assert frame.startswith("<iframe srcdoc=") and "<script>" not in frame


def test_communities_and_places_belong_together() -> None:
    network = measures.connections(sample(900))
    groups = measures.communities(network)
    places = layout.positions(network, groups)
    assert places == layout.positions(network, groups)
    assert len(set(places)) > 0.98 * len(places)
    assert sum(measures.importance(network)) == pytest.approx(1)
