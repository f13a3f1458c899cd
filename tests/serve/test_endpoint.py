"""The endpoint beyond the W3C's suite: formats, errors, headers, and what it will not fetch."""

from __future__ import annotations

import json
import threading
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from tests.serve.conftest import Client
from tests.serve.live import Live

ASK, ALL = "ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }"
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        ("SELECT ?s { ?s ?p ?o } LIMIT 1", "text/csv", "text/csv"),
        ("SELECT ?s { ?s ?p ?o } LIMIT 1", "text/tab-separated-values", "text/tab-separated-values"),
        ("SELECT ?s { ?s ?p ?o } LIMIT 1", "application/xml", "application/sparql-results+xml"),
        ("SELECT ?s { ?s ?p ?o } LIMIT 1", "*/*", "application/sparql-results+json"),
        (ASK, "text/csv;q=0.9, application/sparql-results+xml;q=0.3", "text/csv"),
        (ALL, "application/rdf+xml;q=0.4, application/ld+json;q=0.8", "application/ld+json"),
        (ALL, "*/*", "text/turtle"),
        ("DESCRIBE <person/ana-petrova>", "application/n-triples", "application/n-triples"),
        (ALL, "application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_formats(get: Client, query: str, accept: str, media: str) -> None:
    reply = get.ask(query, accept)
    assert (reply.status, reply.type) == (200, media)
    assert reply.headers["vary"] == "Accept"
    assert get("HEAD", "/sparql?" + urlencode({"query": query}), accept=accept).status == 200


def test_a_graph_is_the_same_in_every_format(get: Client) -> None:
    found = set()
    for form in ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"):
        reply = get.ask(ALL, form)
        kind = ox.RdfFormat.from_media_type(form)
        found.add(frozenset(quad.triple for quad in ox.parse(reply.body, format=kind)))
    assert len(found) == 1 and found.pop()


def test_a_relative_name_is_one_of_the_graph(get: Client) -> None:
    reply = get.ask("SELECT ?n { <person/ana-petrova> <http://www.w3.org/2000/01/rdf-schema#label> ?n }", "text/csv")
    assert reply.text.split() == ["n", "Ana", "Petrová"]


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/sparql?query=ASK%7B%7D", None, {"accept": "image/png"}, 406),
        ("POST", "/sparql", b"query=ASK{}", {"content-type": "text/plain"}, 415),
        ("POST", "/sparql", b"ASK{}", {"content-type": "application/sparql-query; charset=utf-16"}, 415),
        ("POST", "/sparql", b"\xff", {"content-type": "application/sparql-query"}, 400),
        ("POST", "/sparql", b"query=%ff", {"content-type": FORM}, 400),
        ("POST", "/sparql", b"", {"content-type": FORM}, 400),
        ("GET", "/sparql?query=ASK{}&query=ASK{}".replace("{}", "%7B%7D"), None, {}, 400),
        ("GET", "/sparql?query=SELECT", None, {}, 400),
        ("DELETE", "/sparql", None, {}, 405),
        ("POST", "/sparql", b"update=CLEAR+ALL", {"content-type": FORM}, 403),
        ("GET", "/sparql?update=CLEAR%20ALL", None, {}, 403),
        ("POST", "/sparql", b"CLEAR ALL", {"content-type": "application/sparql-update"}, 403),
        ("POST", "/sparql", b"CLEAR ALL", {"content-type": "application/sparql-query"}, 403),
        ("GET", "/nothing", None, {}, 404),
    ],
)
def test_errors_have_a_sentence_and_may_be_read_by_any_page(
    get: Client, method: str, path: str, body: bytes | None, headers: dict[str, str], status: int
) -> None:
    reply = get(method, path, body, **headers)
    assert reply.status == status
    assert reply.type == "text/plain" and reply.text.strip().endswith((".", "]"))
    assert reply.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in reply.headers
    problem = get(method, path, body, **{**headers, "accept": "application/problem+json"})
    assert json.loads(problem.body)["status"] == problem.status


def test_a_form_is_decoded_once(get: Client) -> None:
    body = urlencode({"query": 'SELECT ("a%20b+c" AS ?x) {}'}).encode()
    for path in ("/sparql", "/sparql/"):
        reply = get("POST", path, body, content_type=f"{FORM}; charset=UTF-8", accept="text/csv")
        assert reply.text.split() == ["x", "a%20b+c"]


def test_preflight(get: Client) -> None:
    reply = get("OPTIONS", "/sparql", origin="https://any.example", access_control_request_method="POST")
    assert reply.status == 204
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "Content-Type" in reply.headers["access-control-allow-headers"]


def test_the_graphs_of_articles(get: Client) -> None:
    name = "https://w3id.org/newskg/id/article/second"
    one = get.ask(f"SELECT ?s FROM <{name}> {{ ?s ?p ?o }}", "text/csv").text
    same = get(
        "GET", "/sparql?" + urlencode({"query": "SELECT ?s {?s ?p ?o}", "default-graph-uri": name}), accept="text/csv"
    )
    assert sorted(one.split()) == sorted(same.text.split()) and len(one.split()) > 5
    assert get.ask(f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} }}", "text/csv").text == "true"


def test_a_fact_of_two_articles_is_one_row(get: Client) -> None:
    query = "SELECT ?o { <person/ana-petrova> <https://w3id.org/newskg/ontology#metWith> ?o }"
    assert len(get.ask(query, "text/csv").text.split()) == 2
    inner = "GRAPH ?g { <person/ana-petrova> <https://w3id.org/newskg/ontology#metWith> ?o }"
    assert len(get.ask(f"SELECT ?g {{ {inner} }}", "text/csv").text.split()) == 3


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * { SERVICE <URL> { ?s ?p ?o } }", 403),
        ("SELECT * { VALUES ?g { <URL> } SERVICE SILENT ?g { ?s ?p ?o } }", 403),
        ("SELECT * { S\\u0045RVICE <URL> { ?s ?p ?o } }", 403),
        ("PREFIX : <URL> SELECT * { SERVICE:{ ?s ?p ?o } }", 403),
        ("SELECT * FROM <URL> { ?s ?p ?o }", 403),
        ("SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }", 403),
        ("BASE <URL> SELECT * FROM <> { ?s ?p ?o }", 403),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 403),
        ("BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }", 403),
        ("SELECT * FROM <\\u0066ile:///etc/passwd> { ?s ?p ?o }", 403),
        ("SELECT * FROM <FILE:///etc/passwd> { ?s ?p ?o }", 403),
        ("LOAD <URL>", 403),
        ("LOAD <file:///etc/passwd> INTO GRAPH <urn:g>", 403),
        ("SELECT * { GRAPH <URL> { ?s ?p ?o } }", 200),
        ("DESCRIBE <URL>", 200),
        ('SELECT ?x { BIND(REPLACE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$", "") AS ?x) }', 200),
        ("SELECT * { ?s <p> . <x> ?o }", 400),
    ],
)
def test_nothing_is_fetched(get: Client, sink: tuple[str, list[bytes]], query: str, status: int) -> None:
    url, hits = sink
    assert get.ask(query.replace("URL", url), "*/*").status == status
    for name in ("default-graph-uri", "named-graph-uri"):
        reply = get("GET", "/sparql?" + urlencode({"query": "SELECT * {?s ?p ?o}", name: url}), accept="text/csv")
        assert reply.status == 200 and len(reply.text.split()) == 1, "a graph that is not here is empty"
    assert hits == []


@pytest.mark.parametrize(
    "iri", ["file:///etc/passwd", "ftp://x/", "jar:http://x!/", "data:text/turtle,", "gopher://x/"]
)
def test_other_addresses_are_refused_in_parameters(get: Client, iri: str) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        assert get("GET", "/sparql?" + urlencode({"query": ASK, name: iri})).status == 403


def test_a_worker_has_no_network(live: Live, sink: tuple[str, list[bytes]]) -> None:
    """The second wall alone: a call put straight to the pool, past the guard."""
    import asyncio

    from kg.publish.guard import Refusal

    walls = next(iter(live.server.pool.workers)).walls
    if not {"seccomp", "namespace"} & set(walls):
        pytest.skip("this system has neither namespaces nor seccomp")
    url, hits = sink
    call = {"query": f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}", "format": "json"}
    future = asyncio.run_coroutine_threadsafe(live.server.pool.ask(call), live.server.pool.loop)
    with pytest.raises(Refusal) as caught:
        future.result(10)
    assert caught.value.status == 500
    assert hits == []


def test_concurrent_clients_get_their_own_answers(get: Client) -> None:
    wrong: list[int] = []

    def work(number: int) -> None:
        for _ in range(5):
            reply = get.ask(f"SELECT ({number} AS ?x) {{}}", "text/csv")
            if reply.text.split() != ["x", str(number)]:
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
