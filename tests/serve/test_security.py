"""Attacks by name, each with what must come of it; the sink is a web server that must stay silent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest

from kg.publish.guard import Refusal
from kg.serve.dataset import Dataset
from kg.serve.limits import Limits
from tests.serve.conftest import Client, Reply
from tests.serve.live import Live, serving

POINT = "SELECT ?o { <http://x.example/1> <http://x.example/p> ?o }"
Sink = tuple[str, list[bytes]]


@pytest.fixture(scope="module")
def tight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    path = tmp_path_factory.mktemp("security") / "data.nt"
    rows = (f'<http://x.example/{i}> <http://x.example/p> "{i}" .\n' for i in range(2000))
    path.write_text(
        "".join(rows) + "".join(f"<http://x.example/{i}> <urn:q> <http://x.example/{i + 1}> .\n" for i in range(2000))
    )
    with Dataset.open(path) as data, serving(data, Limits(workers=2, seconds=3, memory=800)) as running:
        yield running


@pytest.fixture
def ask(tight: Live) -> Callable[..., Reply]:
    return Client(tight.url).ask


def straight(live: Live, query: str, form: str = "json") -> bytes:
    """Past the guard, to the pool."""
    asked = live.server.pool.ask({"query": query, "format": form})
    return asyncio.run_coroutine_threadsafe(asked, live.server.pool.loop).result(60)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(*) AS ?n) { "
        + " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(100)))} }}" for i in range(5))
        + " }",
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f LIMIT 1",
        "SELECT (COUNT(*) AS ?n) { ?a (!<urn:a>|^!<urn:a>)* ?b . ?c (!<urn:a>|^!<urn:a>)* ?d }",
    ],
    ids=["values", "product", "order", "path"],
)
def test_a_hostile_query_is_stopped_and_others_are_answered(ask: Callable[..., Reply], query: str) -> None:
    started = time.monotonic()
    reply = ask(query, timeout=40)
    assert reply.status in (413, 504), reply.text
    assert time.monotonic() - started < 3 + 0.5 + 3, "half a second after the deadline, and more for a busy machine"
    assert ask(POINT, timeout=40).status == 200


def test_a_slow_pattern_is_not_slow(ask: Callable[..., Reply]) -> None:
    text = "a" * 30_000 + "!"
    assert ask(f'SELECT ?x {{ BIND(REGEX("{text}", "^(a+)+$") AS ?x) }}', timeout=40).status == 200


@pytest.mark.parametrize("depth", [20_000, 1_000_000])
def test_what_fells_the_engine_fells_one_worker(tight: Live, depth: int) -> None:
    """Past the guard, which refuses such queries: a worker's great stack bears the lesser depth, nothing the other."""
    for opened, closed in (("SELECT * {" + "{" * depth, "}" * depth + "}"), ("SELECT (" + "(" * depth, "1 AS ?x) {}")):
        try:
            straight(tight, opened + closed)
        except Refusal as refused:
            assert refused.status in (400, 413, 500, 504)
        assert Client(tight.url).ask(POINT, timeout=60).status == 200


@pytest.mark.parametrize(
    "update", ["LOAD <URL>", "LOAD SILENT <URL> INTO GRAPH <urn:g>", "LOAD <file:///etc/passwd>", "DROP ALL"]
)
def test_updates_are_refused_in_every_way(get: Client, sink: Sink, update: str) -> None:
    url, hits = sink
    text = update.replace("URL", url)
    form = {"content_type": "application/x-www-form-urlencoded"}
    for reply in (
        get("POST", "/sparql", urlencode({"update": text}).encode(), **form),
        get("POST", "/sparql", urlencode({"query": text}).encode(), **form),
        get("POST", "/sparql", text.encode(), content_type="application/sparql-update"),
        get("GET", "/sparql?" + urlencode({"update": text})),
        get("GET", "/sparql?" + urlencode({"query": text})),
    ):
        assert reply.status == 403
    assert hits == []


RDFXML = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "URL">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:a">&x;
</rdf:Description></rdf:RDF>"""


@pytest.mark.parametrize(
    ("body", "media"),
    [(RDFXML, "application/rdf+xml"), (b'{"@context": "URL", "@id": "urn:a"}', "application/ld+json"),
     (b"<urn:a> <urn:b> <urn:c> .", "text/turtle")],
)  # fmt: skip
def test_nothing_can_be_uploaded(get: Client, sink: Sink, body: bytes, media: str) -> None:
    url, hits = sink
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for place in (
            "/sparql?graph=urn:g",
            "/data/person/ana-petrova.ttl",
            "/id/person/ana-petrova",
            "/dumps/graph.ttl",
        ):
            reply = get(method, place, body.replace(b"URL", url.encode()), content_type=media)
            assert reply.status in (405, 415), (method, place)
    assert hits == []


@pytest.mark.parametrize("name", ["graph.jsonld", "graph.rdf", "graph.xml"])
def test_formats_that_fetch_or_explode_are_not_opened(tmp_path: Path, name: str) -> None:
    from kg.errors import StoreError

    (tmp_path / name).write_text("{}")
    with pytest.raises(StoreError):
        Dataset.open(tmp_path / name)


@pytest.mark.parametrize("form", ["application/sparql-results+xml", "application/rdf+xml"])
def test_characters_that_xml_lacks_are_replaced(ask: Callable[..., Reply], form: str) -> None:
    text = "a\\u0001b\\uFFFEc"
    query = f'SELECT ("{text}" AS ?x) {{}}' if "results" in form else f'CONSTRUCT {{ <urn:a> <urn:b> "{text}" }} {{}}'
    reply = ask(query.replace("\\\\", "\\"), form)
    assert reply.status == 200
    assert "a\ufffdb\ufffdc" in "".join(ElementTree.fromstring(reply.body).itertext())


def test_only_web_addresses_become_links(tmp_path: Path) -> None:
    base = "https://w3id.org/newskg/"
    (tmp_path / "graph.trig").write_text(
        f"""@prefix kg: <{base}ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
        <{base}id/graph/collection> {{ <{base}id/person/eve> a kg:Person ; rdfs:label "Eve" ;
          owl:sameAs <javascript:alert(1)>, <data:text/html,x>, <https://good.example/eve> .
          <{base}id/article/one> a schema:NewsArticle ; schema:url "javascript:alert(2)" ; schema:headline "One" . }}"""
    )
    with Dataset.open(tmp_path) as data, serving(data) as running:
        client = Client(running.url)
        for place in ("/page/person/eve", "/page/article/one", "/?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D"):
            text = client("GET", place).text
            assert 'href="javascript:' not in text and 'href="data:' not in text, place
        assert 'href="https://good.example/eve"' in client("GET", "/page/person/eve").text


def test_a_formula_in_csv_is_told_of(get: Client) -> None:
    """A value is never changed; the page on the data warns."""
    assert get.ask('SELECT ("=1+1" AS ?x) {}', "text/csv").text.split() == ["x", "=1+1"]
    assert "spreadsheet" in get("GET", "/about").text


PATHS = (
    "/static/../app.py /static/..%2fapp.py /dumps/%2e%2e/x /data/..%2f..%2fetc/passwd.ttl //etc/passwd /page/%00 "
    "/id/%0d%0aSet-Cookie:x"
).split()


@pytest.mark.parametrize("path", PATHS)
def test_paths_lead_to_no_file(get: Client, path: str) -> None:
    reply = get("GET", path)
    assert reply.status in (400, 404)
    assert "set-cookie" not in reply.headers and b"root:" not in reply.body
